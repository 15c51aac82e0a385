//! Bars and ticks in files: written as CSV, JSON Lines, Parquet and Arrow IPC, read from CSV and Parquet.
//!
//! [`BarWriter`] and [`TickWriter`] write row after row to a file, a pipe or memory, in bounded memory however long the
//! range. [`read_bars`] and [`read_ticks`] find the columns by their usual names, turn every time into UTC and check
//! every row; what is wrong is an error that names file, row and column. Numbers come back with the same bits.
//!
//! ```
//! use market::{Ohlcv, PriceSide, QuoteBar, Timeframe};
//! use market_files::{AtomicFile, BarColumns, BarWriter, BarWriterOptions, OutputFormat, ReadOptions, read_bars};
//!
//! let side = |price: f64| Ohlcv { open: price, high: price + 0.0005, low: price, close: price, volume: 12.5 };
//! let (bid, ask, mid) = (side(1.14512), side(1.14516), side(1.14514));
//! let open_time = "2019-02-04T13:00:00Z".parse()?;
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("eurusd.parquet");
//! let options = BarWriterOptions::new(BarColumns::SideAndSpread(PriceSide::Bid), Timeframe::M1);
//! let mut writer = BarWriter::new(AtomicFile::create(&path)?, OutputFormat::of(&path)?, options)?;
//! writer.write(&QuoteBar { open_time, bid, ask, mid, spread: 0.00004, tick_count: 31 })?;
//! writer.finish()?.commit()?; // now it has its name
//!
//! let file = read_bars(&path, &ReadOptions::strict())?;
//! assert_eq!((file.bars.timeframe(), file.side), (Timeframe::M1, Some(PriceSide::Bid)));
//! assert_eq!(file.bars.view().close, [1.14512]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Parquet files of any columns are read as they are and copied with more of them by [`ParquetTable`] and
//! [`ParquetCopy`]; [`write_text_columns`] makes one of a table of text.
//!
//! # Columns that are read
//!
//! | column | read under the names | needed | type in Parquet | where it is absent |
//! |---|---|---|---|---|
//! | `open_time` (bars) | `open_time`, `time`, `datetime`, `timestamp`, `date` | yes | timestamp, date or integer | |
//! | `open`, `high`, `low`, `close` | the same | yes | double, float or integer | |
//! | `volume` | `volume` | no | double, float or integer | 0 |
//! | `spread` | `spread`, `avg_spread`, `mean_spread` | no | double, float or integer; null is unknown | NaN |
//! | `tick_count` | `tick_count`, `ticks` | no | integer | 0 |
//! | `time` (ticks) | `time`, `datetime`, `timestamp`, `date` | yes | timestamp, date or integer | |
//! | `bid`, `ask` | the same, `bid_price`, `bidPrice`, … | yes | double, float or integer | |
//! | `bid_volume`, `ask_volume` | the same, `bidVolume`, … | no | double, float or integer | 0 |
//!
//! Case does not count.
//!
//! # What is written
//!
//! The first of these names; [`BarColumns`] says which of them, and those of bars of all sides. Times are nanoseconds
//! in UTC, in text ISO 8601 or milliseconds ([`TextTime`]). An unknown spread is null, in CSV an empty cell. CSV has
//! plain decimals without exponent, JSON Lines have floats that no reader takes for integers (`3.0`). Parquet is
//! compressed with Zstandard, Arrow is not compressed; both come in blocks of [`BLOCK_ROWS`] and say, where it is
//! known, `timeframe`, `day_start`, `symbol` and `side`.
//!
//! Not here: data frames (`aio-market-frames`), compressed CSV, reading of JSON Lines and Arrow or of bars of all
//! sides, Parquet files compressed otherwise than with Snappy or Zstandard.
//!
//! Features: `arrow` writes Arrow IPC files and streams.
#![forbid(unsafe_code)]

#[cfg(feature = "arrow")]
mod arrow_write;
mod atomic;
mod bar_writer;
mod clock;
mod columns;
mod csv_read;
mod encoder;
mod error;
mod format;
mod memo;
mod metadata;
mod number;
mod options;
mod parquet_copy;
mod parquet_read;
mod parquet_table;
mod parquet_types;
mod parquet_write;
mod refused;
mod schema;
mod table;
mod text;
mod text_columns;
mod tick_writer;
mod write_options;

use std::fs::File;
use std::path::Path;

use market::{Bars, BarsView, PriceSide, Symbol, Ticks, TicksView};

use crate::columns::Column;
use crate::table::Table;

pub use crate::atomic::AtomicFile;
pub use crate::bar_writer::BarWriter;
pub use crate::error::Error;
pub use crate::format::OutputFormat;
pub use crate::options::{FileFormat, NaiveTime, ReadOptions, TimeUnit};
pub use crate::parquet_copy::ParquetCopy;
pub use crate::parquet_table::ParquetTable;
pub use crate::text_columns::{TextColumn, write_text_columns};
pub use crate::tick_writer::TickWriter;
pub use crate::write_options::{BarColumns, BarWriterOptions, TextTime, TickWriterOptions};

