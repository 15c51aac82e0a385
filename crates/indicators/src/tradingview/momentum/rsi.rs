use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::averages::Rma;
use crate::tradingview::pieces::Previous;
use crate::tradingview::pieces::{TOLERANCE, larger};

/// TradingView's relative strength index: 100 − 100 / (1 + rises / falls) of Wilder's averages.
///
/// Falls up to 10⁻¹⁰ count as none and give 100, whatever the rises; behind that, rises up to 10⁻¹⁰ give 0. An na
/// gives na; the next value is compared with the last one that was none.
#[derive(Clone, Debug)]
pub struct Rsi {
    previous: Previous,
    rises: Rma,
    falls: Rma,
}

constructor!(Rsi(period: usize));
memory!(Rsi { previous, rises, falls });

impl Indicator<1, 1> for Rsi {
    const NAME: &'static str = "rsi";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { previous: Previous::default(), rises: Rma::of(period), falls: Rma::of(period) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if value.is_nan() {
            return [f64::NAN];
        }
        let before = self.previous.replace(value);
        if before.is_nan() {
            return [f64::NAN];
        }
        let rises = self.rises.next(larger(value - before, 0.0));
        let falls = self.falls.next(larger(before - value, 0.0));
        [if falls <= TOLERANCE {
            100.0
        } else if rises <= TOLERANCE {
            0.0
        } else {
            100.0 - 100.0 / (1.0 + rises / falls)
        }]
    }
}
