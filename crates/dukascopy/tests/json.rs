//! The JSON protocol: golden files of another reader, genuine replies beside bi5 files of the same time, faults, laws.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic and say that it is skipped")]

use std::fs;
use std::path::{Path, PathBuf};

use dukascopy::{
    Candle, CandleStep, Error, FileKey, FileKind, JsonPath, JsonSession, Mirror, PriceScale, Side, TickSpan,
    decode_history_start, decode_history_starts, decode_json_candles, decode_json_instrument, decode_json_ticks,
    decode_ticks, encode_history_start, encode_history_starts, encode_json_candles, encode_json_ticks, instrument,
    instruments, json_code, json_path, json_symbol, traded_bars,
};
use market::{Tick, Ticks, UnixNanos};
use proptest::collection::vec;
use proptest::prelude::*;

fn at(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

fn scale(decimals: u8) -> PriceScale {
    PriceScale::new(decimals).unwrap()
}

fn ticks_of(reply: &[u8], hour: UnixNanos, scale: PriceScale) -> Result<Ticks, Error> {
    let mut ticks = Ticks::default();
    decode_json_ticks(reply, hour, scale, &mut ticks).map(|_| ticks)
}

fn candles_of(reply: &[u8], step: CandleStep, start: UnixNanos, scale: PriceScale) -> Result<Vec<Candle>, Error> {
    let mut candles = Vec::new();
    decode_json_candles(reply, step, start, scale, &mut candles).map(|_| candles)
}

mod golden {
    use super::*;

    fn read(name: &str) -> Vec<u8> {
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)).unwrap()
    }

    fn rows<const N: usize>(name: &str) -> Vec<[f64; N]> {
        let text = String::from_utf8(read(name)).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
        lines
            .map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect::<Vec<_>>().try_into().unwrap())
            .collect()
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds of a day; float32 is the format's precision"
    )]
    fn tick([millis, bid, ask, bid_volume, ask_volume]: [f64; 5]) -> Tick {
        let volume = |units: f64| f64::from((units.round_ties_even() / 1e6) as f32);
        let time = UnixNanos(at("2019-02-04").0 + millis as i64 * 1_000_000);
        Tick { time, bid, ask, bid_volume: volume(bid_volume), ask_volume: volume(ask_volume) }
    }

    fn expected_ticks(name: &str) -> Ticks {
        let mut ticks = Ticks::default();
        for row in rows(name) {
            ticks.push(tick(row)).unwrap();
        }
        ticks
    }

    #[test]
    fn ticks_are_those_of_another_reader() {
        let expected = expected_ticks("json_ticks.csv");
        assert_eq!(expected.len(), 600);
        assert_eq!(ticks_of(&read("json_ticks.json"), at("2019-02-04T13:00:00Z"), scale(3)).unwrap(), expected);
    }

    #[test]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds of a day; float32 is the format's precision"
    )]
    fn candles_are_those_of_another_reader() {
        let candle = |[millis, open, high, low, close, volume]: [f64; 6]| Candle {
            open_time: UnixNanos(at("2019-02-04").0 + millis as i64 * 1_000_000),
            open,
            high,
            low,
            close,
            volume: f64::from(volume as f32),
        };
        let expected: Vec<Candle> = rows("json_candles.csv").into_iter().map(candle).collect();
        assert!(expected.len() > 600);
        let reply = read("json_candles.json");
        assert_eq!(candles_of(&reply, CandleStep::Minute, at("2019-02-04"), scale(5)).unwrap(), expected);
    }

    #[test]
    fn another_reader_reads_what_is_encoded_here() {
        let (hour, mut ticks, mut reply) = (at("2019-02-04T13:00:00Z"), Ticks::default(), Vec::new());
        decode_ticks(&read("ticks_size.bi5"), TickSpan::Hour, hour, scale(5), &mut ticks).unwrap();
        encode_json_ticks(ticks.view(), hour, scale(5), &mut reply).unwrap();
        assert!(reply == read("encoded_json_ticks.json"), "another reply than that which the other reader has read");
        let read_there = expected_ticks("encoded_json_ticks.csv");
        assert_eq!(read_there.len(), ticks.len());
        for (there, here) in read_there.view().iter().zip(ticks.view().iter()) {
            assert_eq!((there.time, there.bid, there.ask), (here.time, here.bid, here.ask));
            // The bi5 file's volumes are not whole units, which JSON rounds them to.
            assert!(
                (there.bid_volume - here.bid_volume).abs() < 1e-6 && (there.ask_volume - here.ask_volume).abs() < 1e-6
            );
        }
    }
}

mod genuine {
    use super::*;

