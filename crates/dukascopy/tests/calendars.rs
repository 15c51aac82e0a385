//! The calendars against Python's time zones (see `golden/calendars.py`) and against which hours of genuine files are
//! empty. The latter are skipped, visibly, where the shared data folder is not there.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic and say that it is skipped")]

use std::ops::Range;
use std::path::Path;

use dukascopy::{
    Candle, CandleStep, FileKey, FileKind, FileState, HourCoverage, HourStatus, InstrumentInfo, Mirror, SessionBasis,
    Side, TickHistory, decode_json_instrument, decode_json_ticks, instrument, instruments,
};
use market::{Ticks, TradingCalendar, UnixNanos};

const HOUR: i64 = 3_600 * UnixNanos::PER_SECOND;
const MINUTE: i64 = 60 * UnixNanos::PER_SECOND;

fn at(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

fn info(symbol: &str) -> &'static InstrumentInfo {
    instrument(symbol).unwrap()
}

fn calendar(symbol: &str) -> TradingCalendar {
    info(symbol).calendar().unwrap()
}

fn from(start: UnixNanos, nanos: i64) -> Range<UnixNanos> {
    start..UnixNanos(start.0 + nanos)
}

const GOLDEN: &str = include_str!("golden/calendars.tsv");

/// The cells after the first of the golden rows of one kind.
fn golden(kind: &str) -> impl Iterator<Item = Vec<&'static str>> {
    let rows = GOLDEN.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(move |cells| cells[0] == kind).map(|cells| cells[1..].to_vec())
}

#[test]
fn every_schedule_is_open_as_many_minutes_a_month_as_by_pythons_time_zones() {
    let month = |n: usize| at(&format!("{}-{:02}-01", 2024 + n / 12, n % 12 + 1));
    let mut n_schedules = 0;
    for cells in golden("minutes") {
        let calendar = calendar(cells[0]);
        let minutes: Vec<_> =
            (2..26).map(|n| (calendar.open_nanos(month(n)..month(n + 1)) / MINUTE).to_string()).collect();
        assert_eq!(minutes, cells[1..], "{}", cells[0]);
        n_schedules += 1;
    }
    assert_eq!(n_schedules, 42);
}

#[test]
fn every_schedule_opens_and_closes_in_weeks_of_clock_changes_as_by_pythons_time_zones() {
    let mut n_weeks = 0;
    for cells in golden("changes") {
        let (calendar, start) = (calendar(cells[0]), at(cells[1]));
        let week = from(start, 7 * UnixNanos::PER_DAY);
        let changes: Vec<_> = calendar
            .intervals(week)
            .filter(|interval| interval.open || interval.start > start)
            .map(|interval| ((interval.start.0 - start.0) / MINUTE).to_string())
            .collect();
        assert_eq!(changes, cells[2..], "{} {}", cells[0], cells[1]);
        n_weeks += 1;
    }
    assert_eq!(n_weeks, 42 * 10);
}

#[test]
fn currencies_are_open_in_just_the_hours_in_which_an_export_of_christmas_2025_has_bars() {
    let open: Vec<_> = calendar("EURUSD")
        .open_intervals(at("2025-09-30T21:00:00Z")..at("2026-01-01"))
        .map(|interval| vec![interval.start.to_string(), interval.end.to_string()])
        .collect();
    assert_eq!(open, golden("bars").collect::<Vec<_>>());
    assert_eq!(open[12], ["2025-12-21T22:00:00Z", "2025-12-25T08:00:00Z"]);
}

