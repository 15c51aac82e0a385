//! Decimals: an integer mantissa over a power of ten.

/// The largest scale that polars knows.
pub(crate) const MAX_SCALE: usize = 38;

/// Every decimal of so many digits comes back from the float that is nearest to it (C's `DBL_DIG`).
const FLOAT_DIGITS: u32 = 15;
/// The powers of ten that floats hold without loss.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// The float nearest to `mantissa` / 10^`scale`, if the decimal can be told from it: with at most 15 digits, zeros at
/// the end not counted, or as a whole number that a float holds.
pub(crate) fn to_float(mantissa: i128, scale: usize) -> Option<f64> {
    let (mantissa, scale) = without_trailing_zeros(mantissa, scale);
    if mantissa.unsigned_abs() >= 10_u128.pow(FLOAT_DIGITS) {
        return if scale == 0 { crate::number::Number::from_integer(mantissa) } else { None };
    }
    match POWERS.get(scale) {
        // A quotient of two numbers without error is rounded once.
        Some(power) => Some(mantissa as f64 / power),
        None => text(mantissa, scale).parse().ok(),
    }
}

/// `mantissa` / 10^`scale`, if that is a whole number.
pub(crate) fn to_integer(mantissa: i128, scale: usize) -> Option<i128> {
    let (mantissa, scale) = without_trailing_zeros(mantissa, scale);
    (scale == 0).then_some(mantissa)
}

/// The decimal as people write it.
pub(crate) fn text(mantissa: i128, scale: usize) -> String {
    let sign = if mantissa < 0 { "-" } else { "" };
    let digits = format!("{:0>1$}", mantissa.unsigned_abs(), scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let point = if scale == 0 { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

fn without_trailing_zeros(mut mantissa: i128, mut scale: usize) -> (i128, usize) {
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    (mantissa, scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_digits_are_read_and_sixteen_refused() {
        assert_eq!(to_float(114_512, 5), Some(1.14512));
        assert_eq!(to_float(-999_999_999_999_999, 15), Some(-0.999_999_999_999_999));
        assert_eq!(to_float(1_000_000_000_000_001, 15), None);
        assert_eq!(to_float(9_007_199_254_740_993, 1), None);
    }

    #[test]
    fn zeros_at_the_end_are_no_digits() {
        assert_eq!(to_float(11_451_200_000_000_000_000, 19), Some(1.14512));
        assert_eq!(to_float(0, MAX_SCALE), Some(0.0));
        assert_eq!(to_integer(7_000, 3), Some(7));
        assert_eq!(to_integer(7_001, 3), None);
    }

    #[test]
    fn whole_numbers_are_read_as_integers_are() {
        assert_eq!(to_float(9_007_199_254_740_992, 0), Some(9_007_199_254_740_992.0));
        assert_eq!(to_float(90_071_992_547_409_930, 1), None);
    }

    #[test]
    fn scales_beyond_the_exact_powers_of_ten_are_rounded_once() {
        assert_eq!(to_float(3, 23), Some(3e-23));
        assert_eq!(to_float(123_456_789_012_345, 38), Some(1.234_567_890_123_45e-24));
    }

    #[test]
    fn text_has_the_digits_of_the_scale() {
        assert_eq!(text(-5, 3), "-0.005");
        assert_eq!(text(114_512, 5), "1.14512");
        assert_eq!(text(7, 0), "7");
        assert_eq!(text(i128::MIN, 38), "-1.70141183460469231731687303715884105728");
    }
}
