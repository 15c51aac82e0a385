//! Weekly sessions and closures, against zoneinfo and against the currency week; `golden/generate.py` makes the files.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::ops::Range;

use market::{ClosedPeriod, Error, Session, Sessions, TradingCalendar, UnixNanos, WeekTime};
use proptest::prelude::*;

const NEW_YORK: &str = "America/New_York";

fn time(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

fn session(open: &str, close: &str) -> Session {
    Session { open: open.parse().unwrap(), close: close.parse().unwrap() }
}

fn calendar(zone: &str, weekly: &[Session], closures: &[Range<UnixNanos>]) -> TradingCalendar {
    TradingCalendar::Sessions(Sessions::new(zone, weekly, closures).unwrap())
}

fn currency_week() -> TradingCalendar {
    calendar(NEW_YORK, &[session("Sun 17:00", "Fri 17:00")], &[])
}

/// Shares in New York, with a day and an afternoon closed; a market with a lunch break; one that closes for an hour a day.
fn markets() -> Vec<TradingCalendar> {
    ["us_shares", "tokyo", "chicago"].map(golden_market).into()
}

fn rows(csv: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    csv.lines().skip(3).map(|line| line.split(',').collect())
}

fn golden_market(name: &str) -> TradingCalendar {
    let (mut zone, mut weekly, mut closures) = ("", Vec::new(), Vec::new());
    for row in rows(include_str!("golden/markets.csv")).filter(|row| row[0] == name) {
        if row[1] == "closed" {
            closures.push(time(row[2])..time(row[3]));
        } else {
            zone = row[1];
            weekly.push(session(row[2], row[3]));
        }
    }
    calendar(zone, &weekly, &closures)
}

#[test]
fn sessions_are_open_when_zoneinfo_says_so() {
    for name in ["us_shares", "tokyo", "chicago"] {
        let expected: Vec<_> = rows(include_str!("golden/sessions.csv"))
            .filter(|row| row[0] == name)
            .map(|row| (time(row[1]), time(row[2])))
            .collect();
        assert!(expected.len() > 500, "{name}");
        let calendar = golden_market(name);
        let range = expected[0].0..expected[expected.len() - 1].1;
        let open: Vec<_> =
            calendar.open_intervals(range.clone()).map(|interval| (interval.start, interval.end)).collect();
        assert_eq!(open.len(), expected.len(), "{name}");
        for (found, expected) in open.iter().zip(&expected) {
            assert_eq!(found, expected, "{name} from {}", expected.0);
        }
        let nanos: i64 = expected.iter().map(|(start, end)| end.0 - start.0).sum();
        assert_eq!(calendar.open_nanos(range), nanos, "{name}");
        for (start, end) in expected {
            assert!(calendar.is_open(start) && calendar.is_open(UnixNanos(end.0 - 1)), "{name} from {start}");
            assert!(!calendar.is_open(UnixNanos(start.0 - 1)) && !calendar.is_open(end), "{name} to {end}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_session_from_sunday_to_friday_is_the_currency_week(seconds in 0..4_000_000_000_i64, nanos in 0..UnixNanos::PER_SECOND) {
        let forex = TradingCalendar::Forex { holidays: Vec::new() };
        let at = UnixNanos(seconds * UnixNanos::PER_SECOND + nanos);
        prop_assert_eq!(currency_week().is_open(at), forex.is_open(at));
        let range = at..UnixNanos(at.0 + 8 * UnixNanos::PER_DAY);
        prop_assert!(currency_week().intervals(range.clone()).eq(forex.intervals(range.clone())));
        prop_assert_eq!(currency_week().open_nanos(range.clone()), forex.open_nanos(range));
    }
}

/// Ranges of up to three weeks in 2024 and 2025, also empty and reversed ones.
fn ranges() -> impl Strategy<Value = Range<UnixNanos>> {
    let start = time("2024-01-01").as_seconds()..time("2025-12-01").as_seconds();
    let hours = prop_oneof![Just(0), Just(-1), 1..4_i64, 1..500_i64];
    (start, hours).prop_map(|(start, hours)| {
        let [start, end] = [start, start + hours * 3_600].map(|seconds| UnixNanos::from_seconds(seconds).unwrap());
        start..end
    })
}

proptest! {
    #[test]
    fn intervals_touch_and_alternate(range in ranges()) {
        for calendar in markets() {
            let intervals: Vec<_> = calendar.intervals(range.clone()).collect();
            prop_assert_eq!(intervals.is_empty(), range.is_empty());
            if let (Some(first), Some(last)) = (intervals.first(), intervals.last()) {
                prop_assert_eq!((first.start, last.end), (range.start, range.end));
            }
            for pair in intervals.windows(2) {
                prop_assert_eq!(pair[0].end, pair[1].start);
                prop_assert_ne!(pair[0].open, pair[1].open);
            }
            for interval in intervals {
                prop_assert!(interval.start < interval.end);
                prop_assert_eq!(calendar.is_open(interval.start), interval.open);
                prop_assert_eq!(calendar.is_open(UnixNanos(interval.end.0 - 1)), interval.open);
            }
        }
    }

    #[test]
    fn throughout_is_what_intervals_say(range in ranges()) {
        let others = [TradingCalendar::AlwaysOpen, TradingCalendar::forex(), currency_week()];
        for calendar in markets().into_iter().chain(others) {
            let open = calendar.intervals(range.clone()).all(|interval| interval.open);
            let closed = calendar.intervals(range.clone()).all(|interval| !interval.open);
            prop_assert_eq!(calendar.open_throughout(range.clone()), open);
            prop_assert_eq!(calendar.closed_throughout(range.clone()), closed);
        }
    }

    /// Minute for minute: what is not closed by the numbers of a period is open.
    #[test]
    fn closed_periods_leave_the_rest_open(
        weekly in prop::collection::vec((1..8_u8, 0..24_u8, 0..60_u8, 1..8_u8, 0..24_u8, 0..60_u8), 0..3),
        daily in prop::collection::vec((0..24_u8, 0..60_u8, 0..24_u8, 0..60_u8), 0..2),
        minutes in prop::collection::vec(0..10_080_u32, 50),
    ) {
        let mut periods: Vec<_> = weekly.iter().map(|&(a, b, c, d, e, f)| ClosedPeriod::Weekly([a, b, c, d, e, f])).collect();
        periods.extend(daily.iter().map(|&(a, b, c, d)| ClosedPeriod::Daily([a, b, c, d])));
        let within = |first: u32, last: u32, minute: u32| {
            if first <= last { (first..=last).contains(&minute) } else { minute >= first || minute <= last }
        };
        let closed = |minute: u32| periods.iter().any(|period| match *period {
            ClosedPeriod::Weekly([a, b, c, d, e, f]) => {
                let at = |day: u8, hour: u8, minute: u8| (u32::from(day) - 1) * 1_440 + u32::from(hour) * 60 + u32::from(minute);
                within(at(a, b, c), at(d, e, f), minute)
            }
            ClosedPeriod::Daily([a, b, c, d]) => {
                let at = |hour: u8, minute: u8| u32::from(hour) * 60 + u32::from(minute);
                within(at(a, b), at(c, d), minute % 1_440)
            }
        });
        let sessions = match Sessions::from_closed_periods("UTC", &periods, &[]) {
            Err(error) => {
                prop_assert_eq!(error, Error::NeverOpen);
                prop_assert!((0..10_080).all(closed));
                return Ok(());
            }
            Ok(sessions) => TradingCalendar::Sessions(sessions),
        };
        let monday = time("2025-06-02");
        for minute in minutes {
            let start = UnixNanos(monday.0 + i64::from(minute) * 60 * UnixNanos::PER_SECOND);
            let last = UnixNanos(start.0 + 60 * UnixNanos::PER_SECOND - 1);
            prop_assert_eq!((sessions.is_open(start), sessions.is_open(last)), (!closed(minute), !closed(minute)));
        }
    }
}

#[test]
fn closed_periods_are_those_of_the_feed() {
    let shares = [
        ClosedPeriod::Weekly([1, 0, 0, 1, 9, 29]),
        ClosedPeriod::Daily([0, 0, 9, 29]),
        ClosedPeriod::Daily([16, 0, 23, 59]),
        ClosedPeriod::Weekly([5, 16, 0, 7, 23, 59]),
    ];
    let shares = Sessions::from_closed_periods(NEW_YORK, &shares, &[]).unwrap();
    let weekly =
        ["Mon", "Tue", "Wed", "Thu", "Fri"].map(|day| session(&format!("{day} 09:30"), &format!("{day} 16:00")));
    assert_eq!(shares, Sessions::new(NEW_YORK, &weekly, &[]).unwrap());
    // Over the end of the week, the minute of 01:00 included.
    let currencies = Sessions::from_closed_periods("UTC", &[ClosedPeriod::Weekly([7, 23, 0, 1, 1, 0])], &[]).unwrap();
    assert_eq!(currencies.weekly(), [session("Mon 01:01", "Sun 23:00")]);
    let always = Sessions::from_closed_periods("UTC", &[], &[]).unwrap();
    assert_eq!(always.weekly().len(), 7);
    assert!(TradingCalendar::Sessions(always).open_throughout(time("2025-01-01")..time("2025-03-01")));
}

#[test]
fn closures_are_closed_whatever_the_sessions() {
    let closures = [
        time("2025-07-04T12:00:00Z")..time("2025-07-04T18:00:00Z"),
        time("2025-07-04T18:00:00Z")..time("2025-07-20"),
        time("2025-07-04T16:00:00Z")..time("2025-07-05"),
        time("2025-06-30")..time("2025-06-30T00:00:01Z"),
    ];
    let sessions = Sessions::new(NEW_YORK, &[session("Sun 17:00", "Fri 17:00")], &closures).unwrap();
    assert_eq!(sessions.closures(), [closures[3].clone(), closures[0].start..closures[1].end]);
    let calendar = TradingCalendar::Sessions(sessions);
    let intervals: Vec<_> = calendar
        .intervals(time("2025-07-04")..time("2025-07-21"))
        .map(|interval| (interval.end.to_string(), interval.open))
        .collect();
    let expected = [("2025-07-04T12:00:00Z", true), ("2025-07-20T21:00:00Z", false), ("2025-07-21T00:00:00Z", true)];
    assert_eq!(intervals, expected.map(|(end, open)| (end.to_owned(), open)));
    assert!(calendar.closed_throughout(time("2025-07-04T12:00:00Z")..time("2025-07-20T21:00:00Z")));
}

#[test]
fn an_hour_that_the_clock_leaves_out_or_repeats_has_each_boundary_once() {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let early = days.map(|day| session(&format!("{day} 00:30"), &format!("{day} 01:30")));
    let london = calendar("Europe/London", &early, &[]);
    let night_after = |day: &str| -> Vec<_> {
        let noon = UnixNanos(time(day).0 + UnixNanos::PER_DAY / 2);
        let range = noon..UnixNanos(noon.0 + UnixNanos::PER_DAY);
        london.open_intervals(range).map(|i| format!("{} {}", i.start, i.end)).collect()
    };
    // 01:00 became 02:00: the session ends there, after half an hour.
    assert_eq!(night_after("2025-03-29"), ["2025-03-30T00:30:00Z 2025-03-30T01:00:00Z"]);
    // 01:00 to 02:00 came twice: it ends at the first 01:30, and 01:00 of the second hour opens nothing.
    assert_eq!(night_after("2025-10-25"), ["2025-10-25T23:30:00Z 2025-10-26T00:30:00Z"]);
}

#[test]
fn impossible_sessions_are_named() {
    let shares = session("Mon 09:30", "Mon 16:00");
    let fail = |zone: &str, weekly: &[Session]| Sessions::new(zone, weekly, &[]).unwrap_err();
    for zone in ["New York", "", "Etc/Unknown", "America/Newyork"] {
        assert_eq!(fail(zone, &[shares]), Error::Zone { name: zone.to_owned() });
    }
    assert_eq!(fail("UTC", &[]), Error::NeverOpen);
    let empty = session("Tue 09:30", "Tue 09:30");
    assert_eq!(fail("UTC", &[shares, empty]), Error::EmptySession { open: empty.open });
    let lunch = session("Mon 11:30", "Mon 12:30");
    let overlap = fail("UTC", &[lunch, shares]);
    assert_eq!(overlap, Error::OverlappingSessions { first: shares, second: lunch });
    assert_eq!(overlap.to_string(), "the sessions Mon 09:30 to Mon 16:00 and Mon 11:30 to Mon 12:30 overlap");
    let weekend = session("Sat 09:00", "Mon 10:00");
    assert_eq!(fail("UTC", &[shares, weekend]), Error::OverlappingSessions { first: shares, second: weekend });
    assert!(
        Sessions::new("utc", &[shares, session("Mon 16:00", "Mon 09:30")], &[]).is_ok_and(|all| all.zone() == "UTC")
    );
    for range in [time("2025-07-05")..time("2025-07-04"), time("2025-07-04")..time("2025-07-04")] {
        assert_eq!(Sessions::new("UTC", &[shares], std::slice::from_ref(&range)), Err(Error::Closure { range }));
    }
    for period in [[0, 0, 0, 1, 0, 0], [1, 24, 0, 1, 0, 0], [1, 0, 60, 1, 0, 0], [1, 0, 0, 8, 0, 0]] {
        let found = Sessions::from_closed_periods("UTC", &[ClosedPeriod::Weekly(period)], &[]);
        assert!(matches!(found, Err(Error::WeekTime { .. })), "{period:?}");
    }
    let all_day = [ClosedPeriod::Daily([12, 0, 11, 59])];
    assert_eq!(Sessions::from_closed_periods("UTC", &all_day, &[]), Err(Error::NeverOpen));
}

#[test]
fn the_ends_of_time_are_inside_the_sessions() {
    for calendar in markets() {
        let first = calendar.intervals(UnixNanos(i64::MIN)..UnixNanos(i64::MAX)).next().unwrap();
        assert_eq!(first.start, UnixNanos(i64::MIN));
        let last = UnixNanos(i64::MAX - UnixNanos::PER_DAY)..UnixNanos(i64::MAX);
        assert_eq!(calendar.intervals(last).last().unwrap().end, UnixNanos(i64::MAX));
    }
}

#[test]
fn times_of_the_week_are_written_and_read() {
    assert_eq!(WeekTime::new(1, 9, 30, 0).unwrap().to_string(), "Mon 09:30");
    assert_eq!("sun 23:59:59".parse(), WeekTime::new(7, 23, 59, 59));
    for wrong in
        ["", "Mon", "Mon 9:30", "Mon 24:00", "Mon 09:60", "Mo 09:30", "Mon 09:30:60", "Mon 09:30:00:00", "Mon +9:30"]
    {
        assert_eq!(wrong.parse::<WeekTime>(), Err(Error::WeekTime { text: wrong.to_owned() }));
    }
}
