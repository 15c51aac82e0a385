use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::averages::Ema;
use crate::tradingview::pieces::TrueRange;

/// TradingView's Keltner Channels: an exponential average of any column, and above and below it `multiplier` times the
/// exponential average of the bars' ranges. The range is the true range, na on the first bar, or high − low.
///
/// Where the column is na there is no value; where only the range is, the middle alone has one.
#[derive(Clone, Debug)]
pub struct Keltner {
    multiplier: f64,
    true_range: bool,
    middle: Ema,
    range: TrueRange,
    average_range: Ema,
}

constructor!(Keltner(period: usize, multiplier: f64, true_range: bool));
memory!(Keltner { middle, range, average_range });

impl Indicator<4, 3> for Keltner {
    const NAME: &'static str = "keltner";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let average = Ema::of(args::bars(args, 0));
        Self {
            multiplier: args[1],
            true_range: args[2] != 0.0,
            middle: average.clone(),
            range: TrueRange::default(),
            average_range: average,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let middle = args::bars(args, 0) - 1;
        let bands = middle + args::bars(args, 2);
        [bands, middle, bands]
    }

    #[inline(always)]
    fn step(&mut self, [value, high, low, close]: [f64; 4]) -> [f64; 3] {
        let middle = self.middle.next(value);
        let true_range = self.range.step([high, low, close]);
        let range = self.average_range.next(if self.true_range { true_range } else { high - low });
        let distance = range * self.multiplier;
        [middle + distance, middle, middle - distance]
    }
}

/// TradingView's width of the Keltner Channels: the distance between the bands, divided by the middle; na where the
/// middle is 0.
#[derive(Clone, Debug)]
pub struct Kcw {
    bands: Keltner,
}

constructor!(Kcw(period: usize, multiplier: f64, true_range: bool));
memory!(Kcw { bands });

impl Indicator<4, 1> for Kcw {
    const NAME: &'static str = "kcw";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { bands: Keltner::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [Keltner::lookback(args)[0]]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 4]) -> [f64; 1] {
        let [upper, middle, lower] = self.bands.step(bar);
        [if middle == 0.0 { f64::NAN } else { (upper - lower) / middle }]
    }
}
