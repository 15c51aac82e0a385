//! Laws: what is written and read back has the same bits, whatever the frame went through in between.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use market::{Bar, BarGrid, Bars, DayStart, Ohlcv, PriceSide, QuoteBar, QuoteBars, Tick, Ticks, Timeframe, UnixNanos};
use market_frames::polars::prelude::*;
use market_frames::polars::series::IsSorted;
use market_frames::{
    FrameOptions, bars_from_frame, bars_to_frame, quote_bars_from_frame, quote_bars_to_frame, ticks_from_frame,
    ticks_to_frame,
};
use proptest::collection::vec;
use proptest::prelude::*;

const STRICT: FrameOptions = FrameOptions::strict();

fn price() -> impl Strategy<Value = f64> {
    prop_oneof![1e-300..1e-9_f64, 0.5..2.0_f64, 1.0..1e12_f64]
}

fn volume() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(-0.0), 1e-300..1e18_f64, 0.0..100.0_f64]
}

fn spread() -> impl Strategy<Value = f64> {
    prop_oneof![Just(f64::NAN), Just(0.0), Just(-0.0), Just(5e-324), 0.0..1e9_f64]
}

fn ohlcv() -> impl Strategy<Value = Ohlcv> {
    ([price(), price(), price(), price()], volume()).prop_map(|([a, b, c, d], volume)| {
        let (low, high) = (a.min(b).min(c).min(d), a.max(b).max(c).max(d));
        Ohlcv { open: a, high, low, close: b, volume }
    })
}

fn grids() -> impl Strategy<Value = BarGrid> {
    let timeframes = [Timeframe::S1, Timeframe::M1, Timeframe::H4, Timeframe::D1, Timeframe::W1, Timeframe::MN1];
    let day_starts = [DayStart::Utc, DayStart::NewYorkClose, DayStart::Eet];
    (prop::sample::select(timeframes.to_vec()), prop::sample::select(day_starts.to_vec()))
        .prop_map(|(timeframe, day_start)| BarGrid::new(timeframe, day_start).unwrap())
}

/// Starts of bars, increasing, around 1970 and today, with gaps.
fn open_times(grid: BarGrid, steps: &[u8], from: i64) -> Vec<UnixNanos> {
    let mut time = grid.floor(UnixNanos(from));
    let mut next = |skipped: u8| {
        for _ in 0..=skipped {
            time = grid.end(time);
        }
        time
    };
    steps.iter().map(|step| next(step % 3)).collect()
}

fn quote_bars() -> impl Strategy<Value = QuoteBars> {
    let row = (ohlcv(), ohlcv(), ohlcv(), spread(), 1..=u32::MAX, any::<u8>());
    (grids(), vec(row, 0..40), -(1_i64 << 60)..1_i64 << 60).prop_map(|(grid, rows, from)| {
        let steps: Vec<u8> = rows.iter().map(|row| row.5).collect();
        let mut bars = QuoteBars::new(grid);
        for (open_time, (bid, ask, mid, spread, tick_count, _)) in open_times(grid, &steps, from).into_iter().zip(rows)
        {
            let mid = Ohlcv { volume: bid.volume + ask.volume, ..mid };
            bars.push(&QuoteBar { open_time, bid, ask, mid, spread, tick_count }).unwrap();
        }
        bars
    })
}

fn bars() -> impl Strategy<Value = Bars> {
    (quote_bars(), 0..3_u32).prop_map(|(quotes, divisor)| {
        let mut bars = Bars::new(quotes.grid());
        for bar in quotes.view(PriceSide::Bid).iter() {
            bars.push(Bar { tick_count: bar.tick_count.checked_div(divisor).unwrap_or(0), ..bar }).unwrap();
        }
        bars
    })
}

fn ticks() -> impl Strategy<Value = Ticks> {
    let tick = (0..4_000_000_000_i64, price(), price(), volume(), volume());
    (vec(tick, 0..60), any::<i32>()).prop_map(|(rows, from)| {
        let mut ticks = Ticks::default();
        let mut nanos = i64::from(from) * 4_000_000_000;
        for (step, bid, ask, bid_volume, ask_volume) in rows {
            // Half of the ticks have the time of the one before.
            nanos += if step % 2 == 0 { step } else { 0 };
            ticks.push(Tick { time: UnixNanos(nanos), bid, ask, bid_volume, ask_volume }).unwrap();
        }
        ticks
    })
}

