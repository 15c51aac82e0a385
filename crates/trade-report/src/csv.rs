use std::fmt::Write;

use crate::calendar::iso;
use crate::error::Error;
use crate::model::{Report, Side};

/// All trades of all strategies as CSV (RFC 4180, lines end in CR LF, times in ISO 8601, UTC).
///
/// Columns: `strategy, entry_time, exit_time, side, quantity, entry_price, exit_price, profit, reason, mae, mfe`; absent
/// numbers are empty. A text that a spreadsheet would take for a formula has an apostrophe before it.
///
/// # Errors
/// As [`Report::check`].
pub fn trades_csv(report: &Report) -> Result<String, Error> {
    report.check()?;
    let mut out =
        String::from("strategy,entry_time,exit_time,side,quantity,entry_price,exit_price,profit,reason,mae,mfe\r\n");
    for strategy in &report.strategies {
        let name = text(&strategy.name);
        for trade in &strategy.trades {
            let side = match trade.side {
                Side::Long => "long",
                Side::Short => "short",
            };
            let (entry, exit) = (iso(trade.entry_time_ms), iso(trade.exit_time_ms));
            let (quantity, profit, reason) = (trade.quantity, plain(trade.profit), text(&trade.reason));
            let (entry_price, exit_price) = (plain(trade.entry_price), plain(trade.exit_price));
            let (mae, mfe) = (optional(trade.mae), optional(trade.mfe));
            // Writing to a string cannot fail.
            let _ = write!(
                out,
                "{name},{entry},{exit},{side},{quantity},{entry_price},{exit_price},{profit},{reason},{mae},{mfe}\r\n"
            );
        }
    }
    Ok(out)
}

/// The equity of all strategies as CSV, one row a value: `strategy, time, equity, drawdown`. The drawdown is a fraction,
/// empty where it is undefined.
///
/// # Errors
/// As [`Report::check`].
pub fn equity_csv(report: &Report) -> Result<String, Error> {
    report.check()?;
    let mut out = String::from("strategy,time,equity,drawdown\r\n");
    for strategy in &report.strategies {
        let name = text(&strategy.name);
        let Some(series) = &strategy.equity else { continue };
        let drawdowns = crate::derive::drawdowns(&series.equity);
        for ((&time_ms, equity), drawdown) in series.time_ms.iter().zip(&series.equity).zip(drawdowns) {
            let (time, equity, drawdown) = (iso(time_ms), plain(*equity), optional(drawdown));
            let _ = write!(out, "{name},{time},{equity},{drawdown}\r\n");
        }
    }
    Ok(out)
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
