//! e to a power, rounded correctly, so that the bits are the same on every platform.

/// ln 2 as the sum of two doubles.
const LN_2: Pair = Pair(std::f64::consts::LN_2, 2.319_046_813_846_299_6e-17);
/// The series is taken at 2⁻⁸ of the exponent, and its sum squared eight times.
const HALVINGS: i32 = 8;

/// A number as the sum of two doubles, of which the second is below the last bit of the first.
#[derive(Clone, Copy)]
struct Pair(f64, f64);

impl Pair {
    /// Exactly `a` + `b`.
    fn sum(a: f64, b: f64) -> Self {
        let sum = a + b;
        let part = sum - a;
        Self(sum, (a - (sum - part)) + (b - part))
    }

    fn plus(self, other: Self) -> Self {
        let sum = Self::sum(self.0, other.0);
        Self::sum(sum.0, sum.1 + (self.1 + other.1))
    }

    fn times(self, other: Self) -> Self {
        let product = self.0 * other.0;
        let rest = self.0.mul_add(other.0, -product);
        Self::sum(product, rest + (self.0 * other.1 + self.1 * other.0))
    }

    fn over(self, divisor: f64) -> Self {
        let quotient = self.0 / divisor;
        let rest = (-quotient).mul_add(divisor, self.0) + self.1;
        Self::sum(quotient, rest / divisor)
    }
}

/// e to the power of `exponent`, which is not above 0; 0 where that is no normal double.
pub(super) fn exp(exponent: f64) -> f64 {
    if exponent < -708.0 {
        return 0.0;
    }
    let twos = (exponent * std::f64::consts::LOG2_E).round();
    let reduced = Pair(exponent, 0.0).plus(Pair(-twos, 0.0).times(LN_2));
    let small = reduced.times(Pair(f64::from(1_u32 << HALVINGS).recip(), 0.0));
    let one = Pair(1.0, 0.0);
    // 1 + x (1 + x/2 (1 + x/3 (…))): the twelfth term is below 2⁻¹³⁰.
    let series = (1..=12).rev().fold(one, |sum, n| one.plus(small.over(f64::from(n)).times(sum)));
    let whole = (0..HALVINGS).fold(series, |power, _| power.times(power));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 1,023")]
    let biased = (twos + 1023.0) as u64;
    whole.0 * f64::from_bits(biased << 52)
}

#[cfg(test)]
mod tests {
    use super::exp;

    /// From Python's decimal module: `float(Decimal(x).exp())` with 60 digits.
    #[test]
    fn is_rounded_correctly() {
        let known = [
            (0.0, 1.0),
            (-0.137_812_499_999_999_9, 0.871_262_038_063_739_6),
            (-1.0, 0.367_879_441_171_442_33),
            (-25.919_999_999_999_998, 5.534_610_071_701_033e-12),
            (-1.543_775_510_204_081, 0.213_573_229_415_139_62),
            (-300.25, 4.009_422_364_622_857e-131),
            (-707.5, 5.453_232_991_066_742e-308),
        ];
        for (exponent, power) in known {
            assert_eq!(exp(exponent).to_bits(), f64::to_bits(power), "{exponent}");
        }
        assert_eq!(exp(-800.0).to_bits(), 0);
    }
}
