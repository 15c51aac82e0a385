//! The check of a mirror: genuine files, copies of them with one thing changed, and small mirrors made by hand.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic and say that it is skipped")]

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use dukascopy::{
    BySide, Candle, CandleField, CandleStep, Compared, Ending, Error, FileKey, FileKind, Finding, FindingKind, Finer,
    Mirror, Side, TickSpan, Verdict, VerifyEvent, VerifyOptions, VerifyReport, decode_candles, decode_ticks,
    encode_candles, encode_ticks, verify,
};
use market::{Symbol, Tick, Ticks, UnixNanos};
use tempfile::TempDir;

const MINUTE: i64 = 60 * UnixNanos::PER_SECOND;
const HOUR: i64 = 60 * MINUTE;

fn at(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

fn symbol(name: &str) -> Symbol {
    name.parse().unwrap()
}

fn data(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if !root.is_dir() {
        println!("skipped: shared data folder is not there");
        return None;
    }
    Some(root)
}

fn genuine() -> Option<Mirror> {
    data("dukascopy").map(|root| Mirror::open(root).unwrap())
}

/// A copy of the genuine EURUSD files of 2019, to be changed.
fn copy() -> Option<(TempDir, Mirror)> {
    fn copy_folder(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let (path, target) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
            if path.is_dir() {
                copy_folder(&path, &target);
            } else {
                fs::copy(&path, &target).unwrap();
            }
        }
    }
    let root = data("dukascopy")?;
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root.join("EURUSD/2019"), &folder.path().join("EURUSD/2019"));
    let mirror = Mirror::open(folder.path()).unwrap();
    Some((folder, mirror))
}

fn check(mirror: &Mirror, name: &str, from: &str, to: &str) -> VerifyReport {
    verify(mirror, &symbol(name), at(from)..at(to), &VerifyOptions::default(), &mut |_| ()).unwrap()
}

fn monday(mirror: &Mirror) -> VerifyReport {
    check(mirror, "EURUSD", "2019-02-04", "2019-02-05")
}

fn key(kind: FileKind, time: &str) -> FileKey {
    FileKey::new(symbol("EURUSD"), kind, at(time)).unwrap()
}

fn hour_key(time: &str) -> FileKey {
    key(FileKind::Ticks(TickSpan::Hour), time)
}

fn read_ticks(mirror: &Mirror, key: &FileKey) -> Vec<Tick> {
    let FileKind::Ticks(span) = key.kind() else { panic!("{key} has no ticks") };
    let mut ticks = Ticks::default();
    let bytes = fs::read(mirror.path(key)).unwrap();
    decode_ticks(&bytes, span, key.start(), mirror.scale(key.symbol()).unwrap(), &mut ticks).unwrap();
    ticks.view().iter().collect()
}

fn write_ticks(mirror: &Mirror, key: &FileKey, rows: &[Tick]) {
    let FileKind::Ticks(span) = key.kind() else { panic!("{key} has no ticks") };
    let (mut ticks, mut bytes) = (Ticks::default(), Vec::new());
    for &tick in rows {
        ticks.push(tick).unwrap();
    }
    let scale = mirror.scale(key.symbol()).unwrap();
    encode_ticks(ticks.view(), span, key.start(), scale, Ending::Size, &mut bytes).unwrap();
    mirror.write_file(key, &bytes).unwrap();
}

fn change_ticks(mirror: &Mirror, key: &FileKey, change: impl FnOnce(&mut Vec<Tick>)) {
    let mut ticks = read_ticks(mirror, key);
    change(&mut ticks);
    write_ticks(mirror, key, &ticks);
}

fn write_candles(mirror: &Mirror, key: &FileKey, candles: &[Candle]) {
    let FileKind::Candles(step, _) = key.kind() else { panic!("{key} has no candles") };
    let (scale, mut bytes) = (mirror.scale(key.symbol()).unwrap(), Vec::new());
    encode_candles(candles, step, key.start(), scale, Ending::Size, &mut bytes).unwrap();
    mirror.write_file(key, &bytes).unwrap();
}

