use crate::args;
use crate::fast::join::{self, Add};
use crate::fast::window::Window;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;

/// Simple moving average: the mean of the last n values, from a sum that only adds.
///
/// No value is ever subtracted, so that one far larger than the others leaves no error behind, and none piles up.
#[derive(Clone, Debug)]
pub struct Sma {
    one_over_n: f64,
    seen: usize,
    window: Window<Add>,
}

constructor!(Sma(period: usize));
memory!(Sma { seen, window });

impl Indicator<1, 1> for Sma {
    const NAME: &'static str = "sma";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 8192;

    fn build(args: &[f64]) -> Self {
        Self { one_over_n: 1.0 / args[0], seen: 0, window: Window::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let sum = self.window.step(value);
        if self.seen + 1 < self.window.len() {
            self.seen += 1;
            return [f64::NAN];
        }
        [sum * self.one_over_n]
    }

    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n = self.window.len();
        // As many bars as lie before the first whole window in the input.
        let first = (n - 1).max(n - 1 - self.seen).min(input.len());
        step_each(self, [&input[..first]], [&mut out[..first]]);
        if first < input.len() {
            join::windows::<Add>(n, &input[first + 1 - n..], self.one_over_n, &mut out[first..]);
            self.window.extend(input);
        }
    }
}
