use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::lanes::lockstep::{self, LARGEST_STATE, Recursion, SMALLEST, lane};
use crate::lanes::{Four, Wide};
use crate::memory::memory;
use crate::tradingview::pieces::Sum;

/// Wilder's average as TradingView computes it: starts with the simple average of the first `period` values; then
/// (previous · (n − 1) + value) / n, each operation rounded.
///
/// An na gives na and is passed over. A period of 1 is the value itself. Where infinities have made it na, it starts
/// anew.
#[derive(Clone, Debug)]
pub struct Rma {
    single: bool,
    n: f64,
    seed: Sum,
    started: bool,
    value: f64,
}

constructor!(Rma(period: usize));
memory!(Rma { seed, started, value });

impl Rma {
    pub(crate) fn of(period: usize) -> Self {
        Self { single: period == 1, n: period as f64, seed: Sum::new(period), started: false, value: 0.0 }
    }

    /// The average with the next value.
    #[inline(always)]
    pub(crate) fn next(&mut self, value: f64) -> f64 {
        if self.single || value.is_nan() {
            return value;
        }
        if self.started {
            self.value = (self.value * (self.n - 1.0) + value) / self.n;
        } else {
            self.value = self.seed.step(value) / self.n;
        }
        self.started = !self.value.is_nan();
        self.value
    }
}

impl Indicator<1, 1> for Rma {
    const NAME: &'static str = "rma";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self::of(args::bars(args, 0))
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.next(value)]
    }

    fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; 1]], outputs: &mut [[&mut [f64]; 1]]) {
        lockstep::run(states, inputs, outputs);
    }
}

lane!(Rma, 3, 1);

impl Recursion<3, 1> for Rma {
    const NOT_TINY: bool = true;

    fn bars_alone(&self) -> Option<usize> {
        let is_normal = || self.value.to_bits() == 0 || (SMALLEST..=LARGEST_STATE).contains(&self.value.abs());
        let is_fit = !self.started || is_normal();
        (!self.single && is_fit).then(|| if self.started { 0 } else { self.seed.missing() })
    }

    fn constants(&self) -> [f64; 3] {
        let one_over_n = 1.0 / self.n;
        // The error of a quotient is a double, so 1/n is this sum but for the rounding of its second term.
        [self.n - 1.0, one_over_n, (-one_over_n).mul_add(self.n, 1.0) / self.n]
    }

    fn variables(&self) -> [f64; 1] {
        [self.value]
    }

    fn set_variables(&mut self, [value]: [f64; 1]) {
        self.value = value;
    }

    #[inline(always)]
    fn eight_bars<F: Four>(_: F::Token, constants: &[Wide<F>; 3], [value]: &mut [Wide<F>; 1], bars: &mut [Wide<F>; 8]) {
        for bar in bars {
            Self::follow(constants, value, *bar);
            *bar = *value;
        }
    }
}

impl Rma {
    /// The division by n as two multiplications, which take half of its time, with the same bits: their error is below
    /// 2⁻⁵⁰ of the quotient's last place, and a quotient by n < 2¹⁷ is either a double or at least 2⁻¹⁸ of that place
    /// away from where rounding turns. (N. Brisebarre, J.-M. Muller, S. K. Raina, *Accelerating correctly rounded
    /// floating-point division when the divisor is known in advance*, IEEE Transactions on Computers 53 (2004).)
    #[inline(always)]
    pub(crate) fn follow<F: Four>([n_minus_1, high, low]: &[Wide<F>; 3], value: &mut Wide<F>, next: Wide<F>) {
        let sum = *value * *n_minus_1 + next;
        *value = sum.mul_add(*high, sum * *low);
    }
}

#[cfg(test)]
mod tests {
    use crate::lanes::lockstep::{Recursion, SMALLEST};

    use super::Rma;

    /// The quotients closest to where rounding turns, in front of and behind every such place, besides any others.
    #[test]
    fn two_multiplications_divide() {
        let mut dice = 1_u64;
        for n in (2..3000).chain([65_521, 65_536, 99_991, 99_999, 100_000]) {
            let [_, high, low] = Rma::of(n).constants();
            let n = n as f64;
            let check = |sum: f64| {
                assert_eq!(sum.mul_add(high, sum * low).to_bits(), (sum / n).to_bits(), "{sum:e} / {n}");
            };
            for _ in 0..300 {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let sum = f64::from_bits((dice >> 12) | (1000 + (dice & 31)) << 52);
                let between = (sum / n).next_up() * n;
                for sum in [sum, -sum, between.next_down(), between, between.next_up(), sum * SMALLEST, sum * 1e270] {
                    check(sum);
                }
                // A quotient half-way between two doubles, but for less than 1/n of their distance.
                let (quotient, ulp) = (sum / n, (sum / n).next_up() - sum / n);
                let half = quotient.mul_add(n, 0.5 * ulp * n);
                for sum in [half.next_down(), half, half.next_up()] {
                    check(sum);
                }
            }
            check(0.0);
        }
    }
}
