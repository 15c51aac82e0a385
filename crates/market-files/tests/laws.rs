//! What holds for all bars.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use market::{Bar, Bars, Timeframe, UnixNanos};
use market_files::{ReadOptions, read_bars, write_bars};
use proptest::collection::vec;
use proptest::prelude::*;

fn spread() -> impl Strategy<Value = f64> {
    prop_oneof![Just(f64::NAN), 0.0..1.0]
}

fn bars() -> impl Strategy<Value = Bars> {
    let timeframe = prop_oneof![Just(Timeframe::S1), Just(Timeframe::M1), Just(Timeframe::W1)];
    let row = (1_i64..50, [1e-9..1e9, 1e-9..1e9, 1e-9..1e9, 1e-9..1e9], 0.0..1e12, spread(), any::<u32>());
    (timeframe, vec(row, 0..60)).prop_map(|(timeframe, rows)| {
        let mut bars = Bars::new(timeframe);
        let mut open_time = timeframe.floor(UnixNanos(1_000_000_000 * UnixNanos::PER_SECOND));
        for (steps, mut prices, volume, spread, tick_count) in rows {
            open_time.0 += steps * timeframe.nanos();
            prices[1..].sort_unstable_by(f64::total_cmp);
            let [first, low, close, high] = prices;
            let open = first.clamp(low, high);
            bars.push(Bar { open_time, open, high, low, close, volume, spread, tick_count }).unwrap();
        }
        bars
    })
}

fn text(bars: &Bars) -> Vec<String> {
    bars.view().iter().map(|bar| format!("{bar:?}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reading_undoes_writing(bars in bars()) {
        let folder = tempfile::tempdir().unwrap();
        let given = ReadOptions { timeframe: Some(bars.timeframe()), ..ReadOptions::strict() };
        for (name, options) in [("bars.csv", given), ("bars.parquet", given), ("said.parquet", ReadOptions::strict())] {
            let path = folder.path().join(name);
            write_bars(&path, bars.view()).unwrap();
            let file = read_bars(&path, &options).unwrap();
            prop_assert_eq!(file.bars.timeframe(), bars.timeframe());
            prop_assert_eq!(text(&file.bars), text(&bars));
        }
    }

    #[test]
    fn any_text_is_bars_or_an_error(text in "(time,open,high,low,close\n)?([0-9TZ:., \"\n-]{0,60})") {
        let folder = tempfile::tempdir().unwrap();
        for name in ["any.csv", "any.parquet"] {
            let path = folder.path().join(name);
            std::fs::write(&path, &text).unwrap();
            let _ = read_bars(&path, &ReadOptions::strict());
        }
    }
}