/// Every bit of bars, an unknown spread being one.
fn bits(bars: &Bars) -> Vec<[u64; 8]> {
    let row = |bar: Bar| {
        let spread = if bar.spread.is_nan() { u64::MAX } else { bar.spread.to_bits() };
        let floats = [bar.open, bar.high, bar.low, bar.close, bar.volume].map(f64::to_bits);
        let [open, high, low, close, volume] = floats;
        [bar.open_time.0.cast_unsigned(), open, high, low, close, volume, spread, bar.tick_count.into()]
    };
    bars.view().iter().map(row).collect()
}

fn all_bits(bars: &QuoteBars) -> [Vec<[u64; 8]>; 3] {
    [PriceSide::Bid, PriceSide::Ask, PriceSide::Mid].map(|side| bits(&bars.bars(side)))
}

fn tick_bits(ticks: &Ticks) -> Vec<[u64; 5]> {
    let row = |tick: Tick| {
        let [bid, ask, bids, asks] = [tick.bid, tick.ask, tick.bid_volume, tick.ask_volume].map(f64::to_bits);
        [tick.time.0.cast_unsigned(), bid, ask, bids, asks]
    };
    ticks.view().iter().map(row).collect()
}

/// The same rows in several chunks.
fn chunked(frame: &DataFrame, cuts: &[usize]) -> DataFrame {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (frame.height() + 1)).collect();
    cuts.extend([0, frame.height()]);
    cuts.sort_unstable();
    let mut out = frame.clear();
    for pair in cuts.windows(2) {
        out.vstack_mut(&frame.slice(i64::try_from(pair[0]).unwrap(), pair[1] - pair[0])).unwrap();
    }
    assert_eq!(out.height(), frame.height());
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn bars_keep_their_bits(bars in bars(), cuts in vec(0..1_000_usize, 0..4)) {
        let frame = bars_to_frame(bars.view());
        prop_assert_eq!(frame.height(), bars.len());
        let back = bars_from_frame(&frame, bars.grid(), STRICT).unwrap();
        prop_assert_eq!(bits(&back), bits(&bars));
        prop_assert_eq!(back.grid(), bars.grid());
        let back = bars_from_frame(&chunked(&frame, &cuts), bars.grid(), STRICT).unwrap();
        prop_assert_eq!(bits(&back), bits(&bars));
    }

    #[test]
    fn quote_bars_keep_their_bits(bars in quote_bars(), cuts in vec(0..1_000_usize, 0..4)) {
        let frame = quote_bars_to_frame(&bars);
        prop_assert_eq!(frame.shape(), (bars.len(), 17));
        for frame in [chunked(&frame, &cuts), frame] {
            let back = quote_bars_from_frame(&frame, bars.grid(), STRICT).unwrap();
            prop_assert_eq!(all_bits(&back), all_bits(&bars));
        }
    }

    #[test]
    fn ticks_keep_their_bits(ticks in ticks(), cuts in vec(0..1_000_usize, 0..4)) {
        let frame = ticks_to_frame(ticks.view());
        prop_assert_eq!(frame.shape(), (ticks.len(), 5));
        for frame in [chunked(&frame, &cuts), frame] {
            prop_assert_eq!(tick_bits(&ticks_from_frame(&frame, STRICT).unwrap()), tick_bits(&ticks));
        }
    }

    #[test]
    fn a_slice_of_the_frame_is_the_frame_of_the_slice(bars in bars(), cuts in vec(0..1_000_usize, 2..5)) {
        let (a, b) = (cuts[0] % (bars.len() + 1), cuts[1] % (bars.len() + 1));
        let range = a.min(b)..a.max(b);
        let frame = chunked(&bars_to_frame(bars.view()), &cuts[2..]);
        let frame = frame.slice(i64::try_from(range.start).unwrap(), range.len());
        let slice = Bars::try_from(bars.view().slice(range)).unwrap();
        prop_assert!(frame.equals_missing(&bars_to_frame(slice.view())));
        prop_assert_eq!(bits(&bars_from_frame(&frame, bars.grid(), STRICT).unwrap()), bits(&slice));
    }

    #[test]
    fn the_order_of_columns_and_others_beside_them_do_not_count(ticks in ticks(), turn in 0..5_usize) {
        let mut columns = ticks_to_frame(ticks.view()).into_columns();
        columns.rotate_left(turn);
        columns.insert(turn, Column::full_null("signal".into(), ticks.len(), &DataType::Boolean));
        let frame = DataFrame::new(ticks.len(), columns).unwrap();
        prop_assert_eq!(tick_bits(&ticks_from_frame(&frame, STRICT).unwrap()), tick_bits(&ticks));
    }
}

