use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Num;

/// A condition that holds or not at a bar's close. Where a number has no value, the comparison does not hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cond {
    /// Left compared with right at this bar.
    Compare(CmpOp, Num, Num),
    /// Left crosses right between the bar before and this bar.
    Cross(CrossKind, Num, Num),
    /// The bar opens inside a daily session.
    Session(Session),
    /// All hold; true if there is none.
    All(Vec<Cond>),
    /// At least one holds; false if there is none.
    Any(Vec<Cond>),
    /// The condition does not hold.
    Not(Box<Cond>),
}

/// Comparison as Pine Script makes it: numbers no further apart than [`CmpOp::TOLERANCE`] count as equal, so that the last
/// bit of a sum does not decide whether a price touches its average.
///
/// Source: TradingView's measured behaviour, published with PyneCore 6.11.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CmpOp {
    /// Less than.
    Lt,
    /// Less than or equal.
    Le,
    /// Greater than.
    Gt,
    /// Greater than or equal.
    Ge,
}

impl CmpOp {
    /// Largest difference of two numbers that count as equal.
    pub const TOLERANCE: f64 = 1e-10;
}

/// Direction of a crossing, as `ta.crossover` and `ta.crossunder` define it: on the very bits, without tolerance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CrossKind {
    /// left > right now, left ≤ right at the bar before.
    Over,
    /// left < right now, left ≥ right at the bar before.
    Under,
}

/// A part of every day in UTC, from `from_minute` up to but without `to_minute`; it may pass midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Minute of the day, 0 to 1439.
    pub from_minute: u16,
    /// Minute of the day, 0 to 1439, different from `from_minute`.
    pub to_minute: u16,
}
