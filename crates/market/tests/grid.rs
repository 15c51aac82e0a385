//! Where bars start and end: in UTC, from New York's close and in Eastern European Time.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use jiff::Timestamp;
use jiff::tz::TimeZone;
use market::{
    Bar, BarGrid, Bars, DayStart, Error, FindingKind, MultiAggregator, PriceSide, QuoteBars, Tick, Ticks, Timeframe,
    TradingCalendar, UnixNanos, ValidationOptions, aggregate, aggregate_many, fill_gaps, resample, validate_bars,
};
use proptest::prelude::*;

const DAY_STARTS: [DayStart; 3] = [DayStart::Utc, DayStart::NewYorkClose, DayStart::Eet];
const LOCAL: [DayStart; 2] = [DayStart::NewYorkClose, DayStart::Eet];
const HOUR: i64 = 3_600 * UnixNanos::PER_SECOND;

fn time(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

fn grid(timeframe: &str, day_start: DayStart) -> BarGrid {
    BarGrid::new(timeframe.parse().unwrap(), day_start).unwrap()
}

/// The open times of the bars from the one that contains `from` up to `to`.
fn opens(grid: BarGrid, from: &str, to: &str) -> Vec<String> {
    let mut open_time = grid.floor(time(from));
    let mut opens = Vec::new();
    while open_time < time(to) {
        opens.push(open_time.to_string().replace(":00:00Z", ""));
        open_time = grid.end(open_time);
    }
    opens
}

/// All day starts, lengths that divide an hour, a day or nothing, weeks and months.
fn all_grids() -> Vec<BarGrid> {
    let lengths = [1, 7, 60, 420, 900, 2_400, 2_700, 3_600, 5_400, 7_200, 14_400, 25_200, 43_200, 86_400, 172_800];
    let mut grids = Vec::new();
    for day_start in DAY_STARTS {
        let timeframes = lengths.map(|seconds| Timeframe::from_seconds(seconds).unwrap());
        for timeframe in timeframes.into_iter().chain([Timeframe::W1, Timeframe::MN1]) {
            grids.extend(BarGrid::new(timeframe, day_start));
        }
    }
    grids
}

fn grids() -> impl Strategy<Value = BarGrid> {
    prop::sample::select(all_grids())
}

fn grids_that(hold: impl Fn(&BarGrid) -> bool) -> impl Strategy<Value = BarGrid> {
    prop::sample::select(all_grids().into_iter().filter(hold).collect::<Vec<_>>())
}

/// A grid and one whose bars it is made of.
fn wholes_and_parts() -> impl Strategy<Value = (BarGrid, BarGrid)> {
    let pairs = all_grids().into_iter().flat_map(|whole| all_grids().into_iter().map(move |part| (whole, part)));
    prop::sample::select(pairs.filter(|(whole, part)| whole.is_multiple_of(*part)).collect::<Vec<_>>())
}

/// Times: all there are, those of our days, and the hours around changes of the clock and of the year.
fn times() -> impl Strategy<Value = UnixNanos> {
    let marks = ["2025-03-09T07:00:00Z", "2025-03-30T01:00:00Z", "2025-10-26T01:00:00Z", "2025-11-02T06:00:00Z"];
    let marks: Vec<_> =
        marks.into_iter().chain(["2024-01-01", "2025-01-01", "1980-09-27T21:00:00Z"]).map(time).collect();
    prop_oneof![
        1 => any::<i64>().prop_map(UnixNanos),
        2 => (-1_000_000_000..4_000_000_000_i64, 0..UnixNanos::PER_SECOND)
            .prop_map(|(seconds, nanos)| UnixNanos(seconds * UnixNanos::PER_SECOND + nanos)),
        4 => (prop::sample::select(marks), -30 * HOUR..30 * HOUR).prop_map(|(mark, away)| UnixNanos(mark.0 + away)),
        1 => prop::sample::select(vec![UnixNanos(i64::MIN), UnixNanos(i64::MAX), UnixNanos(i64::MIN + 1), UnixNanos(0)]),
    ]
}

/// Quotes at random times around the changes of the clock in autumn 2025.
fn ticks() -> impl Strategy<Value = Ticks> {
    prop::collection::vec((0..14_400_i64, 1..100_u32, 0..64_u32), 0..300).prop_map(|rows| {
        let (mut ticks, mut seconds) = (Ticks::default(), time("2025-10-24").as_seconds());
        for (pause, price, volume) in rows {
            seconds += pause;
            let (time, bid) = (UnixNanos::from_seconds(seconds).unwrap(), f64::from(10_000 + price));
            let bid_volume = f64::from(volume) / 8.0;
            ticks.push(Tick { time, bid, ask: bid + 2.0, bid_volume, ask_volume: 1.0 }).unwrap();
        }
        ticks
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn each_time_lies_in_one_bar(grid in grids(), at in times()) {
        let (open_time, end) = (grid.floor(at), grid.end(at));
        prop_assert!(open_time <= at && (at < end || at.0 == i64::MAX), "{open_time} {at} {end}");
        prop_assert_eq!((grid.floor(open_time), grid.end(open_time)), (open_time, end));
        let last = UnixNanos(end.0 - 1);
        prop_assert_eq!((grid.floor(last), grid.end(last)), (open_time, end));
        if end.0 != i64::MAX {
            prop_assert_eq!(grid.floor(end), end);
        }
    }

    #[test]
    fn a_later_time_lies_in_no_earlier_bar(grid in grids(), a in times(), b in times()) {
        let (earlier, later) = (a.min(b), a.max(b));
        prop_assert!(grid.floor(earlier) <= grid.floor(later));
        prop_assert!(grid.end(earlier) <= grid.end(later));
    }

    #[test]
    fn grids_in_utc_are_aligned_to_1970(grid in grids_that(|grid| grid.fixed_nanos().is_some()), at in times()) {
        let origin = if grid.timeframe() == Timeframe::W1 { 4 * UnixNanos::PER_DAY } else { 0 };
        let length = grid.timeframe().nanos();
        let expected = (i128::from(at.0) - i128::from(origin)).div_euclid(length.into()) * i128::from(length) + i128::from(origin);
        prop_assert_eq!(i128::from(grid.floor(at).0), expected.max(i64::MIN.into()));
        prop_assert_eq!(grid.timeframe().floor(at), grid.floor(at));
        prop_assert_eq!(grid.fixed_nanos(), Some(length));
    }

    #[test]
    fn months_start_on_the_first(at in times()) {
        prop_assume!(at.0.unsigned_abs() < 1 << 62);
        let months = BarGrid::from(Timeframe::MN1);
        let (open_time, end) = (months.floor(at).to_string(), months.end(at).to_string());
        prop_assert_eq!(&open_time[..7], &at.to_string()[..7]);
        prop_assert_eq!((&open_time[7..], &end[7..]), ("-01T00:00:00Z", "-01T00:00:00Z"));
        prop_assert_eq!(Timeframe::MN1.floor(at), months.floor(at));
        let days = (months.end(at).0 - months.floor(at).0) / UnixNanos::PER_DAY;
        prop_assert!((28..=31).contains(&days) && months.fixed_nanos().is_none());
    }

    /// The zone's own clock, asked through jiff's types for it, shows a time counted from the start of the day.
    #[test]
    fn local_bars_start_at_local_times(
        grid in grids_that(|grid| grid.day_start() != DayStart::Utc),
        seconds in 400_000_000..4_000_000_000_i64,
    ) {
        let (zone, ahead) = match grid.day_start() {
            DayStart::NewYorkClose => ("America/New_York", 7),
            _ => ("EET", 0),
        };
        let open_time = grid.floor(UnixNanos::from_seconds(seconds).unwrap());
        let zoned = Timestamp::from_second(open_time.as_seconds()).unwrap().to_zoned(TimeZone::get(zone).unwrap());
        let clock = zoned.datetime().checked_add(jiff::SignedDuration::from_hours(ahead)).unwrap();
        let since_midnight = clock.time().duration_since(jiff::civil::Time::midnight()).as_secs();
        match grid.timeframe() {
            Timeframe::W1 => prop_assert_eq!((clock.weekday(), since_midnight), (jiff::civil::Weekday::Monday, 0)),
            Timeframe::MN1 => prop_assert_eq!((clock.day(), since_midnight), (1, 0)),
            // Bars whose start the clock leaves out start where it jumps.
            timeframe if since_midnight % i64::from(timeframe.seconds()) != 0 => {
                let before = UnixNanos(open_time.0 - 1);
                let shown = Timestamp::from_second(before.as_seconds()).unwrap().to_zoned(TimeZone::get(zone).unwrap());
                prop_assert!(shown.offset() < zoned.offset(), "{grid}: {zoned}");
            }
            _ => {}
        }
    }

    #[test]
    fn a_multiple_has_its_lines_where_its_part_has_some((whole, part) in wholes_and_parts(), at in times()) {
        // Before, Athens was 1 hour, 34 minutes and 52 seconds ahead of UTC.
        prop_assume!(at > time("1916-12-01") && at < time("2200-01-01"));
        prop_assert_eq!(part.floor(whole.floor(at)), whole.floor(at));
        prop_assert_eq!(part.floor(whole.end(at)), whole.end(at));
    }

}

proptest! {
    #[test]
    fn several_grids_at_once_give_the_bits_of_each(ticks in ticks(), grids in prop::collection::vec(grids(), 0..6)) {
        let each: Vec<QuoteBars> = grids.iter().map(|&grid| aggregate(ticks.view(), grid)).collect();
        prop_assert_eq!(aggregate_many(ticks.view(), &grids), each);
    }

    #[test]
    fn aggregate_then_resample_is_aggregate_on_any_grid(ticks in ticks(), (whole, part) in wholes_and_parts()) {
        let bars = resample(aggregate(ticks.view(), part).view(PriceSide::Bid), whole).unwrap();
        let expected = aggregate(ticks.view(), whole);
        prop_assert_eq!((bars.grid(), bars.timeframe()), (whole, whole.timeframe()));
        // The spread of all quotes is 2, so that no sum is rounded.
        prop_assert_eq!(bars, expected.bars(PriceSide::Bid));
    }

    #[test]
    fn local_bars_are_filled_without_a_gap(ticks in ticks(), grid in grids_that(|grid| grid.fixed_nanos().is_none())) {
        let calendar = TradingCalendar::forex();
        let bars = aggregate(ticks.view(), grid).bars(PriceSide::Mid);
        let filled = fill_gaps(bars.view(), &calendar).unwrap();
        let rows: Vec<Bar> = filled.bars.view().iter().collect();
        let report = validate_bars(&rows, grid, &ValidationOptions { max_gap_seconds: 0, ..ValidationOptions::new(calendar) });
        prop_assert_eq!((report.count(FindingKind::Gap), report.count(FindingKind::Misaligned)), (0, 0));
    }
}

#[test]
fn four_hours_from_new_yorks_close_follow_its_clock() {
    let h4 = grid("H4", DayStart::NewYorkClose);
    // 17:00, 21:00, 01:00, (02:00 became 03:00,) 05:00, 09:00, 13:00.
    let expected =
        ["2025-03-08T22", "2025-03-09T02", "2025-03-09T06", "2025-03-09T09", "2025-03-09T13", "2025-03-09T17"];
    assert_eq!(opens(h4, "2025-03-08T22:00:00Z", "2025-03-09T21:00:00Z"), expected);
    // 17:00, 21:00, 01:00, (02:00 became 01:00,) 05:00, 09:00, 13:00.
    let expected =
        ["2025-11-01T21", "2025-11-02T01", "2025-11-02T05", "2025-11-02T10", "2025-11-02T14", "2025-11-02T18"];
    assert_eq!(opens(h4, "2025-11-01T21:00:00Z", "2025-11-02T22:00:00Z"), expected);
}

#[test]
fn bars_in_hours_that_the_clock_leaves_out_or_repeats() {
    // 90 minutes from 17:00: 00:30, 02:00, which became 03:00, and 03:30.
    let bars = grid("90m", DayStart::NewYorkClose);
    let at = |clock: &str| time(&format!("2025-03-09T{clock}:00Z"));
    assert_eq!((bars.floor(at("06:59")), bars.end(at("06:59"))), (at("05:30"), at("07:00")));
    assert_eq!((bars.floor(at("07:29")), bars.end(at("07:00"))), (at("07:00"), at("07:30")));
    // 45 minutes: 02:00 and 02:45 were left out, so the first of them has no time at all.
    let bars = grid("45m", DayStart::NewYorkClose);
    assert_eq!((bars.floor(at("06:59")), bars.end(at("06:59"))), (at("06:15"), at("07:00")));
    assert_eq!((bars.floor(at("07:00")), bars.end(at("07:00"))), (at("07:00"), at("07:30")));
    // 01:15 was shown twice; the bar starts the first time and lasts until 02:00.
    let at = |clock: &str| time(&format!("2025-11-02T{clock}:00Z"));
    assert_eq!((bars.floor(at("06:20")), bars.end(at("06:20"))), (at("05:15"), at("07:00")));
}

#[test]
fn weeks_and_months_start_with_the_trading_day() {
    let start = |timeframe: &str, day_start, at: &str| grid(timeframe, day_start).floor(time(at)).to_string();
    assert_eq!(start("W1", DayStart::NewYorkClose, "2025-06-04"), "2025-06-01T21:00:00Z");
    assert_eq!(start("MN1", DayStart::NewYorkClose, "2025-06-04"), "2025-05-31T21:00:00Z");
    assert_eq!(start("W1", DayStart::Eet, "2025-06-04"), "2025-06-01T21:00:00Z");
    assert_eq!(start("MN1", DayStart::Eet, "2025-03-31T20:59:59Z"), "2025-02-28T22:00:00Z");
    assert_eq!(start("MN1", DayStart::Eet, "2025-03-31T21:00:00Z"), "2025-03-31T21:00:00Z");
    assert_eq!(start("MN1", DayStart::Utc, "2024-02-29T23:59:59Z"), "2024-02-01T00:00:00Z");
    let year = opens(Timeframe::MN1.into(), "2023-12-15", "2024-03-02");
    assert_eq!(year, ["2023-12-01T00", "2024-01-01T00", "2024-02-01T00", "2024-03-01T00"]);
}

#[test]
fn parts_of_an_hour_do_not_ask_when_the_day_starts() {
    for day_start in LOCAL {
        for timeframe in ["S1", "M1", "M5", "M20", "M30", "H1"] {
            let grid = grid(timeframe, day_start);
            assert_eq!((grid, grid.day_start()), (BarGrid::from(grid.timeframe()), DayStart::Utc));
        }
        assert_eq!(grid("D1", day_start).day_start(), day_start);
    }
}

#[test]
fn local_days_are_divided_into_whole_bars() {
    for day_start in LOCAL {
        for timeframe in ["7m", "50m", "5h", "7h", "2d", "6d"] {
            let timeframe: Timeframe = timeframe.parse().unwrap();
            assert_eq!(BarGrid::new(timeframe, day_start), Err(Error::Grid { timeframe, day_start }));
            assert!(BarGrid::new(timeframe, DayStart::Utc).is_ok());
        }
    }
    let error = BarGrid::new("5h".parse().unwrap(), DayStart::Eet).unwrap_err();
    assert_eq!(error.to_string(), "H5 bars do not divide a day, as bars counted from day start eet must");
}

#[test]
fn what_is_made_of_what() {
    let [utc, new_york, eet] = DAY_STARTS.map(|day_start| move |timeframe: &str| grid(timeframe, day_start));
    for (whole, part) in [
        (new_york("D1"), new_york("H4")),
        (new_york("D1"), utc("H1")),
        (new_york("45m"), utc("15m")),
        (eet("MN1"), eet("D1")),
        (eet("W1"), utc("S1")),
        (utc("MN1"), utc("8h")),
        (utc("MN1"), utc("MN1")),
        (utc("W1"), utc("H4")),
    ] {
        assert!(whole.is_multiple_of(part), "{whole} of {part}");
    }
    for (whole, part) in [
        (new_york("D1"), utc("H4")),
        (new_york("D1"), eet("H4")),
        (utc("D1"), eet("H4")),
        (eet("MN1"), eet("W1")),
        (utc("MN1"), utc("7h")),
        (utc("W1"), utc("MN1")),
        (new_york("H2"), utc("45m")),
        (new_york("D1"), utc("D1")),
    ] {
        assert!(!whole.is_multiple_of(part), "{whole} of {part}");
    }
    let bars = Bars::new(utc("H4"));
    let error = resample(bars.view(), new_york("D1")).unwrap_err();
    assert_eq!(error.to_string(), "D1 (new-york) bars are not made of whole H4 bars");
}

#[test]
fn months_are_written_and_read() {
    for text in ["MN1", "mn1", "1MN", "1mn", "mn", " MN "] {
        assert_eq!(text.parse(), Ok(Timeframe::MN1), "{text}");
    }
    for text in ["1M", "M1", "1m", "m1"] {
        assert_eq!(text.parse(), Ok(Timeframe::M1), "{text}");
    }
    for text in ["MN2", "2MN", "MN0", "MNMN", "M", "N1", "MN01"] {
        assert!(text.parse::<Timeframe>().is_err(), "{text}");
    }
    assert_eq!(Timeframe::MN1.to_string(), "MN1");
    assert!(Timeframe::MN1 > Timeframe::W1 && Timeframe::from_seconds(Timeframe::MN1.seconds()).is_err());
    // 400 years have 4,800 months and 146,097 days.
    assert_eq!(4_800 * i64::from(Timeframe::MN1.seconds()), 146_097 * 86_400);
}

#[test]
fn day_starts_are_written_and_read() {
    for (day_start, text) in DAY_STARTS.into_iter().zip(["utc", "new-york", "eet"]) {
        assert_eq!((day_start.to_string().as_str(), text.to_uppercase().parse()), (text, Ok(day_start)));
    }
    assert!("gmt".parse::<DayStart>().is_err());
}

#[test]
fn a_bar_between_the_lines_of_a_local_grid_is_reported() {
    let row = |at: &str| Bar {
        open_time: time(at),
        open: 2.0,
        high: 2.0,
        low: 2.0,
        close: 2.0,
        volume: 1.0,
        spread: 1.0,
        tick_count: 1,
    };
    let days = grid("D1", DayStart::NewYorkClose);
    let options = ValidationOptions::new(TradingCalendar::forex());
    // Thursday, Friday, and over a weekend with a change of the clock Monday and Tuesday.
    let rows =
        ["2025-03-05T22:00:00Z", "2025-03-06T22:00:00Z", "2025-03-09T21:00:00Z", "2025-03-10T21:00:00Z"].map(row);
    let report = validate_bars(&rows, days, &options);
    assert!(report.findings.is_empty() && report.coverage == Some(1.0), "{report}");
    let late = [rows[0], rows[1], row("2025-03-09T22:00:00Z")];
    assert_eq!(validate_bars(&late, days, &options).count(FindingKind::Misaligned), 1);
    let mut bars = Bars::new(days);
    assert!(matches!(bars.push(late[2]), Err(Error::Alignment { row: 0, .. })));
    bars.push(rows[0]).unwrap();
    assert_eq!((bars.view().grid, bars.view().timeframe()), (days, Timeframe::D1));
}

#[test]
fn several_grids_refuse_a_bad_tick_and_go_on() {
    let mut aggregator = MultiAggregator::new([Timeframe::M1, Timeframe::MN1]);
    let tick = |seconds, bid| Tick {
        time: UnixNanos::from_seconds(seconds).unwrap(),
        bid,
        ask: 2.0,
        bid_volume: 1.0,
        ask_volume: 1.0,
    };
    let mut done = Vec::new();
    let mut push = |tick| aggregator.push(tick, |grid_index, bar| done.push((grid_index, bar.tick_count)));
    push(tick(61, 1.0)).unwrap();
    assert!(matches!(push(tick(60, 1.0)), Err(Error::Order { row: 1, .. })));
    assert!(matches!(push(tick(62, f64::NAN)), Err(Error::Value { row: 1, .. })));
    push(tick(62, 1.0)).unwrap();
    push(tick(40 * 86_400, 1.0)).unwrap();
    assert_eq!(done, [(0, 2), (1, 2)]);
    aggregator.finish(|grid_index, bar| done.push((grid_index, bar.tick_count)));
    assert_eq!(done[2..], [(0, 1), (1, 1)]);
}

#[test]
fn the_ends_of_time_can_be_aggregated_on_any_grid() {
    let mut ticks = Ticks::default();
    for nanos in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
        ticks.push(Tick { time: UnixNanos(nanos), bid: 1.0, ask: 1.5, bid_volume: 1.0, ask_volume: 1.0 }).unwrap();
    }
    for day_start in DAY_STARTS {
        for timeframe in ["H4", "D1", "W1", "MN1"] {
            let bars = aggregate(ticks.view(), grid(timeframe, day_start));
            assert_eq!(bars.view(PriceSide::Ask).tick_count, [2, 2], "{timeframe} {day_start}");
        }
    }
}
