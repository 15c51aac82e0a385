use std::fmt::Write;

use crate::calendar::iso;
use crate::error::Error;
use crate::model::{Equity, Period, PeriodKind, Report, Side, Strategy, Trade};

/// All trades of all strategies as CSV (RFC 4180, lines end in CR LF, times in ISO 8601, UTC).
///
/// Columns: `rank, strategy, period, entry_time, exit_time, side, quantity, entry_price, exit_price, profit, costs, reason,
/// mae, mfe`. The rank is the strategy's place in the report from 1; the period is that of the entry, `in_sample`,
/// `out_of_sample` or `holdout`, empty outside of all. Absent numbers are empty. A text that a spreadsheet would take for a
/// formula has an apostrophe before it.
///
/// # Errors
/// As [`Report::check`].
pub fn trades_csv(report: &Report) -> Result<String, Error> {
    report.check()?;
    let mut out = String::from(
        "rank,strategy,period,entry_time,exit_time,side,quantity,entry_price,exit_price,profit,costs,reason,mae,mfe\r\n",
    );
    for (index, strategy) in report.strategies.iter().enumerate() {
        let name = text(&strategy.name);
        for trade in &strategy.trades {
            let period = period_at(&report.periods, trade.entry_time_ms);
            // Writing to a string cannot fail.
            let _ = write!(out, "{},{name},{period},{}\r\n", index + 1, trade_row(trade));
        }
    }
    Ok(out)
}

fn trade_row(trade: &Trade) -> String {
    let side = match trade.side {
        Side::Long => "long",
        Side::Short => "short",
    };
    let (entry, exit) = (iso(trade.entry_time_ms), iso(trade.exit_time_ms));
    let (quantity, profit, reason) = (trade.quantity, plain(trade.profit), text(&trade.reason));
    let (entry_price, exit_price) = (plain(trade.entry_price), plain(trade.exit_price));
    let (costs, mae, mfe) = (optional(trade.costs), optional(trade.mae), optional(trade.mfe));
    format!("{entry},{exit},{side},{quantity},{entry_price},{exit_price},{profit},{costs},{reason},{mae},{mfe}")
}

/// The equity of all strategies as CSV, a row for each time at which one has a value: `time, period, equity_1, drawdown_1,
/// equity_2, …`, numbered by the rank of the strategy. The period is as in [`trades_csv`]; the drawdown is a fraction.
/// What is absent or undefined is empty.
///
/// # Errors
/// As [`Report::check`].
pub fn equity_csv(report: &Report) -> Result<String, Error> {
    report.check()?;
    let numbered = |(index, strategy): (usize, &'_ Strategy)| Some((index + 1, Cursor::new(strategy.equity.clone()?)));
    let mut series: Vec<(usize, Cursor)> = report.strategies.iter().enumerate().filter_map(numbered).collect();
    let mut out = String::from("time,period");
    for (rank, _) in &series {
        let _ = write!(out, ",equity_{rank},drawdown_{rank}");
    }
    out.push_str("\r\n");
    while let Some(time_ms) = series.iter().filter_map(|(_, cursor)| cursor.time_ms()).min() {
        let _ = write!(out, "{},{}", iso(time_ms), period_at(&report.periods, time_ms));
        for (_, cursor) in &mut series {
            let (equity, drawdown) = cursor.take(time_ms);
            let _ = write!(out, ",{},{}", optional(equity), optional(drawdown));
        }
        out.push_str("\r\n");
    }
    Ok(out)
}

/// An equity that is read in step with others.
struct Cursor {
    equity: Equity,
    drawdowns: Vec<Option<f64>>,
    next: usize,
}

impl Cursor {
    fn new(equity: Equity) -> Self {
        Self { drawdowns: equity.drawdowns(), equity, next: 0 }
    }

    fn time_ms(&self) -> Option<i64> {
        self.equity.time_ms.get(self.next).copied()
    }

    /// The value and drawdown at that time, if there are any, and on to the next.
    fn take(&mut self, time_ms: i64) -> (Option<f64>, Option<f64>) {
        if self.time_ms() != Some(time_ms) {
            return (None, None);
        }
        let at = self.next;
        self.next += 1;
        (Some(self.equity.equity[at]), self.drawdowns[at])
    }
}

fn period_at(periods: &[Period], time_ms: i64) -> &'static str {
    let inside = |period: &&Period| (period.range.from_ms..period.range.to_ms).contains(&time_ms);
    periods.iter().find(inside).map_or("", |period| match period.kind {
        PeriodKind::InSample => "in_sample",
        PeriodKind::OutOfSample => "out_of_sample",
        PeriodKind::Holdout => "holdout",
    })
}

/// Without the sign of a negative zero.
fn plain(value: f64) -> f64 {
    value + 0.0
}

fn optional(value: Option<f64>) -> String {
    value.map(|value| plain(value).to_string()).unwrap_or_default()
}

fn text(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn texts_are_quoted_and_formulas_disarmed() {
        assert_eq!(text("plain"), "plain");
        assert_eq!(text("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(text("-1,5"), "\"'-1,5\"");
    }
}
