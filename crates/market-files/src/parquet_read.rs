use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

use market::UnixNanos;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::columns::{Column, Layout};
use crate::parquet_types::Reading;
use crate::table::Table;
use crate::{Error, ReadOptions};

const BATCH_ROWS: usize = 8_192;
/// Integers up to here are doubles without rounding.
pub(crate) const MAX_EXACT: u64 = 1 << 53;

pub(crate) fn read(file: File, options: ReadOptions, wanted: &[Column]) -> Result<Table, Error> {
    // On some damaged files the decoder fails an assertion of its own; that is the file's fault and not the caller's.
    let table = catch_unwind(AssertUnwindSafe(|| read_table(file, options, wanted)));
    table.map_err(|_| Error::malformed("the decoder failed an assertion"))?
}

fn read_table(file: File, options: ReadOptions, wanted: &[Column]) -> Result<Table, Error> {
    let reader = SerializedFileReader::new(file).map_err(Error::malformed)?;
    let metadata = reader.metadata();
    let schema = metadata.file_metadata().schema_descr();
    let names = schema.columns().iter().map(|descriptor| descriptor.path().string()).collect();
    let mut table = Table::new(Layout::of(names, wanted)?);
    let mut columns = Vec::new();
    for &(column, at) in &table.layout.present {
        columns.push((column, at, Reading::of(column, &schema.column(at), options)?));
    }
    for entry in metadata.file_metadata().key_value_metadata().into_iter().flatten() {
        table.said.take(&entry.key, entry.value.as_deref().unwrap_or_default());
    }
    for group in 0..metadata.num_row_groups() {
        let group = reader.get_row_group(group).map_err(Error::malformed)?;
        for &(column, at, reading) in &columns {
            let values = group.get_column_reader(at).map_err(Error::malformed)?;
            let name = table.name(column);
            Sink { table: &mut table, column, reading, name }.read(values)?;
        }
        if !table.is_rectangular() {
            return Err(Error::malformed("the columns of a row group differ in length"));
        }
    }
    Ok(table)
}

/// Takes the values of one column of a row group.
struct Sink<'a> {
    table: &'a mut Table,
    column: Column,
    reading: Reading,
    name: String,
}

impl Sink<'_> {
    fn read(mut self, values: ColumnReader) -> Result<(), Error> {
        match values {
            ColumnReader::DoubleColumnReader(values) => for_each(values, &mut |value| self.number(value.copied())),
            ColumnReader::FloatColumnReader(values) => {
                for_each(values, &mut |value| self.number(value.copied().map(f64::from)))
            }
            ColumnReader::Int64ColumnReader(values) => {
                let unsigned = self.reading == Reading::Unsigned;
                let widen = move |value: i64| if unsigned { i128::from(value.cast_unsigned()) } else { value.into() };
                for_each(values, &mut |value| self.integer(value.copied().map(widen)))
            }
            ColumnReader::Int32ColumnReader(values) => {
                let unsigned = self.reading == Reading::Unsigned;
                let widen = move |value: i32| if unsigned { value.cast_unsigned().into() } else { value.into() };
                for_each(values, &mut |value| self.integer(value.copied().map(widen)))
            }
            _ => unreachable!("columns of other types have been refused"),
        }
    }

    fn number(&mut self, value: Option<f64>) -> Result<(), Error> {
        let nullable = self.column == Column::Spread;
        let numbers = self.table.numbers_mut(self.column).expect("only columns of numbers are read as such");
        match value {
            Some(value) => numbers.push(value),
            None if nullable => numbers.push(f64::NAN),
            None => {
                let row = numbers.len() + 1;
                return Err(self.fault(row, None, "a number"));
            }
        }
        Ok(())
    }

    fn integer(&mut self, value: Option<i128>) -> Result<(), Error> {
        match (self.column, self.reading) {
            (Column::OpenTime | Column::Time, reading) => {
                let row = self.table.time.len() + 1;
                let time = value.and_then(|value| i64::try_from(value).ok()).and_then(|count| time(reading, count));
                let time = time.ok_or_else(|| self.fault(row, value, "a time of the years 1678 to 2261"))?;
                self.table.time.push(time);
                Ok(())
            }
            (Column::TickCount, _) => {
                let row = self.table.tick_count.len() + 1;
                let count = value.and_then(|value| u32::try_from(value).ok());
                let count = count.ok_or_else(|| self.fault(row, value, "a count of ticks"))?;
                self.table.tick_count.push(count);
                Ok(())
            }
            _ => match value {
                Some(value) if value.unsigned_abs() > u128::from(MAX_EXACT) => {
                    let row = self.table.numbers_mut(self.column).map_or(0, |numbers| numbers.len() + 1);
                    Err(self.fault(row, Some(value), "an integer of at most 2^53"))
                }
                value => self.number(value.map(|value| value as f64)),
            },
        }
    }

    fn fault(&self, row: usize, value: Option<i128>, expected: &'static str) -> Error {
        let found = value.map_or_else(|| "null".to_owned(), |value| value.to_string());
        Error::Value { row, column: self.name.clone(), found, expected }
    }
}

/// The time that `count` stands for.
pub(crate) fn time(reading: Reading, count: i64) -> Option<UnixNanos> {
    match reading {
        Reading::Time(unit) => unit.time(count),
        Reading::Days => count.checked_mul(UnixNanos::PER_DAY).map(UnixNanos),
        Reading::Float | Reading::Signed | Reading::Unsigned => None,
    }
}

pub(crate) type Take<'a, T> = dyn FnMut(Option<&T>) -> Result<(), Error> + 'a;

/// Hands out the values of a column chunk, `None` for null.
pub(crate) fn for_each<T: DataType>(mut column: ColumnReaderImpl<T>, take: &mut Take<'_, T::T>) -> Result<(), Error> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    loop {
        values.clear();
        levels.clear();
        let (n_rows, _, _) =
            column.read_records(BATCH_ROWS, Some(&mut levels), None, &mut values).map_err(Error::malformed)?;
        if n_rows == 0 {
            return Ok(());
        }
        if levels.is_empty() {
            values.iter().try_for_each(|value| take(Some(value)))?;
            continue;
        }
        let mut values = values.iter();
        for level in &levels {
            take(if *level == 0 { None } else { values.next() })?;
        }
    }
}
