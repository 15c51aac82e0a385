use crate::moments::{finite, mean};
use crate::sum::sums;

/// Profit factor: sum of profits over sum of losses of closed trades.
///
/// - `profits`: net result of each trade, in any one currency.
///
/// 0 where no trade wins; `None` where no trade loses, or for values that are not finite.
///
/// ```
/// assert_eq!(trade_stats::profit_factor(&[30.0, -10.0, -5.0]), Some(2.0));
/// assert_eq!(trade_stats::profit_factor(&[30.0]), None);
/// ```
pub fn profit_factor(profits: &[f64]) -> Option<f64> {
    let tally = Tally::of(profits);
    finite(tally.won / tally.lost)
}

/// Share of trades with a profit above 0, from 0 to 1; a trade that ends at exactly 0 is counted and not won.
///
/// `None` for no trades or values that are not finite.
///
/// ```
/// assert_eq!(trade_stats::win_rate(&[1.0, -1.0, 0.0, 2.0]), Some(0.5));
/// ```
pub fn win_rate(profits: &[f64]) -> Option<f64> {
    let tally = Tally::of(profits);
    finite(tally.won + tally.lost)?;
    finite(tally.n_won / profits.len() as f64)
}

/// Expectancy: mean net result of a trade, in the currency of `profits`.
///
/// `None` for no trades or values that are not finite.
///
/// ```
/// assert_eq!(trade_stats::expectancy(&[30.0, -10.0]), Some(10.0));
/// ```
pub fn expectancy(profits: &[f64]) -> Option<f64> {
    mean(profits)
}

/// Payoff ratio: mean winning trade over mean losing trade (a positive number).
///
/// `None` where no trade wins or none loses, or for values that are not finite.
///
/// ```
/// assert_eq!(trade_stats::payoff_ratio(&[30.0, -10.0, -5.0]), Some(4.0));
/// ```
pub fn payoff_ratio(profits: &[f64]) -> Option<f64> {
    let tally = Tally::of(profits);
    finite((tally.won / tally.n_won) / (tally.lost / tally.n_lost))
}

struct Tally {
    won: f64,
    n_won: f64,
    /// Sum of losses, not negative; NaN if a profit is NaN.
    lost: f64,
    n_lost: f64,
}

impl Tally {
    fn of(profits: &[f64]) -> Self {
        let [won, n_won, lost, n_lost] = sums(0..profits.len(), &|i| {
            let profit = profits[i];
            if profit > 0.0 {
                [profit, 1.0, 0.0, 0.0]
            } else {
                [0.0, 0.0, -profit, if profit < 0.0 { 1.0 } else { 0.0 }]
            }
        });
        Self { won, n_won, lost, n_lost }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_that_do_not_occur_leave_ratios_undefined() {
        assert_eq!(profit_factor(&[-1.0]), Some(0.0));
        assert_eq!(profit_factor(&[0.0]), None);
        assert_eq!(payoff_ratio(&[-1.0]), None);
        assert_eq!(payoff_ratio(&[1.0]), None);
        assert_eq!(win_rate(&[]), None);
        assert_eq!(expectancy(&[]), None);
    }

    #[test]
    fn nan_makes_every_statistic_undefined() {
        let profits = [1.0, f64::NAN, -1.0];
        assert_eq!(profit_factor(&profits), None);
        assert_eq!(payoff_ratio(&profits), None);
        assert_eq!(win_rate(&profits), None);
        assert_eq!(expectancy(&profits), None);
    }
}
