//! Times of every type that frames have, as nanoseconds in UTC.

use std::fmt::Display;

use market::UnixNanos;
use polars::prelude::{ChunkedArray, DataType, PolarsNumericType, Series, TimeUnit};

use crate::{Error, NaiveTime};

/// The times of a column of datetimes or dates.
pub(crate) fn times(series: &Series, column: &'static str, naive_time: NaiveTime) -> Result<Vec<UnixNanos>, Error> {
    let wrong_type = || Error::ColumnType { column, found: series.dtype().to_string(), expected: "datetimes or dates" };
    // Polars keeps a time with a zone as UTC: the zone tells only how to print it.
    let (is_naive, unit, nanos_per_unit) = match series.dtype() {
        DataType::Datetime(unit, zone) => {
            let (name, nanos) = match unit {
                TimeUnit::Nanoseconds => ("ns", 1),
                TimeUnit::Microseconds => ("µs", 1_000),
                TimeUnit::Milliseconds => ("ms", 1_000_000),
            };
            (zone.is_none(), name, nanos)
        }
        DataType::Date => (true, "days", UnixNanos::PER_DAY),
        _ => return Err(wrong_type()),
    };
    if is_naive && naive_time == NaiveTime::Refuse {
        return Err(Error::NaiveTime { column });
    }
    let units = series.to_physical_repr();
    match series.dtype() {
        DataType::Date => read(units.i32().map_err(|_| wrong_type())?, column, unit, nanos_per_unit),
        _ => read(units.i64().map_err(|_| wrong_type())?, column, unit, nanos_per_unit),
    }
}

fn read<T>(
    values: &ChunkedArray<T>,
    column: &'static str,
    unit: &str,
    nanos_per_unit: i64,
) -> Result<Vec<UnixNanos>, Error>
where
    T: PolarsNumericType,
    T::Native: Into<i64> + Display,
{
    let mut out = Vec::with_capacity(values.len());
    for (row, value) in values.iter().enumerate() {
        let value = value.ok_or(Error::Null { row, column })?;
        let nanos = value.into().checked_mul(nanos_per_unit).ok_or_else(|| Error::Value {
            row,
            column,
            found: format!("{value} {unit} from 1970"),
            expected: "a time between 1678 and 2261",
        })?;
        out.push(UnixNanos(nanos));
    }
    Ok(out)
}