fn change_candles(mirror: &Mirror, key: &FileKey, change: impl FnOnce(&mut Vec<Candle>)) {
    let FileKind::Candles(step, _) = key.kind() else { panic!("{key} has no candles") };
    let (scale, mut candles) = (mirror.scale(key.symbol()).unwrap(), Vec::new());
    decode_candles(&fs::read(mirror.path(key)).unwrap(), step, key.start(), scale, &mut candles).unwrap();
    change(&mut candles);
    write_candles(mirror, key, &candles);
}

fn steps(price: f64, steps: f64) -> f64 {
    (price * 1e5 + steps).round() / 1e5
}

fn equal(count: u64) -> Compared {
    Compared { equal: count, ..Compared::default() }
}

fn both(compared: Compared) -> BySide<Compared> {
    BySide { bid: compared, ask: compared }
}

/// Step, side, start and differing fields of every mismatch.
fn mismatches(report: &VerifyReport) -> Vec<(CandleStep, Side, String, Vec<CandleField>)> {
    let mismatch = |finding: &Finding| match &finding.kind {
        FindingKind::CandleMismatch { step, side, fields, .. } => {
            (*step, *side, finding.start.to_string(), fields.clone())
        }
        other => panic!("{other:?}"),
    };
    let mut all: Vec<_> = report.examples.iter().map(mismatch).collect();
    all.sort();
    all
}

#[test]
fn a_genuine_day_agrees_with_all_its_official_candles() {
    let Some(mirror) = genuine() else { return };
    let report = monday(&mirror);
    assert_eq!((report.verdict, report.findings.total()), (Verdict::Passed, 0));
    let counts = &report.counts;
    assert_eq!((counts.n_days, counts.n_ticks, counts.hour_tick_files.data), (1, 136_741, 24));
    assert_eq!((counts.minutes, counts.hours, counts.days), (both(equal(1_440)), both(equal(24)), both(equal(1))));
    let files = [counts.minute_candle_files, counts.hour_candle_files, counts.day_candle_files];
    assert!(files.iter().all(|files| files.data == 2 && files.missing + files.empty + files.undecodable == 0));
    assert!(report.files_to_repair.is_empty());
}

#[test]
fn genuine_hours_make_genuine_days_where_there_are_no_ticks() {
    let Some(mirror) = genuine() else { return };
    let report = check(&mirror, "EURUSD", "2019-02-05", "2019-03-01");
    assert_eq!((report.verdict, report.findings.total()), (Verdict::Passed, 0));
    assert_eq!(report.counts.days_of_hours, both(equal(24)));
    let january = check(&mirror, "EURUSD", "2019-01-01", "2019-02-01");
    assert_eq!((january.verdict, january.counts.days_of_hours.bid), (Verdict::Passed, equal(31)));
    assert_eq!(january.counts.days_of_hours.ask, Compared { only_coarser: 31, ..Compared::default() });
}

#[test]
fn a_range_without_two_files_to_compare_has_a_verdict_of_its_own() {
    let Some(mirror) = genuine() else { return };
    let ticks_alone = check(&mirror, "GBPJPY", "2012-12-01", "2013-01-01");
    assert_eq!((ticks_alone.verdict, ticks_alone.counts.n_ticks), (Verdict::NothingCompared, 1_298_479));
    let files = ticks_alone.counts.hour_tick_files;
    assert_eq!((files.data, files.empty, files.missing), (492, 252, 0));
    assert_eq!(ticks_alone.counts.n_compared(), 0);

    let hour_alone = check(&mirror, "BTCUSD", "2023-02-20T12:00:00Z", "2023-02-20T13:00:00Z");
    assert_eq!((hour_alone.verdict, hour_alone.counts.n_ticks), (Verdict::NothingCompared, 8_523));
    assert_eq!(hour_alone.counts.hours_of_day_files.only_finer, 1);

    let candles_alone = check(&mirror, "BTCUSD", "2023-02-01", "2023-02-20");
    assert_eq!(candles_alone.verdict, Verdict::NothingCompared);
    assert_eq!(candles_alone.counts.minutes.bid, Compared { only_coarser: 19 * 1_440, ..Compared::default() });
}

