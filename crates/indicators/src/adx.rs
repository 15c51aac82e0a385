use crate::Period;
use crate::missing::{is_known, none_if_nan};
use crate::true_range::true_range;

/// Below this sum of the two directional indices their ratio is noise; the limit is TA-Lib's.
const NO_DIRECTION: f64 = 1e-14;

/// Wilder's average directional index with the two directional indices, written to three columns.
///
/// A bar's upward movement +DM is the rise of the high if that is positive and more than the fall of the low, else 0;
/// −DM likewise downwards. With n = `period`, +DM, −DM and the true range (see [`atr`](fn@crate::atr)) are each
/// summed over the first n − 1 changes, then carried on as S − S/n + newest. +DI = 100 · +DM / true range, −DI
/// likewise, and DX = 100 · |+DI − −DI| / (+DI + −DI). ADX is the mean of the first n DX, then previous + (DX −
/// previous)/n.
///
/// - `high`, `low`, `close`: one value a bar, oldest first, all in one unit.
/// - `adx_out`, `plus_di_out`, `minus_di_out`: same length, 0 to 100. The directional indices begin at bar n, ADX at
///   bar 2n − 1 (from 0): before that NaN.
/// - No range at all gives directional indices of 0. Where both are 0, DX has no value: it counts as 0 in the first
///   mean, and later ADX keeps its previous value. TradingView counts it as 0 always, so its ADX falls there.
/// - A missing price in a bar (see the [crate's page](crate#missing-values)) makes its values and all later ones NaN;
///   TA-Lib goes on with finite numbers.
/// - TA-Lib 0.8.3 (`ADX`, `PLUS_DI`, `MINUS_DI`): same bits for periods of 2 and more. For a period of 1 TA-Lib has
///   no ADX and gives the directional indices as fractions.
/// - TradingView (`ta.dmi(n, n)`): begins at the same bars, from means of n changes instead of sums of n − 1, and
///   counts movements of at most 10⁻¹⁰ as none. The difference fades by the factor (n − 1)/n a bar: for 17 bars on an
///   hour chart of EURUSD they differed by up to 0.29 points at first and by 2.5 × 10⁻⁷ at the end of the export.
///
/// ```
/// use indicators::{Period, adx};
///
/// let low: Vec<f64> = (0..10).map(f64::from).collect();
/// let high: Vec<f64> = low.iter().map(|low| low + 2.0).collect();
/// let (mut out, mut plus_di, mut minus_di) = ([0.0; 10], [0.0; 10], [0.0; 10]);
/// adx(&high, &low, &low, Period::new(3).ok_or("no period")?, &mut out, &mut plus_di, &mut minus_di);
/// assert!(plus_di[2].is_nan() && plus_di[3] > 0.0);
/// assert!(out[4].is_nan());
/// assert_eq!((out[5], minus_di[5]), (100.0, 0.0));
/// # Ok::<(), &str>(())
/// ```
///
/// # Panics
/// If the six slices differ in length.
///
/// Source: J. W. Wilder, *New Concepts in Technical Trading Systems* (1978).
pub fn adx(
    high: &[f64],
    low: &[f64],
    close: &[f64],
    period: Period,
    adx_out: &mut [f64],
    plus_di_out: &mut [f64],
    minus_di_out: &mut [f64],
) {
    assert_eq!(close.len(), high.len(), "adx: close and high differ in length");
    assert_eq!(close.len(), low.len(), "adx: close and low differ in length");
    assert_eq!(close.len(), adx_out.len(), "adx: close and adx_out differ in length");
    assert_eq!(close.len(), plus_di_out.len(), "adx: close and plus_di_out differ in length");
    assert_eq!(close.len(), minus_di_out.len(), "adx: close and minus_di_out differ in length");
    let mut state = Adx::new(period);
    let bars = high.iter().zip(low).zip(close);
    let outputs = adx_out.iter_mut().zip(plus_di_out).zip(minus_di_out);
    for (((adx, plus_di), minus_di), ((&high, &low), &close)) in outputs.zip(bars) {
        let value = state.next(high, low, close);
        *adx = value.and_then(|v| v.adx).unwrap_or(f64::NAN);
        *plus_di = value.map_or(f64::NAN, |v| v.plus_di);
        *minus_di = value.map_or(f64::NAN, |v| v.minus_di);
    }
}

