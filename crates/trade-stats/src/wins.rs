use crate::moments::{finite, mean};
use crate::tail::tail_ratio;
use crate::trades::{payoff_ratio, profit_factor};

/// Mean of the values above 0; `None` if there is none or a value is not finite.
///
/// Works on returns of periods, of months, or on profits of trades.
///
/// ```
/// assert_eq!(trade_stats::mean_win(&[3.0, -1.0, 1.0, 0.0]), Some(2.0));
/// ```
pub fn mean_win(values: &[f64]) -> Option<f64> {
    mean_where(values, |value| value > 0.0)
}

/// Mean of the values below 0, a negative number; `None` if there is none or a value is not finite.
///
/// ```
/// assert_eq!(trade_stats::mean_loss(&[3.0, -1.0, -2.0, 0.0]), Some(-1.5));
/// ```
pub fn mean_loss(values: &[f64]) -> Option<f64> {
    mean_where(values, |value| value < 0.0)
}

/// Mean of the values that are not 0: quantstats' `avg_return`.
///
/// `None` if there is none or a value is not finite.
///
/// ```
/// assert_eq!(trade_stats::mean_nonzero(&[3.0, -1.0, 0.0]), Some(1.0));
/// ```
pub fn mean_nonzero(values: &[f64]) -> Option<f64> {
    mean_where(values, |value| value != 0.0)
}

/// Share of the values above 0 among those that are not 0: quantstats' `win_rate`.
/// [`win_rate`](crate::win_rate) divides by all of them, as backtesting.py does.
///
/// `None` if all are 0 (quantstats answers 0), for no values or one that is not finite.
///
/// ```
/// assert_eq!(trade_stats::decided_win_rate(&[3.0, -1.0, 0.0, 0.0]), Some(0.5));
/// ```
pub fn decided_win_rate(values: &[f64]) -> Option<f64> {
    if values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let won = values.iter().filter(|value| **value > 0.0).count();
    finite(won as f64 / values.iter().filter(|value| **value != 0.0).count() as f64)
}

/// Profit ratio: mean win over number of wins, over mean loss over number of losses; a value of 0 counts as a win.
///
/// It is quantstats' formula, kept to compare with; dividing a mean by a count again rewards few wins.
///
/// `None` without wins or without losses, or for values that are not finite.
///
/// ```
/// assert_eq!(trade_stats::profit_ratio(&[4.0, 2.0, -1.0]), Some(1.5));
/// ```
pub fn profit_ratio(values: &[f64]) -> Option<f64> {
    let n_lost = values.iter().filter(|value| **value < 0.0).count() as f64;
    let won = mean_where(values, |value| value >= 0.0)?;
    let n_won = values.len() as f64 - n_lost;
    finite((won / n_won) / (-mean_loss(values)? / n_lost))
}

/// CPC index: [`profit_factor`] · [`decided_win_rate`] · [`payoff_ratio`].
///
/// `None` where one of them is.
///
/// Source: quantstats' `cpc_index`.
///
/// ```
/// assert_eq!(trade_stats::cpc_index(&[4.0, 2.0, -3.0, -1.0]), Some(1.5 * 0.5 * 1.5));
/// ```
pub fn cpc_index(values: &[f64]) -> Option<f64> {
    finite(profit_factor(values)? * decided_win_rate(values)? * payoff_ratio(values)?)
}

/// Common sense ratio: [`profit_factor`] · [`tail_ratio`] at `cutoff`.
///
/// `None` where one of them is.
///
/// Source: quantstats' `common_sense_ratio` (`cutoff` 0.95).
///
/// ```
/// assert_eq!(trade_stats::common_sense_ratio(&[-0.5, 0.0, 1.0], 0.75), Some(4.0));
/// ```
pub fn common_sense_ratio(returns: &[f64], cutoff: f64) -> Option<f64> {
    finite(profit_factor(returns)? * tail_ratio(returns, cutoff)?)
}

/// Kelly's fraction W − (1 − W) / R of the account to risk on a bet that wins with probability W and pays R times what
/// it can lose; not above 0 without an edge. It maximises growth only if W and R are known, which they never are.
///
/// - `win_rate`: W, 0 to 1. quantstats takes [`decided_win_rate`], backtesting.py [`win_rate`](crate::win_rate).
/// - `payoff_ratio`: R, above 0.
///
/// `None` for numbers out of range.
///
/// Source: J. L. Kelly, *A New Interpretation of Information Rate* (1956).
///
/// ```
/// assert_eq!(trade_stats::kelly_fraction(0.5, 2.0), Some(0.25));
/// ```
pub fn kelly_fraction(win_rate: f64, payoff_ratio: f64) -> Option<f64> {
    if !((0.0..=1.0).contains(&win_rate) && payoff_ratio > 0.0) {
        return None;
    }
    finite(win_rate - (1.0 - win_rate) / payoff_ratio)
}

