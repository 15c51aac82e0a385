use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::cycle::hilbert::{Hilbert, smooth_period};

/// TA-Lib's dominant cycle period of Ehlers: how many bars the cycle in the price takes, smoothed.
#[derive(Clone, Debug)]
pub struct HtDcperiod {
    hilbert: Hilbert,
    period: f64,
}

constructor!(HtDcperiod());
memory!(HtDcperiod { hilbert, period });

impl Indicator<1, 1> for HtDcperiod {
    const NAME: &'static str = "ht_dcperiod";
    const DISPATCH: bool = true;

    fn build(_: &[f64]) -> Self {
        Self { hilbert: Hilbert::new(12), period: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [32]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let Some(cycle) = self.hilbert.step(price) else { return [f64::NAN] };
        self.period = smooth_period(self.period, cycle.period);
        [if self.hilbert.seen() > 32 { self.period } else { f64::NAN }]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
