//! The data that the page's script reads: see `docs/embedded-data.md`.

use serde::Serialize;

use crate::column::{self, Column};
use crate::model::{Candles, Equity, HeatMap, Period, Report, Side, Trade};

#[derive(Debug, Serialize)]
pub(crate) struct Data<'a> {
    version: u8,
    currency: &'a str,
    candles: Option<CandleData>,
    periods: &'a [Period],
    strategies: Vec<StrategyData<'a>>,
    heat_maps: &'a [HeatMap],
}

#[derive(Debug, Serialize)]
struct CandleData {
    bar_ms: i64,
    price_decimals: u8,
    open_time: Column,
    open: Column,
    high: Column,
    low: Column,
    close: Column,
    volume: Option<Column>,
}

#[derive(Debug, Serialize)]
struct StrategyData<'a> {
    name: &'a str,
    equity: Option<EquityData>,
    trades: Option<TradeData<'a>>,
}

#[derive(Debug, Serialize)]
struct EquityData {
    time: Column,
    equity: Column,
}

#[derive(Debug, Serialize)]
struct TradeData<'a> {
    entry_time: Column,
    exit_time: Column,
    entry_price: Column,
    exit_price: Column,
    /// 0 is long, 1 is short.
    side: Column,
    quantity: Column,
    profit: Column,
    /// Index into `reasons`.
    reason: Column,
    reasons: Vec<&'a str>,
    mae: Option<Column>,
    mfe: Option<Column>,
}

/// What of the report the script needs.
pub(crate) fn data(report: &Report) -> Data<'_> {
    let strategies = report.strategies.iter().map(|each| StrategyData {
        name: &each.name,
        equity: each.equity.as_ref().map(equity),
        trades: (!each.trades.is_empty()).then(|| trades(&each.trades)),
    });
    Data {
        version: 1,
        currency: &report.header.currency,
        candles: report.candles.as_ref().map(candles),
        periods: &report.periods,
        strategies: strategies.collect(),
        heat_maps: &report.heat_maps,
    }
}

fn candles(candles: &Candles) -> CandleData {
    let price = |prices: &[f64]| column::rounded(prices, candles.price_decimals);
    CandleData {
        bar_ms: candles.bar_ms,
        price_decimals: candles.price_decimals,
        open_time: column::whole(candles.open_time_ms.iter().copied()),
        open: price(&candles.open),
        high: price(&candles.high),
        low: price(&candles.low),
        close: price(&candles.close),
        volume: (!candles.volume.is_empty()).then(|| column::exact(&candles.volume)),
    }
}

fn equity(equity: &Equity) -> EquityData {
    EquityData { time: column::whole(equity.time_ms.iter().copied()), equity: column::exact(&equity.equity) }
}

fn trades(trades: &[Trade]) -> TradeData<'_> {
    let exact = |of: fn(&Trade) -> f64| column::exact(&trades.iter().map(of).collect::<Vec<_>>());
    let excursion = |of: fn(&Trade) -> Option<f64>| {
        trades.iter().any(|trade| of(trade).is_some()).then(|| column::optional(trades.iter().map(of)))
    };
    let mut reasons: Vec<&str> = trades.iter().map(|trade| trade.reason.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let reason = |trade: &Trade| reasons.partition_point(|&reason| reason < trade.reason.as_str());
    TradeData {
        entry_time: column::whole(trades.iter().map(|trade| trade.entry_time_ms)),
        exit_time: column::whole(trades.iter().map(|trade| trade.exit_time_ms)),
        entry_price: exact(|trade| trade.entry_price),
        exit_price: exact(|trade| trade.exit_price),
        side: column::whole(trades.iter().map(|trade| i64::from(trade.side == Side::Short))),
        quantity: exact(|trade| trade.quantity),
        profit: exact(|trade| trade.profit),
        reason: column::whole(trades.iter().map(|trade| index(reason(trade)))),
        mae: excursion(|trade| trade.mae),
        mfe: excursion(|trade| trade.mfe),
        reasons,
    }
}

#[expect(clippy::cast_possible_wrap, reason = "an index in memory is far below 2^63")]
fn index(at: usize) -> i64 {
    at as i64
}

/// JSON that no HTML parser takes for markup: `<`, `>`, `&` and the line ends of JavaScript are written as escapes.
pub(crate) fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn no_tag_survives_and_the_value_stays() {
        let text = "</script><!-- & \u{2028}\"'";
        let json = inert(&serde_json::to_string(text).unwrap());
        assert!(!json.contains(['<', '>', '&', '\u{2028}']));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
