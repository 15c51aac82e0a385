//! The data that the page's script reads: see `docs/embedded-data.md`.

use serde::Serialize;

use crate::column::{self, Column};
use crate::model::{Candles, Equity, HeatMap, Period, Report, Side, Trade};

/// Points of an equity that the page carries, about; many more than a screen has pixels.
const MOST_POINTS: usize = 100_000;

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
    initial: Option<f64>,
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
    costs: Option<Column>,
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
        volume: (!candles.volume.is_empty()).then(|| column::shown(&candles.volume)),
    }
}

fn equity(equity: &Equity) -> EquityData {
    let (times, values) = thinned(&equity.time_ms, &equity.equity);
    EquityData { time: column::whole(times.into_iter()), equity: column::shown(&values), initial: equity.initial }
}

fn trades(trades: &[Trade]) -> TradeData<'_> {
    let exact = |of: fn(&Trade) -> f64| column::exact(&trades.iter().map(of).collect::<Vec<_>>());
    let optional = |of: fn(&Trade) -> Option<f64>| {
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
        costs: optional(|trade| trade.costs),
        mae: optional(|trade| trade.mae),
        mfe: optional(|trade| trade.mfe),
        reasons,
    }
}

/// A long series by its extremes: of each of `MOST_POINTS / 4` runs of points the first, lowest, highest and last, in
/// their order, so that no high and no low is lost.
fn thinned(times: &[i64], values: &[f64]) -> (Vec<i64>, Vec<f64>) {
    if values.len() <= MOST_POINTS {
        return (times.to_vec(), values.to_vec());
    }
    let run = values.len().div_ceil(MOST_POINTS / 4);
    let extremes = |start: usize| {
        let range = start..(start + run).min(values.len());
        let least = range.clone().reduce(|least, at| if values[at] < values[least] { at } else { least });
        let most = range.clone().reduce(|most, at| if values[at] > values[most] { at } else { most });
        let mut kept = vec![range.start, least.unwrap_or(start), most.unwrap_or(start), range.end - 1];
        kept.sort_unstable();
        kept.dedup();
        kept
    };
    let kept: Vec<usize> = (0..values.len()).step_by(run).flat_map(extremes).collect();
    (kept.iter().map(|&at| times[at]).collect(), kept.iter().map(|&at| values[at]).collect())
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
    use super::{MOST_POINTS, inert, thinned};

    #[test]
    fn a_long_series_keeps_its_ends_and_extremes() {
        let n = 3 * MOST_POINTS + 7;
        let times: Vec<i64> = (0..).take(n).collect();
        let mut values: Vec<f64> = times.iter().map(|&time| ((time * 7_919) % 1_009) as f64).collect();
        (values[123_457], values[234_561]) = (-5.0, 2_000.0);
        let (kept_times, kept) = thinned(&times, &values);
        assert!(kept.len() <= MOST_POINTS && kept.len() > MOST_POINTS / 2, "{} points", kept.len());
        assert!(kept_times.is_sorted() && kept.contains(&-5.0) && kept.contains(&2_000.0));
        assert_eq!((kept_times[0], kept_times.last(), kept.last()), (0, times.last(), values.last()));
        assert_eq!(thinned(&times[..9], &values[..9]), (times[..9].to_vec(), values[..9].to_vec()));
    }

    #[test]
    fn no_tag_survives_and_the_value_stays() {
        let text = "</script><!-- & \u{2028}\"'";
        let json = inert(&serde_json::to_string(text).unwrap());
        assert!(!json.contains(['<', '>', '&', '\u{2028}']));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
