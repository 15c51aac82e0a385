use super::extremes::Extremes;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::volatility::true_range;
use crate::talib::{LinearReg, Sma, StdDev};

/// TA-Lib's squeeze momentum: where the regression line of `kc_period` bars ends through the close's distance from the
/// mean of its simple average and the middle of its range (`momentum`), and how narrow the Bollinger bands are beside
/// Keltner channels of three widths (`squeeze`).
///
/// `squeeze` is 3, 2 or 1 where the bands lie inside of the channel of `narrow_factor`, `normal_factor` or
/// `wide_factor`, −1 where both lie outside of the widest, else 0. Channels are simple averages of the true range
/// around one of the close. Running totals begin with the last bars that the first value needs. TA-Lib refuses factors
/// that do not fall from wide to narrow; here such channels are tried in that order all the same.
#[derive(Clone, Debug)]
pub struct Sqzmom {
    deviations: f64,
    /// Factors of the channels: wide, normal, narrow.
    factors: [f64; 3],
    starts: Starts,
    seen: usize,
    previous_close: f64,
    range: Extremes,
    channel_middle: Sma,
    channel_width: Sma,
    line: LinearReg,
    band_middle: Sma,
    band_width: StdDev,
}

constructor!(Sqzmom(
    bb_period: usize,
    deviations: f64,
    kc_period: usize,
    wide_factor: f64,
    normal_factor: f64,
    narrow_factor: f64
));
memory!(Sqzmom { seen, previous_close, range, channel_middle, channel_width, line, band_middle, band_width });

/// The bars with which the parts begin, so that each has its first value where it is first needed.
#[derive(Clone, Copy, Debug)]
struct Starts {
    range: usize,
    channel_width: usize,
    bands: usize,
    /// The bar with the first value.
    value: usize,
}

impl Starts {
    fn new(args: &[f64]) -> Self {
        let (bands, channel) = (args::bars(args, 0) - 1, args::bars(args, 2) - 1);
        let value = bands.max(2 * channel);
        Self { range: value - 2 * channel, channel_width: value - channel, bands: value - bands, value }
    }
}

impl Sqzmom {
    #[inline(always)]
    fn squeeze(&self, [band_middle, band_width]: [f64; 2], [middle, width]: [f64; 2]) -> f64 {
        let distance = band_width * self.deviations;
        let (upper, lower) = (band_middle + distance, band_middle - distance);
        let [wide, normal, narrow] = self.factors.map(|factor| [middle - factor * width, middle + factor * width]);
        let is_inside = |[bottom, top]: [f64; 2]| lower > bottom && upper < top;
        if is_inside(narrow) {
            3.0
        } else if is_inside(normal) {
            2.0
        } else if is_inside(wide) {
            1.0
        } else if lower < wide[0] && upper > wide[1] {
            -1.0
        } else {
            0.0
        }
    }
}

impl Indicator<3, 2> for Sqzmom {
    const NAME: &'static str = "sqzmom";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let (bands, channel) = (&args[..1], &args[2..3]);
        Self {
            deviations: args[1],
            factors: [args[3], args[4], args[5]],
            starts: Starts::new(args),
            seen: 0,
            previous_close: 0.0,
            range: Extremes::new(args::bars(args, 2)),
            channel_middle: Sma::build(channel),
            channel_width: Sma::build(channel),
            line: LinearReg::build(channel),
            band_middle: Sma::build(bands),
            band_width: StdDev::build(&[bands[0], 1.0]),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [Starts::new(args).value; 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        let (bar, starts) = (self.seen, self.starts);
        if bar < starts.value {
            self.seen += 1;
        }
        let true_range = true_range(high, low, std::mem::replace(&mut self.previous_close, close));
        let mut bands = [f64::NAN; 2];
        if bar >= starts.bands {
            bands = [self.band_middle.step([close])[0], self.band_width.step([close])[0]];
        }
        let mut width = f64::NAN;
        if bar >= starts.channel_width {
            [width] = self.channel_width.step([true_range]);
        }
        if bar < starts.range {
            return [f64::NAN; 2];
        }
        let [middle] = self.channel_middle.step([close]);
        let Some((highest, lowest)) = self.range.step(high, low) else { return [f64::NAN; 2] };
        let [momentum] = self.line.step([close - 0.5 * (0.5 * (highest + lowest) + middle)]);
        if bar < starts.value {
            return [f64::NAN; 2];
        }
        [momentum, self.squeeze(bands, [middle, width])]
    }
}