/// Probability that a gambler with `units` of capital who stakes one unit at even money loses them all:
/// ((1 − e) / (1 + e))^units with the edge e = 2W − 1; 1 without an edge.
///
/// - `win_rate`: W, 0 to 1.
/// - `units`: capital over stake, above 0.
///
/// quantstats puts W itself in the place of the edge and the number of returns in that of the units, which calls even
/// a coin that wins one time in three safe; its number has no use and is not offered.
///
/// `None` for numbers out of range.
///
/// Source: W. Feller, *An Introduction to Probability Theory and Its Applications* (1968), chapter XIV.2.
///
/// ```
/// let ruin = trade_stats::risk_of_ruin(0.6, 2.0).ok_or("not a probability")?;
/// assert!((ruin - (0.4_f64 / 0.6) * (0.4 / 0.6)).abs() < 1e-15);
/// assert_eq!(trade_stats::risk_of_ruin(0.5, 100.0), Some(1.0));
/// # Ok::<(), &str>(())
/// ```
pub fn risk_of_ruin(win_rate: f64, units: f64) -> Option<f64> {
    if !((0.0..=1.0).contains(&win_rate) && units > 0.0 && units.is_finite()) {
        return None;
    }
    let odds = (1.0 - win_rate) / win_rate;
    Some(if odds >= 1.0 { 1.0 } else { libm::pow(odds, units) })
}

/// The longest runs of wins and of losses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Streaks {
    /// Most values above 0 in a row.
    pub wins: usize,
    /// Most values below 0 in a row.
    pub losses: usize,
}

/// The longest runs of values above and below 0; a 0 ends both.
///
/// `None` for no values or one that is not finite.
///
/// ```
/// let s = trade_stats::streaks(&[1.0, 2.0, 0.0, 1.0, -1.0]).ok_or("no values")?;
/// assert_eq!((s.wins, s.losses), (2, 1));
/// # Ok::<(), &str>(())
/// ```
pub fn streaks(values: &[f64]) -> Option<Streaks> {
    if values.is_empty() || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    Some(Streaks { wins: longest(values, |value| value > 0.0), losses: longest(values, |value| value < 0.0) })
}

fn longest(values: &[f64], counts: impl Fn(f64) -> bool) -> usize {
    let (mut run, mut longest) = (0, 0);
    for &value in values {
        run = if counts(value) { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

fn mean_where(values: &[f64], counts: impl Fn(f64) -> bool) -> Option<f64> {
    if values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let chosen: Vec<f64> = values.iter().copied().filter(|value| counts(*value)).collect();
    mean(&chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_that_do_not_occur_leave_numbers_undefined() {
        assert_eq!(mean_win(&[-1.0, 0.0]), None);
        assert_eq!(mean_loss(&[1.0, 0.0]), None);
        assert_eq!(mean_nonzero(&[0.0]), None);
        assert_eq!(decided_win_rate(&[0.0, 0.0]), None);
        assert_eq!(profit_ratio(&[1.0]), None);
        assert_eq!(profit_ratio(&[-1.0]), None);
        assert_eq!(cpc_index(&[1.0]), None);
        assert_eq!(common_sense_ratio(&[1.0, 2.0], 0.95), None);
    }

    #[test]
    fn nan_makes_every_number_undefined() {
        let values = [1.0, f64::NAN, -1.0];
        for f in [mean_win, mean_loss, mean_nonzero, decided_win_rate, profit_ratio, cpc_index] {
            assert_eq!(f(&values), None);
            assert_eq!(f(&[]), None);
        }
        assert_eq!(streaks(&values), None);
        assert_eq!(streaks(&[]), None);
    }

    #[test]
    fn bets_out_of_range_have_no_fraction() {
        assert_eq!(kelly_fraction(1.1, 1.0), None);
        assert_eq!(kelly_fraction(0.5, 0.0), None);
        assert_eq!(kelly_fraction(f64::NAN, 1.0), None);
        assert_eq!(kelly_fraction(0.4, 1.0), Some(0.4 - 0.6));
        assert_eq!(risk_of_ruin(-0.1, 1.0), None);
        assert_eq!(risk_of_ruin(0.5, 0.0), None);
        assert_eq!(risk_of_ruin(0.0, 3.0), Some(1.0));
        assert_eq!(risk_of_ruin(1.0, 3.0), Some(0.0));
    }
}
