use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::{Ema, Sma};

/// `DeMarker`: the rises of the high over n bars, as a part of its rises and the falls of the low; 0.5 where neither
/// moved that way.
#[derive(Clone, Debug)]
pub struct DeMarker {
    rises: Ring,
    falls: Ring,
    previous_high: f64,
    previous_low: f64,
    seen: usize,
}

constructor!(DeMarker(period: usize));
memory!(DeMarker { rises, falls, previous_high, previous_low, seen });

impl Indicator<2, 1> for DeMarker {
    const NAME: &'static str = "demarker";

    fn build(args: &[f64]) -> Self {
        let ring = || Ring::new(args::bars(args, 0));
        Self { rises: ring(), falls: ring(), previous_high: 0.0, previous_low: 0.0, seen: 0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let (rise, fall) = ((high - self.previous_high).max(0.0), (self.previous_low - low).max(0.0));
        (self.previous_high, self.previous_low) = (high, low);
        if self.seen == 0 {
            self.seen = 1;
            return [f64::NAN];
        }
        self.rises.push(rise);
        self.falls.push(fall);
        if !self.rises.is_full() {
            return [f64::NAN];
        }
        let (rises, falls) = (self.rises.iter().sum::<f64>(), self.falls.iter().sum::<f64>());
        [if rises + falls == 0.0 { 0.5 } else { rises / (rises + falls) }]
    }
}

/// Psychological line: the percentage of the last n bars that closed above the close before.
#[derive(Clone, Debug)]
pub struct PsychologicalLine {
    rises: Ring,
    previous: f64,
    seen: usize,
}

constructor!(PsychologicalLine(period: usize));
memory!(PsychologicalLine { rises, previous, seen });

impl Indicator<1, 1> for PsychologicalLine {
    const NAME: &'static str = "psychological_line";

    fn build(args: &[f64]) -> Self {
        Self { rises: Ring::new(args::bars(args, 0)), previous: 0.0, seen: 0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let rise = f64::from(price > self.previous);
        self.previous = price;
        if self.seen == 0 {
            self.seen = 1;
            return [f64::NAN];
        }
        self.rises.push(rise);
        [if self.rises.is_full() { 100.0 * self.rises.iter().sum::<f64>() / self.rises.len() as f64 } else { f64::NAN }]
    }
}

/// Bias: how far the value is from its simple average, as a fraction of the average.
#[derive(Clone, Debug)]
pub struct Bias {
    average: Sma,
}

constructor!(Bias(period: usize));
memory!(Bias { average });

impl Indicator<1, 1> for Bias {
    const NAME: &'static str = "bias";

    fn build(args: &[f64]) -> Self {
        Self { average: Sma::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let [average] = self.average.step([price]);
        [price / average - 1.0]
    }
}

/// Ehlers's Laguerre RSI: a relative strength index over four stages of a Laguerre filter with damping `gamma`, 0 to 100;
/// 0 where the stages are equal.
#[derive(Clone, Debug)]
pub struct LaguerreRsi {
    gamma: f64,
    stages: [f64; 4],
    seen: usize,
}

constructor!(LaguerreRsi(gamma: f64));
memory!(LaguerreRsi { stages, seen });

impl Indicator<1, 1> for LaguerreRsi {
    const NAME: &'static str = "laguerre_rsi";

    fn build(args: &[f64]) -> Self {
        Self { gamma: args[0], stages: [0.0; 4], seen: 0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        if self.seen == 0 {
            self.seen = 1;
            self.stages = [price; 4];
            return [0.0];
        }
        let [a, b, c, d] = self.stages;
        let gamma = self.gamma;
        let first = (1.0 - gamma) * price + gamma * a;
        let second = a + gamma * (b - first);
        let third = b + gamma * (c - second);
        let fourth = c + gamma * (d - third);
        self.stages = [first, second, third, fourth];
        let steps = [first - second, second - third, third - fourth];
        let up: f64 = steps.iter().map(|step| step.max(0.0)).sum();
        let down: f64 = steps.iter().map(|step| (-step).max(0.0)).sum();
        [if up + down == 0.0 { 0.0 } else { 100.0 * (up / (up + down)) }]
    }
}

/// Johnson's pretty good oscillator: distance of the close from its simple average, in exponential averages of the true
/// range; no value as long as nothing moves.
#[derive(Clone, Debug)]
pub struct PrettyGood {
    average: Sma,
    range: Ema,
    previous_close: f64,
    seen: usize,
}

constructor!(PrettyGood(period: usize));
memory!(PrettyGood { average, range, previous_close, seen });

impl Indicator<3, 1> for PrettyGood {
    const NAME: &'static str = "pretty_good";

    fn build(args: &[f64]) -> Self {
        Self { average: Sma::build(args), range: Ema::build(args), previous_close: 0.0, seen: 0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let previous = self.previous_close;
        self.previous_close = close;
        let [average] = self.average.step([close]);
        if self.seen == 0 {
            self.seen = 1;
            return [f64::NAN];
        }
        let [range] = self.range.step([high.max(previous) - low.min(previous)]);
        [or_none(close - average, range)]
    }
}

/// Relative vigour index: the weighted mean (1, 2, 2, 1) of close − open over that of high − low, each summed over n bars,
/// with its own weighted mean as signal. Without any range there is no value.
#[derive(Clone, Debug)]
pub struct RelativeVigor {
    bodies: Ring,
    ranges: Ring,
    body_sums: Ring,
    range_sums: Ring,
    values: Ring,
}

constructor!(RelativeVigor(period: usize));
memory!(RelativeVigor { bodies, ranges, body_sums, range_sums, values });

impl Indicator<4, 2> for RelativeVigor {
    const NAME: &'static str = "relative_vigor";

