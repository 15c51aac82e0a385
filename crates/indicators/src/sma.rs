use crate::Period;
use crate::missing::is_known;
use crate::window::Window;

/// Simple moving average of `price`, written to `out`: the mean of the last `period` prices.
///
/// - `price`: one a bar, oldest first, any unit.
/// - `out`: same length and unit; the first `period` − 1 values are NaN (the lookback).
/// - A missing price (see the [crate's page](crate#missing-values)) gives NaN until it has left the window; from
///   there on the values are those of a history that begins after it.
/// - TA-Lib 0.8.3: same bits. As there, one running total is kept: its rounding errors stay below 10⁻¹² of the price
///   over a million bars, and a price far larger than the others leaves an error of 10⁻¹⁶ of its own size behind.
/// - TradingView (`ta.sma`): begins at the same bar; keeps a compensated sum, so that values differ in the last
///   digits (by less than 2 × 10⁻¹⁵ of the price, measured on an hour chart).
///
/// ```
/// use indicators::{Period, sma};
///
/// let mut out = [0.0; 4];
/// sma(&[1.0, 2.0, 3.0, 7.0], Period::new(3).ok_or("no period")?, &mut out);
/// assert!(out[..2].iter().all(|v| v.is_nan()));
/// assert_eq!(out[2..], [2.0, 4.0]);
/// # Ok::<(), &str>(())
/// ```
///
/// # Panics
/// If `price` and `out` differ in length.
///
/// Source: J. J. Murphy, *Technical Analysis of the Financial Markets* (1999), chapter 9.
pub fn sma(price: &[f64], period: Period, out: &mut [f64]) {
    assert_eq!(price.len(), out.len(), "sma: price and out differ in length");
    let mut state = Sma::new(period);
    for (value, &price) in out.iter_mut().zip(price) {
        *value = state.next(price).unwrap_or(f64::NAN);
    }
}

/// Simple moving average, one price at a time; the numbers are those of [`sma`](fn@sma).
///
/// ```
/// use indicators::{Period, Sma};
///
/// let mut state = Sma::new(Period::new(2).ok_or("no period")?);
/// assert_eq!(state.next(1.0), None);
/// assert_eq!(state.next(2.0), Some(1.5));
/// assert_eq!(state.next(4.0), Some(3.0));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sma {
    window: Window,
    n: f64,
    /// Sum of the window without its oldest price, once the window is full.
    total: f64,
}

impl Sma {
    /// No prices yet.
    pub fn new(period: Period) -> Self {
        Self { window: Window::new(period.get()), n: period.as_f64(), total: 0.0 }
    }

    /// Takes the next price; `None` during the lookback and while a missing price is in the window.
    #[inline]
    pub fn next(&mut self, price: f64) -> Option<f64> {
        if !is_known(price) {
            self.clear();
            return None;
        }
        self.window.push(price);
        self.total += price;
        if !self.window.is_full() {
            return None;
        }
        let mean = self.total / self.n;
        self.total -= self.window.oldest();
        Some(mean)
    }

    /// Forgets all prices.
    pub(crate) fn clear(&mut self) {
        self.window.clear();
        self.total = 0.0;
    }
}
