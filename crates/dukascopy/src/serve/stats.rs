use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{FaultKind, FaultTimes, Faults};

/// What a server has been asked for and has answered, up to the moment it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServeCounts {
    /// Requests with a head that could be read.
    pub requests: u64,
    /// Bytes of the bodies of answers, as far as they were meant to be sent.
    pub body_bytes: u64,
    /// Answers by status; a connection that was reset on purpose has none.
    pub statuses: BTreeMap<u16, u64>,
    /// Faults that were shown on purpose.
    pub faults: BTreeMap<FaultKind, u64>,
    /// Requests by path, without a query; empty unless the options say that paths are recorded.
    pub paths: BTreeMap<String, u64>,
}

/// The counters of a [`MirrorServer`](crate::MirrorServer); a clone shows the same ones.
#[derive(Clone, Debug)]
pub struct ServeStats {
    record_paths: bool,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    counts: ServeCounts,
    // How often the paths that are drawn for a fault have been asked for.
    drawn: BTreeMap<String, u32>,
}

impl ServeStats {
    pub(super) fn new(record_paths: bool) -> Self {
        Self { record_paths, inner: Arc::default() }
    }

    /// The numbers as they are now.
    pub fn counts(&self) -> ServeCounts {
        self.lock().counts.clone()
    }

    pub(super) fn count_request(&self, path: &str) {
        let mut inner = self.lock();
        inner.counts.requests += 1;
        if self.record_paths {
            *inner.counts.paths.entry(path.to_owned()).or_default() += 1;
        }
    }

    pub(super) fn count_answer(&self, status: Option<u16>, body_bytes: usize, fault: Option<FaultKind>) {
        let counts = &mut self.lock().counts;
        counts.body_bytes += body_bytes as u64;
        if let Some(status) = status {
            *counts.statuses.entry(status).or_default() += 1;
        }
        if let Some(fault) = fault {
            *counts.faults.entry(fault).or_default() += 1;
        }
    }

    /// The fault that this request for `path` gets; asked once a request.
    pub(super) fn fault_of_next(&self, faults: &Faults, path: &str) -> Option<FaultKind> {
        let kind = faults.of_path(path)?;
        let FaultTimes::First(times) = faults.times else {
            return Some(kind);
        };
        let mut inner = self.lock();
        let shown = inner.drawn.entry(path.to_owned()).or_default();
        let due = *shown < times;
        *shown = shown.saturating_add(1);
        due.then_some(kind)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic between two additions leaves numbers that are still numbers.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
