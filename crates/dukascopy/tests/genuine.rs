//! Genuine files. Skipped, visibly, where the shared data folder is not there.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic and say that it is skipped")]

use std::path::{Path, PathBuf};

use dukascopy::{
    Candle, CandleStep, Error, FileKey, FileKind, FileState, HourStatus, Mirror, Side, TickHistory, TickSpan,
    decode_candles, decode_ticks, traded_bars,
};
use market::{BarsView, Symbol, Ticks, UnixNanos, aggregate};

fn mirror(name: &str) -> Option<Mirror> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if !root.is_dir() {
        println!("skipped: shared data folder is not there");
        return None;
    }
    Some(Mirror::open(PathBuf::from(&root)).unwrap())
}

fn symbol(name: &str) -> Symbol {
    name.parse().unwrap()
}

fn at(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

fn candles(mirror: &Mirror, name: &str, kind: FileKind, time: UnixNanos) -> Vec<Candle> {
    let mut candles = Vec::new();
    let key = FileKey::new(symbol(name), kind, time).unwrap();
    assert_eq!(mirror.read_candles(&key, &mut candles).unwrap(), FileState::Data);
    candles
}

/// The feed rounds a candle's volume to two decimals and stores it as float32.
fn rounded(volume: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, reason = "the feed's own precision")]
    f64::from(((volume * 100.0).round() / 100.0) as f32)
}

/// Every candle inside of the bars' time has a bar with the same numbers, or is flat at the close before it with volume
/// 0; and every bar has a candle. Returns the numbers of traded and of flat candles.
fn compare(candles: &[Candle], bars: BarsView<'_>) -> (usize, usize) {
    let mut bars = bars.iter().peekable();
    let (mut traded, mut flat, mut last_close) = (0, 0, None);
    for candle in candles {
        if let Some(bar) = bars.next_if(|bar| bar.open_time == candle.open_time) {
            assert_eq!(
                (candle.open, candle.high, candle.low, candle.close, candle.volume),
                (bar.open, bar.high, bar.low, bar.close, rounded(bar.volume)),
                "{}",
                candle.open_time
            );
            traded += 1;
        } else {
            let level = last_close.unwrap_or(candle.open);
            assert_eq!((candle.open, candle.high, candle.low, candle.close), (level, level, level, level));
            assert!(candle.volume == 0.0);
            flat += 1;
        }
        last_close = Some(candle.close);
    }
    assert_eq!(bars.next(), None, "a bar without a candle");
    (traded, flat)
}

fn eurusd_day(mirror: &Mirror) -> TickHistory {
    mirror.read_ticks(&symbol("EURUSD"), at("2019-02-04")..at("2019-02-05")).unwrap()
}

#[test]
fn ticks_make_dukascopys_own_minute_hour_and_day_candles() {
    let Some(mirror) = mirror("dukascopy") else { return };
    let (day, next) = (at("2019-02-04"), at("2019-02-05"));
    let history = eurusd_day(&mirror);
    assert_eq!((history.ticks.len(), history.coverage.count(HourStatus::Data)), (136_741, 24));
    for side in [Side::Bid, Side::Ask] {
        for (step, expected) in [(CandleStep::Minute, 1_440), (CandleStep::Hour, 24), (CandleStep::Day, 1)] {
            let mut candles = candles(&mirror, "EURUSD", FileKind::Candles(step, side), day);
            candles.retain(|candle| candle.open_time >= day && candle.open_time < next);
            let bars = aggregate(history.ticks.view(), step.timeframe()).bars(side.into());
            assert_eq!(compare(&candles, bars.view()), (expected, 0), "{side:?} {step:?}");
        }
    }
}

#[test]
fn closed_periods_are_flat_candles_and_are_left_out_of_traded_bars() {
    let Some(mirror) = mirror("dukascopy") else { return };
    let kind = FileKind::Candles(CandleStep::Hour, Side::Bid);
    let candles = candles(&mirror, "EURUSD", kind, at("2019-02-04"));
    assert_eq!(candles.len(), 28 * 24);
    let bars = traded_bars(&candles, CandleStep::Hour).unwrap();
    // Saturday 2 February is in the file and not among the bars; Monday 4 February is in both.
    let hours = |from: &str, to: &str| {
        let inside = |time: &UnixNanos| (at(from)..at(to)).contains(time);
        let in_file = candles.iter().filter(|candle| inside(&candle.open_time)).count();
        (in_file, bars.view().open_time.iter().filter(|time| inside(time)).count())
    };
    assert_eq!(hours("2019-02-02", "2019-02-03"), (24, 0));
    assert_eq!(hours("2019-02-04", "2019-02-05"), (24, 24));
    assert_eq!(compare(&candles, bars.view()).0, bars.len());
}

