use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's Rogers-Satchell volatility: √`annualization` · √(mean over n bars of ln(high/close) · ln(high/open) +
/// ln(low/close) · ln(low/open)), which a drift of the price does not disturb.
///
/// The sum is a running total. It is added up anew after 32 · n bars, or as soon as it is below a millionth of the
/// largest since it was last added up. A bar with a price of 0 or below adds nothing; a total of 0 or below gives 0.
#[derive(Clone, Debug)]
pub struct RogersSatchell {
    n: f64,
    scale: f64,
    /// Bars after which the total is added up anew.
    renewal: usize,
    terms: Ring,
    /// Sum of the window without its oldest term, once it is full.
    total: f64,
    /// Bars since the total was added up anew.
    age: usize,
    /// The largest absolute total since then.
    peak: f64,
}

constructor!(RogersSatchell(period: usize, annualization: f64));
memory!(RogersSatchell { terms, total, age, peak });

#[expect(clippy::disallowed_methods, reason = "TA-Lib takes the platform's logarithm, and its bits are the profile's")]
fn logarithm(value: f64) -> f64 {
    value.ln()
}

#[inline(always)]
fn term([open, high, low, close]: [f64; 4]) -> f64 {
    if !(open > 0.0 && high > 0.0 && low > 0.0 && close > 0.0) {
        return 0.0;
    }
    let above = logarithm(high / close) * logarithm(high / open);
    above + logarithm(low / close) * logarithm(low / open)
}

impl Indicator<4, 1> for RogersSatchell {
    const NAME: &'static str = "rogerssatchell";

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        Self { n: args[0], scale: args[1].sqrt(), renewal: 32 * n, terms: Ring::new(n), total: 0.0, age: 0, peak: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 4]) -> [f64; 1] {
        let term = term(bar);
        let was_full = self.terms.is_full();
        self.terms.push(term);
        let mut sum = self.total + term;
        if !self.terms.is_full() {
            (self.total, self.peak) = (sum, sum.abs());
            return [f64::NAN];
        }
        if !was_full {
            self.peak = self.total.abs();
        }
        self.peak = if sum.abs() > self.peak { sum.abs() } else { self.peak };
        self.age += 1;
        if sum.abs() < 0.000_001 * self.peak || self.age == self.renewal {
            sum = self.terms.iter().fold(0.0, |sum, term| sum + term);
            (self.age, self.peak) = (0, sum.abs());
        }
        self.total = sum - self.terms.oldest();
        [if sum > 0.0 { self.scale * (sum / self.n).sqrt() } else { 0.0 }]
    }
}
