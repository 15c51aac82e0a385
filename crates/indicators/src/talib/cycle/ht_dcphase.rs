use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::cycle::phase::PhaseMeter;

/// TA-Lib's dominant cycle phase of Ehlers: how far the cycle in the price has come, in degrees.
#[derive(Clone, Debug)]
pub struct HtDcphase {
    meter: PhaseMeter,
}

constructor!(HtDcphase());
memory!(HtDcphase { meter });

impl Indicator<1, 1> for HtDcphase {
    const NAME: &'static str = "ht_dcphase";
    const DISPATCH: bool = true;

    fn build(_: &[f64]) -> Self {
        Self { meter: PhaseMeter::new() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [63]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let Some(phase) = self.meter.step(price) else { return [f64::NAN] };
        [if self.meter.seen() > 63 { phase.degrees } else { f64::NAN }]
    }
}
