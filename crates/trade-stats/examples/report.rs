//! Every number of a back-test, with its definition beside it.
//!
//! Run: `cargo run -p aio-trade-stats --example report`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use trade_stats::{Metric, ReportInput, Trade, Unit, equity_curve, month_key, report};

/// Returns of 500 days that stand for a back-test: a small drift in seeded noise, and the same noise for a benchmark.
fn returns() -> (Vec<f64>, Vec<f64>) {
    let mut state = 20_240_607_u64;
    let mut noise = || {
        state = state * 48_271 % 2_147_483_647;
        state as f64 / 2_147_483_647.0 - 0.5
    };
    (0..500)
        .map(|_| {
            let market = 0.02 * (noise() + noise() + noise());
            (0.0006 + 0.4 * market + 0.012 * (noise() + noise()), 0.0002 + market)
        })
        .unzip()
}

/// A trade every ten bars, held for seven.
fn trades(equity: &[f64]) -> Vec<Trade> {
    let trade = |entry: usize| {
        let (before, path) = (equity[entry], &equity[entry..entry + 8]);
        let move_to = |worst: fn(f64, f64) -> f64| path.iter().copied().fold(before, worst) / before - 1.0;
        let costs = 0.0002 * before;
        Trade {
            entry,
            exit: entry + 7,
            entry_value: before,
            exit_value: path[7],
            profit: path[7] - before - costs,
            costs,
            mae: Some(-move_to(f64::min)),
            mfe: Some(move_to(f64::max)),
        }
    };
    (0..480).step_by(10).map(trade).collect()
}

fn shown(metric: &Metric) -> String {
    let Some(value) = metric.value else { return "undefined".to_owned() };
    match metric.definition.unit {
        Unit::Fraction | Unit::Probability => format!("{:.2} %", 100.0 * value),
        Unit::Count | Unit::Periods | Unit::Bars => format!("{value:.1}"),
        _ => format!("{value:.3}"),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (returns, benchmark) = returns();
    let mut equity = vec![0.0; returns.len() + 1];
    equity_curve(&returns, 10_000.0, &mut equity);
    // 21 days a month from January 2022 on; a real caller takes the dates of its bars.
    let first = month_key(2022, 1).ok_or("no month")?;
    let months: Vec<i64> = (0..).flat_map(|month| [first + month; 21]).take(returns.len()).collect();
    let report = report(&ReportInput {
        returns: &returns,
        per_year: 252.0,
        risk_free: 0.02,
        month_keys: Some(&months),
        equity: Some(&equity),
        trades: &trades(&equity),
        benchmark: Some(&benchmark),
    })?;
    let mut group = "";
    for metric in report.metrics() {
        if metric.group != group {
            group = metric.group;
            println!("\n{group}");
        }
        println!("  {:36} {:>12}   {}", metric.definition.name, shown(&metric), metric.definition.formula);
    }
    println!("\nworst drawdowns");
    let mut falls = report.drawdowns;
    falls.sort_by(|a, b| b.fraction.total_cmp(&a.fraction));
    for fall in falls.iter().take(5) {
        let recovered = fall.end.map_or("open".to_owned(), |end| format!("day {end}"));
        println!(
            "  {:5.2} %  from day {:3}, lowest on day {:3}, back: {recovered}",
            100.0 * fall.fraction,
            fall.start,
            fall.bottom
        );
    }
    println!("\nmonths");
    for year in report.months {
        let cells = year.months.map(|month| month.map_or("     ".to_owned(), |value| format!("{:5.1}", 100.0 * value)));
        println!("  {}  {}  = {:.1} %", year.year, cells.join(" "), 100.0 * year.total);
    }
    Ok(())
}
