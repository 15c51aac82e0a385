//! Files by name: official candles, and whatever a repair asks for again.

use std::ops::Range;
use std::sync::Arc;

use futures_util::{StreamExt, stream};
use market::{Symbol, Ticks, TradingCalendar, UnixNanos};
use serde::Serialize;

use super::ask::{Answer, Asker, not_asked};
use super::day::blocking;
use super::route::{Way, ways};
use super::{Downloader, FetchEvent, HourOutcome};
use crate::{CandleStep, Error, FileKey, FileKind, FileState, Mirror, Side, decode_candles, decode_ticks};

/// Which files to download.
#[derive(Clone, Debug)]
pub struct FileRequest {
    /// The files, each once.
    pub keys: Vec<FileKey>,
    /// The present: files of periods that are not over by then are not asked for, because they still grow.
    pub now: UnixNanos,
    /// When the market is open: what makes an empty tick file doubtful. Candle files are never empty.
    pub calendar: Option<TradingCalendar>,
    /// Whether files that the cache has in good order are asked for again and replaced by what comes.
    pub refetch: bool,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FetchedFile {
    /// The file.
    #[serde(serialize_with = "as_path")]
    pub key: FileKey,
    /// How it ended; [`HourOutcome::Closed`] is an empty tick file of a time in which the market was closed.
    pub outcome: HourOutcome,
    /// `cache` or the name of the source that was asked last.
    pub origin: String,
    /// Why it is not there or failed; empty otherwise.
    pub reason: String,
}

fn as_path<S: serde::Serializer>(key: &FileKey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&key.feed_path())
}

/// The BID and ASK files with candles of these lengths whose periods (days, months, years) `range` touches, in order of
/// time.
///
/// ```
/// use dukascopy::{CandleStep, candle_keys};
///
/// let range = "2019-02-04".parse()?.."2019-02-06".parse()?;
/// let keys = candle_keys(&"EURUSD".parse()?, range, &[CandleStep::Minute, CandleStep::Day])?;
/// assert_eq!(keys[0].to_string(), "EURUSD/2019/BID_candles_day_1.bi5");
/// assert_eq!(keys.len(), 2 * (2 + 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Error::EmptyRange`] and [`Error::Period`] for a range that is none.
pub fn candle_keys(symbol: &Symbol, range: Range<UnixNanos>, steps: &[CandleStep]) -> Result<Vec<FileKey>, Error> {
    if range.start >= range.end {
        return Err(Error::EmptyRange { from: range.start, to: range.end });
    }
    let mut keys = Vec::new();
    for step in steps {
        for side in [Side::Bid, Side::Ask] {
            let mut time = range.start;
            while time < range.end {
                let key = FileKey::new(symbol.clone(), FileKind::Candles(*step, side), time)?;
                time = key.end();
                keys.push(key);
            }
        }
    }
    keys.sort_by_key(|key| (key.start(), key.kind()));
    Ok(keys)
}

