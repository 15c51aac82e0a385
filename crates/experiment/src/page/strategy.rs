use backtest::{Direction, Report};
use market::BarsView;
use strategy::{Params, Strategy};
use trade_report::{Equity, Parameter, Side, Trade};

use crate::Error;
use crate::page::{figures, simulations};

/// A strategy with its parameters, as it was traded over parts of one market.
#[derive(Clone, Copy, Debug)]
pub struct Performance<'a> {
    /// The strategy.
    pub strategy: &'a Strategy,
    /// The values of its inputs.
    pub params: &'a Params,
    /// How it did over each part of the bars, oldest first, at least one; they do not overlap, and there may be bars
    /// between them.
    pub parts: &'a [&'a Report],
    /// Cash with which every part began.
    pub initial_cash: f64,
}

/// A strategy of the page with parameters, equity, trades, figures (a column for each part) and simulations. What ranking
/// and verdict add (score, criteria, allocation, note) is left to the caller.
///
/// - `bars`: the bars over which all parts were traded.
/// - `seed`: of the simulations.
///
/// # Errors
/// [`Error::Failed`] if a number of the results is not finite.
///
/// # Panics
/// If there is no part, or one lies outside of the bars.
pub fn strategy(performance: &Performance<'_>, bars: BarsView<'_>, seed: u64) -> Result<trade_report::Strategy, Error> {
    let Performance { strategy, params, .. } = performance;
    Ok(trade_report::Strategy {
        parameters: parameters(strategy, params),
        equity: Some(equity(performance, bars)),
        trades: trades(performance),
        metrics: figures(performance, bars)?,
        monte_carlo: simulations(performance, bars, seed)?,
        ..trade_report::Strategy::new(&strategy.name)
    })
}

/// Inputs with their values, as they are written in the strategy.
pub(crate) fn parameters(strategy: &Strategy, params: &Params) -> Vec<Parameter> {
    let pairs = strategy.inputs.iter().zip(params.values());
    pairs.map(|(input, value)| Parameter { name: input.name.clone(), value: value.to_string() }).collect()
}

/// The account at each bar's close, by the bar's open time, from the first part's first bar to the last part's last: each
/// part goes on from where the one before ended, in proportion, and between them nothing happens. An account that is used
/// up stays so.
///
/// # Panics
/// If there is no part, or one lies outside of the bars.
pub fn equity(performance: &Performance<'_>, bars: BarsView<'_>) -> Equity {
    let initial = performance.initial_cash;
    let (mut values, mut carried) = (Vec::new(), initial);
    let start = performance.parts.first().expect("a performance has a part").window.start;
    for part in performance.parts {
        values.resize(part.window.start - start, carried);
        let scale = carried / initial;
        if carried > 0.0 {
            values.extend(part.equity.iter().map(|value| value * scale));
        } else {
            values.resize(part.window.end - start, carried);
        }
        carried = values.last().copied().unwrap_or(initial);
    }
    let time_ms = bars.open_time[start..start + values.len()].iter().map(|time| time.as_millis()).collect();
    Equity { initial: Some(initial), ..Equity::new(time_ms, values) }
}

/// The trades of all parts in the order of their entries, each with the quantity and profit of its own part. A bar's open
/// time stands for what happened in it.
pub fn trades(performance: &Performance<'_>) -> Vec<Trade> {
    let all = performance.parts.iter().flat_map(|part| &part.trades);
    let mut trades: Vec<Trade> = all.map(trade).collect();
    trades.sort_by_key(|trade| trade.entry_time_ms);
    trades
}

fn trade(trade: &backtest::Trade) -> Trade {
    Trade {
        entry_time_ms: trade.entry_time.as_millis(),
        exit_time_ms: trade.exit_time.as_millis(),
        entry_price: trade.entry_price,
        exit_price: trade.exit_price,
        side: match trade.direction {
            Direction::Long => Side::Long,
            Direction::Short => Side::Short,
        },
        quantity: trade.quantity,
        profit: trade.profit,
        costs: Some(trade.costs),
        reason: trade.exit_reason.name().replace('_', " "),
        mae: Some(0.0 - trade.max_adverse * trade.quantity),
        mfe: Some(trade.max_favourable * trade.quantity),
    }
}
