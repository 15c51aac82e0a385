use crate::indicator::{Indicator, constructor};
use crate::memory::{Memory, Visitor};
use crate::talib::Ma;
use crate::{MovingAverage, args};

/// TA-Lib's moving average with a period of its own on each bar, read from the second column.
///
/// The periods are cut to whole numbers from `minimum_period` (or the maximum, if that is less) to `maximum_period`. An
/// average of each of these runs along, so a bar costs as much as that many averages; all begin with the first value of
/// the longest.
#[derive(Clone, Debug)]
pub struct Mavp {
    minimum: f64,
    maximum: f64,
    averages: Box<[Delayed]>,
}

/// The average of one period.
#[derive(Clone, Debug)]
struct Delayed {
    /// Values that it leaves out.
    skipped: usize,
    seen: usize,
    average: Ma,
}

constructor!(Mavp(minimum_period: usize, maximum_period: usize, ma_type: MovingAverage));

impl Memory for Mavp {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        for delayed in &mut self.averages {
            delayed.seen.visit(visitor);
            delayed.average.visit(visitor);
        }
    }
}

impl Indicator<2, 1> for Mavp {
    const NAME: &'static str = "mavp";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let maximum = args::bars(args, 1);
        let minimum = args::bars(args, 0).min(maximum);
        let kind = args::average(args, 2);
        let lookback = Ma::lookback(kind, maximum);
        let averages = (minimum..=maximum).map(|period| Delayed {
            skipped: lookback - Ma::lookback(kind, period),
            seen: 0,
            average: Ma::build(kind, period),
        });
        Self { minimum: minimum as f64, maximum: args[1], averages: averages.collect() }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [Ma::lookback(args::average(args, 2), args::bars(args, 1))]
    }

    #[inline(always)]
    fn step(&mut self, [value, period]: [f64; 2]) -> [f64; 1] {
        let wanted = self.wanted(period);
        let mut result = f64::NAN;
        for (index, delayed) in self.averages.iter_mut().enumerate() {
            if delayed.seen < delayed.skipped {
                delayed.seen += 1;
                continue;
            }
            let average = delayed.average.step(value);
            if index == wanted {
                result = average;
            }
        }
        [result]
    }

    /// Some bars at a time, average by average.
    #[inline(always)]
    fn run_known(&mut self, [values, periods]: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let (mut wanted, mut averages) = ([0; CHUNK_BARS], [0.0; CHUNK_BARS]);
        let chunks = values.chunks(CHUNK_BARS).zip(periods.chunks(CHUNK_BARS)).zip(out.chunks_mut(CHUNK_BARS));
        for ((values, periods), out) in chunks {
            out.fill(f64::NAN);
            for (wanted, &period) in wanted.iter_mut().zip(periods) {
                *wanted = self.wanted(period);
            }
            for (index, delayed) in self.averages.iter_mut().enumerate() {
                let skipped = values.len().min(delayed.skipped - delayed.seen);
                delayed.seen += skipped;
                let averages = &mut averages[skipped..values.len()];
                delayed.average.run_block([&values[skipped..]], [&mut *averages]);
                for ((out, &average), &wanted) in out[skipped..].iter_mut().zip(&*averages).zip(&wanted[skipped..]) {
                    *out = if wanted == index { average } else { *out };
                }
            }
        }
    }
}

/// Bars that an average takes at once.
const CHUNK_BARS: usize = 512;

impl Mavp {
    /// The index of the average over `period` values.
    #[inline(always)]
    fn wanted(&self, period: f64) -> usize {
        let period = period.clamp(self.minimum, self.maximum);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 and 9,999")]
        let index = (period - self.minimum) as usize;
        index
    }
}
