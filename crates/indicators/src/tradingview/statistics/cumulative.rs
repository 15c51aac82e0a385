use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::{Previous, larger, smaller};

/// TradingView's `ta.cum`: the sum of all values so far. An na gives na and adds nothing.
#[derive(Clone, Debug, Default)]
pub struct Cumsum {
    sum: f64,
}

constructor!(Cumsum());
memory!(Cumsum { sum });

impl Cumsum {
    /// The sum with the next value.
    #[inline(always)]
    pub(crate) fn next(&mut self, value: f64) -> f64 {
        if value.is_nan() {
            return value;
        }
        self.sum += value;
        self.sum
    }
}

impl Indicator<1, 1> for Cumsum {
    const NAME: &'static str = "cumsum";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self::default()
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.next(value)]
    }
}

/// TradingView's `ta.max`: the largest value so far; at an na it stays where it is.
#[derive(Clone, Debug)]
pub struct Cummax {
    largest: Previous,
}

constructor!(Cummax());
memory!(Cummax { largest });

impl Indicator<1, 1> for Cummax {
    const NAME: &'static str = "cummax";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { largest: Previous::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let largest = self.largest.get();
        self.largest.replace(if largest.is_nan() { value } else { larger(largest, value) });
        [self.largest.get()]
    }
}

/// TradingView's `ta.min`: the smallest value so far; at an na it stays where it is.
#[derive(Clone, Debug)]
pub struct Cummin {
    smallest: Previous,
}

constructor!(Cummin());
memory!(Cummin { smallest });

impl Indicator<1, 1> for Cummin {
    const NAME: &'static str = "cummin";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { smallest: Previous::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let smallest = self.smallest.get();
        self.smallest.replace(if smallest.is_nan() { value } else { smaller(smallest, value) });
        [self.smallest.get()]
    }
}
