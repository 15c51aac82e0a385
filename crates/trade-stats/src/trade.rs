use crate::moments::{finite, mean, std_dev};
use crate::quantile::median;

/// A closed trade.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Trade {
    /// Index of the bar in which it was opened.
    pub entry: usize,
    /// Index of the bar in which it was closed, not before `entry`.
    pub exit: usize,
    /// Value of the position at its entry, above 0, in account currency.
    pub entry_value: f64,
    /// Value of the position at its exit, not below 0.
    pub exit_value: f64,
    /// Net result after costs.
    pub profit: f64,
    /// Commission, spread and slippage together, as a number that is not negative unless they were a rebate.
    pub costs: f64,
    /// Maximum adverse excursion: the largest open loss on the way, as a fraction of the entry value, not negative;
    /// `None` if it was not recorded.
    pub mae: Option<f64>,
    /// Maximum favourable excursion: the largest open profit on the way, as a fraction of the entry value.
    pub mfe: Option<f64>,
}

impl Trade {
    /// Net result as a fraction of the entry value; NaN or infinite for an entry value of 0.
    pub fn return_fraction(&self) -> f64 {
        self.profit / self.entry_value
    }

    /// Bars from entry to exit; 0 within one bar.
    pub fn bars(&self) -> usize {
        self.exit.saturating_sub(self.entry)
    }
}

/// System quality number √n · mean(profit) / s(profit): the t-statistic of the trades.
///
/// Van Tharp caps n at 100 so that a system does not score by trading often; backtesting.py does not, nor does this.
///
/// `None` for fewer than 2 trades, equal profits, or values that are not finite.
///
/// Source: V. K. Tharp, *Definitive Guide to Position Sizing* (2008).
///
/// ```
/// let sqn = trade_stats::system_quality(&[1.0, 3.0]).ok_or("too few trades")?;
/// assert!((sqn - 2.0).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn system_quality(profits: &[f64]) -> Option<f64> {
    let n = profits.len() as f64;
    finite(n.sqrt() * mean(profits)? / std_dev(profits)?)
}

/// Share of `n_bars` in which a position was open, 0 to 1; the bars of entry and of exit count, a bar with several
/// trades counts once.
///
/// `None` for no bars, or a trade that ends before it begins or after the last bar. O(trades + bars).
///
/// Source: backtesting.py's `Exposure Time`.
///
/// ```
/// use trade_stats::{Trade, exposure};
///
/// let trade = Trade {
///     entry: 1, exit: 3, entry_value: 100.0, exit_value: 110.0, profit: 9.0, costs: 1.0, mae: None, mfe: None,
/// };
/// assert_eq!(exposure(&[trade], 6), Some(0.5));
/// ```
pub fn exposure(trades: &[Trade], n_bars: usize) -> Option<f64> {
    let mut changes = vec![0_i64; n_bars + 1];
    for trade in trades {
        if trade.exit < trade.entry || trade.exit >= n_bars {
            return None;
        }
        changes[trade.entry] += 1;
        changes[trade.exit + 1] -= 1;
    }
    let mut open = 0;
    let n_held = changes[..n_bars].iter().filter(|change| {
        open += **change;
        open > 0
    });
    finite(n_held.count() as f64 / n_bars as f64)
}

/// Turnover a year: values bought and sold (entries and exits) over twice the mean equity, per year; 1 means that the
/// account was turned over once.
///
/// - `equity`: account value after each bar.
/// - `years`: length of the history, above 0.
///
/// `None` for no equity, a mean that is not above 0, or values that are not finite.
///
/// ```
/// # use trade_stats::{Trade, turnover};
/// # let trade = Trade {
/// #     entry: 1, exit: 3, entry_value: 100.0, exit_value: 100.0, profit: 0.0, costs: 0.0, mae: None, mfe: None,
/// # };
/// assert_eq!(turnover(&[trade], &[100.0, 100.0], 2.0), Some(0.5));
/// ```
pub fn turnover(trades: &[Trade], equity: &[f64], years: f64) -> Option<f64> {
    let mean = mean(equity)?;
    if !(mean > 0.0 && years > 0.0) {
        return None;
    }
    let traded: f64 = trades.iter().map(|trade| trade.entry_value + trade.exit_value).sum();
    finite(traded / (2.0 * mean) / years)
}

/// Share of the gross result that costs took: Σ costs / Σ (profit + costs); above 1 the costs ate more than there was.
///
/// `None` where the gross result is not above 0 (there is nothing to take a share of) or values are not finite.
///
/// ```
/// # use trade_stats::{Trade, costs_share};
/// # let trade = Trade {
/// #     entry: 1, exit: 3, entry_value: 100.0, exit_value: 110.0, profit: 9.0, costs: 1.0, mae: None, mfe: None,
/// # };
/// assert_eq!(costs_share(&[trade]), Some(0.1));
/// ```
pub fn costs_share(trades: &[Trade]) -> Option<f64> {
    let costs: f64 = trades.iter().map(|trade| trade.costs).sum();
    let gross = costs + trades.iter().map(|trade| trade.profit).sum::<f64>();
    if gross > 0.0 { finite(costs / gross) } else { None }
}

