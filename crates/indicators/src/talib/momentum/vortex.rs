use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::volatility::true_range;

/// TA-Lib's vortex: the running sums over n bars of |high − low before| (plus) and of |low − high before| (minus), each
/// divided by that of the true range; 0 where that is 0.
///
/// The sum of the ranges is set to 0 where the last n bars had none, so that what rounding has left in it does not show.
#[derive(Clone, Debug)]
pub struct Vortex {
    has_last: bool,
    /// High, low and close of the bar before.
    last: [f64; 3],
    ranges: Ring,
    ups: Ring,
    downs: Ring,
    sums: Sums,
}

constructor!(Vortex(period: usize));
memory!(Sums { range, up, down, still });
memory!(Vortex { has_last, last, ranges, ups, downs, sums });

impl Indicator<3, 2> for Vortex {
    const NAME: &'static str = "vortex";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        let ring = Ring::new(period);
        let sums = Sums { period, range: 0.0, up: 0.0, down: 0.0, still: 0 };
        Self { has_last: false, last: [0.0; 3], ranges: ring.clone(), ups: ring.clone(), downs: ring, sums }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0); 2]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 2] {
        let movement = Movement::between(self.last, bar);
        self.last = bar;
        if !self.has_last {
            self.has_last = true;
            return [f64::NAN; 2];
        }
        self.ranges.push(movement.range);
        self.ups.push(movement.up);
        self.downs.push(movement.down);
        self.sums.enter(movement);
        if !self.ranges.is_full() {
            return [f64::NAN; 2];
        }
        let Sums { range, up, down, .. } = self.sums;
        let values = ratios(Movement { range, up, down });
        let (range, up, down) = (self.ranges.oldest(), self.ups.oldest(), self.downs.oldest());
        self.sums.leave(Movement { range, up, down });
        values
    }

    /// Behind the first window the movements that leave it are computed again from the columns, a chunk at a time.
    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [plus, minus]: [&mut [f64]; 2]) {
        let (n_bars, period) = (inputs[0].len(), self.ranges.capacity());
        let n_first = n_bars.min(period + 1);
        step_first(self, n_first, inputs, &mut [&mut *plus, &mut *minus]);
        if n_first == n_bars {
            return;
        }
        let mut sums = self.sums;
        let (mut entering, mut leaving) = (Chunk::new(), Chunk::new());
        for start in (n_first..n_bars).step_by(CHUNK_BARS) {
            let end = n_bars.min(start + CHUNK_BARS);
            entering.fill(inputs, start, end);
            leaving.fill(inputs, start + 1 - period, end + 1 - period);
            for bar in 0..end - start {
                sums.enter(entering.movement(bar));
                entering.set(bar, sums);
                sums.leave(leaving.movement(bar));
            }
            let (plus, minus) = (plus[start..end].iter_mut(), minus[start..end].iter_mut());
            for (bar, (plus, minus)) in plus.zip(minus).enumerate() {
                [*plus, *minus] = ratios(entering.movement(bar));
            }
        }
        self.sums = sums;
        self.remember(inputs, n_first);
    }
}

impl Vortex {
    /// Goes on from the last of the bars, of which the first `n_first` are remembered already.
    fn remember(&mut self, [highs, lows, closes]: [&[f64]; 3], n_first: usize) {
        let bar = |bar: usize| [highs[bar], lows[bar], closes[bar]];
        for place in (highs.len() - self.ranges.capacity()).max(n_first)..highs.len() {
            let Movement { range, up, down } = Movement::between(bar(place - 1), bar(place));
            self.ranges.push(range);
            self.ups.push(up);
            self.downs.push(down);
        }
        self.last = bar(highs.len() - 1);
    }
}

/// Bars that are worked on in one go: what is known of them stands in the first-level cache.
const CHUNK_BARS: usize = 128;

/// The movements of some bars.
struct Chunk {
    range: [f64; CHUNK_BARS],
    up: [f64; CHUNK_BARS],
    down: [f64; CHUNK_BARS],
}

impl Chunk {
    fn new() -> Self {
        Self { range: [0.0; CHUNK_BARS], up: [0.0; CHUNK_BARS], down: [0.0; CHUNK_BARS] }
    }

    /// The movements of the bars from `start` to `end`; the bar before `start` is looked at too.
    #[inline(always)]
    fn fill(&mut self, [highs, lows, closes]: [&[f64]; 3], start: usize, end: usize) {
        let before = highs[start - 1..].iter().zip(&lows[start - 1..]).zip(&closes[start - 1..]);
        let bars = highs[start..end].iter().zip(&lows[start..end]).zip(before);
        let chunk = self.range.iter_mut().zip(&mut self.up).zip(&mut self.down);
        for (((range, up), down), ((&high, &low), ((&high_before, &low_before), &close_before))) in chunk.zip(bars) {
            let movement = Movement::between([high_before, low_before, close_before], [high, low, 0.0]);
            (*range, *up, *down) = (movement.range, movement.up, movement.down);
        }
    }

    #[inline(always)]
    fn movement(&self, bar: usize) -> Movement {
        Movement { range: self.range[bar], up: self.up[bar], down: self.down[bar] }
    }

    #[inline(always)]
    fn set(&mut self, bar: usize, sums: Sums) {
        (self.range[bar], self.up[bar], self.down[bar]) = (sums.range, sums.up, sums.down);
    }
}

/// What a bar adds to the sums.
#[derive(Clone, Copy, Debug)]
struct Movement {
    range: f64,
    up: f64,
    down: f64,
}

impl Movement {
    #[inline(always)]
    fn between([high_before, low_before, close_before]: [f64; 3], [high, low, _]: [f64; 3]) -> Self {
        Self {
            range: true_range(high, low, close_before),
            up: (high - low_before).abs(),
            down: (low - high_before).abs(),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Sums {
    period: usize,
    range: f64,
    up: f64,
    down: f64,
    /// How many of the last bars had no range without a break.
    still: usize,
}

impl Sums {
    #[inline(always)]
    fn enter(&mut self, movement: Movement) {
        self.range += movement.range;
        self.up += movement.up;
        self.down += movement.down;
        self.still = if movement.range <= 0.0 { self.still + 1 } else { 0 };
        if self.still >= self.period {
            self.range = 0.0;
        }
    }

    #[inline(always)]
    fn leave(&mut self, movement: Movement) {
        self.range -= movement.range;
        self.up -= movement.up;
        self.down -= movement.down;
    }
}

/// Both movements as parts of the range.
#[inline(always)]
fn ratios(sums: Movement) -> [f64; 2] {
    let ratios = [sums.up / sums.range, sums.down / sums.range];
    if sums.range > 0.0 { ratios } else { [0.0; 2] }
}
