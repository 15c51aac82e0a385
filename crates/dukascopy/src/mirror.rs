use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use market::{Symbol, TicksView, Timeframe, UnixNanos};

use crate::atomic::{sweep, write_atomically};
use crate::file_key::feed_name;
use crate::{
    Candle, Ending, Error, FileKey, FileKind, MAX_DECODED_BYTES, PriceScale, TickSpan, decode_candles, encode_ticks,
    instrument, instruments, similar_instruments,
};

/// What a source has of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileState {
    /// Bytes to decode.
    Data,
    /// A file of zero bytes: the market was shut.
    Empty,
    /// No file.
    Missing,
}

/// A folder with the files of Dukascopy's server under the server's own names (see [`FileKey`]).
///
/// ```
/// use dukascopy::Mirror;
/// use market::{Tick, Ticks};
///
/// let folder = tempfile::tempdir()?;
/// let mirror = Mirror::open(folder.path())?;
/// let eurusd = "EURUSD".parse()?;
/// let mut ticks = Ticks::default();
/// for time in ["2019-02-04T13:59:59Z", "2019-02-04T15:00:00Z"] {
///     let time = time.parse()?;
///     ticks.push(Tick { time, bid: 1.14512, ask: 1.14515, bid_volume: 1.5, ask_volume: 0.75 })?;
/// }
/// assert_eq!(mirror.write_ticks(&eurusd, ticks.view())?, 3); // one file an hour, that of 14:00 empty
///
/// let history = mirror.read_ticks(&eurusd, "2019-02-04".parse()?.."2019-02-05".parse()?)?;
/// assert_eq!(history.ticks, ticks);
/// assert_eq!(history.coverage.hours.len(), 24);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Mirror {
    root: PathBuf,
    scales: BTreeMap<Symbol, PriceScale>,
}

