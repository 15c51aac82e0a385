use market::{BarGrid, Bars, BarsView, Ohlcv, QuoteBar, QuoteBars, Ticks, TicksView};
use polars::prelude::DataFrame;

use crate::names::{self, ASK_SIDE, BID_SIDE, MID_SIDE, SideNames};
use crate::table::Table;
use crate::{Error, FrameOptions, refusal};

/// The bars that a frame holds in the columns which [`bars_to_frame`](crate::bars_to_frame) writes.
///
/// Read are datetimes of any unit and zone (and, as the options say, without one) and dates; floats, integers and
/// decimals; of any number of chunks, in any order of columns. Other columns are not looked at. A spread that is null or
/// NaN is unknown. Rows must be in order of time, without repetition, each at the start of a bar of `grid`: a
/// [`Timeframe`](market::Timeframe) counted in UTC, or a [`BarGrid`] with another start of the day. Nothing is rounded,
/// sorted, filled or left out.
///
/// ```
/// use market::Timeframe;
/// use market_frames::{AbsentColumns, FrameOptions, bars_from_frame};
/// use polars::prelude::*;
///
/// let mut frame = df!(
///     "open_time" => [1_549_285_200_000_i64, 1_549_285_260_000],
///     "open" => [1.5_f32, 1.25], "high" => [1.5_f32, 1.75], "low" => [1.0_f32, 1.25], "close" => [1.25_f32, 1.5],
///     "volume" => [3_i64, 4],
/// )?;
/// let times = frame.column("open_time")?.cast(&DataType::Datetime(TimeUnit::Milliseconds, Some(TimeZone::UTC)))?;
/// frame.with_column(times)?;
///
/// let options = FrameOptions { absent_columns: AbsentColumns::Unknown, ..FrameOptions::strict() };
/// let bars = bars_from_frame(&frame, Timeframe::M1, options)?;
/// assert_eq!((bars.len(), bars.view().close), (2, [1.25, 1.5].as_slice()));
/// assert!(bars.view().spread[0].is_nan());
///
/// let error = bars_from_frame(&frame, Timeframe::M5, options).unwrap_err();
/// assert_eq!(error.to_string(), "row 1: 2019-02-04T13:01:00Z is not the start of a bar of M5");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A column that is missing or has a type that cannot be read, times without zone, a null, a value that would be
/// rounded or is impossible in a bar, and rows out of order or off the grid: each with the column and the row.
pub fn bars_from_frame(frame: &DataFrame, grid: impl Into<BarGrid>, options: FrameOptions) -> Result<Bars, Error> {
    let grid = grid.into();
    let table = Table { frame, options };
    let open_time = table.times(names::OPEN_TIME)?;
    let (open, high) = (table.prices(names::OPEN)?, table.prices(names::HIGH)?);
    let (low, close) = (table.prices(names::LOW)?, table.prices(names::CLOSE)?);
    let (volume, spread) = (table.volumes(names::VOLUME)?, table.spreads(names::SPREAD)?);
    let tick_count = table.counts_or_unknown(names::TICK_COUNT)?;
    let view = BarsView {
        grid,
        open_time: &open_time,
        open: &open,
        high: &high,
        low: &low,
        close: &close,
        volume: &volume,
        spread: &spread,
        tick_count: &tick_count,
    };
    Bars::try_from(view).map_err(|error| refusal::of_bars(error, view))
}

