//! What the columns of a Parquet file can be read as.

use parquet::basic::{ConvertedType, LogicalType, TimeUnit as ParquetUnit, Type as PhysicalType};
use parquet::schema::types::ColumnDescriptor;

use crate::columns::Column;
use crate::{Error, NaiveTime, ReadOptions, TimeUnit};

/// How to read the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Integers that count time.
    Time(TimeUnit),
    /// Integers that count days.
    Days,
    /// Floats.
    Float,
    /// Integers, stored as such.
    Signed,
    /// Integers whose sign bit is a value bit.
    Unsigned,
}

impl Reading {
    /// How to read `descriptor` as `column`; an error if that cannot be done.
    pub(crate) fn of(column: Column, descriptor: &ColumnDescriptor, options: ReadOptions) -> Result<Self, Error> {
        let flat = descriptor.path().parts().len() == 1 && descriptor.max_rep_level() == 0;
        let of_type = if flat { Self::of_type(descriptor) } else { None };
        let (reading, zone) = of_type.ok_or_else(|| unreadable(column, descriptor))?;
        let is_integer = matches!(reading, Self::Signed | Self::Unsigned);
        let fits = match column {
            _ if column.is_time() => matches!(reading, Self::Time(_) | Self::Days | Self::Signed),
            Column::TickCount => is_integer,
            _ => is_integer || reading == Self::Float,
        };
        let name = || descriptor.path().string();
        match reading {
            _ if !fits => Err(unreadable(column, descriptor)),
            Self::Signed if column.is_time() => {
                options.time_unit.map(Self::Time).ok_or_else(|| Error::NoTimeUnit { column: name() })
            }
            _ if column.is_time() && zone == Zone::None && options.naive_time == NaiveTime::Refuse => {
                Err(Error::NaiveTime { column: name() })
            }
            _ => Ok(reading),
        }
    }

    /// How to read `descriptor` whatever column it is, and whether its times are in UTC; `None` for what is neither a
    /// number nor a time.
    pub(crate) fn of_type(descriptor: &ColumnDescriptor) -> Option<(Self, Zone)> {
        use ConvertedType as Converted;
        use PhysicalType::{DOUBLE, FLOAT, INT32, INT64};

        let plain = |reading| Some((reading, Zone::None));
        match (descriptor.physical_type(), descriptor.logical_type_ref(), descriptor.converted_type()) {
            (INT64, Some(LogicalType::Timestamp(time)), _) => {
                let unit = match time.unit {
                    ParquetUnit::MILLIS => TimeUnit::Millis,
                    ParquetUnit::MICROS => TimeUnit::Micros,
                    ParquetUnit::NANOS => TimeUnit::Nanos,
                };
                Some((Self::Time(unit), if time.is_adjusted_to_u_t_c { Zone::Utc } else { Zone::None }))
            }
            // Files of old writers carry the converted type alone, which always means UTC.
            (INT64, None, Converted::TIMESTAMP_MILLIS) => Some((Self::Time(TimeUnit::Millis), Zone::Utc)),
            (INT64, None, Converted::TIMESTAMP_MICROS) => Some((Self::Time(TimeUnit::Micros), Zone::Utc)),
            (INT32, Some(LogicalType::Date), _) | (INT32, None, Converted::DATE) => plain(Self::Days),
            (DOUBLE | FLOAT, None, Converted::NONE) => plain(Self::Float),
            (INT32 | INT64, Some(LogicalType::Integer(integer)), _) => {
                plain(if integer.is_signed { Self::Signed } else { Self::Unsigned })
            }
            (INT32 | INT64, None, converted) => match converted {
                Converted::NONE | Converted::INT_8 | Converted::INT_16 | Converted::INT_32 | Converted::INT_64 => {
                    plain(Self::Signed)
                }
                Converted::UINT_8 | Converted::UINT_16 | Converted::UINT_32 | Converted::UINT_64 => {
                    plain(Self::Unsigned)
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// Whether times carry a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// They are in UTC.
    Utc,
    /// They say no zone, or are no times.
    None,
}

fn unreadable(column: Column, descriptor: &ColumnDescriptor) -> Error {
    let expected = match column {
        Column::OpenTime | Column::Time => "a timestamp, a date or an integer",
        Column::TickCount => "an integer",
        _ => "a double, a float or an integer",
    };
    wrong_type(descriptor, expected)
}

/// The error of a column that is not what is `expected`.
pub(crate) fn wrong_type(descriptor: &ColumnDescriptor, expected: &'static str) -> Error {
    let physical = descriptor.physical_type();
    let found = match (descriptor.logical_type_ref(), descriptor.converted_type()) {
        _ if descriptor.path().parts().len() > 1 || descriptor.max_rep_level() > 0 => format!("nested {physical}"),
        (Some(logical), _) => format!("{physical} ({logical:?})"),
        (None, ConvertedType::NONE) => physical.to_string(),
        (None, converted) => format!("{physical} ({converted})"),
    };
    Error::ColumnType { column: descriptor.path().string(), found, expected }
}
