use std::io::{self, Write};
use std::sync::Arc;

use market::UnixNanos;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as PhysicalType, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::parquet_write::{ZSTD_LEVEL, write_column};
use crate::{BLOCK_ROWS, Error};

/// A column of a table that has been read as text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextColumn {
    /// Its name.
    pub name: String,
    /// Its cells; an empty one is no value.
    pub cells: Vec<String>,
}

/// Writes columns of text, and columns of numbers behind them, as a Parquet file; hands `sink` back, flushed.
///
/// A column of text becomes what all of its cells are: integers, numbers, times with a zone (nanoseconds in UTC), truth
/// values; else it stays text. Empty cells and NaN become null.
///
/// ```
/// use market_files::{TextColumn, write_text_columns};
///
/// let column = |name: &str, cells: [&str; 2]| TextColumn { name: name.into(), cells: cells.map(String::from).into() };
/// let columns = [column("time", ["2024-02-05T00:00:00Z", "2024-02-05T00:01:00Z"]), column("close", ["1.1", ""])];
/// let bytes = write_text_columns(Vec::new(), &columns, &[("sma(1)".to_owned(), vec![1.1, f64::NAN])])?;
/// assert!(bytes.starts_with(b"PAR1"));
/// # Ok::<(), market_files::Error>(())
/// ```
///
/// # Errors
/// [`Error::Sink`] if the sink refuses.
///
/// # Panics
/// If the columns differ in length.
pub fn write_text_columns<W: Write + Send>(
    sink: W,
    texts: &[TextColumn],
    numbers: &[(String, Vec<f64>)],
) -> Result<W, Error> {
    let lengths = texts.iter().map(|column| column.cells.len()).chain(numbers.iter().map(|(_, values)| values.len()));
    let n_rows = lengths.clone().next().unwrap_or(0);
    assert!(lengths.clone().all(|length| length == n_rows), "the columns differ in length");
    let written = write(sink, texts, numbers, n_rows).map_err(|error| Error::Sink { source: io::Error::other(error) });
    let mut sink = written?;
    sink.flush().map_err(|source| Error::Sink { source })?;
    Ok(sink)
}

/// What all cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Integer,
    Number,
    Time,
    Flag,
    Text,
}

impl Kind {
    /// The first that all `cells` are; text if there are none.
    fn of(cells: &[String]) -> Self {
        let filled = || cells.iter().map(String::as_str).filter(|cell| !cell.is_empty());
        if filled().next().is_none() {
            return Self::Text;
        }
        let all = |is: fn(&str) -> bool| filled().all(is);
        if all(|cell| integer(cell).is_some()) {
            Self::Integer
        } else if all(|cell| number(cell).is_some()) {
            Self::Number
        } else if all(|cell| zoned_time(cell).is_some()) {
            Self::Time
        } else if all(|cell| flag(cell).is_some()) {
            Self::Flag
        } else {
            Self::Text
        }
    }

