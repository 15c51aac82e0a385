/// Fall of each value below the largest so far, as a fraction of it: 0 at a new high, -0.25 a quarter below.
///
/// - `equity`: account values in time order.
/// - The result has the same length. Where no value so far was above 0 it is `None`.
pub fn drawdowns(equity: &[f64]) -> Vec<Option<f64>> {
    let mut peak = f64::NEG_INFINITY;
    let below = |&value: &f64| {
        peak = peak.max(value);
        (peak > 0.0).then(|| value / peak - 1.0)
    };
    equity.iter().map(below).collect()
}

/// The deepest of [`drawdowns`], at most 0; `None` if there is none.
pub fn max_drawdown(equity: &[f64]) -> Option<f64> {
    drawdowns(equity).into_iter().flatten().reduce(f64::min)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{drawdowns, max_drawdown};

    #[test]
    fn no_drawdown_without_capital() {
        assert_eq!(drawdowns(&[-1.0, 0.0, 4.0, 3.0]), [None, None, Some(0.0), Some(-0.25)]);
        assert_eq!(max_drawdown(&[-1.0]), None);
    }

    proptest! {
        #[test]
        fn equals_the_naive_search_for_the_peak(equity in prop::collection::vec(1.0..1e6_f64, 0..80)) {
            let naive: Vec<Option<f64>> = (0..equity.len())
                .map(|at| Some(equity[at] / equity[..=at].iter().copied().fold(0.0, f64::max) - 1.0))
                .collect();
            prop_assert_eq!(drawdowns(&equity), naive);
        }
    }
}
