use crate::args;
use crate::indicator::{Indicator, constructor, run_block_by};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's true strength index: 100 · the twice averaged change of the price / the twice averaged size of it, with
/// exponential averages of the two periods one after the other; 0 where the price has never moved.
#[derive(Clone, Debug)]
pub struct Tsi {
    strength: Strength,
}

#[derive(Clone, Copy, Debug)]
struct Strength {
    has_last: bool,
    last: f64,
    change: [Smoothing; 2],
    size: [Smoothing; 2],
}

/// Bars whose averages are worked out before their ratios.
const CHUNK_BARS: usize = 256;

constructor!(Tsi(first_smoothing_period: usize, second_smoothing_period: usize));
memory!(Strength { has_last, last, change, size });
memory!(Tsi { strength });

impl Indicator<1, 1> for Tsi {
    const NAME: &'static str = "tsi";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let averages = [Smoothing::exponential(args::bars(args, 0)), Smoothing::exponential(args::bars(args, 1))];
        Self { strength: Strength { has_last: false, last: 0.0, change: averages, size: averages } }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) + args::bars(args, 1) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        [self.strength.step(price)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_by(
            self,
            inputs,
            outputs,
            #[inline(always)]
            |state, [prices], [out]| state.strength.run(prices, out),
        );
    }
}

impl Strength {
    /// At least as many bars as are missing before the first value.
    #[inline(always)]
    fn missing(&self) -> usize {
        usize::from(!self.has_last) + self.size[0].missing() + self.size[1].missing()
    }

    #[inline(always)]
    fn step(&mut self, price: f64) -> f64 {
        let change = price - self.last;
        self.last = price;
        if !self.has_last {
            self.has_last = true;
            return f64::NAN;
        }
        let (once, once_size) = (self.change[0].step(change), self.size[0].step(change.abs()));
        if self.size[0].missing() > 0 {
            return f64::NAN;
        }
        let (twice, twice_size) = (self.change[1].step(once), self.size[1].step(once_size));
        if self.size[1].missing() > 0 { f64::NAN } else { ratio(twice, twice_size) }
    }

    /// The averages of change and size after the next price, where no bar is missing.
    #[inline(always)]
    fn advance(&mut self, price: f64) -> (f64, f64) {
        let change = price - self.last;
        self.last = price;
        let (once, once_size) = (self.change[0].follow(change), self.size[0].follow(change.abs()));
        (self.change[1].follow(once), self.size[1].follow(once_size))
    }

    /// A step for each price; whether none of them is missing.
    #[inline(always)]
    fn run(&mut self, prices: &[f64], out: &mut [f64]) -> bool {
        let (mut strength, mut known) = (*self, true);
        let (first, rest) = prices.split_at(prices.len().min(strength.missing()));
        for (value, &price) in out.iter_mut().zip(first) {
            known &= is_known(price);
            *value = strength.step(price);
        }
        let mut sizes = [0.0; CHUNK_BARS];
        for (out, prices) in out[first.len()..].chunks_mut(CHUNK_BARS).zip(rest.chunks(CHUNK_BARS)) {
            for ((change, size), &price) in out.iter_mut().zip(&mut sizes).zip(prices) {
                known &= is_known(price);
                (*change, *size) = strength.advance(price);
            }
            for (value, &size) in out.iter_mut().zip(&sizes) {
                *value = ratio(*value, size);
            }
        }
        *self = strength;
        known
    }
}

#[inline(always)]
fn ratio(change: f64, size: f64) -> f64 {
    let ratio = 100.0 * change / size;
    if size > 0.0 { ratio } else { 0.0 }
}
