use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use std::sync::{Arc, OnceLock};
use tokio::time::Instant;

use crate::TickSpan;
use crate::source::{Limiter, Pace, Source};

/// A way to ticks: a source, which of its files are asked for, and how hard it may be asked.
#[derive(Clone, Debug)]
pub struct Route {
    /// Where the files come from. Routes that share one source share its pace, too.
    pub source: Arc<dyn Source>,
    /// Hour files or day files.
    pub span: TickSpan,
    /// How hard the source may be asked; that of the first route counts where several share it.
    pub pace: Pace,
}

/// A source during a run.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) source: Arc<dyn Source>,
    pub(super) limiter: Limiter,
    n_failed_in_a_row: AtomicU32,
    // Until the first answer: when it was first silent, and how often since.
    has_answered: AtomicBool,
    silent_since: OnceLock<Instant>,
    n_silent: AtomicU32,
    down: OnceLock<String>,
}

/// A server that was silent once or twice may still come.
const MIN_SILENT: u32 = 3;

impl Server {
    /// Why it is not asked any more; `None` while it is.
    pub(super) fn down(&self) -> Option<&str> {
        self.down.get().map(String::as_str)
    }

    pub(super) fn answered(&self) {
        self.has_answered.store(true, Ordering::Relaxed);
        self.n_failed_in_a_row.store(0, Ordering::Relaxed);
        self.limiter.succeeded();
    }

    /// Counts an attempt without an answer; how long there has been none at all in this run.
    pub(super) fn silent(&self) -> Duration {
        if self.has_answered.load(Ordering::Relaxed) {
            return Duration::ZERO;
        }
        let since = self.silent_since.get_or_init(Instant::now);
        let n_silent = self.n_silent.fetch_add(1, Ordering::Relaxed) + 1;
        if n_silent < MIN_SILENT { Duration::ZERO } else { since.elapsed() }
    }

    /// Counts a file that could not be had; the number of them since the last answer.
    pub(super) fn failed(&self) -> u32 {
        self.n_failed_in_a_row.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Asks it no more; whether that is new.
    pub(super) fn give_up(&self, reason: &str) -> bool {
        self.down.set(reason.to_owned()).is_ok()
    }
}

/// A route during a run.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) server: Arc<Server>,
    pub(super) span: TickSpan,
    pub(super) name: String,
    // Days for which it had nothing although a later source had ticks; it is passed over after a few.
    n_lacking: AtomicU32,
}

/// So many days in a row that another source had make a route be passed over.
const LACKING_UNTIL_PASSED_OVER: u32 = 3;

impl Way {
    pub(super) fn is_worth_asking(&self) -> bool {
        self.server.down().is_none() && self.n_lacking.load(Ordering::Relaxed) < LACKING_UNTIL_PASSED_OVER
    }

    pub(super) fn had_it(&self) {
        self.n_lacking.store(0, Ordering::Relaxed);
    }

    pub(super) fn lacked_it(&self) {
        self.n_lacking.fetch_add(1, Ordering::Relaxed);
    }
}

/// The routes of a downloader with fresh pace and health.
pub(super) fn ways(routes: &[Route]) -> Vec<Way> {
    let mut servers: Vec<Arc<Server>> = Vec::new();
    let mut ways = Vec::new();
    for route in routes {
        let known = servers.iter().find(|server| Arc::ptr_eq(&server.source, &route.source));
        let server = known.cloned().unwrap_or_else(|| {
            let server = Arc::new(Server {
                source: Arc::clone(&route.source),
                limiter: Limiter::new(route.pace),
                n_failed_in_a_row: AtomicU32::new(0),
                has_answered: AtomicBool::new(false),
                silent_since: OnceLock::new(),
                n_silent: AtomicU32::new(0),
                down: OnceLock::new(),
            });
            servers.push(Arc::clone(&server));
            server
        });
        let files = match route.span {
            TickSpan::Day => "day files",
            TickSpan::Hour => "hour files",
        };
        let name = format!("{} ({files})", server.source.name());
        ways.push(Way { server, span: route.span, name, n_lacking: AtomicU32::new(0) });
    }
    ways
}