#[test]
fn where_the_range_has_ticks_traded_candles_without_are_findings() {
    let Some(mirror) = genuine() else { return };
    let report = check(&mirror, "BTCUSD", "2023-02-19", "2023-02-21");
    assert_eq!((report.verdict, report.findings.missing_ticks), (Verdict::Findings, 24));
    assert_eq!(report.findings.total(), 24);
    assert_eq!(report.files_to_repair.len(), 24);
    assert_eq!(report.files_to_repair[5].to_string(), "BTCUSD/2023/01/19/05h_ticks.bi5");
}

#[test]
fn another_feed_repeats_times_and_crosses_no_quote() {
    let Some(root) = data("oanda-mirror") else { return };
    let report = check(&Mirror::open(root).unwrap(), "XAUUSD", "2014-05-01", "2014-05-16");
    assert_eq!((report.verdict, report.counts.n_compared()), (Verdict::Findings, 0));
    assert!(report.findings.repeated_times > 0);
    assert_eq!(report.findings.repeated_times, report.findings.total());
}

#[test]
fn a_changed_price_is_found_in_the_candles_that_contain_it_and_nowhere_else() {
    let Some((_folder, mirror)) = copy() else { return };
    let file = hour_key("2019-02-04T13:00:00Z");
    let mut minute = String::new();
    change_ticks(&mirror, &file, |ticks| {
        let tick = middle_of_a_minute(ticks);
        minute = UnixNanos(ticks[tick].time.0.div_euclid(MINUTE) * MINUTE).to_string();
        let tick = &mut ticks[tick];
        (tick.bid, tick.ask) = (steps(tick.bid, 1_000.0), steps(tick.ask, 1_000.0));
    });
    let report = monday(&mirror);
    let high = || vec![CandleField::High];
    let mut expected = Vec::new();
    for (step, start) in [
        (CandleStep::Minute, minute.as_str()),
        (CandleStep::Hour, "2019-02-04T13:00:00Z"),
        (CandleStep::Day, "2019-02-04T00:00:00Z"),
    ] {
        expected.extend([Side::Bid, Side::Ask].map(|side| (step, side, start.to_owned(), high())));
    }
    assert_eq!(mismatches(&report), expected);
    let compared = Compared { equal: 1_439, different: 1, ..Compared::default() };
    assert_eq!((report.verdict, report.counts.minutes), (Verdict::Findings, both(compared)));
    assert_eq!(report.files_to_repair, [file]);
}

/// A tick that is neither the first nor the last of its minute.
fn middle_of_a_minute(ticks: &[Tick]) -> usize {
    let minute = |row: usize| ticks[row].time.0.div_euclid(MINUTE);
    (500..ticks.len()).find(|&row| minute(row - 1) == minute(row + 1)).unwrap()
}

#[test]
fn a_difference_on_one_side_blames_the_ticks_and_that_sides_minutes() {
    let Some((_folder, mirror)) = copy() else { return };
    let file = hour_key("2019-02-04T13:00:00Z");
    change_ticks(&mirror, &file, |ticks| {
        let tick = middle_of_a_minute(ticks);
        ticks[tick].bid_volume += 0.5;
        // The hour keeps its volume.
        let other = ticks.iter().rposition(|tick| tick.bid_volume > 1.0).unwrap();
        ticks[other].bid_volume -= 0.5;
    });
    let report = monday(&mirror);
    let found = mismatches(&report);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|(step, side, _, fields)| {
        (*step, *side) == (CandleStep::Minute, Side::Bid) && *fields == [CandleField::Volume]
    }));
    let minutes = key(FileKind::Candles(CandleStep::Minute, Side::Bid), "2019-02-04");
    assert_eq!(report.files_to_repair, [minutes, file]);
}

