use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::Error;

/// A source by name, as a command line or a configuration file gives it.
///
/// | text | meaning |
/// |---|---|
/// | `day`, `day@URL` | day files of Dukascopy's server, or of the one at `URL`: one request a day |
/// | `hour`, `hour@URL` | hour files: 24 requests a day |
/// | `json`, `json@URL` | the newer JSON protocol: 24 requests a day |
/// | `folder:PATH` | another mirror folder |
///
/// ```
/// use dukascopy::SourceSpec;
///
/// let spec: SourceSpec = "hour@https://mirror.example".parse()?;
/// assert_eq!(spec, SourceSpec::HourFiles { base_url: Some("https://mirror.example".to_owned()) });
/// assert_eq!(spec.to_string(), "hour@https://mirror.example");
/// assert!("ftp".parse::<SourceSpec>().is_err());
/// # Ok::<(), dukascopy::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SourceSpec {
    /// `.bi5` files of whole days over HTTP.
    DayFiles {
        /// The server; absent: Dukascopy's.
        base_url: Option<String>,
    },
    /// `.bi5` files of hours over HTTP.
    HourFiles {
        /// The server; absent: Dukascopy's.
        base_url: Option<String>,
    },
    /// The JSON protocol.
    Json {
        /// The server; absent: Dukascopy's.
        base_url: Option<String>,
    },
    /// Another mirror folder.
    Folder(PathBuf),
}

/// The order in which sources are asked if nobody says otherwise: day files, hour files, JSON.
pub fn default_sources() -> Vec<SourceSpec> {
    vec![
        SourceSpec::DayFiles { base_url: None },
        SourceSpec::HourFiles { base_url: None },
        SourceSpec::Json { base_url: None },
    ]
}

impl fmt::Display for SourceSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, base_url) = match self {
            Self::DayFiles { base_url } => ("day", base_url),
            Self::HourFiles { base_url } => ("hour", base_url),
            Self::Json { base_url } => ("json", base_url),
            Self::Folder(path) => return write!(f, "folder:{}", path.display()),
        };
        match base_url {
            None => f.write_str(name),
            Some(url) => write!(f, "{name}@{url}"),
        }
    }
}

impl FromStr for SourceSpec {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::SourceSpec { text: text.to_owned() };
        if let Some(path) = text.strip_prefix("folder:") {
            return if path.is_empty() { Err(bad()) } else { Ok(Self::Folder(path.into())) };
        }
        let (name, base_url) = match text.split_once('@') {
            None => (text, None),
            Some((_, "")) => return Err(bad()),
            Some((name, url)) => (name, Some(url.to_owned())),
        };
        match name {
            "day" => Ok(Self::DayFiles { base_url }),
            "hour" => Ok(Self::HourFiles { base_url }),
            "json" => Ok(Self::Json { base_url }),
            _ => Err(bad()),
        }
    }
}
