//! The columns of a frame by name.

use std::borrow::Cow;

use market::UnixNanos;
use polars::prelude::{Column, DataFrame, Series};

use crate::{AbsentColumns, Error, FrameOptions, number, time};

/// A frame, read as the options say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    pub(crate) frame: &'a DataFrame,
    pub(crate) options: FrameOptions,
}

impl<'a> Table<'a> {
    pub(crate) fn times(&self, column: &'static str) -> Result<Vec<UnixNanos>, Error> {
        time::times(self.needed(column)?, column, self.options.naive_time)
    }

    pub(crate) fn prices(&self, column: &'static str) -> Result<Cow<'a, [f64]>, Error> {
        number::floats(self.needed(column)?, column, None)
    }

    pub(crate) fn volumes(&self, column: &'static str) -> Result<Cow<'a, [f64]>, Error> {
        match self.unless_absent(column)? {
            Some(series) => number::floats(series, column, None),
            None => Ok(Cow::Owned(vec![0.0; self.frame.height()])),
        }
    }

    /// Spreads: alone among the columns, they say themselves which rows are unknown.
    pub(crate) fn spreads(&self, column: &'static str) -> Result<Cow<'a, [f64]>, Error> {
        match self.unless_absent(column)? {
            Some(series) => number::floats(series, column, Some(f64::NAN)),
            None => Ok(Cow::Owned(vec![f64::NAN; self.frame.height()])),
        }
    }

    pub(crate) fn counts(&self, column: &'static str) -> Result<Vec<u32>, Error> {
        number::numbers(self.needed(column)?, column, None)
    }

    pub(crate) fn counts_or_unknown(&self, column: &'static str) -> Result<Vec<u32>, Error> {
        match self.unless_absent(column)? {
            Some(series) => number::numbers(series, column, None),
            None => Ok(vec![0; self.frame.height()]),
        }
    }

    /// The column; `None` where it is not there and the options say what that means.
    fn unless_absent(&self, column: &'static str) -> Result<Option<&'a Series>, Error> {
        match self.find(column)? {
            None if self.options.absent_columns == AbsentColumns::Refuse => Err(self.missing(column)),
            found => Ok(found),
        }
    }

    fn needed(&self, column: &'static str) -> Result<&'a Series, Error> {
        self.find(column)?.ok_or_else(|| self.missing(column))
    }

    fn find(&self, column: &'static str) -> Result<Option<&'a Series>, Error> {
        let mut named = self.frame.columns().iter().filter(|found| found.name() == column);
        let first = named.next();
        match named.count() {
            0 => Ok(first.map(Column::as_materialized_series)),
            others => Err(Error::DuplicateColumn { column, n_columns: others + 1 }),
        }
    }

    fn missing(&self, column: &'static str) -> Error {
        let found = self.frame.columns().iter().map(|found| found.name().to_string()).collect();
        Error::MissingColumn { column, found }
    }
}
