use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::{Previous, Sum, TOLERANCE};

/// TradingView's money flow index of any column: 100 − 100 / (1 + inflow / outflow), the sums of volume times value on
/// bars that rose and on bars that fell.
///
/// A change of up to 10⁻¹⁰ is neither; the first bar is both. A sum of up to 10⁻¹⁰ counts as 0, and no outflow gives
/// 100. An na gives na; the next value is compared with the last one that was none.
#[derive(Clone, Debug)]
pub struct MfiSource {
    previous: Previous,
    inflow: Sum,
    outflow: Sum,
}

constructor!(MfiSource(period: usize));
memory!(MfiSource { previous, inflow, outflow });

impl Indicator<2, 1> for MfiSource {
    const NAME: &'static str = "mfi_source";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let sum = Sum::new(args::bars(args, 0));
        Self { previous: Previous::default(), inflow: sum.clone(), outflow: sum }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value, volume]: [f64; 2]) -> [f64; 1] {
        if value.is_nan() {
            return [value];
        }
        let change = value - self.previous.replace(value);
        let flow_unless = |opposite: bool| volume * if opposite { 0.0 } else { value };
        let inflow = settled(self.inflow.step(flow_unless(change <= TOLERANCE)));
        let outflow = settled(self.outflow.step(flow_unless(change >= -TOLERANCE)));
        [if inflow.is_nan() || outflow.is_nan() {
            f64::NAN
        } else if outflow == 0.0 {
            100.0
        } else {
            100.0 - 100.0 / (1.0 + inflow / outflow)
        }]
    }
}

/// 0 for what rounding errors have left of a sum.
#[inline(always)]
fn settled(sum: f64) -> f64 {
    if sum.abs() <= TOLERANCE { 0.0 } else { sum }
}

/// [`MfiSource`] of (high + low + close) / 3.
#[derive(Clone, Debug)]
pub struct Mfi {
    of_typical: MfiSource,
}

constructor!(Mfi(period: usize));
memory!(Mfi { of_typical });

impl Indicator<4, 1> for Mfi {
    const NAME: &'static str = "mfi";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { of_typical: MfiSource::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        MfiSource::lookback(args)
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close, volume]: [f64; 4]) -> [f64; 1] {
        self.of_typical.step([(high + low + close) / 3.0, volume])
    }
}
