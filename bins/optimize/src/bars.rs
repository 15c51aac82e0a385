//! Bars from a file or a pipe, cut to the wanted range.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use market::{Bars, PriceSide, Symbol, Timeframe, UnixNanos};
use market_files::{NaiveTime, ReadOptions};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Which bars a run is made on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BarsRecord {
    /// The file; one without folder lies in the run's folder.
    pub(crate) path: PathBuf,
    /// Length of the bars that were made of them, if other than the file's.
    pub(crate) timeframe: Option<Timeframe>,
    /// First moment, in nanoseconds since 1970.
    pub(crate) from_ns: Option<i64>,
    /// First moment after the range.
    pub(crate) to_ns: Option<i64>,
    /// Number of bars.
    pub(crate) n_bars: usize,
    /// SHA-256 over times and columns of the bars, little-endian.
    pub(crate) sha256: String,
}

/// Bars and what their file says of them.
#[derive(Debug)]
pub(crate) struct ReadBars {
    pub(crate) bars: Bars,
    pub(crate) symbol: Option<Symbol>,
    pub(crate) side: Option<PriceSide>,
}

/// Reads bars; `-` is standard input.
pub(crate) fn read(path: &Path) -> Result<ReadBars> {
    if path != Path::new("-") {
        return read_file(path);
    }
    let mut start = [0; 4];
    let mut input = io::stdin().lock();
    let n = read_start(&mut input, &mut start).context("cannot read standard input")?;
    let extension = if &start[..n] == b"PAR1" { ".parquet" } else { ".csv" };
    let mut file = tempfile::Builder::new().suffix(extension).tempfile().context("cannot keep standard input")?;
    file.write_all(&start[..n])?;
    io::copy(&mut input, &mut file).context("cannot read standard input")?;
    file.flush()?;
    read_file(file.path()).context("standard input")
}

fn read_start(input: &mut impl Read, start: &mut [u8; 4]) -> io::Result<usize> {
    let mut n = 0;
    while n < start.len() {
        match input.read(&mut start[n..])? {
            0 => break,
            more => n += more,
        }
    }
    Ok(n)
}

fn read_file(path: &Path) -> Result<ReadBars> {
    let options = ReadOptions { naive_time: NaiveTime::Utc, ..ReadOptions::strict() };
    let file = market_files::read_bars(path, &options)?;
    Ok(ReadBars { bars: file.bars, symbol: file.symbol, side: file.side })
}

/// Makes longer bars if wanted, and cuts them to the range.
pub(crate) fn cut(
    bars: Bars,
    timeframe: Option<Timeframe>,
    from: Option<UnixNanos>,
    to: Option<UnixNanos>,
) -> Result<Bars> {
    let bars = match timeframe {
        Some(wanted) if wanted != bars.timeframe() => market::resample(bars.view(), wanted)
            .with_context(|| format!("cannot make {wanted} bars of {} ones", bars.timeframe()))?,
        _ => bars,
    };
    if from.is_none() && to.is_none() {
        return Ok(bars);
    }
    let mut inside = Bars::new(bars.grid());
    let view = bars.view();
    for bar in view
        .iter()
        .filter(|bar| from.is_none_or(|from| bar.open_time >= from) && to.is_none_or(|to| bar.open_time < to))
    {
        inside.push(bar)?;
    }
    if inside.is_empty() {
        let (first, last) = match (view.open_time.first(), view.open_time.last()) {
            (Some(first), Some(last)) => (first.to_string(), last.to_string()),
            _ => bail!("there are no bars"),
        };
        bail!("no bar lies between --from and --to; the bars go from {first} to {last}");
    }
    Ok(inside)
}

/// Digest of everything a back-test reads.
pub(crate) fn digest(bars: &Bars) -> String {
    let (view, mut hash) = (bars.view(), Sha256::new());
    for time in view.open_time {
        hash.update(time.0.to_le_bytes());
    }
    for column in [view.open, view.high, view.low, view.close, view.volume, view.spread] {
        for value in column {
            hash.update(value.to_bits().to_le_bytes());
        }
    }
    let nibbles = hash.finalize().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.map(|nibble| char::from(b"0123456789abcdef"[usize::from(nibble)])).collect()
}