    fn shared(path: &str) -> Option<PathBuf> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
        if path.exists() {
            return Some(path);
        }
        println!("skipped: shared data folder is not there");
        None
    }

    fn reply(name: &str) -> Option<Vec<u8>> {
        shared(&format!("jetta/{name}.json")).map(|path| fs::read(path).unwrap())
    }

    fn bi5(path: &str) -> Vec<Candle> {
        let (mirror, mut candles) = (Mirror::open(shared("dukascopy").unwrap()).unwrap(), Vec::new());
        mirror.read_candles(&path.parse().unwrap(), &mut candles).unwrap();
        candles
    }

    #[test]
    fn an_hour_of_ticks_equals_the_bi5_file_in_every_bit() {
        let Some(reply) = reply("ticks-BTC-USD-2023-2-20-12") else { return };
        let (hour, scale) = (at("2023-02-20T12:00:00Z"), instrument("BTCUSD").unwrap().scale);
        let file = fs::read(shared("dukascopy/BTCUSD/2023/01/20/12h_ticks.bi5").unwrap()).unwrap();
        let mut expected = Ticks::default();
        assert_eq!(decode_ticks(&file, TickSpan::Hour, hour, scale, &mut expected).unwrap(), 8_523);
        assert_eq!(ticks_of(&reply, hour, scale).unwrap(), expected);
    }

    #[test]
    fn minutes_equal_the_bi5_file_without_its_flat_fill() {
        let Some(reply) = reply("candles-minute-BTC-USD-BID-2023-2-19") else { return };
        let start = at("2023-02-19");
        let candles = candles_of(&reply, CandleStep::Minute, start, instrument("BTCUSD").unwrap().scale).unwrap();
        let all = bi5("BTCUSD/2023/01/19/BID_candles_min_1.bi5");
        assert_eq!((candles.len(), all.len()), (1_437, 1_440));
        let expected: Vec<Candle> = all.iter().filter(|candle| candle.volume > 0.0).copied().collect();
        assert_eq!(candles, expected);
        assert_eq!(traded_bars(&all, CandleStep::Minute).unwrap().len(), 1_437);
    }

    /// Since the bi5 files were kept, the feed has revised the volumes of hours and days, in 2019 and 2020 also prices.
    #[test]
    fn hours_and_days_have_the_times_and_prices_of_the_bi5_files() {
        for (name, file, step, start, n_candles) in [
            ("candles-hour-BTC-USD-BID-2023-1", "2023/00/BID_candles_hour_1", CandleStep::Hour, "2023-01-01", 730),
            ("candles-day-BTC-USD-BID-2018", "2018/BID_candles_day_1", CandleStep::Day, "2018-01-01", 312),
            ("candles-day-BTC-USD-BID-2021", "2021/BID_candles_day_1", CandleStep::Day, "2021-01-01", 365),
        ] {
            let Some(reply) = reply(name) else { return };
            let candles = candles_of(&reply, step, at(start), instrument("BTCUSD").unwrap().scale).unwrap();
            assert_eq!(candles.len(), n_candles);
            let all = bi5(&format!("BTCUSD/{file}.bi5"));
            let expected: Vec<Candle> = all.into_iter().filter(|candle| candle.volume > 0.0).collect();
            let prices = |candle: &Candle| (candle.open_time, [candle.open, candle.high, candle.low, candle.close]);
            assert_eq!(candles.iter().map(prices).collect::<Vec<_>>(), expected.iter().map(prices).collect::<Vec<_>>());
            for (found, kept) in candles.iter().zip(&expected) {
                assert!((found.volume - kept.volume).abs() < 1e-5, "{}", found.open_time);
            }
        }
    }

    #[test]
    fn every_reply_encodes_to_the_same_json() {
        let value = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
        for (name, symbol, step, start) in [
            ("candles-minute-EUR-USD-BID-2026-7-10", "EURUSD", CandleStep::Minute, "2026-07-10"),
            ("candles-minute-EUR-USD-BID-2026-7-11-empty", "EURUSD", CandleStep::Minute, "2026-07-11"),
            ("candles-minute-BTC-USD-BID-from-1783900800000", "BTCUSD", CandleStep::Minute, "2026-07-13"),
            ("candles-hour-BTC-USD-BID-2023-2", "BTCUSD", CandleStep::Hour, "2023-02-01"),
            ("candles-day-BTC-USD-BID-2019", "BTCUSD", CandleStep::Day, "2019-01-01"),
            ("candles-day-BTC-USD-BID-2020", "BTCUSD", CandleStep::Day, "2020-01-01"),
            ("candles-day-BTC-USD-BID-2022", "BTCUSD", CandleStep::Day, "2022-01-01"),
            ("candles-day-BTC-USD-BID-2023", "BTCUSD", CandleStep::Day, "2023-01-01"),
        ] {
            let Some(reply) = reply(name) else { return };
            let (start, scale, mut encoded) = (at(start), instrument(symbol).unwrap().scale, Vec::new());
            let candles = candles_of(&reply, step, start, scale).unwrap();
            encode_json_candles(&candles, step, start, scale, &mut encoded).unwrap();
            let (mut expected, mut found) = (value(&reply), value(&encoded));
            // Volumes with more than 7 digits lose the rest in float32 and once more in its shortest decimal.
            let (kept, volumes) = (expected["volumes"].take(), found["volumes"].take());
            assert_eq!(found, expected, "{name}");
            for (kept, volume) in kept.as_array().unwrap().iter().zip(volumes.as_array().unwrap()) {
                let (kept, volume) = (kept.as_f64().unwrap(), volume.as_f64().unwrap());
                assert!((kept - volume).abs() <= kept * 1.2e-7, "{name}: {kept} {volume}");
            }
        }
        let Some(reply) = reply("ticks-EUR-USD-2026-7-13-12") else { return };
        let (hour, scale, mut encoded) = (at("2026-07-13T12:00:00Z"), instrument("EURUSD").unwrap().scale, Vec::new());
        let ticks = ticks_of(&reply, hour, scale).unwrap();
        assert_eq!(ticks.len(), 3_551);
        encode_json_ticks(ticks.view(), hour, scale, &mut encoded).unwrap();
        assert_eq!(value(&encoded), value(&reply));
    }

    #[test]
    fn instrument_details_carry_sessions_and_holidays() {
        let Some(reply) = reply("instrument-EUR-USD") else { return };
        let details = decode_json_instrument(&reply).unwrap();
        assert_eq!((details.name.as_str(), details.code.as_str()), ("EUR/USD", "EUR-USD"));
        assert_eq!((details.pip_value, details.price_scale), (Some(1e-4), Some(5)));
        assert_eq!((details.timezone.as_str(), details.holidays.len()), ("America/New_York", 25));
        assert_eq!(details.holidays[0], at("2008-12-25T18:00:00Z")..at("2008-12-25T22:00:00Z"));
        assert_eq!(details.history.ticks.unwrap().to_string(), "2003-05-04T19:00:00.048Z");
        assert_eq!(details.history.days, Some(at("1973-03-01")));
        let [schedule] = details.schedules.as_slice() else { panic!("one schedule") };
        let session =
            JsonSession { start_seconds: 61_200, starts_day_before: true, end_seconds: 61_200, ends_day_before: false };
        for (day, sessions) in schedule.sessions.iter().enumerate() {
            assert_eq!(sessions.as_slice(), vec![session; usize::from(day < 5)]);
        }
        let details = decode_json_instrument(&self::reply("instrument-BTC-USD").unwrap()).unwrap();
        assert!(details.schedules[0].sessions.iter().all(|sessions| sessions.len() == 1));
    }

    #[test]
    fn the_codes_are_those_of_the_metadata() {
        let Some(path) = shared("instruments.csv") else { return };
        let text = fs::read_to_string(path).unwrap();
        let (mut n_rows, mut n_codes) = (0, 0);
        for line in text.lines().skip(1) {
            let mut cells = line.split(',');
            let (id, code) = (cells.next().unwrap(), cells.nth(1).unwrap());
            let info = instrument(id).unwrap();
            assert_eq!(json_code(info).unwrap_or_default(), code, "{id}");
            if !code.is_empty() {
                assert_eq!(json_symbol(code).unwrap().as_str(), info.symbol);
                n_codes += 1;
            }
            n_rows += 1;
        }
        assert_eq!((n_rows, n_codes), (1_622, 1_499));
    }
}

