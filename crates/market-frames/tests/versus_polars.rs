//! Bars that `market` makes of ticks, and the windows and reductions of polars over the frame of the same ticks.
//!
//! The two share no code: polars finds its windows in calendar and zone by chrono, and reduces each of them alone.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use market::{BarGrid, DayStart, Ohlcv, PriceSide, QuoteBar, Tick, Ticks, Timeframe, UnixNanos, aggregate};
use market_frames::polars::prelude::{ChunkAgg, DataFrame, DataType, TimeUnit, TimeZone};
use market_frames::{quote_bars_to_frame, ticks_to_frame};
use polars_time::prelude::{ClosedWindow, Duration, Label, StartBy};
use polars_time::{DynamicGroupOptions, PolarsTemporalGroupby};
use proptest::collection::vec;
use proptest::prelude::*;

/// From 17:00 to midnight, in which no clock in New York has been changed since 1965.
const EVENING: i64 = 7 * 3_600 * UnixNanos::PER_SECOND;

const IN_1965: i64 = -157_766_400;
/// Before, a clock of EET was once changed at midnight, and polars starts that day an hour early.
const IN_1982: i64 = 378_691_200;

/// Ticks whose prices and volumes are multiples of 1/1024, so that no sum depends on its order.
///
/// From the second `first_start` on, until 2030 at the latest: on both sides of changes to and from daylight saving time.
fn ticks(first_start: i64, steps: impl Strategy<Value = i64>) -> impl Strategy<Value = Ticks> {
    let tick = (steps, 1_024..1_200_u16, 0..20_u16, 0..4_000_u16, 0..4_000_u16);
    let start = first_start..1_893_456_000;
    (vec(tick, 1..300), start, 0..1_000_000_000_i64).prop_map(|(rows, start, fraction)| {
        let dyadic = |value: u16| f64::from(value) / 1_024.0;
        let mut ticks = Ticks::default();
        let mut nanos = start * UnixNanos::PER_SECOND + fraction;
        for (step, bid, spread, bid_volume, ask_volume) in rows {
            nanos += step;
            let (bid_volume, ask_volume) = (dyadic(bid_volume), dyadic(ask_volume));
            let tick =
                Tick { time: UnixNanos(nanos), bid: dyadic(bid), ask: dyadic(bid + spread), bid_volume, ask_volume };
            ticks.push(tick).unwrap();
        }
        ticks
    })
}

/// The bars of the windows `every` long in `zone`, by polars alone.
///
/// `ahead_ns` puts the clock forward, so that 17:00 is midnight: windows with an offset would start on July 30 after
/// June 30, because polars steps from start to start.
fn by_polars(frame: &DataFrame, every: &str, zone: &str, ahead_ns: i64) -> Vec<QuoteBar> {
    let (bid, ask) = (frame.column("bid").unwrap(), frame.column("ask").unwrap());
    let mid = ((bid + ask).unwrap() / 2.0).with_name("mid".into());
    let spread = (ask - bid).unwrap().with_name("spread".into());
    let nanos = frame.column("time").unwrap().cast(&DataType::Int64).unwrap() + ahead_ns;
    let zone = TimeZone::opt_try_new(Some(zone)).unwrap();
    let time = nanos.cast(&DataType::Datetime(TimeUnit::Nanoseconds, zone)).unwrap();
    let mut frame = frame.clone();
    for column in [mid, spread, time] {
        frame.with_column(column).unwrap();
    }
    let (starts, _, groups) = frame.group_by_dynamic(None, &windows("time", every)).unwrap();
    let starts = starts.datetime().unwrap().physical().clone();
    let groups = groups.unwrap_slice().clone();
    assert_eq!(starts.len(), groups.len());
    let bar =
        |(start, [first, len]): (i64, [u32; 2])| window(&frame.slice(first.into(), len as usize), start - ahead_ns);
    starts.no_null_iter().zip(groups).map(bar).collect()
}

fn windows(index_column: &str, every: &str) -> DynamicGroupOptions {
    DynamicGroupOptions {
        index_column: index_column.into(),
        every: Duration::parse(every),
        period: Duration::parse(every),
        offset: Duration::parse("0ns"),
        label: Label::Left,
        include_boundaries: false,
        closed_window: ClosedWindow::Left,
        start_by: StartBy::WindowBound,
    }
}

