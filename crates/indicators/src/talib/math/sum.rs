use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's sum of the last `period` values, from one running total.
///
/// The oldest value is taken away before the newest is added. A value far larger than the others leaves an error of
/// 10⁻¹⁶ of its own size behind.
#[derive(Clone, Debug)]
pub struct Sum {
    window: Ring,
    total: f64,
}

constructor!(Sum(period: usize));
memory!(Sum { window, total });

impl Indicator<1, 1> for Sum {
    const NAME: &'static str = "sum";
    const BLOCK_BARS: usize = 256;

    fn build(args: &[f64]) -> Self {
        Self { window: Ring::new(args::bars(args, 0)), total: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let leaving = self.window.push(value);
        self.total = self.total - leaving + value;
        [if self.window.is_full() { self.total } else { f64::NAN }]
    }

    /// Once the window is full the values that leave it are read in stretches.
    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let filling = input.len().min(self.window.free());
        let (first, rest) = input.split_at(filling);
        let (first_out, rest_out) = out.split_at_mut(filling);
        step_each(self, [first], [first_out]);
        let mut total = self.total;
        let mut bars = rest_out.iter_mut().zip(rest);
        for leaving in self.window.leaving(rest) {
            for (&leaving, (sum, &entering)) in leaving.iter().zip(&mut bars) {
                total = total - leaving + entering;
                *sum = total;
            }
        }
        self.total = total;
        self.window.extend(rest);
    }
}