mod faults {
    use super::*;

    const TICKS: &str = r#"{"timestamp":1549285200000,"multiplier":1.0E-5,"ask":1.14515,"bid":1.14512,
        "times":[250,0,1000],"asks":[0,-2,5],"bids":[0,1,-1],"askVolumes":[1.48,900000.0,0],
        "bidVolumes":[0.5,1.5,2.5]}"#;
    const CANDLES: &str = r#"{"timestamp":1549238400000,"multiplier":1.0E-5,"open":1.1,"high":1.2,"low":1.0,"close":1.1,
        "shift":60000,"times":[1,2],"opens":[0,1],"highs":[0,1],"lows":[0,-1],"closes":[0,-1],"volumes":[0.25,3]}"#;
    const EMPTY: &str = r#"{"timestamp":1549285200000,"multiplier":1.0E-5,"ask":null,"bid":null,"times":[],"asks":[],
        "bids":[],"askVolumes":[],"bidVolumes":[]}"#;

    fn ticks(reply: &str) -> Result<Ticks, Error> {
        ticks_of(reply.as_bytes(), at("2019-02-04T13:00:00Z"), scale(5))
    }

    fn candles(reply: &str) -> Result<Vec<Candle>, Error> {
        candles_of(reply.as_bytes(), CandleStep::Minute, at("2019-02-04"), scale(5))
    }

    fn changed(reply: &str, from: &str, to: &str) -> String {
        assert_eq!(reply.matches(from).count(), 1, "{from}");
        reply.replace(from, to)
    }

    #[test]
    fn deltas_add_up_from_the_base() {
        let ticks = ticks(TICKS).unwrap();
        let view = ticks.view();
        assert_eq!(view.ask, [1.14515, 1.14513, 1.14518]);
        assert_eq!(view.bid, [1.14512, 1.14513, 1.14512]);
        assert_eq!(view.time.iter().map(|time| time.as_millis() % 1_000).collect::<Vec<_>>(), [250, 250, 250]);
        // Whole units, half to even, as float32 millions.
        assert_eq!(view.ask_volume, [1e-6_f32, 0.9, 0.0].map(f64::from));
        assert_eq!(view.bid_volume, [0.0_f32, 2e-6, 2e-6].map(f64::from));
        let candles = candles(CANDLES).unwrap();
        assert_eq!(
            (candles[1].open, candles[1].high, candles[1].low, candles[1].close),
            (1.10001, 1.20001, 0.99999, 1.09999)
        );
        assert_eq!(candles[1].open_time, at("2019-02-04T00:03:00Z"));
    }

    #[test]
    fn an_hour_without_ticks_is_a_reply_that_says_so() {
        assert!(ticks(EMPTY).unwrap().is_empty());
        let mut reply = Vec::new();
        encode_json_ticks(Ticks::default().view(), at("2019-02-04T13:00:00Z"), scale(5), &mut reply).unwrap();
        let value = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
        assert_eq!(value(&reply), value(EMPTY.as_bytes()));
    }

    #[test]
    fn the_multiplier_decides_and_is_converted_exactly() {
        let coarse = changed(&changed(TICKS, "1.0E-5", "0.001"), "1.14515", "1.145").replace("1.14512", "1.145");
        assert_eq!(ticks(&coarse).unwrap().view().ask, [1.145, 1.143, 1.148]);
        let error = ticks_of(TICKS.as_bytes(), at("2019-02-04T13:00:00Z"), scale(3)).unwrap_err();
        assert!(
            matches!(error, Error::JsonScale { field: "bids", index: 0, steps: 114_512, decimals: 3, .. }),
            "{error}"
        );
        assert_eq!(error.to_string(), "bids[0]: 114512 steps of 0.00001 are not a price of 3 decimals");
        // A finer multiplier is no error as long as no price needs it.
        let fine = changed(TICKS, "[0,-2,5]", "[5,-10,100]").replace("[0,1,-1]", "[8,0,10]");
        assert_eq!(
            ticks_of(fine.as_bytes(), at("2019-02-04T13:00:00Z"), scale(4)).unwrap().view().ask,
            [1.1452, 1.1451, 1.1461]
        );
    }

    #[test]
    fn what_cannot_be_is_named_with_field_and_position() {
        for (from, to, name, position) in [
            ("1549285200000", "1549281600000", "timestamp", None),
            ("1.0E-5", "0.00003", "multiplier", None),
            ("1.0E-5", "0", "multiplier", None),
            ("1.14515", "1.145155", "ask", None),
            ("1.14515", "1e300", "ask", None),
            ("1.14512", "null", "bid", None),
            ("[250,0,1000]", "[250,0]", "askVolumes", None),
            ("[0,1,-1]", "[0,1,-1,2]", "bids", None),
            ("[1.48,900000.0,0]", "[]", "askVolumes", None),
            ("[250,0,1000]", "[250,-1,1000]", "times", Some(1)),
            ("[250,0,1000]", "[250,0,3599750]", "times", Some(2)),
            ("[250,0,1000]", "[250,9223372036854775807,0]", "times", Some(1)),
            ("[0,-2,5]", "[0,9223372036854775807,5]", "asks", Some(1)),
            ("[0,-2,5]", "[0,-2,2000000000]", "asks", Some(2)),
            ("[0,1,-1]", "[0,-114512,1]", "bids", Some(1)),
            ("1.48", "-1.48", "askVolumes", Some(0)),
            ("[0.5,1.5,2.5]", "[0.5,1.5,1e19]", "bidVolumes", Some(2)),
        ] {
            let error = ticks(&changed(TICKS, from, to)).unwrap_err();
            let named = matches!(error, Error::JsonField { field, index, .. } if field == name && index == position);
            assert!(named, "{from} as {to}: {error}");
        }
        for (from, to, name, position) in [
            ("1549238400000", "1549238460000", "timestamp", None),
            ("60000", "3600000", "shift", None),
            ("60000", "9223372036854775807", "shift", None),
            ("\"open\":1.1", "\"open\":null", "open", None),
            ("[0.25,3]", "[0.25]", "volumes", None),
            ("[0.25,3]", "[0.25,-3]", "volumes", Some(1)),
            ("[0.25,3]", "[1e-60,3]", "volumes", Some(0)),
            ("[1,2]", "[1,0]", "times", Some(1)),
            ("[1,2]", "[-1,2]", "times", Some(0)),
            ("[1,2]", "[1,1439]", "times", Some(1)),
            ("\"opens\":[0,1]", "\"opens\":[0,20000]", "opens", Some(1)),
            ("[0,-1],\"volumes\"", "[0,-20000],\"volumes\"", "closes", Some(1)),
        ] {
            let error = candles(&changed(CANDLES, from, to)).unwrap_err();
            let named = matches!(error, Error::JsonField { field, index, .. } if field == name && index == position);
            assert!(named, "{from} as {to}: {error}");
        }
    }

    #[test]
    fn anything_but_one_whole_reply_is_refused() {
        for reply in [
            "",
            "null",
            "{}",
            "[]",
            "<html>",
            EMPTY.trim_end_matches('}'),
            &format!("{EMPTY} x"),
            &EMPTY.replace("[]", "null"),
        ] {
            assert!(matches!(ticks(reply), Err(Error::Json { what: "ticks", .. })), "{reply}");
        }
        for (from, to) in
            [("1.48", "NaN"), ("1.48", "null"), ("1.48", "1e999"), ("250", "250.5"), ("250", "99999999999999999999")]
        {
            assert!(matches!(ticks(&changed(TICKS, from, to)), Err(Error::Json { .. })), "{to}");
        }
        for length in 0..TICKS.len() {
            assert!(ticks(&TICKS[..length]).is_err(), "cut at {length}");
        }
        assert!(candles(TICKS).is_err() && ticks(CANDLES).is_err());
    }

    #[test]
    fn a_reply_before_the_ticks_so_far_is_refused() {
        let mut so_far = ticks(TICKS).unwrap();
        let error = decode_json_ticks(TICKS.as_bytes(), at("2019-02-04T13:00:00Z"), scale(5), &mut so_far).unwrap_err();
        assert!(matches!(error, Error::JsonField { field: "times", index: Some(0), .. }), "{error}");
        assert_eq!(so_far.len(), 3);
    }

    #[test]
    fn encoding_refuses_what_the_reply_cannot_hold() {
        let hour = at("2019-02-04T13:00:00Z");
        let good = Tick { time: hour, bid: 1.1, ask: 1.2, bid_volume: 1.0, ask_volume: 1.0 };
        for (tick, name) in [
            (Tick { time: UnixNanos(hour.0 - 1_000_000), ..good }, "time"),
            (Tick { time: UnixNanos(hour.0 + 1), ..good }, "time"),
            (Tick { time: UnixNanos(hour.0 + 3_600_000_000_000), ..good }, "time"),
            (Tick { bid: 1.100_001, ..good }, "bid"),
            (Tick { ask_volume: 1e-7, ..good }, "ask volume"),
        ] {
            let (mut ticks, mut reply) = (Ticks::default(), Vec::new());
            ticks.push(tick).unwrap();
            let error = encode_json_ticks(ticks.view(), hour, scale(5), &mut reply).unwrap_err();
            assert!(matches!(error, Error::Unstorable { row: 0, field, .. } if field == name), "{error}");
            assert!(reply.is_empty());
        }
    }

    #[test]
    fn instrument_details_that_cannot_be_are_refused() {
        let details = r#"{"name":"A/B","code":"A-B","pipValue":0.01,"priceScale":null,"defaultTimezone":"UTC",
            "holidays":[{"from":1000,"till":2000}],"tradeSchedule":[{"id":"x","from":0,"to":null,"sessions":{"MONDAY":
            [{"start":"17:00:00","previousDayStart":true,"end":"24:00:00","previousDayEnd":false}]}}],
            "histories":[{"period":"TICK","from":5},{"period":"SECOND","from":6}],"rating":3}"#;
        assert_eq!(decode_json_instrument(details.as_bytes()).unwrap().schedules[0].sessions[0][0].end_seconds, 86_400);
        for (from, to, name) in [
            ("0.01", "-0.01", "pipValue"),
            ("2000", "1000", "holidays.till"),
            ("2000", "9223372036854775807", "holidays.till"),
            ("\"to\":null", "\"to\":0", "tradeSchedule.to"),
            ("17:00:00", "17:60:00", "tradeSchedule.sessions.start"),
            ("24:00:00", "24:00:01", "tradeSchedule.sessions.end"),
            ("24:00:00", "+4:00:00", "tradeSchedule.sessions.end"),
            ("\"previousDayEnd\":false", "\"previousDayEnd\":true, \"x\":[]", ""),
            ("SECOND", "TICK", "histories.period"),
        ] {
            let result = decode_json_instrument(changed(details, from, to).as_bytes());
            if name.is_empty() {
                assert!(result.unwrap().schedules[0].sessions[0][0].ends_day_before);
            } else {
                let error = result.unwrap_err();
                assert!(matches!(error, Error::JsonField { field, .. } if field == name), "{name}: {error}");
            }
        }
        let error = decode_json_instrument(changed(details, "MONDAY", "MOONDAY").as_bytes()).unwrap_err();
        assert!(matches!(error, Error::Json { what: "instrument details", .. }), "{error}");
    }
}

