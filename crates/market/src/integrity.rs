//! What is wrong with data as it came, and its explicit repair.

mod clean;
mod outliers;
mod report;
mod rows;
mod validate;

pub use self::clean::{CleaningLog, CleaningRule, CleaningStep, clean};
pub use self::report::{Example, Finding, FindingKind, IntegrityReport, Severity};
pub use self::validate::{ValidationOptions, validate_bars, validate_ticks};
