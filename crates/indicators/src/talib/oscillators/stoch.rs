use super::extremes::Extremes;
use super::smoothing::Smoothing;
use crate::MovingAverage;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::{Memory, Visitor, memory};
use crate::talib::{Ma, Sma};

/// TA-Lib's slow stochastic: where the close stands between the lowest low and the highest high of the last
/// `fast_k_period` bars, smoothed by one moving average (K), and that again by another (D).
///
/// The position is 100 · (close − lowest) / (highest − lowest), the division first; a range below 10⁻¹⁴ of its two ends
/// added counts as none and gives 0. K and D begin together.
#[derive(Clone, Debug)]
pub struct Stoch(Slow<Ma>);

constructor!(Stoch(
    fast_k_period: usize,
    slow_k_period: usize,
    slow_k_ma: MovingAverage,
    slow_d_period: usize,
    slow_d_ma: MovingAverage
));

/// The slow stochastic as charts draw it: [`Stoch`] with simple averages.
#[derive(Clone, Debug)]
pub struct Stochastic(Slow<Sma>);

constructor!(Stochastic(k_period: usize, k_smoothing: usize, d_period: usize));

impl Memory for Stoch {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.0.visit(visitor);
    }
}

impl Memory for Stochastic {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.0.visit(visitor);
    }
}

impl Indicator<3, 2> for Stoch {
    const NAME: &'static str = "stoch";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self(Slow {
            lookback: Self::lookback(args)[0],
            seen: 0,
            extremes: Extremes::new(args::bars(args, 0)),
            k: Ma::build(args::average(args, 2), args::bars(args, 1)),
            d: Ma::build(args::average(args, 4), args::bars(args, 3)),
        })
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        let k = Ma::lookback(args::average(args, 2), args::bars(args, 1));
        let d = Ma::lookback(args::average(args, 4), args::bars(args, 3));
        [args::bars(args, 0) - 1 + k + d; 2]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 2] {
        self.0.step(bar)
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 2]) {
        self.0.run(inputs, outputs);
    }
}

impl Indicator<3, 2> for Stochastic {
    const NAME: &'static str = "stochastic";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self(Slow {
            lookback: Self::lookback(args)[0],
            seen: 0,
            extremes: Extremes::new(args::bars(args, 0)),
            k: Sma::build(&args[1..2]),
            d: Sma::build(&args[2..]),
        })
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) + args::bars(args, 1) + args::bars(args, 2) - 3; 2]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 2] {
        self.0.step(bar)
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 2]) {
        self.0.run(inputs, outputs);
    }
}

/// The stochastic with two averages of one type.
#[derive(Clone, Debug)]
struct Slow<A> {
    lookback: usize,
    /// Bars until there is a value.
    seen: usize,
    extremes: Extremes,
    k: A,
    d: A,
}

memory!(Slow<Ma> { seen, extremes, k, d });
memory!(Slow<Sma> { seen, extremes, k, d });

impl<A: Smoothing> Slow<A> {
    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        let Some((highest, lowest)) = self.extremes.step(high, low) else {
            self.seen += 1;
            return [f64::NAN; 2];
        };
        let k = self.k.smooth(position(close, lowest, highest));
        if self.seen == self.lookback {
            return [k, self.d.smooth(k)];
        }
        self.seen += 1;
        if !k.is_nan() {
            self.d.smooth(k);
        }
        [f64::NAN; 2]
    }

    /// Behind the lookback the positions of many bars at once, then their averages.
    #[inline(always)]
    fn run(&mut self, inputs: [&[f64]; 3], [k_out, d_out]: [&mut [f64]; 2]) {
        const BLOCK: usize = 512;
        let start = (self.lookback - self.seen).max(self.extremes.n_missing()).min(k_out.len());
        for bar in 0..start {
            [k_out[bar], d_out[bar]] = self.step(inputs.map(|column| column[bar]));
        }
        let mut raw = [0.0; BLOCK];
        let [high, low, close] = inputs.map(|column| column[start..].chunks(BLOCK));
        let outputs = k_out[start..].chunks_mut(BLOCK).zip(d_out[start..].chunks_mut(BLOCK));
        for ((k_out, d_out), ((high, low), close)) in outputs.zip(high.zip(low).zip(close)) {
            let raw = &mut raw[..close.len()];
            positions(&mut self.extremes, [high, low, close], raw);
            self.k.smooth_all(raw, k_out);
            self.d.smooth_all(k_out, d_out);
        }
    }
}

/// The close between the lowest and highest price, 0 to 100; 0 if there is no range.
#[inline(always)]
pub(super) fn position(close: f64, lowest: f64, highest: f64) -> f64 {
    let range = highest - lowest;
    if is_none(range, lowest, highest) { 0.0 } else { (close - lowest) / range * 100.0 }
}

/// Whether a range is nothing but the rounding errors of its two ends.
#[inline(always)]
pub(super) fn is_none(range: f64, lowest: f64, highest: f64) -> bool {
    range.abs() <= 1e-14 * (highest.abs() + lowest.abs())
}

/// [`position`] for each bar, with a full window before them.
#[inline(always)]
pub(super) fn positions(extremes: &mut Extremes, [high, low, close]: [&[f64]; 3], out: &mut [f64]) {
    extremes.run(
        high,
        low,
        #[inline(always)]
        |before, highest, lowest| {
            let bars = out[before..].iter_mut().zip(&close[before..]);
            for ((value, &close), (&highest, &lowest)) in bars.zip(highest.iter().zip(lowest)) {
                *value = position(close, lowest, highest);
            }
        },
    );
}
