use std::path::Path;

use crate::files::read_if_there;

/// The places of NVIDIA's display devices on the PCI bus, by the file system at `root`, whether or not a driver serves
/// them; none where the system does not tell.
///
/// Source: Linux Documentation/ABI/testing/sysfs-bus-pci; PCI Code and ID Assignment Specification, base class 03h.
pub(super) fn nvidia_devices(root: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(root.join("sys/bus/pci/devices")) else { return vec![] };
    let is_gpu = |folder: &Path| {
        let text = |name: &str| read_if_there(&folder.join(name)).ok().flatten().unwrap_or_default();
        text("vendor").trim() == "0x10de" && text("class").starts_with("0x03")
    };
    let folders = entries.flatten().filter(|entry| is_gpu(&entry.path()));
    let mut places: Vec<_> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::nvidia_devices;

    #[test]
    fn only_display_devices_of_nvidia_count() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(nvidia_devices(root.path()), Vec::<String>::new());
        for (place, vendor, class) in [
            ("0000:81:00.0", "0x10de", "0x030200"),
            ("0000:01:00.0", "0x10de", "0x030000"),
            // Its sound, another maker's GPU, and a switch of NVIDIA's.
            ("0000:01:00.1", "0x10de", "0x040300"),
            ("0000:02:00.0", "0x1002", "0x030000"),
            ("0000:03:00.0", "0x10de", "0x068000"),
        ] {
            let folder = root.path().join("sys/bus/pci/devices").join(place);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("vendor"), format!("{vendor}\n")).unwrap();
            std::fs::write(folder.join("class"), format!("{class}\n")).unwrap();
        }
        assert_eq!(nvidia_devices(root.path()), ["0000:01:00.0", "0000:81:00.0"]);
    }
}
