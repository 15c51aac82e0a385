use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;
use market::{PriceSide, Timeframe, UnixNanos};

use crate::Error;

/// How much time one file of ticks covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TickSpan {
    /// One hour; times in the file count from its start.
    Hour,
    /// One UTC day; times in the file count from midnight.
    Day,
}

/// Length of the candles in a file of candles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CandleStep {
    /// Minutes; a file covers a UTC day.
    Minute,
    /// Hours; a file covers a month.
    Hour,
    /// Days; a file covers a year.
    Day,
}

/// The side of the quote that candles are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The price to sell at.
    Bid,
    /// The price to buy at.
    Ask,
}

impl From<Side> for PriceSide {
    fn from(side: Side) -> Self {
        match side {
            Side::Bid => Self::Bid,
            Side::Ask => Self::Ask,
        }
    }
}

impl CandleStep {
    /// Length of a candle.
    pub const fn timeframe(self) -> Timeframe {
        match self {
            Self::Minute => Timeframe::M1,
            Self::Hour => Timeframe::H1,
            Self::Day => Timeframe::D1,
        }
    }
}

/// The calendar unit that a file covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    Hour,
    Day,
    Month,
    Year,
}

impl From<TickSpan> for Period {
    fn from(span: TickSpan) -> Self {
        match span {
            TickSpan::Hour => Self::Hour,
            TickSpan::Day => Self::Day,
        }
    }
}

impl From<CandleStep> for Period {
    fn from(step: CandleStep) -> Self {
        match step {
            CandleStep::Minute => Self::Day,
            CandleStep::Hour => Self::Month,
            CandleStep::Day => Self::Year,
        }
    }
}

impl Period {
    const fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The start of the period that contains `time`, which must lie in the years 1900 to 2199.
    pub(crate) fn start(self, time: UnixNanos) -> Result<UnixNanos, Error> {
        let utc = utc(time);
        if !(1900..2200).contains(&utc.year()) {
            return Err(Error::Period { start: time, period: self.name() });
        }
        let start = match self {
            Self::Hour => return Ok(Timeframe::H1.floor(time)),
            Self::Day => return Ok(Timeframe::D1.floor(time)),
            Self::Month => utc.date().first_of_month(),
            Self::Year => utc.date().first_of_year(),
        };
        Ok(instant(start.to_datetime(jiff::civil::Time::midnight())))
    }

    /// The end, exclusive, of the period that starts at `start`; an error if none starts there.
    pub(crate) fn end(self, start: UnixNanos) -> Result<UnixNanos, Error> {
        if self.start(start)? == start {
            Ok(self.after(start))
        } else {
            Err(Error::Period { start, period: self.name() })
        }
    }

    /// The end, exclusive, of the period whose start is known to be `start`.
    pub(crate) fn after(self, start: UnixNanos) -> UnixNanos {
        let n_days = match self {
            Self::Hour => return UnixNanos(start.0 + Timeframe::H1.nanos()),
            Self::Day => 1,
            Self::Month => i64::from(utc(start).date().days_in_month()),
            Self::Year => i64::from(utc(start).date().days_in_year()),
        };
        UnixNanos(start.0 + n_days * UnixNanos::PER_DAY)
    }
}

/// The calendar time of `time`, in UTC.
pub(crate) fn utc(time: UnixNanos) -> DateTime {
    let stamp = Timestamp::from_nanosecond(time.0.into()).expect("64 bits of nanoseconds lie inside the calendar");
    TimeZone::UTC.to_datetime(stamp)
}

/// The time of a UTC hour; `None` if there is no such hour in the years 1900 to 2199.
pub(crate) fn hour_start(year: i16, month: i8, day: i8, hour: i8) -> Option<UnixNanos> {
    let in_range = (1900..2200).contains(&year) && (0..24).contains(&hour);
    let valid = in_range && jiff::civil::Date::new(year, month, day).is_ok();
    valid.then(|| instant(date(year, month, day).at(hour, 0, 0, 0)))
}

fn instant(utc: DateTime) -> UnixNanos {
    let stamp = TimeZone::UTC.to_timestamp(utc).expect("a date of 1900 to 2199 is a time");
    UnixNanos(i64::try_from(stamp.as_nanosecond()).expect("1900 to 2199 fits in 64 bits of nanoseconds"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UnixNanos {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_contains_its_time_and_ends_where_the_next_starts() {
        let time = at("2020-02-29T23:59:59.999Z");
        for (period, start, end) in [
            (Period::Hour, "2020-02-29T23:00:00Z", "2020-03-01"),
            (Period::Day, "2020-02-29", "2020-03-01"),
            (Period::Month, "2020-02-01", "2020-03-01"),
            (Period::Year, "2020-01-01", "2021-01-01"),
        ] {
            assert_eq!(period.start(time).unwrap(), at(start));
            assert_eq!(period.end(at(start)).unwrap(), at(end));
        }
    }

    #[test]
    fn refuses_an_unaligned_start_and_distant_years() {
        assert!(matches!(Period::Day.end(at("2020-02-29T01:00:00Z")), Err(Error::Period { period: "day", .. })));
        assert!(Period::Hour.start(UnixNanos(i64::MIN)).is_err());
        assert!(Period::Year.start(UnixNanos(i64::MAX)).is_err());
    }
}