#[test]
fn a_lost_hour_of_ticks_is_one_finding_whether_its_file_is_gone_or_empty() {
    let Some((_folder, mirror)) = copy() else { return };
    let file = hour_key("2019-02-04T07:00:00Z");
    for is_empty in [false, true] {
        if is_empty {
            mirror.write_file(&file, &[]).unwrap();
        } else {
            fs::remove_file(mirror.path(&file)).unwrap();
        }
        let report = monday(&mirror);
        let kind = FindingKind::MissingTicks { file_is_there: is_empty, n_traded: 60 };
        assert_eq!(report.examples, [Finding { file: file.clone(), start: file.start(), kind }]);
        assert_eq!(report.files_to_repair, std::slice::from_ref(&file));
        let counts = &report.counts;
        assert_eq!(counts.minutes, both(Compared { equal: 1_380, only_coarser: 60, ..Compared::default() }));
        assert_eq!(counts.hours, both(Compared { equal: 23, only_coarser: 1, ..Compared::default() }));
        assert_eq!(counts.days, both(Compared { only_coarser: 1, ..Compared::default() }));
        assert_eq!((counts.hours_of_minutes, counts.days_of_hours), (both(equal(1)), both(equal(1))));
    }
}

#[test]
fn swapped_hours_are_found_and_no_other() {
    let Some((folder, mirror)) = copy() else { return };
    let (ten, eleven) = (hour_key("2019-02-04T10:00:00Z"), hour_key("2019-02-04T11:00:00Z"));
    let aside = folder.path().join("aside");
    fs::rename(mirror.path(&ten), &aside).unwrap();
    fs::rename(mirror.path(&eleven), mirror.path(&ten)).unwrap();
    fs::rename(&aside, mirror.path(&eleven)).unwrap();
    let mut starts = Vec::new();
    let range = at("2019-02-04")..at("2019-02-05");
    let report = verify(&mirror, &symbol("EURUSD"), range, &VerifyOptions::default(), &mut |event| {
        if let VerifyEvent::Finding(finding) = event {
            starts.push(finding.start);
        }
    })
    .unwrap();
    assert_eq!(starts.len() as u64, report.findings.total());
    assert!(starts.is_sorted());
    assert!(starts.iter().all(|start| (ten.start()..eleven.end()).contains(start)));
    assert_eq!((report.counts.hours.bid.different, report.counts.hours.ask.different), (2, 2));
    assert_eq!(report.counts.days, both(equal(1)));
    assert_eq!(report.files_to_repair, [ten, eleven]);
    assert!(report.counts.minutes.bid.different > 100);
    assert!((report.examples.len() as u64) < report.findings.total());
}

#[test]
fn files_that_break_off_are_named_with_the_reason() {
    let Some((_folder, mirror)) = copy() else { return };
    let ticks = hour_key("2019-02-04T20:00:00Z");
    let minutes = key(FileKind::Candles(CandleStep::Minute, Side::Bid), "2019-02-04");
    let days = key(FileKind::Candles(CandleStep::Day, Side::Ask), "2019-02-04");
    for key in [&ticks, &minutes, &days] {
        let bytes = fs::read(mirror.path(key)).unwrap();
        fs::write(mirror.path(key), &bytes[..bytes.len() / 2]).unwrap();
    }
    let report = monday(&mirror);
    let named: Vec<_> = report.examples.iter().map(|finding| finding.file.clone()).collect();
    // The file of a year comes first, then the day's by time.
    assert_eq!(named, [days.clone(), minutes.clone(), ticks.clone()]);
    for finding in &report.examples {
        let FindingKind::Undecodable { error } = &finding.kind else { panic!("{finding:?}") };
        assert!(error.starts_with("the stream breaks off at byte"), "{error}");
    }
    let mut expected = vec![days, minutes, ticks];
    expected.sort();
    assert_eq!(report.files_to_repair, expected);
    let counts = &report.counts;
    assert_eq!(counts.minutes.bid, Compared { only_finer: 1_380, ..Compared::default() });
    assert_eq!(counts.minutes.ask, Compared { equal: 1_380, only_coarser: 60, ..Compared::default() });
    assert_eq!(counts.hours_of_minutes.ask, equal(1));
    assert_eq!(counts.hour_tick_files.undecodable, 1);
}

