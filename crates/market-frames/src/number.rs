//! Numbers of every type that frames have, read without loss.

use std::borrow::Cow;
use std::fmt::Display;

use polars::prelude::{ChunkedArray, DataType, Float64Chunked, PolarsNumericType, Series};

use crate::Error;
use crate::decimal::{self, MAX_SCALE};

const TYPES: &str = "floats, integers or decimals";

/// What a column of numbers is read as.
pub(crate) trait Number: Copy {
    /// What a value should have been that cannot be read.
    const EXPECTED: &'static str;

    fn from_float(value: f64) -> Option<Self>;

    fn from_integer(value: i128) -> Option<Self>;

    /// Of `mantissa` / 10^`scale`, with a scale of at most [`MAX_SCALE`].
    fn from_decimal(mantissa: i128, scale: usize) -> Option<Self>;
}

impl Number for f64 {
    const EXPECTED: &'static str = "a number that 64-bit floats hold without loss";

    fn from_float(value: f64) -> Option<Self> {
        Some(value)
    }

    fn from_integer(value: i128) -> Option<Self> {
        let magnitude = value.unsigned_abs();
        let n_bits = (u128::BITS - magnitude.leading_zeros()).saturating_sub(magnitude.trailing_zeros());
        (n_bits <= Self::MANTISSA_DIGITS).then_some(value as Self)
    }

    fn from_decimal(mantissa: i128, scale: usize) -> Option<Self> {
        decimal::to_float(mantissa, scale)
    }
}

impl Number for u32 {
    const EXPECTED: &'static str = "a whole number from 0 to 4294967295";

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::float_cmp,
        reason = "what the cast changes is not equal after it"
    )]
    fn from_float(value: f64) -> Option<Self> {
        let count = value as u32;
        (f64::from(count) == value).then_some(count)
    }

    fn from_integer(value: i128) -> Option<Self> {
        Self::try_from(value).ok()
    }

    fn from_decimal(mantissa: i128, scale: usize) -> Option<Self> {
        decimal::to_integer(mantissa, scale).and_then(Self::from_integer)
    }
}

/// The values of a column of numbers, borrowed where polars holds them as one piece of floats.
///
/// A null is `null`, or an error where that is `None`.
pub(crate) fn floats<'a>(series: &'a Series, column: &'static str, null: Option<f64>) -> Result<Cow<'a, [f64]>, Error> {
    match series.try_f64().and_then(contiguous) {
        Some(values) => Ok(Cow::Borrowed(values)),
        None => numbers(series, column, null).map(Cow::Owned),
    }
}

fn contiguous(values: &Float64Chunked) -> Option<&[f64]> {
    values.cont_slice().ok()
}

/// The values of a column of numbers.
///
/// A null is `null`, or an error where that is `None`.
pub(crate) fn numbers<N: Number>(series: &Series, column: &'static str, null: Option<N>) -> Result<Vec<N>, Error> {
    let wrong_type = || Error::ColumnType { column, found: series.dtype().to_string(), expected: TYPES };
    // Casts to a wider type of the same kind keep every value.
    let cast = |to: &DataType| series.cast(to).map_err(|_| wrong_type());
    match series.dtype() {
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            let floats = cast(&DataType::Float64)?;
            read(floats.f64().map_err(|_| wrong_type())?, column, null, N::from_float, |value| value.to_string())
        }
        DataType::Decimal(_, scale) if *scale <= MAX_SCALE => {
            let decimals = series.decimal().map_err(|_| wrong_type())?;
            let number = |mantissa| N::from_decimal(mantissa, *scale);
            read(decimals.physical(), column, null, number, |mantissa| decimal::text(mantissa, *scale))
        }
        DataType::UInt64 => integers(series.u64().map_err(|_| wrong_type())?, column, null),
        DataType::Int128 => integers(series.i128().map_err(|_| wrong_type())?, column, null),
        other if other.is_integer() && *other != DataType::UInt128 => {
            integers(cast(&DataType::Int64)?.i64().map_err(|_| wrong_type())?, column, null)
        }
        // What polars makes of a column without a single value.
        DataType::Null => (0..series.len()).map(|row| null.ok_or(Error::Null { row, column })).collect(),
        _ => Err(wrong_type()),
    }
}

fn integers<T, N>(values: &ChunkedArray<T>, column: &'static str, null: Option<N>) -> Result<Vec<N>, Error>
where
    T: PolarsNumericType,
    T::Native: Into<i128> + Display,
    N: Number,
{
    read(values, column, null, |value| N::from_integer(value.into()), |value| value.to_string())
}

fn read<T, N>(
    values: &ChunkedArray<T>,
    column: &'static str,
    null: Option<N>,
    number: impl Fn(T::Native) -> Option<N>,
    text: impl Fn(T::Native) -> String,
) -> Result<Vec<N>, Error>
where
    T: PolarsNumericType,
    N: Number,
{
    let mut out = Vec::with_capacity(values.len());
    for (row, value) in values.iter().enumerate() {
        out.push(match value {
            Some(value) => {
                number(value).ok_or_else(|| Error::Value { row, column, found: text(value), expected: N::EXPECTED })?
            }
            None => null.ok_or(Error::Null { row, column })?,
        });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_floats_only_where_nothing_is_lost() {
        let limit = 1_i128 << 53;
        assert_eq!(f64::from_integer(limit), Some(9_007_199_254_740_992.0));
        assert_eq!(f64::from_integer(limit + 1), None);
        assert_eq!(f64::from_integer(limit + 2), Some(9_007_199_254_740_994.0));
        assert_eq!(f64::from_integer(i128::MAX), None);
        assert_eq!(f64::from_integer(i128::MIN), Some(-170_141_183_460_469_231_731_687_303_715_884_105_728.0));
    }

    #[test]
    fn counts_are_whole_and_have_32_bits() {
        assert_eq!(u32::from_float(4_294_967_295.0), Some(u32::MAX));
        for value in [4_294_967_296.0, -1.0, 0.5, f64::NAN, f64::INFINITY] {
            assert_eq!(u32::from_float(value), None, "{value}");
        }
        assert_eq!(u32::from_integer(-1), None);
        assert_eq!(u32::from_decimal(700, 2), Some(7));
        assert_eq!(u32::from_decimal(701, 2), None);
    }
}
