//! Where files come from: one trait for servers and folders.

mod datafeed;
mod folder;
mod host;
mod http_options;
mod json_api;
mod pace;
mod spec;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

pub use self::datafeed::Datafeed;
pub use self::folder::Folder;
pub use self::http_options::HttpOptions;
pub use self::json_api::JsonApi;
pub use self::pace::Pace;
pub use self::spec::{SourceSpec, default_sources};

use crate::{FileKey, FileKind};

use self::host::Host;
pub(crate) use self::pace::Limiter;

/// A place that has Dukascopy's files, or can make them of what it has.
///
/// One call is one attempt: retries, pauses and the choice of the next source are the caller's. Every source answers
/// with the bytes of a `.bi5` file, so that a cache looks the same wherever its files came from.
pub trait Source: fmt::Debug + Send + Sync {
    /// What it is called in logs and reports, such as `datafeed.dukascopy.com`.
    fn name(&self) -> &str;

    /// Whether it can have files of this kind.
    fn serves(&self, kind: FileKind) -> bool;

    /// Asks once for a file.
    fn get<'a>(&'a self, key: &'a FileKey) -> Attempt<'a>;

    /// Whether asking costs someone else's server; a folder is asked without pauses.
    fn is_remote(&self) -> bool {
        true
    }
}

/// The future answer of a [`Source`].
pub type Attempt<'a> = Pin<Box<dyn Future<Output = Result<Reply, SourceError>> + Send + 'a>>;

/// What a source has of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The bytes of the file, at least one.
    Data(Vec<u8>),
    /// It says that there is nothing in the period: zero bytes.
    Empty,
    /// It has no such file.
    NotThere,
}

/// Why an attempt gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The server asks for less: 429, 503, or 202 with a challenge.
    #[error("HTTP {status}: the server asks for a pause")]
    Throttled {
        /// The HTTP status.
        status: u16,
        /// How long it wants to be left alone, where it says so.
        retry_after: Option<Duration>,
    },
    /// The server refuses this client, and will go on refusing: 401, 403, 407, 451.
    #[error("HTTP {status}: the server refuses this client")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// Another status that is no answer.
    #[error("HTTP {status}")]
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// The answer did not come in time.
    #[error("no complete answer within the time-out")]
    TimedOut,
    /// The connection could not be made, or broke.
    #[error("{reason}")]
    Connection {
        /// What the system or the protocol says.
        reason: String,
    },
    /// The answer is not what it should be.
    #[error("damaged answer: {reason}")]
    Damaged {
        /// What is wrong with it.
        reason: String,
    },
}

impl SourceError {
    /// Whether another attempt can help.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Refused { .. } => false,
            Self::Status { status } => *status >= 500 || *status == 408,
            Self::Throttled { .. } | Self::TimedOut | Self::Connection { .. } | Self::Damaged { .. } => true,
        }
    }
}