#[test]
fn a_longer_candle_that_differs_alone_is_blamed_alone() {
    let Some((_folder, mirror)) = copy() else { return };
    let file = key(FileKind::Candles(CandleStep::Hour, Side::Ask), "2019-02-01");
    change_candles(&mirror, &file, |candles| {
        let row = candles.iter().position(|candle| candle.open_time == at("2019-02-04T16:00:00Z")).unwrap();
        candles[row].volume += 1.0;
    });
    let report = monday(&mirror);
    let expected = (CandleStep::Hour, Side::Ask, "2019-02-04T16:00:00Z".to_owned(), vec![CandleField::Volume]);
    assert_eq!(mismatches(&report), [expected]);
    assert_eq!(report.files_to_repair, [file]);
}

#[test]
fn the_report_is_the_same_for_any_number_of_threads() {
    let Some((_folder, mirror)) = copy() else { return };
    change_ticks(&mirror, &hour_key("2019-02-04T13:00:00Z"), |ticks| ticks.truncate(1_000));
    fs::write(mirror.path(&key(FileKind::Candles(CandleStep::Hour, Side::Bid), "2019-01-01")), b"no candles").unwrap();
    let run = |n_threads| {
        let mut events = Vec::new();
        let options = VerifyOptions { n_threads: NonZeroUsize::new(n_threads).unwrap(), ..VerifyOptions::default() };
        let range = at("2019-01-20")..at("2019-02-20");
        let mut listen = |event: VerifyEvent<'_>| events.push(format!("{event:?}"));
        let report = verify(&mirror, &symbol("EURUSD"), range, &options, &mut listen).unwrap();
        (serde_json::to_string(&report).unwrap(), events)
    };
    let (report, events) = run(1);
    assert!(events.len() > 100 && events.iter().filter(|event| event.starts_with("Days")).count() == 2);
    assert!(events.last().unwrap() == "Days { done: 31, total: 31 }");
    for n_threads in [2, 7] {
        assert!(run(n_threads) == (report.clone(), events.clone()), "{n_threads} threads");
    }
}

/// A mirror made by hand: four ticks on a Monday, and their minutes, hours and day.
fn made() -> (TempDir, Mirror) {
    let folder = tempfile::tempdir().unwrap();
    let mirror = Mirror::open(folder.path()).unwrap();
    write_ticks(&mirror, &hour_key("2019-02-04T10:00:00Z"), &made_ticks()[..3]);
    mirror.write_file(&hour_key("2019-02-04T11:00:00Z"), &[]).unwrap();
    write_ticks(&mirror, &hour_key("2019-02-04T12:00:00Z"), &made_ticks()[3..]);
    // open, high, low, close and volume of the bid; the ask is 2 steps higher and has twice the volume.
    let traded: [(CandleStep, &str, [u32; 4], f64); 6] = [
        (CandleStep::Minute, "2019-02-04T10:00:00Z", [110_000, 110_007, 110_000, 110_007], 1.5),
        (CandleStep::Minute, "2019-02-04T10:01:00Z", [109_990, 109_990, 109_990, 109_990], 0.25),
        (CandleStep::Minute, "2019-02-04T12:30:00Z", [110_020, 110_020, 110_020, 110_020], 2.0),
        (CandleStep::Hour, "2019-02-04T10:00:00Z", [110_000, 110_007, 109_990, 109_990], 1.75),
        (CandleStep::Hour, "2019-02-04T12:00:00Z", [110_020, 110_020, 110_020, 110_020], 2.0),
        (CandleStep::Day, "2019-02-04T00:00:00Z", [110_000, 110_020, 109_990, 110_020], 3.75),
    ];
    for (step, n_candles) in [(CandleStep::Minute, 1_440), (CandleStep::Hour, 28 * 24), (CandleStep::Day, 365)] {
        for (side, higher, volumes) in [(Side::Bid, 0, 1.0), (Side::Ask, 2, 2.0)] {
            let file = key(FileKind::Candles(step, side), "2019-02-04");
            let mut level = f64::from(109_950 + higher) / 1e5;
            let candle = |index: i64| {
                let open_time = UnixNanos(file.start().0 + index * step.timeframe().nanos());
                let found = traded.iter().find(|row| row.0 == step && at(row.1) == open_time);
                let (prices, volume) = found.map_or(([level; 4], 0.0), |row| {
                    (row.2.map(|units| f64::from(units + higher) / 1e5), row.3 * volumes)
                });
                let [open, high, low, close] = prices;
                level = close;
                Candle { open_time, open, high, low, close, volume }
            };
            write_candles(&mirror, &file, &(0..n_candles).map(candle).collect::<Vec<_>>());
        }
    }
    (folder, mirror)
}

