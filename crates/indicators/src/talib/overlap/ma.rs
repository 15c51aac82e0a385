use crate::indicator::{Indicator, constructor, copy_known};
use crate::memory::{Memory, Visitor};
use crate::talib::{Alma, Dema, Ema, Hma, Kama, Mama, Rma, Sma, T3, Tema, Trima, Vidya, Wma, Zlema};
use crate::{MovingAverage, args};

/// TA-Lib's moving average of a kind that is chosen at run time.
///
/// The parameters that a kind has beside the period are those TA-Lib gives it here: `fast_limit` 0.5 and `slow_limit`
/// 0.05 of [`Mama`], which has no period at all, `volume_factor` 0.7 of [`T3`], `cmo_period` ⌊(3 · period + 2)/4⌋ of
/// [`Vidya`], `sigma` 6 and `offset` 0.85 of [`Alma`]. A period of 1 copies the values, whatever the kind, and so does
/// [`MovingAverage::Disabled`]; [`MovingAverage::Default`] is the simple one.
#[derive(Clone, Debug)]
pub struct Ma(Average);

constructor!(Ma(period: usize, ma_type: MovingAverage));

#[derive(Clone, Debug)]
enum Average {
    Copy,
    Sma(Sma),
    Ema(Ema),
    Wma(Wma),
    Dema(Dema),
    Tema(Tema),
    Trima(Trima),
    Kama(Kama),
    Mama(Box<Mama>),
    T3(Box<T3>),
    Hma(Box<Hma>),
    Zlema(Zlema),
    Rma(Rma),
    Vidya(Vidya),
    Alma(Alma),
}

impl Ma {
    pub(crate) fn build(kind: MovingAverage, period: usize) -> Self {
        let args = [period as f64];
        if period == 1 {
            return Self(Average::Copy);
        }
        Self(match kind {
            MovingAverage::Sma | MovingAverage::Default => Average::Sma(Sma::build(&args)),
            MovingAverage::Ema => Average::Ema(Ema::build(&args)),
            MovingAverage::Wma => Average::Wma(Wma::build(&args)),
            MovingAverage::Dema => Average::Dema(Dema::build(&args)),
            MovingAverage::Tema => Average::Tema(Tema::build(&args)),
            MovingAverage::Trima => Average::Trima(Trima::build(&args)),
            MovingAverage::Kama => Average::Kama(Kama::build(&args)),
            MovingAverage::Mama => Average::Mama(Mama::build(&MAMA_LIMITS).into()),
            MovingAverage::T3 => Average::T3(T3::build(&[args[0], T3_VOLUME_FACTOR]).into()),
            MovingAverage::Hma => Average::Hma(Hma::build(&args).into()),
            MovingAverage::Disabled => Average::Copy,
            MovingAverage::Zlema => Average::Zlema(Zlema::build(&args)),
            MovingAverage::Rma => Average::Rma(Rma::build(&args)),
            MovingAverage::Vidya => Average::Vidya(Vidya::build(&vidya_args(period))),
            MovingAverage::Alma => Average::Alma(Alma::build(&alma_args(period))),
        })
    }

