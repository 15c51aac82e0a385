use std::net::SocketAddr;
use std::path::PathBuf;

use market::{Symbol, UnixNanos};

/// What can go wrong with Dukascopy data.
///
/// Offsets named `decoded` count bytes after decompression, where records lie one after another; all others count
/// bytes of the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes do not start with the 13-byte header of an LZMA stream.
    #[error("the first 13 of {len_bytes} bytes are not the header of an LZMA stream")]
    Header {
        /// Length of the file.
        len_bytes: usize,
    },
    /// The content is larger than any file of this kind.
    #[error("the content is larger than {limit_bytes} bytes (the header says {})", announced(*.header_bytes))]
    TooLarge {
        /// The most that is read.
        limit_bytes: usize,
        /// What the header says; `None` where it says nothing.
        header_bytes: Option<u64>,
    },
    /// The file ends before its stream does.
    #[error(
        "the stream breaks off at byte {offset}, after {decoded_bytes} decoded bytes (the header says {})",
        announced(*.header_bytes)
    )]
    Truncated {
        /// Length of the file.
        offset: usize,
        /// Bytes decompressed up to there.
        decoded_bytes: usize,
        /// What the header says; `None` where the stream has an end marker instead.
        header_bytes: Option<u64>,
    },
    /// The stream holds something that no encoder writes.
    #[error("the stream is corrupt before byte {offset}, after {decoded_bytes} decoded bytes")]
    Corrupt {
        /// Bytes of the file consumed when it was noticed.
        offset: usize,
        /// Bytes decompressed up to there.
        decoded_bytes: usize,
    },
    /// Something follows the end of the stream.
    #[error("{len_bytes} bytes follow the end of the stream at byte {offset}")]
    Trailing {
        /// Where the stream ends.
        offset: usize,
        /// How many bytes follow.
        len_bytes: usize,
    },
    /// There is no memory left to decompress.
    #[error("not enough memory to run the LZMA coder")]
    Memory,
    /// The decompressed content ends inside of a record.
    #[error("{decoded_bytes} decoded bytes are not a whole number of {record_bytes}-byte records")]
    PartialRecord {
        /// Length of the content.
        decoded_bytes: usize,
        /// Length of a record: 20 for ticks, 24 for candles.
        record_bytes: usize,
    },
    /// A record holds what cannot be.
    #[error("record {index} at decoded byte {decoded_offset}: {field} is {value}, expected {expected}")]
    Record {
        /// Position of the record, from 0.
        index: usize,
        /// Where the record starts in the decompressed content.
        decoded_offset: usize,
        /// The field.
        field: &'static str,
        /// Its value as stored: milliseconds, seconds, price units or volume.
        value: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// A tick or candle cannot be stored in a file of this kind.
    #[error("row {row}: {field} {value} cannot be stored, expected {expected}")]
    Unstorable {
        /// Position, from 0.
        row: usize,
        /// The field.
        field: &'static str,
        /// Its value, as text.
        value: String,
        /// What can be stored.
        expected: &'static str,
    },
    /// A time is not the start of a file's period, or lies outside of the years 1900 to 2199.
    #[error("{start} is not the start of a whole {period} of the years 1900 to 2199")]
    Period {
        /// The time.
        start: UnixNanos,
        /// `hour`, `day`, `month` or `year`.
        period: &'static str,
    },
    /// A path is not one of the mirror layout.
    #[error("`{path}` is not a path of the layout SYMBOL/YYYY/MM/DD/HHh_ticks.bi5 (months from 00)")]
    Path {
        /// The path.
        path: String,
    },
    /// A reply of the JSON API is not the JSON that it should be.
    #[error("the reply is not {what} in JSON")]
    Json {
        /// What was asked for: `ticks`, `candles` or `instrument details`.
        what: &'static str,
        /// What is wrong with it, with line and column.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A field of a JSON reply holds what cannot be.
    #[error("{} is {value}, expected {expected}", item(.field, *.index))]
    JsonField {
        /// The field; after a dot that of an object inside of it.
        field: &'static str,
        /// Position in the field's array, from 0; `None` for a field as a whole.
        index: Option<usize>,
        /// Its value, as text.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A price of a JSON reply lies between two steps of the instrument's price scale.
    #[error("{field}[{index}]: {steps} steps of {multiplier} are not a price of {decimals} decimals")]
    JsonScale {
        /// The field.
        field: &'static str,
        /// Position in the field's array, from 0.
        index: usize,
        /// The price, in multipliers.
        steps: i64,
        /// The reply's price step.
        multiplier: f64,
        /// Decimals of the instrument's price scale.
        decimals: u8,
    },
    /// A path is not one of the JSON API.
    #[error("`{path}` is not a path of the JSON API such as /v1/ticks/EUR-USD/2026/7/13/12 (months from 1)")]
    JsonPath {
        /// The path.
        path: String,
    },
    /// A file of history starts holds what cannot be.
    #[error("byte {offset} of the history starts: expected {expected}")]
    HistoryStart {
        /// Where.
        offset: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// A file holds what cannot be decoded; the source says what and at which offset.
    #[error("cannot decode {}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<Error>,
    },
    /// A file or folder could not be read.
    #[error("cannot read {}", .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A file or folder could not be written.
    #[error("cannot write {}", .path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The folder of the mirror is not there.
    #[error("the mirror folder {} is not there", .root.display())]
    NoMirror {
        /// The folder.
        root: PathBuf,
    },
    /// The mirror has no folder for the symbol.
    #[error("the mirror {} has no folder {symbol}; it has {}", .root.display(), list(.available))]
    NoSymbol {
        /// The folder of the mirror.
        root: PathBuf,
        /// What was asked for.
        symbol: Symbol,
        /// What is there, sorted.
        available: Vec<Symbol>,
    },
    /// A server cannot listen.
    #[error("cannot listen on {address}")]
    Bind {
        /// Where.
        address: SocketAddr,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A text is not a list of faults.
    #[error(
        "`{part}` is no list of faults such as 503=10%,empty=2%,reset=0.5%,times=1 (fractions of at most 100 % in all)"
    )]
    FaultSpec {
        /// The part that is wrong.
        part: String,
    },
    /// The instrument table does not know the symbol, so its price scale is unknown.
    #[error("no price scale is known for {symbol}; similar names are {}", list(.similar))]
    UnknownInstrument {
        /// What was asked for.
        symbol: Symbol,
        /// The closest names of the table, best first.
        similar: Vec<&'static str>,
    },
    /// A text names no source.
    #[error("`{text}` is not a source (write day, hour or json, with @URL for a server of your own, or folder:PATH)")]
    SourceSpec {
        /// The text.
        text: String,
    },
    /// Requests cannot be sent as asked for.
    #[error("the {option} `{value}` cannot be used: {reason}")]
    HttpOption {
        /// Which option.
        option: &'static str,
        /// Its value.
        value: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The download could not be started on this machine.
    #[error("cannot start the download")]
    Runtime {
        /// What the system answered.
        source: std::io::Error,
    },
    /// The range of time contains nothing.
    #[error("the range from {from} to {to} is empty")]
    EmptyRange {
        /// Its start.
        from: UnixNanos,
        /// Its end, exclusive.
        to: UnixNanos,
    },
    /// Not one file of the range is there.
    #[error("{symbol} has no tick file from {from} to {to}; {}", extent(*.held))]
    NoFiles {
        /// What was asked for.
        symbol: Symbol,
        /// Start of the range.
        from: UnixNanos,
        /// End of the range, exclusive.
        to: UnixNanos,
        /// Start of the first and end of the last tick file that is there.
        held: Option<(UnixNanos, UnixNanos)>,
    },
}

/// What a header says of the content's size.
fn announced(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "nothing".to_owned(), |bytes| bytes.to_string())
}

/// A field, with its position where it has one.
fn item(field: &str, index: Option<usize>) -> String {
    index.map_or_else(|| field.to_owned(), |index| format!("{field}[{index}]"))
}

impl Error {
    pub(crate) fn in_file(self, path: impl Into<PathBuf>) -> Self {
        Self::File { path: path.into(), source: Box::new(self) }
    }
}

fn list(names: &[impl ToString]) -> String {
    const SHOWN: usize = 20;
    if names.is_empty() {
        return "none".to_owned();
    }
    let text = names.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{text} and {} more", names.len() - SHOWN) } else { text }
}

fn extent(held: Option<(UnixNanos, UnixNanos)>) -> String {
    match held {
        Some((first, last)) => format!("the mirror holds {first} to {last}"),
        None => "the mirror holds no tick file of it".to_owned(),
    }
}
