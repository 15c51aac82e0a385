use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::Error;

/// A file that appears under its name only when it is complete.
///
/// It is written beside it under a name of its own, `NAME.PROCESS-NUMBER.part`, so that two processes that write the
/// same file do not disturb each other. [`commit`](Self::commit) syncs it and renames it, which replaces a file that is
/// there. Dropped without that, it is removed; nothing changes under the final name. Writing is not buffered.
///
/// ```
/// use std::io::Write;
///
/// use market_files::AtomicFile;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("gaps.jsonl");
/// let mut file = AtomicFile::create(&path)?;
/// file.write_all(b"{}\n")?;
/// assert!(!path.exists());
/// file.commit()?;
/// assert_eq!(std::fs::read(&path)?, b"{}\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct AtomicFile {
    file: File,
    part: PathBuf,
    path: PathBuf,
    is_committed: bool,
}

impl AtomicFile {
    /// Starts the file that is to stand at `path`; its folder must be there.
    ///
    /// # Errors
    /// [`Error::Write`] if the system refuses, or if `path` names a folder.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let opened = if path.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { open_part(path) };
        let (part, file) = opened.map_err(|source| Error::Write { path: path.to_owned(), source })?;
        Ok(Self { file, part, path: path.to_owned(), is_committed: false })
    }

    /// Where the file is to stand.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Syncs the file and gives it its name.
    ///
    /// # Errors
    /// [`Error::Write`] if the system refuses; the part is removed then, and a file that was there before stays.
    pub fn commit(mut self) -> Result<(), Error> {
        let renamed = self.file.sync_all().and_then(|()| fs::rename(&self.part, &self.path));
        self.is_committed = renamed.is_ok();
        renamed.map_err(|source| Error::Write { path: self.path.clone(), source })
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if !self.is_committed {
            // What cannot be removed has a name that no reader looks for.
            let _ = fs::remove_file(&self.part);
        }
    }
}

fn open_part(path: &Path) -> io::Result<(PathBuf, File)> {
    let process = std::process::id();
    let mut number = 0_u32;
    loop {
        let mut part = path.as_os_str().to_owned();
        part.push(format!(".{process}-{number}.part"));
        let part = PathBuf::from(part);
        match OpenOptions::new().write(true).create_new(true).open(&part) {
            // Of another thread, or left over by a killed process that had the same number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < u32::MAX => number += 1,
            opened => return opened.map(|file| (part, file)),
        }
    }
}
