use super::counts;
use crate::Error;

/// What was read from and written to a disk since the start of the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskCounts {
    /// Its name, such as `nvme0n1`.
    pub name: String,
    /// What was read from it.
    pub read_bytes: u64,
    /// What was written to it.
    pub written_bytes: u64,
}

/// Sectors in this file have 512 bytes whatever the disk's own are.
const SECTOR_BYTES: u64 = 512;

/// The whole disks in a text of `/proc/diskstats`. Left out are partitions, which their disks contain, and disks in
/// memory or in files (`ram`, `zram`, `loop`). A disk made of disks (`dm-0`, `md0`) is there beside them.
///
/// ```
/// let text = " 254 0 vda 9 0 16 4 5 0 8 1 0 2 5\n 254 1 vda1 9 0 16 4 5 0 8 1 0 2 5\n";
/// let disks = hwprobe::parse_disk_counts(text)?;
/// assert_eq!((disks.len(), disks[0].read_bytes, disks[0].written_bytes), (1, 16 * 512, 8 * 512));
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] with a line of another form. Source: Linux Documentation/admin-guide/iostats.rst.
pub fn parse_disk_counts(text: &str) -> Result<Vec<DiskCounts>, Error> {
    let fails = |line: &str| Error::Text { text: line.trim().to_owned(), expected: "the counts of a disk" };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let all: Vec<_> = lines.map(|line| disk(line).ok_or_else(|| fails(line))).collect::<Result<_, _>>()?;
    let is_left_out = |name: &str| {
        ["ram", "zram", "loop"].iter().any(|kind| name.strip_prefix(kind).is_some_and(is_number))
            || all.iter().any(|disk| is_partition(name, &disk.name))
    };
    Ok(all.iter().filter(|disk| !is_left_out(&disk.name)).cloned().collect())
}

fn disk(line: &str) -> Option<DiskCounts> {
    let words: Vec<_> = line.split_whitespace().collect();
    let [_, _, name, numbers @ ..] = &words[..] else { return None };
    let numbers = counts(numbers)?;
    let bytes = |place: usize| numbers.get(place)?.checked_mul(SECTOR_BYTES);
    Some(DiskCounts { name: (*name).to_owned(), read_bytes: bytes(2)?, written_bytes: bytes(6)? })
}

/// The kernel names partitions by their disk and a number, with a `p` between where the disk's name ends in a digit.
fn is_partition(name: &str, disk: &str) -> bool {
    let ends_in_digit = disk.ends_with(|last: char| last.is_ascii_digit());
    let number =
        name.strip_prefix(disk).and_then(|rest| if ends_in_digit { rest.strip_prefix('p') } else { Some(rest) });
    number.is_some_and(is_number)
}

/// Whether a disk of this name is made of other disks: by the device mapper or as an array.
pub(super) fn is_made_of_disks(name: &str) -> bool {
    name.strip_prefix("dm-").or_else(|| name.strip_prefix("md")).is_some_and(|rest| rest.starts_with(is_digit))
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
