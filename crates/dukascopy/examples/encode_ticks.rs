//! Encodes a CSV of ticks (`millis,ask,bid,ask_volume,bid_volume`, prices as integers) as the bi5 file of an hour.
//!
//! `cargo run -p aio-dukascopy --example encode_ticks -- TICKS.csv size|marker OUT.bi5`

use std::error::Error;
use std::fs;

use dukascopy::{Ending, PriceScale, TickSpan, encode_ticks};
use market::{Tick, Ticks, UnixNanos};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (input, ending, output) = match arguments.as_slice() {
        [input, ending, output] if ending == "size" => (input, Ending::Size, output),
        [input, ending, output] if ending == "marker" => (input, Ending::Marker, output),
        _ => return Err("usage: encode_ticks TICKS.csv size|marker OUT.bi5".into()),
    };
    let scale = PriceScale::new(5).ok_or("no scale of 5 decimals")?;
    let start: UnixNanos = "2019-02-04T13:00:00Z".parse()?;
    let mut ticks = Ticks::default();
    for line in fs::read_to_string(input)?.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())) {
        let cells: Vec<&str> = line.split(',').collect();
        let [millis, ask, bid, ask_volume, bid_volume] = cells.as_slice() else {
            return Err(format!("not five cells: {line}").into());
        };
        ticks.push(Tick {
            time: UnixNanos(start.0 + millis.parse::<i64>()? * 1_000_000),
            bid: scale.price(bid.parse()?),
            ask: scale.price(ask.parse()?),
            bid_volume: bid_volume.parse()?,
            ask_volume: ask_volume.parse()?,
        })?;
    }
    let mut bytes = Vec::new();
    encode_ticks(ticks.view(), TickSpan::Hour, start, scale, ending, &mut bytes)?;
    Ok(fs::write(output, bytes)?)
}
