use super::batch::step_first;
use super::change::percent_change;
use crate::args;
use crate::indicator::{Indicator, constructor, run_computed};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::Wma;

/// TA-Lib's Coppock curve: the weighted average of the sum of two rates of change in percent.
///
/// The sum, as published, not the mean, as some programs have it. The two periods may stand in either order.
#[derive(Clone, Debug)]
pub struct Coppock {
    past: [usize; 2],
    /// As many prices as the longer rate of change looks back.
    prices: Ring,
    average: Wma,
}

/// Sums of rates that are averaged in one go.
const CHUNK_BARS: usize = 512;

constructor!(Coppock(wma_period: usize, roc_1_period: usize, roc_2_period: usize));
memory!(Coppock { prices, average });

impl Indicator<1, 1> for Coppock {
    const NAME: &'static str = "coppock";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let past = [args::bars(args, 1), args::bars(args, 2)];
        Self { past, prices: Ring::new(past[0].max(past[1])), average: Wma::build(&args[..1]) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 1).max(args::bars(args, 2)) + args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        if !self.prices.is_full() {
            self.prices.push(price);
            return [f64::NAN];
        }
        let [first, second] = self.past.map(|bars| percent_change(price, self.prices.back(bars - 1)));
        self.prices.push(price);
        self.average.step([first + second])
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n_first = prices.len().min(self.prices.capacity());
        step_first(self, n_first, [prices], &mut [&mut *out]);
        let mut sums = [0.0; CHUNK_BARS];
        for start in (n_first..prices.len()).step_by(CHUNK_BARS) {
            let end = prices.len().min(start + CHUNK_BARS);
            let sums = &mut sums[..end - start];
            let past = prices[start - self.past[0]..].iter().zip(&prices[start - self.past[1]..]);
            for ((sum, &price), (&first, &second)) in sums.iter_mut().zip(&prices[start..end]).zip(past) {
                *sum = percent_change(price, first) + percent_change(price, second);
            }
            run_computed(&mut self.average, sums, &mut out[start..end]);
        }
        self.prices.extend(&prices[n_first..]);
    }
}
