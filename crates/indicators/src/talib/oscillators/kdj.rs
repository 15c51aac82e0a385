use super::stoch::Stoch;
use crate::MovingAverage;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// TA-Lib's KDJ: K and D of [`Stoch`], and J = 3K − 2D.
#[derive(Clone, Debug)]
pub struct Kdj {
    stoch: Stoch,
}

constructor!(Kdj(
    fast_k_period: usize,
    slow_k_period: usize,
    slow_k_ma: MovingAverage,
    slow_d_period: usize,
    slow_d_ma: MovingAverage
));
memory!(Kdj { stoch });

impl Indicator<3, 3> for Kdj {
    const NAME: &'static str = "kdj";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self { stoch: Stoch::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [Stoch::lookback(args)[0]; 3]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 3] {
        let [k, d] = self.stoch.step(bar);
        [k, d, 3.0 * k - 2.0 * d]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [k, d, j]: [&mut [f64]; 3]) {
        self.stoch.run_known(inputs, [k, d]);
        for (j, (&k, &d)) in j.iter_mut().zip(k.iter().zip(&*d)) {
            *j = 3.0 * k - 2.0 * d;
        }
    }
}