fn made_ticks() -> [Tick; 4] {
    let tick = |time, bid, volume: f64| {
        let (bid, ask) = (f64::from(bid) / 1e5, f64::from(bid + 2) / 1e5);
        Tick { time: at(time), bid, ask, bid_volume: volume, ask_volume: 2.0 * volume }
    };
    [
        tick("2019-02-04T10:00:01Z", 110_000, 0.5),
        tick("2019-02-04T10:00:59Z", 110_007, 1.0),
        tick("2019-02-04T10:01:30Z", 109_990, 0.25),
        tick("2019-02-04T12:30:00Z", 110_020, 2.0),
    ]
}

#[test]
fn flat_candles_stand_for_times_without_ticks_and_for_nothing_else() {
    let (_folder, mirror) = made();
    let report = monday(&mirror);
    assert_eq!((report.verdict, report.findings.total()), (Verdict::Passed, 0));
    // The hours 10, 11 and 12 are known; of the others there is no file, and their candles are flat.
    let minutes = Compared { equal: 180, only_coarser: 21 * 60, ..Compared::default() };
    assert_eq!((report.counts.minutes, report.counts.n_ticks), (both(minutes), 4));
    assert_eq!(report.counts.hours, both(Compared { equal: 3, only_coarser: 21, ..Compared::default() }));
    assert_eq!((report.counts.hours_of_minutes, report.counts.days_of_hours), (both(equal(21)), both(equal(1))));

    let file = key(FileKind::Candles(CandleStep::Minute, Side::Bid), "2019-02-04");
    change_candles(&mirror, &file, |candles| {
        candles[11 * 60].volume = 0.01;
        candles[11 * 60 + 1].high = 1.2;
        // Flat and without volume, but at another price than before.
        let Candle { open, high, low, close, .. } = &mut candles[12 * 60];
        for price in [open, high, low, close] {
            *price = 1.09;
        }
    });
    let report = monday(&mirror);
    assert_eq!(report.findings.missing_ticks, 1); // of 11:00, told by the minutes
    let n_fields = report.examples.iter().filter_map(|finding| match &finding.kind {
        FindingKind::CandleMismatch { step: CandleStep::Minute, derived: None, fields, .. } => Some(fields.len()),
        _ => None,
    });
    assert_eq!(n_fields.collect::<Vec<_>>(), [4, 4]); // 12:00, and 12:01 for the close before it
}

#[test]
fn a_day_file_is_compared_with_the_hour_files_tick_by_tick() {
    let (_folder, mirror) = made();
    let file = key(FileKind::Ticks(TickSpan::Day), "2019-02-04");
    write_ticks(&mirror, &file, &made_ticks());
    let report = monday(&mirror);
    let compared = Compared { equal: 3, only_coarser: 21, ..Compared::default() };
    assert_eq!((report.verdict, report.counts.hours_of_day_files), (Verdict::Passed, compared));
    // With a day file, every hour is known.
    assert_eq!((report.counts.minutes, report.counts.days), (both(equal(1_440)), both(equal(1))));

    change_ticks(&mirror, &file, |ticks| ticks[1].ask_volume += 1.0);
    let report = monday(&mirror);
    let first_time = at("2019-02-04T10:00:59Z");
    let kind = FindingKind::HourDayMismatch { n_hour_file: 2 + 1, n_day_file: 3, first_time };
    let hour = hour_key("2019-02-04T10:00:00Z");
    assert_eq!(report.examples, [Finding { file: file.clone(), start: hour.start(), kind }]);
    assert_eq!(report.files_to_repair, [file.clone(), hour]);

    for hour in ["10", "11", "12"] {
        fs::remove_file(mirror.path(&hour_key(&format!("2019-02-04T{hour}:00:00Z")))).unwrap();
    }
    let report = monday(&mirror);
    assert_eq!(report.counts.hours_of_day_files, Compared { only_coarser: 24, ..Compared::default() });
    let fields: Vec<_> = mismatches(&report).into_iter().map(|(step, side, _, fields)| (step, side, fields)).collect();
    let volume = |step| (step, Side::Ask, vec![CandleField::Volume]);
    assert_eq!(fields, [volume(CandleStep::Minute), volume(CandleStep::Hour), volume(CandleStep::Day)]);
    assert_eq!(report.files_to_repair, [file]);
}

