use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Sum;

/// TradingView's center of gravity (Ehlers): minus the mean age of the window's values, weighted by the values, where
/// the newest has the age 1.
///
/// The values times their ages are added anew on every bar, from the newest to the oldest; they are divided by the
/// sliding sum with compensated rounding errors. An na is passed over; there the value stays.
#[derive(Clone, Debug)]
pub struct Cog {
    sum: Sum,
}

constructor!(Cog(period: usize));
memory!(Cog { sum });

impl Indicator<1, 1> for Cog {
    const NAME: &'static str = "cog";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { sum: Sum::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let sum = self.sum.step(value);
        if sum.is_nan() {
            return [sum];
        }
        let (aged, _) = self.sum.newest_first().fold((0.0, 0.0), |(aged, age), value| {
            let age = age + 1.0;
            (aged + value * age, age)
        });
        [-aged / sum]
    }
}