    pub(crate) fn lookback(kind: MovingAverage, period: usize) -> usize {
        let args = [period as f64];
        if period == 1 {
            return 0;
        }
        match kind {
            MovingAverage::Sma | MovingAverage::Default => Sma::lookback(&args)[0],
            MovingAverage::Ema => Ema::lookback(&args)[0],
            MovingAverage::Wma => Wma::lookback(&args)[0],
            MovingAverage::Dema => Dema::lookback(&args)[0],
            MovingAverage::Tema => Tema::lookback(&args)[0],
            MovingAverage::Trima => Trima::lookback(&args)[0],
            MovingAverage::Kama => Kama::lookback(&args)[0],
            MovingAverage::Mama => Mama::lookback(&MAMA_LIMITS)[0],
            MovingAverage::T3 => T3::lookback(&[args[0], T3_VOLUME_FACTOR])[0],
            MovingAverage::Hma => Hma::lookback(&args)[0],
            MovingAverage::Disabled => 0,
            MovingAverage::Zlema => Zlema::lookback(&args)[0],
            MovingAverage::Rma => Rma::lookback(&args)[0],
            MovingAverage::Vidya => Vidya::lookback(&vidya_args(period))[0],
            MovingAverage::Alma => Alma::lookback(&alma_args(period))[0],
        }
    }

    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        match &mut self.0 {
            Average::Copy => value,
            Average::Sma(average) => average.step([value])[0],
            Average::Ema(average) => average.step([value])[0],
            Average::Wma(average) => average.step([value])[0],
            Average::Dema(average) => average.step([value])[0],
            Average::Tema(average) => average.step([value])[0],
            Average::Trima(average) => average.step([value])[0],
            Average::Kama(average) => average.step([value])[0],
            Average::Mama(average) => average.step([value])[0],
            Average::T3(average) => average.step([value])[0],
            Average::Hma(average) => average.step([value])[0],
            Average::Zlema(average) => average.step([value])[0],
            Average::Rma(average) => average.step([value])[0],
            Average::Vidya(average) => average.step([value])[0],
            Average::Alma(average) => average.step([value])[0],
        }
    }
}

/// Bars that [`Mama`] takes at once, whose second output is thrown away.
const CHUNK_BARS: usize = 512;
const MAMA_LIMITS: [f64; 2] = [0.5, 0.05];
const T3_VOLUME_FACTOR: f64 = 0.7;

fn vidya_args(period: usize) -> [f64; 2] {
    [period as f64, ((3 * period + 2) / 4) as f64]
}

fn alma_args(period: usize) -> [f64; 3] {
    [period as f64, 6.0, 0.85]
}

impl Indicator<1, 1> for Ma {
    const NAME: &'static str = "ma";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self::build(args::average(args, 1), args::bars(args, 0))
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [Self::lookback(args::average(args, 1), args::bars(args, 0))]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.step(value)]
    }

    /// The choice is made once for all bars.
    #[inline(always)]
    fn run_block(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        match &mut self.0 {
            Average::Copy => copy_known([input], [out]),
            Average::Sma(average) => average.run_block([input], [out]),
            Average::Ema(average) => average.run_block([input], [out]),
            Average::Wma(average) => average.run_block([input], [out]),
            Average::Dema(average) => average.run_block([input], [out]),
            Average::Tema(average) => average.run_block([input], [out]),
            Average::Trima(average) => average.run_block([input], [out]),
            Average::Kama(average) => average.run_block([input], [out]),
            Average::Mama(average) => {
                let mut famas = [0.0; CHUNK_BARS];
                for (input, out) in input.chunks(CHUNK_BARS).zip(out.chunks_mut(CHUNK_BARS)) {
                    average.run_block([input], [out, &mut famas[..input.len()]]);
                }
            }
            Average::T3(average) => average.run_block([input], [out]),
            Average::Hma(average) => average.run_block([input], [out]),
            Average::Zlema(average) => average.run_block([input], [out]),
            Average::Rma(average) => average.run_block([input], [out]),
            Average::Vidya(average) => average.run_block([input], [out]),
            Average::Alma(average) => average.run_block([input], [out]),
        }
    }
}

impl Memory for Ma {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        match &mut self.0 {
            Average::Copy => {}
            Average::Sma(average) => average.visit(visitor),
            Average::Ema(average) => average.visit(visitor),
            Average::Wma(average) => average.visit(visitor),
            Average::Dema(average) => average.visit(visitor),
            Average::Tema(average) => average.visit(visitor),
            Average::Trima(average) => average.visit(visitor),
            Average::Kama(average) => average.visit(visitor),
            Average::Mama(average) => average.visit(visitor),
            Average::T3(average) => average.visit(visitor),
            Average::Hma(average) => average.visit(visitor),
            Average::Zlema(average) => average.visit(visitor),
            Average::Rma(average) => average.visit(visitor),
            Average::Vidya(average) => average.visit(visitor),
            Average::Alma(average) => average.visit(visitor),
        }
    }
}