#[test]
fn all_but_23_instruments_have_sessions() {
    let count = |basis| instruments().iter().filter(|info| info.session_basis == basis).count();
    assert_eq!(count(Some(SessionBasis::Published)), 1_179);
    assert_eq!(count(Some(SessionBasis::DerivedFromGroup)), 420);
    let unknown: Vec<_> = instruments().iter().filter(|info| info.session_basis.is_none()).collect();
    let of_group =
        |group: &str| unknown.iter().filter(|info| info.group == group).map(|info| info.symbol).collect::<Vec<_>>();
    // Funds that are traded in London and carry the suffix of New York: their first ticks come hours before it opens.
    let funds = of_group("ETF_CFD");
    assert_eq!(funds.len(), 9);
    assert!(funds.iter().all(|symbol| symbol.ends_with("USUSD")), "{funds:?}");
    assert_eq!(of_group("IDX_EUROPE"), ["ITAIDXEUR"]);
    let others: Vec<_> = of_group("").into_iter().filter(|symbol| !symbol.starts_with("IE00")).collect();
    assert_eq!(others, ["DUKEUR", "EUCEUR", "INDIDXUSD", "USCUSD"]);
    assert_eq!((of_group("").len(), unknown.len()), (13, 23));
    for info in instruments() {
        assert_eq!(info.calendar().is_some(), info.session_basis.is_some(), "{}", info.symbol);
        assert!(!info.knows_closures() || info.calendar().is_some(), "{}", info.symbol);
    }
}

#[test]
fn first_ticks_fall_into_the_sessions() {
    let mut outside = Vec::new();
    for info in instruments() {
        let (Some(calendar), Some(first)) = (info.calendar(), info.history.ticks) else { continue };
        if calendar.closed_throughout(from(first, HOUR)) {
            outside.push(info.symbol);
        }
    }
    assert_eq!(outside, [""; 0]);
}

#[test]
fn closures_are_known_of_currencies_spot_metals_and_crypto_currencies() {
    let known: Vec<_> = instruments().iter().filter(|info| info.knows_closures()).collect();
    assert_eq!(known.len(), 384);
    for info in known {
        let pair = info.symbol.len() == 6;
        assert!(pair && (info.group.is_empty() || info.group.starts_with("FX_") || info.group == "VCCY"), "{info:?}");
    }
    for symbol in ["AAPLUSUSD", "USA500IDXUSD", "BRENTCMDUSD", "COPPERCMDUSD", "BUNDTREUR", "USCUSD"] {
        assert!(!info(symbol).knows_closures(), "{symbol}");
    }
}

#[test]
fn christmas_has_known_hours_since_2012_and_is_a_whole_trading_day_before() {
    let eurusd = calendar("EURUSD");
    let closed = |from: &str, till: &str| {
        let (from, till) = (at(from), at(till));
        assert!(eurusd.closed_throughout(from..till), "{from} to {till}");
        let (before, after) = (UnixNanos(from.0 - 1), till);
        assert!(eurusd.is_open(before) && eurusd.is_open(after), "{from} to {till}");
    };
    closed("2007-12-24T22:00:00Z", "2007-12-25T22:00:00Z");
    closed("2007-12-31T22:00:00Z", "2008-01-01T22:00:00Z");
    closed("2012-12-25T09:00:00Z", "2012-12-25T22:00:00Z");
    closed("2012-12-31T22:00:00Z", "2013-01-01T22:00:00Z");
    closed("2019-12-25T08:00:00Z", "2019-12-25T22:00:00Z");
    closed("2020-12-31T22:00:00Z", "2021-01-03T22:00:00Z");
    closed("2026-12-25T08:00:00Z", "2026-12-27T22:00:00Z"); // a Friday
    closed("2029-12-31T22:00:00Z", "2030-01-01T22:00:00Z");
}

#[test]
fn spot_metals_pause_an_hour_a_day_and_close_when_currencies_do() {
    let gold = calendar("XAUUSD");
    assert!(gold.closed_throughout(at("2025-06-16T21:00:00Z")..at("2025-06-16T22:00:00Z")));
    assert!(gold.is_open(at("2025-06-16T20:59:59Z")) && gold.is_open(at("2025-06-16T22:00:00Z")));
    assert!(gold.closed_throughout(at("2024-12-25T08:00:00Z")..at("2024-12-25T23:00:00Z")));
    assert_eq!(info("XAUJPY").session_basis, Some(SessionBasis::DerivedFromGroup));
    assert_eq!(calendar("XAUJPY"), gold);
}

