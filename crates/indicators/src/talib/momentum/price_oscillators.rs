use super::pair::{Pair, follow_known};
use crate::indicator::{Indicator, constructor, look_then_run};
use crate::memory::{Memory, Visitor, memory};
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

    #[inline(always)]
    fn run_block(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        if let Some([fast, slow]) = self.averages.exponential()
            && let Some(averages) = follow_known([*fast, *slow], prices, out, |_, fast, slow| fast - slow)
        {
            [*fast, *slow] = averages;
            return;
        }
        look_then_run(self, [prices], [out]);
    }
}

/// A percentage oscillator: (fast average − slow average) / slow average · 100.
#[derive(Clone, Debug)]
struct Percentage {
    averages: Pair,
    /// A run of as many zeros makes the slow average 0; beyond any history for kinds that never forget.
    window: usize,
    /// How many of the last values are 0 without a break.
    zeros: usize,
}

memory!(Percentage { averages, zeros });

impl Percentage {
    fn new(args: &[f64]) -> Self {
        use MovingAverage::{Hma, Sma, Trima, Wma};
        let kind = kind(args);
        let [_, slow] = super::pair::in_order(periods(args));
        let window = if matches!(kind, Sma | Wma | Trima | Hma) { Ma::lookback(kind, slow) + 1 } else { usize::MAX };
        Self { averages: Pair::new(kind, periods(args)), window, zeros: 0 }
    }

    #[inline(always)]
    fn step(&mut self, value: f64) -> f64 {
        let (fast, slow) = self.averages.step(value);
        percentage(value, fast, slow, self.window, &mut self.zeros)
    }

    #[inline(always)]
    fn run(&mut self, values: &[f64], out: &mut [f64]) {
        let (window, mut zeros) = (self.window, self.zeros);
        self.averages.run(values, out, |value, fast, slow| percentage(value, fast, slow, window, &mut zeros));
        self.zeros = zeros;
    }

    /// [`Percentage::run`] where the averages are exponential and have values, and no value is missing; otherwise
    /// it says false, and the averages are as before. The ratios, which do not wait for one another, follow their averages.
    #[inline(always)]
    fn run_exponential(&mut self, values: &[f64], out: &mut [f64]) -> bool {
        let Some([fast, slow]) = self.averages.exponential() else { return false };
        let (mut averages, mut slows) = ([*fast, *slow], [0.0; CHUNK_BARS]);
        for (values, out) in values.chunks(CHUNK_BARS).zip(out.chunks_mut(CHUNK_BARS)) {
            let mut places = slows.iter_mut();
            let followed = follow_known(
                averages,
                values,
                out,
                #[inline(always)]
                |_, fast, slow| {
                    if let Some(place) = places.next() {
                        *place = slow;
                    }
                    fast - slow
                },
            );
            let Some(followed) = followed else { return false };
            averages = followed;
            for (out, &slow) in out.iter_mut().zip(&slows) {
                *out = if slow.abs() < NO_AVERAGE { 0.0 } else { *out / slow * 100.0 };
            }
        }
        [*fast, *slow] = averages;
        true
    }
}

/// Bars whose averages are worked out before their ratios.
const CHUNK_BARS: usize = 256;

macro_rules! percentage_oscillator {
    ($(#[$doc:meta])* $state:ident, $name:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $state(Percentage);

        constructor!($state(fast: usize, slow: usize, ma_type: MovingAverage));

        impl Memory for $state {
            #[inline(always)]
            fn visit(&mut self, visitor: &mut impl Visitor) {
                self.0.visit(visitor);
            }
        }

        impl Indicator<1, 1> for $state {
            const NAME: &'static str = $name;
            const DISPATCH: bool = true;

            fn build(args: &[f64]) -> Self {
                Self(Percentage::new(args))
            }

            fn lookback(args: &[f64]) -> [usize; 1] {
                [Pair::lookback(kind(args), periods(args))]
            }

            #[inline(always)]
            fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
                [self.0.step(value)]
            }

            #[inline(always)]
            fn run_known(&mut self, [values]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
                self.0.run(values, out);
            }

            #[inline(always)]
            fn run_block(&mut self, [values]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
                if !self.0.run_exponential(values, out) {
                    look_then_run(self, [values], [out]);
                }
            }
        }
    };
}

percentage_oscillator! {
    /// TA-Lib's percentage price oscillator: (fast average − slow average) / slow average · 100, each average begun with
    /// its own first prices.
    ///
    /// The default kind is the exponential one. A fast period beyond the slow one is swapped with it. Where the slow
    /// average is below 10⁻¹⁴ the value is 0; likewise where all prices in the window of a simple, weighted, triangular
    /// or Hull average are 0, so that what rounding has left in its sums does not show.
    Ppo, "ppo"
}

percentage_oscillator! {
    /// TA-Lib's percentage volume oscillator: [`Ppo`] of the volume.
    Pvo, "pvo"
}

#[inline(always)]
fn percentage(price: f64, fast: f64, slow: f64, window: usize, zeros: &mut usize) -> f64 {
    *zeros = if price == 0.0 && window < usize::MAX { *zeros + 1 } else { 0 };
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
