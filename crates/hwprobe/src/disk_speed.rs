//! How fast a disk is, measured on request.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::clock::Clock;

/// How fast a disk was written and read in one go. Its `Display` is a table of two lines for people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiskSpeed {
    /// What was written and read.
    pub bytes: u64,
    /// How long writing took, until the disk said that it has everything.
    pub write_seconds: f64,
    /// Bytes written in a second.
    pub write_bytes_per_second: f64,
    /// How long reading took.
    pub read_seconds: f64,
    /// Bytes read in a second.
    pub read_bytes_per_second: f64,
    /// The part of the file, 0 to 1, that was still in the page cache when reading began, by 64 probes: reading that
    /// part says nothing of the disk. `None` where the system does not tell, and the cache is not ruled out.
    pub cached_fraction: Option<f64>,
}

const BLOCK_BYTES: usize = 1 << 20;
/// What a file system may need for its own records of the file.
const RECORDS_BYTES: u64 = 16 << 20;

/// Writes a file of `bytes` in `folder`, in blocks of 1 MiB, and reads it again, as programs do that pass through a
/// file once. It is synced between, and dropped from the page cache. What the disk itself, its controller or the host
/// of a virtual machine keeps in memory cannot be dropped: take more bytes than that where it matters.
///
/// The bytes cannot be compressed or shared with others. The file has no name, or loses it before the first byte: it
/// is gone when this returns and also if the process dies.
///
/// ```
/// let folder = std::env::temp_dir();
/// let speed = hwprobe::measure_disk(&folder, 1 << 20)?;
/// println!("{speed}");
/// assert!(speed.write_bytes_per_second > 0.0 && speed.read_bytes_per_second > 0.0);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoBytes`] for 0 bytes, [`Error::NoSpace`] if the folder has no room for them and 16 MiB more, and
/// [`Error::Measure`] if the file cannot be made, written or read there.
pub fn measure_disk(folder: &Path, bytes: u64) -> Result<DiskSpeed, Error> {
    if bytes == 0 {
        return Err(Error::NoBytes);
    }
    let fails = |step| move |source| Error::Measure { folder: folder.to_owned(), step, source };
    let free_bytes = free_bytes(folder).map_err(fails("look for free space"))?;
    let needed_bytes = bytes.saturating_add(RECORDS_BYTES);
    if let Some(free_bytes) = free_bytes.filter(|&free_bytes| free_bytes < needed_bytes) {
        return Err(Error::NoSpace { folder: folder.to_owned(), needed_bytes, free_bytes });
    }
    let mut file = tempfile::tempfile_in(folder).map_err(fails("make a file"))?;
    let clock = Clock::start();
    write(&mut file, bytes).map_err(fails("write a file"))?;
    let write_seconds = clock.elapsed().as_secs_f64();
    let cached_fraction = drop_from_cache(&file, bytes).map_err(fails("drop a file from the page cache"))?;
    file.seek(SeekFrom::Start(0)).map_err(fails("read a file"))?;
    let clock = Clock::start();
    read(&mut file, bytes).map_err(fails("read a file"))?;
    let read_seconds = clock.elapsed().as_secs_f64();
    let rate = |seconds: f64| bytes as f64 / seconds;
    Ok(DiskSpeed {
        bytes,
        write_seconds,
        write_bytes_per_second: rate(write_seconds),
        read_seconds,
        read_bytes_per_second: rate(read_seconds),
        cached_fraction,
    })
}

fn write(file: &mut File, bytes: u64) -> io::Result<()> {
    let mut block = noise();
    let mut left = bytes;
    let mut pages = 0_u64;
    while left > 0 {
        // No two pages are alike, for file systems that keep such only once.
        for page in block.chunks_exact_mut(4096) {
            pages += 1;
            page[..8].copy_from_slice(&pages.to_le_bytes());
        }
        let len = usize::try_from(left).map_or(BLOCK_BYTES, |left| left.min(BLOCK_BYTES));
        file.write_all(&block[..len])?;
        left -= len as u64;
    }
    file.sync_all()
}

fn read(file: &mut File, bytes: u64) -> io::Result<()> {
    let mut block = vec![0; BLOCK_BYTES];
    let mut left = bytes;
    while left > 0 {
        match file.read(&mut block)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            len => left = left.saturating_sub(len as u64),
        }
    }
    Ok(())
}

/// A block that cannot be compressed.
///
/// Source: G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003).
fn noise() -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut block = Vec::with_capacity(BLOCK_BYTES);
    while block.len() < BLOCK_BYTES {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        block.extend_from_slice(&state.to_le_bytes());
    }
    block
}

