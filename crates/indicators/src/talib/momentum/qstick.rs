use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
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
    fn run_known(&mut self, [opens, closes]: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let n_first = opens.len().min(self.bodies.capacity());
        step_first(self, n_first, [opens, closes], &mut [&mut *out]);
        let mut total = self.total;
        let entering = opens[n_first..].iter().zip(&closes[n_first..]);
        let leaving = opens.iter().zip(closes).skip(1);
        for ((mean, (&open, &close)), (&old_open, &old_close)) in out[n_first..].iter_mut().zip(entering).zip(leaving) {
            total += close - open;
            *mean = total / self.n;
            total -= old_close - old_open;
        }
        self.total = total;
        let kept = opens.len().saturating_sub(self.bodies.capacity()).max(n_first);
        for (&open, &close) in opens[kept..].iter().zip(&closes[kept..]) {
            self.bodies.push(close - open);
        }
    }
}
