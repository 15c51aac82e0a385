use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::{Memory, Visitor, memory};
use crate::ring::Ring;

/// Finds turning points: a bar whose high is above the `left` highs before it and the `right` ones behind it (or the low
/// below). It is known `right` bars later, and only then.
#[derive(Clone, Debug)]
struct Swings {
    right: usize,
    highs: Ring,
    lows: Ring,
}

memory!(Swings { highs, lows });

impl Swings {
    fn new(left: usize, right: usize) -> Self {
        let ring = || Ring::new(left + right + 1);
        Self { right, highs: ring(), lows: ring() }
    }

    /// The turning high and the turning low that this bar confirms.
    #[inline(always)]
    fn step(&mut self, high: f64, low: f64) -> [Option<f64>; 2] {
        self.highs.push(high);
        self.lows.push(low);
        if !self.highs.is_full() {
            return [None; 2];
        }
        [
            self.turning(&self.highs, |other, middle| other < middle),
            self.turning(&self.lows, |other, middle| other > middle),
        ]
    }

    #[inline(always)]
    fn turning(&self, ring: &Ring, yields: impl Fn(f64, f64) -> bool) -> Option<f64> {
        let middle = ring.back(self.right);
        let others = (0..ring.len()).filter(|&age| age != self.right).all(|age| yields(ring.back(age), middle));
        others.then_some(middle)
    }
}

/// The last turning points of one side: bar and price of each, newest last.
#[derive(Clone, Debug)]
struct Points {
    bars: Ring,
    prices: Ring,
}

memory!(Points { bars, prices });

impl Points {
    fn new(kept: usize) -> Self {
        Self { bars: Ring::new(kept), prices: Ring::new(kept) }
    }

    fn push(&mut self, bar: usize, price: f64) {
        self.bars.push(bar as f64);
        self.prices.push(price);
    }
}

/// Fractal chaos bands: the last turning high and the last turning low.
#[derive(Clone, Debug)]
pub struct FractalChaosBands {
    swings: Swings,
    upper: f64,
    lower: f64,
    has_upper: bool,
    has_lower: bool,
}

constructor!(FractalChaosBands(span: usize));
memory!(FractalChaosBands { swings, upper, lower, has_upper, has_lower });

impl Indicator<2, 2> for FractalChaosBands {
    const NAME: &'static str = "fractal_chaos_bands";

    fn build(args: &[f64]) -> Self {
        let span = args::bars(args, 0);
        Self { swings: Swings::new(span, span), upper: 0.0, lower: 0.0, has_upper: false, has_lower: false }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [2 * args::bars(args, 0); 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 2] {
        let [turning_high, turning_low] = self.swings.step(high, low);
        if let Some(price) = turning_high {
            (self.upper, self.has_upper) = (price, true);
        }
        if let Some(price) = turning_low {
            (self.lower, self.has_lower) = (price, true);
        }
        [known(self.upper, self.has_upper), known(self.lower, self.has_lower)]
    }
}

fn known(value: f64, is_known: bool) -> f64 {
    if is_known { value } else { f64::NAN }
}

/// Trend lines through the last two turning lows (support) and the last two turning highs (resistance), drawn on to the
/// current bar, and their slopes per bar. A line has no value until its second point is confirmed.
#[derive(Clone, Debug)]
pub struct TrendLines {
    swings: Swings,
    right: usize,
    bar: usize,
    lows: Points,
    highs: Points,
}

constructor!(TrendLines(left: usize, right: usize));
memory!(TrendLines { swings, bar, lows, highs });

impl Indicator<2, 4> for TrendLines {
    const NAME: &'static str = "trend_lines";

    fn build(args: &[f64]) -> Self {
        let (left, right) = (args::bars(args, 0), args::bars(args, 1));
        Self { swings: Swings::new(left, right), right, bar: 0, lows: Points::new(2), highs: Points::new(2) }
    }

