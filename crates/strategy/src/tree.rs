use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Cond, Constraint, Input, Risk, Sizing};

/// A trading rule for one instrument: the single description that the back-test runs and Pine Script is made from.
///
/// Conditions are evaluated once a bar, at its close; the orders they cause fill at the next bar's open. At most one
/// position is open: an entry against it reverses it, an entry along with it is ignored. Where the conditions of both
/// sides hold at the same close, neither enters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Strategy {
    /// Name for people; also the title of the Pine script.
    pub name: String,
    /// The numbers that a search may change, with their ranges.
    pub inputs: Vec<Input>,
    /// Which values of the inputs go together; a search tries no others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// When to be long; absent for a strategy that only sells.
    pub long: Option<Rule>,
    /// When to be short; absent for a strategy that only buys.
    pub short: Option<Rule>,
    /// Stops and targets of every position.
    pub risk: Risk,
    /// How large a position is.
    pub sizing: Sizing,
}

/// When to open and close a position of one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Open when this holds at a bar's close.
    pub entry: Cond,
    /// Close when this holds at a bar's close; absent if only the stop, the target or a reversal closes.
    pub exit: Option<Cond>,
}