/// What [`Adx`] gives for a bar, each 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdxValue {
    /// Average directional index; it begins n − 1 bars after the other two.
    pub adx: Option<f64>,
    /// Positive directional index, +DI.
    pub plus_di: f64,
    /// Negative directional index, −DI.
    pub minus_di: f64,
}

/// Average directional index, one bar at a time; the numbers are those of [`adx`](fn@adx).
///
/// ```
/// use indicators::{Adx, Period};
///
/// let mut state = Adx::new(Period::new(1).ok_or("no period")?);
/// assert_eq!(state.next(2.0, 1.0, 1.5), None);
/// let value = state.next(4.0, 2.0, 2.5).ok_or("the lookback of 1 bar is over")?;
/// assert_eq!((value.adx, value.plus_di, value.minus_di), (Some(100.0), 80.0, 0.0));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Adx {
    previous: Option<Bar>,
    n: f64,
    one_over_n: f64,
    /// Changes that the first sums still need.
    seeds_left: usize,
    /// DX that the first mean still needs.
    dx_left: usize,
    plus_dm: f64,
    minus_dm: f64,
    /// Sum of the true ranges; NaN for ever after a missing price.
    range: f64,
    /// Sum of the DX until the first mean, then the average.
    average: f64,
}

#[derive(Clone, Copy, Debug)]
struct Bar {
    high: f64,
    low: f64,
    close: f64,
}

impl Adx {
    /// No bars yet.
    pub fn new(period: Period) -> Self {
        let n = period.as_f64();
        Self {
            previous: None,
            n,
            one_over_n: 1.0 / n,
            seeds_left: period.get() - 1,
            dx_left: period.get(),
            plus_dm: 0.0,
            minus_dm: 0.0,
            range: 0.0,
            average: 0.0,
        }
    }

    /// Takes the next bar; `None` during the lookback of the directional indices and for ever after a missing price.
    #[inline]
    pub fn next(&mut self, high: f64, low: f64, close: f64) -> Option<AdxValue> {
        if !(is_known(high) && is_known(low) && is_known(close)) {
            self.range = f64::NAN;
        }
        let previous = self.previous.replace(Bar { high, low, close })?;
        let (plus_dm, minus_dm) = directional_movement(high - previous.high, previous.low - low);
        let range = true_range(high, low, previous.close);
        if self.seeds_left > 0 {
            self.seeds_left -= 1;
            self.plus_dm += plus_dm;
            self.minus_dm += minus_dm;
            self.range += range;
            return None;
        }
        self.plus_dm = self.plus_dm - self.plus_dm * self.one_over_n + plus_dm;
        self.minus_dm = self.minus_dm - self.minus_dm * self.one_over_n + minus_dm;
        self.range = self.range - self.range * self.one_over_n + range;
        none_if_nan(self.range)?;
        let plus_di = self.percent_of_range(self.plus_dm);
        let minus_di = self.percent_of_range(self.minus_dm);
        Some(AdxValue { adx: self.next_adx(plus_di, minus_di), plus_di, minus_di })
    }

    #[inline]
    fn percent_of_range(&self, movement: f64) -> f64 {
        if self.range > 0.0 { 100.0 * (movement / self.range) } else { 0.0 }
    }

    #[inline]
    fn next_adx(&mut self, plus_di: f64, minus_di: f64) -> Option<f64> {
        let sum = minus_di + plus_di;
        let dx = if sum < NO_DIRECTION { None } else { Some(100.0 * ((minus_di - plus_di).abs() / sum)) };
        if self.dx_left == 0 {
            if let Some(dx) = dx {
                self.average -= (self.average - dx) * self.one_over_n;
            }
            return Some(self.average);
        }
        self.average += dx.unwrap_or(0.0);
        self.dx_left -= 1;
        if self.dx_left > 0 {
            return None;
        }
        self.average /= self.n;
        Some(self.average)
    }
}

/// +DM and −DM of a bar whose high rose by `up` and whose low fell by `down`.
#[inline]
fn directional_movement(up: f64, down: f64) -> (f64, f64) {
    let plus = if up > down && up > 0.0 { up } else { 0.0 };
    let minus = if down > up && down > 0.0 { down } else { 0.0 };
    (plus, minus)
}