impl Mirror {
    /// The mirror in the folder `root`, which must be there.
    ///
    /// # Errors
    /// [`Error::NoMirror`] if it is not there or not a folder.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, Error> {
        let root = root.into();
        if root.is_dir() { Ok(Self { root, scales: BTreeMap::new() }) } else { Err(Error::NoMirror { root }) }
    }

    /// The mirror in the folder `root`, which is made if it is not there.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be made.
    pub fn create(root: impl Into<PathBuf>) -> Result<Self, Error> {
        let root = root.into();
        fs::create_dir_all(&root).map_err(|source| Error::Write { path: root.clone(), source })?;
        Self::open(root)
    }

    /// The same mirror with a price scale for a symbol that the instrument table does not know, or has otherwise.
    #[must_use]
    pub fn with_scale(mut self, symbol: Symbol, scale: PriceScale) -> Self {
        self.scales.insert(symbol, scale);
        self
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The scale of the prices of `symbol`: as given by [`with_scale`](Self::with_scale), else from the table.
    ///
    /// # Errors
    /// [`Error::UnknownInstrument`] with the closest names.
    pub fn scale(&self, symbol: &Symbol) -> Result<PriceScale, Error> {
        let known = || instrument(symbol.as_str()).map(|info| info.scale);
        self.scales.get(symbol).copied().or_else(known).ok_or_else(|| Error::UnknownInstrument {
            symbol: symbol.clone(),
            similar: similar_instruments(symbol.as_str(), 5).iter().map(|info| info.symbol).collect(),
        })
    }

    /// The symbols that have a folder, sorted.
    ///
    /// # Errors
    /// [`Error::Read`] if the folder cannot be listed.
    pub fn symbols(&self) -> Result<Vec<Symbol>, Error> {
        let mut symbols = Vec::new();
        for (path, is_folder) in entries(&self.root)? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let symbol = name.parse::<Symbol>().ok().filter(|symbol| is_folder && symbol.as_str() == name);
            symbols.extend(symbol.map(table_symbol));
        }
        symbols.sort();
        Ok(symbols)
    }

    /// The files of `symbol`, in order of time. Files with other names than those of the layout are left out.
    ///
    /// # Errors
    /// [`Error::NoSymbol`] if it has no folder; [`Error::Read`] if a folder cannot be listed.
    pub fn files(&self, symbol: &Symbol) -> Result<Vec<FileKey>, Error> {
        let root = self.folder(symbol)?;
        let (mut keys, mut folders) = (Vec::new(), vec![root.clone()]);
        while let Some(folder) = folders.pop() {
            for (path, is_folder) in entries(&folder)? {
                if is_folder {
                    folders.push(path);
                } else if let Ok(below) = path.strip_prefix(&root) {
                    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                    keys.extend(format!("{symbol}/{}", parts.join("/")).parse::<FileKey>().ok());
                }
            }
        }
        keys.sort();
        Ok(keys)
    }

    /// Where the file lies, whether it is there or not.
    pub fn path(&self, key: &FileKey) -> PathBuf {
        self.root.join(key.feed_path())
    }

    /// Reads a file into `bytes`, which are cleared first.
    ///
    /// # Errors
    /// [`Error::Read`] if it is there and cannot be read; [`Error::File`] if it is too large to be one.
    pub fn read_file(&self, key: &FileKey, bytes: &mut Vec<u8>) -> Result<FileState, Error> {
        bytes.clear();
        let path = self.path(key);
        let read = |bytes: &mut Vec<u8>| File::open(&path)?.take(MAX_DECODED_BYTES as u64 + 1).read_to_end(bytes);
        match read(bytes) {
            Ok(0) => Ok(FileState::Empty),
            Ok(length) if length > MAX_DECODED_BYTES => {
                Err(Error::TooLarge { limit_bytes: MAX_DECODED_BYTES, header_bytes: None }.in_file(path))
            }
            Ok(_) => Ok(FileState::Data),
            Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(FileState::Missing),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    /// Reads a candle file and appends its candles.
    ///
    /// # Errors
    /// As [`read_file`](Self::read_file) and [`scale`](Self::scale); [`Error::File`] for a file that does not decode;
    /// [`Error::Path`] for a `key` of ticks.
    pub fn read_candles(&self, key: &FileKey, candles: &mut Vec<Candle>) -> Result<FileState, Error> {
        let FileKind::Candles(step, _) = key.kind() else {
            return Err(Error::Path { path: key.to_string() });
        };
        let (scale, mut bytes) = (self.scale(key.symbol())?, Vec::new());
        let state = self.read_file(key, &mut bytes)?;
        decode_candles(&bytes, step, key.start(), scale, candles).map_err(|error| error.in_file(self.path(key)))?;
        Ok(state)
    }

    /// Writes a file and its folders; under its final name it is always complete, whoever else writes it or is killed
    /// meanwhile. Until then it lies in the folder `.part` of the mirror.
    ///
    /// # Errors
    /// [`Error::Write`] if the system refuses; no partial file is left under the final name.
    pub fn write_file(&self, key: &FileKey, bytes: &[u8]) -> Result<(), Error> {
        write_atomically(&self.root, &self.path(key), bytes)
    }

    /// Removes unfinished files that a killed process left in the folder `.part` more than an hour before `now`. A download
    /// does it first.
    ///
    /// # Errors
    /// [`Error::Read`] if the folder cannot be listed or a file not be removed.
    pub fn sweep(&self, now: UnixNanos) -> Result<(), Error> {
        sweep(&self.root, now).map_err(|source| Error::Read { path: self.root.clone(), source })
    }

    /// Moves a file out of the way, to the same path below the folder `.damaged` of the mirror; returns where it lies now.
    ///
    /// # Errors
    /// [`Error::Write`] if the system refuses or there is no such file.
    pub fn set_aside(&self, key: &FileKey) -> Result<PathBuf, Error> {
        let (path, aside) = (self.path(key), self.root.join(".damaged").join(key.feed_path()));
        let folder = aside.parent().unwrap_or(&self.root);
        let moved = fs::create_dir_all(folder).and_then(|()| fs::rename(&path, &aside));
        moved.map_err(|source| Error::Write { path, source })?;
        Ok(aside)
    }

    /// Writes `ticks` as hour files from the first tick's hour to the last one's, with empty files for the hours
    /// without ticks in between; returns the number of files.
    ///
    /// # Errors
    /// As [`scale`](Self::scale), [`encode_ticks`] and [`write_file`](Self::write_file).
    pub fn write_ticks(&self, symbol: &Symbol, ticks: TicksView<'_>) -> Result<usize, Error> {
        let scale = self.scale(symbol)?;
        let (mut rest, mut n_files, mut bytes) = (ticks, 0, Vec::new());
        let Some(&first) = ticks.time.first() else {
            return Ok(0);
        };
        let mut hour = Timeframe::H1.floor(first);
        while !rest.is_empty() {
            let key = FileKey::new(symbol.clone(), FileKind::Ticks(TickSpan::Hour), hour)?;
            let n_ticks = rest.time.partition_point(|&time| time < key.end());
            bytes.clear();
            encode_ticks(rest.slice(0..n_ticks), TickSpan::Hour, hour, scale, Ending::Size, &mut bytes)
                .map_err(|error| error.in_file(self.path(&key)))?;
            self.write_file(&key, &bytes)?;
            rest = rest.slice(n_ticks..rest.len());
            n_files += 1;
            hour = UnixNanos(hour.0 + Timeframe::H1.nanos());
        }
        Ok(n_files)
    }

    /// The folder of `symbol`, which must be there.
    pub(crate) fn folder(&self, symbol: &Symbol) -> Result<PathBuf, Error> {
        let folder = self.root.join(feed_name(symbol.as_str()));
        if folder.is_dir() {
            return Ok(folder);
        }
        Err(Error::NoSymbol { root: self.root.clone(), symbol: symbol.clone(), available: self.symbols()? })
    }
}

/// The instrument whose folder is called `folder`: other than it for the few that have another name in the feed.
fn table_symbol(folder: Symbol) -> Symbol {
    if instrument(folder.as_str()).is_some() {
        return folder;
    }
    let named = instruments().iter().find(|info| info.feed_symbol == folder.as_str());
    named.and_then(|info| info.symbol.parse().ok()).unwrap_or(folder)
}

fn entries(folder: &Path) -> Result<Vec<(PathBuf, bool)>, Error> {
    let read = || fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>();
    let paths = read().map_err(|source| Error::Read { path: folder.to_owned(), source })?;
    Ok(paths.into_iter().map(|path| (path.is_dir(), path)).map(|(is_folder, path)| (path, is_folder)).collect())
}
