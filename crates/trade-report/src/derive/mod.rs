mod drawdown;
mod histogram;
mod periods;

pub use self::drawdown::{Fall, deepest_falls, drawdowns, max_drawdown};
pub use self::histogram::{Histogram, histogram};
pub use self::periods::{MonthlyReturn, daily_returns, monthly_returns};
