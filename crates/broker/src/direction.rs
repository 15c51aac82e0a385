use serde::{Deserialize, Serialize};

/// Side of a position, or of an order that would open one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Bought: gains when the price rises.
    Long,
    /// Sold: gains when the price falls.
    Short,
}

impl Direction {
    /// 1 for long, −1 for short.
    ///
    /// ```
    /// use broker::Direction;
    ///
    /// assert_eq!(Direction::Long.sign(), 1.0);
    /// assert_eq!(Direction::Long.opposite().sign(), -1.0);
    /// ```
    pub const fn sign(self) -> f64 {
        match self {
            Self::Long => 1.0,
            Self::Short => -1.0,
        }
    }

    /// The other side.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Long => Self::Short,
            Self::Short => Self::Long,
        }
    }

    /// `long` or `short`, as in the serialised form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Short => "short",
        }
    }
}
