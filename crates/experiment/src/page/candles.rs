use market::{BarGrid, BarsView, Timeframe};
use trade_report::Candles;

use crate::Error;

/// Bars as candles of the page: as they are, or, where there are more than `most`, put together to the shortest usual
/// length with which they are not. [`Candles::note`] says so in words then. Trades and equity are not touched by it.
///
/// - `price_decimals`: decimals with which prices are shown.
/// - `most`: candles that the page may carry; a hundred thousand take about a megabyte.
///
/// # Errors
/// [`Error::Failed`] if the bars cannot be put together.
pub fn candles(bars: BarsView<'_>, price_decimals: u8, most: usize) -> Result<Candles, Error> {
    if bars.len() <= most {
        return Ok(columns(bars, price_decimals, String::new()));
    }
    let steps = [Timeframe::M5, Timeframe::M15, Timeframe::M30, Timeframe::H1, Timeframe::H4, Timeframe::D1];
    let grids = steps.into_iter().filter_map(|step| BarGrid::new(step, bars.grid.day_start()).ok());
    let longer = grids.filter(|grid| *grid != bars.grid && grid.is_multiple_of(bars.grid));
    let mut best = None;
    for grid in longer {
        let joined = market::resample(bars, grid).map_err(Error::failed("putting bars together for the report"))?;
        let fits = joined.len() <= most;
        best = Some((grid, joined));
        if fits {
            break;
        }
    }
    let Some((grid, joined)) = best else { return Ok(columns(bars, price_decimals, String::new())) };
    let note = format!(
        "The chart shows {grid} candles made of {} {} bars, which are too many for a page. Trades, equity and all figures \
         are of the {} bars.",
        bars.len(),
        bars.timeframe(),
        bars.timeframe()
    );
    Ok(columns(joined.view(), price_decimals, note))
}

fn columns(bars: BarsView<'_>, price_decimals: u8, note: String) -> Candles {
    let has_volume = bars.volume.iter().any(|&volume| volume != 0.0) && bars.volume.iter().all(|v| v.is_finite());
    Candles {
        open_time_ms: bars.open_time.iter().map(|time| time.as_millis()).collect(),
        bar_ms: bars.timeframe().nanos() / 1_000_000,
        open: bars.open.to_vec(),
        high: bars.high.to_vec(),
        low: bars.low.to_vec(),
        close: bars.close.to_vec(),
        volume: if has_volume { bars.volume.to_vec() } else { Vec::new() },
        price_decimals,
        note,
    }
}
