use std::path::Path;

use serde::Serialize;

use crate::files::read_if_there;

/// What a disk is made of, as the system says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DiskKind {
    /// Flash on the `NVMe` interface.
    Nvme,
    /// Other flash.
    Ssd,
    /// Turning plates.
    Hdd,
    /// A disk of a virtual machine: only its host knows, and what such a disk says of itself is no evidence.
    Virtual,
    /// The system does not say.
    Unknown,
}

impl DiskKind {
    /// What the disk under a block device is made of, read from the file system at `root`, `/` for the real one;
    /// `name` is that of the device or partition without its folder, such as `sda1`. A device made of others, as by
    /// encryption or an array, is of their kind if they are all of one.
    ///
    /// Looks at `sys/class/block`. Elsewhere than on Linux, and where that is unreadable, the kind is unknown.
    ///
    /// Source: Linux Documentation/ABI/stable/sysfs-block, "queue/rotational" and "slaves".
    pub fn read(root: &Path, name: &str) -> Self {
        Self::of_device(root, name, 8)
    }

    /// Devices can be stacked; nobody stacks more than `levels` of them.
    fn of_device(root: &Path, name: &str, levels: u32) -> Self {
        let device = root.join("sys/class/block").join(name);
        let slaves = names_in(&device.join("slaves"));
        if !slaves.is_empty() && levels > 0 {
            let mut kinds = slaves.iter().map(|slave| Self::of_device(root, slave, levels - 1));
            let first = kinds.next().unwrap_or(Self::Unknown);
            return if kinds.all(|kind| kind == first) { first } else { Self::Unknown };
        }
        // A partition lies in the folder of its disk.
        let Ok(mut disk) = device.canonicalize() else { return Self::Unknown };
        if disk.join("partition").exists() && !disk.pop() {
            return Self::Unknown;
        }
        Self::of_disk(&disk)
    }

    fn of_disk(disk: &Path) -> Self {
        let name = disk.file_name().unwrap_or_default().to_string_lossy();
        let text = |file: &str| read_if_there(&disk.join(file)).ok().flatten().unwrap_or_default().trim().to_owned();
        if name.starts_with("nvme") {
            return Self::Nvme;
        }
        if ["vd", "xvd"].iter().any(|prefix| name.starts_with(prefix)) || VIRTUAL.contains(&&*text("device/vendor")) {
            return Self::Virtual;
        }
        match &*text("queue/rotational") {
            "0" => Self::Ssd,
            "1" => Self::Hdd,
            _ => Self::Unknown,
        }
    }
}

/// Who virtual machines say has made their SCSI disks.
const VIRTUAL: [&str; 5] = ["QEMU", "VMware", "VMware,", "Msft", "Google"];

fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return vec![] };
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    names
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::DiskKind;

    /// A disk with a partition 1, laid out as the kernel lays it out.
    fn disk(root: &Path, name: &str, partition: &str, rotational: &str, vendor: &str) {
        let folder = root.join("sys/devices/pci0000:00").join(name);
        for (file, text) in [
            ("queue/rotational", rotational),
            ("device/vendor", vendor),
            (&*format!("{partition}/partition"), "1"),
            (&*format!("{partition}/size"), "8"),
        ] {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format!("{text}\n")).unwrap();
        }
        link(root, name, &folder);
        link(root, partition, &folder.join(partition));
    }

    fn link(root: &Path, name: &str, folder: &Path) {
        let class = root.join("sys/class/block");
        fs::create_dir_all(&class).unwrap();
        symlink(folder, class.join(name)).unwrap();
    }

    fn mapped(root: &Path, name: &str, slaves: &[&str]) {
        let folder = root.join("sys/devices/virtual/block").join(name);
        fs::create_dir_all(folder.join("slaves")).unwrap();
        for slave in slaves {
            fs::write(folder.join("slaves").join(slave), "").unwrap();
        }
        link(root, name, &folder);
    }

    #[test]
    fn disks_and_their_partitions_are_of_one_kind() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        disk(root, "nvme0n1", "nvme0n1p1", "0", "");
        disk(root, "sda", "sda1", "0", "ATA     ");
        disk(root, "sdb", "sdb1", "1", "ATA     ");
        disk(root, "sdc", "sdc1", "1", "QEMU    ");
        disk(root, "vda", "vda1", "1", "0x1af4");
        for (name, kind) in [
            ("nvme0n1", DiskKind::Nvme),
            ("nvme0n1p1", DiskKind::Nvme),
            ("sda1", DiskKind::Ssd),
            ("sdb", DiskKind::Hdd),
            ("sdb1", DiskKind::Hdd),
            ("sdc1", DiskKind::Virtual),
            ("vda1", DiskKind::Virtual),
            ("sdz", DiskKind::Unknown),
        ] {
            assert_eq!(DiskKind::read(root, name), kind, "{name}");
        }
    }

    #[test]
    fn a_device_made_of_others_is_of_their_kind() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        disk(root, "nvme0n1", "nvme0n1p1", "0", "");
        disk(root, "nvme1n1", "nvme1n1p1", "0", "");
        disk(root, "sdb", "sdb1", "1", "ATA");
        mapped(root, "dm-0", &["nvme0n1p1"]);
        mapped(root, "dm-1", &["dm-0"]);
        mapped(root, "md0", &["nvme0n1p1", "nvme1n1p1"]);
        mapped(root, "md1", &["nvme0n1p1", "sdb1"]);
        mapped(root, "dm-9", &["dm-9"]);
        for (name, kind) in
            [("dm-1", DiskKind::Nvme), ("md0", DiskKind::Nvme), ("md1", DiskKind::Unknown), ("dm-9", DiskKind::Unknown)]
        {
            assert_eq!(DiskKind::read(root, name), kind, "{name}");
        }
    }
}