fn shared(folder: &str) -> Option<std::path::PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(folder);
    if !path.is_dir() {
        println!("skipped: shared data folder is not there");
        return None;
    }
    Some(path)
}

/// The hours that have ticks while closed, and the number of empty hours, all of which must be closed.
fn compare_hours(symbol: &str, hours: &[HourCoverage]) -> (Vec<String>, usize) {
    let calendar = calendar(symbol);
    let (mut data_while_closed, mut n_empty) = (Vec::new(), 0);
    for hour in hours {
        let closed = calendar.closed_throughout(from(hour.start, HOUR));
        match hour.status {
            HourStatus::Data if closed => data_while_closed.push(hour.start.to_string()),
            HourStatus::Data => {}
            HourStatus::Empty => {
                assert!(closed, "{symbol} has no tick at {}, in an open hour", hour.start);
                n_empty += 1;
            }
            HourStatus::Missing => panic!("{symbol} has no file of {}", hour.start),
        }
    }
    (data_while_closed, n_empty)
}

fn read(mirror: &Mirror, symbol: &str, from: &str, till: &str) -> TickHistory {
    mirror.read_ticks(&symbol.parse().unwrap(), at(from)..at(till)).unwrap()
}

#[test]
fn all_252_empty_hours_of_a_genuine_december_are_closed_and_one_closed_hour_has_ticks() {
    let Some(folder) = shared("dukascopy") else { return };
    let mirror = Mirror::open(folder).unwrap();
    let history = read(&mirror, "GBPJPY", "2012-12-01", "2013-01-01");
    let (data_while_closed, n_empty) = compare_hours("GBPJPY", &history.coverage.hours);
    assert_eq!(n_empty, 252);
    // The Sunday before Christmas, on which the feed opened an hour early.
    assert_eq!(data_while_closed, ["2012-12-23T21:00:00Z"]);
}

#[test]
fn another_broker_has_no_tick_of_currencies_while_closed_and_gold_in_the_first_quarter_of_the_pause_only() {
    let Some(folder) = shared("oanda-mirror") else { return };
    let mirror = Mirror::open(folder).unwrap();
    for (symbol, n_outside, n_hours_outside) in [("EURUSD", 0, 0), ("XAUUSD", 1_410, 9)] {
        let TickHistory { ticks, coverage } = read(&mirror, symbol, "2014-05-01", "2014-05-16");
        let (data_while_closed, n_empty) = compare_hours(symbol, &coverage.hours);
        assert!(n_empty >= 96 && data_while_closed.len() == n_hours_outside, "{symbol} {data_while_closed:?}");
        let times = ticks.view().time;
        let mut n_ticks = 0;
        for closed in calendar(symbol).intervals(at("2014-05-01")..at("2014-05-16")).filter(|interval| !interval.open) {
            let before = |end: i64| times.partition_point(|time| time.0 < end);
            // This broker pauses from 17:15 in New York on.
            assert_eq!(before(closed.end.0), before(closed.start.0 + 15 * MINUTE), "{symbol} {closed:?}");
            n_ticks += before(closed.end.0) - before(closed.start.0);
        }
        assert_eq!(n_ticks, n_outside, "{symbol}");
    }
}

fn candles(folder: &Path, symbol: &str, step: CandleStep, time: UnixNanos) -> Vec<Candle> {
    let mut candles = Vec::new();
    let key = FileKey::new(symbol.parse().unwrap(), FileKind::Candles(step, Side::Bid), time).unwrap();
    assert_eq!(Mirror::open(folder).unwrap().read_candles(&key, &mut candles).unwrap(), FileState::Data);
    candles
}

/// Candles without volume while open, and with volume while closed throughout; and how many there are of each, rightly.
struct Comparison {
    silent_while_open: Vec<UnixNanos>,
    volume_while_closed: Vec<UnixNanos>,
    n_silent: usize,
    n_volume: usize,
}