/// How far trades went against and for their owner, as fractions of the entry value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Excursions {
    /// Trades with both excursions recorded.
    pub n: usize,
    /// Mean maximum adverse excursion.
    pub mean_mae: f64,
    /// Its median.
    pub median_mae: f64,
    /// Largest adverse excursion of a **winning** trade: a stop closer than this would have cost a winner.
    pub worst_mae_of_winners: Option<f64>,
    /// Mean maximum favourable excursion.
    pub mean_mfe: f64,
    /// Its median.
    pub median_mfe: f64,
    /// Mean of return over favourable excursion of the winners, at most 1: how much of the best moment was kept.
    pub captured: Option<f64>,
    /// Mean MFE over mean MAE; above 1 trades go further for than against (the edge ratio without scaling by ATR).
    pub edge_ratio: Option<f64>,
}

/// Sums up the excursions of the trades that have both; `None` without one, or for values that are not finite.
///
/// Source: J. Sweeney, *Maximum Adverse Excursion* (1997).
///
/// ```
/// use trade_stats::{Trade, excursions};
///
/// let trade = Trade {
///     entry: 1, exit: 3, entry_value: 100.0, exit_value: 110.0, profit: 10.0, costs: 0.0, mae: Some(0.05), mfe: Some(0.2),
/// };
/// let e = excursions(&[trade]).ok_or("nothing recorded")?;
/// assert_eq!((e.worst_mae_of_winners, e.captured, e.edge_ratio), (Some(0.05), Some(0.5), Some(4.0)));
/// # Ok::<(), &str>(())
/// ```
pub fn excursions(trades: &[Trade]) -> Option<Excursions> {
    let both: Vec<(f64, f64, f64)> =
        trades.iter().filter_map(|trade| Some((trade.mae?, trade.mfe?, trade.return_fraction()))).collect();
    let column = |f: fn(&(f64, f64, f64)) -> f64| both.iter().map(f).collect::<Vec<f64>>();
    let (mae, mfe) = (column(|t| t.0), column(|t| t.1));
    let won: Vec<&(f64, f64, f64)> = both.iter().filter(|t| t.2 > 0.0).collect();
    let kept: Vec<f64> = won.iter().filter(|t| t.1 > 0.0).map(|t| t.2 / t.1).collect();
    let (mean_mae, mean_mfe) = (mean(&mae)?, mean(&mfe)?);
    Some(Excursions {
        n: both.len(),
        mean_mae,
        median_mae: median(&mae)?,
        worst_mae_of_winners: won.iter().map(|t| t.0).reduce(|a, b| if b > a { b } else { a }),
        mean_mfe,
        median_mfe: median(&mfe)?,
        captured: mean(&kept),
        edge_ratio: finite(mean_mfe / mean_mae),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trade(entry: usize, exit: usize) -> Trade {
        Trade { entry, exit, entry_value: 10.0, exit_value: 11.0, profit: 1.0, costs: 0.5, mae: None, mfe: None }
    }

    #[test]
    fn overlapping_trades_count_each_bar_once() {
        assert_eq!(exposure(&[trade(0, 3), trade(2, 4), trade(7, 7)], 10), Some(0.6));
        assert_eq!(exposure(&[], 10), Some(0.0));
    }

    #[test]
    fn impossible_trades_and_no_bars_have_no_exposure() {
        assert_eq!(exposure(&[trade(3, 2)], 10), None);
        assert_eq!(exposure(&[trade(3, 10)], 10), None);
        assert_eq!(exposure(&[], 0), None);
    }

    #[test]
    fn undefined_numbers_of_trades_are_none() {
        assert_eq!(system_quality(&[1.0]), None);
        assert_eq!(system_quality(&[1.0, 1.0]), None);
        assert_eq!(system_quality(&[1.0, f64::NAN]), None);
        assert_eq!(turnover(&[], &[], 1.0), None);
        assert_eq!(turnover(&[trade(0, 1)], &[-1.0], 1.0), None);
        assert_eq!(turnover(&[trade(0, 1)], &[1.0], 0.0), None);
        assert_eq!(costs_share(&[]), None);
        assert_eq!(costs_share(&[Trade { profit: -1.0, ..trade(0, 1) }]), None);
        assert_eq!(excursions(&[trade(0, 1)]), None);
        assert_eq!(excursions(&[Trade { mae: Some(f64::NAN), mfe: Some(0.1), ..trade(0, 1) }]), None);
    }
}
