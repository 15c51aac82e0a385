//! What holds for all bars.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{at, hard_bars, hard_ticks};
use market::{Bar, BarGrid, Bars, DayStart, PriceSide, QuoteBars, Tick, Ticks, TicksView, Timeframe, UnixNanos};
use market_files::{
    BLOCK_ROWS, BarColumns, BarWriter, BarWriterOptions, OutputFormat, ReadOptions, TickWriter, TickWriterOptions,
    read_bars, read_ticks, write_bars, write_ticks,
};
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

/// Any number of the range, evenly over its exponents.
fn magnitude(from: f64, to: f64) -> impl Strategy<Value = f64> {
    (from.to_bits()..=to.to_bits()).prop_map(f64::from_bits)
}

fn price() -> impl Strategy<Value = f64> {
    prop_oneof![(1_u32..1_000_000_000).prop_map(|units| f64::from(units) / 1e5), magnitude(5e-324, 1e15)]
}

fn volume() -> impl Strategy<Value = f64> {
    let single = (0_u32..100_000).prop_map(|units| f64::from(units as f32 / 100.0));
    prop_oneof![single, Just(0.0), Just(-0.0), magnitude(0.0, 1e18)]
}

fn ticks() -> impl Strategy<Value = Ticks> {
    let step = prop_oneof![Just(0), 0_i64..100_000_000_000, (0_i64..1_000).prop_map(|millis| millis * 1_000_000)];
    let start = prop_oneof![Just(1_549_238_400_000_000_000), -3_000_000_000_000_000_000_i64..0];
    (start, vec((step, price(), price(), volume(), volume()), 0..200)).prop_map(|(mut time, rows)| {
        let mut ticks = Ticks::default();
        for (step, bid, ask, bid_volume, ask_volume) in rows {
            time += step;
            ticks.push(Tick { time: UnixNanos(time), bid, ask, bid_volume, ask_volume }).unwrap();
        }
        ticks
    })
}

fn grid() -> impl Strategy<Value = BarGrid> {
    let day_start = prop_oneof![Just(DayStart::Utc), Just(DayStart::NewYorkClose), Just(DayStart::Eet)];
    let timeframe = prop_oneof![Just(Timeframe::M1), Just(Timeframe::H4), Just(Timeframe::D1), Just(Timeframe::MN1)];
    (timeframe, day_start).prop_map(|(timeframe, day_start)| BarGrid::new(timeframe, day_start).unwrap())
}

/// Times of bars that follow each other on the grid.
fn open_times(grid: BarGrid, steps: &[u8]) -> Vec<UnixNanos> {
    let mut time = grid.floor(at("1969-11-01"));
    let mut times = Vec::new();
    for &step in steps {
        (0..=step).for_each(|_| time = grid.end(time));
        times.push(time);
    }
    times
}

/// Numbers as bits, so that NaN equals itself and -0 is not 0.
fn bits_of_bar(bar: &Bar) -> (UnixNanos, [u64; 6], u32) {
    let numbers = [bar.open, bar.high, bar.low, bar.close, bar.volume, bar.spread];
    (bar.open_time, numbers.map(f64::to_bits), bar.tick_count)
}

/// Numbers as bits.
fn bits_of_ticks(ticks: TicksView<'_>) -> Vec<(UnixNanos, [u64; 4])> {
    ticks
        .iter()
        .map(|tick| (tick.time, [tick.bid, tick.ask, tick.bid_volume, tick.ask_volume].map(f64::to_bits)))
        .collect()
}

fn built_in() -> impl Iterator<Item = OutputFormat> {
    OutputFormat::ALL.into_iter().filter(|format| format.is_built_in())
}

fn written_in_parts(ticks: &Ticks, format: OutputFormat, cuts: &[usize]) -> Vec<u8> {
    let mut writer = TickWriter::new(Vec::new(), format, TickWriterOptions::default()).unwrap();
    let mut from = 0;
    for cut in cuts.iter().map(|cut| cut % (ticks.len() + 1)).chain([ticks.len()]) {
        writer.write(ticks.view().slice(from..cut.max(from))).unwrap();
        from = cut.max(from);
    }
    writer.finish().unwrap()
}

#[test]
fn ticks_with_everything_that_is_hard_come_back() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["ticks.csv", "ticks.parquet"] {
        let path = folder.path().join(name);
        write_ticks(&path, hard_ticks().view()).unwrap();
        let ticks = read_ticks(&path, &ReadOptions::strict()).unwrap().ticks;
        assert_eq!(bits_of_ticks(ticks.view()), bits_of_ticks(hard_ticks().view()), "{name}");
    }
}

