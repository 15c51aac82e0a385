use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::averages::Rma;
use crate::tradingview::pieces::Previous;
use crate::tradingview::pieces::TOLERANCE;
use crate::tradingview::pieces::TrueRange;

/// TradingView's directional movement index: +DI, −DI and ADX.
///
/// Wilder's averages of the directional movements are divided by that of the true range, which has no value on the
/// first bar. A movement counts if it is larger than the opposite one and than 0, each by more than 10⁻¹⁰. Where the
/// average true range is 0, and at an na, there is no value.
#[derive(Clone, Debug)]
pub struct Dmi {
    high: Previous,
    low: Previous,
    range: TrueRange,
    average_range: Rma,
    plus: Rma,
    minus: Rma,
    adx: Rma,
}

constructor!(Dmi(di_period: usize, adx_period: usize));
memory!(Dmi { high, low, range, average_range, plus, minus, adx });

impl Dmi {
    pub(crate) fn of(di_period: usize, adx_period: usize) -> Self {
        let average = Rma::of(di_period);
        Self {
            high: Previous::default(),
            low: Previous::default(),
            range: TrueRange::default(),
            average_range: average.clone(),
            plus: average.clone(),
            minus: average,
            adx: Rma::of(adx_period),
        }
    }
}

impl Indicator<3, 3> for Dmi {
    const NAME: &'static str = "dmi";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self::of(args::bars(args, 0), args::bars(args, 1))
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let di = args::bars(args, 0);
        [di, di, di + args::bars(args, 1) - 1]
    }

    #[inline(always)]
    fn step(&mut self, bar @ [high, low, _]: [f64; 3]) -> [f64; 3] {
        let up = high - self.high.replace(high);
        let down = -(low - self.low.replace(low));
        let range = self.average_range.next(self.range.step(bar));
        let (plus, minus) = (self.plus.next(movement(up, down)), self.minus.next(movement(down, up)));
        if range.is_nan() || plus.is_nan() || minus.is_nan() || range == 0.0 {
            return [f64::NAN; 3];
        }
        let (plus, minus) = (100.0 * plus / range, 100.0 * minus / range);
        let sum = plus + minus;
        let index = (plus - minus).abs() / if sum == 0.0 { 1.0 } else { sum };
        [plus, minus, self.adx.next(index) * 100.0]
    }
}

/// The movement in one direction, if it outweighs `opposite`.
#[inline(always)]
fn movement(own: f64, opposite: f64) -> f64 {
    if own.is_nan() || opposite.is_nan() {
        f64::NAN
    } else if own - opposite > TOLERANCE && own > TOLERANCE {
        own
    } else {
        0.0
    }
}

/// [`Dmi`] with one period for both: ADX, +DI and −DI.
#[derive(Clone, Debug)]
pub struct Adx {
    dmi: Dmi,
}

constructor!(Adx(period: usize));
memory!(Adx { dmi });

impl Indicator<3, 3> for Adx {
    const NAME: &'static str = "adx";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { dmi: Dmi::of(period, period) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let period = args::bars(args, 0);
        [2 * period - 1, period, period]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 3] {
        let [plus, minus, adx] = self.dmi.step(bar);
        [adx, plus, minus]
    }
}
