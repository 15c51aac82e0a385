use super::change::percent_change;
use crate::args;
use crate::indicator::{Indicator, constructor, run_block_by};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's TRIX: the change in percent, from bar to bar, of an exponential average of an exponential average of an
/// exponential average of the price. 0 where the average before is 0.
#[derive(Clone, Debug)]
pub struct Trix {
    averages: Averages,
}

#[derive(Clone, Copy, Debug)]
struct Averages {
    first: Smoothing,
    second: Smoothing,
    third: Smoothing,
    has_last: bool,
    /// The third average of the bar before.
    last: f64,
}

/// Bars whose averages are worked out before their changes.
const CHUNK_BARS: usize = 256;

constructor!(Trix(period: usize));
memory!(Averages { first, second, third, has_last, last });
memory!(Trix { averages });

impl Indicator<1, 1> for Trix {
    const NAME: &'static str = "trix";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let average = Smoothing::exponential(args::bars(args, 0));
        Self { averages: Averages { first: average, second: average, third: average, has_last: false, last: 0.0 } }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [3 * (args::bars(args, 0) - 1) + 1]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        [self.averages.step(price)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_by(
            self,
            inputs,
            outputs,
            #[inline(always)]
            |state, [prices], [out]| state.averages.run(prices, out),
        );
    }
}

impl Averages {
    /// At least as many bars as are missing before the first value.
    #[inline(always)]
    fn missing(&self) -> usize {
        self.first.missing() + self.second.missing() + self.third.missing() + usize::from(!self.has_last)
    }

    #[inline(always)]
    fn step(&mut self, price: f64) -> f64 {
        let first = self.first.step(price);
        if self.first.missing() > 0 {
            return f64::NAN;
        }
        let second = self.second.step(first);
        if self.second.missing() > 0 {
            return f64::NAN;
        }
        let third = self.third.step(second);
        if self.third.missing() > 0 {
            return f64::NAN;
        }
        let change = if self.has_last { percent_change(third, self.last) } else { f64::NAN };
        (self.has_last, self.last) = (true, third);
        change
    }

    /// A step for each price; whether none of them is missing.
    #[inline(always)]
    fn run(&mut self, prices: &[f64], out: &mut [f64]) -> bool {
        let (mut averages, mut known) = (*self, true);
        let (first, rest) = prices.split_at(prices.len().min(averages.missing()));
        for (value, &price) in out.iter_mut().zip(first) {
            known &= is_known(price);
            *value = averages.step(price);
        }
        let mut thirds = [0.0; CHUNK_BARS + 1];
        for (out, prices) in out[first.len()..].chunks_mut(CHUNK_BARS).zip(rest.chunks(CHUNK_BARS)) {
            thirds[0] = averages.last;
            for (third, &price) in thirds[1..].iter_mut().zip(prices) {
                known &= is_known(price);
                let first = averages.first.follow(price);
                let second = averages.second.follow(first);
                *third = averages.third.follow(second);
            }
            for (value, (&before, &third)) in out.iter_mut().zip(thirds.iter().zip(&thirds[1..])) {
                *value = percent_change(third, before);
            }
            averages.last = thirds[prices.len()];
        }
        *self = averages;
        known
    }
}
