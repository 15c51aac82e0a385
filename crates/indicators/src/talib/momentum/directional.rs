//! Wilder's directional movement: what the directional indices and the indices over them are made of.
use crate::directional::{self, Stages};
use crate::memory::memory;
use crate::talib::oscillators::larger;
use crate::talib::volatility::true_range;

/// Below this sum of the two directional indices their ratio is noise; the limit is TA-Lib's.
const NO_DIRECTION: f64 = 1e-14;

/// +DM and −DM of a bar whose high rose by `up` and whose low fell by `down`: the larger of the two movements, if it is
/// one.
#[inline(always)]
pub(super) fn directional_movement(up: f64, down: f64) -> (f64, f64) {
    let plus = if up > larger(down, 0.0) { up } else { 0.0 };
    let minus = if down > larger(up, 0.0) { down } else { 0.0 };
    (plus, minus)
}

/// Wilder's running sum: 1/n of it makes room for the next value.
#[inline(always)]
pub(super) fn carried_on(sum: f64, one_over_n: f64, value: f64) -> f64 {
    sum - sum * one_over_n + value
}

/// 100 · `movement` / `range`; 0 where there was no range at all.
#[inline(always)]
fn percentage(movement: f64, range: f64) -> f64 {
    let percentage = 100.0 * (movement / range);
    if range > 0.0 { percentage } else { 0.0 }
}

/// 100 · |−DI − +DI| / (−DI + +DI); `None` where both are 0.
#[inline(always)]
pub(super) fn directional_index(plus_di: f64, minus_di: f64) -> Option<f64> {
    let index = index_or_nan(plus_di, minus_di);
    (!index.is_nan()).then_some(index)
}

/// [`directional_index`], NaN for none: chosen after it is computed, so that eight bars make vector instructions.
#[inline(always)]
fn index_or_nan(plus_di: f64, minus_di: f64) -> f64 {
    let sum = minus_di + plus_di;
    let index = 100.0 * ((minus_di - plus_di).abs() / sum);
    if sum < NO_DIRECTION { f64::NAN } else { index }
}

/// +DM, −DM and the true range, each summed over the first n − 1 changes and then carried on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Movements {
    period: usize,
    one_over_n: f64,
    /// Bars so far, up to the period.
    seen: usize,
    // In this order, because a compiler that reads two neighbours at once, after they were written one by one, makes
    // the processor wait for both to reach the cache.
    high: f64,
    plus: f64,
    low: f64,
    minus: f64,
    close: f64,
    range: f64,
}

memory!(Movements { seen, high, plus, low, minus, close, range });

impl Movements {
    pub(super) fn new(period: usize) -> Self {
        Self {
            period,
            one_over_n: 1.0 / period as f64,
            seen: 0,
            high: 0.0,
            plus: 0.0,
            low: 0.0,
            minus: 0.0,
            close: 0.0,
            range: 0.0,
        }
    }

    /// How many bars are missing before the sums have values.
    #[inline(always)]
    pub(super) fn missing(&self) -> usize {
        self.period - self.seen
    }

    /// Takes the next bar and gives +DI and −DI; `None` as long as bars are missing.
    #[inline(always)]
    pub(super) fn step(&mut self, bar: [f64; 3]) -> Option<(f64, f64)> {
        if self.missing() > 0 {
            self.prepare(bar);
            return None;
        }
        Some(self.advance(bar))
    }

    /// [`Movements::step`] where no bar is missing.
    #[inline(always)]
    pub(super) fn advance(&mut self, [high, low, close]: [f64; 3]) -> (f64, f64) {
        let (plus, minus) = directional_movement(high - self.high, self.low - low);
        let range = true_range(high, low, self.close);
        (self.high, self.low, self.close) = (high, low, close);
        self.carry_on(plus, minus, range);
        (percentage(self.plus, self.range), percentage(self.minus, self.range))
    }

    /// Takes a bar that the sums lack.
    #[inline(always)]
    fn prepare(&mut self, [high, low, close]: [f64; 3]) {
        if self.seen > 0 {
            let (plus, minus) = directional_movement(high - self.high, self.low - low);
            self.plus += plus;
            self.minus += minus;
            self.range += true_range(high, low, self.close);
        }
        (self.high, self.low, self.close) = (high, low, close);
        self.seen += 1;
    }

    /// Goes on from the last of the bars, whose movements have been summed by chunks.
    #[inline(always)]
    fn go_on_from(&mut self, [highs, lows, closes]: [&[f64]; 3]) {
        let last = highs.len() - 1;
        (self.high, self.low, self.close) = (highs[last], lows[last], closes[last]);
    }

    #[inline(always)]
    fn carry_on(&mut self, plus: f64, minus: f64, range: f64) {
        self.plus = carried_on(self.plus, self.one_over_n, plus);
        self.minus = carried_on(self.minus, self.one_over_n, minus);
        self.range = carried_on(self.range, self.one_over_n, range);
    }
}

/// [`directional_index`], NaN for none, of each bar behind the first `n_first` (at least one, which have been taken
/// already), put through `follow` and written to `out`; `indicators` takes +DI and −DI of the bars from a place on.
#[inline(always)]
pub(super) fn indices(
    movements: &mut Movements,
    inputs: [&[f64]; 3],
    n_first: usize,
    out: &mut [f64],
    indicators: impl FnMut(usize, &[f64], &[f64]),
    follow: impl FnMut(f64) -> f64,
) {
    let mut stages = Following { movements: *movements, indicators, follow };
    directional::run(&mut stages, inputs, n_first, out);
    *movements = stages.movements;
    if out.len() > n_first {
        movements.go_on_from(inputs);
    }
}

struct Following<K, F> {
    movements: Movements,
    indicators: K,
    follow: F,
}

impl<K: FnMut(usize, &[f64], &[f64]), F: FnMut(f64) -> f64> Stages for Following<K, F> {
    #[inline(always)]
    fn movements([high, low, _]: [f64; 3], [high_before, low_before, close_before]: [f64; 3]) -> [f64; 3] {
        let (plus, minus) = directional_movement(high - high_before, low_before - low);
        [plus, minus, true_range(high, low, close_before)]
    }

    #[inline(always)]
    fn sum(&mut self, [plus, minus, range]: [f64; 3]) -> [f64; 3] {
        self.movements.carry_on(plus, minus, range);
        [self.movements.plus, self.movements.minus, self.movements.range]
    }

    #[inline(always)]
    fn indices([plus, minus, range]: [f64; 3]) -> [f64; 3] {
        let (plus_di, minus_di) = (percentage(plus, range), percentage(minus, range));
        [plus_di, minus_di, index_or_nan(plus_di, minus_di)]
    }

    #[inline(always)]
    fn keep<const N: usize>(&mut self, bar: usize, plus_di: &[f64; N], minus_di: &[f64; N]) {
        (self.indicators)(bar, plus_di, minus_di);
    }

    #[inline(always)]
    fn follow(&mut self, index: f64) -> f64 {
        (self.follow)(index)
    }
}
