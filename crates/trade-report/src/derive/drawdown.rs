use crate::model::Equity;

/// Fall of each value below the largest so far, as a fraction of it: 0 at a new high, -0.25 a quarter below.
///
/// - `equity`: account values in time order.
/// - The result has the same length. Where no value so far was above 0 it is `None`.
pub fn drawdowns(equity: &[f64]) -> Vec<Option<f64>> {
    drawdowns_below(f64::NEG_INFINITY, equity)
}

/// The deepest of [`drawdowns`], at most 0; `None` if there is none.
pub fn max_drawdown(equity: &[f64]) -> Option<f64> {
    deepest(drawdowns(equity))
}

/// A fall of an account from a high, and the way back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fall {
    /// Lowest value over the high before it, less 1: below 0.
    pub depth: f64,
    /// Last time at the high; the first time of all where the high is [`Equity::initial`].
    pub from_ms: i64,
    /// First time at the lowest value.
    pub bottom_ms: i64,
    /// First time at the high again or above it; `None` if that was not reached.
    pub to_ms: Option<i64>,
}

/// The `n` deepest falls of an account, deepest first, equal ones by time. Highs at or below 0 have none.
pub fn deepest_falls(equity: &Equity, n: usize) -> Vec<Fall> {
    let Some(&first_ms) = equity.time_ms.first() else { return Vec::new() };
    let (mut falls, mut open) = (Vec::new(), None::<Fall>);
    let (mut peak, mut peak_ms) = (equity.initial.unwrap_or(f64::NEG_INFINITY), first_ms);
    for (&time_ms, &value) in equity.time_ms.iter().zip(&equity.equity) {
        if value >= peak {
            (peak, peak_ms) = (value, time_ms);
            falls.extend(open.take().map(|fall| Fall { to_ms: Some(time_ms), ..fall }));
        } else if peak > 0.0 {
            let depth = value / peak - 1.0;
            let fall = open.get_or_insert(Fall { depth, from_ms: peak_ms, bottom_ms: time_ms, to_ms: None });
            if depth < fall.depth {
                (fall.depth, fall.bottom_ms) = (depth, time_ms);
            }
        }
    }
    falls.extend(open);
    falls.sort_by(|a, b| a.depth.total_cmp(&b.depth));
    falls.truncate(n);
    falls
}

impl Equity {
    /// Fall of each value below the largest so far, [`Equity::initial`] included: see [`drawdowns`].
    pub fn drawdowns(&self) -> Vec<Option<f64>> {
        drawdowns_below(self.initial.unwrap_or(f64::NEG_INFINITY), &self.equity)
    }

    /// The deepest of [`Equity::drawdowns`], at most 0; `None` if there is none.
    pub fn max_drawdown(&self) -> Option<f64> {
        deepest(self.drawdowns())
    }
}

fn drawdowns_below(mut peak: f64, equity: &[f64]) -> Vec<Option<f64>> {
    let below = |&value: &f64| {
        peak = peak.max(value);
        (peak > 0.0).then(|| value / peak - 1.0)
    };
    equity.iter().map(below).collect()
}

fn deepest(drawdowns: Vec<Option<f64>>) -> Option<f64> {
    drawdowns.into_iter().flatten().reduce(f64::min)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Fall, deepest_falls, drawdowns, max_drawdown};
    use crate::model::Equity;

    #[test]
    fn no_drawdown_without_capital() {
        assert_eq!(drawdowns(&[-1.0, 0.0, 4.0, 3.0]), [None, None, Some(0.0), Some(-0.25)]);
        assert_eq!(max_drawdown(&[-1.0]), None);
    }

    #[test]
    fn what_was_there_before_the_first_value_is_a_high() {
        let equity = Equity { initial: Some(8.0), ..Equity::new(vec![10, 20], vec![4.0, 16.0]) };
        assert_eq!((equity.drawdowns(), equity.max_drawdown()), (vec![Some(-0.5), Some(0.0)], Some(-0.5)));
        let fall = Fall { depth: -0.5, from_ms: 10, bottom_ms: 10, to_ms: Some(20) };
        assert_eq!(deepest_falls(&equity, 5), [fall]);
    }

    #[test]
    fn falls_run_from_high_to_high_deepest_first() {
        let times: Vec<i64> = (0..8).collect();
        let equity = Equity::new(times, vec![100.0, 90.0, 100.0, 120.0, 60.0, 90.0, 120.0, 119.0]);
        let fall = |depth, from_ms, bottom_ms, to_ms| Fall { depth, from_ms, bottom_ms, to_ms };
        let all =
            [fall(-0.5, 3, 4, Some(6)), fall(90.0 / 100.0 - 1.0, 0, 1, Some(2)), fall(119.0 / 120.0 - 1.0, 6, 7, None)];
        assert_eq!(deepest_falls(&equity, 9), all);
        assert_eq!(deepest_falls(&equity, 1), all[..1]);
    }

    proptest! {
        #[test]
        fn equals_the_naive_search_for_the_peak(equity in prop::collection::vec(1.0..1e6_f64, 0..80)) {
            let naive: Vec<Option<f64>> = (0..equity.len())
                .map(|at| Some(equity[at] / equity[..=at].iter().copied().fold(0.0, f64::max) - 1.0))
                .collect();
            prop_assert_eq!(drawdowns(&equity), naive);
        }

        #[test]
        fn the_deepest_fall_is_the_deepest_drawdown(values in prop::collection::vec(1.0..1e6_f64, 1..80)) {
            let equity = Equity::new((0..).take(values.len()).collect(), values);
            let depth = deepest_falls(&equity, 1).first().map_or(0.0, |fall| fall.depth);
            prop_assert_eq!(Some(depth), equity.max_drawdown());
        }
    }
}
