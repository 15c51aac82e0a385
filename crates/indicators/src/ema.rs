use crate::Period;
use crate::missing::{nan_if_missing, none_if_nan};

/// Exponential moving average of `price`, written to `out`.
///
/// With n = `period`: the mean of the first n prices, then β · previous + (1 − β) · price, where β = (n − 1)/(n + 1),
/// so that the newest price has the weight 2/(n + 1). A period of 1 gives the prices themselves.
///
/// - `price`: one a bar, oldest first, any unit.
/// - `out`: same length and unit; the first `period` − 1 values are NaN (the lookback).
/// - A missing price (see the [crate's page](crate#missing-values)) makes all later values NaN.
/// - TA-Lib 0.8.3: same bits (the step is one fused multiply-add). TA-Lib 0.8.1 and older round it twice.
/// - TradingView (`ta.ema`): begins at the same bar with the same mean; rounds previous + α · (price − previous)
///   after each operation, so that values differ in the last digits (by less than 2 × 10⁻¹⁵ of the price, measured).
///
/// ```
/// use indicators::{Period, ema};
///
/// let mut out = [0.0; 4];
/// ema(&[1.0, 2.0, 3.0, 4.0], Period::new(3).ok_or("no period")?, &mut out);
/// assert!(out[..2].iter().all(|v| v.is_nan()));
/// assert_eq!(out[2..], [2.0, 3.0]);
/// # Ok::<(), &str>(())
/// ```
///
/// # Panics
/// If `price` and `out` differ in length.
///
/// Source: J. J. Murphy, *Technical Analysis of the Financial Markets* (1999), chapter 9.
pub fn ema(price: &[f64], period: Period, out: &mut [f64]) {
    assert_eq!(price.len(), out.len(), "ema: price and out differ in length");
    let mut state = Ema::new(period);
    for (value, &price) in out.iter_mut().zip(price) {
        *value = state.next(price).unwrap_or(f64::NAN);
    }
}

/// Exponential moving average, one price at a time; the numbers are those of [`ema`](fn@ema).
///
/// ```
/// use indicators::{Ema, Period};
///
/// let mut state = Ema::new(Period::new(3).ok_or("no period")?);
/// assert_eq!([1.0, 2.0, 3.0, 4.0].map(|price| state.next(price)), [None, None, Some(2.0), Some(3.0)]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ema {
    n: f64,
    /// Weight of the previous value.
    beta: f64,
    /// Weight of the new price; `alpha + beta` is exactly 1, or a flat price would drift.
    alpha: f64,
    /// Prices that the first mean still needs.
    seeds_left: usize,
    /// Sum of the prices so far until the first mean, then the average; NaN for ever after a missing price.
    value: f64,
}

impl Ema {
    /// No prices yet.
    pub fn new(period: Period) -> Self {
        let n = period.as_f64();
        let beta = (n - 1.0) / (n + 1.0);
        let alpha = 1.0 - beta;
        // A difference from 1 is exact only for 0.5 and more, so the smaller weight is derived from the larger one.
        let beta = if beta < 0.5 { 1.0 - alpha } else { beta };
        Self { n, beta, alpha, seeds_left: period.get(), value: 0.0 }
    }

    /// Takes the next price; `None` during the lookback and for ever after a missing price.
    #[inline]
    pub fn next(&mut self, price: f64) -> Option<f64> {
        let price = nan_if_missing(price);
        if self.seeds_left == 0 {
            self.value = self.beta.mul_add(self.value, self.alpha * price);
            return none_if_nan(self.value);
        }
        self.value += price;
        self.seeds_left -= 1;
        if self.seeds_left > 0 {
            return None;
        }
        self.value /= self.n;
        none_if_nan(self.value)
    }
}
