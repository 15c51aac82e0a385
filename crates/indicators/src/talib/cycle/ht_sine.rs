use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::cycle::filter::sin;
use crate::talib::cycle::hilbert::RADIAN;
use crate::talib::cycle::phase::PhaseMeter;

/// TA-Lib's sine wave of Ehlers: the sine of the [`HtDcphase`](crate::talib::HtDcphase), and of the phase 45 degrees
/// ahead.
#[derive(Clone, Debug)]
pub struct HtSine {
    meter: PhaseMeter,
}

constructor!(HtSine());
memory!(HtSine { meter });

/// The sine of a phase in degrees and of the one 45 degrees ahead.
#[inline(always)]
pub(crate) fn sines(degrees: f64) -> [f64; 2] {
    const DEGREE: f64 = 1.0 / RADIAN;
    [sin(degrees * DEGREE), sin((degrees + 45.0) * DEGREE)]
}

impl Indicator<1, 2> for HtSine {
    const NAME: &'static str = "ht_sine";
    const DISPATCH: bool = true;

    fn build(_: &[f64]) -> Self {
        Self { meter: PhaseMeter::new() }
    }

    fn lookback(_: &[f64]) -> [usize; 2] {
        [63; 2]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 2] {
        let Some(phase) = self.meter.step(price) else { return [f64::NAN; 2] };
        if self.meter.seen() > 63 { sines(phase.degrees) } else { [f64::NAN; 2] }
    }
}
