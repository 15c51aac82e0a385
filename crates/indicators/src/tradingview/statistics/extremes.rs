use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Extreme;

/// TradingView's `ta.highest`: the largest value of the last `period` bars.
///
/// An na gives na and empties the window.
#[derive(Clone, Debug)]
pub struct Max {
    highest: Extreme,
}

constructor!(Max(period: usize));
memory!(Max { highest });

impl Indicator<1, 1> for Max {
    const NAME: &'static str = "max";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { highest: Extreme::highest(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.highest.step(value)]
    }
}

/// TradingView's `ta.lowest`: the smallest value of the last `period` bars.
///
/// An na gives na and empties the window.
#[derive(Clone, Debug)]
pub struct Min {
    lowest: Extreme,
}

constructor!(Min(period: usize));
memory!(Min { lowest });

impl Indicator<1, 1> for Min {
    const NAME: &'static str = "min";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { lowest: Extreme::lowest(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.lowest.step(value)]
    }
}

/// TradingView's `ta.highestbars`: minus the number of bars since the largest of the last `period` values, of equal ones
/// since the oldest.
///
/// An na gives 0 and empties the window.
#[derive(Clone, Debug)]
pub struct HighestBars {
    highest: Extreme,
}

constructor!(HighestBars(period: usize));
memory!(HighestBars { highest });

impl Indicator<1, 1> for HighestBars {
    const NAME: &'static str = "highestbars";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { highest: Extreme::highest(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.highest.step(value);
        [offset(&self.highest)]
    }
}

/// TradingView's `ta.lowestbars`: minus the number of bars since the smallest of the last `period` values, of equal ones
/// since the oldest.
///
/// An na gives 0 and empties the window.
#[derive(Clone, Debug)]
pub struct LowestBars {
    lowest: Extreme,
}

constructor!(LowestBars(period: usize));
memory!(LowestBars { lowest });

impl Indicator<1, 1> for LowestBars {
    const NAME: &'static str = "lowestbars";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { lowest: Extreme::lowest(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.lowest.step(value);
        [offset(&self.lowest)]
    }
}

#[inline(always)]
fn offset(extreme: &Extreme) -> f64 {
    if extreme.is_warm() { 0.0 - extreme.age() as f64 } else { f64::NAN }
}

/// TradingView's `ta.range`: the largest value of the last `period` bars less the smallest one.
///
/// An na gives na; the window passes over it.
#[derive(Clone, Debug)]
pub struct Range {
    highest: Extreme,
    lowest: Extreme,
}

constructor!(Range(period: usize));
memory!(Range { highest, lowest });

impl Indicator<1, 1> for Range {
    const NAME: &'static str = "range";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { highest: Extreme::highest(period), lowest: Extreme::lowest(period) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if value.is_nan() {
            self.highest.skip();
            self.lowest.skip();
            return [value];
        }
        [self.highest.step(value) - self.lowest.step(value)]
    }
}
