//! Numbers as decimal text, the shortest that reads back as the same bits.
//!
//! Each function writes to `out` from `at` on and returns where the text ends. Behind that end it may leave anything:
//! pieces of a known size are copied without a loop.

/// How a number looks that is whole, very large or very small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// Plain decimals, as `Display` writes them: `3`, `0.0000001`.
    Plain,
    /// With a fraction or an exponent, so that no reader takes it for an integer: `3.0`, `1e-7`, `1e+16`.
    Float,
}

/// More bytes than any number takes, together with what may be left behind it.
pub(crate) const NUMBER_BYTES: usize = 384;

// Prices and most volumes are decimals of up to seven digits before the point and eight behind it.
const SCALE: f64 = 1e8;
const WHOLE: u64 = 100_000_000;
const BELOW: f64 = 1e7;
// From here on up to there, numbers have no exponent in any notation.
const SMALLEST: f64 = 1e-5;
const LARGEST: f64 = 1e16;

/// Writes `value`, which must be finite.
#[inline]
pub(crate) fn put_number(out: &mut [u8], at: usize, value: f64, notation: Notation) -> usize {
    // No two decimals of up to 15 digits read as the same number. So one that reads back is the shortest there is. Bits
    // are compared, because -0 is not 0 here.
    #[expect(clippy::cast_possible_truncation, reason = "what does not fit is not below")]
    let scaled = (value * SCALE + 0.5) as i64;
    let reads_back = (scaled as f64 / SCALE).to_bits() == value.to_bits();
    if (0.0..BELOW).contains(&value) && reads_back && (notation == Notation::Plain || value >= SMALLEST) {
        put_scaled(out, at, scaled.cast_unsigned(), notation)
    } else {
        put_any(out, at, value, notation)
    }
}

/// Writes a count.
pub(crate) fn put_count(out: &mut [u8], at: usize, count: u32) -> usize {
    let (high, low) = (u64::from(count) / WHOLE, u64::from(count) % WHOLE);
    if high == 0 {
        return put_short(out, at, low);
    }
    let at = put_short(out, at, high);
    put_first(out, at, (eight_digits(low) | ASCII).to_le_bytes(), 8)
}

/// Writes an integer.
pub(crate) fn put_integer(out: &mut [u8], mut at: usize, value: i64) -> usize {
    if value < 0 {
        at = put_first(out, at, *b"-", 1);
    }
    let value = value.unsigned_abs();
    let parts = [value / WHOLE / WHOLE, value / WHOLE % WHOLE, value % WHOLE];
    let first = parts.iter().position(|&part| part > 0).unwrap_or(2);
    at = put_short(out, at, parts[first]);
    for &part in &parts[first + 1..] {
        at = put_first(out, at, (eight_digits(part) | ASCII).to_le_bytes(), 8);
    }
    at
}

/// Copies all of `bytes`, of which the first `length` are text.
#[inline]
pub(crate) fn put_first<const N: usize>(out: &mut [u8], at: usize, bytes: [u8; N], length: usize) -> usize {
    out[at..at + N].copy_from_slice(&bytes);
    at + length
}

/// Writes `scaled` / 10^8, where `scaled` is below 10^15.
#[inline]
fn put_scaled(out: &mut [u8], at: usize, scaled: u64, notation: Notation) -> usize {
    const POINT: u64 = b'.' as u64;
    let (whole, fraction) = (eight_digits(scaled / WHOLE), eight_digits(scaled % WHOLE));
    // At most seven digits before the point, so that it fits behind them.
    let n_zeros = whole.trailing_zeros().min(56) / 8;
    let n_whole = 8 - n_zeros;
    let whole = (whole | ASCII) >> (8 * n_zeros) | POINT << (8 * n_whole);
    // The last digit stands in the highest byte.
    let n_fraction = 8 - fraction.leading_zeros() / 8;
    let length = match (n_fraction, notation) {
        (0, Notation::Plain) => n_whole,
        (0, Notation::Float) => n_whole + 2,
        _ => n_whole + 1 + n_fraction,
    };
    let text = u128::from(whole) | u128::from(fraction | ASCII) << (8 * (n_whole + 1));
    put_first(out, at, text.to_le_bytes(), length as usize)
}

/// Writes a number below 10^8.
#[inline]
fn put_short(out: &mut [u8], at: usize, value: u64) -> usize {
    let digits = eight_digits(value);
    let n_zeros = digits.trailing_zeros().min(56) / 8;
    put_first(out, at, ((digits | ASCII) >> (8 * n_zeros)).to_le_bytes(), 8 - n_zeros as usize)
}

/// Eight bytes of `0`.
pub(crate) const ASCII: u64 = 0x3030_3030_3030_3030;

