use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::overlap::channel::Channel;

/// TA-Lib's fractal adaptive moving average of Ehlers.
///
/// With R₁ and R₂, the ranges (highest high less lowest low) of the newer and the older half of the window, and R that
/// of both, the middle of each bar gets the weight ((R₁ + R₂)/R)^(−4.6/ln 2), the full weight where a range is 0 or the
/// two halves do not exceed the whole. An odd period leaves out the oldest bar; the average starts at the middle of the
/// bar before its first value.
#[derive(Clone, Debug)]
pub struct Frama {
    newer: Channel,
    average: Average,
}

constructor!(Frama(period: usize));
memory!(Frama { newer, average });

impl Indicator<2, 1> for Frama {
    const NAME: &'static str = "frama";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        let half = period / 2;
        let average = Average { period, seen: 0, highs: Ring::new(half), lows: Ring::new(half), value: 0.0 };
        Self { newer: Channel::new(half), average }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let (highest, lowest) = self.newer.step(high, low);
        [self.average.step(0.5 * (high + low), highest, lowest)]
    }

    #[inline(always)]
    fn run_known(&mut self, [highs, lows]: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let Self { newer, average } = self;
        newer.run(
            highs,
            lows,
            #[inline(always)]
            |bar, highest, lowest| {
                let bars = highs[bar..].iter().zip(&lows[bar..]).zip(highest.iter().zip(lowest));
                for (out, ((high, low), (&highest, &lowest))) in out[bar..].iter_mut().zip(bars) {
                    *out = average.step(0.5 * (high + low), highest, lowest);
                }
            },
        );
    }
}

#[derive(Clone, Debug)]
struct Average {
    period: usize,
    /// Bars so far, at most `period`.
    seen: usize,
    /// The highest highs and lowest lows of the newer half, until they are those of the older half.
    highs: Ring,
    lows: Ring,
    value: f64,
}

memory!(Average { seen, highs, lows, value });

impl Average {
    /// Takes the middle of a bar and the extremes of the newer half of the window that ends with it.
    #[inline(always)]
    fn step(&mut self, middle: f64, high_1: f64, low_1: f64) -> f64 {
        let (high_2, low_2) = (self.highs.push(high_1), self.lows.push(low_1));
        if self.seen < self.period {
            self.seen += 1;
            self.value = middle;
            return f64::NAN;
        }
        let whole = (if high_1 > high_2 { high_1 } else { high_2 }) - (if low_1 < low_2 { low_1 } else { low_2 });
        self.value = match weight(high_1 - low_1, high_2 - low_2, whole) {
            Some(weight) => (1.0 - weight).mul_add(self.value, weight * middle),
            None => middle,
        };
        self.value
    }
}

/// −4.6 by the logarithm of 2.
const EXPONENT: f64 = -4.6 / std::f64::consts::LN_2;

/// The weight of a bar; `None` for the full weight.
#[inline(always)]
#[expect(clippy::disallowed_methods, reason = "TA-Lib takes the platform's functions: equal bits on each platform")]
fn weight(newer: f64, older: f64, whole: f64) -> Option<f64> {
    let halves = newer + older;
    (newer > 0.0 && older > 0.0 && halves > whole).then(|| (EXPONENT * (halves / whole).ln()).exp())
}
