//! Prints what a mirror has of an instrument in a range of time, day by day, and its first minute bars.
//!
//! `cargo run -p aio-dukascopy --example tick_coverage -- MIRROR EURUSD 2014-05-01 2014-05-15`
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use dukascopy::{HourStatus, Mirror};
use market::{PriceSide, Timeframe, aggregate};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [root, symbol, from, to] = arguments.as_slice() else {
        return Err("usage: tick_coverage MIRROR SYMBOL FROM TO".into());
    };
    let history = Mirror::open(root)?.read_ticks(&symbol.parse()?, from.parse()?..to.parse()?)?;
    for day in history.coverage.hours.chunk_by(|a, b| Timeframe::D1.floor(a.start) == Timeframe::D1.floor(b.start)) {
        let marks: String = day
            .iter()
            .map(|hour| match hour.status {
                HourStatus::Data => '#',
                HourStatus::Empty => '.',
                HourStatus::Missing => '?',
            })
            .collect();
        let n_ticks: usize = day.iter().map(|hour| hour.n_ticks).sum();
        println!("{}  {marks}  {n_ticks} ticks", Timeframe::D1.floor(day[0].start));
    }
    let bars = aggregate(history.ticks.view(), Timeframe::M1).bars(PriceSide::Mid);
    println!("{} ticks, {} minutes", history.ticks.len(), bars.len());
    for bar in bars.view().iter().take(3) {
        println!("{bar:?}");
    }
    Ok(())
}
