use crate::args;
use crate::fast::ema::{Average, wilder};
use crate::fast::vector::{Eight, behind, each, in_eights};
use crate::indicator::{Indicator, constructor};
use crate::lanes::lockstep::Lane;
use crate::lanes::{OfRanges, run_ranges};
use crate::memory::memory;
use crate::simd;

/// The range of a bar, widened to the close before it.
#[inline(always)]
pub(crate) fn true_range(high: f64, low: f64, previous_close: f64) -> f64 {
    let from_high = (high - previous_close).abs();
    let from_low = (low - previous_close).abs();
    let farther = if from_high > from_low { from_high } else { from_low };
    let range = high - low;
    if farther > range { farther } else { range }
}

/// [`true_range`] of eight bars.
#[inline(always)]
pub(crate) fn true_ranges(high: &Eight, low: &Eight, previous_close: &Eight) -> Eight {
    each(
        #[inline(always)]
        |lane| true_range(high[lane], low[lane], previous_close[lane]),
    )
}

/// The average true range and the close of the last bar.
#[derive(Clone, Copy, Debug)]
struct Ranges {
    average: Average,
    started: bool,
    close: f64,
}

memory!(Ranges { average, started, close });

impl Ranges {
    fn new(period: usize) -> Self {
        Self { average: wilder(period), started: false, close: 0.0 }
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> f64 {
        let before = std::mem::replace(&mut self.close, close);
        if !self.started {
            self.started = true;
            return f64::NAN;
        }
        self.average.step(true_range(high, low, before))
    }

    #[inline(always)]
    fn bars_to_eight(&self) -> usize {
        usize::from(!self.started) + self.average.bars_to_eight()
    }

    /// The averages, each changed by `finish` with the closes.
    #[inline(always)]
    fn eights(
        &mut self,
        [high, low, close]: [&[Eight]; 3],
        out: &mut [Eight],
        finish: impl Fn(Eight, &Eight) -> Eight,
    ) {
        let mut ranges = *self;
        for (((out, high), low), close) in out.iter_mut().zip(high).zip(low).zip(close) {
            let range = true_ranges(high, low, &behind(ranges.close, close));
            ranges.close = close[7];
            let mut average = [[0.0; 8]];
            ranges.average.eights(
                &mut average,
                #[inline(always)]
                |_| range,
            );
            *out = finish(average[0], close);
        }
        *self = ranges;
    }
}

/// Average true range: the mean of the first n true ranges, the first of which is that of the second bar, then Wilder's
/// average of them.
#[derive(Clone, Debug)]
pub struct Atr(Ranges);

/// Average true range in percent of the close; 0 where the close is 0.
#[derive(Clone, Debug)]
pub struct Natr(Ranges);

#[inline(always)]
fn percent(range: f64, close: f64) -> f64 {
    if close == 0.0 && !range.is_nan() { 0.0 } else { 100.0 * (range / close) }
}

#[inline(always)]
fn itself(range: f64, _close: f64) -> f64 {
    range
}

macro_rules! of_ranges {
    ($state:ident, $name:literal, $value:expr $(, $lanes:item)?) => {
        constructor!($state(period: usize));

        impl crate::Memory for $state {
            #[inline(always)]
            fn visit(&mut self, visitor: &mut impl crate::Visitor) {
                self.0.visit(visitor);
            }
        }

        impl Indicator<3, 1> for $state {
            const NAME: &'static str = $name;
            const DISPATCH: bool = true;

            fn build(args: &[f64]) -> Self {
                Self(Ranges::new(args::bars(args, 0)))
            }

            fn lookback(args: &[f64]) -> [usize; 1] {
                [args::bars(args, 0)]
            }

            #[inline(always)]
            fn step(&mut self, bar: [f64; 3]) -> [f64; 1] {
                [$value(self.0.step(bar), bar[2])]
            }

            #[inline(always)]
            fn run_known(&mut self, bars: [&[f64]; 3], out: [&mut [f64]; 1]) {
                let head = self.0.bars_to_eight();
                in_eights(
                    self,
                    head,
                    bars,
                    out,
                    #[inline(always)]
                    |state, bars, [out]| {
                        state.0.eights(
                            bars,
                            out,
                            #[inline(always)]
                            |range, close| each(#[inline(always)] |lane| $value(range[lane], close[lane])),
                        );
                    },
                );
            }

            $($lanes)?
        }
    };
}

of_ranges!(
    Atr,
    "atr",
    itself,
    fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; 3]], outputs: &mut [[&mut [f64]; 1]]) {
        run_ranges(states, inputs, outputs);
    }
);
of_ranges!(Natr, "natr", percent);

impl OfRanges<11, 1> for Atr {
    const LONGEST_IN_STEP: usize = 0;

    fn bars_to_ranges(&self) -> usize {
        self.0.bars_to_eight()
    }

    fn close(&self) -> f64 {
        if self.0.started { self.0.close } else { f64::NAN }
    }

    fn set_close(&mut self, close: f64) {
        self.0.close = close;
    }

    #[inline(always)]
    fn range(high: f64, low: f64, close_before: f64) -> f64 {
        true_range(high, low, close_before)
    }
}

/// Of the true ranges.
impl Lane<11, 1> for Atr {
    type Recursion = Average;

    #[inline(always)]
    fn recursion(&mut self) -> &mut Average {
        &mut self.0.average
    }

    fn run_alone(&mut self, ranges: &[f64], out: &mut [f64]) {
        simd::dispatch(
            #[inline(always)]
            || self.0.average.run(ranges, out),
        );
    }
}
