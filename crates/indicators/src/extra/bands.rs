use crate::args;
use crate::extra::smoothed::SmoothedRange;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::Sma;

/// Moving-average envelope: a simple average, and lines a percentage above and below it.
#[derive(Clone, Debug)]
pub struct Envelope {
    fraction: f64,
    average: Sma,
}

constructor!(Envelope(period: usize, percent: f64));
memory!(Envelope { average });

impl Indicator<1, 3> for Envelope {
    const NAME: &'static str = "envelope";

    fn build(args: &[f64]) -> Self {
        Self { fraction: args[1] / 100.0, average: Sma::build(&args[..1]) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [args::bars(args, 0) - 1; 3]
    }

    #[inline(always)]
    fn step(&mut self, price: [f64; 1]) -> [f64; 3] {
        let [middle] = self.average.step(price);
        [middle * (1.0 + self.fraction), middle, middle * (1.0 - self.fraction)]
    }
}

/// Stoller's average-range channel (STARC bands): a simple average of the close, `multiplier` average true ranges above
/// and below.
#[derive(Clone, Debug)]
pub struct Starc {
    multiplier: f64,
    average: Sma,
    range: SmoothedRange,
}

constructor!(Starc(period: usize, multiplier: f64, atr_period: usize));
memory!(Starc { average, range });

impl Indicator<3, 3> for Starc {
    const NAME: &'static str = "starc";

    fn build(args: &[f64]) -> Self {
        Self { multiplier: args[1], average: Sma::build(&args[..1]), range: SmoothedRange::new(args::bars(args, 2)) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let middle = args::bars(args, 0) - 1;
        let edge = middle.max(args::bars(args, 2));
        [edge, middle, edge]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 3] {
        let [middle] = self.average.step([close]);
        let distance = self.multiplier * self.range.step(high, low, close);
        [middle + distance, middle, middle - distance]
    }
}

/// Regression channel: the end of the least-squares line through the last n values, and lines parallel to it at
/// `deviations` population standard deviations of the residuals.
#[derive(Clone, Debug)]
pub struct RegressionChannel {
    deviations: f64,
    window: Ring,
}

constructor!(RegressionChannel(period: usize, deviations: f64));
memory!(RegressionChannel { window });

impl Indicator<1, 3> for RegressionChannel {
    const NAME: &'static str = "regression_channel";

    fn build(args: &[f64]) -> Self {
        Self { deviations: args[1], window: Ring::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [args::bars(args, 0) - 1; 3]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 3] {
        self.window.push(value);
        if !self.window.is_full() {
            return [f64::NAN; 3];
        }
        let line = Fit::of(&self.window);
        let middle = line.mean + line.slope * line.half;
        let distance = self.deviations * (line.residual_squares / self.window.len() as f64).sqrt();
        [middle + distance, middle, middle - distance]
    }
}

/// Coefficient of determination of the least-squares line through the last n values: the part of their variance that a
/// straight line explains; 1 for values that do not move.
#[derive(Clone, Debug)]
pub struct RSquared {
    window: Ring,
}

constructor!(RSquared(period: usize));
memory!(RSquared { window });

impl Indicator<1, 1> for RSquared {
    const NAME: &'static str = "r_squared";

