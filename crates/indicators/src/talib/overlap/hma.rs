use crate::args;
use crate::indicator::{Indicator, constructor, copy_known, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::ring::Ring;
use crate::talib::overlap::weighted::Weighted;

/// TA-Lib's Hull moving average: twice the weighted average of half the period less that of the whole period, smoothed
/// by a weighted average of √period values (rounded down, as half the period is). A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Hma {
    half_period: usize,
    /// The last n values; the newest n/2 of them are the window of the half period.
    window: Ring,
    full: Weighted,
    half: Weighted,
    differences: Ring,
    smooth: Weighted,
}

constructor!(Hma(period: usize));
memory!(Hma { window, full, half, differences, smooth });

impl Hma {
    /// The smoothed average, once there are √period differences.
    #[inline(always)]
    fn smooth(&mut self, difference: f64) -> f64 {
        let leaving = self.differences.push(difference);
        if !self.differences.is_full() {
            self.smooth.begin(difference, self.differences.len());
            return f64::NAN;
        }
        if self.differences.capacity() == 1 {
            return difference;
        }
        self.smooth.step(difference, leaving, || self.differences.iter())
    }

    /// Puts the smoothed average in the place of each difference, of which there were √period before.
    #[inline(always)]
    fn smooth_all(&mut self, differences: &mut [f64]) {
        if self.differences.capacity() == 1 {
            return;
        }
        let mut smooth = self.smooth;
        for difference in differences {
            let leaving = self.differences.push(*difference);
            *difference = smooth.step(*difference, leaving, || self.differences.iter());
        }
        self.smooth = smooth;
    }
}

impl Indicator<1, 1> for Hma {
    const NAME: &'static str = "hma";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        let half_period = (n / 2).max(1);
        Self {
            half_period,
            window: Ring::new(n),
            full: Weighted::new(n),
            half: Weighted::new(half_period),
            differences: Ring::new(n.isqrt()),
            smooth: Weighted::new(n.isqrt()),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        let n = args::bars(args, 0);
        [n - 1 + n.isqrt() - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let (n, half) = (self.window.capacity(), self.half_period);
        let was_full = self.window.is_full();
        let leaving = self.window.push(value);
        let place = self.window.len();
        if place < n {
            self.full.begin(value, place);
            if place > n - half {
                self.half.begin(value, place - (n - half));
            }
            return [f64::NAN];
        }
        if n == 1 {
            return [value];
        }
        let leaving_half = if was_full { self.window.back(half) } else { 0.0 };
        let full = self.full.step(value, leaving, || self.window.iter());
        let half_average =
            if half == 1 { value } else { self.half.step(value, leaving_half, || self.window.iter().skip(n - half)) };
        [self.smooth(2.0 * half_average - full)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        let (n, half) = (self.window.capacity(), self.half_period);
        if n == 1 {
            return copy_known(inputs, outputs);
        }
        // Behind the first smoothed value.
        let first = n + self.differences.capacity();
        run_behind_window(
            self,
            first,
            inputs,
            outputs,
            #[inline(always)]
            |state, [input], [out]| {
                let (mut full, mut newer, mut known) = (state.full, state.half, true);
                let input = &input[first - n..];
                for (average, values) in out.iter_mut().zip(input.windows(n + 1)) {
                    known &= is_known(values[n]);
                    let whole = full.step(values[n], values[0], || values[1..].iter().copied());
                    let newer = if half == 1 {
                        values[n]
                    } else {
                        newer.step(values[n], values[n - half], || values[n + 1 - half..].iter().copied())
                    };
                    *average = 2.0 * newer - whole;
                }
                if known {
                    (state.full, state.half) = (full, newer);
                    state.window.extend(&input[n..]);
                    state.smooth_all(out);
                }
                known
            },
        );
    }
}
