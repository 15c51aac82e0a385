use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::TOLERANCE;

/// TradingView's `ta.cross`: 1 where one column has come to the other side of the other, 0 elsewhere.
///
/// The side is the last one on which the first column was more than 10⁻¹⁰ away; any distance on the other side is a
/// cross. Without a side so far there is none. A bar with an na gives 0 and is passed over.
#[derive(Clone, Debug)]
pub struct Cross {
    above: bool,
    below: bool,
}

constructor!(Cross());
memory!(Cross { above, below });

impl Indicator<2, 1> for Cross {
    const NAME: &'static str = "cross";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { above: false, below: false }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [first, second]: [f64; 2]) -> [f64; 1] {
        let crossed = (self.below && first > second) || (self.above && first < second);
        let distance = first - second;
        if distance.abs() > TOLERANCE {
            self.above = distance > 0.0;
            self.below = distance < 0.0;
        }
        [f64::from(crossed)]
    }
}

/// TradingView's `ta.crossover`: 1 where the first column is above the second and was not on the bar before, 0 elsewhere.
///
/// Comparisons are exact. A bar with an na gives 0 and is passed over.
#[derive(Clone, Debug)]
pub struct Crossover {
    was_not_above: bool,
}

constructor!(Crossover());
memory!(Crossover { was_not_above });

impl Indicator<2, 1> for Crossover {
    const NAME: &'static str = "crossover";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { was_not_above: false }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [first, second]: [f64; 2]) -> [f64; 1] {
        let crossed = self.was_not_above && first > second;
        if !(first.is_nan() || second.is_nan()) {
            self.was_not_above = first <= second;
        }
        [f64::from(crossed)]
    }
}

/// TradingView's `ta.crossunder`: 1 where the first column is below the second and was not on the bar before, 0
/// elsewhere.
///
/// Comparisons are exact. A bar with an na gives 0 and is passed over.
#[derive(Clone, Debug)]
pub struct Crossunder {
    was_not_below: bool,
}

constructor!(Crossunder());
memory!(Crossunder { was_not_below });

impl Indicator<2, 1> for Crossunder {
    const NAME: &'static str = "crossunder";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { was_not_below: false }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [first, second]: [f64; 2]) -> [f64; 1] {
        let crossed = self.was_not_below && first < second;
        if !(first.is_nan() || second.is_nan()) {
            self.was_not_below = first >= second;
        }
        [f64::from(crossed)]
    }
}