#[cfg(target_os = "linux")]
fn free_bytes(folder: &Path) -> io::Result<Option<u64>> {
    let space = rustix::fs::statvfs(folder)?;
    Ok(Some(space.f_bavail.saturating_mul(space.f_frsize)))
}

/// The system refuses a write for which there is no room.
#[cfg(not(target_os = "linux"))]
fn free_bytes(_folder: &Path) -> io::Result<Option<u64>> {
    Ok(None)
}

/// Drops a synced file from the page cache, and says what part of it is still there.
#[cfg(target_os = "linux")]
fn drop_from_cache(file: &File, bytes: u64) -> io::Result<Option<f64>> {
    use rustix::fs::{Advice, fadvise};

    const N_PROBES: u64 = 64;
    // A file system in memory has nothing but the page cache.
    // Source: Linux include/uapi/linux/magic.h, TMPFS_MAGIC.
    if rustix::fs::fstatfs(file)?.f_type == 0x0102_1994 {
        return Ok(Some(1.0));
    }
    let advise = |advice| fadvise(file, 0, None, advice);
    advise(Advice::DontNeed)?;
    // Otherwise a probe would have what follows it read ahead.
    advise(Advice::Random)?;
    let mut n_cached = 0_u32;
    for probe in 0..N_PROBES {
        // In parts of 64, so that no number of bytes is too large to be multiplied.
        let place = bytes / N_PROBES * probe + bytes % N_PROBES * probe / N_PROBES;
        match is_cached(file, place)? {
            Some(is_cached) => n_cached += u32::from(is_cached),
            None => return advise(Advice::Normal).map(|()| None).map_err(io::Error::from),
        }
    }
    advise(Advice::DontNeed)?;
    advise(Advice::Normal)?;
    Ok(Some(f64::from(n_cached) / N_PROBES as f64))
}

/// Whether the byte at this place can be read without waiting for the disk; `None` if the file system cannot tell.
#[cfg(target_os = "linux")]
fn is_cached(file: &File, place: u64) -> io::Result<Option<bool>> {
    use std::io::IoSliceMut;

    use rustix::io::{Errno, ReadWriteFlags, preadv2};

    match preadv2(file, &mut [IoSliceMut::new(&mut [0])], place, ReadWriteFlags::NOWAIT) {
        Ok(_) => Ok(Some(true)),
        Err(Errno::AGAIN) => Ok(Some(false)),
        Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn drop_from_cache(_file: &File, _bytes: u64) -> io::Result<Option<f64>> {
    Ok(None)
}

impl fmt::Display for DiskSpeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cache = match self.cached_fraction {
            Some(0.0) => "page cache dropped before".to_owned(),
            Some(part) => format!("{:.0} % of it from the page cache", 100.0 * part),
            None => "page cache not ruled out".to_owned(),
        };
        let (write, read) = (self.write_bytes_per_second / 1e6, self.read_bytes_per_second / 1e6);
        let size = crate::table::bytes(self.bytes);
        writeln!(f, "Write {write:>9.1} MB/s  {size} in {:.2} s, sync included", self.write_seconds)?;
        writeln!(f, "Read  {read:>9.1} MB/s  {size} in {:.2} s, {cache}", self.read_seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::{DiskSpeed, noise};

    #[test]
    fn the_table_says_what_came_from_the_cache() {
        let mut speed = DiskSpeed {
            bytes: 256 << 20,
            write_seconds: 0.5,
            write_bytes_per_second: 536_870_912.0,
            read_seconds: 0.125,
            read_bytes_per_second: 2_147_483_648.0,
            cached_fraction: Some(0.0),
        };
        let expected = "\
Write     536.9 MB/s  256.0 MiB in 0.50 s, sync included
Read     2147.5 MB/s  256.0 MiB in 0.12 s, page cache dropped before
";
        assert_eq!(speed.to_string(), expected);
        speed.cached_fraction = Some(0.25);
        assert!(speed.to_string().ends_with("25 % of it from the page cache\n"));
        speed.cached_fraction = None;
        assert!(speed.to_string().ends_with("page cache not ruled out\n"));
    }

    #[test]
    fn no_byte_of_a_block_is_much_more_frequent() {
        let mut counts = [0_u32; 256];
        for byte in noise() {
            counts[usize::from(byte)] += 1;
        }
        assert!(counts.iter().all(|count| (3600..4600).contains(count)), "{counts:?}");
    }
}
