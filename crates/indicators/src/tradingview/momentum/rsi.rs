use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::lanes::lockstep::{self, Recursion, lane};
use crate::lanes::{Four, Wide};
use crate::memory::memory;
use crate::missing::is_known;
use crate::tradingview::averages::Rma;
use crate::tradingview::pieces::Previous;
use crate::tradingview::pieces::{TOLERANCE, larger};

/// TradingView's relative strength index: 100 − 100 / (1 + rises / falls) of Wilder's averages.
///
/// Falls up to 10⁻¹⁰ count as none and give 100, whatever the rises; behind that, rises up to 10⁻¹⁰ give 0. An na
/// gives na; the next value is compared with the last one that was none.
#[derive(Clone, Debug)]
pub struct Rsi {
    previous: Previous,
    rises: Rma,
    falls: Rma,
}

constructor!(Rsi(period: usize));
memory!(Rsi { previous, rises, falls });

impl Indicator<1, 1> for Rsi {
    const NAME: &'static str = "rsi";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { previous: Previous::default(), rises: Rma::of(period), falls: Rma::of(period) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if value.is_nan() {
            return [f64::NAN];
        }
        let before = self.previous.replace(value);
        if before.is_nan() {
            return [f64::NAN];
        }
        let rises = self.rises.next(larger(value - before, 0.0));
        let falls = self.falls.next(larger(before - value, 0.0));
        [if falls <= TOLERANCE {
            100.0
        } else if rises <= TOLERANCE {
            0.0
        } else {
            100.0 - 100.0 / (1.0 + rises / falls)
        }]
    }

    fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; 1]], outputs: &mut [[&mut [f64]; 1]]) {
        lockstep::run(states, inputs, outputs);
    }
}

lane!(Rsi, 3, 3);

impl Recursion<3, 3> for Rsi {
    const NOT_TINY: bool = true;

    fn bars_alone(&self) -> Option<usize> {
        let previous = self.previous.get();
        let averages = self.rises.bars_alone()?.max(self.falls.bars_alone()?);
        // Without a price before it, the first one has no change.
        if previous.is_nan() { Some(averages.max(1) + 1) } else { is_known(previous).then_some(averages) }
    }

    fn constants(&self) -> [f64; 3] {
        self.rises.constants()
    }

    fn variables(&self) -> [f64; 3] {
        let ([rises], [falls]) = (self.rises.variables(), self.falls.variables());
        [self.previous.get(), rises, falls]
    }

    fn set_variables(&mut self, [previous, rises, falls]: [f64; 3]) {
        self.previous.replace(previous);
        self.rises.set_variables([rises]);
        self.falls.set_variables([falls]);
    }

    #[inline(always)]
    fn eight_bars<F: Four>(
        token: F::Token,
        constants: &[Wide<F>; 3],
        [previous, rises, falls]: &mut [Wide<F>; 3],
        bars: &mut [Wide<F>; 8],
    ) {
        let (zero, one) = (Wide::splat(token, 0.0), Wide::splat(token, 1.0));
        let (hundred, tolerance) = (Wide::splat(token, 100.0), Wide::splat(token, TOLERANCE));
        for bar in bars {
            let (rise, fall) = (*bar - *previous, *previous - *bar);
            *previous = *bar;
            Rma::follow(constants, rises, rise.if_above(zero, rise, zero));
            Rma::follow(constants, falls, fall.if_above(zero, fall, zero));
            let strength = hundred - hundred / (one + *rises / *falls);
            let strength = rises.if_above(tolerance, strength, zero);
            *bar = falls.if_above(tolerance, strength, hundred);
        }
    }
}
