use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::StdDev;

/// TA-Lib's relative volatility index: 100 · U / (U + D) with Wilder's averages U of the standard deviation on bars
/// that rose and D on bars that fell.
///
/// The standard deviation is that of the last `stddev_period` prices. The averages begin with means of `period` bars, and
/// then take (n − 1)/n of the previous value and 1/n of the new one in one fused multiply-add. No deviation at all gives
/// 50.
#[derive(Clone, Debug)]
pub struct Rvi {
    deviation: StdDev,
    previous: f64,
    averages: Averages,
}

constructor!(Rvi(period: usize, stddev_period: usize));
memory!(Rvi { deviation, previous, averages });

/// TA-Lib's refined relative volatility index: the mean of the [`Rvi`] of the highs and the [`Rvi`] of the lows.
#[derive(Clone, Debug)]
pub struct Rvir {
    high: Rvi,
    low: Rvi,
}

constructor!(Rvir(period: usize, stddev_period: usize));
memory!(Rvir { high, low });

/// Wilder's averages of the deviation on rises and on falls.
#[derive(Clone, Copy, Debug)]
struct Averages {
    n: f64,
    seeds: usize,
    /// Weight of the previous averages.
    beta: f64,
    /// Weight of the new deviation.
    alpha: f64,
    /// Deviations until the averages are there.
    seen: usize,
    /// Sums until the averages are there.
    up: f64,
    down: f64,
}

memory!(Averages { seen, up, down });

impl Averages {
    /// The index behind the next deviation, NaN before there are averages.
    #[inline(always)]
    fn next(&mut self, deviation: f64, change: f64) -> f64 {
        let up = if change > 0.0 { deviation } else { 0.0 };
        let down = if change < 0.0 { deviation } else { 0.0 };
        if self.seen == self.seeds {
            self.up = self.beta.mul_add(self.up, self.alpha * up);
            self.down = self.beta.mul_add(self.down, self.alpha * down);
        } else if deviation.is_nan() {
            return deviation;
        } else {
            *self = self.seeded(up, down);
            if self.seen < self.seeds {
                return f64::NAN;
            }
        }
        let total = self.up + self.down;
        if total == 0.0 { 50.0 } else { 100.0 * (self.up / total) }
    }

    #[cold]
    #[inline(never)]
    fn seeded(mut self, up: f64, down: f64) -> Self {
        self.seen += 1;
        self.up += up;
        self.down += down;
        if self.seen == self.seeds {
            self.up /= self.n;
            self.down /= self.n;
        }
        self
    }
}

impl Indicator<1, 1> for Rvi {
    const NAME: &'static str = "rvi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        let n = args[0];
        let beta = (n - 1.0) / n;
        Self {
            deviation: StdDev::build(&[args[1], 1.0]),
            previous: 0.0,
            averages: Averages { n, seeds: args::bars(args, 0), beta, alpha: 1.0 - beta, seen: 0, up: 0.0, down: 0.0 },
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) + args::bars(args, 1) - 2]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let change = price - std::mem::replace(&mut self.previous, price);
        let [deviation] = self.deviation.step([price]);
        [self.averages.next(deviation, change)]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.deviation.run_known([prices], [&mut *out]);
        let (mut previous, mut averages) = (self.previous, self.averages);
        for (value, &price) in out.iter_mut().zip(prices) {
            *value = averages.next(*value, price - previous);
            previous = price;
        }
        (self.previous, self.averages) = (previous, averages);
    }
}

impl Indicator<2, 1> for Rvir {
    const NAME: &'static str = "rvir";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self { high: Rvi::build(args), low: Rvi::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        Rvi::lookback(args)
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let ([high], [low]) = (self.high.step([high]), self.low.step([low]));
        [0.5 * (high + low)]
    }

    #[inline(always)]
    fn run_known(&mut self, [high, low]: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        const PIECE: usize = 512;
        let mut lows = [0.0; PIECE];
        for (out, (high, low)) in out.chunks_mut(PIECE).zip(high.chunks(PIECE).zip(low.chunks(PIECE))) {
            let lows = &mut lows[..out.len()];
            self.high.run_known([high], [&mut *out]);
            self.low.run_known([low], [&mut *lows]);
            for (value, &low) in out.iter_mut().zip(&*lows) {
                *value = 0.5 * (*value + low);
            }
        }
    }
}
