use std::path::PathBuf;

use market::{BarGrid, DayStart, Timeframe, UnixNanos};

use crate::OutputFormat;

/// What can go wrong with files of bars and ticks.
///
/// Rows count from 1, without the line of names in CSV. Columns are named as the file names them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The extension names no known format.
    #[error("{} ends neither in .csv nor in .parquet", .path.display())]
    Extension {
        /// The file.
        path: PathBuf,
    },
    /// The extension names no format that can be written.
    #[error("{} ends in none of {}", .path.display(), extensions())]
    OutputExtension {
        /// The file.
        path: PathBuf,
    },
    /// A text names no format that can be written.
    #[error("`{text}` is no output format; there are {}", list(&OutputFormat::ALL.map(OutputFormat::name)))]
    OutputFormat {
        /// The text.
        text: String,
    },
    /// A format has been left out when this library was built.
    #[error("`{format}` is not built in: it needs the feature `{feature}` of aio-market-files")]
    NotBuiltIn {
        /// The format.
        format: OutputFormat,
        /// The feature that builds it in.
        feature: &'static str,
    },
    /// What takes the bytes refused them.
    #[error("cannot write the rows")]
    Sink {
        /// What it answered.
        source: std::io::Error,
    },
    /// Bars of one side were given where bid, ask and mid are to be written.
    #[error("bars of one side do not fill the columns of bid, ask and mid")]
    OneSide,
    /// Bars of one grid were given where those of another are to be written.
    #[error("the bars are {given}, but {to_write} are to be written")]
    OtherGrid {
        /// The grid of the bars.
        given: BarGrid,
        /// The grid that the writer has been told.
        to_write: BarGrid,
    },
    /// A file could not be opened.
    #[error("cannot read {}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system or the encoder answered.
        source: std::io::Error,
    },
    /// A file does not hold the rows that it should; the source says where and why.
    #[error("cannot read {rows} from {}", .path.display())]
    File {
        /// What was to be read: `bars` or `ticks`.
        rows: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<Error>,
    },
    /// The file is no CSV or Parquet file, is damaged, or uses a part of the format that is not supported.
    #[error("the file is damaged or uses what is not supported")]
    Malformed {
        /// What the decoder answered.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A column that bars or ticks need is not there.
    #[error("there is no column `{column}` (also read as {}); the columns are {}", list(.accepted), list(.found))]
    MissingColumn {
        /// The column.
        column: &'static str,
        /// All names under which it would be read.
        accepted: &'static [&'static str],
        /// The names that are there.
        found: Vec<String>,
    },
    /// Several columns could be the one that is needed.
    #[error("`{column}` could be any of the columns {}", list(.found))]
    AmbiguousColumn {
        /// The column.
        column: &'static str,
        /// The names that are there.
        found: Vec<String>,
    },
    /// A column has a type that cannot be read.
    #[error("column `{column}` is {found}, expected {expected}")]
    ColumnType {
        /// The column.
        column: String,
        /// Its type.
        found: String,
        /// The types that can be read.
        expected: &'static str,
    },
    /// Times carry no zone, and the options do not say what that means.
    #[error("the times in column `{column}` have no zone; declare them as UTC to read them")]
    NaiveTime {
        /// The column.
        column: String,
    },
    /// Times are integers, and the options do not say what they count.
    #[error("the times in column `{column}` are integers; declare their unit to read them")]
    NoTimeUnit {
        /// The column.
        column: String,
    },
    /// A value cannot be read or cannot be that of its column.
    #[error("row {row}, column `{column}`: {found} is not {expected}")]
    Value {
        /// The row, from 1.
        row: usize,
        /// The column.
        column: String,
        /// The value, as text; `null` or `an empty cell` where there is none.
        found: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A row does not come after the row before it.
    #[error("row {row}: {time} does not come after {previous} in the row before it")]
    Order {
        /// The row, from 1.
        row: usize,
        /// Its time.
        time: UnixNanos,
        /// The time of the row before it.
        previous: UnixNanos,
    },
    /// A row does not lie on the grid of its bars.
    #[error("row {row}: {time} is not the start of a bar of {grid}")]
    Alignment {
        /// The row, from 1.
        row: usize,
        /// Its time.
        time: UnixNanos,
        /// The grid.
        grid: BarGrid,
    },
    /// The timeframe is neither given nor to be told from the rows.
    #[error("the timeframe cannot be told from {n_rows} row(s); give it")]
    NoTimeframe {
        /// How many rows there are.
        n_rows: usize,
    },
    /// The smallest step between two rows is no timeframe.
    #[error("row {row}: {step_ns} ns after the row before it is no timeframe: whole seconds up to a week, or a month")]
    Step {
        /// The second row of the pair, from 1.
        row: usize,
        /// Nanoseconds between the two.
        step_ns: i64,
    },
    /// The options and the file disagree about the timeframe.
    #[error("the file says that its bars are {in_file}, not {given}")]
    OtherTimeframe {
        /// What the file says.
        in_file: Timeframe,
        /// What the options say.
        given: Timeframe,
    },
    /// The options and the file disagree about the start of the day.
    #[error("the file says that the day of its bars starts by {in_file}, not {given}")]
    OtherDayStart {
        /// What the file says.
        in_file: DayStart,
        /// What the options say.
        given: DayStart,
    },
    /// Bars of this timeframe cannot be counted from that start of the day.
    #[error("there are no bars of {timeframe} counted from day start {day_start}")]
    DayStart {
        /// The timeframe.
        timeframe: Timeframe,
        /// The start of the day.
        day_start: DayStart,
    },
}

impl Error {
    pub(crate) fn malformed(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Malformed { source: source.into() }
    }
}

fn extensions() -> String {
    let all = OutputFormat::ALL.iter().flat_map(|format| format.extensions());
    list(&all.map(|extension| format!(".{extension}")).collect::<Vec<_>>())
}

fn list(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}
