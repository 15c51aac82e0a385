use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::averages::Ema;
use crate::tradingview::pieces::Previous;

/// TradingView's true strength index, from −1 to 1: the change of the value, smoothed twice by exponential averages,
/// divided by its absolute value, smoothed in the same way.
///
/// Without any change there is no value. An na gives na; the next value is compared with the last one that was none.
#[derive(Clone, Debug)]
pub struct TsiRatio {
    previous: Previous,
    change: [Ema; 2],
    size: [Ema; 2],
}

constructor!(TsiRatio(short_period: usize, long_period: usize));
memory!(TsiRatio { previous, change, size });

impl TsiRatio {
    fn of(short: usize, long: usize) -> Self {
        let averages = [Ema::of(long), Ema::of(short)];
        Self { previous: Previous::default(), change: averages.clone(), size: averages }
    }
}

impl Indicator<1, 1> for TsiRatio {
    const NAME: &'static str = "tsi_ratio";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self::of(args::bars(args, 0), args::bars(args, 1))
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) + args::bars(args, 1) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if value.is_nan() {
            return [value];
        }
        let change = value - self.previous.replace(value);
        let [change, size] = [(&mut self.change, change), (&mut self.size, change.abs())]
            .map(|([long, short], value)| short.next(long.next(value)));
        [change / size]
    }
}

/// 100 times [`TsiRatio`]; the first smoothing is the long one.
#[derive(Clone, Debug)]
pub struct Tsi {
    ratio: TsiRatio,
}

constructor!(Tsi(first_smoothing_period: usize, second_smoothing_period: usize));
memory!(Tsi { ratio });

impl Indicator<1, 1> for Tsi {
    const NAME: &'static str = "tsi";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { ratio: TsiRatio::of(args::bars(args, 1), args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        TsiRatio::lookback(args)
    }

    #[inline(always)]
    fn step(&mut self, value: [f64; 1]) -> [f64; 1] {
        [100.0 * self.ratio.step(value)[0]]
    }
}
