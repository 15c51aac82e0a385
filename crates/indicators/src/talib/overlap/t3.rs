use crate::args;
use crate::indicator::{Indicator, constructor, copy_known, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's T3: Tillson's generalised double average, thrice over.
///
/// Six exponential averages are stacked; the result weighs the third to the sixth by powers of the volume factor v: at
/// v = 0 it is the third, at v = 1 the double exponential average applied three times. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct T3 {
    copies: bool,
    averages: [Smoothing; 6],
    /// Values until the last average has begun.
    seeds: usize,
    weights: Weights,
}

constructor!(T3(period: usize, volume_factor: f64));
memory!(T3 { averages });

/// Weights of the third to the sixth average.
#[derive(Clone, Copy, Debug)]
struct Weights([f64; 4]);

impl Weights {
    fn new(factor: f64) -> Self {
        let square = factor * factor;
        let sixth = -(square * factor);
        let fifth = 3.0 * (square - sixth);
        let fourth = -6.0 * square - 3.0 * (factor - sixth);
        let third = 3.0_f64.mul_add(square, 3.0_f64.mul_add(factor, 1.0) - sixth);
        Self([third, fourth, fifth, sixth])
    }

    #[inline(always)]
    fn apply(self, [_, _, e3, e4, e5, e6]: [f64; 6]) -> f64 {
        let Self([third, fourth, fifth, sixth]) = self;
        third.mul_add(e3, fourth.mul_add(e4, sixth.mul_add(e6, fifth * e5)))
    }
}

impl Indicator<1, 1> for T3 {
    const NAME: &'static str = "t3";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let (n, factor) = (args::bars(args, 0), args[1]);
        let alpha = 2.0 / (n as f64 + 1.0);
        Self {
            copies: n == 1,
            seeds: Self::lookback(args)[0] + 1,
            averages: [Smoothing::new(n, 1.0 - alpha, alpha); 6],
            weights: Weights::new(factor),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [6 * (args::bars(args, 0) - 1)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if self.copies {
            return [value];
        }
        if self.averages[5].is_seeded() {
            return [self.weights.apply(follow(&mut self.averages, value))];
        }
        let mut values = [value; 6];
        let mut last = value;
        for (value, average) in values.iter_mut().zip(&mut self.averages) {
            last = average.step(last);
            *value = last;
            if !average.is_seeded() {
                return [f64::NAN];
            }
        }
        [self.weights.apply(values)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        if self.copies {
            return copy_known(inputs, outputs);
        }
        let seeds = if self.averages[5].is_seeded() { 0 } else { self.seeds };
        run_behind_window(
            self,
            seeds,
            inputs,
            outputs,
            #[inline(always)]
            |state, [input], [out]| {
                let (mut averages, mut known) = (state.averages, true);
                for (out, &value) in out.iter_mut().zip(&input[seeds..]) {
                    known &= is_known(value);
                    *out = state.weights.apply(follow(&mut averages, value));
                }
                if known {
                    state.averages = averages;
                }
                known
            },
        );
    }
}

/// Each seeded average of the one before it.
#[inline(always)]
fn follow([first, second, third, fourth, fifth, sixth]: &mut [Smoothing; 6], value: f64) -> [f64; 6] {
    let e1 = first.follow(value);
    let e2 = second.follow(e1);
    let e3 = third.follow(e2);
    let e4 = fourth.follow(e3);
    let e5 = fifth.follow(e4);
    [e1, e2, e3, e4, e5, sixth.follow(e5)]
}
