//! A genuine file. Skipped, visibly, where the shared data folder is not there.

use std::path::Path;

use market::Timeframe;
use market_files::{NaiveTime, ReadOptions, read_bars, write_bars};

#[test]
fn three_months_of_minutes_are_read_and_come_back() {
    let bars = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/bars");
    if !bars.is_dir() {
        println!("skipped: shared data folder is not there");
        return;
    }
    let path = bars.join("EURUSD_M1_2025-04_2025-06.parquet");
    assert!(read_bars(&path, &ReadOptions::strict()).is_err(), "its times have no zone");
    let file = read_bars(&path, &ReadOptions { naive_time: NaiveTime::Utc, ..ReadOptions::strict() }).unwrap();
    assert_eq!(file.ignored_columns, ["avg_spread_pips", "open_bid", "open_ask"]);
    let bars = file.bars.view();
    assert_eq!((bars.len(), bars.timeframe()), (81_766, Timeframe::M1));
    assert_eq!(bars.open_time[0].to_string(), "2025-04-01T00:00:00Z");
    assert_eq!(bars.open_time[bars.len() - 1].to_string(), "2025-06-30T23:59:00Z");
    let first = bars.iter().next().unwrap();
    let close = |value: f64, expected: f64| (value - expected).abs() < 1e-9;
    assert!(close(first.open, 1.08177) && close(first.high, 1.081_895) && close(first.low, 1.081_755));
    assert!(bars.spread.iter().all(|spread| (0.000_01..0.01).contains(spread)));

    let folder = tempfile::tempdir().unwrap();
    for name in ["copy.parquet", "copy.csv"] {
        write_bars(&folder.path().join(name), bars).unwrap();
        assert_eq!(read_bars(&folder.path().join(name), &ReadOptions::strict()).unwrap().bars, file.bars);
    }
}
