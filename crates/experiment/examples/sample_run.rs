//! Runs a small search on the synthetic market into a folder (the first argument) and prints the verdict.
//!
//! `cargo run --release --example sample_run -- /tmp/sample none` does it without a planted edge.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows its result")]

use std::path::{Path, PathBuf};

use experiment::{ConfigLayers, Progress, RunOptions, RunPlan, load_config, run};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().unwrap_or_else(|| "results/sample-run".to_owned());
    let edge = arguments.next().unwrap_or_else(|| "mean-reversion".to_owned());
    let settings = [("data.sample", "true"), ("data.edge", edge.as_str()), ("search.parameter_sets", "2000")];
    let overrides = settings.map(|(key, value)| (key.to_owned(), vec![value.to_owned()])).to_vec();
    let config = load_config(&ConfigLayers { overrides, ..ConfigLayers::default() })?;
    let now = "2026-11-22".parse()?; // only a download asks what time it is
    let plan = RunPlan::resolve(&config, Path::new("."), now)?;
    let options =
        RunOptions { out: Some(PathBuf::from(out)), results: "results".into(), threads: None, memory_bytes: None, now };
    let outcome = run(&plan, &options, &|progress| {
        if let Progress::Started { stage } = progress {
            eprintln!("{stage} …");
        }
    })?;
    println!("{}: {}", outcome.report.verdict.headline, outcome.out.join("report.html").display());
    Ok(())
}
