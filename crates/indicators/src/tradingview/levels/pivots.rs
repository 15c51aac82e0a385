use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Extreme;

/// Where the extreme of left + right + 1 bars stands `right` bars back, of equal ones the newest.
#[derive(Clone, Debug)]
struct Pivot {
    right: usize,
    extreme: Extreme,
}

memory!(Pivot { extreme });

impl Pivot {
    #[inline(always)]
    fn step(&mut self, value: f64) -> [f64; 1] {
        if value.is_nan() {
            self.extreme.skip();
            return [value];
        }
        let extreme = self.extreme.step(value);
        [if self.extreme.age() == self.right { extreme } else { f64::NAN }]
    }
}

/// TradingView's `ta.pivothigh`: the value of `right` bars ago, on the bar that shows it to be a peak: none of the
/// `left` bars before it is higher, and each of the `right` bars behind it is lower; na on other bars.
///
/// An na gives na; the window passes over it.
#[derive(Clone, Debug)]
pub struct PivotHigh {
    pivot: Pivot,
}

constructor!(PivotHigh(left: usize, right: usize));
memory!(PivotHigh { pivot });

impl Indicator<1, 1> for PivotHigh {
    const NAME: &'static str = "pivothigh";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let (left, right) = (args::bars(args, 0), args::bars(args, 1));
        Self { pivot: Pivot { right, extreme: Extreme::highest(left + right + 1).newest() } }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) + args::bars(args, 1)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.pivot.step(value)
    }
}

/// TradingView's `ta.pivotlow`: the value of `right` bars ago, on the bar that shows it to be a trough: none of the
/// `left` bars before it is lower, and each of the `right` bars behind it is higher; na on other bars.
///
/// An na gives na; the window passes over it.
#[derive(Clone, Debug)]
pub struct PivotLow {
    pivot: Pivot,
}

constructor!(PivotLow(left: usize, right: usize));
memory!(PivotLow { pivot });

impl Indicator<1, 1> for PivotLow {
    const NAME: &'static str = "pivotlow";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let (left, right) = (args::bars(args, 0), args::bars(args, 1));
        Self { pivot: Pivot { right, extreme: Extreme::lowest(left + right + 1).newest() } }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) + args::bars(args, 1)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.pivot.step(value)
    }
}
