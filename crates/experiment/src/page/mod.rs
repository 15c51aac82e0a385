//! Results of back-tests as parts of the interactive report of the crate `trade_report`.
//!
//! Each function takes results as `backtest` and `optimizer` give them and returns what the page shows, so that any
//! program can put its own report together. No number is made up on the way: an undefined one stays undefined.
//!
//! ```
//! use backtest::{Account, Commission, Costs, Market, Plan, Scratch, Spread};
//! use experiment::page::{Performance, candles, strategy};
//! use market::{PriceSide, Timeframe, aggregate, synthetic};
//! use trade_report::{Header, Report, render};
//!
//! let config = synthetic::SyntheticConfig::eurusd("2024-01-08".parse()?, 3);
//! let bars = aggregate(synthetic::generate(&config, 1)?.view(), Timeframe::M5).bars(PriceSide::Mid);
//! let account = Account {
//!     initial_cash: 10_000.0,
//!     tick_size: 0.00001,
//!     quantity_step: 1_000.0,
//!     costs: Costs { commission: Commission::None, slippage_ticks: 1, spread: Spread::FromBars },
//! };
//! let plan = Plan::compile(&experiment::builtin_strategies()[0])?;
//! let params = plan.strategy().defaults();
//! let market = Market::new(bars.view());
//! let result = backtest::run(&plan, &params, &market, 0..bars.len(), &account, &mut Scratch::default())?;
//!
//! let performance =
//!     Performance { strategy: plan.strategy(), params: &params, parts: &[&result], initial_cash: account.initial_cash };
//! let candles = candles(bars.view(), 5, 100_000)?;
//! let (from, to) = (candles.open_time_ms[0], candles.open_time_ms[candles.open_time_ms.len() - 1]);
//! let mut report = Report::new(Header::new("One back-test", from, to, "USD"));
//! report.candles = Some(candles);
//! report.metric_columns = vec!["All bars".to_owned()];
//! report.strategies = vec![strategy(&performance, bars.view(), 7)?];
//! assert!(render(&report)?.contains("One back-test"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod candles;
mod daily;
mod evidence;
mod figures;
mod heat_map;
mod simulation;
mod steps;
mod strategy;
mod walk_forward;

pub use self::candles::candles;
pub use self::evidence::{cautions, correlation, evidence, inverse_volatility, overfitting};
pub use self::figures::figures;
pub use self::heat_map::{Over, heat_map, strongest_pair};
pub use self::simulation::simulations;
pub(crate) use self::steps::step_returns;
pub use self::strategy::{Performance, equity, strategy, trades};
pub use self::walk_forward::walk_forward;

use market::{BarsView, UnixNanos};
use std::ops::Range;
use trade_report::TimeRange;

/// When a range of bars begins and ends.
///
/// # Panics
/// If the range is empty or ends behind the bars.
pub fn time_range(bars: BarsView<'_>, range: &Range<usize>) -> TimeRange {
    let end = UnixNanos(bars.open_time[range.end - 1].0 + bars.timeframe().nanos());
    TimeRange { from_ms: bars.open_time[range.start].as_millis(), to_ms: end.as_millis() }
}
