//! Prints an average of a feed, bar by bar.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]
use indicators::{Error, Indicator, talib};

fn main() -> Result<(), Error> {
    let mut ema = talib::Ema::new(3)?;
    for price in [1.10, 1.12, 1.11, 1.13, 1.14, 1.12] {
        let [average] = ema.update([price]);
        println!("{price:.2} {average:.5}");
    }
    Ok(())
}
