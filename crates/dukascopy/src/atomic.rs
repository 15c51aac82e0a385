//! Writing files so that a name is either absent or complete, also with two processes at work or one killed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use market::UnixNanos;

use crate::Error;

/// Folder below a mirror's root for files that are being written. Its name is no symbol, so no reader looks into it.
const PARTS: &str = ".part";
/// Whoever writes a file is done much sooner.
const OLDEST_PART_NS: i64 = 3_600 * UnixNanos::PER_SECOND;

static COUNTER: AtomicU64 = AtomicU64::new(0);

/// Writes a file of the mirror at `root` under a name of its own, syncs it and renames it to `path`.
///
/// Two writers of the same path both succeed, and the file is that of one of them.
pub(crate) fn write_atomically(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let (part, file) = create_part(&root.join(PARTS)).map_err(failed)?;
    let result = write_synced(file, bytes).and_then(|()| rename(&part, path));
    if result.is_err() {
        // The first error is the one to report; a part that cannot be removed is swept later.
        let _ = fs::remove_file(&part);
    }
    result.map_err(failed)
}

fn create_part(folder: &Path) -> io::Result<(PathBuf, File)> {
    loop {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{}-{number}", process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            // Another machine's process may have the same number on a shared drive.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir_all(folder)?,
            Err(error) => return Err(error),
            Ok(file) => return Ok((path, file)),
        }
    }
}

fn write_synced(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

fn rename(part: &Path, path: &Path) -> io::Result<()> {
    match (fs::rename(part, path), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            fs::rename(part, path)
        }
        (result, _) => result,
    }
}

/// Removes the parts that a killed process left behind more than an hour before `now`.
pub(crate) fn sweep(root: &Path, now: UnixNanos) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(PARTS)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    let newest = u64::try_from(now.0.saturating_sub(OLDEST_PART_NS)).unwrap_or(0);
    let newest = UNIX_EPOCH + Duration::from_nanos(newest);
    for entry in entries {
        let entry = entry?;
        let is_old = entry.metadata().and_then(|metadata| metadata.modified()).is_ok_and(|time| time < newest);
        if is_old {
            match fs::remove_file(entry.path()) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_writers_of_one_path_both_succeed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("EURUSD/2019/01/04/13h_ticks.bi5");
        let contents = [vec![1; 100_000], vec![2; 100_000]];
        std::thread::scope(|scope| {
            for bytes in &contents {
                scope.spawn(|| (0..50).for_each(|_| write_atomically(folder.path(), &path, bytes).unwrap()));
            }
        });
        let found = fs::read(&path).unwrap();
        assert!(contents.contains(&found));
        assert_eq!(fs::read_dir(folder.path().join(PARTS)).unwrap().count(), 0);
    }

    #[test]
    fn sweeps_old_parts_only() {
        let folder = tempfile::tempdir().unwrap();
        let (part, _) = create_part(&folder.path().join(PARTS)).unwrap();
        let written = fs::metadata(&part).unwrap().modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
        let written = i64::try_from(written.as_nanos()).unwrap();
        sweep(folder.path(), UnixNanos(written + OLDEST_PART_NS / 2)).unwrap();
        assert!(part.exists());
        sweep(folder.path(), UnixNanos(written + OLDEST_PART_NS + 1)).unwrap();
        assert!(!part.exists());
    }

    #[test]
    fn a_mirror_without_parts_needs_no_sweep() {
        let folder = tempfile::tempdir().unwrap();
        sweep(folder.path(), UnixNanos(0)).unwrap();
    }
}
