//! Numbers as the decimals that they are written as, to round them as TradingView does.

use std::fmt::Write;

/// The shortest decimal that reads back as a double: `digits · 10^exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: u128,
    exponent: i32,
}

/// A text of limited length on the stack: nothing allocates while orders fill.
struct Text {
    bytes: [u8; 64],
    len: usize,
}

impl Write for Text {
    fn write_str(&mut self, part: &str) -> std::fmt::Result {
        let end = self.len + part.len();
        self.bytes.get_mut(self.len..end).ok_or(std::fmt::Error)?.copy_from_slice(part.as_bytes());
        self.len = end;
        Ok(())
    }
}

impl Text {
    fn of(arguments: std::fmt::Arguments<'_>) -> Self {
        let mut text = Self { bytes: [0; 64], len: 0 };
        text.write_fmt(arguments).expect("a number takes less than 64 bytes");
        text
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).expect("numbers are written in ASCII")
    }
}

impl Decimal {
    /// Of a finite number above 0.
    fn of(value: f64) -> Self {
        let text = Text::of(format_args!("{value:e}"));
        let (mantissa, exponent) = text.as_str().split_once('e').expect("written with an exponent");
        let decimals = mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let digits =
            mantissa.bytes().filter(u8::is_ascii_digit).fold(0, |sum, byte| sum * 10 + u128::from(byte - b'0'));
        let exponent: i32 = exponent.parse().expect("a whole exponent");
        Self { digits, exponent: exponent - i32::try_from(decimals).expect("17 digits at most") }
    }

    fn value(self) -> f64 {
        Text::of(format_args!("{}e{}", self.digits, self.exponent)).as_str().parse().expect("digits and an exponent")
    }

    /// The nearest decimal of ten digits, halves away from zero.
    fn ten_digits(self) -> Self {
        let (mut digits, mut exponent, mut last) = (self.digits, self.exponent, 0);
        while digits >= 10_000_000_000 {
            last = digits % 10;
            digits /= 10;
            exponent += 1;
        }
        Self { digits: digits + u128::from(last >= 5), exponent }
    }
}

/// `value` to ten significant digits, halves away from zero, as the shortest decimal of `value` says.
pub(crate) fn ten_digits(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    value.signum() * Decimal::of(value.abs()).ten_digits().value()
}

/// `price` times `percent` hundredths, multiplied as decimals and rounded once.
pub(crate) fn percent_of(price: f64, percent: f64) -> f64 {
    if !(price > 0.0 && percent > 0.0) {
        return price * percent * 0.01;
    }
    let (price, percent) = (Decimal::of(price), Decimal::of(percent));
    Decimal { digits: price.digits * percent.digits, exponent: price.exponent + percent.exponent - 2 }.value()
}

/// The share of `total` (ten digits) that `part` of `whole` units bears, to ten significant digits.
pub(crate) fn share(total: f64, part: f64, whole: f64) -> f64 {
    const UNIT: f64 = 1e-8;
    let (part, whole) = ((part / UNIT).round_ties_even(), (whole / UNIT).round_ties_even());
    if total == 0.0 || !(1.0..9e15).contains(&part) || !(1.0..9e15).contains(&whole) {
        return total * (part / whole);
    }
    let decimal = Decimal::of(total.abs());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 9e15, whole")]
    let (part, whole) = (part as u128, whole as u128);
    let (mut numerator, mut exponent) = (decimal.digits * part, decimal.exponent);
    // At least eleven digits of the quotient: the eleventh decides.
    while numerator / whole < 10_000_000_000 && numerator < u128::MAX / 10 {
        numerator *= 10;
        exponent -= 1;
    }
    total.signum() * Decimal { digits: numerator / whole, exponent }.ten_digits().value()
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers are exact")]
mod tests {
    use super::{percent_of, share, ten_digits};

    #[test]
    fn money_has_ten_digits() {
        assert_eq!(ten_digits(1_499.774_913_204_87), 1_499.774_913);
        assert_eq!(ten_digits(0.749_111_804_295_288_8), 0.749_111_804_3);
        assert_eq!(ten_digits(-12.5), -12.5);
        assert_eq!(ten_digits(99_999_999_995.0), 100_000_000_000.0);
        assert_eq!(ten_digits(0.0), 0.0);
    }

    #[test]
    fn a_half_is_rounded_away_by_its_decimal() {
        assert_eq!(ten_digits(0.013_529_148_375), 0.013_529_148_38);
        assert_eq!(ten_digits(1.000_000_000_5), 1.000_000_001);
    }

    #[test]
    fn per_cents_are_those_of_the_decimals() {
        assert_eq!(percent_of(99.7, 0.05), 0.049_85);
        assert_eq!(percent_of(100.0, 0.1), 0.1);
        assert_eq!(percent_of(-5.0, 0.1), -5.0 * 0.1 * 0.01);
    }

    #[test]
    fn shares_add_up_to_their_total_here() {
        assert_eq!((share(9.0, 1.0, 3.0), share(9.0, 2.0, 3.0)), (3.0, 6.0));
        assert_eq!(share(1.0, 1.0, 3.0), 0.333_333_333_3);
        assert_eq!(share(2.0, 1.0, 3.0), 0.666_666_666_7);
        assert_eq!(share(0.027_058_296_75, 0.000_14, 0.000_28), 0.013_529_148_38);
    }
}
