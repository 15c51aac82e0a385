use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::date;
use jiff::tz::TimeZone;
use market::{Session, Sessions, TradingCalendar, UnixNanos, WeekTime};

use crate::InstrumentInfo;

impl InstrumentInfo {
    /// When the instrument is open; `None` where [`session_basis`](Self::session_basis) is `None`.
    ///
    /// The weekly sessions are those published in June 2025, in the local time of the market, so that daylight saving
    /// moves them. Sessions changed over the years: there may be ticks outside of them, which are as good as all
    /// others. What the calendar is for is the opposite case: an empty hour while it says closed is no hole.
    ///
    /// Closures with a date are known of currencies, spot metals and crypto-currencies only
    /// ([`knows_closures`](Self::knows_closures)):
    ///
    /// - Currencies: from 2012 to the start of 2026 as published for EURUSD, for 2012 corrected by which hours of
    ///   GBPJPY are empty; before that, from 2003, the whole trading days (17:00 to 17:00 in New York) of 25 December
    ///   and 1 January; after that, to 2050, as in all years since 2013: 25 December from 03:00 to 17:00 in New York
    ///   and the trading day of 1 January. Spot metals are taken to close whenever currencies do; they close on more
    ///   days.
    /// - Crypto-currencies: from 2020 to the start of 2026 as published for BTCUSD, and 56 whole days from 2018 to 2020
    ///   on which BTCUSD has no volume, 53 of them the Saturdays of 2018 and a Sunday. Whether earlier Saturdays were
    ///   closed is not known.
    /// - Shares, indices, commodities and bonds: none. An empty day of theirs may be a holiday of the exchange.
    ///
    /// ```
    /// use dukascopy::{SessionBasis, instrument};
    /// use market::UnixNanos;
    ///
    /// let apple = instrument("AAPL.US/USD").ok_or("not in the table")?;
    /// let calendar = apple.calendar().ok_or("no sessions")?;
    /// let is_open = |text: &str| text.parse::<UnixNanos>().map(|time| calendar.is_open(time));
    /// assert!(is_open("2025-06-16T13:30:00Z")? && !is_open("2025-12-16T13:30:00Z")?); // 09:30 and 08:30 in New York
    /// assert_eq!(apple.session_basis, Some(SessionBasis::Published));
    /// assert!(!apple.knows_closures());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn calendar(&self) -> Option<TradingCalendar> {
        Some(schedule(self.schedule?).calendar(self.closures().unwrap_or_default()))
    }

    /// Whether [`calendar`](Self::calendar) has the days on which the instrument is closed out of turn.
    ///
    /// Where it does not, an empty day inside of the sessions may be a holiday.
    pub fn knows_closures(&self) -> bool {
        self.schedule.is_some() && self.closures().is_some()
    }

    fn closures(&self) -> Option<&'static [Range<UnixNanos>]> {
        if self.schedule == Some("crypto") {
            Some(&CRYPTO_CLOSURES)
        } else if self.group.starts_with("FX_") || self.schedule == Some("currencies") {
            Some(&CURRENCY_CLOSURES)
        } else {
            None
        }
    }
}

struct Schedule {
    name: &'static str,
    zone: &'static str,
    weekly: Vec<Session>,
}

impl Schedule {
    fn calendar(&self, closures: &[Range<UnixNanos>]) -> TradingCalendar {
        TradingCalendar::Sessions(Sessions::new(self.zone, &self.weekly, closures).expect(WELL_FORMED))
    }
}

const WELL_FORMED: &str = "the tables are well formed, which a test makes sure of";

static SCHEDULES: LazyLock<Vec<Schedule>> =
    LazyLock::new(|| rows(include_str!("../data/sessions.tsv")).map(parse_schedule).collect());

static CURRENCY_CLOSURES: LazyLock<Vec<Range<UnixNanos>>> =
    LazyLock::new(|| dated("currencies").chain(christmas_and_new_year()).collect());

static CRYPTO_CLOSURES: LazyLock<Vec<Range<UnixNanos>>> = LazyLock::new(|| dated("crypto").collect());

fn schedule(name: &str) -> &'static Schedule {
    let row = SCHEDULES.binary_search_by(|schedule| schedule.name.cmp(name)).expect(WELL_FORMED);
    &SCHEDULES[row]
}

fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>().try_into().expect(WELL_FORMED))
}