#[test]
fn candles_that_lack_are_found_where_there_are_ticks() {
    let (_folder, mirror) = made();
    let file = key(FileKind::Candles(CandleStep::Minute, Side::Ask), "2019-02-04");
    change_candles(&mirror, &file, |candles| candles.truncate(10 * 60 + 1));
    let report = monday(&mirror);
    let kind = FindingKind::MissingCandles { n_candles: 2 };
    let start = at("2019-02-04T10:01:00Z");
    assert_eq!(report.examples, [Finding { file: file.clone(), start, kind }]);
    assert_eq!(report.files_to_repair, [file]);
    // The file ends before 11:00, so that it does not say what the hours after that were.
    assert_eq!(report.counts.hours_of_minutes.ask, Compared { equal: 10, only_coarser: 11, ..Compared::default() });
}

#[test]
fn minutes_that_do_not_make_the_hour_blame_both_files() {
    let (_folder, mirror) = made();
    fs::remove_file(mirror.path(&hour_key("2019-02-04T12:00:00Z"))).unwrap();
    let minutes = key(FileKind::Candles(CandleStep::Minute, Side::Bid), "2019-02-04");
    change_candles(&mirror, &minutes, |candles| candles[12 * 60 + 30].high = 1.1003);
    let report = monday(&mirror);
    assert_eq!((report.findings.missing_ticks, report.findings.candle_mismatch), (1, 1));
    let FindingKind::CandleMismatch { finer, step, fields, official, derived, .. } = &report.examples[1].kind else {
        panic!("{report:?}")
    };
    assert_eq!((*finer, *step, fields.as_slice()), (Finer::Candles, CandleStep::Hour, &[CandleField::High][..]));
    assert_eq!((official.high, derived.unwrap().high), (1.1002, 1.1003));
    let hours = key(FileKind::Candles(CandleStep::Hour, Side::Bid), "2019-02-04");
    let mut expected = vec![hours, minutes, hour_key("2019-02-04T12:00:00Z")];
    expected.sort();
    assert_eq!(report.files_to_repair, expected);
}

#[test]
fn impossible_quotes_are_found_by_hour_and_repaired_unless_candles_confirm_them() {
    let folder = tempfile::tempdir().unwrap();
    let mirror = Mirror::open(folder.path()).unwrap();
    let file = hour_key("2019-02-04T10:00:00Z");
    let [first, second, third, _] = made_ticks();
    let crossed = Tick { bid: first.ask, ask: first.bid, ..second };
    let wide = Tick { ask: 1.3, ..third };
    write_ticks(&mirror, &file, &[first, first, Tick { bid: 1.0, ..first }, crossed, wide]);
    let report = monday(&mirror);
    let kinds: Vec<_> = report.examples.iter().map(|finding| finding.kind.clone()).collect();
    let widest_fraction = (1.3 - 1.0999) / 1.0999;
    assert_eq!(
        kinds,
        [
            FindingKind::CrossedQuotes { n_ticks: 1, first_time: second.time },
            FindingKind::RepeatedTimes { n_ticks: 2, n_identical: 1, first_time: first.time },
            FindingKind::WideSpreads { n_ticks: 2, first_time: first.time, widest_fraction },
        ]
    );
    assert_eq!((report.verdict, report.files_to_repair), (Verdict::Findings, vec![file.clone()]));

    // The same ticks with official minutes that are made of them.
    let (_folder, mirror) = made();
    write_ticks(&mirror, &file, &[first, second, second, third]);
    for (side, volume) in [(Side::Bid, 2.5), (Side::Ask, 5.0)] {
        let minutes = key(FileKind::Candles(CandleStep::Minute, side), "2019-02-04");
        change_candles(&mirror, &minutes, |candles| candles[10 * 60].volume = volume);
        let hours = key(FileKind::Candles(CandleStep::Hour, side), "2019-02-04");
        change_candles(&mirror, &hours, |candles| candles[3 * 24 + 10].volume = 1.1 * volume);
        let days = key(FileKind::Candles(CandleStep::Day, side), "2019-02-04");
        change_candles(&mirror, &days, |candles| candles[34].volume = 1.9 * volume);
    }
    let report = monday(&mirror);
    assert_eq!((report.findings.repeated_times, report.findings.total()), (1, 1), "{:?}", report.examples);
    assert!(report.files_to_repair.is_empty());
}

