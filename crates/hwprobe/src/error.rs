use std::path::PathBuf;

/// What can go wrong while a machine is probed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system is not one that can be asked.
    #[error("hardware cannot be probed on {os}")]
    Unsupported {
        /// Its name.
        os: &'static str,
    },
    /// The system gives no number where there must be one.
    #[error("the system tells no {what}")]
    Missing {
        /// What is missing.
        what: &'static str,
    },
    /// A file of the kernel could not be read.
    #[error("cannot read {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A text of the kernel does not have its documented form.
    #[error("`{text}` is not {expected}")]
    Text {
        /// The text.
        text: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A file of the kernel does not have its documented form.
    #[error("{} is malformed", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: Box<Error>,
    },
}