/// The eight decimal digits of a number below 10^8, a byte each, the first in the lowest.
///
/// Halves, quarters and eighths are split side by side in one register; the multiplications divide by 100 and by 10.
#[inline]
pub(crate) const fn eight_digits(value: u64) -> u64 {
    let halves = (value / 10_000) | ((value % 10_000) << 32);
    let hundreds = ((halves * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let pairs = hundreds | ((halves - hundreds * 100) << 16);
    let tens = ((pairs * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | ((pairs - tens * 10) << 8)
}

/// Writes any finite number.
fn put_any(out: &mut [u8], at: usize, value: f64, notation: Notation) -> usize {
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(value);
    if notation == Notation::Float {
        put_text(out, at, text.as_bytes())
    } else if (SMALLEST..LARGEST).contains(&value.abs()) {
        put_text(out, at, text.strip_suffix(".0").unwrap_or(text).as_bytes())
    } else {
        put_without_exponent(out, at, text)
    }
}

/// Copies a text of any length; most numbers have 16 to 24 characters and are copied as two pieces that overlap.
#[inline]
fn put_text(out: &mut [u8], at: usize, text: &[u8]) -> usize {
    match (text.first_chunk::<16>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) if text.len() <= 24 => {
            let at = put_first(out, at, *first, text.len() - 8);
            put_first(out, at, *last, 8)
        }
        _ => {
            out[at..at + text.len()].copy_from_slice(text);
            at + text.len()
        }
    }
}

/// Writes `-1.25e-7`, `1e+300` or `0.0` as plain decimals.
#[cold]
fn put_without_exponent(out: &mut [u8], mut at: usize, text: &str) -> usize {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().expect("an exponent is a small integer");
    let digits = mantissa.strip_prefix('-').unwrap_or(mantissa);
    if digits.len() < mantissa.len() {
        at = put_text(out, at, b"-");
    }
    let (first, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let rest = rest.strip_suffix('0').unwrap_or(rest);
    if exponent < 0 {
        at = put_text(out, at, b"0.");
        at = put_zeros(out, at, -exponent - 1);
    }
    at = put_text(out, at, first.as_bytes());
    at = put_text(out, at, rest.as_bytes());
    // Exponents above 0 start at 16, so that all digits are before the point.
    put_zeros(out, at, exponent - i32::try_from(rest.len()).expect("a number has at most 17 digits"))
}

fn put_zeros(out: &mut [u8], at: usize, count: i32) -> usize {
    let end = at + usize::try_from(count).unwrap_or(0);
    out[at..end].fill(b'0');
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the standard library writes with a fraction or an exponent, but that its exponents start ten times earlier
    /// and have no plus.
    fn float(value: f64) -> String {
        if (1e-5..1e-4).contains(&value.abs()) { value.to_string() } else { format!("{value:?}") }
            .replace('e', if value.abs() < 1.0 { "e" } else { "e+" })
    }

    fn written(put: impl FnOnce(&mut [u8]) -> usize) -> String {
        let mut out = [0; NUMBER_BYTES];
        let end = put(&mut out);
        String::from_utf8(out[..end].to_vec()).unwrap()
    }

    fn text(value: f64, notation: Notation) -> String {
        written(|out| put_number(out, 0, value, notation))
    }

    const EDGES: [f64; 26] = [
        0.0,
        -0.0,
        1.0,
        0.1 + 0.2,
        1e-5,
        9.999e-6,
        1e-7,
        1e-8,
        1.5e-8,
        1e-9,
        9_999_999.0,
        9_999_999.999_999_99,
        1e7,
        1e15,
        1e16,
        1.234_567_890_123_456_7e16,
        1.797e16,
        1e21,
        1e22,
        1e23,
        1e300,
        5e-324,
        f64::MIN_POSITIVE,
        f64::MAX,
        f64::EPSILON,
        -123.456,
    ];

    #[test]
    fn edges_look_as_the_standard_library_writes_them() {
        for value in EDGES {
            assert_eq!(text(value, Notation::Plain), value.to_string());
            assert_eq!(text(value, Notation::Float), float(value), "{value}");
        }
    }

    #[test]
    fn every_group_of_four_digits_is_right_in_both_halves() {
        for value in 0..10_000_u64 {
            let number = value * 10_000 + (9_999 - value);
            let digits = (eight_digits(number) | ASCII).to_le_bytes();
            assert_eq!(digits, format!("{number:08}").as_bytes());
        }
    }

    #[test]
    fn counts_and_integers_are_written_whole() {
        for count in [0, 1, 9, 10, 99_999_999, 100_000_000, 123_456_789, u32::MAX] {
            assert_eq!(written(|out| put_count(out, 0, count)), count.to_string());
        }
        for value in [0, 7, -7, 1_549_285_200_250, i64::MIN, i64::MAX] {
            assert_eq!(written(|out| put_integer(out, 0, value)), value.to_string());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn any_bits_read_back_and_are_no_longer_than_the_standard_library_writes_them(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            // Of two texts that are equally short and equally close, the two may take one each.
            for (notation, theirs) in [(Notation::Plain, value.to_string()), (Notation::Float, float(value))] {
                let ours = text(value, notation);
                prop_assert_eq!(ours.parse::<f64>().unwrap().to_bits(), bits, "{}", &ours);
                prop_assert_eq!(ours.len(), theirs.len(), "{} {}", &ours, &theirs);
                prop_assert_eq!(ours.contains(['.', 'e']), theirs.contains(['.', 'e']));
            }
        }

        #[test]
        fn neighbours_of_decimals_read_back(units in any::<u32>(), decimals in 0..12_i32, single in any::<bool>()) {
            let value: f64 = format!("{units}e-{decimals}").parse().unwrap();
            #[expect(clippy::cast_possible_truncation, reason = "a feed's volumes are rounded so")]
            let value = if single { f64::from(value as f32) } else { value };
            for value in [value.next_down(), value, value.next_up()] {
                let (plain, float) = (text(value, Notation::Plain), text(value, Notation::Float));
                prop_assert_eq!(plain.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{}", plain);
                prop_assert_eq!(float.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{}", float);
                prop_assert_eq!(plain.len(), value.to_string().len(), "{}", plain);
            }
        }

        #[test]
        fn decimals_look_as_the_standard_library_writes_them(units in any::<u32>(), decimals in 0..12_i32) {
            let value: f64 = format!("{units}e-{decimals}").parse().unwrap();
            prop_assert_eq!(text(value, Notation::Plain), value.to_string());
            prop_assert_eq!(text(value, Notation::Float), float(value));
        }
    }
}
