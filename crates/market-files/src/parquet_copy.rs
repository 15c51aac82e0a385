use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, Repetition, Type as PhysicalType, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::DoubleType;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::FileReader;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use crate::parquet_write::{ZSTD_LEVEL, write_column};
use crate::{Error, ParquetTable};

/// A copy of a Parquet file with further columns of numbers behind its own.
///
/// The columns that are there are copied as they are stored, of whatever type and compression; only Arrow's own note of
/// the columns is left out, because it would not know the new ones. New ones are doubles, with null for NaN.
///
/// ```
/// use market::synthetic::{SyntheticConfig, generate};
/// use market::{PriceSide, Timeframe, aggregate};
/// use market_files::{AtomicFile, ParquetCopy, ParquetTable, write_bars};
///
/// let ticks = generate(&SyntheticConfig::eurusd("2024-02-05".parse()?, 1), 42)?;
/// let folder = tempfile::tempdir()?;
/// let (path, with_range) = (folder.path().join("bars.parquet"), folder.path().join("range.parquet"));
/// write_bars(&path, aggregate(ticks.view(), Timeframe::H1).bars(PriceSide::Bid).view())?;
///
/// let table = ParquetTable::open(&path)?;
/// let mut copy = ParquetCopy::new(&table, AtomicFile::create(&with_range)?, &["range".to_owned()])?;
/// for group in 0..table.n_groups() {
///     let (high, low) = (table.numbers(group, 2)?, table.numbers(group, 3)?);
///     let range: Vec<f64> = high.iter().zip(&low).map(|(high, low)| high - low).collect();
///     copy.write_group(&[&range])?;
/// }
/// copy.finish()?.commit()?;
/// assert_eq!(ParquetTable::open(&with_range)?.columns().last().map(String::as_str), Some("range"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ParquetCopy<'a, W: Write + Send> {
    table: &'a ParquetTable,
    writer: SerializedFileWriter<W>,
    n_added: usize,
    /// The group that is written next.
    group: usize,
}

/// The key under which Arrow's writers keep the types of the columns.
const ARROW_SCHEMA: &str = "ARROW:schema";

impl<'a, W: Write + Send> ParquetCopy<'a, W> {
    /// Begins a copy of `table` with columns of the names `added`.
    ///
    /// # Errors
    /// [`Error::Sink`] if `sink` refuses.
    pub fn new(table: &'a ParquetTable, sink: W, added: &[String]) -> Result<Self, Error> {
        let writer = writer(table, sink, added).map_err(refused)?;
        Ok(Self { table, writer, n_added: added.len(), group: 0 })
    }

    /// Copies the next row group and adds `columns` to it.
    ///
    /// # Errors
    /// [`Error::Sink`] if the sink refuses or the group cannot be read.
    ///
    /// # Panics
    /// If all groups have been written, or if the number of columns or their lengths do not fit.
    pub fn write_group(&mut self, columns: &[&[f64]]) -> Result<(), Error> {
        assert!(self.group < self.table.n_groups(), "the file has {} row groups", self.table.n_groups());
        assert_eq!(columns.len(), self.n_added, "{} columns are to be added", self.n_added);
        for column in columns {
            assert_eq!(column.len(), self.table.n_rows(self.group), "a column is as long as its row group");
        }
        self.copy_group(columns).map_err(refused)?;
        self.group += 1;
        Ok(())
    }

    /// Writes the footer and hands the sink back, flushed.
    ///
    /// # Errors
    /// [`Error::Sink`] if the sink refuses.
    ///
    /// # Panics
    /// If a row group has not been written.
    pub fn finish(self) -> Result<W, Error> {
        assert_eq!(self.group, self.table.n_groups(), "every row group is to be written");
        let mut sink = self.writer.into_inner().map_err(refused)?;
        sink.flush().map_err(|source| Error::Sink { source })?;
        Ok(sink)
    }

    fn copy_group(&mut self, columns: &[&[f64]]) -> Result<(), ParquetError> {
        let metadata = self.table.reader.metadata().row_group(self.group);
        let mut group = self.writer.next_row_group()?;
        for column in metadata.columns() {
            let stored = ColumnCloseResult {
                bytes_written: column.compressed_size().cast_unsigned(),
                rows_written: metadata.num_rows().cast_unsigned(),
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            group.append_column(&self.table.file, stored)?;
        }
        for values in columns {
            let known: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
            let levels: Vec<i16> = values.iter().map(|value| i16::from(!value.is_nan())).collect();
            write_column::<DoubleType, W>(&mut group, &known, Some(&levels))?;
        }
        group.close()?;
        Ok(())
    }
}

impl<W: Write + Send> std::fmt::Debug for ParquetCopy<'_, W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetCopy").field("table", self.table).field("group", &self.group).finish_non_exhaustive()
    }
}

fn writer<W: Write + Send>(
    table: &ParquetTable,
    sink: W,
    added: &[String],
) -> Result<SerializedFileWriter<W>, ParquetError> {
    let metadata = table.reader.metadata().file_metadata();
    let root = metadata.schema_descr().root_schema();
    let mut fields = root.get_fields().to_vec();
    for name in added {
        let column = Type::primitive_type_builder(name, PhysicalType::DOUBLE).with_repetition(Repetition::OPTIONAL);
        fields.push(Arc::new(column.build()?));
    }
    let schema = Type::group_type_builder(root.name()).with_fields(fields).build()?;
    let notes = metadata.key_value_metadata().into_iter().flatten();
    let notes: Vec<KeyValue> = notes.filter(|note| note.key != ARROW_SCHEMA).cloned().collect();
    // An index of the pages is of all columns or of none, and those that are copied may have none.
    let properties = WriterProperties::builder()
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        .set_key_value_metadata((!notes.is_empty()).then_some(notes));
    SerializedFileWriter::new(sink, Arc::new(schema), Arc::new(properties.build()))
}

fn refused(error: ParquetError) -> Error {
    Error::Sink { source: io::Error::other(error) }
}
