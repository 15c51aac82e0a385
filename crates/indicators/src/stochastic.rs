use crate::Period;
use crate::highest::Highest;
use crate::missing::is_known;
use crate::sma::Sma;

/// A range below this part of highest + lowest price is rounding only; the limit is TA-Lib's.
const NO_RANGE: f64 = 1e-14;

/// Stochastic oscillator (slow), written to two columns.
///
/// The raw value is 100 · (close − lowest low) / (highest high − lowest low) over the last `k_period` bars. K is its
/// [`sma`](fn@crate::sma) over `k_smoothing` bars, D the `sma` of K over `d_period` bars. A `k_smoothing` of 1 gives
/// the fast stochastic.
///
/// - `high`, `low`, `close`: one value a bar, oldest first, all in one unit.
/// - `k_out`, `d_out`: same length, 0 to 100 (beyond by at most 10⁻⁹, the rounding error of the running totals, if
///   each close lies within its bar); both begin together, the first `k_period` + `k_smoothing` + `d_period` − 3
///   values are NaN (the lookback).
/// - A range of zero gives a raw value of 0.
/// - A missing price in a bar (see the [crate's page](crate#missing-values)) gives NaN until it has left all three
///   windows; from there on the values are those of a history that begins after it.
/// - TA-Lib 0.8.3 (`STOCH` with simple averages): same bits.
/// - TradingView: `ta.stoch` is the raw value alone, which the built-in indicator smooths with `ta.sma` (14, 1, 3).
///   Values differ by less than 10⁻¹³ points; a range of zero gives no value there, and K begins `d_period` − 1 bars
///   before D.
///
/// ```
/// use indicators::{Period, stochastic};
///
/// let (high, low, close) = ([2.0, 3.0, 4.0], [1.0, 2.0, 2.0], [1.5, 3.0, 2.5]);
/// let (mut k, mut d) = ([0.0; 3], [0.0; 3]);
/// let [one, two] = [1, 2].map(|n| Period::new(n).expect("between 1 and 100,000"));
/// stochastic(&high, &low, &close, two, one, two, &mut k, &mut d);
/// assert!(k[1].is_nan() && d[1].is_nan());
/// assert_eq!((k[2], d[2]), (25.0, (100.0 + 25.0) / 2.0));
/// ```
///
/// # Panics
/// If the five slices differ in length.
///
/// Source: G. C. Lane, Lane's Stochastics, *Technical Analysis of Stocks & Commodities* 2 (1984).
#[expect(clippy::too_many_arguments, reason = "three columns in, three periods, two columns out")]
pub fn stochastic(
    high: &[f64],
    low: &[f64],
    close: &[f64],
    k_period: Period,
    k_smoothing: Period,
    d_period: Period,
    k_out: &mut [f64],
    d_out: &mut [f64],
) {
    assert_eq!(close.len(), high.len(), "stochastic: close and high differ in length");
    assert_eq!(close.len(), low.len(), "stochastic: close and low differ in length");
    assert_eq!(close.len(), k_out.len(), "stochastic: close and k_out differ in length");
    assert_eq!(close.len(), d_out.len(), "stochastic: close and d_out differ in length");
    let mut state = Stochastic::new(k_period, k_smoothing, d_period);
    for ((k, d), ((&high, &low), &close)) in k_out.iter_mut().zip(d_out).zip(high.iter().zip(low).zip(close)) {
        let value = state.next(high, low, close);
        *k = value.map_or(f64::NAN, |v| v.k);
        *d = value.map_or(f64::NAN, |v| v.d);
    }
}

/// What [`Stochastic`] gives for a bar, each 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StochasticValue {
    /// The smoothed position of the close in the range.
    pub k: f64,
    /// Mean of K.
    pub d: f64,
}

/// Stochastic oscillator, one bar at a time; the numbers are those of [`stochastic`](fn@stochastic).
///
/// ```
/// use indicators::{Period, Stochastic};
///
/// let one = Period::new(1).ok_or("no period")?;
/// let mut state = Stochastic::new(Period::new(2).ok_or("no period")?, one, one);
/// assert_eq!(state.next(2.0, 1.0, 1.5), None);
/// assert_eq!(state.next(3.0, 2.0, 2.0).map(|v| v.k), Some(50.0));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Stochastic {
    highest: Highest,
    /// The highest of −low is −(lowest low).
    highest_of_minus_low: Highest,
    k: Sma,
    d: Sma,
}

impl Stochastic {
    /// No bars yet.
    pub fn new(k_period: Period, k_smoothing: Period, d_period: Period) -> Self {
        Self {
            highest: Highest::new(k_period.get()),
            highest_of_minus_low: Highest::new(k_period.get()),
            k: Sma::new(k_smoothing),
            d: Sma::new(d_period),
        }
    }

    /// Takes the next bar; `None` during the lookback and while a missing price is in one of the windows.
    #[inline]
    pub fn next(&mut self, high: f64, low: f64, close: f64) -> Option<StochasticValue> {
        if !(is_known(high) && is_known(low) && is_known(close)) {
            self.highest.clear();
            self.highest_of_minus_low.clear();
            self.k.clear();
            self.d.clear();
            return None;
        }
        let highest = self.highest.next(high);
        let lowest = self.highest_of_minus_low.next(-low).map(|minus_low| -minus_low);
        let k = self.k.next(percent_of_range(close, lowest?, highest?))?;
        let d = self.d.next(k)?;
        Some(StochasticValue { k, d })
    }
}

#[inline]
fn percent_of_range(close: f64, lowest: f64, highest: f64) -> f64 {
    let range = highest - lowest;
    if range.abs() <= NO_RANGE * (highest.abs() + lowest.abs()) { 0.0 } else { (close - lowest) / range * 100.0 }
}
