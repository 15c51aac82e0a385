use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::cycle::hilbert::{Hilbert, degrees};

/// TA-Lib's adaptive moving averages of Ehlers, MAMA and the one that follows it, FAMA.
///
/// MAMA moves by `fast_limit`/Δ of its distance to each value, but at least by `slow_limit`, where Δ is the fall in
/// degrees of the phase of the price's cycle since the bar before (1 if less). FAMA moves by half of that towards MAMA.
/// Both start at 0 on the thirteenth bar.
#[derive(Clone, Debug)]
pub struct Mama {
    fast_limit: f64,
    slow_limit: f64,
    hilbert: Hilbert,
    phase: f64,
    /// MAMA.
    fast: f64,
    /// FAMA.
    slow: f64,
}

constructor!(Mama(fast_limit: f64, slow_limit: f64));
memory!(Mama { hilbert, phase, fast, slow });

impl Indicator<1, 2> for Mama {
    const NAME: &'static str = "mama";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { fast_limit: args[0], slow_limit: args[1], hilbert: Hilbert::new(12), phase: 0.0, fast: 0.0, slow: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 2] {
        [32; 2]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 2] {
        let Some(cycle) = self.hilbert.step(value) else { return [f64::NAN; 2] };
        let phase = if cycle.in_phase == 0.0 { 0.0 } else { degrees(cycle.quadrature / cycle.in_phase) };
        let fall = std::mem::replace(&mut self.phase, phase) - phase;
        let share = if fall > 1.0 {
            let share = self.fast_limit / fall;
            if self.slow_limit > share { self.slow_limit } else { share }
        } else {
            self.fast_limit
        };
        self.fast = (1.0 - share).mul_add(self.fast, share * value);
        let half = share * 0.5;
        self.slow = (1.0 - half).mul_add(self.slow, half * self.fast);
        if self.hilbert.seen() > 32 { [self.fast, self.slow] } else { [f64::NAN; 2] }
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 2]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
