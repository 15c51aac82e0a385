use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's excess kurtosis of the last `period` values, as of a sample: 0 for a normal distribution.
///
/// From sums of the first four powers of the values' deviations from a level near them. When the second or fourth
/// moment falls below a part of the largest sum held since, digits are lost; then, and every 32 windows, the level moves
/// to the mean and the sums are taken anew. A flat window has none: NaN.
#[derive(Clone, Debug)]
pub struct Kurtosis {
    window: Ring,
    sums: Sums,
}

constructor!(Kurtosis(period: usize));
memory!(Kurtosis { window, sums });

impl Indicator<1, 1> for Kurtosis {
    const NAME: &'static str = "kurtosis";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = BLOCK;

    fn build(args: &[f64]) -> Self {
        Self { window: Ring::new(args::bars(args, 0)), sums: Sums::new(args[0]) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if self.window.len() == 0 {
            self.sums.level = value;
        }
        let was_full = self.window.is_full();
        let leaving = self.window.push(value);
        if was_full {
            self.sums.remove(leaving);
        }
        if self.window.is_full() {
            let moments = self.sums.next(value, || self.window.iter());
            return [self.sums.sample.kurtosis(moments)];
        }
        self.sums.add(value);
        [f64::NAN]
    }

    /// Once the window is full what leaves it is read in stretches, and the quotients, which do not wait for one
    /// another, follow their moments.
    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let (first, rest) = input.split_at(input.len().min(self.window.free()));
        let (first_out, out) = out.split_at_mut(first.len());
        step_each(self, [first], [first_out]);
        for (input, out) in rest.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
            let mut fourths = [0.0; BLOCK];
            let mut sums = self.sums;
            let mut bars = out.iter_mut().zip(&mut fourths).zip(input).enumerate();
            for leaving in self.window.leaving(input) {
                for (&leaving, (place, ((second, fourth), &value))) in leaving.iter().zip(&mut bars) {
                    sums.remove(leaving);
                    [*second, *fourth] = sums.next(value, || self.window.iter_behind(&input[..=place]));
                }
            }
            for (value, &fourth) in out.iter_mut().zip(&fourths) {
                *value = sums.sample.kurtosis([*value, fourth]);
            }
            self.sums = sums;
            self.window.extend(input);
        }
    }
}

/// Values whose moments are worked out before their kurtosis.
const BLOCK: usize = 256;

/// The number of values, and what the kurtosis of a sample needs to know of it.
#[derive(Clone, Copy, Debug)]
struct Sample {
    n: f64,
    one_over_n: f64,
    factor: f64,
    minus: f64,
}

impl Sample {
    /// From the sums of the second and fourth powers of the distances from the mean.
    #[inline(always)]
    fn kurtosis(&self, [second, fourth]: [f64; 2]) -> f64 {
        let variance = second / (self.n - 1.0);
        self.factor * (fourth / (variance * variance)) - self.minus
    }
}

#[derive(Clone, Copy, Debug)]
struct Sums {
    sample: Sample,
    /// Values from one renewal of the level to the next, if nothing asks for an earlier one.
    renewal_values: usize,
    /// Values since the last renewal.
    since: usize,
    level: f64,
    /// Sums of (value − level)ᵖ for p = 1 to 4 over the window.
    powers: [f64; 4],
    /// The largest sums of the second and fourth powers since the last renewal.
    peaks: [f64; 2],
}

memory!(Sums { since, level, powers, peaks });

impl Sums {
    /// A moment below this part of its peak has lost digits to rounding.
    const RENEW_BELOW: f64 = 0.01;

    fn new(n: f64) -> Self {
        let sample = Sample {
            n,
            one_over_n: 1.0 / n,
            factor: n * (n + 1.0) / ((n - 1.0) * (n - 2.0) * (n - 3.0)),
            minus: 3.0 * (n - 1.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0)),
        };
        let renewal_values = 32 * args::bars(&[n], 0);
        Self { sample, renewal_values, since: 0, level: 0.0, powers: [0.0; 4], peaks: [0.0; 2] }
    }

    #[inline(always)]
    fn powers_of(deviation: f64) -> [f64; 4] {
        let square = deviation * deviation;
        [deviation, square, square * deviation, square * square]
    }

    #[inline(always)]
    fn add(&mut self, value: f64) {
        for (sum, power) in self.powers.iter_mut().zip(Self::powers_of(value - self.level)) {
            *sum += power;
        }
        for (peak, sum) in self.peaks.iter_mut().zip([self.powers[1], self.powers[3]]) {
            *peak = if sum > *peak { sum } else { *peak };
        }
    }

    #[inline(always)]
    fn remove(&mut self, value: f64) {
        for (sum, power) in self.powers.iter_mut().zip(Self::powers_of(value - self.level)) {
            *sum -= power;
        }
    }

    /// The distance of the level from the mean, and the sums of the second and fourth powers around the mean.
    #[inline(always)]
    fn moments(&self) -> (f64, [f64; 2]) {
        let [first, second, third, fourth] = self.powers;
        let distance = first * self.sample.one_over_n;
        let square = distance * distance;
        let central = (6.0 * square).mul_add(second, fourth - 4.0 * distance * third);
        (distance, [second - self.sample.n * square, central - 3.0 * self.sample.n * square * square])
    }

    /// Takes the value that fills the window, and gives its moments.
    #[inline(always)]
    fn next<I: Iterator<Item = f64>>(&mut self, value: f64, window: impl Fn() -> I) -> [f64; 2] {
        self.add(value);
        let (_, mut moments) = self.moments();
        self.since += 1;
        if Self::lost(moments, self.peaks) || self.since == self.renewal_values {
            *self = self.renewed(window);
            (_, moments) = self.moments();
        }
        moments
    }

    #[inline(always)]
    fn lost(moments: [f64; 2], of: [f64; 2]) -> bool {
        moments[0] < Self::RENEW_BELOW * of[0] || moments[1] < Self::RENEW_BELOW * of[1]
    }

    /// The sums around the mean of the window; around a mean taken from those sums if the first does not serve.
    #[cold]
    #[inline(never)]
    fn renewed<I: Iterator<Item = f64>>(self, window: impl Fn() -> I) -> Self {
        let mean = window().fold(0.0, |sum, value| sum + value) * self.sample.one_over_n;
        let sums = self.around(mean, window());
        let (distance, moments) = sums.moments();
        if Self::lost(moments, [sums.powers[1], sums.powers[3]]) {
            self.around(mean + distance, window())
        } else {
            sums
        }
    }

    fn around(self, level: f64, window: impl Iterator<Item = f64>) -> Self {
        let mut sums = Self { since: 0, level, powers: [0.0; 4], peaks: [0.0; 2], ..self };
        for value in window {
            sums.add(value);
        }
        sums
    }
}