#[test]
fn the_report_is_machine_readable() {
    let (_folder, mirror) = made();
    change_ticks(&mirror, &hour_key("2019-02-04T12:00:00Z"), |ticks| ticks[0].ask = 1.10023);
    let report = serde_json::to_value(monday(&mirror)).unwrap();
    assert_eq!((&report["symbol"], &report["verdict"]), (&"EURUSD".into(), &"findings".into()));
    assert_eq!((&report["from"], &report["to"]), (&"2019-02-04T00:00:00Z".into(), &"2019-02-05T00:00:00Z".into()));
    assert_eq!(report["counts"]["minutes"]["ask"]["different"], 1);
    let finding = report["examples"].as_array().unwrap().iter().find(|finding| finding["step"] == "minute").unwrap();
    let mut expected = serde_json::json!({
        "file": "EURUSD/2019/01/04/ASK_candles_min_1.bi5",
        "start": "2019-02-04T12:30:00Z",
        "kind": "candle_mismatch",
        "finer": "ticks",
        "step": "minute",
        "side": "ask",
        "fields": ["open", "high", "low", "close"],
    });
    let candle =
        |price: f64| serde_json::json!({ "open": price, "high": price, "low": price, "close": price, "volume": 4.0 });
    expected["derived"] = candle(1.10023);
    expected["official"] = candle(1.10022);
    assert_eq!(*finding, expected);
    assert_eq!(report["files_to_repair"], serde_json::json!(["EURUSD/2019/01/04/12h_ticks.bi5"]));
}

#[test]
fn all_findings_are_counted_and_told_but_only_some_are_kept() {
    let (_folder, mirror) = made();
    let file = key(FileKind::Candles(CandleStep::Minute, Side::Bid), "2019-02-04");
    change_candles(&mirror, &file, |candles| {
        candles[10 * 60..11 * 60].iter_mut().for_each(|candle| candle.high = 1.2);
    });
    let (mut n_told, options) = (0, VerifyOptions { max_examples: 3, ..VerifyOptions::default() });
    let mut count = |event: VerifyEvent<'_>| n_told += u64::from(matches!(event, VerifyEvent::Finding(_)));
    let range = at("2019-02-04")..at("2019-02-05");
    let report = verify(&mirror, &symbol("EURUSD"), range, &options, &mut count).unwrap();
    assert_eq!((report.findings.candle_mismatch, report.examples.len(), n_told), (60, 3, 60));
}

#[test]
fn a_range_that_is_none_and_a_symbol_that_is_not_there_are_errors() {
    let (_folder, mirror) = made();
    let run = |name: &str, from: i64, to: i64| {
        let range = UnixNanos(from)..UnixNanos(to);
        verify(&mirror, &symbol(name), range, &VerifyOptions::default(), &mut |_| ()).unwrap_err()
    };
    assert!(matches!(run("EURUSD", HOUR, HOUR), Error::EmptyRange { .. }));
    assert!(matches!(run("EURUSD", 0, i64::MAX), Error::Period { .. }));
    assert!(matches!(run("GBPUSD", 0, HOUR), Error::NoSymbol { .. }));
    let report = check(&mirror, "EURUSD", "2020-01-01", "2020-01-03");
    assert_eq!((report.verdict, report.counts.n_days), (Verdict::NothingCompared, 2));
}
