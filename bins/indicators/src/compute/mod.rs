//! `indicators compute`.
mod binding;
mod csv;
mod json;
mod parquet;
mod records;

use std::fs::File;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::args::{ComputeArgs, Format};
use crate::call::Call;
use crate::sink::Sink;

pub(crate) fn run(options: &ComputeArgs) -> Result<()> {
    let calls: Vec<Call> = options.calls.iter().map(|text| Call::parse(text)).collect::<Result<_>>()?;
    let format = format(options)?;
    if is_parquet(&options.input) {
        return parquet::run(options, &calls, format);
    }
    if options.input == Path::new("-") {
        return csv::run(options, &calls, format, io::stdin().lock());
    }
    let file = File::open(&options.input).with_context(|| format!("cannot read {}", options.input.display()))?;
    csv::run(options, &calls, format, file).with_context(|| options.input.display().to_string())
}

fn format(options: &ComputeArgs) -> Result<Format> {
    let Some(path) = options.output.as_deref() else { return Ok(options.format.unwrap_or(Format::Csv)) };
    if let Some(format) = options.format {
        return Ok(format);
    }
    match extension(path).as_str() {
        "csv" => Ok(Format::Csv),
        "json" | "jsonl" | "ndjson" => Ok(Format::Json),
        "parquet" => Ok(Format::Parquet),
        _ => bail!("{} ends in none of .csv, .jsonl, .parquet: give --format", path.display()),
    }
}

fn is_parquet(path: &Path) -> bool {
    extension(path) == "parquet"
}

fn extension(path: &Path) -> String {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase()
}

/// Where the table of `options` goes.
fn sink(options: &ComputeArgs, format: Format) -> Result<Sink> {
    Sink::open(options.output.as_deref(), format)
}