mod paths {
    use super::*;

    #[test]
    fn months_count_from_one_and_nothing_is_padded() {
        for (file, path) in [
            ("EURUSD/2026/06/03/02h_ticks.bi5", Some("/v1/ticks/EUR-USD/2026/7/3/2")),
            ("EURUSD/2026/06/03_ticks.bi5", None),
            ("EURUSD/2026/06/03/ASK_candles_min_1.bi5", Some("/v1/candles/minute/EUR-USD/ASK/2026/7/3")),
            ("EURUSD/2026/00/BID_candles_hour_1.bi5", Some("/v1/candles/hour/EUR-USD/BID/2026/1")),
            ("EURUSD/2026/BID_candles_day_1.bi5", Some("/v1/candles/day/EUR-USD/BID/2026")),
        ] {
            let key: FileKey = file.parse().unwrap();
            assert_eq!(json_path(&key, "EUR-USD").as_deref(), path);
            if let Some(path) = path {
                let expected = JsonPath::Data { code: "EUR-USD".to_owned(), kind: key.kind(), start: key.start() };
                assert_eq!(path.parse::<JsonPath>().unwrap(), expected);
            }
        }
        let details = JsonPath::Instrument { code: "USA500.IDX-USD".to_owned() };
        assert_eq!("/v1/instruments/USA500.IDX-USD".parse::<JsonPath>().unwrap(), details);
    }

