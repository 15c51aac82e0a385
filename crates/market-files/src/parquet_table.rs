use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use market::UnixNanos;
use parquet::basic::{ConvertedType, LogicalType, Type as PhysicalType};
use parquet::column::reader::ColumnReader;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use crate::Error;
use crate::clock::Clock;
use crate::number::{NUMBER_BYTES, Notation, put_number};
use crate::parquet_read::{MAX_EXACT, for_each, time};
use crate::parquet_types::{Reading, Zone, wrong_type};

/// A Parquet file of any columns, read a row group at a time: numbers to compute with, and text of everything flat.
///
/// [`ParquetCopy`](crate::ParquetCopy) makes a copy of it with more columns.
///
/// ```
/// use market::synthetic::{SyntheticConfig, generate};
/// use market::{PriceSide, Timeframe, aggregate};
/// use market_files::{ParquetTable, write_bars};
///
/// let ticks = generate(&SyntheticConfig::eurusd("2024-02-05".parse()?, 1), 42)?;
/// let bars = aggregate(ticks.view(), Timeframe::H1).bars(PriceSide::Bid);
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("bars.parquet");
/// write_bars(&path, bars.view())?;
///
/// let table = ParquetTable::open(&path)?;
/// assert_eq!(table.columns()[..2], ["open_time", "open"]);
/// assert_eq!(table.numbers(0, 1)?, bars.view().open);
/// assert_eq!(table.texts(0, 0)?[1].as_deref(), Some("2024-02-05T01:00:00Z"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ParquetTable {
    path: PathBuf,
    pub(crate) file: File,
    pub(crate) reader: SerializedFileReader<File>,
    columns: Vec<String>,
}

/// What a flat column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Value(Reading, Zone),
    Flag,
    Text,
}

