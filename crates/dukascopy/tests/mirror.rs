//! Mirrors made for the test.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::error::Error as _;
use std::fs;
use std::path::Path;

use dukascopy::{
    Ending, Error, FileKey, FileKind, FileState, HourStatus, Mirror, PriceScale, Side, TickSpan, encode_ticks,
};
use market::{Symbol, Tick, Ticks, UnixNanos};
use tempfile::TempDir;

fn at(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

fn eurusd() -> Symbol {
    "EURUSD".parse().unwrap()
}

fn ticks(times: &[&str]) -> Ticks {
    let mut ticks = Ticks::default();
    for (step, time) in (0_u32..).zip(times) {
        let bid = f64::from(110_000 + step) / 1e5;
        ticks.push(Tick { time: at(time), bid, ask: bid + 0.0001, bid_volume: 1.5, ask_volume: 0.0 }).unwrap();
    }
    ticks
}

fn hour_key(time: &str) -> FileKey {
    FileKey::new(eurusd(), FileKind::Ticks(TickSpan::Hour), at(time)).unwrap()
}

fn sample() -> (TempDir, Mirror) {
    let folder = tempfile::tempdir().unwrap();
    let mirror = Mirror::open(folder.path()).unwrap();
    let sample = ticks(&["2019-02-04T10:00:00Z", "2019-02-04T10:59:59.999Z", "2019-02-04T12:30:00Z"]);
    assert_eq!(mirror.write_ticks(&eurusd(), sample.view()).unwrap(), 3);
    (folder, mirror)
}

fn statuses(mirror: &Mirror, from: &str, to: &str) -> Vec<(HourStatus, usize)> {
    let history = mirror.read_ticks(&eurusd(), at(from)..at(to)).unwrap();
    assert_eq!(history.coverage.n_ticks(), history.ticks.len());
    history.coverage.hours.iter().map(|hour| (hour.status, hour.n_ticks)).collect()
}

fn parts_below(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, |entries| {
        entries
            .map(|entry| entry.unwrap().path())
            .map(|path| usize::from(path.extension().is_some_and(|end| end == "part")) + parts_below(&path))
            .sum()
    })
}

#[test]
fn every_hour_of_the_range_is_classified() {
    let (folder, mirror) = sample();
    assert_eq!(
        statuses(&mirror, "2019-02-04T09:00:00Z", "2019-02-04T14:00:00Z"),
        [
            (HourStatus::Missing, 0),
            (HourStatus::Data, 2),
            (HourStatus::Empty, 0),
            (HourStatus::Data, 1),
            (HourStatus::Missing, 0),
        ]
    );
    assert_eq!(parts_below(folder.path()), 0);
}

#[test]
fn the_range_is_half_open_to_the_nanosecond() {
    let (_folder, mirror) = sample();
    let (first, last) = (at("2019-02-04T10:00:00Z"), at("2019-02-04T10:59:59.999Z"));
    let n_ticks = |from, to| mirror.read_ticks(&eurusd(), UnixNanos(from)..UnixNanos(to)).unwrap().ticks.len();
    assert_eq!(n_ticks(first.0, last.0), 1);
    assert_eq!(n_ticks(first.0 + 1, last.0), 0);
    assert_eq!(n_ticks(first.0 + 1, last.0 + 1), 1);
    assert_eq!(statuses(&mirror, "2019-02-04T10:30:00Z", "2019-02-04T10:31:00Z"), [(HourStatus::Data, 0)]);
}

#[test]
fn a_day_file_stands_in_for_hours_without_data() {
    let (_folder, mirror) = sample();
    let of_day = ticks(&["2019-02-04T11:15:00Z", "2019-02-04T12:15:00Z", "2019-02-04T13:15:00Z"]);
    let key = FileKey::new(eurusd(), FileKind::Ticks(TickSpan::Day), at("2019-02-04")).unwrap();
    let (scale, mut bytes) = (mirror.scale(&eurusd()).unwrap(), Vec::new());
    encode_ticks(of_day.view(), TickSpan::Day, key.start(), scale, Ending::Marker, &mut bytes).unwrap();
    mirror.write_file(&key, &bytes).unwrap();
    assert_eq!(
        statuses(&mirror, "2019-02-04T10:00:00Z", "2019-02-04T15:00:00Z"),
        [
            (HourStatus::Data, 2),  // the hour file
            (HourStatus::Data, 1),  // the day file, because the hour file is empty
            (HourStatus::Data, 1),  // the hour file wins
            (HourStatus::Data, 1),  // only the day file has it
            (HourStatus::Empty, 0), // the day file says that there was nothing
        ]
    );
    let history = mirror.read_ticks(&eurusd(), at("2019-02-04")..at("2019-02-05")).unwrap();
    assert_eq!(history.ticks.view().time[3], at("2019-02-04T12:30:00Z"));
}

#[test]
fn a_range_beyond_the_calendar_is_an_error_and_not_a_long_walk() {
    let (_folder, mirror) = sample();
    let mut n_hours = 0;
    let mut count = |_: Result<dukascopy::Hour<'_>, Error>| {
        n_hours += 1;
        Ok(())
    };
    let range = at("2019-02-04")..UnixNanos(i64::MAX);
    assert!(matches!(mirror.for_each_hour(&eurusd(), range, &mut count), Err(Error::Period { .. })));
    assert_eq!(n_hours, 0);
}

