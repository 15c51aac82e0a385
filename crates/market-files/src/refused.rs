//! What `market` refuses in a table, in the table's words.

use market::{BarGrid, UnixNanos};

use crate::Error;
use crate::columns::Column;

/// The rows one of which was refused.
pub(crate) struct Refused<'a> {
    /// The number of the first of them, from 1.
    pub(crate) first_row: usize,
    /// Their times.
    pub(crate) times: &'a [UnixNanos],
    /// Where their bars start; `None` for ticks.
    pub(crate) grid: Option<BarGrid>,
    /// How the table names a column.
    pub(crate) name: &'a dyn Fn(Column) -> String,
}

impl Refused<'_> {
    pub(crate) fn explain(&self, error: &market::Error) -> Error {
        match (error, self.grid) {
            (&market::Error::Order { row, time }, _) if row > 0 => {
                Error::Order { row: self.first_row + row, time, previous: self.times[row - 1] }
            }
            (&market::Error::Alignment { row, time }, Some(grid)) => {
                Error::Alignment { row: self.first_row + row, time, grid }
            }
            (&market::Error::Value { row, column, value }, _) => {
                let known = Column::named(column);
                let expected = known.map_or("a value of its column", Column::expected);
                let column = known.map_or_else(|| column.to_owned(), self.name);
                Error::Value { row: self.first_row + row, column, found: value.to_string(), expected }
            }
            (other, _) => Error::malformed(other.clone()),
        }
    }
}