fn window(frame: &DataFrame, start: i64) -> QuoteBar {
    let column = |name: &str| frame.column(name).unwrap().f64().unwrap().clone();
    let side = |name: &str, volume: f64| {
        let prices = column(name);
        let (open, close) = (prices.first().unwrap(), prices.last().unwrap());
        Ohlcv { open, high: prices.max().unwrap(), low: prices.min().unwrap(), close, volume }
    };
    let (bids, asks) = (column("bid_volume").sum().unwrap(), column("ask_volume").sum().unwrap());
    QuoteBar {
        open_time: UnixNanos(start),
        bid: side("bid", bids),
        ask: side("ask", asks),
        mid: side("mid", bids + asks),
        spread: column("spread").mean().unwrap(),
        tick_count: u32::try_from(frame.height()).unwrap(),
    }
}

fn by_market(ticks: &Ticks, grid: BarGrid) -> Vec<QuoteBar> {
    let bars = aggregate(ticks.view(), grid);
    let sides = [PriceSide::Bid, PriceSide::Ask, PriceSide::Mid].map(|side| bars.view(side).iter().collect::<Vec<_>>());
    let ohlcv = |bar: &market::Bar| Ohlcv {
        open: bar.open,
        high: bar.high,
        low: bar.low,
        close: bar.close,
        volume: bar.volume,
    };
    let row = |row: usize| {
        let [bid, ask, mid] = [&sides[0][row], &sides[1][row], &sides[2][row]];
        QuoteBar {
            open_time: bid.open_time,
            bid: ohlcv(bid),
            ask: ohlcv(ask),
            mid: ohlcv(mid),
            spread: bid.spread,
            tick_count: bid.tick_count,
        }
    };
    (0..bars.len()).map(row).collect()
}

fn grid(timeframe: &str, day_start: DayStart) -> BarGrid {
    BarGrid::new(timeframe.parse().unwrap(), day_start).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn short_bars_are_what_polars_makes(ticks in ticks(IN_1965, 0..90 * UnixNanos::PER_SECOND)) {
        let frame = ticks_to_frame(ticks.view());
        for (timeframe, every) in [("S1", "1s"), ("S7", "7s"), ("M1", "1m"), ("M5", "5m"), ("M15", "15m"), ("H1", "1h")] {
            prop_assert_eq!(by_market(&ticks, grid(timeframe, DayStart::Utc)), by_polars(&frame, every, "UTC", 0));
        }
    }

    #[test]
    fn long_bars_are_what_polars_makes(ticks in ticks(IN_1965, 0..3 * UnixNanos::PER_DAY)) {
        let frame = ticks_to_frame(ticks.view());
        for (timeframe, every) in [("H4", "4h"), ("D1", "1d"), ("W1", "1w"), ("MN1", "1mo")] {
            prop_assert_eq!(by_market(&ticks, grid(timeframe, DayStart::Utc)), by_polars(&frame, every, "UTC", 0));
        }
    }

    #[test]
    fn days_weeks_and_months_of_other_zones_are_what_polars_makes(ticks in ticks(IN_1982, 0..3 * UnixNanos::PER_DAY)) {
        let frame = ticks_to_frame(ticks.view());
        for (timeframe, every) in [("D1", "1d"), ("W1", "1w"), ("MN1", "1mo")] {
            let eet = grid(timeframe, DayStart::Eet);
            prop_assert_eq!(by_market(&ticks, eet), by_polars(&frame, every, "EET", 0));
            let new_york = grid(timeframe, DayStart::NewYorkClose);
            prop_assert_eq!(by_market(&ticks, new_york), by_polars(&frame, every, "America/New_York", EVENING));
        }
    }
}

#[test]
fn polars_windows_over_a_frame_of_bars_are_resampled_bars() {
    let config = market::synthetic::SyntheticConfig::eurusd("2024-03-08".parse().unwrap(), 5);
    let ticks = market::synthetic::generate(&config, 3).unwrap();
    let minutes = quote_bars_to_frame(&aggregate(ticks.view(), Timeframe::M1));
    let hours = aggregate(ticks.view(), Timeframe::H1);
    let (starts, _, groups) = minutes.group_by_dynamic(None, &windows("open_time", "1h")).unwrap();
    let asks = hours.view(PriceSide::Ask);
    let open_time: Vec<UnixNanos> = starts.datetime().unwrap().physical().no_null_iter().map(UnixNanos).collect();
    assert_eq!(asks.open_time, open_time);
    for (row, &[first, len]) in groups.unwrap_slice().iter().enumerate() {
        let hour = minutes.slice(first.into(), len as usize);
        assert_eq!(hour.column("ask_high").unwrap().f64().unwrap().max(), Some(asks.high[row]));
        assert_eq!(hour.column("ask_low").unwrap().f64().unwrap().min(), Some(asks.low[row]));
        assert_eq!(hour.column("tick_count").unwrap().u32().unwrap().sum(), Some(asks.tick_count[row]));
    }
}
