mod kind;

#[cfg(target_os = "linux")]
use std::path::Path;

use serde::Serialize;
use sysinfo::{DiskRefreshKind, Disks};

pub use self::kind::DiskKind;

/// A file system on a local disk. Network and memory file systems are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disk {
    /// Where it is mounted.
    pub mount_point: String,
    /// Its device, such as `/dev/nvme0n1p2`.
    pub device: String,
    /// Its format, such as `ext4`.
    pub file_system: String,
    /// What it is made of.
    pub kind: DiskKind,
    /// Its size.
    pub total_bytes: u64,
    /// What this process may still write.
    pub free_bytes: u64,
    /// Whether nothing can be written.
    pub is_read_only: bool,
}

impl Disk {
    pub(crate) fn read_all() -> Vec<Self> {
        let disks = Disks::new_with_refreshed_list_specifics(DiskRefreshKind::nothing().with_kind().with_storage());
        let mut disks: Vec<_> = disks.iter().map(Self::from).filter(|disk| disk.total_bytes > 0).collect();
        disks.sort_by(|a, b| (a.mount_point.len(), &a.mount_point).cmp(&(b.mount_point.len(), &b.mount_point)));
        let mut kept: Vec<Self> = vec![];
        for disk in disks {
            // Containers see their disk once for each file mounted from it.
            if !kept.iter().any(|known| known.device == disk.device && disk.device.starts_with('/')) {
                kept.push(disk);
            }
        }
        kept.sort_by(|a, b| a.mount_point.cmp(&b.mount_point));
        kept
    }
}

impl From<&sysinfo::Disk> for Disk {
    fn from(disk: &sysinfo::Disk) -> Self {
        Self {
            mount_point: disk.mount_point().to_string_lossy().into_owned(),
            device: disk.name().to_string_lossy().into_owned(),
            file_system: disk.file_system().to_string_lossy().into_owned(),
            kind: kind(disk),
            total_bytes: disk.total_space(),
            free_bytes: disk.available_space(),
            is_read_only: disk.is_read_only(),
        }
    }
}

/// The kernel's own files tell more than sysinfo does.
#[cfg(target_os = "linux")]
fn kind(disk: &sysinfo::Disk) -> DiskKind {
    // `/dev/mapper/home` is a link to `/dev/dm-0`.
    let device = Path::new(disk.name()).canonicalize();
    let name = device.as_deref().ok().and_then(|device| device.file_name()?.to_str());
    name.map_or(DiskKind::Unknown, |name| DiskKind::read(Path::new("/"), name))
}

#[cfg(not(target_os = "linux"))]
fn kind(disk: &sysinfo::Disk) -> DiskKind {
    match disk.kind() {
        sysinfo::DiskKind::SSD => DiskKind::Ssd,
        sysinfo::DiskKind::HDD => DiskKind::Hdd,
        sysinfo::DiskKind::Unknown(_) => DiskKind::Unknown,
    }
}
