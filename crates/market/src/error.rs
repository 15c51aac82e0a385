use std::ops::Range;

use crate::{BarGrid, DayStart, Session, Timeframe, UnixNanos, WeekTime};

/// What can be wrong with market data or its names.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A text is not a time.
    #[error("`{text}` is not a time between 1678 and 2261 (write 2019-02-04 or 2019-02-04T13:00:00Z)")]
    Time {
        /// The text.
        text: String,
    },
    /// A text or number is not a timeframe.
    #[error("`{text}` is not a timeframe of 1 second to 1 week or a month (write M1, 15m, H4, 1d or MN1)")]
    Timeframe {
        /// The text.
        text: String,
    },
    /// A text is not a start of the trading day.
    #[error("`{text}` is not a start of the trading day (write utc, new-york or eet)")]
    DayStart {
        /// The text.
        text: String,
    },
    /// Bars of this length cannot be counted from a local start of the day.
    #[error("{timeframe} bars do not divide a day, as bars counted from day start {day_start} must")]
    Grid {
        /// Their timeframe.
        timeframe: Timeframe,
        /// The start of the day.
        day_start: DayStart,
    },
    /// A text is not a symbol.
    #[error(
        "`{text}` is not a symbol of 1 to 32 letters, digits, dots, underscores or dashes, the first a letter or digit"
    )]
    Symbol {
        /// The text.
        text: String,
    },
    /// A text or a pair of numbers is not a date of every year.
    #[error("`{text}` is not a date (write month and day as 12-25)")]
    Holiday {
        /// The text.
        text: String,
    },
    /// A name is not one of the time zones of the IANA database.
    #[error("`{name}` is not a time zone (write an IANA name such as America/New_York)")]
    Zone {
        /// The name.
        name: String,
    },
    /// A text or numbers are not a time of the week.
    #[error("`{text}` is not a time of the week (write day and time as Mon 09:30)")]
    WeekTime {
        /// The text.
        text: String,
    },
    /// A session ends when it starts.
    #[error("the session from {open} has no length")]
    EmptySession {
        /// When it starts.
        open: WeekTime,
    },
    /// Two sessions of a week share time.
    #[error("the sessions {first} and {second} overlap")]
    OverlappingSessions {
        /// The one that starts earlier in the week.
        first: Session,
        /// The other.
        second: Session,
    },
    /// No session is left in the week.
    #[error("there is no session, so the market would never open")]
    NeverOpen,
    /// A closure does not end after its start.
    #[error("the closure from {} ends at {}, which is not after its start", .range.start, .range.end)]
    Closure {
        /// The closure.
        range: Range<UnixNanos>,
    },
    /// A setting is outside of its range.
    #[error("setting {name} cannot be {value}")]
    Setting {
        /// The setting, by the name of its field.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// Columns that belong together differ in length.
    #[error("column `{column}` has {found} rows where the time column has {expected}")]
    Length {
        /// The column.
        column: &'static str,
        /// Rows in it.
        found: usize,
        /// Rows in the time column.
        expected: usize,
    },
    /// A row breaks the order of time.
    #[error("row {row} at {time} does not come after the row before it")]
    Order {
        /// Position, from 0.
        row: usize,
        /// Its time.
        time: UnixNanos,
    },
    /// A bar does not start where its grid lets bars start.
    #[error("row {row} at {time} is not aligned to the timeframe")]
    Alignment {
        /// Position, from 0.
        row: usize,
        /// Its time.
        time: UnixNanos,
    },
    /// Bars cannot be made of the bars at hand.
    #[error("{to} bars are not made of whole {from} bars")]
    Resample {
        /// The grid at hand.
        from: BarGrid,
        /// The grid asked for.
        to: BarGrid,
    },
    /// A value is not finite, negative where that is impossible, or outside of low..=high.
    #[error("row {row}: {column} is {value}")]
    Value {
        /// Position, from 0.
        row: usize,
        /// The column.
        column: &'static str,
        /// The value.
        value: f64,
    },
}
