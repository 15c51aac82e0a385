use anyhow::{Context, Result};
use experiment::{Outcome, RunOptions as Options, RunPlan, parse_memory, run as run_plan};
use serde_json::json;

use crate::args::{Format, RunOptions};
use crate::config::{merged, now};
use crate::output::print_line;
use crate::progress::ProgressView;

/// `aio run-experiment`.
pub(crate) fn run(options: &RunOptions, format: Format) -> Result<()> {
    let config = merged(&options.settings)?;
    let folder = std::env::current_dir().context("cannot find the current folder")?;
    let now = now()?;
    let plan = RunPlan::resolve(&config, &folder, now)?;
    let memory = options.memory.as_ref().or(config.memory.as_ref());
    let options = Options {
        out: options.out.clone().or(config.out),
        results: folder.join("results"),
        threads: options.threads.or(config.threads),
        memory_bytes: memory.map(|text| parse_memory(text)).transpose()?,
        now,
    };
    let view = ProgressView::new(format);
    let outcome = run_plan(&plan, &options, &|progress| view.show(&progress));
    view.finish();
    print_outcome(&outcome?, format)
}

/// Prints what came out of a run and where its report is.
pub(crate) fn print_outcome(outcome: &Outcome, format: Format) -> Result<()> {
    let report = &outcome.report;
    if format == Format::Json {
        let line = json!({
            "event": "result",
            "run_id": report.run_id,
            "out": outcome.out,
            "edge_found": report.verdict.edge_found,
            "headline": report.verdict.headline,
            "reasons": report.verdict.reasons,
            "tried": report.search.n_tried,
        });
        return print_line(&line.to_string());
    }
    print_line(&format!("verdict: {}", report.verdict.headline))?;
    for reason in &report.verdict.reasons {
        print_line(&format!("  - {reason}"))?;
    }
    print_line("")?;
    print_line(&format!("{:>2}  {:<24} {:>12} {:>14} {:>8}", "#", "strategy", "in-sample", "out-of-sample", "trades"))?;
    for strategy in &report.top {
        print_line(&format!(
            "{:>2}  {:<24} {:>11.2}% {:>13.2}% {:>8}",
            strategy.rank,
            strategy.name,
            100.0 * strategy.in_sample.total_return,
            100.0 * strategy.out_of_sample.total_return,
            strategy.in_sample.n_trades + strategy.out_of_sample.n_trades,
        ))?;
    }
    print_line("")?;
    print_line(&format!("report: {}", outcome.out.join("report.html").display()))
}