/// The bars of bid, ask and mid that a frame holds in the columns which
/// [`quote_bars_to_frame`](crate::quote_bars_to_frame) writes.
///
/// Columns, types and rows are read as [`bars_from_frame`] reads them; the tick count is needed. The volume of the mid is
/// the sum of the other two.
///
/// ```
/// use market::synthetic::{SyntheticConfig, generate};
/// use market::{Timeframe, aggregate};
/// use market_frames::{FrameOptions, quote_bars_from_frame, quote_bars_to_frame};
///
/// let ticks = generate(&SyntheticConfig::eurusd("2024-02-05".parse()?, 1), 7)?;
/// let bars = aggregate(ticks.view(), Timeframe::M5);
/// let frame = quote_bars_to_frame(&bars);
/// assert_eq!(quote_bars_from_frame(&frame, Timeframe::M5, FrameOptions::strict())?, bars);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`bars_from_frame`].
pub fn quote_bars_from_frame(
    frame: &DataFrame,
    grid: impl Into<BarGrid>,
    options: FrameOptions,
) -> Result<QuoteBars, Error> {
    let grid = grid.into();
    let table = Table { frame, options };
    let open_time = table.times(names::OPEN_TIME)?;
    let (bid_volume, ask_volume) = (table.volumes(names::BID_VOLUME)?, table.volumes(names::ASK_VOLUME)?);
    let bid = side(&table, &BID_SIDE, |row| bid_volume[row])?;
    let ask = side(&table, &ASK_SIDE, |row| ask_volume[row])?;
    let mid = side(&table, &MID_SIDE, |row| bid_volume[row] + ask_volume[row])?;
    let (spread, tick_count) = (table.spreads(names::SPREAD)?, table.counts(names::TICK_COUNT)?);

    let mut bars = QuoteBars::with_capacity(grid, open_time.len());
    for (row, &time) in open_time.iter().enumerate() {
        let bar = QuoteBar {
            open_time: time,
            bid: bid(row),
            ask: ask(row),
            mid: mid(row),
            spread: spread[row],
            tick_count: tick_count[row],
        };
        bars.push(&bar).map_err(|error| refusal::of_quote_bars(error, &bar, &bars))?;
    }
    Ok(bars)
}

/// The ticks that a frame holds in the columns which [`ticks_to_frame`](crate::ticks_to_frame) writes.
///
/// Columns and types are read as [`bars_from_frame`] reads them; no column may hold a null, and time must not decrease.
///
/// ```
/// use market_frames::{FrameOptions, NaiveTime, ticks_from_frame};
/// use polars::prelude::*;
///
/// let time = Int64Chunked::from_slice("time".into(), &[1_549_285_200_250]);
/// let frame = df!(
///     "time" => time.into_datetime(TimeUnit::Milliseconds, None).into_series(),
///     "bid" => [1.14512], "ask" => [1.14515], "bid_volume" => [1.5], "ask_volume" => [0.75],
/// )?;
/// assert!(ticks_from_frame(&frame, FrameOptions::strict()).is_err(), "which zone?");
///
/// let options = FrameOptions { naive_time: NaiveTime::Utc, ..FrameOptions::strict() };
/// let ticks = ticks_from_frame(&frame, options)?;
/// assert_eq!(ticks.view().time[0].to_string(), "2019-02-04T13:00:00.25Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`bars_from_frame`], without the grid.
pub fn ticks_from_frame(frame: &DataFrame, options: FrameOptions) -> Result<Ticks, Error> {
    let table = Table { frame, options };
    let time = table.times(names::TIME)?;
    let (bid, ask) = (table.prices(names::BID)?, table.prices(names::ASK)?);
    let (bid_volume, ask_volume) = (table.volumes(names::BID_VOLUME)?, table.volumes(names::ASK_VOLUME)?);
    let view = TicksView { time: &time, bid: &bid, ask: &ask, bid_volume: &bid_volume, ask_volume: &ask_volume };
    Ticks::try_from(view).map_err(|error| refusal::of_ticks(error, view))
}

/// The prices and volumes of one side, by row.
fn side<'a>(
    table: &Table<'a>,
    names: &SideNames,
    volume: impl Fn(usize) -> f64 + 'a,
) -> Result<impl Fn(usize) -> Ohlcv + 'a, Error> {
    let (open, high) = (table.prices(names.open)?, table.prices(names.high)?);
    let (low, close) = (table.prices(names.low)?, table.prices(names.close)?);
    Ok(move |row| Ohlcv { open: open[row], high: high[row], low: low[row], close: close[row], volume: volume(row) })
}
