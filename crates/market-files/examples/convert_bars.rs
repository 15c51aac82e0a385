//! Converts bars between CSV and Parquet, times without zone taken as UTC.
//!
//! `cargo run -p aio-market-files --example convert_bars -- bars.parquet bars.csv`
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::path::Path;

use market_files::{NaiveTime, ReadOptions, read_bars, write_bars};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output] = arguments.as_slice() else {
        return Err("usage: convert_bars INPUT OUTPUT".into());
    };
    let options = ReadOptions { naive_time: NaiveTime::Utc, ..ReadOptions::strict() };
    let file = read_bars(Path::new(input), &options)?;
    write_bars(Path::new(output), file.bars.view())?;
    println!("{} bars of {}; not read: {:?}", file.bars.len(), file.bars.timeframe(), file.ignored_columns);
    Ok(())
}
