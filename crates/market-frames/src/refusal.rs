//! Why `market` refuses the rows of a frame, in the frame's own words.

use market::{Bar, BarGrid, Bars, BarsView, PriceSide, QuoteBar, QuoteBars, TicksView, UnixNanos};

use crate::Error;
use crate::names::{self, ASK_SIDE, BID_SIDE, MID_SIDE, SideNames};

pub(crate) fn of_bars(error: market::Error, bars: BarsView<'_>) -> Error {
    match error {
        market::Error::Value { row, column, value } => {
            let bar = bars.slice(row..row + 1).iter().next();
            impossible(row, column, value, bar)
        }
        other => misplaced(other, bars.grid, |row| bars.open_time[row]),
    }
}

/// Why `bar` cannot follow `bars`.
pub(crate) fn of_quote_bars(error: market::Error, bar: &QuoteBar, bars: &QuoteBars) -> Error {
    let market::Error::Value { row, column, value } = error else {
        return misplaced(error, bars.grid(), |row| bars.view(PriceSide::Bid).open_time[row]);
    };
    let is_refused = |names: &SideNames| Bars::new(bars.grid()).push(bar.bar(names.side)).is_err();
    let Some(names) = [BID_SIDE, ASK_SIDE, MID_SIDE].into_iter().find(is_refused) else {
        return impossible(row, column, value, None);
    };
    if names.side == PriceSide::Mid && column == names::VOLUME {
        let found = format!("{} + {}", bar.bid.volume, bar.ask.volume);
        return Error::Value { row, column: names.volume, found, expected: "a finite sum of volumes" };
    }
    match impossible(row, column, value, Some(bar.bar(names.side))) {
        Error::Value { row, column, found, expected } => {
            Error::Value { row, column: names.column(column), found, expected }
        }
        other => other,
    }
}

pub(crate) fn of_ticks(error: market::Error, ticks: TicksView<'_>) -> Error {
    match error {
        market::Error::Value { row, column, value } => {
            let is_price = column == names::BID || column == names::ASK;
            let expected = if is_price { "a price above 0, at most 1e15" } else { "a volume from 0 to 1e18" };
            Error::Value { row, column, found: value.to_string(), expected }
        }
        market::Error::Order { row, time } => Error::Order { row, time, previous: ticks.time[row - 1] },
        other => Error::Rows { source: Box::new(other) },
    }
}

fn misplaced(error: market::Error, grid: BarGrid, open_time: impl Fn(usize) -> UnixNanos) -> Error {
    match error {
        market::Error::Order { row, time } => Error::Order { row, time, previous: open_time(row - 1) },
        market::Error::Alignment { row, time } => Error::Alignment { row, time, grid },
        other => Error::Rows { source: Box::new(other) },
    }
}

/// A value of `bar` that cannot be: where a price is none, that one, not those which are compared with it.
fn impossible(row: usize, column: &'static str, value: f64, bar: Option<Bar>) -> Error {
    let refused = |column, value: f64, expected| Error::Value { row, column, found: value.to_string(), expected };
    match column {
        names::VOLUME => refused(column, value, "a finite volume of at least 0"),
        names::SPREAD => refused(column, value, "a spread of at least 0, or null"),
        _ => {
            let prices = bar.map(|bar| {
                [(names::OPEN, bar.open), (names::HIGH, bar.high), (names::LOW, bar.low), (names::CLOSE, bar.close)]
            });
            let is_none = |(_, price): &(&str, f64)| !(price.is_finite() && *price > 0.0);
            match prices.into_iter().flatten().find(is_none) {
                Some((column, price)) => refused(column, price, "a finite price above 0"),
                None => refused(column, value, "between low and high"),
            }
        }
    }
}
