use market::{BarGrid, UnixNanos};

/// Why a data frame does not hold ticks or bars.
///
/// Rows count from 0, as polars counts them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A column that is needed is not there.
    #[error("there is no column `{column}`; there is {}", list(.found))]
    MissingColumn {
        /// The column.
        column: &'static str,
        /// The names that are there.
        found: Vec<String>,
    },
    /// Several columns have the name of one that is needed, which only unchecked code can bring about.
    #[error("{n_columns} columns are named `{column}`")]
    DuplicateColumn {
        /// The name.
        column: &'static str,
        /// How many columns have it.
        n_columns: usize,
    },
    /// A column has a type that cannot be read.
    #[error("column `{column}` is of type {found}, expected {expected}")]
    ColumnType {
        /// The column.
        column: &'static str,
        /// Its type, as polars writes it.
        found: String,
        /// What can be read.
        expected: &'static str,
    },
    /// Times carry no zone, and the options do not say what that means.
    #[error("the times in column `{column}` have no zone; declare them as UTC to read them")]
    NaiveTime {
        /// The column.
        column: &'static str,
    },
    /// A value is missing.
    #[error("row {row}, column `{column}`: null, where a value is needed")]
    Null {
        /// Position, from 0.
        row: usize,
        /// The column.
        column: &'static str,
    },
    /// A value would change when it is read, or is impossible in its column.
    #[error("row {row}, column `{column}`: {found} is not {expected}")]
    Value {
        /// Position, from 0.
        row: usize,
        /// The column.
        column: &'static str,
        /// The value, as text.
        found: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A row breaks the order of time: strictly increasing for bars, never decreasing for ticks.
    #[error("row {row}: {time} is out of order after {previous}")]
    Order {
        /// Position, from 0.
        row: usize,
        /// Its time.
        time: UnixNanos,
        /// The time of the row before it.
        previous: UnixNanos,
    },
    /// A row does not start where bars start.
    #[error("row {row}: {time} is not the start of a bar of {grid}")]
    Alignment {
        /// Position, from 0.
        row: usize,
        /// Its time.
        time: UnixNanos,
        /// Where bars start.
        grid: BarGrid,
    },
    /// An indicator cannot be computed; the source says why.
    #[cfg(feature = "indicators")]
    #[error("the indicator cannot be computed")]
    Indicator {
        /// The reason.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An indicator reads another number of columns.
    #[cfg(feature = "indicators")]
    #[error("`{indicator}` reads {expected} columns, not {found}")]
    InputCount {
        /// The indicator.
        indicator: &'static str,
        /// How many it reads.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// An indicator has no output of that name.
    #[cfg(feature = "indicators")]
    #[error("`{indicator}` has no output `{output}`; it has {}", .known.join(", "))]
    UnknownOutput {
        /// The indicator.
        indicator: &'static str,
        /// What was asked for.
        output: String,
        /// Those it has.
        known: Vec<&'static str>,
    },
    /// The rows are not those of ticks or bars for another reason, which the source names.
    #[error("the rows cannot be read")]
    Rows {
        /// The reason.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "none at all".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
