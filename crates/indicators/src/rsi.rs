use crate::Period;
use crate::missing::{nan_if_missing, none_if_nan};

/// Wilder's relative strength index of `price`, written to `out`.
///
/// With G and L the Wilder averages (weight 1/`period` for the newest) of rises and of falls from bar to bar: 100 · G
/// / (G + L).
///
/// - `price`: one a bar, oldest first, any unit.
/// - `out`: same length, 0 to 100; the first `period` values are NaN (the lookback).
/// - Only rises give 100, only falls 0. No movement at all since the first bar gives 50; TA-Lib up to 0.8.1 gives 0
///   there, TradingView 100.
/// - A missing price (see the [crate's page](crate#missing-values)) makes all later values NaN, where TA-Lib goes on
///   with 50 (0.8.3) or 0 (0.8.1).
/// - TA-Lib 0.8.3: same bits.
/// - TradingView (`ta.rsi`): begins at the same bar; values differ by less than 10⁻¹³ points (measured), except that
///   an average fall of at most 10⁻¹⁰ counts as none and gives 100, and else an average rise of at most 10⁻¹⁰ gives
///   0.
///
/// ```
/// use indicators::{Period, rsi};
///
/// let mut out = [0.0; 4];
/// rsi(&[1.0, 2.0, 1.5, 2.5], Period::new(2).ok_or("no period")?, &mut out);
/// assert!(out[..2].iter().all(|v| v.is_nan()));
/// assert!((out[2] - 100.0 * 1.0 / 1.5).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
///
/// # Panics
/// If `price` and `out` differ in length.
///
/// Source: J. W. Wilder, *New Concepts in Technical Trading Systems* (1978).
pub fn rsi(price: &[f64], period: Period, out: &mut [f64]) {
    assert_eq!(price.len(), out.len(), "rsi: price and out differ in length");
    let mut state = Rsi::new(period);
    for (value, &price) in out.iter_mut().zip(price) {
        *value = state.next(price).unwrap_or(f64::NAN);
    }
}

/// Relative strength index, one price at a time; the numbers are those of [`rsi`](fn@rsi).
///
/// ```
/// use indicators::{Period, Rsi};
///
/// let mut state = Rsi::new(Period::new(2).ok_or("no period")?);
/// assert_eq!([1.0, 2.0, 3.0, 4.0].map(|price| state.next(price)), [None, None, Some(100.0), Some(100.0)]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rsi {
    previous: Option<f64>,
    n: f64,
    one_over_n: f64,
    /// Weight of the averages before a new change is added: 1 as long as they are sums, then n − 1.
    keep: f64,
    /// Changes that the first means still need.
    seeds_left: usize,
    /// Sum of the rises until the first mean, then their average; `loss` likewise. A missing price makes `loss` NaN for
    /// ever.
    gain: f64,
    loss: f64,
}

impl Rsi {
    /// No prices yet.
    pub fn new(period: Period) -> Self {
        let n = period.as_f64();
        Self { previous: None, n, one_over_n: 1.0 / n, keep: 1.0, seeds_left: period.get(), gain: 0.0, loss: 0.0 }
    }

    /// Takes the next price; `None` during the lookback and for ever after a missing price.
    #[inline]
    pub fn next(&mut self, price: f64) -> Option<f64> {
        let price = nan_if_missing(price);
        let change = price - self.previous.replace(price)?;
        // The difference is exact. A change that is NaN is no rise, but makes the fall NaN.
        let rise = change.max(0.0);
        let fall = rise - change;
        self.gain = self.gain * self.keep + rise;
        self.loss = self.loss * self.keep + fall;
        if self.seeds_left > 0 {
            self.seeds_left -= 1;
            if self.seeds_left > 0 {
                return None;
            }
            self.keep = self.n - 1.0;
        }
        self.gain *= self.one_over_n;
        self.loss *= self.one_over_n;
        let total = self.gain + self.loss;
        none_if_nan(if total == 0.0 { 50.0 } else { 100.0 * (self.gain / total) })
    }
}
