use market::{BarGrid, PriceSide, Symbol};

/// Which columns of bars are written.
///
/// ```
/// use market::PriceSide;
/// use market_files::BarColumns;
///
/// let names: Vec<_> = BarColumns::Side(PriceSide::Bid).names().collect();
/// assert_eq!(names, ["open_time", "open", "high", "low", "close", "volume"]);
/// assert_eq!(BarColumns::Quotes.names().count(), 17);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BarColumns {
    /// `open_time,open,high,low,close,volume` of one side.
    Side(PriceSide),
    /// The same, and `spread,tick_count`.
    SideAndSpread(PriceSide),
    /// `open_time`, `open,high,low,close,volume` of the bid and of the ask, `open,high,low,close` of the mid, each with
    /// its side in front (`bid_open`), and `spread,tick_count`. The volume of the mid is the sum of the other two.
    Quotes,
}

impl BarColumns {
    /// The side whose prices are written; `None` for all of them.
    pub const fn side(self) -> Option<PriceSide> {
        match self {
            Self::Side(side) | Self::SideAndSpread(side) => Some(side),
            Self::Quotes => None,
        }
    }

    /// The names of the columns, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        crate::schema::Schema::bars(self).names()
    }
}

/// How times look in CSV and JSON Lines. The other formats have a type for them: nanoseconds in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextTime {
    /// `2019-02-04T13:00:00Z` for bars, `2019-02-04T13:00:00.250Z` for ticks, with six or nine digits behind the point
    /// where a time is no whole millisecond.
    #[default]
    Iso8601,
    /// Milliseconds since 1970-01-01T00:00 UTC, as an integer. A time that is no whole millisecond is an error.
    UnixMillis,
}

/// What a [`BarWriter`](crate::BarWriter) writes.
#[derive(Clone, Debug, PartialEq)]
pub struct BarWriterOptions {
    /// The columns.
    pub columns: BarColumns,
    /// Where the bars start and end: every row is checked against it. Parquet and Arrow files say it, under the keys
    /// `timeframe` and `day_start`.
    pub grid: BarGrid,
    /// The instrument, if Parquet and Arrow files are to say it, under the key `symbol`.
    pub symbol: Option<Symbol>,
    /// How times look in text.
    pub text_time: TextTime,
}

impl BarWriterOptions {
    /// Bars of a grid, or of a timeframe in UTC; no symbol, times in ISO 8601.
    pub fn new(columns: BarColumns, grid: impl Into<BarGrid>) -> Self {
        Self { columns, grid: grid.into(), symbol: None, text_time: TextTime::Iso8601 }
    }
}

/// What a [`TickWriter`](crate::TickWriter) writes; the columns are `time,bid,ask,bid_volume,ask_volume`.
///
/// The default is no symbol and times in ISO 8601.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TickWriterOptions {
    /// The instrument, if Parquet and Arrow files are to say it, under the key `symbol`.
    pub symbol: Option<Symbol>,
    /// How times look in text.
    pub text_time: TextTime,
}
