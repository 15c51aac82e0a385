use crate::Period;
use crate::missing::is_known;
use crate::window::Window;

/// Bollinger bands of `price`, written to three columns.
///
/// The middle band is the [`sma`](fn@crate::sma); the upper and lower band lie `deviations` population standard
/// deviations (divided by n, not n − 1) of the same prices above and below it.
///
/// - `price`: one a bar, oldest first, any unit.
/// - `deviations`: 0 to [`Bollinger::MAX_DEVIATIONS`].
/// - `upper`, `middle`, `lower`: same length and unit; the first `period` − 1 values are NaN (the lookback).
/// - A flat window gives three equal values.
/// - A missing price (see the [crate's page](crate#missing-values)) gives NaN until it has left the window; from
///   there on the values are those of a history that begins after it.
/// - TA-Lib 0.8.3: same bits for periods of 2 and more (TA-Lib has no shorter one). The variance comes from sums of
///   deviations from a level near the prices, which is renewed as soon as digits get lost, so it is as exact at a
///   price of 10⁹ as at 1.
/// - TradingView (`ta.bb`): begins at the same bar; takes the variance as mean of squares minus square of the mean,
///   so that values differ in the last digits (by less than 2 × 10⁻¹² on an hour chart of EURUSD, more where prices
///   are large and move little).
///
/// ```
/// use indicators::{Period, bollinger};
///
/// let (mut upper, mut middle, mut lower) = ([0.0; 2], [0.0; 2], [0.0; 2]);
/// let period = Period::new(2).ok_or("no period")?;
/// bollinger(&[1.0, 3.0], period, 2.0, &mut upper, &mut middle, &mut lower);
/// assert!(middle[0].is_nan());
/// assert_eq!((upper[1], middle[1], lower[1]), (4.0, 2.0, 0.0));
/// # Ok::<(), &str>(())
/// ```
///
/// # Panics
/// If `price` and one of the outputs differ in length, or `deviations` is out of its range.
///
/// Source: J. Bollinger, *Bollinger on Bollinger Bands* (2001).
pub fn bollinger(
    price: &[f64],
    period: Period,
    deviations: f64,
    upper: &mut [f64],
    middle: &mut [f64],
    lower: &mut [f64],
) {
    assert_eq!(price.len(), upper.len(), "bollinger: price and upper differ in length");
    assert_eq!(price.len(), middle.len(), "bollinger: price and middle differ in length");
    assert_eq!(price.len(), lower.len(), "bollinger: price and lower differ in length");
    let mut state = Bollinger::new(period, deviations);
    for (((upper, middle), lower), &price) in upper.iter_mut().zip(middle).zip(lower).zip(price) {
        let value = state.next(price);
        *upper = value.map_or(f64::NAN, |v| v.upper);
        *middle = value.map_or(f64::NAN, |v| v.middle);
        *lower = value.map_or(f64::NAN, |v| v.lower);
    }
}

/// What [`Bollinger`] gives for a bar, in the unit of the price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BollingerValue {
    /// Middle band plus the deviations.
    pub upper: f64,
    /// Mean of the prices.
    pub middle: f64,
    /// Middle band minus the deviations.
    pub lower: f64,
}

/// Bollinger bands, one price at a time; the numbers are those of [`bollinger`](fn@bollinger).
///
/// ```
/// use indicators::{Bollinger, Period};
///
/// let mut state = Bollinger::new(Period::new(2).ok_or("no period")?, 1.0);
/// assert_eq!(state.next(1.0), None);
/// assert_eq!(state.next(3.0).map(|v| (v.upper, v.middle, v.lower)), Some((3.0, 2.0, 1.0)));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Bollinger {
    window: Window,
    n: f64,
    deviations: f64,
    /// Sum of the window without its oldest price, once the window is full.
    total: f64,
    spread: Spread,
}

impl Bollinger {
    /// The largest distance of the bands, in standard deviations.
    pub const MAX_DEVIATIONS: f64 = 100.0;

    /// No prices yet.
    ///
    /// # Panics
    /// If `deviations` is not 0 to [`Bollinger::MAX_DEVIATIONS`].
    pub fn new(period: Period, deviations: f64) -> Self {
        assert!(
            (0.0..=Self::MAX_DEVIATIONS).contains(&deviations),
            "bollinger: {deviations} is not a number of deviations from 0 to 100"
        );
        Self {
            window: Window::new(period.get()),
            n: period.as_f64(),
            deviations,
            total: 0.0,
            spread: Spread::new(period),
        }
    }

