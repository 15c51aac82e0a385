use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::{Previous, Sum, TOLERANCE};

/// TradingView's Chande momentum oscillator: rises less falls, divided by rises and falls, in percent.
///
/// A fall of up to 10⁻¹⁰ counts as a rise. Without rises and falls there is no value, nor at an na and behind it.
#[derive(Clone, Debug)]
pub struct Cmo {
    previous: Previous,
    rises: Sum,
    falls: Sum,
}

constructor!(Cmo(period: usize));
memory!(Cmo { previous, rises, falls });

impl Indicator<1, 1> for Cmo {
    const NAME: &'static str = "cmo";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let sum = Sum::new(args::bars(args, 0));
        Self { previous: Previous::default(), rises: sum.clone(), falls: sum }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let change = value - self.previous.replace(value);
        if change.is_nan() {
            return [change];
        }
        let (rise, fall) = if change >= -TOLERANCE { (change, 0.0) } else { (0.0, -change) };
        let (rises, falls) = (self.rises.step(rise), self.falls.step(fall));
        let total = rises + falls;
        [if total == 0.0 { f64::NAN } else { 100.0 * (rises - falls) / total }]
    }
}
