use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::Error;

/// Names the file in which a text is malformed.
pub(crate) fn in_file(path: &Path) -> impl Fn(Error) -> Error + use<> {
    let path = path.to_owned();
    move |source| Error::File { path: path.clone(), source: Box::new(source) }
}

pub(crate) fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_owned(), source })
}

pub(crate) fn read_if_there(path: &Path) -> Result<Option<String>, Error> {
    match read(path) {
        Ok(text) => Ok(Some(text)),
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What `folder` holds under names such as `cpu12`, by number; nothing if it is not there.
pub(crate) fn numbered(folder: &Path, prefix: &str) -> Result<Vec<(u32, PathBuf)>, Error> {
    let fails = |source| Error::Io { path: folder.to_owned(), source };
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(vec![]),
        entries => entries.map_err(fails)?,
    };
    let mut found = vec![];
    for entry in entries {
        let entry = entry.map_err(fails)?;
        let name = entry.file_name();
        if let Some(number) = name.to_str().and_then(|name| name.strip_prefix(prefix)?.parse().ok()) {
            found.push((number, entry.path()));
        }
    }
    found.sort_unstable();
    Ok(found)
}
