use serde::{Deserialize, Serialize};

use crate::Finalist;

/// What the ranking can weigh. Each is a figure of a [`Finalist`] over the search window, after costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Annualised Sharpe ratio of bar returns.
    Sharpe,
    /// Annualised Sortino ratio; infinite for a gain without a losing bar.
    Sortino,
    /// Return as a fraction of the initial cash.
    NetReturn,
    /// Largest drawdown as a fraction; less is better.
    MaxDrawdown,
    /// Calmar ratio; infinite for a gain without a drawdown.
    Calmar,
    /// Profit factor; infinite for a gain without a losing trade.
    ProfitFactor,
    /// Share of winning trades.
    WinRate,
    /// Net profit over the costs paid: how far the edge is above what trading costs. Undefined without costs.
    ProfitPerCost,
    /// Number of trades: the statistical weight of everything else.
    TradeCount,
    /// Share of the folds' tests in which this candidate earned money.
    Consistency,
    /// How the neighbouring parameters do ([`Finalist::stability`]).
    Stability,
    /// Share of bars in a position; less is better, because what is earned in less time was exposed to less.
    Exposure,
}

impl Criterion {
    /// All, in the order of this page.
    pub const ALL: [Self; 12] = [
        Self::Sharpe,
        Self::Sortino,
        Self::NetReturn,
        Self::MaxDrawdown,
        Self::Calmar,
        Self::ProfitFactor,
        Self::WinRate,
        Self::ProfitPerCost,
        Self::TradeCount,
        Self::Consistency,
        Self::Stability,
        Self::Exposure,
    ];

    /// The figure of a finalist; `None` where it is undefined, which ranks below every number.
    pub fn value(self, finalist: &Finalist) -> Option<f64> {
        let metrics = &finalist.metrics;
        let gains = metrics.net_profit > 0.0;
        let or_infinite = |value: Option<f64>| value.or(gains.then_some(f64::INFINITY));
        match self {
            Self::Sharpe => metrics.sharpe.map(trade_stats::Sharpe::annual),
            Self::Sortino => or_infinite(metrics.sortino),
            Self::NetReturn => Some(metrics.total_return),
            Self::MaxDrawdown => Some(metrics.max_drawdown),
            Self::Calmar => or_infinite(metrics.calmar),
            Self::ProfitFactor => or_infinite(metrics.profit_factor),
            Self::WinRate => metrics.win_rate,
            Self::ProfitPerCost => (metrics.costs > 0.0).then(|| metrics.net_profit / metrics.costs),
            Self::TradeCount => Some(metrics.n_trades as f64),
            Self::Consistency => share_of_gains(&finalist.fold_profits),
            Self::Stability => finalist.stability,
            Self::Exposure => Some(metrics.exposure),
        }
        .filter(|value| !value.is_nan())
    }

    /// Whether a larger figure is the better one.
    pub fn larger_is_better(self) -> bool {
        !matches!(self, Self::MaxDrawdown | Self::Exposure)
    }
}

fn share_of_gains(profits: &[f64]) -> Option<f64> {
    let gains = profits.iter().filter(|profit| **profit > 0.0).count();
    (!profits.is_empty()).then(|| gains as f64 / profits.len() as f64)
}

/// Place of each value among all, from 0 (worst) to 1 (best): the share of the others that are worse, equal ones
/// counted half. Undefined values are worse than all others; a single value has 0.5.
pub(crate) fn percentiles(values: &[Option<f64>], larger_is_better: bool) -> Vec<f64> {
    let key = |value: Option<f64>| match value {
        None => f64::NEG_INFINITY,
        Some(value) if larger_is_better => value,
        Some(value) => -value,
    };
    let keys: Vec<f64> = values.iter().map(|value| key(*value)).collect();
    let others = values.len() as f64 - 1.0;
    let place = |&own: &f64| {
        if others < 1.0 {
            return 0.5;
        }
        let worse = keys.iter().filter(|other| **other < own).count() as f64;
        let no_better = keys.iter().filter(|other| **other <= own).count() as f64 - 1.0;
        f64::midpoint(worse, no_better) / others
    };
    keys.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_shares_of_those_worse() {
        let values = [Some(3.0), Some(1.0), Some(2.0), None, Some(f64::INFINITY)];
        assert_eq!(percentiles(&values, true), [0.75, 0.25, 0.5, 0.0, 1.0]);
        assert_eq!(percentiles(&values, false), [0.5, 1.0, 0.75, 0.125, 0.125]);
    }

    #[test]
    fn equal_values_share_the_middle() {
        assert_eq!(percentiles(&[Some(1.0); 3], true), [0.5; 3]);
        assert_eq!(percentiles(&[Some(7.0)], true), [0.5]);
        assert_eq!(percentiles(&[None, None], false), [0.5; 2]);
        assert!(percentiles(&[], true).is_empty());
    }
}
