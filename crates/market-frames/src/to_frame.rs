use market::{BarsView, PriceSide, QuoteBars, TicksView, UnixNanos};
use polars::prelude::{
    Column, DataFrame, Float64Chunked, Int64Chunked, IntoColumn, IntoSeries, NewChunkedArray, TimeUnit, TimeZone,
    UInt32Chunked,
};
use polars::series::IsSorted;

use crate::names::{self, SideNames};

/// Bars as a data frame: one row a bar, one copy of each column.
///
/// The columns are `open_time` (`datetime[ns, UTC]`), `open`, `high`, `low`, `close`, `volume`, `spread` (`f64`) and
/// `tick_count` (`u32`). An unknown spread, NaN in bars, is null. Where the times are in order, as they are unless the
/// view was put together by hand, `open_time` is marked as sorted, so that joins and windows over time need not check.
/// The grid is not part of the frame.
///
/// ```
/// use market::{Bar, Bars, Timeframe};
/// use market_frames::bars_to_frame;
///
/// let mut bars = Bars::new(Timeframe::M1);
/// let (open, high, low, close) = (1.1450, 1.1455, 1.1448, 1.1451);
/// let open_time = "2019-02-04T13:00:00Z".parse()?;
/// bars.push(Bar { open_time, open, high, low, close, volume: 12.5, spread: f64::NAN, tick_count: 31 })?;
///
/// let frame = bars_to_frame(bars.view());
/// assert_eq!(frame.shape(), (1, 8));
/// assert_eq!(frame.column("spread")?.null_count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
/// If the columns of `bars` differ in length, which only a view put together by hand can do.
pub fn bars_to_frame(bars: BarsView<'_>) -> DataFrame {
    frame(vec![
        times(names::OPEN_TIME, bars.open_time),
        floats(names::OPEN, bars.open),
        floats(names::HIGH, bars.high),
        floats(names::LOW, bars.low),
        floats(names::CLOSE, bars.close),
        floats(names::VOLUME, bars.volume),
        spreads(bars.spread),
        counts(bars.tick_count),
    ])
}

/// Bars of bid, ask and mid as one data frame: one row a bar, one copy of each column.
///
/// The columns are `open_time`; `open`, `high`, `low` and `close` of each side, as `bid_open` … `mid_close`;
/// `bid_volume`, `ask_volume`; `spread` and `tick_count`; types, null and order as [`bars_to_frame`] has them. The volume
/// of the mid is no column, because it is the sum of both others.
///
/// ```
/// use market::{Tick, Ticks, Timeframe, aggregate};
/// use market_frames::quote_bars_to_frame;
///
/// let mut ticks = Ticks::default();
/// let time = "2019-02-04T13:00:01Z".parse()?;
/// ticks.push(Tick { time, bid: 1.125, ask: 1.25, bid_volume: 1.0, ask_volume: 2.0 })?;
/// let frame = quote_bars_to_frame(&aggregate(ticks.view(), Timeframe::M1));
/// assert_eq!(frame.column("mid_close")?.f64()?.get(0), Some(1.1875));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quote_bars_to_frame(bars: &QuoteBars) -> DataFrame {
    let (bid, ask, mid) = (bars.view(PriceSide::Bid), bars.view(PriceSide::Ask), bars.view(PriceSide::Mid));
    let mut columns = vec![times(names::OPEN_TIME, bid.open_time)];
    columns.extend(prices(&names::BID_SIDE, bid));
    columns.extend(prices(&names::ASK_SIDE, ask));
    columns.extend(prices(&names::MID_SIDE, mid));
    columns.extend([
        floats(names::BID_VOLUME, bid.volume),
        floats(names::ASK_VOLUME, ask.volume),
        spreads(bid.spread),
        counts(bid.tick_count),
    ]);
    frame(columns)
}

/// Ticks as a data frame: one row a tick, one copy of each column.
///
/// The columns are `time` (`datetime[ns, UTC]`), `bid`, `ask`, `bid_volume` and `ask_volume` (`f64`). Where the times are
/// in order, `time` is marked as sorted.
///
/// ```
/// use market::{Tick, Ticks};
/// use market_frames::ticks_to_frame;
///
/// let mut ticks = Ticks::default();
/// let time = "2019-02-04T13:00:00.25Z".parse()?;
/// ticks.push(Tick { time, bid: 1.14512, ask: 1.14515, bid_volume: 1.5, ask_volume: 0.75 })?;
/// let frame = ticks_to_frame(ticks.view());
/// assert_eq!(frame.column("ask")?.f64()?.get(0), Some(1.14515));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
/// If the columns of `ticks` differ in length, which only a view put together by hand can do.
pub fn ticks_to_frame(ticks: TicksView<'_>) -> DataFrame {
    frame(vec![
        times(names::TIME, ticks.time),
        floats(names::BID, ticks.bid),
        floats(names::ASK, ticks.ask),
        floats(names::BID_VOLUME, ticks.bid_volume),
        floats(names::ASK_VOLUME, ticks.ask_volume),
    ])
}

fn frame(columns: Vec<Column>) -> DataFrame {
    DataFrame::new_infer_height(columns).unwrap_or_else(|error| panic!("the columns differ in length: {error}"))
}

fn prices(side: &SideNames, bars: BarsView<'_>) -> [Column; 4] {
    [
        floats(side.open, bars.open),
        floats(side.high, bars.high),
        floats(side.low, bars.low),
        floats(side.close, bars.close),
    ]
}

fn times(name: &str, values: &[UnixNanos]) -> Column {
    let nanos = Int64Chunked::from_vec(name.into(), values.iter().map(|time| time.0).collect());
    let mut series = nanos.into_datetime(TimeUnit::Nanoseconds, Some(TimeZone::UTC)).into_series();
    // A mark that is not true would give wrong results without a word.
    if values.is_sorted() {
        series.set_sorted_flag(IsSorted::Ascending);
    }
    series.into_column()
}

fn floats(name: &str, values: &[f64]) -> Column {
    Float64Chunked::from_slice(name.into(), values).into_column()
}

fn spreads(values: &[f64]) -> Column {
    if !values.iter().any(|spread| spread.is_nan()) {
        return floats(names::SPREAD, values);
    }
    let known = values.iter().map(|&spread| (!spread.is_nan()).then_some(spread));
    Float64Chunked::from_iter_options(names::SPREAD.into(), known).into_column()
}

fn counts(values: &[u32]) -> Column {
    UInt32Chunked::from_slice(names::TICK_COUNT.into(), values).into_column()
}
