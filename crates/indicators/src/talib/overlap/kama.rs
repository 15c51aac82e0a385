use std::hint::cold_path;

use crate::args;
use crate::indicator::{Indicator, constructor, copy_known, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::ring::Ring;

/// TA-Lib's adaptive moving average of Kaufman.
///
/// It moves by c² of its distance to each value. With the efficiency e, the net movement over `period` bars by the sum
/// of its steps (at most 1, and 1 where nothing moved or the sum is not above the net movement), c goes from 2/31 at
/// e = 0 to 2/3 at e = 1. The first distance is to the value before. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Kama {
    /// One value more than the period: as many steps as the period.
    window: Ring,
    path: Path,
    average: f64,
}

constructor!(Kama(period: usize));
memory!(Kama { window, path, average });

impl Indicator<1, 1> for Kama {
    const NAME: &'static str = "kama";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { window: Ring::new(period + 1), path: Path { period, length: 0.0, still: 0 }, average: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        let period = args::bars(args, 0);
        [if period == 1 { 0 } else { period }]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if self.path.period == 1 {
            return [value];
        }
        let was_full = self.window.is_full();
        let leaving = self.window.push(value);
        if self.window.len() == 1 {
            return [f64::NAN];
        }
        let previous = self.window.back(1);
        if was_full {
            self.path.remove(leaving, self.window.oldest());
        }
        self.path.add(previous, value);
        if !self.window.is_full() {
            return [f64::NAN];
        }
        if !was_full {
            self.average = previous;
        }
        let efficiency = self.path.efficiency(value - self.window.oldest());
        self.average = follow(self.average, value, efficiency);
        [self.average]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        let (period, n) = (self.path.period, self.window.capacity());
        if period == 1 {
            return copy_known(inputs, outputs);
        }
        run_behind_window(
            self,
            n,
            inputs,
            outputs,
            #[inline(always)]
            |state, [input], [out]| {
                let (mut path, mut average, mut known) = (state.path, state.average, true);
                for (out, values) in out.iter_mut().zip(input.windows(period + 2)) {
                    let (leaving, oldest, previous, value) = (values[0], values[1], values[period], values[period + 1]);
                    known &= is_known(value);
                    path.remove(leaving, oldest);
                    path.add(previous, value);
                    average = follow(average, value, path.efficiency(value - oldest));
                    *out = average;
                }
                if known {
                    (state.path, state.average) = (path, average);
                    state.window.extend(&input[n..]);
                }
                known
            },
        );
    }
}

/// c at an efficiency of 0.
const SLOWEST: f64 = 2.0 / (30.0 + 1.0);
/// From there to c at an efficiency of 1.
const SPAN: f64 = 2.0 / (2.0 + 1.0) - SLOWEST;

/// The average moved towards `value`.
#[inline(always)]
fn follow(average: f64, value: f64, efficiency: f64) -> f64 {
    let constant = efficiency.mul_add(SPAN, SLOWEST);
    (value - average).mul_add(constant * constant, average)
}

/// The way of the price in the window.
#[derive(Clone, Copy, Debug)]
struct Path {
    period: usize,
    /// Sum of the absolute steps.
    length: f64,
    /// Steps of exactly 0 in a row, at most `period`.
    still: usize,
}

memory!(Path { length, still });

impl Path {
    #[inline(always)]
    fn remove(&mut self, from: f64, to: f64) {
        self.length -= (from - to).abs();
    }

    #[inline(always)]
    fn add(&mut self, from: f64, to: f64) {
        let step = (to - from).abs();
        self.length += step;
        self.still = if step <= 0.0 { (self.still + 1).min(self.period) } else { 0 };
    }

    #[inline(always)]
    fn efficiency(&mut self, net: f64) -> f64 {
        if self.still == self.period {
            cold_path();
            // Nothing moved in the whole window: what is left of the sum is rounding.
            self.length = 0.0;
            return 1.0;
        }
        if self.length <= 0.0 || self.length <= net {
            cold_path();
            return 1.0;
        }
        let efficiency = (net / self.length).abs();
        if efficiency > 1.0 { 1.0 } else { efficiency }
    }
}
