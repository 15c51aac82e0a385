use crate::check::{finite, length, not_empty, range, rising, times, within};
use crate::column::LARGEST_WHOLE;
use crate::error::Error;
use crate::model::{Candles, Equity, Period, Trade};

pub(super) fn candles(candles: &Candles) -> Result<(), Error> {
    let Candles { open_time_ms, bar_ms, open, high, low, close, volume, price_decimals, note: _ } = candles;
    not_empty("candles.open_time_ms", open_time_ms.len())?;
    within("candles.bar_ms", &[*bar_ms as f64], 1.0, 1e12)?;
    within("candles.price_decimals", &[f64::from(*price_decimals)], 0.0, 9.0)?;
    times("candles.open_time_ms", open_time_ms)?;
    rising("candles.open_time_ms", open_time_ms, true)?;
    let largest = LARGEST_WHOLE / crate::column::power_of_ten(*price_decimals);
    for (name, prices) in [("open", open), ("high", high), ("low", low), ("close", close)] {
        let field = format!("candles.{name}");
        length(&field, prices.len(), open_time_ms.len())?;
        within(&field, prices, -largest, largest)?;
    }
    if !volume.is_empty() {
        length("candles.volume", volume.len(), open_time_ms.len())?;
        within("candles.volume", volume, 0.0, f64::MAX)?;
    }
    for (index, (((&open, &high), &low), &close)) in open.iter().zip(high).zip(low).zip(close).enumerate() {
        if low > open.min(close) || high < open.max(close) {
            return Err(Error::Bar { index, open, high, low, close });
        }
    }
    Ok(())
}

pub(super) fn equity(field: &str, equity: &Equity) -> Result<(), Error> {
    not_empty(&format!("{field}.time_ms"), equity.time_ms.len())?;
    times(&format!("{field}.time_ms"), &equity.time_ms)?;
    rising(&format!("{field}.time_ms"), &equity.time_ms, true)?;
    length(&format!("{field}.equity"), equity.equity.len(), equity.time_ms.len())?;
    finite(&format!("{field}.initial"), &equity.initial)?;
    finite(&format!("{field}.equity"), &equity.equity)
}

/// Periods follow each other without overlap.
pub(super) fn periods(periods: &[Period]) -> Result<(), Error> {
    for (index, period) in periods.iter().enumerate() {
        range(&format!("periods[{index}].range"), period.range)?;
    }
    let ends = |pair: &[Period]| pair[1].range.from_ms < pair[0].range.to_ms;
    match periods.windows(2).position(ends) {
        None => Ok(()),
        Some(at) => Err(Error::Unsorted {
            field: "periods.range.from_ms".to_owned(),
            index: at + 1,
            time_ms: periods[at + 1].range.from_ms,
            previous_ms: periods[at].range.to_ms,
        }),
    }
}

pub(super) fn trades(field: &str, trades: &[Trade]) -> Result<(), Error> {
    let entries: Vec<i64> = trades.iter().map(|trade| trade.entry_time_ms).collect();
    let exits: Vec<i64> = trades.iter().map(|trade| trade.exit_time_ms).collect();
    times(&format!("{field}.entry_time_ms"), &entries)?;
    times(&format!("{field}.exit_time_ms"), &exits)?;
    rising(&format!("{field}.entry_time_ms"), &entries, false)?;
    if let Some(index) = (0..trades.len()).find(|&index| exits[index] < entries[index]) {
        let (time_ms, previous_ms) = (exits[index], entries[index]);
        return Err(Error::Unsorted { field: format!("{field}.exit_time_ms"), index, time_ms, previous_ms });
    }
    finite(&format!("{field}.entry_price"), trades.iter().map(|trade| &trade.entry_price))?;
    finite(&format!("{field}.exit_price"), trades.iter().map(|trade| &trade.exit_price))?;
    finite(&format!("{field}.profit"), trades.iter().map(|trade| &trade.profit))?;
    within(&format!("{field}.quantity"), trades.iter().map(|trade| &trade.quantity), f64::MIN_POSITIVE, f64::MAX)?;
    let absent = &0.0;
    finite(&format!("{field}.costs"), trades.iter().map(|trade| trade.costs.as_ref().unwrap_or(absent)))?;
    let mae = trades.iter().map(|trade| trade.mae.as_ref().unwrap_or(absent));
    within(&format!("{field}.mae"), mae, f64::MIN, 0.0)?;
    let mfe = trades.iter().map(|trade| trade.mfe.as_ref().unwrap_or(absent));
    within(&format!("{field}.mfe"), mfe, 0.0, f64::MAX)
}

/// No trade starts before the first bar opens or ends after the last one closes.
pub(super) fn trades_within(field: &str, trades: &[Trade], candles: &Candles) -> Result<(), Error> {
    let first_ms = candles.open_time_ms[0];
    let last_ms = candles.open_time_ms[candles.open_time_ms.len() - 1] + candles.bar_ms;
    for (index, trade) in trades.iter().enumerate() {
        for (name, time_ms) in [("entry_time_ms", trade.entry_time_ms), ("exit_time_ms", trade.exit_time_ms)] {
            if !(first_ms..=last_ms).contains(&time_ms) {
                return Err(Error::OutsideBars { field: format!("{field}.{name}"), index, time_ms, first_ms, last_ms });
            }
        }
    }
    Ok(())
}