    #[test]
    fn refuses_other_paths() {
        for path in [
            "",
            "/",
            "/v1/",
            "/v1/ticks/EUR-USD/2026/7/13",
            "/v1/ticks/EUR-USD/2026/7/13/12/",
            "/v1/ticks/EUR-USD/2026/07/13/12",
            "/v1/ticks/EUR-USD/2026/7/13/24",
            "/v1/ticks/EUR-USD/2026/0/13/12",
            "/v1/ticks/EUR-USD/2026/13/13/12",
            "/v1/ticks/EUR-USD/2026/2/30/12",
            "/v1/ticks/EUR-USD/+2026/7/13/12",
            "/v1/ticks/../2026/7/13/12",
            "/v1/ticks/eur-usd/2026/7/13/12",
            "/v1/candles/minute/EUR-USD/MID/2026/7/13",
            "/v1/candles/hour/EUR-USD/BID/2026/7/13",
            "/v1/candles/day/EUR-USD/BID",
            "/v1/candles/week/EUR-USD/BID/2026",
            "/v1/instruments/",
            "/v1/instruments/..",
            "/v1/instruments/EUR%2FUSD",
            "/v2/instruments/EUR-USD",
        ] {
            assert!(matches!(path.parse::<JsonPath>(), Err(Error::JsonPath { .. })), "{path}");
        }
    }

