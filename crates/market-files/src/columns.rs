//! Which column of a file is which column of bars or ticks.

use crate::Error;

/// A column of bars or of ticks.
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
    Time,
    Bid,
    Ask,
    BidVolume,
    AskVolume,
}

impl Column {
    pub(crate) const BARS: [Self; 8] =
        [Self::OpenTime, Self::Open, Self::High, Self::Low, Self::Close, Self::Volume, Self::Spread, Self::TickCount];
    pub(crate) const TICKS: [Self; 5] = [Self::Time, Self::Bid, Self::Ask, Self::BidVolume, Self::AskVolume];

    /// The column that is written under `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::BARS.into_iter().chain(Self::TICKS).find(|column| column.name() == name)
    }

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
            Self::Time => &["time", "datetime", "timestamp", "date"],
            Self::Bid => &["bid", "bid_price", "bidprice"],
            Self::Ask => &["ask", "ask_price", "askprice"],
            Self::BidVolume => &["bid_volume", "bidvolume"],
            Self::AskVolume => &["ask_volume", "askvolume"],
        }
    }

    const fn needed(self) -> bool {
        !matches!(self, Self::Volume | Self::Spread | Self::TickCount | Self::BidVolume | Self::AskVolume)
    }

    /// Whether its values are times.
    pub(crate) const fn is_time(self) -> bool {
        matches!(self, Self::OpenTime | Self::Time)
    }

    /// Its place among the columns of numbers of its table; `None` for times and counts.
    pub(crate) const fn number_at(self) -> Option<usize> {
        match self {
            Self::Open | Self::Bid => Some(0),
            Self::High | Self::Ask => Some(1),
            Self::Low | Self::BidVolume => Some(2),
            Self::Close | Self::AskVolume => Some(3),
            Self::Volume => Some(4),
            Self::Spread => Some(5),
            Self::OpenTime | Self::Time | Self::TickCount => None,
        }
    }

    /// What a value is that a row may have.
    pub(crate) const fn expected(self) -> &'static str {
        match self {
            Self::Volume => "a finite volume, 0 or more",
            Self::Spread => "a finite spread, 0 or more",
            Self::Bid | Self::Ask => "a price above 0, at most 10^15",
            Self::BidVolume | Self::AskVolume => "a volume of 0 to 10^18",
            Self::OpenTime | Self::Time => "a time",
            Self::TickCount => "a count of ticks",
            Self::Open | Self::High | Self::Low | Self::Close => "a price from low to high",
        }
    }
}

/// Where the columns of a table are in a file.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// The columns that are there: which, at which position.
    pub(crate) present: Vec<(Column, usize)>,
    names: Vec<String>,
}

impl Layout {
    /// Finds the columns among the names of a file.
    pub(crate) fn of(names: Vec<String>, wanted: &[Column]) -> Result<Self, Error> {
        let mut present = Vec::new();
        for &column in wanted {
            let accepted = column.accepted();
            let named = |name: &String| accepted.iter().any(|known| name.eq_ignore_ascii_case(known));
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

    /// The names of the columns that are none of the table.
    pub(crate) fn ignored(&self) -> Vec<String> {
        let is_ignored = |at: &usize| self.present.iter().all(|(_, present)| present != at);
        (0..self.names.len()).filter(is_ignored).map(|at| self.names[at].clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(names: &str) -> Result<Layout, Error> {
        Layout::of(names.split(' ').map(str::to_owned).collect(), &Column::BARS)
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