    fn build(args: &[f64]) -> Self {
        let (four, n) = (|| Ring::new(4), || Ring::new(args::bars(args, 0)));
        Self { bodies: four(), ranges: four(), body_sums: n(), range_sums: n(), values: four() }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) + 2, args::bars(args, 0) + 5]
    }

    #[inline(always)]
    fn step(&mut self, [open, high, low, close]: [f64; 4]) -> [f64; 2] {
        self.bodies.push(close - open);
        self.ranges.push(high - low);
        if !self.bodies.is_full() {
            return [f64::NAN; 2];
        }
        self.body_sums.push(symmetric(&self.bodies));
        self.range_sums.push(symmetric(&self.ranges));
        if !self.body_sums.is_full() {
            return [f64::NAN; 2];
        }
        let value = or_none(self.body_sums.iter().sum(), self.range_sums.iter().sum());
        self.values.push(value);
        [value, if self.values.is_full() { symmetric(&self.values) } else { f64::NAN }]
    }
}

/// `part` in units of `whole`; NaN where that is 0.
#[inline(always)]
fn or_none(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { f64::NAN } else { part / whole }
}

/// Mean of a full ring of four with the weights 1, 2, 2, 1.
#[inline(always)]
fn symmetric(ring: &Ring) -> f64 {
    (ring.back(0) + 2.0 * ring.back(1) + 2.0 * ring.back(2) + ring.back(3)) / 6.0
}

/// The sequential setup of T. R. `DeMark`: how many bars in a row closed above (counted up) or below (counted down) the close four bars
/// before; from 9 on a setup is complete.
#[derive(Clone, Debug)]
pub struct TdSetup {
    closes: Ring,
    count: f64,
}

constructor!(TdSetup());
memory!(TdSetup { closes, count });

impl Indicator<1, 1> for TdSetup {
    const NAME: &'static str = "td_setup";

    fn build(_: &[f64]) -> Self {
        Self { closes: Ring::new(4), count: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [4]
    }

    #[inline(always)]
    fn step(&mut self, [close]: [f64; 1]) -> [f64; 1] {
        let is_known = self.closes.is_full();
        let earlier = self.closes.push(close);
        if !is_known {
            return [f64::NAN];
        }
        self.count = if close > earlier {
            self.count.max(0.0) + 1.0
        } else if close < earlier {
            self.count.min(0.0) - 1.0
        } else {
            0.0
        };
        [self.count]
    }
}

/// Pring's (Swenlin's) price momentum oscillator: the one-bar change in per cent, smoothed with weight 2/`first`, times ten,
/// smoothed with weight 2/`second`; the signal is an exponential average of it.
#[derive(Clone, Debug)]
pub struct PriceMomentum {
    first: Smoothing,
    second: Smoothing,
    signal: Ema,
    previous: f64,
    seen: usize,
}

/// An average with weight 2/n that starts with the mean of the first n values.
#[derive(Clone, Debug)]
struct Smoothing {
    n: usize,
    seen: usize,
    value: f64,
}

memory!(Smoothing { seen, value });

impl Smoothing {
    fn new(n: usize) -> Self {
        Self { n, seen: 0, value: 0.0 }
    }

    #[inline(always)]
    fn step(&mut self, value: f64) -> f64 {
        if self.seen == self.n {
            self.value += 2.0 / self.n as f64 * (value - self.value);
            return self.value;
        }
        self.seen += 1;
        self.value += value;
        if self.seen < self.n {
            return f64::NAN;
        }
        self.value /= self.n as f64;
        self.value
    }
}

constructor!(PriceMomentum(first: usize, second: usize, signal: usize));
memory!(PriceMomentum { first, second, signal, previous, seen });

impl Indicator<1, 2> for PriceMomentum {
    const NAME: &'static str = "price_momentum";

    fn build(args: &[f64]) -> Self {
        Self {
            first: Smoothing::new(args::bars(args, 0)),
            second: Smoothing::new(args::bars(args, 1)),
            signal: Ema::build(&args[2..]),
            previous: 0.0,
            seen: 0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        let line = args::bars(args, 0) + args::bars(args, 1) - 1;
        [line, line + args::bars(args, 2) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 2] {
        let change = 100.0 * (price / self.previous - 1.0);
        self.previous = price;
        if self.seen == 0 {
            self.seen = 1;
            return [f64::NAN; 2];
        }
        if !change.is_finite() {
            self.reset();
            return [f64::NAN; 2];
        }
        let smooth = self.first.step(change);
        if smooth.is_nan() {
            return [f64::NAN; 2];
        }
        let value = self.second.step(10.0 * smooth);
        if value.is_nan() {
            return [f64::NAN; 2];
        }
        let [signal] = self.signal.step([value]);
        [value, signal]
    }
}

/// Price relative strength: the first series over the second, and its simple average.
#[derive(Clone, Debug)]
pub struct PriceRelative {
    average: Sma,
}

constructor!(PriceRelative(period: usize));
memory!(PriceRelative { average });

impl Indicator<2, 2> for PriceRelative {
    const NAME: &'static str = "price_relative";

    fn build(args: &[f64]) -> Self {
        Self { average: Sma::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [0, args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [price, base]: [f64; 2]) -> [f64; 2] {
        let ratio = price / base;
        // A division by zero ends the average's window, and does not stay in its total.
        let [average] = self.average.update([ratio]);
        [ratio, average]
    }
}