impl ParquetTable {
    /// Opens a file and reads its footer.
    ///
    /// # Errors
    /// [`Error::Read`] if it cannot be opened, [`Error::File`] if it is no Parquet file.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let unread = |source| Error::Read { path: path.to_owned(), source };
        let file = File::open(path).map_err(unread)?;
        let copy = file.try_clone().map_err(unread)?;
        let reader = guarded(|| SerializedFileReader::new(copy).map_err(Error::malformed));
        let reader = reader.map_err(|source| in_file(path, source))?;
        let schema = reader.metadata().file_metadata().schema_descr();
        let columns = schema.root_schema().get_fields().iter().map(|field| field.name().to_owned()).collect();
        Ok(Self { path: path.to_owned(), file, reader, columns })
    }

    /// The names of the columns; a nested one counts as one.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Number of row groups.
    pub fn n_groups(&self) -> usize {
        self.reader.metadata().num_row_groups()
    }

    /// Number of rows in row group `group`.
    ///
    /// # Panics
    /// If there is no such group.
    pub fn n_rows(&self, group: usize) -> usize {
        usize::try_from(self.reader.metadata().row_group(group).num_rows()).unwrap_or(0)
    }

    /// Whether the values of column `column` are texts.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn is_text(&self, column: usize) -> bool {
        self.leaf(column).and_then(|leaf| self.kind(leaf)).is_ok_and(|kind| kind == Kind::Text)
    }

    /// The numbers of column `column` in row group `group`; NaN for null.
    ///
    /// # Errors
    /// [`Error::File`] if the column holds no numbers, an integer beyond ±2⁵³, or the file is damaged.
    ///
    /// # Panics
    /// If there is no such group or column.
    pub fn numbers(&self, group: usize, column: usize) -> Result<Vec<f64>, Error> {
        guarded(|| self.read_numbers(group, column)).map_err(|source| in_file(&self.path, source))
    }

    /// The values of column `column` in row group `group` as text: numbers as the shortest decimals that read back, times
    /// in ISO 8601 (in UTC with a `Z`), `true` and `false`; `None` for null and NaN.
    ///
    /// # Errors
    /// [`Error::File`] if the column is nested, its values have no such text, or the file is damaged.
    ///
    /// # Panics
    /// If there is no such group or column.
    pub fn texts(&self, group: usize, column: usize) -> Result<Vec<Option<String>>, Error> {
        guarded(|| self.read_texts(group, column)).map_err(|source| in_file(&self.path, source))
    }

    fn read_numbers(&self, group: usize, column: usize) -> Result<Vec<f64>, Error> {
        const EXPECTED: &str = "a double, a float or an integer";
        let leaf = self.leaf(column)?;
        let descriptor = self.descriptor(leaf);
        let reading = match self.kind(leaf) {
            Ok(Kind::Value(reading, _)) if is_number(reading) => reading,
            _ => return Err(wrong_type(descriptor, EXPECTED)),
        };
        let mut numbers = Vec::with_capacity(self.n_rows(group));
        let mut integer = |value: Option<i128>| match value {
            Some(value) if value.unsigned_abs() > u128::from(MAX_EXACT) => {
                let row = self.first_row(group) + numbers.len();
                Err(self.fault(row, column, &value.to_string(), "an integer of at most 2^53"))
            }
            value => {
                numbers.push(value.map_or(f64::NAN, |value| value as f64));
                Ok(())
            }
        };
        match self.reader(group, leaf)? {
            ColumnReader::Int32ColumnReader(values) => {
                for_each(values, &mut |value| integer(value.map(|&value| widen(value.into(), reading, 32))))?;
            }
            ColumnReader::Int64ColumnReader(values) => {
                for_each(values, &mut |value| integer(value.map(|&value| widen(value, reading, 64))))?;
            }
            ColumnReader::DoubleColumnReader(values) => for_each(values, &mut |value| {
                numbers.push(value.copied().unwrap_or(f64::NAN));
                Ok(())
            })?,
            ColumnReader::FloatColumnReader(values) => for_each(values, &mut |value| {
                numbers.push(value.map_or(f64::NAN, |&value| value.into()));
                Ok(())
            })?,
            _ => return Err(wrong_type(descriptor, EXPECTED)),
        }
        Ok(numbers)
    }

    fn read_texts(&self, group: usize, column: usize) -> Result<Vec<Option<String>>, Error> {
        let leaf = self.leaf(column)?;
        let kind = self.kind(leaf)?;
        let first = self.first_row(group);
        let mut clock = Clock::new(false);
        let mut texts: Vec<Option<String>> = Vec::with_capacity(self.n_rows(group));
        let mut integer = |count: Option<i64>, bits: u32| {
            let text = match (count, kind) {
                (Some(count), Kind::Value(reading @ (Reading::Time(_) | Reading::Days), zone)) => {
                    let time = time(reading, count).ok_or_else(|| {
                        let row = first + texts.len();
                        self.fault(row, column, &count.to_string(), "a time of the years 1678 to 2261")
                    })?;
                    Some(time_text(&mut clock, time, reading, zone))
                }
                (Some(count), Kind::Value(reading, _)) => Some(widen(count, reading, bits).to_string()),
                _ => None,
            };
            texts.push(text);
            Ok(())
        };
        match self.reader(group, leaf)? {
            ColumnReader::Int32ColumnReader(values) => {
                for_each(values, &mut |value| integer(value.map(|&value| value.into()), 32))?;
            }
            ColumnReader::Int64ColumnReader(values) => for_each(values, &mut |value| integer(value.copied(), 64))?,
            ColumnReader::DoubleColumnReader(values) => for_each(values, &mut |value| {
                texts.push(value.and_then(|&value| number_text(value)));
                Ok(())
            })?,
            ColumnReader::FloatColumnReader(values) => for_each(values, &mut |value| {
                texts.push(value.filter(|value| !value.is_nan()).map(ToString::to_string));
                Ok(())
            })?,
            ColumnReader::BoolColumnReader(values) => for_each(values, &mut |value| {
                texts.push(value.map(ToString::to_string));
                Ok(())
            })?,
            ColumnReader::ByteArrayColumnReader(values) => for_each(values, &mut |value| {
                let text = value.map(|bytes| String::from_utf8(bytes.data().to_vec())).transpose();
                let row = first + texts.len();
                texts.push(text.map_err(|_| self.fault(row, column, "a text that is not UTF-8", "a text in UTF-8"))?);
                Ok(())
            })?,
            _ => return Err(wrong_type(self.descriptor(leaf), TEXT_TYPES)),
        }
        Ok(texts)
    }

    /// The leaf of a column that is not nested.
    fn leaf(&self, column: usize) -> Result<usize, Error> {
        let schema = self.reader.metadata().file_metadata().schema_descr();
        assert!(column < self.columns.len(), "the file has {} columns", self.columns.len());
        let leaf = (0..schema.num_columns()).find(|&leaf| schema.get_column_root_idx(leaf) == column);
        leaf.ok_or_else(|| Error::malformed("a group of columns without columns"))
    }

    fn descriptor(&self, leaf: usize) -> &ColumnDescriptor {
        self.reader.metadata().file_metadata().schema_descr().columns()[leaf].as_ref()
    }

    fn kind(&self, leaf: usize) -> Result<Kind, Error> {
        let descriptor = self.descriptor(leaf);
        let is_flat = descriptor.path().parts().len() == 1 && descriptor.max_rep_level() == 0;
        let is_text =
            matches!(descriptor.logical_type_ref(), Some(LogicalType::String | LogicalType::Enum | LogicalType::Json))
                || matches!(
                    descriptor.converted_type(),
                    ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON
                );
        let kind = match descriptor.physical_type() {
            PhysicalType::BOOLEAN => Some(Kind::Flag),
            PhysicalType::BYTE_ARRAY if is_text => Some(Kind::Text),
            _ => Reading::of_type(descriptor).map(|(reading, zone)| Kind::Value(reading, zone)),
        };
        kind.filter(|_| is_flat).ok_or_else(|| wrong_type(descriptor, TEXT_TYPES))
    }

    fn reader(&self, group: usize, leaf: usize) -> Result<ColumnReader, Error> {
        let group = self.reader.get_row_group(group).map_err(Error::malformed)?;
        group.get_column_reader(leaf).map_err(Error::malformed)
    }

    /// The number of the first row of `group`, from 1.
    fn first_row(&self, group: usize) -> usize {
        1 + (0..group).map(|before| self.n_rows(before)).sum::<usize>()
    }

    fn fault(&self, row: usize, column: usize, found: &str, expected: &'static str) -> Error {
        Error::Value { row, column: self.columns[column].clone(), found: found.to_owned(), expected }
    }
}

