//! A day of ticks to bars of bid, ask and mid as a data frame, filtered by polars, and bars again.
//!
//! `cargo run -p aio-market-frames --example ticks_to_frame`
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use market::synthetic::{SyntheticConfig, generate};
use market::{Timeframe, aggregate};
use market_frames::polars::prelude::*;
use market_frames::{FrameOptions, quote_bars_from_frame, quote_bars_to_frame};

fn main() -> Result<(), Box<dyn Error>> {
    let ticks = generate(&SyntheticConfig::eurusd("2024-02-05".parse()?, 1), 42)?;
    let frame = quote_bars_to_frame(&aggregate(ticks.view(), Timeframe::M1));
    println!("{}", frame.select(["open_time", "bid_close", "ask_close", "spread", "tick_count"])?);

    let spread = frame.column("spread")?.f64()?;
    println!("{} minutes, mean spread {:.6}", frame.height(), spread.mean().ok_or("no spread is known")?);

    // What a frame has become by filters and joins is checked when it becomes bars again.
    let is_wide: BooleanChunked = spread.iter().map(|spread| spread.map(|spread| spread > 0.000_05)).collect();
    let wide = frame.filter(&is_wide)?;
    let bars = quote_bars_from_frame(&wide, Timeframe::M1, FrameOptions::strict())?;
    println!("{} of them had a spread above half a pip", bars.len());
    Ok(())
}
