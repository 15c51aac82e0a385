//! Columns of numbers as they stand in the page: see `docs/embedded-data.md`.

use serde::Serialize;

use crate::base64;

/// Largest whole number of a column: its differences of second order stay below 2^53 in the page's arithmetic.
pub(crate) const LARGEST_WHOLE: f64 = (1_u64 << 50) as f64;
/// Decimals tried before a column is written as floating-point numbers.
const MOST_DECIMALS: u8 = 9;

/// A column of numbers as text.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Column {
    /// Whole numbers over `10^decimals`, as differences of an order, each a zigzag LEB128 number.
    Int { n: usize, decimals: u8, order: u8, data: String },
    /// 64-bit floating-point numbers, little-endian; NaN stands for an absent one.
    F64 { n: usize, data: String },
}

/// Whole numbers, such as times; each at most 2^50 in size.
pub(crate) fn whole(values: impl Iterator<Item = i64>) -> Column {
    integers(values.collect(), 0)
}

/// Numbers rounded to `decimals`; each at most 2^50 / 10^decimals in size.
pub(crate) fn rounded(values: &[f64], decimals: u8) -> Column {
    let scale = power_of_ten(decimals);
    integers(values.iter().map(|value| to_whole((value * scale).round())).collect(), decimals)
}

/// Numbers to be looked at: rounded to a millionth of the largest, or finer.
pub(crate) fn shown(values: &[f64]) -> Column {
    let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let fine_enough = |decimals: &u8| largest * power_of_ten(*decimals) >= 1e6;
    let decimals = (0..=MOST_DECIMALS).find(fine_enough).unwrap_or(MOST_DECIMALS);
    if largest * power_of_ten(decimals) <= LARGEST_WHOLE { rounded(values, decimals) } else { exact(values) }
}

/// Numbers to the bit: as decimals where all of them have few, else as floating-point numbers.
pub(crate) fn exact(values: &[f64]) -> Column {
    (0..=MOST_DECIMALS).find_map(|decimals| decimal(values, decimals)).unwrap_or_else(|| floats(values.iter().copied()))
}

/// Numbers of which some are absent.
pub(crate) fn optional(values: impl Iterator<Item = Option<f64>>) -> Column {
    floats(values.map(|value| value.unwrap_or(f64::NAN)))
}

/// `10^decimals`, exact up to 22.
pub(crate) fn power_of_ten(decimals: u8) -> f64 {
    (0..decimals).fold(1.0, |power, _| power * 10.0)
}

fn decimal(values: &[f64], decimals: u8) -> Option<Column> {
    let scale = power_of_ten(decimals);
    let mut wholes = Vec::with_capacity(values.len());
    for &value in values {
        let whole = (value * scale).round();
        // Through the integer, because it has no negative zero.
        let is_same = whole.abs() <= LARGEST_WHOLE && (to_whole(whole) as f64 / scale).to_bits() == value.to_bits();
        wholes.push(is_same.then(|| to_whole(whole))?);
    }
    Some(integers(wholes, decimals))
}

#[expect(clippy::cast_possible_truncation, reason = "callers hold the size below 2^53")]
fn to_whole(value: f64) -> i64 {
    value as i64
}

/// Writes the order of differences, up to the second, that takes the least room.
fn integers(mut values: Vec<i64>, decimals: u8) -> Column {
    let n = values.len();
    let mut best = (0, leb128(&values));
    for order in 1..=2 {
        for at in (1..n).rev() {
            values[at] -= values[at - 1];
        }
        let bytes = leb128(&values);
        if bytes.len() < best.1.len() {
            best = (order, bytes);
        }
    }
    Column::Int { n, decimals, order: best.0, data: base64::encode(&best.1) }
}

