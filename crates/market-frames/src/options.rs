/// What to assume where a frame leaves it open.
///
/// There is no default, because a wrong assumption moves every row in time or makes up a column.
/// [`strict`](Self::strict) assumes nothing.
///
/// ```
/// use market_frames::{AbsentColumns, FrameOptions, NaiveTime};
///
/// let options = FrameOptions { naive_time: NaiveTime::Utc, ..FrameOptions::strict() };
/// assert_eq!(options.absent_columns, AbsentColumns::Refuse);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FrameOptions {
    /// What a time without zone means.
    pub naive_time: NaiveTime,
    /// What it means that a column is not there which may be unknown.
    pub absent_columns: AbsentColumns,
}

impl FrameOptions {
    /// Nothing is assumed: times must carry a zone, and every column must be there.
    pub const fn strict() -> Self {
        Self { naive_time: NaiveTime::Refuse, absent_columns: AbsentColumns::Refuse }
    }
}

/// What a time without zone means, such as that of a column of type `datetime[ms]` or `date`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NaiveTime {
    /// It is an error.
    Refuse,
    /// It is UTC; a date is its midnight.
    Utc,
}

/// What it means that a column of volumes, spreads or tick counts is not there.
///
/// Times and prices are always needed, and so is the tick count of quote bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AbsentColumns {
    /// It is an error.
    Refuse,
    /// Its values are unknown: NaN for the spread, 0 for volumes and tick counts, as [`market::Bar`] and
    /// [`market::Tick`] say it.
    Unknown,
}
