//! Which column of a file is which column of bars.

use crate::Error;

/// A column of bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    OpenTime,
    Open,
    High,
    Low,
    Close,
    Volume,
    Spread,
    TickCount,
}

impl Column {
    pub(crate) const ALL: [Self; 8] =
        [Self::OpenTime, Self::Open, Self::High, Self::Low, Self::Close, Self::Volume, Self::Spread, Self::TickCount];

    /// The name that is written.
    pub(crate) const fn name(self) -> &'static str {
        self.accepted()[0]
    }

    const fn accepted(self) -> &'static [&'static str] {
        match self {
            Self::OpenTime => &["open_time", "time", "datetime", "timestamp", "date"],
            Self::Open => &["open"],
            Self::High => &["high"],
            Self::Low => &["low"],
            Self::Close => &["close"],
            Self::Volume => &["volume"],
            Self::Spread => &["spread", "avg_spread", "mean_spread"],
            Self::TickCount => &["tick_count", "ticks"],
        }
    }

    const fn needed(self) -> bool {
        !matches!(self, Self::Volume | Self::Spread | Self::TickCount)
    }
}

/// Where the columns of bars are in a file.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// The columns that are there: which, at which position.
    pub(crate) present: Vec<(Column, usize)>,
    names: Vec<String>,
}

impl Layout {
    /// Finds the columns among the names of a file.
    pub(crate) fn of(names: Vec<String>) -> Result<Self, Error> {
        let mut present = Vec::new();
        for column in Column::ALL {
            let accepted = column.accepted();
            let named = |name: &String| accepted.iter().any(|wanted| name.eq_ignore_ascii_case(wanted));
            let found: Vec<usize> = (0..names.len()).filter(|&at| named(&names[at])).collect();
            match *found.as_slice() {
                [at] => present.push((column, at)),
                [] if column.needed() => {
                    return Err(Error::MissingColumn { column: column.name(), accepted, found: names });
                }
                [] => {}
                _ => {
                    let found = found.iter().map(|&at| names[at].clone()).collect();
                    return Err(Error::AmbiguousColumn { column: column.name(), found });
                }
            }
        }
        Ok(Self { present, names })
    }

    /// The file's name of `column`; the usual one if the file does not have it.
    pub(crate) fn name(&self, column: Column) -> &str {
        let at = self.present.iter().find(|(present, _)| *present == column).map(|&(_, at)| at);
        at.map_or(column.name(), |at| &self.names[at])
    }

    /// The names of the columns that are none of bars.
    pub(crate) fn ignored(&self) -> Vec<String> {
        let is_ignored = |at: &usize| self.present.iter().all(|(_, present)| present != at);
        (0..self.names.len()).filter(is_ignored).map(|at| self.names[at].clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(names: &str) -> Result<Layout, Error> {
        Layout::of(names.split(' ').map(str::to_owned).collect())
    }

    #[test]
    fn finds_aliases_in_any_case_and_order_and_keeps_the_rest() {
        let layout = layout("close OPEN High low extra DateTime avg_spread").unwrap();
        assert_eq!(layout.name(Column::OpenTime), "DateTime");
        assert_eq!(layout.name(Column::Spread), "avg_spread");
        assert_eq!(layout.ignored(), ["extra"]);
        assert_eq!(layout.present.len(), 6);
    }

    #[test]
    fn a_missing_column_lists_what_is_there() {
        let error = layout("time open high low").unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no column `close` (also read as `close`); the columns are `time`, `open`, `high`, `low`"
        );
    }

    #[test]
    fn two_candidates_are_an_error() {
        let error = layout("time open high low close timestamp").unwrap_err();
        assert_eq!(error.to_string(), "`open_time` could be any of the columns `time`, `timestamp`");
    }
}
