//! Prints RSI and MACD of a small series, once from whole columns and once bar by bar.
#![expect(clippy::print_stdout, reason = "examples print")]

use indicators::{Macd, Period, Rsi, macd, rsi};

const RSI: Period = Period::new(5).expect("between 1 and 100,000");
const FAST: Period = Period::new(3).expect("between 1 and 100,000");
const SLOW: Period = Period::new(6).expect("between 1 and 100,000");
const SIGNAL: Period = Period::new(4).expect("between 1 and 100,000");

fn main() {
    let close = [1.1012, 1.1019, 1.1007, 1.0998, 1.1003, 1.1015, 1.1031, 1.1028, 1.1040, 1.1037, 1.1022, 1.1030];

    let mut strength = [0.0; 12];
    let (mut line, mut signal, mut histogram) = ([0.0; 12], [0.0; 12], [0.0; 12]);
    rsi(&close, RSI, &mut strength);
    macd(&close, FAST, SLOW, SIGNAL, &mut line, &mut signal, &mut histogram);

    println!("{:>7} {:>7} {:>10} {:>10} {:>10}", "close", "rsi", "macd", "signal", "histogram");
    for bar in 0..close.len() {
        let (s, m, g, h) = (strength[bar], line[bar], signal[bar], histogram[bar]);
        println!("{:>7.4} {s:>7.2} {m:>10.6} {g:>10.6} {h:>10.6}", close[bar]);
    }

    let (mut strength, mut line) = (Rsi::new(RSI), Macd::new(FAST, SLOW, SIGNAL));
    for price in close {
        if let (Some(strength), Some(macd)) = (strength.next(price), line.next(price)) {
            println!("at {price:.4}: RSI {strength:.2}, MACD {:.6}", macd.macd);
        }
    }
}