impl std::fmt::Debug for ParquetTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetTable").field("path", &self.path).field("columns", &self.columns).finish_non_exhaustive()
    }
}

const TEXT_TYPES: &str = "a number, a time, a date, a text or a truth value";

const fn is_number(reading: Reading) -> bool {
    matches!(reading, Reading::Float | Reading::Signed | Reading::Unsigned)
}

/// The integer that `value`, stored in `bits` bits, stands for.
fn widen(value: i64, reading: Reading, bits: u32) -> i128 {
    match (reading, bits) {
        (Reading::Unsigned, 64) => value.cast_unsigned().into(),
        (Reading::Unsigned, _) => (value & i64::from(u32::MAX)).into(),
        _ => value.into(),
    }
}

/// The shortest decimal; `None` for NaN.
fn number_text(value: f64) -> Option<String> {
    if !value.is_finite() {
        return (!value.is_nan()).then(|| value.to_string());
    }
    let mut text = [0; NUMBER_BYTES];
    let end = put_number(&mut text, 0, value, Notation::Plain);
    Some(text[..end].iter().map(|&byte| char::from(byte)).collect())
}

fn time_text(clock: &mut Clock, time: UnixNanos, reading: Reading, zone: Zone) -> String {
    const DATE_CHARACTERS: usize = 10;
    let mut text = [0; 64];
    let end = clock.put(&mut text, 0, time);
    let mut text: String = text[..end].iter().map(|&byte| char::from(byte)).collect();
    match (reading, zone) {
        (Reading::Days, _) => text.truncate(DATE_CHARACTERS),
        (_, Zone::None) => text.truncate(text.len() - 1),
        (_, Zone::Utc) => {}
    }
    text
}

/// On some damaged files the decoder fails an assertion of its own; that is the file's fault and not the caller's.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| Error::malformed("the decoder failed an assertion"))?
}

pub(crate) fn in_file(path: &Path, source: Error) -> Error {
    Error::File { rows: "columns", path: path.to_owned(), source: Box::new(source) }
}
