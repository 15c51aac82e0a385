//! Prints named columns of features of bars, then follows a feed on which a bar comes late.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]
use indicators::{Bars, Error, FeatureSet, LateBars, Profile};

fn main() -> Result<(), Error> {
    let features = FeatureSet::new(["ema(3)", "rsi(3)", "atr(3)", "macd(2,4,2)"], Profile::Talib)?;
    let bars = Bars {
        open: &[1.10, 1.11, 1.12, 1.10, 1.13, 1.14],
        high: &[1.12, 1.13, 1.13, 1.14, 1.15, 1.16],
        low: &[1.09, 1.10, 1.09, 1.10, 1.12, 1.12],
        close: &[1.11, 1.12, 1.10, 1.13, 1.14, 1.13],
        volume: &[900.0, 1100.0, 700.0, 1300.0, 1000.0, 800.0],
    };
    for (name, column) in features.names().iter().zip(features.compute(&bars)?) {
        println!("{name:24} {column:8.4?}");
    }

    let mut feed = LateBars::new(features, 10);
    for bar in 0..bars.close.len() {
        feed.update(&[bars.open[bar], bars.high[bar], bars.low[bar], bars.close[bar], bars.volume[bar]]);
    }
    println!("the fourth bar closed at 1.12:");
    for values in feed.correct(2, &[1.10, 1.14, 1.10, 1.12, 1300.0])? {
        println!("{values:8.4?}");
    }
    Ok(())
}
