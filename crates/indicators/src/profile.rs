use std::fmt;

/// Whose arithmetic an indicator follows. The names, parameters and outputs are the same in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum Profile {
    /// The bits of TA-Lib 0.8.3: its first valid bar, its operations in its order.
    Talib,
    /// The bits of TradingView's charts (Pine Script v6), with its rules for `na`.
    TradingView,
    /// The fastest order of operations, with a relative error of at most 10⁻¹² (measured as [`mod@crate::fast`] says);
    /// begins where TA-Lib begins.
    Fast,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Talib, Self::TradingView, Self::Fast];

    /// Its name in lower case: `talib`, `tradingview`, `fast`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Talib => "talib",
            Self::TradingView => "tradingview",
            Self::Fast => "fast",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Profile {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|profile| profile.name() == text)
            .ok_or_else(|| crate::Error::UnknownProfile { name: text.to_owned() })
    }
}