    fn lookback(args: &[f64]) -> [usize; 4] {
        [args::bars(args, 0) + args::bars(args, 1); 4]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 4] {
        let [turning_high, turning_low] = self.swings.step(high, low);
        if let Some(price) = turning_high {
            self.highs.push(self.bar - self.right, price);
        }
        if let Some(price) = turning_low {
            self.lows.push(self.bar - self.right, price);
        }
        let (support, support_slope) = line(&self.lows, self.bar);
        let (resistance, resistance_slope) = line(&self.highs, self.bar);
        self.bar += 1;
        [support, resistance, support_slope, resistance_slope]
    }
}

/// The line through the two points, at `bar`, and its slope.
fn line(points: &Points, bar: usize) -> (f64, f64) {
    if !points.bars.is_full() {
        return (f64::NAN, f64::NAN);
    }
    let slope = (points.prices.back(0) - points.prices.back(1)) / (points.bars.back(0) - points.bars.back(1));
    (points.prices.back(0) + slope * (bar as f64 - points.bars.back(0)), slope)
}

/// The nearest support below and resistance above the close, out of the last `kept` turning points of each side.
///
/// Turning points within `tolerance` per cent of one another are touches of one level, whose price is their mean; a level
/// counts from two touches on. Broken levels change sides: a former resistance below the close is a support.
#[derive(Clone, Debug)]
pub struct SupportResistance {
    swings: Swings,
    right: usize,
    fraction: f64,
    bar: usize,
    highs: Points,
    lows: Points,
    /// The prices of all kept points, sorted, for the search of levels; not part of the memory.
    sorted: Vec<f64>,
}

constructor!(SupportResistance(left: usize, right: usize, kept: usize, tolerance: f64));

impl Memory for SupportResistance {
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.swings.visit(visitor);
        self.bar.visit(visitor);
        self.highs.visit(visitor);
        self.lows.visit(visitor);
    }
}

impl Indicator<3, 4> for SupportResistance {
    const NAME: &'static str = "support_resistance";

    fn build(args: &[f64]) -> Self {
        let (left, right, kept) = (args::bars(args, 0), args::bars(args, 1), args::bars(args, 2));
        Self {
            swings: Swings::new(left, right),
            right,
            fraction: args[3] / 100.0,
            bar: 0,
            highs: Points::new(kept),
            lows: Points::new(kept),
            sorted: Vec::with_capacity(2 * kept),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 4] {
        [args::bars(args, 0) + args::bars(args, 1); 4]
    }

    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 4] {
        let [turning_high, turning_low] = self.swings.step(high, low);
        if let Some(price) = turning_high {
            self.highs.push(self.bar - self.right, price);
        }
        if let Some(price) = turning_low {
            self.lows.push(self.bar - self.right, price);
        }
        self.bar += 1;
        self.sorted.clear();
        self.sorted.extend(self.highs.prices.iter().chain(self.lows.prices.iter()));
        self.sorted.sort_unstable_by(f64::total_cmp);
        nearest(&self.sorted, close, self.fraction)
    }
}

/// Support, resistance, and their touches, around `close` from sorted prices.
fn nearest(sorted: &[f64], close: f64, fraction: f64) -> [f64; 4] {
    let (mut support, mut resistance) = ((f64::NAN, f64::NAN), (f64::NAN, f64::NAN));
    let mut start = 0;
    for end in 1..=sorted.len() {
        if end < sorted.len() && sorted[end] - sorted[start] <= fraction * sorted[start].abs() {
            continue;
        }
        let level = &sorted[start..end];
        start = end;
        if level.len() < 2 {
            continue;
        }
        let touches = level.len() as f64;
        let price = level.iter().sum::<f64>() / touches;
        if price <= close {
            support = (price, touches);
        } else if resistance.0.is_nan() {
            resistance = (price, touches);
        }
    }
    [support.0, resistance.0, support.1, resistance.1]
}

/// Fibonacci retracements of the move between the last turning high and the last turning low: the prices at which 23.6, 38.2,
/// 50, 61.8 and 78.6 per cent of it are taken back, counted from the later of the two.
#[derive(Clone, Debug)]
pub struct FibonacciRetracement {
    swings: Swings,
    high: f64,
    low: f64,
    has_high: bool,
    has_low: bool,
    is_high_later: bool,
}

constructor!(FibonacciRetracement(left: usize, right: usize));
memory!(FibonacciRetracement { swings, high, low, has_high, has_low, is_high_later });

impl Indicator<2, 5> for FibonacciRetracement {
    const NAME: &'static str = "fibonacci_retracement";

    fn build(args: &[f64]) -> Self {
        Self {
            swings: Swings::new(args::bars(args, 0), args::bars(args, 1)),
            high: 0.0,
            low: 0.0,
            has_high: false,
            has_low: false,
            is_high_later: false,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 5] {
        [args::bars(args, 0) + args::bars(args, 1); 5]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 5] {
        let [turning_high, turning_low] = self.swings.step(high, low);
        if let Some(price) = turning_high {
            (self.high, self.has_high, self.is_high_later) = (price, true, true);
        }
        if let Some(price) = turning_low {
            (self.low, self.has_low, self.is_high_later) = (price, true, false);
        }
        if !(self.has_high && self.has_low) {
            return [f64::NAN; 5];
        }
        let (later, earlier) = if self.is_high_later { (self.high, self.low) } else { (self.low, self.high) };
        [0.236, 0.382, 0.5, 0.618, 0.786].map(|part| later + part * (earlier - later))
    }
}