#[test]
fn empty_frames_have_the_columns_and_their_types() {
    let bars = bars_to_frame(Bars::new(Timeframe::M1).view());
    let utc = DataType::Datetime(TimeUnit::Nanoseconds, Some(TimeZone::UTC));
    let dtypes = bars.dtypes();
    assert_eq!(dtypes[0], utc);
    assert_eq!(dtypes[1..7], vec![DataType::Float64; 6]);
    assert_eq!(dtypes[7], DataType::UInt32);
    let names = ["open_time", "open", "high", "low", "close", "volume", "spread", "tick_count"];
    assert_eq!(bars.get_column_names(), names);
    assert!(bars_from_frame(&bars, Timeframe::M1, STRICT).unwrap().is_empty());

    let ticks = ticks_to_frame(Ticks::default().view());
    assert_eq!(ticks.get_column_names(), ["time", "bid", "ask", "bid_volume", "ask_volume"]);
    assert_eq!(ticks.dtypes()[0], utc);
    assert!(ticks_from_frame(&ticks, STRICT).unwrap().is_empty());

    let quotes = quote_bars_to_frame(&QuoteBars::new(Timeframe::M1));
    let names = "open_time bid_open bid_high bid_low bid_close ask_open ask_high ask_low ask_close \
                 mid_open mid_high mid_low mid_close bid_volume ask_volume spread tick_count";
    assert_eq!(quotes.get_column_names(), names.split(' ').collect::<Vec<&str>>());
    assert!(quote_bars_from_frame(&quotes, Timeframe::M1, STRICT).unwrap().is_empty());
}

#[test]
fn an_unknown_spread_is_null_and_no_other_value_is() {
    let mut bars = Bars::new(Timeframe::M1);
    for (minute, spread) in [0.25, f64::NAN, 0.0].into_iter().enumerate() {
        let open_time = UnixNanos(i64::try_from(minute).unwrap() * Timeframe::M1.nanos());
        let bar = Bar { open_time, open: 1.5, high: 2.0, low: 1.0, close: 1.25, volume: 0.0, spread, tick_count: 0 };
        bars.push(bar).unwrap();
    }
    let frame = bars_to_frame(bars.view());
    let nulls: Vec<usize> = frame.columns().iter().map(Column::null_count).collect();
    assert_eq!(nulls, [0, 0, 0, 0, 0, 0, 1, 0]);
    let spread = frame.column("spread").unwrap().f64().unwrap();
    assert_eq!([spread.get(0), spread.get(1), spread.get(2)], [Some(0.25), None, Some(0.0)]);
    assert_eq!(spread.mean(), Some(0.125), "polars leaves null out");
}

#[test]
fn times_in_order_are_marked_as_sorted_and_others_are_not() {
    let at = |nanos: [i64; 2]| {
        let time = nanos.map(UnixNanos);
        let view = market::TicksView {
            time: &time,
            bid: &[1.0; 2],
            ask: &[1.0; 2],
            bid_volume: &[0.0; 2],
            ask_volume: &[0.0; 2],
        };
        ticks_to_frame(view).column("time").unwrap().as_materialized_series().is_sorted_flag()
    };
    assert_eq!(at([7, 7]), IsSorted::Ascending);
    assert_eq!(at([7, 6]), IsSorted::Not);
}

#[test]
#[should_panic(expected = "the columns differ in length")]
fn a_view_put_together_of_unequal_columns_panics() {
    let view = market::TicksView { time: &[], bid: &[1.0], ask: &[1.0], bid_volume: &[0.0], ask_volume: &[0.0] };
    let _ = ticks_to_frame(view);
}