    #[test]
    fn a_code_that_is_not_in_the_table_is_its_letters() {
        assert_eq!(json_symbol("NEW.US-USD").unwrap().as_str(), "NEWUSUSD");
        assert_eq!(json_symbol("USA500.IDX-USD").unwrap().as_str(), "USA500IDXUSD");
        assert!(json_symbol("-").is_err());
        let n_codes = instruments().iter().filter_map(json_code).collect::<std::collections::BTreeSet<_>>().len();
        assert_eq!(n_codes, 1_499);
    }
}

mod history_starts {
    use super::*;

    /// The 64 bytes of two instruments as a third party published them, with their records in another order.
    fn file(records: &[(i64, i64)]) -> Vec<u8> {
        records.iter().flat_map(|(period, start)| [period.to_be_bytes(), start.to_be_bytes()].concat()).collect()
    }

    #[test]
    fn records_come_in_any_order_and_may_say_nothing() {
        let bytes = file(&[(86_400_000, 0), (0, 1_508_489_056_204), (3_600_000, i64::MAX), (60_000, -86_400_000)]);
        let starts = decode_history_start(&bytes).unwrap();
        assert_eq!(starts.ticks.unwrap().to_string(), "2017-10-20T08:44:16.204Z");
        assert_eq!((starts.minutes, starts.hours, starts.days), (Some(at("1969-12-31")), None, Some(UnixNanos(0))));
        let (mut encoded, mut all, mut decoded) = (Vec::new(), Vec::new(), Vec::new());
        encode_history_start(&starts, &mut encoded);
        assert_eq!((encoded.len(), decode_history_start(&encoded).unwrap()), (64, starts));
        let named = [("EURUSD".to_owned(), starts), ("Ä".to_owned(), starts)];
        encode_history_starts(&named, &mut all).unwrap();
        assert_eq!(&all[..16], b"\0\x06EURUSD\0\0\0\0\0\0\0\x04");
        assert_eq!(decode_history_starts(&all, &mut decoded).unwrap(), 2);
        assert_eq!(decoded, named);
    }

