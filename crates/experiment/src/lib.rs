//! One run from raw market data to ranked strategies, Pine scripts and reports.
//!
//! [`load_config`] merges file, environment and flags; [`RunPlan::resolve`] decides everything they leave open; [`run`]
//! executes the plan in stages. Each finished stage is kept, so a run that was killed goes on where it was, and equal
//! plans over equal inputs give equal bytes.
//!
//! ```no_run
//! use experiment::{ConfigLayers, RunOptions, RunPlan, load_config, run};
//!
//! let layers = ConfigLayers { overrides: vec![("data.sample".into(), vec!["true".into()])], ..ConfigLayers::default() };
//! let now = "2026-11-22T12:00:00Z".parse()?; // by the caller's clock
//! let plan = RunPlan::resolve(&load_config(&layers)?, std::path::Path::new("."), now)?;
//! let options = RunOptions { out: None, results: "results".into(), threads: None, memory_bytes: None, now };
//! let outcome = run(&plan, &options, &|progress| eprintln!("{progress:?}"))?;
//! println!("{}: {}", outcome.out.display(), outcome.report.verdict.headline);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`rebuild`] writes the report of a finished run again, from its folder alone; [`page`] has the parts of it for other
//! programs. [`stage_needs`] says what the stages need of a machine, and [`plan_hardware`] what it gives them.
//!
//! Not here: argument parsing and progress bars (the program `aio`), and the work itself, which other crates do.
#![forbid(unsafe_code)]

mod builtin;
mod config;
mod download;
mod error;
mod export;
mod files;
mod hardware;
pub mod page;
mod plan;
mod progress;
mod rebuild;
mod report;
mod run;
mod source;
mod stages;
mod state;
mod timing;

pub use crate::builtin::strategies as builtin_strategies;
pub use crate::config::{
    AccountConfig, AnalystConfig, BacktestConfig, ConfigLayers, DataConfig, FileConfig, SearchConfig, load_config,
};
pub use crate::error::Error;
pub use crate::hardware::{Workload, parse_memory, plan_hardware, stage_needs};
pub use crate::plan::{
    AnalystPlan, BacktestPlan, DataPlan, DownloadPlan, RunPlan, SamplerKind, SearchPlan, SourcePlan,
};
pub use crate::progress::{Progress, Stage};
pub use crate::rebuild::rebuild;
pub use crate::report::{
    AnalystSummary, ChoiceSummary, CostSummary, CriterionSummary, DataSummary, EvidenceSummary, FindingSummary,
    FoldSummary, ParameterSummary, PerformanceReport, PeriodSummary, SearchSummary, SplitSummary, StrategySummary,
    TriedSummary, VerdictSummary, WalkForwardSummary,
};
pub use crate::run::{Outcome, RunOptions, run};
pub use crate::source::InputFile;
pub use crate::stages::analyse::sample_request;
pub use crate::stages::data::{DataQuality, HourCount, Removed};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
