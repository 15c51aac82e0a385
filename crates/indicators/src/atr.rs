use crate::Period;
use crate::missing::{is_known, none_if_nan};
use crate::true_range::true_range;

/// Wilder's average true range, written to `out`.
///
/// The true range of a bar is its range widened to the close before it: max(high − low, |high − close before|,
/// |low − close before|); the first bar has none. With n = `period`: the mean of the first n true ranges, then
/// ((n − 1) · previous + true range) / n.
///
/// - `high`, `low`, `close`: one value a bar, oldest first, all in one unit.
/// - `out`: same length and unit, 0 or more; the first `period` values are NaN (the lookback).
/// - A missing price in a bar (see the [crate's page](crate#missing-values)) makes its value and all later ones NaN.
/// - TA-Lib 0.8.3: same bits (the step is one fused multiply-add).
/// - TradingView (`ta.atr`): counts high − low as the true range of the first bar, so it begins one bar earlier and
///   from another mean. The difference fades by the factor (n − 1)/n a bar: for 14 bars from 3.8 × 10⁻⁵ on an hour
///   chart of EURUSD to a thousandth of it in 94 bars.
///
/// ```
/// use indicators::{Period, atr};
///
/// let (high, low, close) = ([2.0, 3.0, 6.0], [1.0, 2.0, 4.0], [1.5, 2.0, 5.0]);
/// let mut out = [0.0; 3];
/// atr(&high, &low, &close, Period::new(2).ok_or("no period")?, &mut out);
/// assert!(out[..2].iter().all(|v| v.is_nan()));
/// assert_eq!(out[2], (1.5 + 4.0) / 2.0);
/// # Ok::<(), &str>(())
/// ```
///
/// # Panics
/// If the four slices differ in length.
///
/// Source: J. W. Wilder, *New Concepts in Technical Trading Systems* (1978).
pub fn atr(high: &[f64], low: &[f64], close: &[f64], period: Period, out: &mut [f64]) {
    assert_eq!(close.len(), high.len(), "atr: close and high differ in length");
    assert_eq!(close.len(), low.len(), "atr: close and low differ in length");
    assert_eq!(close.len(), out.len(), "atr: close and out differ in length");
    let mut state = Atr::new(period);
    for (value, ((&high, &low), &close)) in out.iter_mut().zip(high.iter().zip(low).zip(close)) {
        *value = state.next(high, low, close).unwrap_or(f64::NAN);
    }
}

/// Average true range, one bar at a time; the numbers are those of [`atr`](fn@atr).
///
/// ```
/// use indicators::{Atr, Period};
///
/// let mut state = Atr::new(Period::new(1).ok_or("no period")?);
/// assert_eq!(state.next(2.0, 1.0, 1.5), None);
/// assert_eq!(state.next(3.0, 2.0, 2.5), Some(1.5));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Atr {
    previous_close: Option<f64>,
    n: f64,
    /// Weight of the previous value.
    beta: f64,
    /// Weight of the new true range.
    alpha: f64,
    /// True ranges that the first mean still needs.
    seeds_left: usize,
    /// Sum of the true ranges so far until the first mean, then the average; NaN for ever after a missing price.
    value: f64,
}

impl Atr {
    /// No bars yet.
    pub fn new(period: Period) -> Self {
        let n = period.as_f64();
        let beta = (n - 1.0) / n;
        Self { previous_close: None, n, beta, alpha: 1.0 - beta, seeds_left: period.get(), value: 0.0 }
    }

    /// Takes the next bar; `None` during the lookback and for ever after a missing price.
    #[inline]
    pub fn next(&mut self, high: f64, low: f64, close: f64) -> Option<f64> {
        if !(is_known(high) && is_known(low) && is_known(close)) {
            self.value = f64::NAN;
        }
        let range = true_range(high, low, self.previous_close.replace(close)?);
        if self.seeds_left == 0 {
            self.value = self.beta.mul_add(self.value, self.alpha * range);
            return none_if_nan(self.value);
        }
        self.value += range;
        self.seeds_left -= 1;
        if self.seeds_left > 0 {
            return None;
        }
        self.value /= self.n;
        none_if_nan(self.value)
    }
}
