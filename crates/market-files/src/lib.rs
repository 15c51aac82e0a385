//! Bars in CSV and Parquet files: read with validation, written atomically.
//!
//! [`read_bars`] finds the columns by their usual names, turns every time into UTC and checks every row; what is wrong
//! is an error that names file, row and column. [`write_bars`] writes columns that this and other programs read.
//!
//! ```
//! use market::{Bar, Bars, Timeframe};
//! use market_files::{ReadOptions, read_bars, write_bars};
//!
//! let mut bars = Bars::new(Timeframe::M1);
//! let open_time = "2019-02-04T13:00:00Z".parse()?;
//! let (open, high, low, close) = (1.1450, 1.1455, 1.1448, 1.1451);
//! bars.push(Bar { open_time, open, high, low, close, volume: 12.5, spread: 0.00004, tick_count: 31 })?;
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("eurusd.parquet");
//! write_bars(&path, bars.view())?;
//! assert_eq!(read_bars(&path, &ReadOptions::strict())?.bars, bars);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | column | read under the names | needed | type in Parquet | where it is absent |
//! |---|---|---|---|---|
//! | `open_time` | `open_time`, `time`, `datetime`, `timestamp`, `date` | yes | timestamp, date or integer | |
//! | `open`, `high`, `low`, `close` | the same | yes | double, float or integer | |
//! | `volume` | `volume` | no | double, float or integer | 0 |
//! | `spread` | `spread`, `avg_spread`, `mean_spread` | no | double, float or integer; null is unknown | NaN |
//! | `tick_count` | `tick_count`, `ticks` | no | integer | 0 |
//!
//! Case does not count. Written are the first names, times as nanoseconds in UTC (ISO 8601 in CSV) and an unknown
//! spread as null (an empty cell in CSV); a Parquet file also says its timeframe, under the key `timeframe`.
//!
//! Not here: ticks, data frames, compressed CSV, Parquet files compressed otherwise than with Snappy or Zstandard.
#![forbid(unsafe_code)]

mod atomic;
mod columns;
mod csv_file;
mod error;
mod options;
mod parquet_read;
mod parquet_types;
mod parquet_write;
mod table;

use std::fs::File;
use std::path::Path;

use market::{Bars, BarsView};

pub use crate::error::Error;
pub use crate::options::{FileFormat, NaiveTime, ReadOptions, TimeUnit};

/// What [`read_bars`] found in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct BarsFile {
    /// The bars.
    pub bars: Bars,
    /// Columns of the file that were not read, in the file's order and spelling.
    pub ignored_columns: Vec<String>,
}

/// Reads the bars of a `.csv` or `.parquet` file.
///
/// Rows must be in order of time, without repetition, on the grid of the timeframe; every price must be finite and
/// positive and lie between low and high. Nothing is repaired, sorted or left out.
///
/// The timeframe is, in this order: `options.timeframe`; the one the file says (Parquet files of [`write_bars`]); the
/// smallest step between two rows.
///
/// # Errors
/// [`Error::Extension`] for another kind of file; [`Error::Read`] if it cannot be read; else [`Error::File`] with the
/// path, whose source says what is wrong in which row and column.
pub fn read_bars(path: &Path, options: &ReadOptions) -> Result<BarsFile, Error> {
    let format = FileFormat::of(path)?;
    let file = File::open(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let read = match format {
        FileFormat::Csv => csv_file::read(file, *options),
        FileFormat::Parquet => parquet_read::read(file, *options),
    };
    read.map_err(|source| Error::File { path: path.to_owned(), source: Box::new(source) })
}

/// Writes bars to a `.csv` or `.parquet` file (Zstandard), replacing it if it is there.
///
/// The file is written under its name with `.part` appended, synced and renamed: under its final name it is complete.
/// Equal bars give equal bytes. Numbers are written so that [`read_bars`] gives the same bits back.
///
/// # Errors
/// [`Error::Extension`] for another kind of file; [`Error::Write`] if the system refuses.
pub fn write_bars(path: &Path, bars: BarsView<'_>) -> Result<(), Error> {
    let format = FileFormat::of(path)?;
    let written = atomic::write(path, &mut |file| match format {
        FileFormat::Csv => csv_file::write(file, bars),
        FileFormat::Parquet => parquet_write::write(file, bars),
    });
    written.map_err(|source| Error::Write { path: path.to_owned(), source })
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
