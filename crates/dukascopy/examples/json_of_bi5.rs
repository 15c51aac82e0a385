//! Prints the JSON reply that carries the ticks of a bi5 hour file.
//!
//! `cargo run -p aio-dukascopy --example json_of_bi5 -- 13h_ticks.bi5 EURUSD 2019-02-04T13:00:00Z > reply.json`

use std::error::Error;
use std::fs;
use std::io::{self, Write};

use dukascopy::{TickSpan, decode_ticks, encode_json_ticks, instrument};
use market::{Ticks, UnixNanos};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, symbol, hour] = arguments.as_slice() else {
        return Err("usage: json_of_bi5 FILE SYMBOL HOUR".into());
    };
    let (scale, hour) = (instrument(symbol).ok_or("not in the table")?.scale, hour.parse::<UnixNanos>()?);
    let (mut ticks, mut reply) = (Ticks::default(), Vec::new());
    decode_ticks(&fs::read(file)?, TickSpan::Hour, hour, scale, &mut ticks)?;
    encode_json_ticks(ticks.view(), hour, scale, &mut reply)?;
    Ok(io::stdout().write_all(&reply)?)
}
