//! Streams days of synthetic ticks and their minutes into files, a day at a time: memory does not grow with the days.
//!
//! `cargo run -p aio-market-files --features arrow --example stream_ticks -- 5 ticks.parquet minutes.csv`
//!
//! The extension says the format; `-` is CSV to the standard output.
#![expect(clippy::print_stderr, reason = "an example prints")]

use std::error::Error;
use std::io::{Write, stdout};
use std::path::Path;

use market::synthetic::{SyntheticConfig, generate};
use market::{Aggregator, Timeframe, UnixNanos};
use market_files::{AtomicFile, BarColumns, BarWriter, BarWriterOptions, OutputFormat, TickWriter, TickWriterOptions};

/// Where rows go: the standard output, or a file that gets its name when it is complete.
enum Sink {
    Stdout,
    File(AtomicFile),
}

impl Sink {
    fn open(name: &str) -> Result<(Self, OutputFormat), Box<dyn Error>> {
        if name == "-" {
            return Ok((Self::Stdout, OutputFormat::Csv));
        }
        let path = Path::new(name);
        Ok((Self::File(AtomicFile::create(path)?), OutputFormat::of(path)?))
    }

    fn close(self) -> Result<(), market_files::Error> {
        match self {
            Self::Stdout => Ok(()),
            Self::File(file) => file.commit(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Stdout => stdout().write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Stdout => stdout().flush(),
            Self::File(file) => file.flush(),
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [days, ticks_name, bars_name] = arguments.as_slice() else {
        return Err("usage: stream_ticks DAYS TICKS_FILE BARS_FILE".into());
    };
    let symbol = Some("EURUSD".parse()?);
    let (sink, format) = Sink::open(ticks_name)?;
    let options = TickWriterOptions { symbol: symbol.clone(), ..TickWriterOptions::default() };
    let mut tick_writer = TickWriter::new(sink, format, options)?;
    let (sink, format) = Sink::open(bars_name)?;
    let options = BarWriterOptions { symbol, ..BarWriterOptions::new(BarColumns::Quotes, Timeframe::M1) };
    let mut bar_writer = BarWriter::new(sink, format, options)?;

    let first: UnixNanos = "2024-02-05".parse()?;
    let (mut aggregator, mut n_ticks) = (Aggregator::new(Timeframe::M1), 0);
    for day in 0..days.parse::<u32>()? {
        let start = UnixNanos(first.0 + i64::from(day) * UnixNanos::PER_DAY);
        let ticks = generate(&SyntheticConfig::eurusd(start, 1), u64::from(day))?;
        tick_writer.write(ticks.view())?;
        n_ticks += ticks.len();
        for tick in ticks.view().iter() {
            if let Some(bar) = aggregator.push(tick)? {
                bar_writer.write(&bar)?;
            }
        }
    }
    if let Some(bar) = aggregator.finish() {
        bar_writer.write(&bar)?;
    }
    tick_writer.finish()?.close()?;
    bar_writer.finish()?.close()?;
    eprintln!("{n_ticks} ticks of {days} days");
    Ok(())
}