#[test]
fn hours_can_be_read_in_any_order_by_several_threads() {
    let (_folder, mirror) = sample();
    let hours = ["2019-02-04T12:00:00Z", "2019-02-04T10:00:00Z", "2019-02-04T11:00:00Z"];
    let read = |time: &str| mirror.hours(&eurusd()).unwrap().read(at(time)).unwrap().1.len();
    let n_ticks: Vec<usize> = std::thread::scope(|scope| {
        let threads: Vec<_> = hours.iter().map(|hour| scope.spawn(|| read(hour))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(n_ticks, [1, 2, 0]);
}

#[test]
fn a_corrupt_file_is_an_error_with_path_and_offset_and_can_be_collected() {
    let (_folder, mirror) = sample();
    let key = hour_key("2019-02-04T12:00:00Z");
    let mut bytes = fs::read(mirror.path(&key)).unwrap();
    bytes.truncate(bytes.len() - 3);
    let length = bytes.len();
    fs::write(mirror.path(&key), bytes).unwrap();

    let range = at("2019-02-04T10:00:00Z")..at("2019-02-04T13:00:00Z");
    let error = mirror.read_ticks(&eurusd(), range.clone()).unwrap_err();
    assert!(error.to_string().contains("12h_ticks.bi5"), "{error}");
    assert!(error.source().unwrap().to_string().contains(&format!("byte {length}")));

    let (mut n_ticks, mut errors) = (0, Vec::new());
    let mut collect = |hour: Result<dukascopy::Hour<'_>, Error>| {
        match hour {
            Ok(hour) => n_ticks += hour.ticks.len(),
            Err(error) => errors.push(error),
        }
        Ok(())
    };
    mirror.for_each_hour(&eurusd(), range, &mut collect).unwrap();
    assert_eq!((n_ticks, errors.len()), (2, 1));
}

#[test]
fn what_is_not_there_is_said_with_what_is() {
    let (folder, mirror) = sample();
    let range = at("2019-02-04")..at("2019-02-05");
    let text = |error: Error| error.to_string();

    let nowhere = folder.path().join("nowhere");
    assert!(text(Mirror::open(&nowhere).unwrap_err()).contains("nowhere"));
    let error = mirror.read_ticks(&"GBPUSD".parse().unwrap(), range.clone()).unwrap_err();
    assert!(text(error).ends_with("has no folder GBPUSD; it has EURUSD"));
    let error = mirror.read_ticks(&eurusd(), range.end..range.start).unwrap_err();
    assert!(matches!(error, Error::EmptyRange { .. }));
    assert!(matches!(mirror.read_ticks(&eurusd(), range.end..range.end), Err(Error::EmptyRange { .. })));
    let error = mirror.read_ticks(&eurusd(), at("2020-01-01")..at("2020-01-02")).unwrap_err();
    assert!(text(error).ends_with("the mirror holds 2019-02-04T10:00:00Z to 2019-02-04T13:00:00Z"));
}

#[test]
fn a_symbol_outside_of_the_table_needs_a_scale() {
    let (folder, mirror) = sample();
    let symbol: Symbol = "EURUSX".parse().unwrap();
    fs::create_dir(folder.path().join("EURUSX")).unwrap();
    let Err(Error::UnknownInstrument { similar, .. }) = mirror.hours(&symbol) else {
        panic!("a scale out of nothing");
    };
    assert!(similar.contains(&"EURUSD"));
    let mirror = mirror.with_scale(symbol.clone(), PriceScale::new(2).unwrap());
    assert!(mirror.hours(&symbol).is_ok());
    assert_eq!(mirror.scale(&symbol).unwrap().factor(), 100);
}

#[test]
fn lists_symbols_and_files_and_leaves_out_what_is_neither() {
    let (folder, mirror) = sample();
    fs::create_dir(folder.path().join("lower")).unwrap();
    fs::write(folder.path().join("NOTES"), "text").unwrap();
    fs::write(folder.path().join("EURUSD/2019/01/04/13h_ticks.bi5.part"), "half").unwrap();
    assert_eq!(mirror.symbols().unwrap(), [eurusd()]);
    let names: Vec<_> = mirror.files(&eurusd()).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["10", "11", "12"].map(|hour| format!("EURUSD/2019/01/04/{hour}h_ticks.bi5")));
}

#[test]
fn candle_files_are_read_by_their_key() {
    let (_folder, mirror) = sample();
    let kind = FileKind::Candles(dukascopy::CandleStep::Minute, Side::Bid);
    let key = FileKey::new(eurusd(), kind, at("2019-02-04")).unwrap();
    let mut candles = Vec::new();
    assert_eq!(mirror.read_candles(&key, &mut candles).unwrap(), FileState::Missing);
    mirror.write_file(&key, &[]).unwrap();
    assert_eq!(mirror.read_candles(&key, &mut candles).unwrap(), FileState::Empty);
    let of_ticks = hour_key("2019-02-04T10:00:00Z");
    assert!(matches!(mirror.read_candles(&of_ticks, &mut candles), Err(Error::Path { .. })));
    fs::copy(mirror.path(&of_ticks), mirror.path(&key)).unwrap();
    let error = mirror.read_candles(&key, &mut candles).unwrap_err();
    assert!(error.to_string().contains("BID_candles_min_1.bi5"));
    assert!(candles.is_empty());
}

#[test]
fn a_refused_write_leaves_nothing_under_the_final_name() {
    let (folder, mirror) = sample();
    fs::write(folder.path().join("EURUSD/2020"), "a file where a folder should be").unwrap();
    let key = hour_key("2020-02-04T10:00:00Z");
    let error = mirror.write_file(&key, b"bytes").unwrap_err();
    assert!(matches!(error, Error::Write { .. }) && error.to_string().contains("2020"));
    fs::create_dir_all(mirror.path(&hour_key("2019-02-05T10:00:00Z"))).unwrap();
    assert!(mirror.write_file(&hour_key("2019-02-05T10:00:00Z"), b"bytes").is_err());
    assert_eq!(parts_below(folder.path()), 0);
}
