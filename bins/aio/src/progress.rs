use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::time::Duration;

use experiment::{Progress, Stage};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::args::Format;
use crate::output::print_line;

/// Shows how far a run is: a bar on a terminal, log lines elsewhere, and with `--format json` one object a line.
pub(crate) struct ProgressView {
    bar: Option<ProgressBar>,
    format: Format,
}

impl ProgressView {
    pub(crate) fn new(format: Format) -> Self {
        let wants_bar = format == Format::Human && io::stderr().is_terminal();
        Self { bar: wants_bar.then(spinner), format }
    }

    /// Shows one report of the run; called from any of its threads.
    pub(crate) fn show(&self, progress: &Progress) {
        match progress {
            Progress::Started { stage } => self.stage(*stage, "started"),
            Progress::Resumed { stage } => self.stage(*stage, "resumed"),
            Progress::Finished { stage } => self.stage(*stage, "finished"),
            Progress::Doing { stage, text } => self.doing(*stage, text),
            Progress::Note { stage, text } => self.note(*stage, text),
            Progress::Advanced { stage, done, total } => self.advanced(*stage, *done, *total),
            _ => {}
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn stage(&self, stage: Stage, state: &str) {
        tracing::debug!(%stage, state);
        if let Some(bar) = &self.bar {
            bar.set_length(0);
            bar.set_style(spinner_style());
            bar.set_message(stage.name());
        } else if self.format == Format::Human {
            tracing::info!("{stage}: {state}");
        }
        self.json(&serde_json::json!({"event": "stage", "stage": stage.name(), "state": state}));
    }

    fn doing(&self, stage: Stage, text: &str) {
        if let Some(bar) = &self.bar {
            bar.println(format!("{stage}: {text}"));
        } else if self.format == Format::Human {
            tracing::info!("{stage}: {text}");
        }
        self.json(&serde_json::json!({"event": "doing", "stage": stage.name(), "text": text}));
    }

    fn note(&self, stage: Stage, text: &str) {
        if let Some(bar) = &self.bar {
            bar.println(format!("{stage}: {text}"));
        } else {
            tracing::warn!("{stage}: {text}");
        }
        self.json(&serde_json::json!({"event": "note", "stage": stage.name(), "text": text}));
    }

    fn advanced(&self, stage: Stage, done: usize, total: usize) {
        if let Some(bar) = &self.bar {
            // A download runs before its stage starts.
            bar.set_message(stage.name());
            if bar.length() != Some(total as u64) {
                bar.set_length(total as u64);
                bar.set_style(bar_style());
            }
            bar.set_position(done as u64);
        }
    }

    fn json(&self, event: &serde_json::Value) {
        if self.format == Format::Json {
            // A reader that has gone away is noticed when the result is printed.
            let _ = print_line(&event.to_string());
        }
    }
}

fn spinner() -> ProgressBar {
    let bar = ProgressBar::new(0);
    bar.set_style(spinner_style());
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn spinner_style() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {msg}").expect("the template is valid")
}

fn bar_style() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {msg:12} {bar:40} {pos}/{len}  {rate}  {eta} left")
        .expect("the template is valid")
        .with_key("rate", |state: &ProgressState, text: &mut dyn Write| {
            // A terminal that cannot be written to shows no bar at all.
            let _ = write!(text, "{:.0}/s", state.per_sec());
        })
}
