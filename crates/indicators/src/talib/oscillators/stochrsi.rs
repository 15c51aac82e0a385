use super::rsi::Rsi;
use super::stochf::Stochf;
use crate::MovingAverage;
use crate::args;
use crate::indicator::{Indicator, constructor, run_computed, step_each};
use crate::memory::memory;

/// TA-Lib's stochastic relative strength index: the fast stochastic ([`Stochf`]) of the [`Rsi`].
#[derive(Clone, Debug)]
pub struct Stochrsi {
    n_seeds: usize,
    rsi: Rsi,
    stochf: Stochf,
    /// Prices until there is a relative strength.
    seen: usize,
}

constructor!(Stochrsi(period: usize, fast_k_period: usize, fast_d_period: usize, fast_d_ma: MovingAverage));
memory!(Stochrsi { rsi, stochf, seen });

impl Indicator<1, 2> for Stochrsi {
    const NAME: &'static str = "stochrsi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self { n_seeds: args::bars(args, 0), rsi: Rsi::build(&args[..1]), stochf: Stochf::build(&args[1..]), seen: 0 }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) + Stochf::lookback(&args[1..])[0]; 2]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 2] {
        let [rsi] = self.rsi.step([price]);
        if self.seen < self.n_seeds {
            self.seen += 1;
            return [f64::NAN; 2];
        }
        self.stochf.step([rsi; 3])
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [k_out, d_out]: [&mut [f64]; 2]) {
        const BLOCK: usize = 512;
        let start = (self.n_seeds - self.seen).min(prices.len());
        step_each(self, [&prices[..start]], [&mut k_out[..start], &mut d_out[..start]]);
        let mut rsi = [0.0; BLOCK];
        let outputs = k_out[start..].chunks_mut(BLOCK).zip(d_out[start..].chunks_mut(BLOCK));
        for (prices, (k_out, d_out)) in prices[start..].chunks(BLOCK).zip(outputs) {
            let rsi = &mut rsi[..prices.len()];
            run_computed(&mut self.rsi, prices, rsi);
            self.stochf.run_known([&*rsi; 3], [k_out, d_out]);
        }
    }
}
