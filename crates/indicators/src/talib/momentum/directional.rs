//! Wilder's directional movement: what the directional indices and the indices over them are made of.
use crate::memory::memory;
use crate::talib::oscillators::larger;
use crate::talib::volatility::true_range;

/// Below this sum of the two directional indices their ratio is noise; the limit is TA-Lib's.
const NO_DIRECTION: f64 = 1e-14;

/// Bars that are worked on in one go: what is known of them stands in the first-level cache.
const CHUNK_BARS: usize = 128;

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
    let sum = minus_di + plus_di;
    if sum < NO_DIRECTION { None } else { Some(100.0 * ((minus_di - plus_di).abs() / sum)) }
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
            *self = self.prepared(bar);
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

    /// The sums after a bar that they lack. The state goes in and out by value, so that it can stay in registers
    /// everywhere else.
    #[cold]
    #[inline(never)]
    fn prepared(mut self, [high, low, close]: [f64; 3]) -> Self {
        if self.seen > 0 {
            let (plus, minus) = directional_movement(high - self.high, self.low - low);
            self.plus += plus;
            self.minus += minus;
            self.range += true_range(high, low, self.close);
        }
        (self.high, self.low, self.close) = (high, low, close);
        self.seen += 1;
        self
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
///
/// The sums of a chunk are chains in which each bar waits for the one before, and so is `follow`. Its chain runs one chunk
/// behind, beside the sums of the next; all else is done for whole chunks by vector instructions.
#[inline(always)]
pub(super) fn indices(
    movements: &mut Movements,
    inputs: [&[f64]; 3],
    n_first: usize,
    out: &mut [f64],
    mut indicators: impl FnMut(usize, &[f64], &[f64]),
    mut follow: impl FnMut(f64) -> f64,
) {
    let mut chunk = Chunk::new();
    let mut waiting = [0.0; CHUNK_BARS];
    let mut n_waiting = 0;
    let n_bars = out.len();
    for start in (n_first..n_bars).step_by(CHUNK_BARS) {
        let end = n_bars.min(start + CHUNK_BARS);
        chunk.move_through(inputs, start, end);
        let (late, waited) = (&mut out[start - n_waiting..start], &waiting[..n_waiting]);
        if n_waiting == end - start {
            let mut late = late.iter_mut().zip(waited);
            chunk.sum(end - start, movements, || {
                if let Some((value, &index)) = late.next() {
                    *value = follow(index);
                }
            });
        } else {
            follow_all(waited, late, &mut follow);
            chunk.sum(end - start, movements, || {});
        }
        n_waiting = end - start;
        chunk.index(n_waiting, &mut waiting);
        indicators(start, &chunk.plus[..n_waiting], &chunk.minus[..n_waiting]);
    }
    follow_all(&waiting[..n_waiting], &mut out[n_bars - n_waiting..], &mut follow);
    if n_bars > n_first {
        movements.go_on_from(inputs);
    }
}

#[inline(always)]
fn follow_all(indices: &[f64], out: &mut [f64], follow: &mut impl FnMut(f64) -> f64) {
    for (value, &index) in out.iter_mut().zip(indices) {
        *value = follow(index);
    }
}

/// The movements of up to [`CHUNK_BARS`] bars, then their sums, then the directional indices: three loops, so that those
/// whose bars do not wait for one another become vector instructions.
#[derive(Debug)]
struct Chunk {
    plus: [f64; CHUNK_BARS],
    minus: [f64; CHUNK_BARS],
    range: [f64; CHUNK_BARS],
}

impl Chunk {
    fn new() -> Self {
        Self { plus: [0.0; CHUNK_BARS], minus: [0.0; CHUNK_BARS], range: [0.0; CHUNK_BARS] }
    }

    /// The movements of the bars from `start` to `end`; the bar before `start` is looked at too.
    #[inline(always)]
    fn move_through(&mut self, [highs, lows, closes]: [&[f64]; 3], start: usize, end: usize) {
        let before = highs[start - 1..].iter().zip(&lows[start - 1..]).zip(&closes[start - 1..]);
        let bars = highs[start..end].iter().zip(&lows[start..end]).zip(before);
        let chunk = self.plus.iter_mut().zip(&mut self.minus).zip(&mut self.range);
        for (((plus, minus), range), ((&high, &low), ((&high_before, &low_before), &close_before))) in chunk.zip(bars) {
            (*plus, *minus) = directional_movement(high - high_before, low_before - low);
            *range = true_range(high, low, close_before);
        }
    }

    /// The sums in place of the movements of `n_bars` bars; `beside` is done for each bar.
    #[inline(always)]
    fn sum(&mut self, n_bars: usize, sums: &mut Movements, mut beside: impl FnMut()) {
        let mut all = *sums;
        let chunk = self.plus[..n_bars].iter_mut().zip(&mut self.minus).zip(&mut self.range);
        for ((plus, minus), range) in chunk {
            all.carry_on(*plus, *minus, *range);
            (*plus, *minus, *range) = (all.plus, all.minus, all.range);
            beside();
        }
        *sums = all;
    }

    /// +DI and −DI in place of the sums of `n_bars` bars, and their directional indices.
    #[inline(always)]
    fn index(&mut self, n_bars: usize, indices: &mut [f64]) {
        let chunk = self.plus[..n_bars].iter_mut().zip(&mut self.minus).zip(&self.range);
        for (((plus, minus), &range), index) in chunk.zip(indices) {
            (*plus, *minus) = (percentage(*plus, range), percentage(*minus, range));
            *index = directional_index(*plus, *minus).unwrap_or(f64::NAN);
        }
    }
}