#[test]
fn blocks_hold_the_same_rows_in_whatever_portions_these_arrive() {
    let mut ticks = Ticks::default();
    for second in (0_u32..).take(BLOCK_ROWS * 2 + 10) {
        let (time, bid) = (UnixNanos(i64::from(second) * UnixNanos::PER_SECOND), f64::from(second % 977 + 1) / 7.0);
        ticks.push(Tick { time, bid, ask: bid, bid_volume: bid, ask_volume: 0.0 }).unwrap();
    }
    for format in built_in() {
        let whole = written_in_parts(&ticks, format, &[]);
        for cuts in [&[BLOCK_ROWS][..], &[1], &[BLOCK_ROWS - 1, BLOCK_ROWS + 1], &[7, 100_000, BLOCK_ROWS * 2]] {
            assert!(written_in_parts(&ticks, format, cuts) == whole, "{format} cut at {cuts:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reading_ticks_undoes_writing(ticks in ticks()) {
        let folder = tempfile::tempdir().unwrap();
        for name in ["ticks.csv", "ticks.parquet"] {
            let path = folder.path().join(name);
            write_ticks(&path, ticks.view()).unwrap();
            let file = read_ticks(&path, &ReadOptions::strict()).unwrap();
            prop_assert_eq!(bits_of_ticks(file.ticks.view()), bits_of_ticks(ticks.view()));
            prop_assert!(file.ignored_columns.is_empty());
        }
    }

    #[test]
    fn equal_ticks_give_equal_bytes_however_they_are_cut(ticks in ticks(), cuts in vec(any::<usize>(), 0..8)) {
        for format in built_in() {
            let cut = written_in_parts(&ticks, format, &cuts);
            prop_assert!(cut == written_in_parts(&ticks, format, &[]), "{}", format);
        }
    }

    #[test]
    fn equal_bars_give_equal_bytes_however_they_arrive(
        grid in grid(),
        steps in vec(0_u8..4, 0..40),
        cut in any::<usize>(),
    ) {
        let rows = hard_bars(grid, &open_times(grid, &steps));
        let cut = cut % (rows.len() + 1);
        let columns = [BarColumns::Side(PriceSide::Ask), BarColumns::SideAndSpread(PriceSide::Bid), BarColumns::Quotes];
        for (format, columns) in built_in().flat_map(|format| columns.map(|columns| (format, columns))) {
            let writer = || BarWriter::new(Vec::new(), format, BarWriterOptions::new(columns, grid)).unwrap();
            let mut one_by_one = writer();
            for bar in &rows {
                one_by_one.write(bar).unwrap();
            }
            let mut mixed = writer();
            for bar in &rows[..cut] {
                mixed.write(bar).unwrap();
            }
            let mut rest = QuoteBars::new(grid);
            for bar in &rows[cut..] {
                rest.push(bar).unwrap();
            }
            match columns.side() {
                Some(side) => mixed.write_bars(rest.view(side)).unwrap(),
                None => mixed.write_quote_bars(&rest).unwrap(),
            }
            prop_assert!(one_by_one.finish().unwrap() == mixed.finish().unwrap(), "{} {:?}", format, columns);
        }
    }

    #[test]
    fn bars_of_a_side_come_back_on_every_grid(grid in grid(), steps in vec(0_u8..4, 0..40)) {
        let mut bars = QuoteBars::new(grid);
        for bar in &hard_bars(grid, &open_times(grid, &steps)) {
            bars.push(bar).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let given = ReadOptions {
            timeframe: Some(grid.timeframe()), day_start: Some(grid.day_start()), ..ReadOptions::strict()
        };
        for (name, options) in [("bars.csv", given), ("bars.parquet", given), ("said.parquet", ReadOptions::strict())] {
            let path = folder.path().join(name);
            let view = bars.view(PriceSide::Bid);
            write_bars(&path, view).unwrap();
            let file = read_bars(&path, &options).unwrap();
            prop_assert_eq!(file.bars.grid(), grid);
            let bits = |bars: market::BarsView<'_>| bars.iter().map(|bar| bits_of_bar(&bar)).collect::<Vec<_>>();
            prop_assert_eq!(bits(file.bars.view()), bits(view));
        }
    }

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
    fn any_text_is_rows_or_an_error(text in "(time,(open,high,low,close|bid,ask)\n)?([0-9TZ:., \"\n-]{0,60})") {
        let folder = tempfile::tempdir().unwrap();
        for name in ["any.csv", "any.parquet"] {
            let path = folder.path().join(name);
            std::fs::write(&path, &text).unwrap();
            let _ = read_bars(&path, &ReadOptions::strict());
            let _ = read_ticks(&path, &ReadOptions::strict());
        }
    }
}
