use std::time::Duration;

use market::UnixNanos;

use crate::{Error, FileKey, ScaleCheck};

/// What a download reports while it runs.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchEvent<'a> {
    /// A day is finished, in the order of time.
    Day {
        /// Its start.
        day: UnixNanos,
        /// Hours of the request that are finished.
        done_hours: u64,
        /// Hours of the request.
        total_hours: u64,
        /// Ticks so far.
        n_ticks: u64,
        /// Requests sent so far, retries included.
        n_requests: u64,
        /// Bytes received so far.
        n_bytes: u64,
    },
    /// An attempt failed and there will be another.
    Retry {
        /// Whom it was asked from.
        source: &'a str,
        /// The file.
        key: &'a FileKey,
        /// Number of the failed attempt, from 1.
        attempt: u32,
        /// Why.
        reason: &'a str,
    },
    /// A server asked for less, and is left alone for a while.
    Paused {
        /// The server.
        source: &'a str,
        /// How long.
        pause: Duration,
        /// The HTTP status.
        status: u16,
    },
    /// Hours of a day are asked from the next source.
    FailOver {
        /// Start of the day.
        day: UnixNanos,
        /// Hours concerned.
        n_hours: usize,
        /// The source that could not serve them.
        from: &'a str,
        /// The source that is asked next.
        to: &'a str,
        /// Why.
        reason: &'a str,
    },
    /// A source is not asked any more in this run.
    SourceDown {
        /// The source.
        source: &'a str,
        /// Why.
        reason: &'a str,
    },
    /// The prices are none that the instrument had then, so the price scale may be wrong; told once in a run.
    ScaleSuspect {
        /// Start of the first such day.
        day: UnixNanos,
        /// What is wrong.
        check: &'a ScaleCheck,
    },
    /// A file of the cache does not decode; its hours are asked for again.
    CacheDamaged {
        /// What is wrong, with the path.
        error: &'a Error,
    },
}
