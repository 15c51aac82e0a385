use super::atr::{Atr, itself};
use crate::indicator::{Indicator, constructor, run_block_by};
use crate::memory::memory;

/// TA-Lib's normalized average true range: 100 · [`Atr`] / close, the division first.
///
/// A close of 0 gives 0. With a period of 1 TA-Lib gives the true range itself, not a percentage.
#[derive(Clone, Debug)]
pub struct Natr {
    is_percent: bool,
    atr: Atr,
}

constructor!(Natr(period: usize));
memory!(Natr { atr });

#[inline(always)]
fn percent(range: f64, close: f64) -> f64 {
    if close == 0.0 { 0.0 } else { range / close * 100.0 }
}

impl Indicator<3, 1> for Natr {
    const NAME: &'static str = "natr";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { is_percent: args[0] > 1.0, atr: Atr::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        Atr::lookback(args)
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 1] {
        let [range] = self.atr.step(bar);
        [if self.is_percent && !range.is_nan() { percent(range, bar[2]) } else { range }]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 1]) {
        run_block_by(
            self,
            inputs,
            outputs,
            #[inline(always)]
            |state, inputs, [out]| {
                if state.is_percent { state.atr.run(inputs, out, percent) } else { state.atr.run(inputs, out, itself) }
            },
        );
    }
}
