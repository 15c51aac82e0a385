//! Which bytes of the mirror a path stands for.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use market::{Symbol, UnixNanos};

use crate::file_key::feed_name;
use crate::{
    Candle, CandleStep, Error, FileKey, FileKind, FileState, HourStatus, JsonPath, MAX_DECODED_BYTES, Mirror, TickSpan,
    encode_json_candles, encode_json_ticks, instruments, json_symbol, traded_bars,
};

const BINARY: &str = "application/octet-stream";
const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

/// Status, type and body of an answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
}

/// What the mirror has for a path.
pub(super) fn answer(mirror: &Mirror, path: &str) -> Answer {
    let found = match path.strip_prefix("/datafeed/") {
        Some(file) => datafeed(mirror, file).map(|body| (BINARY, body)),
        None => json(mirror, path).map(|body| (JSON, body)),
    };
    match found {
        Ok((content_type, Some(body))) => Answer { status: 200, content_type, body },
        Ok((_, None)) => Answer { status: 404, content_type: TEXT, body: b"the mirror does not have it\n".to_vec() },
        Err(error) => failure(&error),
    }
}

/// The cause without the place where the mirror lies, which is nobody's business.
fn failure(error: &Error) -> Answer {
    let (status, text) = match error {
        Error::Path { .. } | Error::JsonPath { .. } | Error::UnknownInstrument { .. } => (404, error.to_string()),
        Error::File { source, .. } => (500, format!("the mirror's file does not decode: {source}")),
        Error::Read { source, .. } => (500, format!("the mirror's file cannot be read: {source}")),
        other => (500, other.to_string()),
    };
    Answer { status, content_type: TEXT, body: format!("{text}\n").into_bytes() }
}

fn datafeed(mirror: &Mirror, file: &str) -> Result<Option<Vec<u8>>, Error> {
    if let Some(folder) = file.strip_suffix("metadata/HistoryStart.bi5") {
        let folder = match folder.strip_suffix('/') {
            Some(symbol) => PathBuf::from(feed_name(table_symbol(symbol)?.as_str())),
            None if folder.is_empty() => PathBuf::new(),
            None => return Err(Error::Path { path: file.to_owned() }),
        };
        return kept(mirror.root().join(folder).join("metadata/HistoryStart.bi5"));
    }
    let key = file_key(file)?;
    let mut bytes = Vec::new();
    let state = mirror.read_file(&key, &mut bytes)?;
    Ok((state != FileState::Missing).then_some(bytes))
}

/// The key of a feed path, in which 6 instruments have another name than in the table.
fn file_key(file: &str) -> Result<FileKey, Error> {
    for info in instruments().iter().filter(|info| info.feed_symbol != info.symbol) {
        if let Some(below) = file.strip_prefix(info.feed_symbol).and_then(|rest| rest.strip_prefix('/')) {
            return format!("{}/{below}", info.symbol).parse();
        }
    }
    file.parse()
}

/// The symbol of a feed folder, which must be spelt exactly.
fn table_symbol(folder: &str) -> Result<Symbol, Error> {
    let named = instruments().iter().find(|info| info.feed_symbol == folder).map_or(folder, |info| info.symbol);
    let symbol = named.parse::<Symbol>().ok().filter(|symbol| symbol.as_str() == named);
    symbol.ok_or_else(|| Error::Path { path: folder.to_owned() })
}

fn kept(path: PathBuf) -> Result<Option<Vec<u8>>, Error> {
    let mut bytes = Vec::new();
    match File::open(&path).and_then(|file| file.take(MAX_DECODED_BYTES as u64).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Read { path, source }),
    }
}

fn json(mirror: &Mirror, path: &str) -> Result<Option<Vec<u8>>, Error> {
    match path.parse()? {
        JsonPath::Instrument { code } => {
            let symbol = json_symbol(&code)?;
            kept(mirror.root().join(feed_name(symbol.as_str())).join("metadata/instrument.json"))
        }
        JsonPath::Data { code, kind, start } => {
            let symbol = json_symbol(&code)?;
            match kind {
                FileKind::Ticks(_) => ticks(mirror, &symbol, start),
                FileKind::Candles(step, _) => candles(mirror, &FileKey::new(symbol, kind, start)?, step),
            }
        }
    }
}

fn ticks(mirror: &Mirror, symbol: &Symbol, hour: UnixNanos) -> Result<Option<Vec<u8>>, Error> {
    let (coverage, ticks) = mirror.hours_if_any(symbol)?.read(hour)?;
    if coverage.status == HourStatus::Missing {
        return Ok(None);
    }
    let mut body = Vec::new();
    let key = FileKey::new(symbol.clone(), FileKind::Ticks(TickSpan::Hour), hour)?;
    encode_json_ticks(ticks.view(), hour, mirror.scale(symbol)?, &mut body)
        .map_err(|error| error.in_file(key.to_string()))?;
    Ok(Some(body))
}

fn candles(mirror: &Mirror, key: &FileKey, step: CandleStep) -> Result<Option<Vec<u8>>, Error> {
    let mut candles = Vec::new();
    if mirror.read_candles(key, &mut candles)? == FileState::Missing {
        return Ok(None);
    }
    let bars = traded_bars(&candles, step).expect("candles of one file are in order and aligned");
    let traded: Vec<Candle> = bars
        .view()
        .iter()
        .map(|bar| Candle {
            open_time: bar.open_time,
            open: bar.open,
            high: bar.high,
            low: bar.low,
            close: bar.close,
            volume: bar.volume,
        })
        .collect();
    let mut body = Vec::new();
    encode_json_candles(&traded, step, key.start(), mirror.scale(key.symbol())?, &mut body)
        .map_err(|error| error.in_file(key.to_string()))?;
    Ok(Some(body))
}
