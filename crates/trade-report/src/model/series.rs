use serde::{Deserialize, Serialize};

/// A half-open range of time, milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeRange {
    /// Start.
    pub from_ms: i64,
    /// End, after the start.
    pub to_ms: i64,
}

/// What a range of the data was used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// The search saw it.
    InSample,
    /// The procedure was tested on it.
    OutOfSample,
    /// Looked at once, at the end.
    Holdout,
}

/// A range of the data and what it was used for, shaded in the charts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// What for.
    pub kind: PeriodKind,
    /// What is written over it.
    pub label: String,
    /// When.
    pub range: TimeRange,
}

/// Bars of one length as columns of equal length, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candles {
    /// When each bar opens, milliseconds since 1970-01-01 UTC, strictly rising.
    pub open_time_ms: Vec<i64>,
    /// Length of a bar in milliseconds, above 0.
    pub bar_ms: i64,
    /// First price of each bar.
    pub open: Vec<f64>,
    /// Highest price of each bar.
    pub high: Vec<f64>,
    /// Lowest price of each bar.
    pub low: Vec<f64>,
    /// Last price of each bar.
    pub close: Vec<f64>,
    /// Volume of each bar in any unit, at least 0; empty if unknown.
    pub volume: Vec<f64>,
    /// Decimals with which prices are shown, 0 to 9. Bars stand in the page rounded to them.
    pub price_decimals: u8,
    /// What is to be said about the bars, such as that each is made of several; may be empty.
    #[serde(default)]
    pub note: String,
}

/// Value of an account over time, net of all costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equity {
    /// When, milliseconds since 1970-01-01 UTC, strictly rising.
    pub time_ms: Vec<i64>,
    /// Value in the header's currency; a bankrupt account may be at or below 0.
    pub equity: Vec<f64>,
    /// Value before the first of `equity`, where drawdowns and the returns of the first day and month start from; absent:
    /// they start from the first value.
    #[serde(default)]
    pub initial: Option<f64>,
}

impl Equity {
    /// Values without one before the first.
    pub fn new(time_ms: Vec<i64>, equity: Vec<f64>) -> Self {
        Self { time_ms, equity, initial: None }
    }
}

/// Direction of a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Gains when the price rises.
    Long,
    /// Gains when the price falls.
    Short,
}

/// A round trip. A position that is open at the end is one that is closed at the last price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trade {
    /// When it was opened, milliseconds since 1970-01-01 UTC.
    pub entry_time_ms: i64,
    /// When it was closed, not before the entry.
    pub exit_time_ms: i64,
    /// Fill price of the entry.
    pub entry_price: f64,
    /// Fill price of the exit.
    pub exit_price: f64,
    /// Direction.
    pub side: Side,
    /// Units traded, above 0.
    pub quantity: f64,
    /// Profit after all costs, in the header's currency.
    pub profit: f64,
    /// What of the costs `profit` has paid, in the header's currency.
    #[serde(default)]
    pub costs: Option<f64>,
    /// Why it was closed, such as `stop`; may be empty.
    pub reason: String,
    /// Maximum adverse excursion: largest open loss, in the header's currency, at most 0.
    #[serde(default)]
    pub mae: Option<f64>,
    /// Maximum favourable excursion: largest open profit, in the header's currency, at least 0.
    #[serde(default)]
    pub mfe: Option<f64>,
}
