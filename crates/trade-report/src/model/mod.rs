mod evidence;
mod header;
mod report;
mod search;
mod series;
mod strategy;

pub use self::evidence::{Correlation, Estimate, Interval, Metric, Overfitting, Unit};
pub use self::header::{Commentary, DataQuality, Fact, Header, QualityRow, Severity, Tone, Verdict, Version, Warning};
pub use self::report::Report;
pub use self::search::{Axis, Fold, FoldCell, FoldFigure, HeatMap, Search, StageTime, Timing, Tried, WalkForward};
pub use self::series::{Candles, Equity, Period, PeriodKind, Side, TimeRange, Trade};
pub use self::strategy::{Criterion, Link, MonteCarlo, Parameter, QuantileBand, Strategy};
