use backtest::Report;
use market::{BarsView, UnixNanos};

use crate::page::step_returns;

/// Returns of an account by UTC days.
#[derive(Debug)]
pub(super) struct Daily {
    /// Last equity of each day with a bar over the last one before it, less 1.
    pub(super) returns: Vec<f64>,
    /// Month of each.
    pub(super) months: Vec<i64>,
    /// Such days in a year, as the part itself has them.
    pub(super) per_year: f64,
}

/// Days of a part. From an account that is used up nothing is earned.
pub(super) fn daily(part: &Report, bars: BarsView<'_>, initial_cash: f64) -> Daily {
    const NANOS_PER_YEAR: f64 = 365.25 * UnixNanos::PER_DAY as f64;
    let times = &bars.open_time[part.window.clone()];
    let days = step_returns(|at| times[at].0, &part.equity, initial_cash, UnixNanos::PER_DAY);
    let months = days.iter().map(|&(at, _)| month(times[at].0.div_euclid(UnixNanos::PER_DAY))).collect();
    let returns: Vec<f64> = days.iter().map(|&(_, change)| change).collect();
    let nanos = times[times.len() - 1].0 - times[0].0 + bars.timeframe().nanos();
    let per_year = returns.len() as f64 * NANOS_PER_YEAR / nanos as f64;
    Daily { returns, months, per_year }
}

/// Months since the year 0 of a number of days since 1970-01-01: twelve times the year and the month less 1, as
/// `trade_stats::month_key`.
///
/// Source: H. Hinnant, *chrono-compatible low-level date algorithms*, `civil_from_days`.
fn month(days: i64) -> i64 {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    12 * (year_of_era + era * 400) + month_from_march + 2
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn months_are_those_of_the_calendar() {
        for (days, year, number) in
            [(0, 1970, 1), (-1, 1969, 12), (11_016, 2000, 2), (11_017, 2000, 3), (20_545, 2026, 4)]
        {
            assert_eq!(Some(month(days)), trade_stats::month_key(year, number), "{days} days");
        }
    }
}
