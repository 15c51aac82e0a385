use crate::args;
use crate::extra::smoothed::Smoothed;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// A smoothed average of the median price, shown some bars later.
#[derive(Clone, Debug)]
struct Shifted {
    average: Smoothed,
    /// The last averages; empty for no shift.
    later: Ring,
    shift: usize,
}

memory!(Shifted { average, later });

impl Shifted {
    fn new(period: usize, shift: usize) -> Self {
        Self { average: Smoothed::new(period), later: Ring::new(shift + 1), shift }
    }

    #[inline(always)]
    fn step(&mut self, median: f64) -> f64 {
        let average = self.average.step(median);
        if !average.is_nan() {
            self.later.push(average);
        }
        if self.later.is_full() { self.later.back(self.shift) } else { f64::NAN }
    }
}

/// Williams's alligator: three smoothed averages of the median price, each shown some bars later than it was computed, so
/// that no value knows a later bar.
#[derive(Clone, Debug)]
pub struct Alligator {
    jaw: Shifted,
    teeth: Shifted,
    lips: Shifted,
}

constructor!(Alligator(
    jaw_period: usize,
    jaw_shift: usize,
    teeth_period: usize,
    teeth_shift: usize,
    lips_period: usize,
    lips_shift: usize
));
memory!(Alligator { jaw, teeth, lips });

impl Indicator<2, 3> for Alligator {
    const NAME: &'static str = "alligator";

    fn build(args: &[f64]) -> Self {
        let line = |index: usize| Shifted::new(args::bars(args, index), args::bars(args, index + 1));
        Self { jaw: line(0), teeth: line(2), lips: line(4) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [0, 2, 4].map(|index| args::bars(args, index) + args::bars(args, index + 1) - 1)
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 3] {
        let median = f64::midpoint(high, low);
        [self.jaw.step(median), self.teeth.step(median), self.lips.step(median)]
    }
}

/// The gator oscillator: how far the alligator's mouth is open, |jaw − teeth| above zero and |teeth − lips| below.
#[derive(Clone, Debug)]
pub struct Gator {
    alligator: Alligator,
}

constructor!(Gator(
    jaw_period: usize,
    jaw_shift: usize,
    teeth_period: usize,
    teeth_shift: usize,
    lips_period: usize,
    lips_shift: usize
));
memory!(Gator { alligator });

impl Indicator<2, 2> for Gator {
    const NAME: &'static str = "gator";

    fn build(args: &[f64]) -> Self {
        Self { alligator: Alligator::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        let [jaw, teeth, lips] = Alligator::lookback(args);
        [jaw.max(teeth), teeth.max(lips)]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 2]) -> [f64; 2] {
        let [jaw, teeth, lips] = self.alligator.step(bar);
        [(jaw - teeth).abs(), -(teeth - lips).abs()]
    }
}