fn leb128(values: &[i64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(values.len() * 2);
    for &value in values {
        let mut rest = ((value << 1) ^ (value >> 63)).cast_unsigned();
        while rest >= 0x80 {
            bytes.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push((rest & 0x7f) as u8);
    }
    bytes
}

fn floats(values: impl Iterator<Item = f64>) -> Column {
    let bytes: Vec<u8> = values.flat_map(f64::to_le_bytes).collect();
    Column::F64 { n: bytes.len() / 8, data: base64::encode(&bytes) }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    use super::{Column, exact, optional, power_of_ten, rounded, shown, whole};

    /// The reader of `docs/embedded-data.md`, written for the tests.
    fn decode(column: &Column) -> Vec<f64> {
        match column {
            Column::F64 { data, .. } => {
                let bytes = STANDARD.decode(data).unwrap();
                bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap())).collect()
            }
            Column::Int { decimals, order, data, .. } => {
                let mut values = Vec::new();
                let (mut number, mut shift) = (0_u64, 0);
                for byte in STANDARD.decode(data).unwrap() {
                    number |= u64::from(byte & 0x7f) << shift;
                    shift += 7;
                    if byte < 0x80 {
                        values.push((number >> 1).cast_signed() ^ -((number & 1).cast_signed()));
                        (number, shift) = (0, 0);
                    }
                }
                for _ in 0..*order {
                    for at in 1..values.len() {
                        values[at] += values[at - 1];
                    }
                }
                values.iter().map(|&value| value as f64 / power_of_ten(*decimals)).collect()
            }
        }
    }

    fn bits(values: &[f64]) -> Vec<u64> {
        values.iter().map(|value| value.to_bits()).collect()
    }

    proptest! {
        #[test]
        fn whole_numbers_come_back(values in prop::collection::vec(-(1_i64 << 50)..=1 << 50, 0..50)) {
            let back = decode(&whole(values.iter().copied()));
            prop_assert_eq!(back, values.iter().map(|&value| value as f64).collect::<Vec<_>>());
        }

        #[test]
        fn exact_numbers_come_back_to_the_bit(values in prop::collection::vec(any::<f64>(), 0..50)) {
            prop_assert_eq!(bits(&decode(&exact(&values))), bits(&values));
        }

        #[test]
        fn money_comes_back_to_the_bit_and_short(cents in prop::collection::vec(-10_000_i64..10_000, 1..50)) {
            let values: Vec<f64> = cents.iter().map(|&cents| cents as f64 / 100.0).collect();
            let column = exact(&values);
            let is_int = matches!(column, Column::Int { .. });
            prop_assert!(is_int);
            prop_assert_eq!(bits(&decode(&column)), bits(&values));
        }

        #[test]
        fn shown_numbers_are_right_to_a_millionth_of_the_largest(
            values in prop::collection::vec(-1.0..1.0_f64, 1..50),
            size in 0..18_u8,
        ) {
            let values: Vec<f64> = values.iter().map(|value| value * power_of_ten(size)).collect();
            let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
            for (back, value) in decode(&shown(&values)).iter().zip(&values) {
                prop_assert!((back - value).abs() <= (0.5e-6 * largest).max(0.5e-9));
            }
        }

        #[test]
        fn rounded_prices_are_the_nearest(prices in prop::collection::vec(0.5..2.0_f64, 1..50)) {
            for (back, price) in decode(&rounded(&prices, 5)).iter().zip(&prices) {
                prop_assert!((back - price).abs() <= 0.500_001e-5);
            }
        }
    }

    #[test]
    fn a_regular_grid_takes_a_byte_a_time() {
        let Column::Int { order, data, .. } = whole((0..1_000).map(|bar| 1_700_000_000_000 + 60_000 * bar)) else {
            panic!("times are whole")
        };
        assert_eq!(order, 2);
        assert!(data.len() < 1_360, "{} characters", data.len());
    }

    #[test]
    fn negative_zero_is_kept() {
        assert_eq!(bits(&decode(&exact(&[-0.0, 1.5]))), bits(&[-0.0, 1.5]));
    }

    #[test]
    fn absent_values_are_nan() {
        let back = decode(&optional([Some(1.5), None].into_iter()));
        assert!(back[0].to_bits() == 1.5_f64.to_bits() && back[1].is_nan());
    }
}