impl Downloader {
    /// Brings files of the cache up to the request, and says of each what became of it, in the order of the request.
    ///
    /// A file is decoded before it replaces another one.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch).
    pub async fn fetch_files(
        &self,
        request: &FileRequest,
        on_event: &(dyn Fn(&FetchEvent<'_>) + Sync),
    ) -> Result<Vec<FetchedFile>, Error> {
        let (ways, asker) = (ways(self.routes()), self.asker(on_event));
        let job = Job { cache: self.cache_arc(), ways: &ways, asker: &asker, request };
        let width = self.routes().iter().map(|route| route.pace.max_in_flight).max().unwrap_or(1);
        let mut files = stream::iter(&request.keys).map(|key| job.fetch(key)).buffered(width.max(1));
        let mut done = Vec::with_capacity(request.keys.len());
        while let Some(file) = files.next().await {
            done.push(file?);
        }
        Ok(done)
    }
}

struct Job<'a> {
    cache: &'a Arc<Mirror>,
    ways: &'a [Way],
    asker: &'a Asker<'a>,
    request: &'a FileRequest,
}

impl Job<'_> {
    async fn fetch(&self, key: &FileKey) -> Result<FetchedFile, Error> {
        let ended = |outcome, origin: &str, reason: &str| {
            let (origin, reason) = (origin.to_owned(), reason.to_owned());
            FetchedFile { key: key.clone(), outcome, origin, reason }
        };
        if !self.request.refetch && self.is_cached(key).await? {
            return Ok(ended(HourOutcome::Data, "cache", ""));
        }
        if key.end() > self.request.now {
            return Ok(ended(HourOutcome::NotThere, "", "the period is not over yet"));
        }
        let is_open = self.is_never_empty(key);
        let mut last = ended(HourOutcome::NotThere, "", "no source serves it");
        for (at, way) in self.ways.iter().enumerate() {
            // Several routes of one server have the same files.
            let is_asked = self.ways[..at].iter().any(|other| Arc::ptr_eq(&other.server, &way.server));
            if is_asked || !way.server.source.serves(key.kind()) {
                continue;
            }
            let name = way.server.source.name();
            let answer = match way.server.down() {
                Some(reason) => Answer::Failed(not_asked(reason)),
                None => self.asker.ask(&way.server, key, is_open, |bytes| self.accept(key, bytes)).await?,
            };
            match answer {
                Answer::Data(()) => return Ok(ended(HourOutcome::Data, name, "")),
                Answer::Empty => {
                    self.accept(key, Vec::new()).await?.expect("no bytes are a tick file without ticks");
                    return Ok(ended(HourOutcome::Closed, name, ""));
                }
                Answer::NotThere if last.outcome != HourOutcome::Failed => {
                    last = ended(HourOutcome::NotThere, name, "the source has no such file");
                }
                Answer::NotThere => {}
                Answer::EmptyThoughOpen => last = ended(HourOutcome::Failed, name, "it is empty"),
                Answer::Failed(reason) => last = ended(HourOutcome::Failed, name, &reason),
            }
        }
        Ok(last)
    }

    /// A candle file lists flat candles for closed hours, so that it is never empty.
    fn is_never_empty(&self, key: &FileKey) -> bool {
        let is_open = |calendar: &TradingCalendar| !calendar.closed_throughout(key.start()..key.end());
        matches!(key.kind(), FileKind::Candles(..)) || self.request.calendar.as_ref().is_some_and(is_open)
    }

    async fn is_cached(&self, key: &FileKey) -> Result<bool, Error> {
        let (cache, key) = (Arc::clone(self.cache), key.clone());
        let read = blocking(move || {
            let mut bytes = Vec::new();
            let state = cache.read_file(&key, &mut bytes)?;
            Ok(decode(&cache, &key, &bytes).map(|()| state).map_err(|error| error.in_file(cache.path(&key))))
        });
        match read.await? {
            Ok(state) => Ok(state == FileState::Data),
            Err(error) => {
                (self.asker.on_event)(&FetchEvent::CacheDamaged { error: &error });
                Ok(false)
            }
        }
    }

    async fn accept(&self, key: &FileKey, bytes: Vec<u8>) -> Result<Result<(), String>, Error> {
        let (cache, key) = (Arc::clone(self.cache), key.clone());
        blocking(move || match decode(&cache, &key, &bytes) {
            Err(error) => Ok(Err(error.to_string())),
            Ok(()) => cache.write_file(&key, &bytes).map(Ok),
        })
        .await
    }
}

fn decode(cache: &Mirror, key: &FileKey, bytes: &[u8]) -> Result<(), Error> {
    let scale = cache.scale(key.symbol())?;
    match key.kind() {
        FileKind::Ticks(span) => decode_ticks(bytes, span, key.start(), scale, &mut Ticks::default()).map(|_| ()),
        FileKind::Candles(step, _) => decode_candles(bytes, step, key.start(), scale, &mut Vec::new()).map(|_| ()),
    }
}