fn parse_schedule([name, zone, open]: [&'static str; 3]) -> Schedule {
    Schedule { name, zone, weekly: open.split(", ").flat_map(parse_sessions).collect() }
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `Sun-Thu 18:00-17:00`: a session on each of the days; an end that is not later than the start is on the next day.
fn parse_sessions(text: &str) -> impl Iterator<Item = Session> {
    let (days, hours) = text.split_once(' ').expect(WELL_FORMED);
    let (first, last) = days.split_once('-').unwrap_or((days, days));
    let (open, close) = hours.split_once('-').expect(WELL_FORMED);
    let position = |day: &str| DAYS.iter().position(|name| *name == day).expect(WELL_FORMED);
    let (first, last) = (position(first), position(last));
    (0..=(last + 7 - first) % 7).map(move |n| {
        let day = first + n;
        // As text, 24:00 is later than all other times, and midnight is written so where it ends a session.
        if close == "24:00" {
            Session { open: week_time(day, open), close: week_time(day + 1, "00:00") }
        } else {
            Session { open: week_time(day, open), close: week_time(day + usize::from(close <= open), close) }
        }
    })
}

fn week_time(day: usize, clock: &str) -> WeekTime {
    format!("{} {clock}", DAYS[day % 7]).parse().expect(WELL_FORMED)
}

/// The closures of the table, published or observed.
fn dated(market: &'static str) -> impl Iterator<Item = Range<UnixNanos>> {
    let time = |text: &str| text.replace('Z', ":00Z").parse().expect(WELL_FORMED);
    rows(include_str!("../data/closures.tsv"))
        .filter(move |[of, ..]: &[&str; 4]| *of == market)
        .map(move |[_, from, till, _]| time(from)..time(till))
}

/// The years of which the table has all closures of currencies.
const DATED_YEARS: Range<i16> = 2012..2026;
/// From the first ticks of the feed to a year that is far enough.
const RULED_YEARS: Range<i16> = 2003..2051;

/// The closures of currencies in the years of which no dates are known.
fn christmas_and_new_year() -> impl Iterator<Item = Range<UnixNanos>> {
    let new_york = TimeZone::get("America/New_York").expect("the time zone database is part of the program");
    let instant = move |year: i16, month: i8, day: i8, hour: i8| {
        let local = date(year, month, day).at(hour, 0, 0, 0);
        let time = new_york.to_timestamp(local).expect("the ruled years lie inside the calendar");
        UnixNanos::from_seconds(time.as_second()).expect("the ruled years lie inside the calendar")
    };
    RULED_YEARS.filter(|year| !DATED_YEARS.contains(year)).flat_map(move |year| {
        let christmas = if year < DATED_YEARS.start { instant(year, 12, 24, 17) } else { instant(year, 12, 25, 3) };
        // 1 January 2012, which neither the table nor this has, was a Sunday.
        [christmas..instant(year, 12, 25, 17), instant(year - 1, 12, 31, 17)..instant(year, 1, 1, 17)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_read_over_midnight_and_over_the_week() {
        let texts = |text| parse_sessions(text).map(|session| session.to_string()).collect::<Vec<_>>();
        assert_eq!(texts("Mon 09:30-16:00"), ["Mon 09:30 to Mon 16:00"]);
        assert_eq!(texts("Sat-Sun 18:00-17:00"), ["Sat 18:00 to Sun 17:00", "Sun 18:00 to Mon 17:00"]);
        assert_eq!(texts("Sun-Mon 17:00-17:00"), ["Sun 17:00 to Mon 17:00", "Mon 17:00 to Tue 17:00"]);
        assert_eq!(texts("Sun 00:00-24:00"), ["Sun 00:00 to Mon 00:00"]);
    }

    #[test]
    fn schedules_are_in_order_and_each_has_an_instrument() {
        assert!(SCHEDULES.is_sorted_by(|a, b| a.name < b.name));
        for schedule in &*SCHEDULES {
            assert!(crate::instruments().iter().any(|info| info.schedule == Some(schedule.name)), "{}", schedule.name);
        }
    }

    #[test]
    fn the_rule_after_the_table_is_what_was_published_since_2013() {
        let new_york = TimeZone::get("America/New_York").unwrap();
        let instant = |year, month, day, hour| {
            let time = new_york.to_timestamp(date(year, month, day).at(hour, 0, 0, 0)).unwrap();
            UnixNanos::from_seconds(time.as_second()).unwrap()
        };
        let published: Vec<_> = dated("currencies").collect();
        let mut n_christmas = 0;
        for year in 2013..=2025 {
            let noon = instant(year, 12, 25, 12);
            if let Some(closure) = published.iter().find(|closure| closure.contains(&noon)) {
                assert_eq!(*closure, instant(year, 12, 25, 3)..instant(year, 12, 25, 17));
                n_christmas += 1;
            }
        }
        // In 2016, 2021 and 2022 it was a Saturday or Sunday.
        assert_eq!(n_christmas, 10);
    }
}
