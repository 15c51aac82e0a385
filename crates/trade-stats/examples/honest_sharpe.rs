//! How much of a Sharpe ratio is left once the number of tries is known.
//!
//! Run: `cargo run -p aio-trade-stats --example honest_sharpe`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use trade_stats::{SharpeSample, deflated_sharpe, expected_max_sharpe, min_backtest_years, min_track_record_length};

fn main() -> Result<(), &'static str> {
    // A back-test of five years of exchange days with a Sharpe ratio of 2.5 a year, fat-tailed and left-skewed.
    let per_year = 250.0_f64;
    let best = SharpeSample { value: 2.5 / per_year.sqrt(), n: 1_250, skewness: -3.0, kurtosis: 10.0 };
    // The tries' yearly ratios had the variance 1/2.
    let variance = 0.5 / per_year;

    println!("{:>7}  {:>13}  {:>9}  {:>12}", "tries", "luck brings", "deflated", "years needed");
    for n_trials in [1.0, 10.0, 46.0, 100.0, 1_000.0] {
        let luck = expected_max_sharpe(variance, n_trials).ok_or("no trials")?;
        let deflated = deflated_sharpe(&best, variance, n_trials).ok_or("no variance")?;
        let years = min_backtest_years(n_trials, 1.0).ok_or("no trials")?;
        println!("{n_trials:>7}  {:>11.2}/y  {deflated:>9.4}  {years:>12.1}", luck * per_year.sqrt());
    }
    let days = min_track_record_length(&best, 0.0, 0.95).ok_or("ratio not above 0")?;
    println!("track record needed to tell it from zero with 95 % confidence: {days:.0} days");
    Ok(())
}
