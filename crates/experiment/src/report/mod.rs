//! The report: its data, how they are gathered, and the page that shows them.

mod advice;
mod appraisal;
pub(crate) mod build;
pub(crate) mod files;
mod model;
mod page;
mod quality;
pub(crate) mod timing;
mod warnings;

pub use model::{
    AnalystSummary, ChoiceSummary, CostSummary, CriterionSummary, DataSummary, EvidenceSummary, FindingSummary,
    FoldSummary, ParameterSummary, PerformanceReport, PeriodSummary, SearchSummary, SplitSummary, StrategySummary,
    TriedSummary, VerdictSummary, WalkForwardSummary,
};
