use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::cycle::hilbert::Hilbert;

/// TA-Lib's phasor of Ehlers: the cycle in the price, three bars late, and the same a quarter of a cycle later.
#[derive(Clone, Debug)]
pub struct HtPhasor {
    hilbert: Hilbert,
}

constructor!(HtPhasor());
memory!(HtPhasor { hilbert });

impl Indicator<1, 2> for HtPhasor {
    const NAME: &'static str = "ht_phasor";
    const DISPATCH: bool = true;

    fn build(_: &[f64]) -> Self {
        Self { hilbert: Hilbert::new(12) }
    }

    fn lookback(_: &[f64]) -> [usize; 2] {
        [32; 2]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 2] {
        let Some(cycle) = self.hilbert.step(price) else { return [f64::NAN; 2] };
        if self.hilbert.seen() > 32 { [cycle.in_phase, cycle.quadrature] } else { [f64::NAN; 2] }
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 2]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