    #[test]
    fn what_cannot_be_is_named_with_its_offset() {
        for (bytes, wrong) in [
            (file(&[(0, 0)])[..15].to_vec(), 8),
            (file(&[(0, 0), (1, 0)]), 16),
            (file(&[(0, 0), (0, 0)]), 16),
            (file(&[(0, i64::MAX - 1)]), 8),
        ] {
            assert!(matches!(decode_history_start(&bytes), Err(Error::HistoryStart { offset, .. }) if offset == wrong));
        }
        for (bytes, wrong) in [
            (&b"\0"[..], 0),
            (b"\0\0\0\0\0\0\0\0\0\0", 2),
            (b"\0\x02\xff\xff\0\0\0\0\0\0\0\0", 2),
            (b"\0\x01A\0\0\0\0\0\0\0\x05", 3),
            (b"\0\x01A\xff\xff\xff\xff\xff\xff\xff\xff", 3),
            (b"\0\x01A\0\0\0\0\0\0\0\x01", 11),
        ] {
            let error = decode_history_starts(bytes, &mut Vec::new()).unwrap_err();
            assert!(matches!(error, Error::HistoryStart { offset, .. } if offset == wrong), "{bytes:?}: {error}");
        }
        let none = decode_history_start(&[]).unwrap();
        assert!(encode_history_starts(&[(String::new(), none)], &mut Vec::new()).is_err());
    }
}

fn any_scale() -> impl Strategy<Value = PriceScale> {
    (0_u8..=7).prop_map(scale)
}

fn step() -> impl Strategy<Value = CandleStep> {
    prop_oneof![Just(CandleStep::Minute), Just(CandleStep::Hour), Just(CandleStep::Day)]
}

/// Volumes as bi5 carries them: whole units of the base, in millions as float32.
fn tick_volume() -> impl Strategy<Value = f64> {
    #[expect(clippy::cast_possible_truncation, reason = "float32 is the format's precision")]
    (0_u64..1_000_000_000_000).prop_map(|units| f64::from((units as f64 / 1e6) as f32))
}

fn candle_volume() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), (f32::MIN_POSITIVE..1e12).prop_map(f64::from)]
}

type TickParts = (i64, u32, u32, f64, f64);

fn ticks_from(mut parts: Vec<TickParts>, scale: PriceScale) -> Ticks {
    parts.sort_by_key(|part| part.0);
    let mut ticks = Ticks::default();
    for (millis, bid, ask, bid_volume, ask_volume) in parts {
        let time = UnixNanos(at("2024-02-29").0 + millis * 1_000_000);
        ticks.push(Tick { time, bid: scale.price(bid), ask: scale.price(ask), bid_volume, ask_volume }).unwrap();
    }
    ticks
}

fn tick_parts() -> impl Strategy<Value = Vec<TickParts>> {
    let price = 1_u32..=1_031_798_783;
    vec((0_i64..3_600_000, price.clone(), price, tick_volume(), tick_volume()), 0..150)
}

fn candle_parts() -> impl Strategy<Value = Vec<(i64, [u32; 4], f64)>> {
    let price = 1_u32..=1_031_798_783;
    vec((0_i64..366, [price.clone(), price.clone(), price.clone(), price], candle_volume()), 0..100)
}

