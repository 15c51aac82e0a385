//! Writes a report over a seeded random walk, with its CSV and JSON beside it: `report [DIR] [BARS]`.
#![expect(clippy::print_stdout, reason = "an example says where its files are")]

mod sample;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let folder = PathBuf::from(args.next().unwrap_or_else(|| ".".to_owned()));
    let n_bars = args.next().map_or(Ok(20_000), |text| text.parse())?;
    let report = sample::report(sample::candles(n_bars, 7), "SAMPLE");
    fs::create_dir_all(&folder)?;
    for (name, text) in [
        ("report.html", trade_report::render(&report)?),
        ("metrics.json", trade_report::metrics_json(&report)?),
        ("trades.csv", trade_report::trades_csv(&report)?),
        ("equity.csv", trade_report::equity_csv(&report)?),
    ] {
        fs::write(folder.join(name), text)?;
        println!("{}", folder.join(name).display());
    }
    Ok(())
}
