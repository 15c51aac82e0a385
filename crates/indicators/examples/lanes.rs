//! Strength over several periods of one symbol, and over several symbols, eight at a time.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]
use indicators::{Error, Lanes, talib};

/// A made-up history.
fn closes(symbol: u32) -> Vec<f64> {
    (0..500_u32).map(|bar| 100.0 + f64::from(bar * (7 + symbol) % 53) - f64::from(bar * 11 % 31)).collect()
}

fn main() -> Result<(), Error> {
    let close = closes(0);
    let periods = [7, 9, 14, 21, 28, 35, 50, 100];
    let mut lanes = Lanes::new([
        talib::Rsi::new(periods[0])?,
        talib::Rsi::new(periods[1])?,
        talib::Rsi::new(periods[2])?,
        talib::Rsi::new(periods[3])?,
        talib::Rsi::new(periods[4])?,
        talib::Rsi::new(periods[5])?,
        talib::Rsi::new(periods[6])?,
        talib::Rsi::new(periods[7])?,
    ]);
    let mut strengths = periods.map(|_| vec![0.0; close.len()]);
    lanes.run_shared([&close], strengths.each_mut().map(|out| [&mut out[..]]));
    for (period, strength) in periods.iter().zip(&strengths) {
        println!("rsi({period}) of the last bar: {:.2}", strength[close.len() - 1]);
    }

    let symbols = [1, 2, 3].map(closes);
    let rsi = talib::Rsi::new(14)?;
    let mut lanes = Lanes::new([rsi.clone(), rsi.clone(), rsi]);
    let mut strengths = symbols.each_ref().map(|close| vec![0.0; close.len()]);
    lanes.run(symbols.each_ref().map(|close| [&close[..]]), strengths.each_mut().map(|out| [&mut out[..]]));
    let next = lanes.update([[101.0], [102.0], [103.0]]);
    println!("rsi(14) of three symbols, one bar later: {next:.2?}");
    Ok(())
}
