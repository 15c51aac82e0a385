//! The trading calendar against holidays and against which hours of a genuine feed are empty.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::path::Path;

use market::{Holiday, Interval, TradingCalendar, UnixNanos};

fn time(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

fn texts(intervals: impl Iterator<Item = Interval>) -> Vec<(String, String, bool)> {
    intervals.map(|interval| (interval.start.to_string(), interval.end.to_string(), interval.open)).collect()
}

fn interval(start: &str, end: &str, open: bool) -> (String, String, bool) {
    (start.to_owned(), end.to_owned(), open)
}

#[test]
fn opens_an_hour_earlier_in_summer() {
    let calendar = TradingCalendar::forex();
    // Daylight saving time began on 2024-03-10, a Sunday, hours before the opening.
    let range = time("2024-03-08T12:00:00Z")..time("2024-03-11");
    let expected = [
        interval("2024-03-08T12:00:00Z", "2024-03-08T22:00:00Z", true),
        interval("2024-03-08T22:00:00Z", "2024-03-10T21:00:00Z", false),
        interval("2024-03-10T21:00:00Z", "2024-03-11T00:00:00Z", true),
    ];
    assert_eq!(texts(calendar.intervals(range)), expected);
}

#[test]
fn a_holiday_next_to_the_weekend_prolongs_it() {
    // 1 January 2024 was a Monday: its trading day would have begun on Sunday evening.
    let range = time("2023-12-29T12:00:00Z")..time("2024-01-02");
    let expected = [
        interval("2023-12-29T12:00:00Z", "2023-12-29T22:00:00Z", true),
        interval("2023-12-29T22:00:00Z", "2024-01-01T22:00:00Z", false),
        interval("2024-01-01T22:00:00Z", "2024-01-02T00:00:00Z", true),
    ];
    assert_eq!(texts(TradingCalendar::forex().intervals(range)), expected);
}

#[test]
fn holidays_are_configurable() {
    let calendar = TradingCalendar::Forex { holidays: vec!["07-04".parse().unwrap()] };
    assert!(!calendar.is_open(time("2024-07-04T12:00:00Z")));
    assert!(calendar.is_open(time("2024-12-25T12:00:00Z")));
    assert!(!calendar.is_open(time("2024-07-03T21:00:00Z")) && calendar.is_open(time("2024-07-03T20:59:59Z")));
}

#[test]
fn an_ordinary_week_has_120_open_hours() {
    let week = time("2024-06-03")..time("2024-06-10");
    assert_eq!(TradingCalendar::forex().open_nanos(week.clone()), 5 * UnixNanos::PER_DAY);
    assert_eq!(TradingCalendar::AlwaysOpen.open_nanos(week), 7 * UnixNanos::PER_DAY);
}

#[test]
fn an_empty_range_has_no_interval() {
    let calendar = TradingCalendar::forex();
    assert_eq!(calendar.intervals(time("2024-06-03")..time("2024-06-03")).count(), 0);
    assert_eq!(calendar.intervals(time("2024-06-04")..time("2024-06-03")).count(), 0);
}

#[test]
fn the_ends_of_time_are_inside_the_calendar() {
    let calendar = TradingCalendar::Forex { holidays: Vec::new() };
    let first = calendar.intervals(UnixNanos(i64::MIN)..UnixNanos(i64::MAX)).next().unwrap();
    assert_eq!(first.start, UnixNanos(i64::MIN));
    let last = UnixNanos(i64::MAX - UnixNanos::PER_DAY)..UnixNanos(i64::MAX);
    assert_eq!(calendar.intervals(last).last().unwrap().end, UnixNanos(i64::MAX));
}

#[test]
fn symbols_tell_the_calendar_only_of_currencies() {
    let of = |symbol: &str| TradingCalendar::of(&symbol.parse().unwrap());
    assert_eq!(of("EUR/USD"), Some(TradingCalendar::forex()));
    assert_eq!(of("BTCUSD"), Some(TradingCalendar::AlwaysOpen));
    for other in ["XAUUSD", "USA500.IDXUSD", "EUREUR", "AAPL", "EU"] {
        assert_eq!(of(other), None, "{other}");
    }
}

#[test]
fn holidays_are_dates_of_some_year() {
    assert_eq!(Holiday::new(2, 29).unwrap().to_string(), "02-29");
    assert_eq!("12-25".parse(), Holiday::new(12, 25));
    for wrong in ["13-01", "02-30", "0-0", "12/25", "12-25-2024", "+1-01", ""] {
        assert!(wrong.parse::<Holiday>().is_err(), "{wrong}");
    }
}

/// A month of hour files of GBPJPY, of which the empty ones say when the feed was closed.
#[test]
fn genuine_hours_are_empty_only_while_closed() {
    let month = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dukascopy/GBPJPY/2012/11"));
    if !month.is_dir() {
        println!("skipped: shared data folder is not there");
        return;
    }
    let calendar = TradingCalendar::forex();
    let (mut n_hours, mut quoted_while_closed) = (0, Vec::new());
    for day in 1..=31 {
        for hour in 0..24 {
            let Ok(file) = month.join(format!("{day:02}/{hour:02}h_ticks.bi5")).metadata() else { continue };
            let start = time(&format!("2012-12-{day:02}T{hour:02}:00:00Z"));
            n_hours += 1;
            match (file.len() > 0, calendar.is_open(start)) {
                (false, true) => panic!("no quotes at {start}, in an open hour"),
                (true, false) => quoted_while_closed.push((day, hour)),
                _ => {}
            }
        }
    }
    assert_eq!(n_hours, 744);
    // The feed opened an hour early before Christmas and quoted half of it.
    let mut expected = vec![(23, 21), (24, 22), (24, 23)];
    expected.extend((0..9).map(|hour| (25, hour)));
    assert_eq!(quoted_while_closed, expected);
}
