use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::ring::Ring;
use crate::tradingview::pieces::TOLERANCE;

/// TradingView's percent rank: how many percent of the `period` bars before are not above the value by more than 10⁻¹⁰.
///
/// An na among them counts as above.
#[derive(Clone, Debug)]
pub struct PercentRank {
    n: f64,
    before: Ring,
}

constructor!(PercentRank(period: usize));
memory!(PercentRank { before });

impl Indicator<1, 1> for PercentRank {
    const NAME: &'static str = "percentrank";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { n: args[0], before: Ring::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let rank = if value.is_nan() || !self.before.is_full() {
            f64::NAN
        } else {
            let not_above = |&other: &f64| other <= value || other - value <= TOLERANCE;
            let (older, newer) = self.before.as_slices();
            let count = [older, newer].map(|part| part.iter().filter(|&other| not_above(other)).count());
            ((count[0] + count[1]) * 100) as f64 / self.n
        };
        self.before.push(value);
        [rank]
    }
}