fn candles_from(
    parts: Vec<(i64, [u32; 4], f64)>,
    step: CandleStep,
    start: UnixNanos,
    scale: PriceScale,
) -> Vec<Candle> {
    let mut candles: Vec<Candle> = parts
        .into_iter()
        .map(|(position, mut prices, volume)| {
            prices.sort_unstable();
            let [low, open, close, high] = prices.map(|units| scale.price(units));
            let open_time = UnixNanos(start.0 + position * step.timeframe().nanos());
            Candle { open_time, open, high, low, close, volume }
        })
        .collect();
    candles.sort_by_key(|candle| candle.open_time);
    candles.dedup_by_key(|candle| candle.open_time);
    candles
}

fn period_start(step: CandleStep) -> UnixNanos {
    FileKey::new("EURUSD".parse().unwrap(), FileKind::Candles(step, Side::Bid), at("2024-02-29")).unwrap().start()
}

/// What a reply may be damaged with so that it still looks like JSON for a while.
fn letter() -> impl Strategy<Value = u8> {
    prop::sample::select(b"0123456789-+.eE,:[]{}\"nul \xff".to_vec())
}

proptest! {
    #[test]
    fn decoding_undoes_encoding_of_ticks(parts in tick_parts(), scale in any_scale()) {
        let (ticks, mut reply) = (ticks_from(parts, scale), Vec::new());
        encode_json_ticks(ticks.view(), at("2024-02-29"), scale, &mut reply).unwrap();
        prop_assert_eq!(ticks_of(&reply, at("2024-02-29"), scale).unwrap(), ticks);
    }

    #[test]
    fn decoding_undoes_encoding_of_candles(parts in candle_parts(), step in step(), scale in any_scale()) {
        let (start, mut reply) = (period_start(step), Vec::new());
        let candles = candles_from(parts, step, start, scale);
        encode_json_candles(&candles, step, start, scale, &mut reply).unwrap();
        prop_assert_eq!(candles_of(&reply, step, start, scale).unwrap(), candles);
    }

    #[test]
    fn a_reply_in_coarser_steps_gives_the_same_prices(
        parts in vec((0_i64..3_600_000, 1_u32..100_000, 1_u32..100_000, tick_volume(), tick_volume()), 1..50),
        coarse in 0_u8..=3,
        finer in 0_u8..=4,
    ) {
        let (ticks, mut reply) = (ticks_from(parts, scale(coarse)), Vec::new());
        encode_json_ticks(ticks.view(), at("2024-02-29"), scale(coarse), &mut reply).unwrap();
        let scale = scale(coarse + finer);
        let found = ticks_of(&reply, at("2024-02-29"), scale);
        let fits = ticks.view().ask.iter().chain(ticks.view().bid).all(|&price| scale.units(price).is_some());
        prop_assert_eq!(found.is_ok(), fits);
        if let Ok(found) = found {
            prop_assert_eq!(found, ticks);
        }
    }

    #[test]
    fn damage_never_panics_and_leaves_what_was_there(
        parts in tick_parts(),
        damage in vec((any::<prop::sample::Index>(), letter()), 1..6),
    ) {
        let (mut reply, hour) = (Vec::new(), at("2024-02-29"));
        encode_json_ticks(ticks_from(parts, scale(5)).view(), hour, scale(5), &mut reply).unwrap();
        for (place, value) in damage {
            let place = place.index(reply.len());
            reply[place] = value;
        }
        let mut ticks = Ticks::default();
        let result = decode_json_ticks(&reply, hour, scale(5), &mut ticks);
        prop_assert_eq!(result.unwrap_or(0), ticks.len());
        let _ = candles_of(&reply, CandleStep::Minute, hour, scale(5));
    }

    #[test]
    fn a_path_names_one_request(kind in prop_oneof![
        Just(FileKind::Ticks(TickSpan::Hour)),
        (step(), prop_oneof![Just(Side::Bid), Just(Side::Ask)]).prop_map(|(step, side)| FileKind::Candles(step, side)),
    ], seconds in -2_208_988_800_i64..7_258_118_400) {
        let time = UnixNanos::from_seconds(seconds).unwrap();
        let key = FileKey::new("USA500IDXUSD".parse().unwrap(), kind, time).unwrap();
        let path = json_path(&key, "USA500.IDX-USD").unwrap();
        let parsed = path.parse::<JsonPath>().unwrap();
        prop_assert_eq!(parsed.to_string(), path);
        prop_assert_eq!(parsed, JsonPath::Data { code: "USA500.IDX-USD".to_owned(), kind, start: key.start() });
    }
}
