use super::money_flow::{money_flow, money_flows};
use super::weights::Weights;
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;

/// TA-Lib's Chaikin oscillator: a fast minus a slow exponential average of the accumulation/distribution line.
///
/// Both averages start with the line's first value, not with a mean; the values before the longer period are left out.
/// `fast` may be the longer one, which turns the sign around.
#[derive(Clone, Debug)]
pub struct Adosc {
    warm_up: usize,
    fast: Weights,
    slow: Weights,
    /// Bars so far, up to the first with a value.
    seen: usize,
    line: f64,
    fast_average: f64,
    slow_average: f64,
}

constructor!(Adosc(fast: usize, slow: usize));
memory!(Adosc { seen, line, fast_average, slow_average });

impl Indicator<4, 1> for Adosc {
    const NAME: &'static str = "adosc";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(args: &[f64]) -> Self {
        Self {
            warm_up: Self::lookback(args)[0],
            fast: Weights::new(args[0]),
            slow: Weights::new(args[1]),
            seen: 0,
            line: 0.0,
            fast_average: 0.0,
            slow_average: 0.0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0).max(args::bars(args, 1)) - 1]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 4]) -> [f64; 1] {
        self.line += money_flow(bar);
        if self.seen == 0 {
            (self.fast_average, self.slow_average) = (self.line, self.line);
        } else {
            self.fast_average = self.fast.next(self.fast_average, self.line);
            self.slow_average = self.slow.next(self.slow_average, self.line);
        }
        if self.seen < self.warm_up {
            self.seen += 1;
            return [f64::NAN];
        }
        [self.fast_average - self.slow_average]
    }

    /// The flows first, which do not wait for one another, then the line and its averages.
    #[inline(always)]
    fn run_known(&mut self, bars: [&[f64]; 4], [out]: [&mut [f64]; 1]) {
        let filling = out.len().min(self.warm_up - self.seen);
        let (first_out, out) = out.split_at_mut(filling);
        step_each(self, bars.map(|column| &column[..filling]), [first_out]);
        money_flows(bars.map(|column| &column[filling..]), out);
        let mut state = self.clone();
        for value in out {
            state.line += *value;
            state.fast_average = state.fast.next(state.fast_average, state.line);
            state.slow_average = state.slow.next(state.slow_average, state.line);
            *value = state.fast_average - state.slow_average;
        }
        *self = state;
    }
}
