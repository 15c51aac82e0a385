use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// Renko bricks of a fixed size: the edges of the last brick, and how many bricks this bar added (down counts negative).
///
/// A brick is added when the value is a whole brick beyond the edge of the last one, so that a turn needs two. The first
/// value, rounded down to a whole number of bricks, is where they begin.
#[derive(Clone, Debug)]
pub struct Renko {
    brick: f64,
    /// Edges of the last brick in bricks; equal before the first.
    lower: f64,
    upper: f64,
    is_down: bool,
    seen: usize,
}

constructor!(Renko(brick: f64));
memory!(Renko { lower, upper, is_down, seen });

impl Indicator<1, 3> for Renko {
    const NAME: &'static str = "renko";

    fn build(args: &[f64]) -> Self {
        Self { brick: args[0], lower: 0.0, upper: 0.0, is_down: false, seen: 0 }
    }

    fn lookback(_: &[f64]) -> [usize; 3] {
        [0; 3]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 3] {
        let place = price / self.brick;
        if self.seen == 0 {
            self.seen = 1;
            (self.lower, self.upper) = (place.floor(), place.floor());
        }
        let up = (place - self.upper).floor();
        let down = (self.lower - place).floor();
        let added = if up >= 1.0 {
            (self.upper, self.is_down) = (self.upper + up, false);
            self.lower = self.upper - 1.0;
            up
        } else if down >= 1.0 {
            (self.lower, self.is_down) = (self.lower - down, true);
            self.upper = self.lower + 1.0;
            -down
        } else {
            0.0
        };
        let (open, close) = if self.is_down { (self.upper, self.lower) } else { (self.lower, self.upper) };
        [open * self.brick, close * self.brick, added]
    }
}
