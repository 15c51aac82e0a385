//! What is written is read; wrong texts and unknown fields are refused.
#![cfg(feature = "serde")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use market::synthetic::{PlantedEdge, SyntheticConfig};
use market::{
    BarGrid, CleaningLog, CleaningRule, CleaningStep, ClosedPeriod, DayStart, FindingKind, Holiday, Instrument,
    IntegrityReport, PriceSide, Session, Sessions, Symbol, Tick, Timeframe, TradingCalendar, UnixNanos,
    ValidationOptions, validate_ticks,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes, reads, compares, and returns what was written.
#[track_caller]
fn round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) -> String {
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), value);
    json
}

#[test]
fn names_and_times_are_texts() {
    assert_eq!(round_trip(&"2019-02-04T13:00:00.25Z".parse::<UnixNanos>().unwrap()), "\"2019-02-04T13:00:00.25Z\"");
    assert_eq!(round_trip(&Timeframe::M15), "\"M15\"");
    assert_eq!(round_trip(&Timeframe::MN1), "\"MN1\"");
    assert_eq!(round_trip(&DayStart::NewYorkClose), "\"new-york\"");
    assert_eq!(round_trip(&"eur/usd".parse::<Symbol>().unwrap()), "\"EURUSD\"");
    assert_eq!(round_trip(&Holiday::new(12, 25).unwrap()), "\"12-25\"");
    assert_eq!(round_trip(&PriceSide::Mid), "\"mid\"");
    assert!(serde_json::from_str::<Timeframe>("\"M0\"").is_err());
    assert!(serde_json::from_str::<Symbol>("\"EUR USD\"").is_err());
    assert!(serde_json::from_str::<UnixNanos>("1").is_err());
}

#[test]
fn calendars_and_rules_are_tagged() {
    assert_eq!(round_trip(&TradingCalendar::AlwaysOpen), r#"{"kind":"always_open"}"#);
    assert_eq!(round_trip(&TradingCalendar::forex()), r#"{"kind":"forex","holidays":["01-01","12-25"]}"#);
    assert_eq!(
        round_trip(&CleaningRule::DropOutliers { threshold: 10.0 }),
        r#"{"rule":"drop_outliers","threshold":10.0}"#
    );
    assert!(serde_json::from_str::<TradingCalendar>(r#"{"kind":"forex","holidays":[],"holyday":1}"#).is_err());
}

#[test]
fn grids_are_checked_when_they_are_read() {
    let grid = BarGrid::new(Timeframe::H4, DayStart::Eet).unwrap();
    assert_eq!(round_trip(&grid), r#"{"timeframe":"H4","day_start":"eet"}"#);
    let read = |json: &str| serde_json::from_str::<BarGrid>(json);
    assert_eq!(read(r#"{"timeframe":"H4"}"#).unwrap(), BarGrid::from(Timeframe::H4));
    assert!(read(r#"{"timeframe":"5h","day_start":"eet"}"#).unwrap_err().to_string().contains("do not divide a day"));
    assert!(read(r#"{"timeframe":"H4","day":"eet"}"#).is_err());
}

#[test]
fn sessions_are_checked_when_they_are_read() {
    let weekly = [Session { open: "Mon 09:30".parse().unwrap(), close: "Mon 16:00".parse().unwrap() }];
    let closure = UnixNanos(0)..UnixNanos(UnixNanos::PER_DAY);
    let calendar = TradingCalendar::Sessions(Sessions::new("Asia/Tokyo", &weekly, &[closure]).unwrap());
    let json = round_trip(&calendar);
    assert_eq!(
        json,
        r#"{"kind":"sessions","zone":"Asia/Tokyo","weekly":[{"open":"Mon 09:30","close":"Mon 16:00"}],"closures":[{"start":"1970-01-01T00:00:00Z","end":"1970-01-02T00:00:00Z"}]}"#
    );
    for (good, bad, reason) in [
        ("Asia/Tokyo", "Asia/Edo", "is not a time zone"),
        ("Mon 16:00", "Mon 09:30", "has no length"),
        ("1970-01-02", "1970-01-01", "is not after its start"),
        ("Mon 16:00", "Mon 16", "is not a time of the week"),
        ("closures", "closed", "unknown field"),
    ] {
        let error = serde_json::from_str::<TradingCalendar>(&json.replace(good, bad)).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
    assert_eq!(round_trip(&ClosedPeriod::Weekly([5, 16, 0, 7, 23, 59])), "[5,16,0,7,23,59]");
    assert_eq!(round_trip(&ClosedPeriod::Daily([0, 0, 9, 29])), "[0,0,9,29]");
}

#[test]
fn settings_are_read_back_and_unknown_fields_refused() {
    let edge = Some(PlantedEdge::MeanReversion { amplitude_pips: 4.0, half_life_minutes: 5.0 });
    let config = SyntheticConfig { edge, ..SyntheticConfig::eurusd("2024-02-05".parse().unwrap(), 14) };
    let json = round_trip(&config);
    assert!(
        json.contains(r#""edge":{"kind":"mean_reversion","amplitude_pips":4.0,"half_life_minutes":5.0}"#),
        "{json}"
    );
    assert!(serde_json::from_str::<SyntheticConfig>(&json.replace("\"days\"", "\"dayz\"")).is_err());
    round_trip(&Instrument::eurusd());
    round_trip(&ValidationOptions {
        range: Some(UnixNanos(0)..UnixNanos(1)),
        ..ValidationOptions::new(TradingCalendar::AlwaysOpen)
    });
}

#[test]
fn reports_and_logs_are_read_back() {
    let tick = |bid: f64| Tick { time: UnixNanos(0), bid, ask: 1.5, bid_volume: 0.0, ask_volume: 0.0 };
    let options = ValidationOptions::new(TradingCalendar::AlwaysOpen);
    let report: IntegrityReport = validate_ticks(&[tick(1.0), tick(f64::NAN), tick(2.0)], &options);
    let json = round_trip(&report);
    assert!(json.contains(r#""kind":"invalid_value","severity":"error","count":1"#), "{json}");
    assert!(json.contains(r#"{"row":1,"time":"1970-01-01T00:00:00Z","value":null}"#), "{json}");
    assert_eq!(report.count(FindingKind::Crossed), 1);
    round_trip(&tick(1.0));
    let steps = vec![CleaningStep { rule: CleaningRule::Sort, rows: vec![3] }];
    round_trip(&CleaningLog { n_before: 5, n_after: 5, steps });
}

#[cfg(feature = "schemars")]
#[test]
fn schemas_say_that_names_are_texts() {
    let schema = schemars::schema_for!(Timeframe);
    assert_eq!(schema.get("type").and_then(|kind| kind.as_str()), Some("string"));
    let pattern = schema.get("pattern").and_then(|pattern| pattern.as_str()).unwrap();
    assert_eq!(pattern, "^([SMHDWsmhdw][0-9]+|[0-9]+[SMHDWsmhdw]|[Mm][Nn]1?|1[Mm][Nn])$");
    assert!(schemars::schema_for!(Symbol).get("description").is_some());
}