#[test]
fn a_month_of_gbpjpy_has_all_its_hours() {
    let Some(mirror) = mirror("dukascopy") else { return };
    let history = mirror.read_ticks(&symbol("GBPJPY"), at("2012-12-01")..at("2013-01-01")).unwrap();
    let coverage = &history.coverage;
    assert_eq!(coverage.hours.len(), 744);
    assert_eq!((coverage.count(HourStatus::Empty), coverage.count(HourStatus::Missing)), (252, 0));
    assert_eq!((history.ticks.len(), coverage.n_ticks()), (1_298_479, 1_298_479));
    let ticks = history.ticks.view();
    assert!(ticks.time.is_sorted_by(|a, b| a < b));
    assert!(ticks.bid.iter().zip(ticks.ask).all(|(bid, ask)| bid <= ask && *bid > 130.0 && *ask < 145.0));
}

#[test]
fn bitcoin_has_its_scale_and_its_flat_minutes() {
    let Some(mirror) = mirror("dukascopy") else { return };
    let minutes = FileKind::Candles(CandleStep::Minute, Side::Bid);
    let mut n_traded = Vec::new();
    for day in 1..=19 {
        let candles = candles(&mirror, "BTCUSD", minutes, at(&format!("2023-02-{day:02}")));
        assert_eq!(candles.len(), 1_440);
        assert!(candles.iter().all(|candle| candle.low > 20_000.0 && candle.high < 26_000.0));
        n_traded.push(traded_bars(&candles, CandleStep::Minute).unwrap().len());
    }
    // The JSON interface of the feed leaves flat minutes out and has 1,437 for the 19th.
    assert_eq!(n_traded[18], 1_437);
    let days = FileKind::Candles(CandleStep::Day, Side::Bid);
    for (year, n_days) in [(2018, 365), (2019, 365), (2020, 366), (2021, 365), (2022, 365)] {
        assert_eq!(candles(&mirror, "BTCUSD", days, at(&format!("{year}-06-01"))).len(), n_days);
    }
    let hour = at("2023-02-20T12:00:00Z");
    let (coverage, ticks) = mirror.hours(&symbol("BTCUSD")).unwrap().read(hour).unwrap();
    assert_eq!((coverage.status, ticks.len()), (HourStatus::Data, 8_523));
}

#[test]
fn another_feeds_ticks_in_the_same_layout_decode() {
    let Some(mirror) = mirror("oanda-mirror") else { return };
    let range = at("2014-05-01")..at("2014-05-16");
    let history = mirror.read_ticks(&symbol("EURUSD"), range.clone()).unwrap();
    assert_eq!((history.coverage.hours.len(), history.ticks.len()), (360, 532_903));
    assert!(history.ticks.view().bid.iter().all(|bid| (1.3..1.5).contains(bid)));
    let gold = mirror.read_ticks(&symbol("XAUUSD"), range).unwrap();
    assert!(gold.ticks.view().bid.iter().all(|bid| (1_200.0..1_400.0).contains(bid)));
}

#[test]
fn streaming_gives_the_same_ticks_as_reading() {
    let Some(mirror) = mirror("dukascopy") else { return };
    let mut ticks = Ticks::default();
    let range = at("2019-02-04")..at("2019-02-05");
    let mut add = |hour: Result<dukascopy::Hour<'_>, Error>| {
        hour?.ticks.iter().for_each(|tick| ticks.push(tick).unwrap());
        Ok(())
    };
    mirror.for_each_hour(&symbol("EURUSD"), range, &mut add).unwrap();
    assert_eq!(ticks, eurusd_day(&mirror).ticks);
}

#[test]
fn genuine_ticks_and_candles_are_not_mistaken_for_each_other() {
    let Some(mirror) = mirror("dukascopy") else { return };
    let (eurusd, day) = (symbol("EURUSD"), at("2019-02-04"));
    let scale = mirror.scale(&eurusd).unwrap();
    let mut bytes = Vec::new();
    let minutes = FileKind::Candles(CandleStep::Minute, Side::Bid);
    mirror.read_file(&FileKey::new(eurusd.clone(), minutes, day).unwrap(), &mut bytes).unwrap();
    for span in [TickSpan::Hour, TickSpan::Day] {
        assert!(decode_ticks(&bytes, span, day, scale, &mut Ticks::default()).is_err());
    }
    for hour in 0..24 {
        let time = UnixNanos(day.0 + hour * 3_600_000_000_000);
        mirror
            .read_file(&FileKey::new(eurusd.clone(), FileKind::Ticks(TickSpan::Hour), time).unwrap(), &mut bytes)
            .unwrap();
        assert!(decode_candles(&bytes, CandleStep::Minute, day, scale, &mut Vec::new()).is_err());
    }
}
