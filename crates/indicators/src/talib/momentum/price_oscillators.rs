use super::pair::Pair;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::Ma;
use crate::{MovingAverage, args};

/// Below this slow average the percentage of it is noise; the limit is TA-Lib's.
const NO_AVERAGE: f64 = 1e-14;

/// TA-Lib's absolute price oscillator: a fast average minus a slow one, each begun with its own first prices.
///
/// The default kind is the exponential one. A fast period beyond the slow one is swapped with it.
#[derive(Clone, Debug)]
pub struct Apo {
    averages: Pair,
}

constructor!(Apo(fast: usize, slow: usize, ma_type: MovingAverage));
memory!(Apo { averages });

impl Indicator<1, 1> for Apo {
    const NAME: &'static str = "apo";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { averages: Pair::new(kind(args), periods(args)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [Pair::lookback(kind(args), periods(args))]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let (fast, slow) = self.averages.step(price);
        [fast - slow]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.averages.run(prices, out, |_, fast, slow| fast - slow);
    }
}

/// TA-Lib's percentage price oscillator: (fast average − slow average) / slow average · 100, each average begun with its
/// own first prices.
///
/// The default kind is the exponential one. A fast period beyond the slow one is swapped with it. Where the slow
/// average is below 10⁻¹⁴ the value is 0; likewise where all prices in the window of a simple, weighted, triangular or
/// Hull average are 0, so that what rounding has left in its sums does not show.
#[derive(Clone, Debug)]
pub struct Ppo {
    averages: Pair,
    /// A run of as many zeros makes the slow average 0; beyond any history for kinds that never forget.
    window: usize,
    /// How many of the last prices are 0 without a break.
    zeros: usize,
}

constructor!(Ppo(fast: usize, slow: usize, ma_type: MovingAverage));
memory!(Ppo { averages, zeros });

impl Indicator<1, 1> for Ppo {
    const NAME: &'static str = "ppo";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        use MovingAverage::{Hma, Sma, Trima, Wma};
        let kind = kind(args);
        let [_, slow] = super::pair::in_order(periods(args));
        let window = if matches!(kind, Sma | Wma | Trima | Hma) { Ma::lookback(kind, slow) + 1 } else { usize::MAX };
        Self { averages: Pair::new(kind, periods(args)), window, zeros: 0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [Pair::lookback(kind(args), periods(args))]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let (fast, slow) = self.averages.step(price);
        [percentage(price, fast, slow, self.window, &mut self.zeros)]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let (window, mut zeros) = (self.window, self.zeros);
        self.averages.run(prices, out, |price, fast, slow| percentage(price, fast, slow, window, &mut zeros));
        self.zeros = zeros;
    }
}

#[inline(always)]
fn percentage(price: f64, fast: f64, slow: f64, window: usize, zeros: &mut usize) -> f64 {
    *zeros = if price == 0.0 { *zeros + 1 } else { 0 };
    if slow.is_nan() {
        f64::NAN
    } else if *zeros >= window || slow.abs() < NO_AVERAGE {
        0.0
    } else {
        (fast - slow) / slow * 100.0
    }
}

fn periods(args: &[f64]) -> [usize; 2] {
    [args::bars(args, 0), args::bars(args, 1)]
}

fn kind(args: &[f64]) -> MovingAverage {
    match args::average(args, 2) {
        MovingAverage::Default => MovingAverage::Ema,
        kind => kind,
    }
}