fn compare_candles(symbol: &str, candles: &[Candle], nanos: i64) -> Comparison {
    let calendar = calendar(symbol);
    let mut result = Comparison { silent_while_open: vec![], volume_while_closed: vec![], n_silent: 0, n_volume: 0 };
    for candle in candles {
        let closed = calendar.closed_throughout(from(candle.open_time, nanos));
        match (candle.volume > 0.0, closed) {
            (true, true) => result.volume_while_closed.push(candle.open_time),
            (false, false) => result.silent_while_open.push(candle.open_time),
            (true, false) => result.n_volume += 1,
            (false, true) => result.n_silent += 1,
        }
    }
    result
}

#[test]
fn genuine_hour_and_day_candles_of_eurusd_have_volume_just_while_open() {
    let Some(folder) = shared("dukascopy") else { return };
    let (mut n_silent, mut n_volume) = (0, 0);
    for (step, nanos, time) in [
        (CandleStep::Hour, HOUR, "2019-01-01"),
        (CandleStep::Hour, HOUR, "2019-02-01"),
        (CandleStep::Day, UnixNanos::PER_DAY, "2018-01-01"),
        (CandleStep::Day, UnixNanos::PER_DAY, "2019-01-01"),
    ] {
        let found = compare_candles("EURUSD", &candles(&folder, "EURUSD", step, at(time)), nanos);
        assert_eq!((found.silent_while_open, found.volume_while_closed), (vec![], vec![]), "{step:?} {time}");
        n_silent += found.n_silent;
        n_volume += found.n_volume;
    }
    assert_eq!((n_silent, n_volume), (510, 1_636));
}

#[test]
fn genuine_candles_of_bitcoin_have_volume_just_while_open_but_for_saturdays_of_2019() {
    let Some(folder) = shared("dukascopy") else { return };
    for year in 2018..=2022 {
        let days = candles(&folder, "BTCUSD", CandleStep::Day, at(&format!("{year}-01-01")));
        let found = compare_candles("BTCUSD", &days, UnixNanos::PER_DAY);
        assert_eq!(found.volume_while_closed, []);
        // These files are older than the days that were filled in later; the newer JSON answers have them.
        assert_eq!(found.silent_while_open.len(), if year == 2019 { 51 } else { 0 }, "{year}");
    }
    let hours = candles(&folder, "BTCUSD", CandleStep::Hour, at("2023-01-01"));
    let found = compare_candles("BTCUSD", &hours, HOUR);
    assert_eq!((found.silent_while_open, found.volume_while_closed), (vec![], vec![]));
    assert_eq!((found.n_silent, found.n_volume), (14, 730));
}

#[test]
fn ticks_of_genuine_json_answers_fall_into_the_sessions() {
    let Some(folder) = shared("jetta") else { return };
    for (name, symbol, hour) in [
        ("ticks-EUR-USD-2026-7-13-12.json", "EURUSD", "2026-07-13T12:00:00Z"),
        ("ticks-BTC-USD-2023-2-20-12.json", "BTCUSD", "2023-02-20T12:00:00Z"),
    ] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let mut ticks = Ticks::default();
        decode_json_ticks(&bytes, at(hour), info(symbol).scale, &mut ticks).unwrap();
        let calendar = calendar(symbol);
        assert!(!ticks.is_empty() && ticks.view().iter().all(|tick| calendar.is_open(tick.time)), "{name}");
    }
    assert!(calendar("EURUSD").closed_throughout(from(at("2026-07-11"), UnixNanos::PER_DAY)));
}

#[test]
fn every_holiday_of_genuine_instrument_details_is_closed() {
    let Some(folder) = shared("jetta") else { return };
    for (name, symbol, n_holidays) in
        [("instrument-EUR-USD.json", "EURUSD", 25), ("instrument-BTC-USD.json", "BTCUSD", 6)]
    {
        let details = decode_json_instrument(&std::fs::read(folder.join(name)).unwrap()).unwrap();
        assert_eq!(details.holidays.len(), n_holidays);
        for holiday in details.holidays {
            assert!(calendar(symbol).closed_throughout(holiday.clone()), "{symbol} {holiday:?}");
        }
    }
}
