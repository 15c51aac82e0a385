use super::extremes::{Extremes, larger, smaller};
use super::running::{LARGEST_WINDOW, PIECE, Unrolled, pieces, roll_up, sums, unroll};
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::{Memory, Visitor};
use crate::ring::Ring;

/// TA-Lib's choppiness index; its box is that of the plain highs and lows.
pub type Chop = Choppiness<false>;

/// TA-Lib's choppiness index whose box reaches to the closes before its bars, so that it never exceeds 100.
pub type Choptr = Choppiness<true>;

/// The choppiness index: 100 · log₁₀(S / (highest − lowest)) / log₁₀ n with the sum S of the last n true ranges: near
/// 100 for a market that goes nowhere, near 0 for one that goes straight.
///
/// S is added up anew at every bar, the oldest range first. Highest and lowest are those of the highs and lows, or with
/// `TRUE_BOX` of the true highs and lows, which reach to the close before the bar. A window without any range gives 100.
#[derive(Clone, Debug)]
pub struct Choppiness<const TRUE_BOX: bool> {
    n: usize,
    log_n: f64,
    has_previous: bool,
    previous_close: f64,
    ranges: Ring,
    extremes: Extremes,
}

constructor!(Chop(period: usize));
constructor!(Choptr(period: usize));

impl<const TRUE_BOX: bool> Memory for Choppiness<TRUE_BOX> {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.has_previous.visit(visitor);
        self.previous_close.visit(visitor);
        self.ranges.visit(visitor);
        self.extremes.visit(visitor);
    }
}

/// The highest and lowest price of a bar, widened to the close before it.
#[inline(always)]
fn true_bar(high: f64, low: f64, previous_close: f64) -> (f64, f64) {
    (larger(previous_close, high), smaller(previous_close, low))
}

#[inline(always)]
fn index(sum: f64, range: f64, log_n: f64) -> f64 {
    // The sum of a box without a range is not always 0: a plain box does not see the gaps.
    if sum <= 0.0 || range <= 0.0 { 100.0 } else { 100.0 * ((sum / range).log10() / log_n) }
}

impl<const TRUE_BOX: bool> Choppiness<TRUE_BOX> {
    /// At most [`PIECE`] bars behind a full window.
    #[inline(always)]
    fn run_piece(&mut self, [high, low, close]: [&[f64]; 3], out: &mut [f64], ranges: &mut Unrolled) {
        let n_bars = out.len();
        let ranges = &mut ranges[..self.n + n_bars];
        unroll(&self.ranges, ranges);
        let (mut highs, mut lows) = ([0.0; PIECE], [0.0; PIECE]);
        for bar in 0..n_bars {
            let previous_close = if bar == 0 { self.previous_close } else { close[bar - 1] };
            (highs[bar], lows[bar]) = true_bar(high[bar], low[bar], previous_close);
            ranges[self.n + bar] = highs[bar] - lows[bar];
        }
        self.previous_close = close[n_bars - 1];
        sums(&ranges[1..], self.n, out);
        roll_up(&mut self.ranges, ranges);
        let (high, low) = if TRUE_BOX { (&highs[..], &lows[..]) } else { (high, low) };
        self.extremes.run(
            &high[..n_bars],
            &low[..n_bars],
            #[inline(always)]
            |before, highest, lowest| {
                for (value, (&highest, &lowest)) in out[before..].iter_mut().zip(highest.iter().zip(lowest)) {
                    *value = index(*value, highest - lowest, self.log_n);
                }
            },
        );
    }
}

impl<const TRUE_BOX: bool> Indicator<3, 1> for Choppiness<TRUE_BOX> {
    const NAME: &'static str = if TRUE_BOX { "choptr" } else { "chop" };
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        Self {
            n,
            log_n: args[0].log10(),
            has_previous: false,
            previous_close: 0.0,
            ranges: Ring::new(n),
            extremes: Extremes::new(n),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let (true_high, true_low) = true_bar(high, low, self.previous_close);
        self.previous_close = close;
        if !self.has_previous {
            self.has_previous = true;
            return [f64::NAN];
        }
        self.ranges.push(true_high - true_low);
        let (high, low) = if TRUE_BOX { (true_high, true_low) } else { (high, low) };
        let Some((highest, lowest)) = self.extremes.step(high, low) else { return [f64::NAN] };
        let sum = self.ranges.iter().fold(0.0, |sum, range| sum + range);
        [index(sum, highest - lowest, self.log_n)]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        let missing = self.extremes.n_missing() + usize::from(!self.has_previous);
        let start = if self.n > LARGEST_WINDOW { out.len() } else { missing.min(out.len()) };
        step_each(self, inputs.map(|column| &column[..start]), [&mut out[..start]]);
        let mut ranges = [0.0; LARGEST_WINDOW + PIECE];
        for bars in pieces(start, out.len()) {
            self.run_piece(inputs.map(|column| &column[bars.clone()]), &mut out[bars], &mut ranges);
        }
    }
}