    /// Takes the next price; `None` during the lookback and while a missing price is in the window.
    #[inline]
    pub fn next(&mut self, price: f64) -> Option<BollingerValue> {
        if !is_known(price) {
            self.window.clear();
            self.total = 0.0;
            self.spread.clear();
            return None;
        }
        if self.window.is_empty() {
            self.spread.level = price;
        }
        self.window.push(price);
        self.total += price;
        if !self.window.is_full() {
            self.spread.add(price);
            return None;
        }
        let middle = self.total / self.n;
        self.total -= self.window.oldest();
        let distance = self.spread.next_variance(price, &self.window).sqrt() * self.deviations;
        Some(BollingerValue { upper: middle + distance, middle, lower: middle - distance })
    }
}

/// The variance of a moving window, from sums of the prices' deviations from a level near them.
///
/// Source of the formula: T. F. Chan and others, Algorithms for computing the sample variance, The American
/// Statistician 37 (1983). When the level is renewed is TA-Lib's rule, kept for the sake of equal bits.
#[derive(Clone, Debug)]
struct Spread {
    one_over_n: f64,
    /// Bars from one renewal to the next, if nothing asks for an earlier one.
    renewal_bars: usize,
    renewal_in: usize,
    level: f64,
    /// Sum of price − level over the window without its oldest price, once the window is full.
    sum: f64,
    /// The same of the squares.
    squares: f64,
    /// The largest `squares` since the last renewal: rounding errors are in proportion to it.
    peak: f64,
}

impl Spread {
    /// A variance below this part of the peak has lost digits to rounding.
    const RENEW_BELOW: f64 = 1e-6;
    /// A variance below this part of the squares around a fresh level is rounding only.
    const ZERO_BELOW: f64 = 1e-12;

    fn new(period: Period) -> Self {
        let renewal_bars = 32 * period.get();
        Self {
            one_over_n: 1.0 / period.as_f64(),
            renewal_bars,
            renewal_in: renewal_bars,
            level: 0.0,
            sum: 0.0,
            squares: 0.0,
            peak: 0.0,
        }
    }

    fn clear(&mut self) {
        self.renewal_in = self.renewal_bars;
        self.peak = 0.0;
        self.sum = 0.0;
        self.squares = 0.0;
    }

    #[inline]
    fn add(&mut self, price: f64) {
        let deviation = price - self.level;
        self.sum += deviation;
        self.squares += deviation * deviation;
        // The squares only grow until the first removal, which makes this their peak so far.
        if self.squares > self.peak {
            self.peak = self.squares;
        }
    }

    #[inline]
    fn remove(&mut self, price: f64) {
        let deviation = price - self.level;
        self.sum -= deviation;
        self.squares -= deviation * deviation;
    }

    #[inline]
    fn variance(&self) -> f64 {
        let mean = self.sum * self.one_over_n;
        self.squares * self.one_over_n - mean * mean
    }

    /// The variance of the full `window`, whose newest price is `price`; afterwards the oldest one is out of the sums.
    #[inline]
    fn next_variance(&mut self, price: f64, window: &Window) -> f64 {
        self.add(price);
        let variance = self.variance();
        self.renewal_in -= 1;
        let lost_digits = variance < Self::RENEW_BELOW * (self.peak * self.one_over_n);
        let variance = if lost_digits || self.renewal_in == 0 { self.renew(price, window) } else { variance };
        self.remove(window.oldest());
        variance
    }

    /// Puts the level into the middle of the window, or to its newest price if the middle does not serve.
    #[cold]
    fn renew(&mut self, price: f64, window: &Window) -> f64 {
        self.renewal_in = self.renewal_bars;
        self.start_at(window.iter().fold(0.0, |sum, value| sum + value) * self.one_over_n, window);
        if self.variance() < Self::RENEW_BELOW * (self.squares * self.one_over_n) {
            self.start_at(price, window);
        }
        self.peak = self.squares;
        let variance = self.variance();
        if variance < Self::ZERO_BELOW * (self.squares * self.one_over_n) { 0.0 } else { variance }
    }

    fn start_at(&mut self, level: f64, window: &Window) {
        self.level = level;
        self.sum = 0.0;
        self.squares = 0.0;
        for value in window.iter() {
            self.add(value);
        }
    }
}
