//! Downloads ticks into a folder and says what came of every hour.
//!
//! `cargo run --example download -- EURUSD 2026-11-02 2026-11-16 data/dukascopy [BASE_URL]`
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::time::SystemTime;

use dukascopy::{Downloader, FetchEvent, FetchRequest, HttpOptions, Mirror, blocking, default_sources};
use market::UnixNanos;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [symbol, from, to, folder, base_url @ ..] = args.as_slice() else {
        return Err("give SYMBOL FROM TO FOLDER [BASE_URL]".into());
    };
    #[expect(clippy::disallowed_methods, reason = "a program may read the clock")]
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let now = UnixNanos(i64::try_from(since.as_nanos())?);
    let request = FetchRequest::new(symbol.parse()?, from.parse()?..to.parse()?, now)?;

    let (cache, base_url) = (Mirror::create(folder)?, base_url.first().map(String::as_str));
    let downloader = Downloader::new(cache, &default_sources(), base_url, &HttpOptions::default())?;
    let report = blocking::Downloader::new(downloader)?.fetch(&request, &|event| match event {
        FetchEvent::Day { day, done_hours, total_hours, n_ticks, .. } => {
            println!("{day}: {done_hours} of {total_hours} hours, {n_ticks} ticks");
        }
        other => println!("{other:?}"),
    })?;
    println!("{:?}, {} ticks, {} requests", report.hours, report.ticks, report.requests);
    for gap in &report.gaps {
        println!("{gap:?}");
    }
    Ok(())
}
