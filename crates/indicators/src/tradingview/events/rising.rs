use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::{Previous, TOLERANCE};

/// How many steps in a row went one way, each by more than 10⁻¹⁰. An na ends the row; so does, uncounted, the value
/// behind it.
#[derive(Clone, Debug)]
struct Row {
    needed: usize,
    previous: Previous,
    steps: usize,
}

memory!(Row { previous, steps });

impl Row {
    fn new(needed: usize) -> Self {
        Self { needed, previous: Previous::default(), steps: 0 }
    }

    /// 1 if the row is long enough.
    #[inline(always)]
    fn step(&mut self, value: f64) -> [f64; 1] {
        let before = self.previous.replace(value);
        if before.is_nan() {
            return [0.0];
        }
        self.steps = if value - before > TOLERANCE { self.steps + 1 } else { 0 };
        [f64::from(self.steps >= self.needed)]
    }
}

/// TradingView's `ta.rising`: 1 where the value has risen `period` times in a row, each time by more than 10⁻¹⁰, 0
/// elsewhere.
#[derive(Clone, Debug)]
pub struct Rising {
    row: Row,
}

constructor!(Rising(period: usize));
memory!(Rising { row });

impl Indicator<1, 1> for Rising {
    const NAME: &'static str = "rising";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { row: Row::new(args::bars(args, 0)) }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.row.step(value)
    }
}

/// TradingView's `ta.falling`: 1 where the value has fallen `period` times in a row, each time by more than 10⁻¹⁰, 0
/// elsewhere.
#[derive(Clone, Debug)]
pub struct Falling {
    row: Row,
}

constructor!(Falling(period: usize));
memory!(Falling { row });

impl Indicator<1, 1> for Falling {
    const NAME: &'static str = "falling";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { row: Row::new(args::bars(args, 0)) }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.row.step(-value)
    }
}
