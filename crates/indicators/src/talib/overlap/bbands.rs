use crate::indicator::{Indicator, constructor};
use crate::memory::{Memory, Visitor};
use crate::talib::overlap::deviation::MeanDeviation;
use crate::talib::{Bollinger, Ma};
use crate::{MovingAverage, args};

/// TA-Lib's Bollinger bands around a moving average of any kind.
///
/// The upper band lies `deviations_up`, the lower one `deviations_down` standard deviations of the last n prices
/// (divided by n, not n − 1) away from the middle band; what [`Bollinger`] says of the deviation holds here.
#[derive(Clone, Debug)]
pub struct Bbands {
    up: f64,
    /// Whether both bands have the same width.
    is_even: bool,
    down: f64,
    /// Prices that the deviation leaves out, so that it begins with the middle band.
    skipped: usize,
    seen: usize,
    /// The middle band, if it is not the mean.
    average: Option<Ma>,
    window: MeanDeviation,
}

constructor!(Bbands(period: usize, deviations_up: f64, deviations_down: f64, ma_type: MovingAverage));

impl Memory for Bbands {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.seen.visit(visitor);
        if let Some(average) = &mut self.average {
            average.visit(visitor);
        }
        self.window.visit(visitor);
    }
}

impl Bbands {
    #[inline(always)]
    fn bands(&self, middle: f64, deviation: f64) -> [f64; 3] {
        // TA-Lib fuses the upper band's multiplication and addition, unless both bands share the product.
        let upper = if self.is_even { middle + deviation * self.up } else { deviation.mul_add(self.up, middle) };
        [upper, middle, middle - deviation * self.down]
    }
}

impl Indicator<1, 3> for Bbands {
    const NAME: &'static str = "bbands";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let (period, kind) = (args::bars(args, 0), args::average(args, 3));
        let is_mean = matches!(kind, MovingAverage::Sma | MovingAverage::Default);
        Self {
            up: args[1],
            is_even: (args[1] - args[2]).abs() <= 0.0,
            down: args[2],
            skipped: Ma::lookback(kind, period).saturating_sub(period - 1),
            seen: 0,
            average: (!is_mean).then(|| Ma::build(kind, period)),
            window: MeanDeviation::new(period),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let period = args::bars(args, 0);
        [Ma::lookback(args::average(args, 3), period).max(Bollinger::lookback(args)[0]); 3]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 3] {
        let average = self.average.as_mut().map(|average| average.step(value));
        if self.seen < self.skipped {
            self.seen += 1;
            return [f64::NAN; 3];
        }
        let Some((mean, deviation)) = self.window.step(value) else { return [f64::NAN; 3] };
        self.bands(average.unwrap_or(mean), deviation)
    }

    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [upper, middle, lower]: [&mut [f64]; 3]) {
        let skipped = input.len().min(self.skipped - self.seen);
        self.seen += skipped;
        upper[..skipped].fill(f64::NAN);
        self.window.run(&input[skipped..], &mut middle[skipped..], &mut upper[skipped..]);
        if let Some(average) = &mut self.average {
            average.run_block([input], [middle]);
        }
        for ((upper, middle), lower) in upper.iter_mut().zip(middle).zip(lower) {
            let deviation = *upper;
            [*upper, *middle, *lower] = self.bands(if deviation.is_nan() { f64::NAN } else { *middle }, deviation);
        }
    }
}
