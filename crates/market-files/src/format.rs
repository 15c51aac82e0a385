use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::Error;

/// In which form rows are written.
///
/// Reads and prints the names `csv`, `jsonl`, `parquet`, `arrow` and `arrow-stream`.
///
/// ```
/// use std::path::Path;
///
/// use market_files::OutputFormat;
///
/// assert_eq!("jsonl".parse::<OutputFormat>()?, OutputFormat::JsonLines);
/// assert_eq!(OutputFormat::of(Path::new("eurusd.feather"))?.to_string(), "arrow");
/// assert!(OutputFormat::Csv.is_text() && !OutputFormat::Parquet.is_text());
/// # Ok::<(), market_files::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutputFormat {
    /// `csv`: comma-separated, UTF-8, lines end in a line feed, names in the first line.
    Csv,
    /// `jsonl`: JSON Lines, one object a row, its keys the names of the columns.
    JsonLines,
    /// `parquet`: compressed with Zstandard.
    Parquet,
    /// `arrow`: the file format of Arrow IPC, also called Feather version 2; not compressed. Needs the feature `arrow`.
    Arrow,
    /// `arrow-stream`: the stream format of Arrow IPC, which a reader takes batch by batch while it is being written.
    /// Needs the feature `arrow`.
    ArrowStream,
}

impl OutputFormat {
    /// All formats, whether built in or not.
    pub const ALL: [Self; 5] = [Self::Csv, Self::JsonLines, Self::Parquet, Self::Arrow, Self::ArrowStream];

    /// The name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::ArrowStream => "arrow-stream",
        }
    }

    /// The extensions of its files, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["csv"],
            Self::JsonLines => &["jsonl", "ndjson"],
            Self::Parquet => &["parquet"],
            Self::Arrow => &["arrow", "feather", "ipc"],
            Self::ArrowStream => &["arrows"],
        }
    }

    /// Whether it is text, which may go to a terminal.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Csv | Self::JsonLines)
    }

    /// Whether it can be written: always, but for the two of Arrow, which the feature `arrow` builds in.
    pub const fn is_built_in(self) -> bool {
        cfg!(feature = "arrow") || !matches!(self, Self::Arrow | Self::ArrowStream)
    }

    /// The format that the extension of `path` names; case does not count.
    ///
    /// # Errors
    /// [`Error::OutputExtension`] for any other extension, or none.
    pub fn of(path: &Path) -> Result<Self, Error> {
        let extension = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
        let named = |format: &Self| format.extensions().iter().any(|known| extension.eq_ignore_ascii_case(known));
        Self::ALL.into_iter().find(named).ok_or_else(|| Error::OutputExtension { path: path.to_owned() })
    }
}

impl fmt::Display for OutputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for OutputFormat {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let named = |format: &Self| text.eq_ignore_ascii_case(format.name());
        Self::ALL.into_iter().find(named).ok_or_else(|| Error::OutputFormat { text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_extensions_are_understood_in_any_case() {
        for format in OutputFormat::ALL {
            assert_eq!(format.to_string().to_uppercase().parse::<OutputFormat>().unwrap(), format);
            for extension in format.extensions() {
                let path = format!("folder.csv/bars.{}", extension.to_uppercase());
                assert_eq!(OutputFormat::of(Path::new(&path)).unwrap(), format);
            }
        }
    }

    #[test]
    fn other_names_and_extensions_list_what_there_is() {
        let error = "xlsx".parse::<OutputFormat>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`xlsx` is no output format; there are `csv`, `jsonl`, `parquet`, `arrow`, `arrow-stream`"
        );
        for path in ["bars.txt", "bars", "csv", "bars.csv.gz"] {
            let error = OutputFormat::of(Path::new(path)).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "{path} ends in none of `.csv`, `.jsonl`, `.ndjson`, `.parquet`, `.arrow`, `.feather`, `.ipc`, \
                     `.arrows`"
                )
            );
        }
    }
}
