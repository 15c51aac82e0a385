use serde::{Deserialize, Serialize};

/// What was run, on what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Headline of the page and title of the window.
    pub title: String,
    /// Start of the data, milliseconds since 1970-01-01 UTC.
    pub from_ms: i64,
    /// End of the data, milliseconds since 1970-01-01 UTC, not before `from_ms`.
    pub to_ms: i64,
    /// Currency of equity, profits and costs, such as `USD`.
    pub currency: String,
    /// Name of the run; empty if it has none.
    #[serde(default)]
    pub run_id: String,
    /// What was traded; may be empty.
    #[serde(default)]
    pub symbol: String,
    /// Length of a bar in words, such as `M5`; may be empty.
    #[serde(default)]
    pub timeframe: String,
    /// Where the data come from, in words; may be empty.
    #[serde(default)]
    pub source: String,
    /// Digest of the data, such as a SHA-256 in hexadecimal; may be empty.
    #[serde(default)]
    pub data_hash: String,
    /// Seed of everything random.
    #[serde(default)]
    pub seed: Option<u64>,
    /// What trading costs, in words; may be empty.
    #[serde(default)]
    pub costs: String,
    /// Programs and libraries that made the results.
    #[serde(default)]
    pub versions: Vec<Version>,
}

impl Header {
    /// A header with what every report has.
    pub fn new(title: &str, from_ms: i64, to_ms: i64, currency: &str) -> Self {
        Self {
            title: title.to_owned(),
            from_ms,
            to_ms,
            currency: currency.to_owned(),
            run_id: String::new(),
            symbol: String::new(),
            timeframe: String::new(),
            source: String::new(),
            data_hash: String::new(),
            seed: None,
            costs: String::new(),
            versions: Vec::new(),
        }
    }
}

/// Version of a program or library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Whether something is good news. The page never says it by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Good news.
    Good,
    /// Bad news.
    Bad,
    /// Neither.
    #[default]
    Neutral,
}

/// The answer of the whole run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Whether it is good news.
    pub tone: Tone,
    /// The answer in a few words.
    pub headline: String,
    /// What decided it.
    pub reasons: Vec<String>,
    /// The conditions under which the answer would be yes; may be empty.
    pub rule: String,
}

/// A large figure with its caption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The figure with its unit, ready to read.
    pub value: String,
    /// What it is.
    pub caption: String,
    /// Whether it is good news.
    #[serde(default)]
    pub tone: Tone,
}

/// How much a warning matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Results may mislead.
    Caution,
    /// Results must not be used as they are.
    Serious,
}

/// What a reader must know before trusting a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// How much it matters.
    pub severity: Severity,
    /// The warning in plain words.
    pub text: String,
}

/// What validation found in the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataQuality {
    /// Quality in one paragraph.
    pub summary: String,
    /// Each kind of finding.
    pub rows: Vec<QualityRow>,
}

/// One kind of finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualityRow {
    /// The kind.
    pub name: String,
    /// How many.
    pub count: u64,
    /// When or where the first was seen; may be empty.
    pub example: String,
    /// What was done about it; may be empty.
    pub action: String,
}

/// A comment that took no part in the results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commentary {
    /// Who speaks: a model's name, `rules`, a person.
    pub by: String,
    /// The comment in a few words; may be empty.
    pub headline: String,
    /// The comment.
    pub text: String,
    /// Further points, such as patterns and price levels.
    pub points: Vec<String>,
}
