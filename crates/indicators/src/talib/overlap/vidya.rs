use std::hint::cold_path;

use crate::args;
use crate::indicator::{Indicator, constructor, copy_known, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::ring::Ring;

/// TA-Lib's variable index dynamic average of Chande.
///
/// An exponential average whose weight for the new value, 2/(period + 1), is multiplied by the absolute Chande momentum
/// of the last `cmo_period` steps: rises less falls by their sum, 0 to 1. It starts at the first value and moves with
/// the momentum of the steps there are. Without movement it stands still. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Vidya {
    alpha: f64,
    copies: bool,
    /// One value more than the momentum's period: as many steps as the period.
    window: Ring,
    momentum: Momentum,
    average: f64,
}

constructor!(Vidya(period: usize, cmo_period: usize));
memory!(Vidya { window, momentum, average });

impl Indicator<1, 1> for Vidya {
    const NAME: &'static str = "vidya";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 1);
        Self {
            alpha: 2.0 / (args[0] + 1.0),
            copies: args::bars(args, 0) == 1,
            window: Ring::new(period + 1),
            momentum: Momentum { period, rises: 0.0, falls: 0.0, still: 0 },
            average: 0.0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [if args::bars(args, 0) == 1 { 0 } else { args::bars(args, 1) }]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if self.copies {
            return [value];
        }
        let was_full = self.window.is_full();
        let leaving = self.window.push(value);
        if self.window.len() == 1 {
            self.average = value;
            return [f64::NAN];
        }
        if was_full {
            self.momentum.remove(self.window.oldest() - leaving);
        }
        self.momentum.add(value - self.window.back(1));
        let share = self.momentum.share(self.alpha);
        self.average = (value - self.average).mul_add(share, self.average);
        [if self.window.is_full() { self.average } else { f64::NAN }]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        let (period, n) = (self.momentum.period, self.window.capacity());
        if self.copies {
            return copy_known(inputs, outputs);
        }
        run_behind_window(
            self,
            n,
            inputs,
            outputs,
            #[inline(always)]
            |state, [input], [out]| {
                let (mut momentum, mut average, mut known) = (state.momentum, state.average, true);
                for (out, values) in out.iter_mut().zip(input.windows(period + 2)) {
                    let value = values[period + 1];
                    known &= is_known(value);
                    momentum.remove(values[1] - values[0]);
                    momentum.add(value - values[period]);
                    average = (value - average).mul_add(momentum.share(state.alpha), average);
                    *out = average;
                }
                if known {
                    (state.momentum, state.average) = (momentum, average);
                    state.window.extend(&input[n..]);
                }
                known
            },
        );
    }
}

/// The steps of the window.
#[derive(Clone, Copy, Debug)]
struct Momentum {
    period: usize,
    rises: f64,
    falls: f64,
    /// Steps of exactly 0 in a row, at most `period`.
    still: usize,
}

memory!(Momentum { rises, falls, still });

impl Momentum {
    #[inline(always)]
    fn remove(&mut self, step: f64) {
        let (rise, fall) = rise_and_fall(step);
        self.rises -= rise;
        self.falls -= fall;
    }

    #[inline(always)]
    fn add(&mut self, step: f64) {
        let (rise, fall) = rise_and_fall(step);
        self.rises += rise;
        self.falls += fall;
        self.still = if step.abs() <= 0.0 { (self.still + 1).min(self.period) } else { 0 };
    }

    /// `alpha` times the absolute momentum.
    #[inline(always)]
    fn share(&mut self, alpha: f64) -> f64 {
        if self.still == self.period {
            cold_path();
            // Nothing moved in the whole window: what is left of the sums is rounding.
            (self.rises, self.falls) = (0.0, 0.0);
            return 0.0;
        }
        let sum = self.rises + self.falls;
        if sum > 0.0 { alpha * ((100.0 * (self.rises - self.falls) / sum).abs() / 100.0) } else { 0.0 }
    }
}

/// The rise and the fall of a step; one of them is 0.
#[inline(always)]
fn rise_and_fall(step: f64) -> (f64, f64) {
    let rise = (step + step.abs()) * 0.5;
    (rise, rise - step)
}
