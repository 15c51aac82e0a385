use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// Whether a condition holds: it is neither 0 nor na.
#[inline(always)]
pub(crate) fn holds(condition: f64) -> bool {
    condition != 0.0 && !condition.is_nan()
}

/// TradingView's `ta.valuewhen`: the value on the last bar that fulfilled the condition (`occurrence` 0), on the one
/// before (1), and so on; na while there were not so many. An na on such a bar is a value like any other.
#[derive(Clone, Debug)]
pub struct ValueWhen {
    values: Ring,
}

constructor!(ValueWhen(occurrence: usize));
memory!(ValueWhen { values });

impl Indicator<2, 1> for ValueWhen {
    const NAME: &'static str = "valuewhen";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { values: Ring::new(args::bars(args, 0) + 1) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [condition, value]: [f64; 2]) -> [f64; 1] {
        if holds(condition) {
            self.values.push(value);
        }
        [if self.values.is_full() { self.values.oldest() } else { f64::NAN }]
    }
}

/// TradingView's `ta.barssince`: the number of bars since the last one that fulfilled the condition; na while there was
/// none.
#[derive(Clone, Debug)]
pub struct BarsSince {
    fulfilled: bool,
    bars: usize,
}

constructor!(BarsSince());
memory!(BarsSince { fulfilled, bars });

impl Indicator<1, 1> for BarsSince {
    const NAME: &'static str = "barssince";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { fulfilled: false, bars: 0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [condition]: [f64; 1]) -> [f64; 1] {
        self.bars += 1;
        if holds(condition) {
            self.fulfilled = true;
            self.bars = 0;
        }
        [if self.fulfilled { self.bars as f64 } else { f64::NAN }]
    }
}
