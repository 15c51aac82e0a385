use crate::{Ema, Period};

/// Moving average convergence/divergence of `price`, written to three columns.
///
/// The MACD line is the [`ema`](fn@crate::ema) of period `fast` minus that of period `slow`, the signal line is the
/// `ema` of the MACD line, the histogram is MACD line minus signal line. Both price averages are started so that
/// their first means end at the same bar, the one where the slower average has enough prices.
///
/// - `price`: one a bar, oldest first, any unit.
/// - `macd_out`, `signal_out`, `histogram_out`: same length, differences in the unit of `price`; all three begin
///   together, the first max(`fast`, `slow`) + `signal` − 2 values are NaN (the lookback).
/// - A `fast` longer than `slow` gives the values of the swapped periods with the opposite sign, as its name and
///   TradingView say; TA-Lib swaps the two silently.
/// - A missing price (see the [crate's page](crate#missing-values)) makes all later values NaN.
/// - TA-Lib 0.8.3: same bits for `fast` ≤ `slow`.
/// - TradingView (`ta.macd`): the fast average starts at its own first price and the MACD line is shown from bar
///   max(`fast`, `slow`) − 1 on. The different start fades: of 12, 26, 9 on an hour chart of EURUSD 2.4 × 10⁻⁵
///   remained at the first common bar, 6 × 10⁻⁹ after 50 bars and 10⁻¹² after 100.
///
/// ```
/// use indicators::{Period, macd};
///
/// let price: Vec<f64> = (0..40).map(f64::from).collect();
/// let (mut line, mut signal, mut histogram) = ([0.0; 40], [0.0; 40], [0.0; 40]);
/// let [fast, slow, smooth] = [12, 26, 9].map(|n| Period::new(n).expect("between 1 and 100,000"));
/// macd(&price, fast, slow, smooth, &mut line, &mut signal, &mut histogram);
/// assert!(line[..33].iter().all(|v| v.is_nan()));
/// assert!((line[33] - 7.0).abs() < 1e-12, "averages of a straight line lag by (n - 1)/2 bars");
/// ```
///
/// # Panics
/// If `price` and one of the outputs differ in length.
///
/// Source: G. Appel, *Technical Analysis: Power Tools for Active Investors* (2005), chapter 8.
pub fn macd(
    price: &[f64],
    fast: Period,
    slow: Period,
    signal: Period,
    macd_out: &mut [f64],
    signal_out: &mut [f64],
    histogram_out: &mut [f64],
) {
    assert_eq!(price.len(), macd_out.len(), "macd: price and macd_out differ in length");
    assert_eq!(price.len(), signal_out.len(), "macd: price and signal_out differ in length");
    assert_eq!(price.len(), histogram_out.len(), "macd: price and histogram_out differ in length");
    let mut state = Macd::new(fast, slow, signal);
    let outputs = macd_out.iter_mut().zip(signal_out).zip(histogram_out);
    for (((macd, signal), histogram), &price) in outputs.zip(price) {
        let value = state.next(price);
        *macd = value.map_or(f64::NAN, |v| v.macd);
        *signal = value.map_or(f64::NAN, |v| v.signal);
        *histogram = value.map_or(f64::NAN, |v| v.histogram);
    }
}

/// What [`Macd`] gives for a bar, in the unit of the price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MacdValue {
    /// Fast average minus slow average.
    pub macd: f64,
    /// Average of the MACD line.
    pub signal: f64,
    /// MACD line minus signal line.
    pub histogram: f64,
}

/// Moving average convergence/divergence, one price at a time; the numbers are those of [`macd`](fn@macd).
///
/// ```
/// use indicators::{Macd, Period};
///
/// let one = Period::new(1).ok_or("no period")?;
/// let mut state = Macd::new(one, Period::new(3).ok_or("no period")?, one);
/// assert_eq!([1.0, 2.0, 3.0].map(|price| state.next(price).map(|v| v.macd)), [None, None, Some(1.0)]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Macd {
    fast: Ema,
    slow: Ema,
    signal: Ema,
    /// Prices that the average of the shorter period leaves out, so that both begin together.
    skip_fast: usize,
    skip_slow: usize,
}

impl Macd {
    /// No prices yet.
    pub fn new(fast: Period, slow: Period, signal: Period) -> Self {
        Self {
            fast: Ema::new(fast),
            slow: Ema::new(slow),
            signal: Ema::new(signal),
            skip_fast: slow.get().saturating_sub(fast.get()),
            skip_slow: fast.get().saturating_sub(slow.get()),
        }
    }

    /// Takes the next price; `None` during the lookback and for ever after a missing price.
    #[inline]
    pub fn next(&mut self, price: f64) -> Option<MacdValue> {
        let fast = next_after(&mut self.skip_fast, &mut self.fast, price);
        let slow = next_after(&mut self.skip_slow, &mut self.slow, price);
        let macd = fast? - slow?;
        let signal = self.signal.next(macd)?;
        Some(MacdValue { macd, signal, histogram: macd - signal })
    }
}

#[inline]
fn next_after(skip: &mut usize, average: &mut Ema, price: f64) -> Option<f64> {
    if *skip == 0 {
        return average.next(price);
    }
    *skip -= 1;
    None
}
