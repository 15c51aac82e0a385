use super::{Attempt, Reply, Source, SourceError};
use crate::{FileKey, FileKind, FileState, Mirror};

/// Another mirror on this machine or a network drive, from which files are copied.
#[derive(Clone, Debug)]
pub struct Folder {
    mirror: Mirror,
    name: String,
}

impl Folder {
    /// The files of `mirror`.
    pub fn new(mirror: Mirror) -> Self {
        Self { name: mirror.root().display().to_string(), mirror }
    }
}

impl Source for Folder {
    fn name(&self) -> &str {
        &self.name
    }

    fn serves(&self, _kind: FileKind) -> bool {
        true
    }

    fn get<'a>(&'a self, key: &'a FileKey) -> Attempt<'a> {
        Box::pin(async move {
            let mut bytes = Vec::new();
            match self.mirror.read_file(key, &mut bytes) {
                Ok(FileState::Data) => Ok(Reply::Data(bytes)),
                Ok(FileState::Empty) => Ok(Reply::Empty),
                Ok(FileState::Missing) => Ok(Reply::NotThere),
                Err(error) => Err(SourceError::Damaged { reason: error.to_string() }),
            }
        })
    }

    fn is_remote(&self) -> bool {
        false
    }
}
