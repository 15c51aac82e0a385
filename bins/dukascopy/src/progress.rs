use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::time::Duration;

use dukascopy::FetchEvent;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

/// Shows how far a download is: a bar on a terminal, and what is worth knowing as log lines.
pub(crate) struct ProgressView {
    bar: Option<ProgressBar>,
}

impl ProgressView {
    pub(crate) fn new() -> Self {
        Self { bar: io::stderr().is_terminal().then(bar) }
    }

    pub(crate) fn show(&self, event: &FetchEvent<'_>) {
        match event {
            FetchEvent::Day { day, done_hours, total_hours, n_ticks, n_requests, n_bytes } => {
                tracing::debug!("{day}: {done_hours} of {total_hours} hours, {n_ticks} ticks, {n_requests} requests");
                if let Some(bar) = &self.bar {
                    bar.set_length(*total_hours);
                    bar.set_position(*done_hours);
                    bar.set_message(format!("{n_ticks} ticks, {n_requests} requests, {:.1} MB", *n_bytes as f64 / 1e6));
                }
            }
            FetchEvent::Retry { source, key, attempt, reason } => {
                self.log(|| tracing::debug!("{source}: {key}: attempt {attempt}: {reason}"));
            }
            FetchEvent::Paused { source, pause, status } => {
                self.log(|| tracing::info!("{source}: HTTP {status}: pausing for {:.1} s", pause.as_secs_f64()));
            }
            FetchEvent::FailOver { day, n_hours, from, to, reason } => {
                self.log(|| tracing::info!("{day}: {n_hours} hours from {to} instead of {from}: {reason}"));
            }
            FetchEvent::SourceDown { source, reason } => {
                self.log(|| tracing::warn!("{source} is not asked any more in this run: {reason}"));
            }
            FetchEvent::ScaleSuspect { day, check } => {
                self.log(|| tracing::warn!("{day}: {check}: the price scale may be wrong"));
            }
            FetchEvent::CacheDamaged { error } => {
                let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
                self.log(|| tracing::warn!("{error}{cause}"));
            }
            _ => {}
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// Logs without tearing the bar.
    fn log(&self, log: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(log),
            None => log(),
        }
    }
}

fn bar() -> ProgressBar {
    let template = "{spinner} {wide_bar} {pos}/{len} hours  {rate}  {eta} left  {msg}";
    let style = ProgressStyle::with_template(template).expect("the template is valid").with_key(
        "rate",
        |state: &ProgressState, text: &mut dyn Write| {
            // A terminal that cannot be written to shows no bar at all.
            let _ = write!(text, "{:.0} hours/s", state.per_sec());
        },
    );
    let bar = ProgressBar::new(0).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