    fn field(self, name: &str) -> Result<TypePtr, ParquetError> {
        let time = LogicalType::timestamp(true, TimeUnit::NANOS);
        let (physical, logical) = match self {
            Self::Integer => (PhysicalType::INT64, None),
            Self::Number => (PhysicalType::DOUBLE, None),
            Self::Time => (PhysicalType::INT64, Some(time)),
            Self::Flag => (PhysicalType::BOOLEAN, None),
            Self::Text => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let column = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        Ok(Arc::new(column.with_logical_type(logical).build()?))
    }
}

/// An integer that is written as integers are: `007` is a text.
fn integer(cell: &str) -> Option<i64> {
    cell.parse().ok().filter(|value: &i64| value.to_string() == cell)
}

/// A number, without zeros before its first digit: those are of a code.
fn number(cell: &str) -> Option<f64> {
    let digits = cell.trim_start_matches(['+', '-']);
    let has_zeros = digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit();
    if has_zeros { None } else { cell.parse().ok() }
}

fn zoned_time(cell: &str) -> Option<UnixNanos> {
    let has_zone = cell.get(10..).is_some_and(|rest| rest.contains(['Z', 'z', '+', '-']));
    if has_zone { cell.parse().ok() } else { None }
}

fn flag(cell: &str) -> Option<bool> {
    cell.parse().ok()
}

fn write<W: Write + Send>(
    sink: W,
    texts: &[TextColumn],
    numbers: &[(String, Vec<f64>)],
    n_rows: usize,
) -> Result<W, ParquetError> {
    let kinds: Vec<Kind> = texts.iter().map(|column| Kind::of(&column.cells)).collect();
    let mut fields = Vec::new();
    for (kind, column) in kinds.iter().zip(texts) {
        fields.push(kind.field(&column.name)?);
    }
    for (name, _) in numbers {
        fields.push(Kind::Number.field(name)?);
    }
    let schema = Type::group_type_builder("table").with_fields(fields).build()?;
    let compression = Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?);
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut writer = SerializedFileWriter::new(sink, Arc::new(schema), Arc::new(properties))?;
    for start in (0..n_rows).step_by(BLOCK_ROWS) {
        let end = n_rows.min(start + BLOCK_ROWS);
        let mut group = writer.next_row_group()?;
        for (kind, column) in kinds.iter().zip(texts) {
            write_cells(&mut group, *kind, &column.cells[start..end])?;
        }
        for (_, values) in numbers {
            let known = |value: &f64| Some(*value).filter(|value| !value.is_nan());
            write_known::<DoubleType, W, _>(&mut group, values[start..end].iter().map(known))?;
        }
        group.close()?;
    }
    writer.into_inner()
}

fn write_cells<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    kind: Kind,
    cells: &[String],
) -> Result<(), ParquetError> {
    let cells = cells.iter().map(String::as_str);
    match kind {
        Kind::Integer => write_known::<Int64Type, W, _>(group, cells.map(integer)),
        Kind::Number => {
            let known = |cell| number(cell).filter(|value| !value.is_nan());
            write_known::<DoubleType, W, _>(group, cells.map(known))
        }
        Kind::Time => write_known::<Int64Type, W, _>(group, cells.map(|cell| zoned_time(cell).map(|time| time.0))),
        Kind::Flag => write_known::<BoolType, W, _>(group, cells.map(flag)),
        Kind::Text => {
            let text = |cell: &str| Some(ByteArray::from(cell)).filter(|_| !cell.is_empty());
            write_known::<ByteArrayType, W, _>(group, cells.map(text))
        }
    }
}

fn write_known<T: DataType, W: Write + Send, I: Iterator<Item = Option<T::T>>>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: I,
) -> Result<(), ParquetError> {
    let (mut known, mut levels) = (Vec::new(), Vec::new());
    for value in values {
        levels.push(i16::from(value.is_some()));
        known.extend(value);
    }
    write_column::<T, W>(group, &known, Some(&levels))
}

#[cfg(test)]
mod tests {
    use super::Kind;

    fn kind(cells: &[&str]) -> Kind {
        Kind::of(&cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_column_is_what_all_of_its_cells_are() {
        assert_eq!(kind(&["1", "", "-20"]), Kind::Integer);
        assert_eq!(kind(&["1", "2.5", "1e3", ".5", "NaN", "-0.5", "0"]), Kind::Number);
        assert_eq!(kind(&["2024-02-05T00:00:00Z", "2024-02-05 01:00:00+01:00"]), Kind::Time);
        assert_eq!(kind(&["true", "false", ""]), Kind::Flag);
        for text in [&["007"][..], &["1.5", "-01"], &["1", "a"], &["2024-02-05"], &["2024-02-05 00:00:00"], &[""], &[]]
        {
            assert_eq!(kind(text), Kind::Text, "{text:?}");
        }
    }
}
