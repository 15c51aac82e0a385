//! Our indicators beside those of other crates: the thread's time of each, on the same bars, in the same run.
//!
//! Four comparisons: the eight indicators that everybody has and the 61 candlestick patterns over whole histories; the
//! eight bar by bar; feature sets and lanes beside the single indicators; and every function of TA-Lib, ours with its bits beside its own. What somebody computes is checked
//! against TA-Lib, so that nobody is compared who computes another thing.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints its results and what it does")]

mod bars;
mod contest;
mod functions;
mod many;
mod patterns;
mod peers;
mod report;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;

use crate::bars::Bars;
use crate::contest::{Buffers, Effort};
use crate::peers::Task;
use crate::report::{Comparison, Report};

/// Measures our indicators beside those of other crates and prints Markdown tables.
#[derive(Parser)]
struct Args {
    /// Each program 5 times instead of 15.
    #[arg(long)]
    quick: bool,
    /// Only what has this in its name, in lower case.
    #[arg(long, default_value = "")]
    filter: String,
    /// Only these comparisons.
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["batch", "patterns", "stream", "many", "functions"])]
    only: Vec<Part>,
    /// Bars of each run.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1000..))]
    bars: u32,
    /// Where to write all figures as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Whole histories of the eight.
    Batch,
    /// The 61 patterns.
    Patterns,
    /// The eight bar by bar.
    Stream,
    /// Feature sets and lanes beside single indicators.
    Many,
    /// Every function of TA-Lib.
    Functions,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let bars = Bars::walk(usize::try_from(args.bars)?);
    let effort = |seconds| Effort { rounds: if args.quick { 5 } else { 15 }, at_most: Duration::from_secs(seconds) };
    let mut report =
        Report { bars: bars.len(), batch: vec![], patterns: vec![], stream: vec![], many: vec![], functions: vec![] };
    let wants = |part: Part, name: &str| args.only.contains(&part) && name.to_lowercase().contains(&args.filter);
    let mut buffers = Buffers::new(bars.len(), 8, 0);
    for task in Task::ALL.into_iter().filter(|task| wants(Part::Batch, task.name())) {
        eprintln!("{}", task.name());
        let timings = contest::hold(&mut peers::batch(task), &bars, &mut buffers, effort(20));
        report.batch.push(Comparison { task: task.name(), timings });
    }
    for task in Task::ALL.into_iter().filter(|task| wants(Part::Stream, task.name())) {
        eprintln!("{}, bar by bar", task.name());
        let timings = contest::hold(&mut peers::stream(task), &bars, &mut buffers, effort(20));
        report.stream.push(Comparison { task: task.name(), timings });
    }
    drop(buffers);
    if wants(Part::Patterns, "patterns") {
        eprintln!("patterns");
        let mut buffers = Buffers::new(bars.len(), patterns::N_PATTERNS, patterns::N_PATTERNS);
        let timings = contest::hold(&mut patterns::contestants(), &bars, &mut buffers, effort(60));
        report.patterns.push(Comparison { task: "61 patterns", timings });
    }
    if wants(Part::Many, "many") {
        let mut buffers = Buffers::new(bars.len(), many::N_COLUMNS, 0);
        for (task, mut contestants) in many::races() {
            eprintln!("{task}");
            report
                .many
                .push(Comparison { task, timings: contest::hold(&mut contestants, &bars, &mut buffers, effort(20)) });
        }
    }
    if args.only.contains(&Part::Functions) {
        report.functions = functions::measure(&bars, &args.filter, effort(2), |name| eprintln!("{name}"));
    }
    print!("{report}");
    if let Some(path) = &args.json {
        let text = serde_json::to_string_pretty(&report)?;
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
