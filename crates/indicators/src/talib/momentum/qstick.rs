use crate::args;
use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::ring::Ring;

/// TA-Lib's Qstick: the simple average of the bodies, close − open, from one running total.
#[derive(Clone, Debug)]
pub struct Qstick {
    n: f64,
    bodies: Ring,
    /// Sum of the window without its oldest body, once the window is full.
    total: f64,
}

constructor!(Qstick(period: usize));
memory!(Qstick { bodies, total });

impl Indicator<2, 1> for Qstick {
    const NAME: &'static str = "qstick";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { n: args[0], bodies: Ring::new(args::bars(args, 0)), total: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [open, close]: [f64; 2]) -> [f64; 1] {
        self.bodies.push(close - open);
        self.total += close - open;
        if !self.bodies.is_full() {
            return [f64::NAN];
        }
        let mean = self.total / self.n;
        self.total -= self.bodies.oldest();
        [mean]
    }

    /// Behind the first window the bodies that leave it are computed again from the columns.
    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 1]) {
        let n = self.bodies.capacity();
        run_behind_window(
            self,
            n,
            inputs,
            outputs,
            #[inline(always)]
            |state, [opens, closes], [out]| {
                let (mut total, mut known) = (state.total, true);
                let entering = opens[n..].iter().zip(&closes[n..]);
                let leaving = opens[1..].iter().zip(&closes[1..]);
                for ((mean, (&open, &close)), (&old_open, &old_close)) in out.iter_mut().zip(entering).zip(leaving) {
                    known &= is_known(open) & is_known(close);
                    total += close - open;
                    *mean = total / state.n;
                    total -= old_close - old_open;
                }
                if known {
                    state.total = total;
                    for (&open, &close) in opens[opens.len() - n..].iter().zip(&closes[closes.len() - n..]) {
                        state.bodies.push(close - open);
                    }
                }
                known
            },
        );
    }
}