    fn build(args: &[f64]) -> Self {
        Self { window: Ring::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.window.push(value);
        if !self.window.is_full() {
            return [f64::NAN];
        }
        let line = Fit::of(&self.window);
        [if line.squares == 0.0 { 1.0 } else { (1.0 - line.residual_squares / line.squares).max(0.0) }]
    }
}

/// A least-squares line over bars that are numbered from the middle of the window.
struct Fit {
    mean: f64,
    slope: f64,
    /// Number of the last bar.
    half: f64,
    /// Sum of the squared distances from the mean.
    squares: f64,
    /// Sum of the squared distances from the line.
    residual_squares: f64,
}

impl Fit {
    #[inline(always)]
    fn of(window: &Ring) -> Self {
        let n = window.len() as f64;
        let half = (n - 1.0) / 2.0;
        let mean = crate::extra::moments::mean(window);
        let numbered = || window.iter().enumerate().map(|(bar, value)| (bar as f64 - half, value - mean));
        let slope = numbered().map(|(x, y)| x * y).sum::<f64>() / (n * (n * n - 1.0) / 12.0);
        let residual_squares = numbered().map(|(x, y)| (y - slope * x) * (y - slope * x)).sum();
        Self { mean, slope, half, squares: crate::extra::moments::squares(window, mean), residual_squares }
    }
}

/// Krausz's Gann high-low activator: the average of the last lows while the close is above the average of the highs before
/// it, the average of the last highs once it is below that of the lows; the last one in between.
#[derive(Clone, Debug)]
pub struct GannHighLow {
    highs: Sma,
    lows: Sma,
    high_average: f64,
    low_average: f64,
    value: f64,
    bars: usize,
    begin: usize,
    has_value: bool,
}

constructor!(GannHighLow(high_period: usize, low_period: usize));
memory!(GannHighLow { highs, lows, high_average, low_average, value, bars, has_value });

impl Indicator<3, 1> for GannHighLow {
    const NAME: &'static str = "gann_high_low";

    fn build(args: &[f64]) -> Self {
        Self {
            highs: Sma::build(&args[..1]),
            lows: Sma::build(&args[1..]),
            high_average: 0.0,
            low_average: 0.0,
            value: 0.0,
            bars: 0,
            begin: Self::lookback(args)[0],
            has_value: false,
        }
    }

    /// On the first bar on which both averages have one before them; later where the close is between them then.
    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0).max(args::bars(args, 1))]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let ([high_average], [low_average]) = (self.highs.step([high]), self.lows.step([low]));
        if self.bars < self.begin {
            self.bars += 1;
        } else if close > self.high_average {
            (self.value, self.has_value) = (low_average, true);
        } else if close < self.low_average {
            (self.value, self.has_value) = (high_average, true);
        }
        (self.high_average, self.low_average) = (high_average, low_average);
        [if self.has_value { self.value } else { f64::NAN }]
    }
}

/// Volume-weighted average price since the last bar with the condition, with lines `deviations` volume-weighted standard
/// deviations away. No value before the first such bar, nor while no volume has traded since.
#[derive(Clone, Debug)]
pub struct AnchoredVwap {
    deviations: f64,
    is_anchored: bool,
    volume: f64,
    mean: f64,
    /// Sum of volume · (price − mean)².
    spread: f64,
}

constructor!(AnchoredVwap(deviations: f64));
memory!(AnchoredVwap { is_anchored, volume, mean, spread });

impl Indicator<5, 3> for AnchoredVwap {
    const NAME: &'static str = "anchored_vwap";

    fn build(args: &[f64]) -> Self {
        Self { deviations: args[0], is_anchored: false, volume: 0.0, mean: 0.0, spread: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 3] {
        [0; 3]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close, volume, condition]: [f64; 5]) -> [f64; 3] {
        if condition != 0.0 {
            self.is_anchored = true;
            (self.volume, self.mean, self.spread) = (0.0, 0.0, 0.0);
        }
        if !self.is_anchored {
            return [f64::NAN; 3];
        }
        let price = (high + low + close) / 3.0;
        if volume > 0.0 {
            // Each bar moves the mean by its share of the volume, so that no large sums are subtracted.
            self.volume += volume;
            let distance = price - self.mean;
            self.mean += distance * (volume / self.volume);
            self.spread += volume * distance * (price - self.mean);
        }
        if self.volume == 0.0 {
            return [f64::NAN; 3];
        }
        let width = self.deviations * (self.spread / self.volume).max(0.0).sqrt();
        [self.mean + width, self.mean, self.mean - width]
    }
}
