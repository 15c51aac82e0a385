//! What strategies may be made of.

mod grid;
mod risk;
mod standard;
mod term;

use indicators::Profile;
use serde::{Deserialize, Serialize};
use strategy::{Price, Session, SizeRule};

pub use self::grid::Grid;
pub use self::risk::{DistanceGrid, RiskWords};
pub use self::term::{Measure, Mirror, Term};

/// What strategies may be made of: every indicator, price, number and setting that a search may use.
///
/// All fields are the caller's to change; [`Grammar::new`](crate::Grammar::new) checks them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Which sides trade.
    pub sides: Sides,
    /// Prices and volume of the bar. A volume is compared with volumes only.
    pub prices: Vec<Price>,
    /// Outputs of indicators.
    pub terms: Vec<Term>,
    /// How many bars back a number may be read; empty for none.
    pub lags: Vec<u16>,
    /// Factors above 0 for volumes and for sizes of movements: `close > open + 0.5 · atr`; [`None`] for no factors.
    pub factors: Option<Grid>,
    /// Parts of the day in which entries may be allowed; empty for none.
    pub sessions: Vec<Session>,
    /// Stops and targets.
    pub risk: RiskWords,
    /// Sizes of positions, at least one. There is no default: the size decides what costs mean.
    pub sizes: Vec<SizeRule>,
    /// How large strategies may become.
    pub limits: Limits,
    /// The arithmetic in which every indicator must be defined.
    pub profile: Profile,
}

/// Which sides of the market strategies trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sides {
    /// Only long.
    Long,
    /// Only short.
    Short,
    /// Long, short or both, each side with rules of its own.
    Both,
    /// The short rule is the long rule of the market turned upside down, so that no trend of the sample pays by itself.
    Mirrored,
}

/// How large strategies may become. They hold for everything that is proposed, after simplification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Most nodes: conditions, numbers, stops and targets, of both sides together. At least 8.
    pub max_nodes: usize,
    /// Deepest nesting of conditions and numbers, 2 to 32: a comparison of two prices is 2 deep.
    pub max_depth: usize,
    /// Deepest nesting of conditions in random strategies; smaller ones are as frequent. At least 1, below `max_depth`.
    pub initial_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_nodes: 60, max_depth: 8, initial_depth: 3 }
    }
}
