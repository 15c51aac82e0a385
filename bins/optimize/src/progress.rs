use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

/// Shows how far a run is: a bar on a terminal, nothing elsewhere.
pub(crate) struct ProgressView {
    bar: Option<ProgressBar>,
}

impl ProgressView {
    pub(crate) fn new(quiet: bool, total: u64) -> Self {
        Self { bar: (!quiet && io::stderr().is_terminal()).then(|| bar(total)) }
    }

    /// Some more are done; called from any thread.
    pub(crate) fn advance(&self, n: usize) {
        if let Some(bar) = &self.bar {
            bar.inc(n as u64);
        }
    }

    /// The best so far.
    pub(crate) fn best(&self, text: impl FnOnce() -> String) {
        if let Some(bar) = &self.bar {
            bar.set_message(text());
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {bar:24} {pos}/{len}  {rate}  {eta} left  {wide_msg}")
        .expect("the template is valid")
        .with_key("rate", |state: &ProgressState, text: &mut dyn Write| {
            // A terminal that cannot be written to shows no bar at all.
            let _ = write!(text, "{:.0} sets/s", state.per_sec());
        });
    let bar = ProgressBar::new(total).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
