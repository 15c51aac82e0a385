use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// TradingView's symmetrically weighted moving average of four bars: weights 1, 2, 2 and 1, divided by 6.
///
/// A window that holds an na has no average.
#[derive(Clone, Debug)]
pub struct Swma {
    window: Ring,
}

constructor!(Swma());
memory!(Swma { window });

impl Indicator<1, 1> for Swma {
    const NAME: &'static str = "swma";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { window: Ring::new(4) }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [3]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.window.push(value);
        if !self.window.is_full() {
            return [f64::NAN];
        }
        let [first, second, third] = [1, 2, 3].map(|age| self.window.back(age));
        [(value + 2.0 * first + 2.0 * second + third) / 6.0]
    }
}
