use super::weights::Weights;
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;

/// TA-Lib's volume oscillator of Klinger: a fast minus a slow exponential average of the volume force, and a signal
/// line that averages the difference.
///
/// The trend is +1 or −1 as high + low + close rises or falls, and stays where they tie; the bars' ranges add up as
/// long as it lasts. A bar's force is 100 · volume · |2 · range / sum of ranges − 1| · trend, 0 where that sum is 0.
/// The averages start with the first force (that of the second bar), so that the first values near 0 say little.
#[derive(Clone, Debug)]
pub struct Kvo {
    warm_up: usize,
    weights: [Weights; 3],
    /// Bars so far, up to the first with a value.
    seen: usize,
    force: Force,
    fast: f64,
    slow: f64,
    signal: f64,
}

constructor!(Kvo(fast: usize, slow: usize, signal: usize));
memory!(Kvo { seen, force, fast, slow, signal });

impl Indicator<4, 2> for Kvo {
    const NAME: &'static str = "kvo";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(args: &[f64]) -> Self {
        Self {
            warm_up: Self::lookback(args)[0],
            weights: [0, 1, 2].map(|average| Weights::new(args[average])),
            seen: 0,
            force: Force { falling: false, price: 0.0, range: 0.0, ranges: 0.0 },
            fast: 0.0,
            slow: 0.0,
            signal: 0.0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [(0..3).map(|average| args::bars(args, average)).max().unwrap_or(0); 2]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 4]) -> [f64; 2] {
        let [fast, slow, signal] = &self.weights;
        match self.seen {
            0 => self.force.start(bar),
            1 => {
                (self.fast, self.slow) = {
                    let force = self.force.next(bar, true);
                    (force, force)
                };
                self.signal = self.fast - self.slow;
            }
            _ => {
                let force = self.force.next(bar, false);
                self.fast = fast.next(self.fast, force);
                self.slow = slow.next(self.slow, force);
                self.signal = signal.next(self.signal, self.fast - self.slow);
            }
        }
        if self.seen < self.warm_up {
            self.seen += 1;
            return [f64::NAN; 2];
        }
        [self.fast - self.slow, self.signal]
    }

    /// What does not wait for the bar before it is worked out first: the turns, then, behind the sums of ranges, the
    /// forces.
    #[inline(always)]
    fn run_known(&mut self, bars: [&[f64]; 4], [out, signals]: [&mut [f64]; 2]) {
        let filling = out.len().min(self.warm_up - self.seen);
        let (first_out, out) = out.split_at_mut(filling);
        let (first_signals, signals) = signals.split_at_mut(filling);
        step_each(self, bars.map(|column| &column[..filling]), [first_out, first_signals]);
        self.force.run(bars.map(|column| &column[filling..]), out, signals);
        let [fast_weights, slow_weights, signal_weights] = &self.weights;
        let (mut fast, mut slow, mut average) = (self.fast, self.slow, self.signal);
        for (value, signal) in out.iter_mut().zip(signals) {
            fast = fast_weights.next(fast, *value);
            slow = slow_weights.next(slow, *value);
            *value = fast - slow;
            average = signal_weights.next(average, *value);
            *signal = average;
        }
        (self.fast, self.slow, self.signal) = (fast, slow, average);
    }
}

/// The volume force, bar by bar.
#[derive(Clone, Copy, Debug)]
struct Force {
    falling: bool,
    /// High + low + close of the last bar.
    price: f64,
    range: f64,
    /// Sum of the ranges since the trend last turned, with that of the bar before the turn.
    ranges: f64,
}

memory!(Force { falling, price, range, ranges });

impl Force {
    #[inline(always)]
    fn start(&mut self, [high, low, close, _]: [f64; 4]) {
        self.price = high + low + close;
        self.range = high - low;
    }

    #[inline(always)]
    fn next(&mut self, [high, low, close, volume]: [f64; 4], first: bool) -> f64 {
        let (price, range) = (high + low + close, high - low);
        let falling = if price > self.price { false } else { price < self.price || self.falling };
        let before = if first || falling != self.falling { self.range } else { self.ranges };
        self.ranges = before + range;
        (self.falling, self.price, self.range) = (falling, price, range);
        force_of(volume, range, self.ranges, if falling { -1.0 } else { 1.0 })
    }

    /// [`Force::next`] for each bar behind the second; `scratch` is as long as `out`.
    #[inline(always)]
    fn run(&mut self, [high, low, close, volume]: [&[f64]; 4], out: &mut [f64], scratch: &mut [f64]) {
        for (((price, &high), &low), &close) in out.iter_mut().zip(high).zip(low).zip(close) {
            *price = high + low + close;
        }
        let (Some(&first), Some(&last)) = (out.first(), out.last()) else { return };
        scratch[0] = turn(first, self.price);
        for ((turned, &price), &previous) in scratch[1..].iter_mut().zip(&out[1..]).zip(&*out) {
            *turned = turn(price, previous);
        }
        let (mut trend, mut ranges, mut last_range) = (if self.falling { -1.0 } else { 1.0 }, self.ranges, self.range);
        for (((sum, turn), &high), &low) in out.iter_mut().zip(&mut *scratch).zip(high).zip(low) {
            let range = high - low;
            let now = if *turn == 0.0 { trend } else { *turn };
            ranges = if now * trend > 0.0 { ranges } else { last_range } + range;
            (trend, last_range) = (now, range);
            (*sum, *turn) = (ranges, trend);
        }
        (self.falling, self.ranges, self.range, self.price) = (trend < 0.0, ranges, last_range, last);
        for ((((force, &trend), &high), &low), &volume) in out.iter_mut().zip(&*scratch).zip(high).zip(low).zip(volume)
        {
            *force = force_of(volume, high - low, *force, trend);
        }
    }
}

/// 1 for a rise, −1 for a fall, 0 for neither.
#[inline(always)]
fn turn(price: f64, previous: f64) -> f64 {
    let fall = if price < previous { -1.0 } else { 0.0 };
    if price > previous { 1.0 } else { fall }
}

/// The force of a bar by its trend, 1 or −1, and by the sum of ranges that it ends.
#[inline(always)]
fn force_of(volume: f64, range: f64, ranges: f64, trend: f64) -> f64 {
    let force = volume * (2.0 * (range / ranges) - 1.0).abs() * 100.0 * trend;
    if ranges == 0.0 { 0.0 } else { force }
}
