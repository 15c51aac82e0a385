use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Moments;

/// TradingView's Bollinger Bands: the simple average, and as much above and below it as `deviations` times the standard
/// deviation of the population.
///
/// At an na the bands stay where they are.
#[derive(Clone, Debug)]
pub struct Bollinger {
    deviations: f64,
    moments: Moments,
}

constructor!(Bollinger(period: usize, deviations: f64));
memory!(Bollinger { moments });

impl Indicator<1, 3> for Bollinger {
    const NAME: &'static str = "bollinger";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { deviations: args[1], moments: Moments::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [args::bars(args, 0) - 1; 3]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 3] {
        let (middle, variance) = self.moments.step(value);
        let distance = variance.sqrt() * self.deviations;
        [middle + distance, middle, middle - distance]
    }
}

/// TradingView's width of the Bollinger Bands: 100 times the distance between the bands, divided by the middle; na where
/// the middle is 0.
#[derive(Clone, Debug)]
pub struct BollingerWidth {
    bands: Bollinger,
}

constructor!(BollingerWidth(period: usize, deviations: f64));
memory!(BollingerWidth { bands });

impl Indicator<1, 1> for BollingerWidth {
    const NAME: &'static str = "bollinger_width";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { bands: Bollinger::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, value: [f64; 1]) -> [f64; 1] {
        let [upper, middle, lower] = self.bands.step(value);
        [if middle == 0.0 { f64::NAN } else { (upper - lower) / middle * 100.0 }]
    }
}