/// Rows of a row group of Parquet and of a record batch of Arrow; the last one may have fewer.
///
/// So many rows are held in memory while they are written, as columns (2.6 MB of ticks, 9 MB of bars of all sides) and
/// then as bytes. With every row group the footer of Parquet, which is written at the end, grows by about 1 kB.
pub const BLOCK_ROWS: usize = 1 << 16;

/// What [`read_bars`] found in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct BarsFile {
    /// The bars.
    pub bars: Bars,
    /// Their instrument, if the file says it (Parquet files of this crate may).
    pub symbol: Option<Symbol>,
    /// Whose prices they are, if the file says it (Parquet files of this crate may).
    pub side: Option<PriceSide>,
    /// Columns of the file that were not read, in the file's order and spelling.
    pub ignored_columns: Vec<String>,
}

/// What [`read_ticks`] found in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct TicksFile {
    /// The ticks.
    pub ticks: Ticks,
    /// Their instrument, if the file says it (Parquet files of this crate may).
    pub symbol: Option<Symbol>,
    /// Columns of the file that were not read, in the file's order and spelling.
    pub ignored_columns: Vec<String>,
}

/// Reads the bars of a `.csv` or `.parquet` file.
///
/// Rows must be in order of time, without repetition, on the grid of their timeframe and day start; every price must be
/// finite and positive and lie between low and high. Nothing is repaired, sorted or left out.
///
/// The timeframe is, in this order: `options.timeframe`; the one the file says (Parquet files of this crate); the
/// smallest step between two rows. The start of the day is: `options.day_start`; the one the file says; UTC.
///
/// # Errors
/// [`Error::Extension`] for another kind of file; [`Error::Read`] if it cannot be read; else [`Error::File`] with the
/// path, whose source says what is wrong in which row and column.
pub fn read_bars(path: &Path, options: &ReadOptions) -> Result<BarsFile, Error> {
    let read = read(path, *options, &Column::BARS)?.and_then(|table| table.into_bars(*options));
    read.map_err(|source| Error::File { rows: "bars", path: path.to_owned(), source: Box::new(source) })
}

/// Reads the ticks of a `.csv` or `.parquet` file.
///
/// Rows must be in order of time, where several may have the same; prices must be positive and at most 10¹⁵, volumes 0
/// to 10¹⁸. Nothing is repaired, sorted or left out.
///
/// # Errors
/// As [`read_bars`].
pub fn read_ticks(path: &Path, options: &ReadOptions) -> Result<TicksFile, Error> {
    let read = read(path, *options, &Column::TICKS)?.and_then(Table::into_ticks);
    read.map_err(|source| Error::File { rows: "ticks", path: path.to_owned(), source: Box::new(source) })
}

/// The columns of a file; the inner error is about what is in it.
fn read(path: &Path, options: ReadOptions, wanted: &[Column]) -> Result<Result<Table, Error>, Error> {
    let format = FileFormat::of(path)?;
    let file = File::open(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    Ok(match format {
        FileFormat::Csv => csv_read::read(file, options, wanted),
        FileFormat::Parquet => parquet_read::read(file, options, wanted),
    })
}

/// Writes bars to a file in the format that its extension names (see [`OutputFormat`]), replacing it if it is there.
///
/// The columns are those of [`BarColumns::SideAndSpread`], the side is not said. Under its final name the file is
/// complete (see [`AtomicFile`]). Equal bars give equal bytes. Numbers are written so that [`read_bars`] gives the
/// same bits back.
///
/// # Errors
/// [`Error::OutputExtension`] for another extension; [`Error::NotBuiltIn`] for a format without its feature;
/// [`Error::Write`] if the system refuses; as [`BarWriter::write_bars`] for bars that do not hold what bars hold.
///
/// # Panics
/// If the columns of `bars` differ in length, which only a view put together by hand can do.
pub fn write_bars(path: &Path, bars: BarsView<'_>) -> Result<(), Error> {
    let options = BarWriterOptions::new(BarColumns::SideAndSpread(PriceSide::Mid), bars.grid);
    write_file(path, |file, format| {
        let mut writer = BarWriter::of_side(file, format, options, None)?;
        writer.write_bars(bars)?;
        writer.finish()
    })
}

/// Writes ticks to a file in the format that its extension names (see [`OutputFormat`]), replacing it if it is there.
///
/// As [`write_bars`] otherwise.
///
/// # Errors
/// As [`write_bars`]; as [`TickWriter::write`] for ticks that do not hold what ticks hold.
///
/// # Panics
/// If the columns of `ticks` differ in length, which only a view put together by hand can do.
pub fn write_ticks(path: &Path, ticks: TicksView<'_>) -> Result<(), Error> {
    write_file(path, |file, format| {
        let mut writer = TickWriter::new(file, format, TickWriterOptions::default())?;
        writer.write(ticks)?;
        writer.finish()
    })
}

fn write_file(
    path: &Path,
    write: impl FnOnce(AtomicFile, OutputFormat) -> Result<AtomicFile, Error>,
) -> Result<(), Error> {
    let format = OutputFormat::of(path)?;
    let written = write(AtomicFile::create(path)?, format).map_err(|error| match error {
        Error::Sink { source } => Error::Write { path: path.to_owned(), source },
        other => other,
    });
    written?.commit()
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
