use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Evidence;

/// Probability of claiming an edge where there is none that is accepted.
pub const LEVEL: f64 = 0.05;
/// Confidence of intervals and of the figures that inform.
pub const CONFIDENCE: f64 = 0.95;
/// Out-of-sample trades that an edge needs.
pub const MIN_TRADES: usize = 30;

/// The answer to "is anything found better than chance?".
///
/// Its text begins with "edge found" or with "no edge found".
///
/// ```
/// use optimizer::{Doubt, Verdict};
///
/// let verdict = Verdict::NoEdgeFound { reasons: vec![Doubt::TooFewTrades { found: 12 }] };
/// assert_eq!(verdict.to_string(), "no edge found: 12 out-of-sample trades, where 30 are needed");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// Every condition holds.
    EdgeFound,
    /// At least one does not.
    NoEdgeFound {
        /// Those that do not, in the order of [`Evidence::verdict`].
        reasons: Vec<Doubt>,
    },
}

/// A condition for an edge that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Doubt {
    /// The search was not compared with searches of markets without a pattern.
    #[error("nobody asked whether the search finds as much in noise")]
    NotTested,
    /// So much comes up by chance.
    #[error(
        "without any edge, results as good as these have probability {}, where at most {LEVEL} is accepted (the search \
         alone {}, the bars kept back {})", number(*p_value), number(*search), number(*holdout)
    )]
    Chance {
        /// Of both together ([`Evidence::p_value`]); `None` if it is undefined.
        p_value: Option<f64>,
        /// Of the search.
        search: Option<f64>,
        /// Of the holdout.
        holdout: Option<f64>,
    },
    /// What was traded on unseen bars lost money.
    #[error("walk-forward and bars kept back earned {net_profit:.2} together after costs, where more than 0 is needed")]
    OutOfSampleLoss {
        /// Their profit, in quote currency.
        net_profit: f64,
    },
    /// Too few out-of-sample trades to tell anything.
    #[error("{found} out-of-sample trades, where {MIN_TRADES} are needed")]
    TooFewTrades {
        /// Those there were, in walk-forward and holdout.
        found: usize,
    },
    /// The first of the ranking lost on the bars kept back, or nothing was ranked.
    #[error("the best of the ranking earned {} on the bars kept back, where more than 0 is needed", number(*net_profit))]
    HoldoutLoss {
        /// Its profit, in quote currency; `None` if nothing was ranked.
        net_profit: Option<f64>,
    },
}

pub(crate) fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "unknown".to_owned(), |value| format!("{value:.3}"))
}

impl Evidence {
    /// Decides. There is an edge only if **all** of this holds:
    ///
    /// 1. the search was compared with searches of markets without a pattern,
    /// 2. and results as good as its own and those on the holdout have, without an edge, a probability of at most
    ///    [`LEVEL`] ([`Self::p_value`]);
    /// 3. what was traded on unseen bars, in walk-forward and holdout together, earned money after costs,
    /// 4. with at least [`MIN_TRADES`] trades;
    /// 5. the first of the ranking earned money on the holdout after costs.
    ///
    /// What is undefined does not hold. The second condition alone claims an edge in at most 5 of 100 searches of markets
    /// without one; the others can only make it fewer. Everything else that is known is not a condition, because it would
    /// cost power and the level needs nothing more; it is in [`Self::cautions`]. `docs/honesty.md` of the
    /// repository has the measured level, the power, and what each condition costs.
    pub fn verdict(&self) -> Verdict {
        let net_profit = self.out_of_sample_profit + self.holdout_profit.unwrap_or(0.0);
        let n_trades = self.out_of_sample_trades + self.holdout_trades.unwrap_or(0);
        let p_value = self.p_value();
        let is_tested = self.search_p.is_some();
        let is_rare = p_value.is_some_and(|p| p <= LEVEL);
        let chance = Doubt::Chance { p_value, search: self.search_p, holdout: self.holdout_p };
        let doubts = [
            (is_tested, Doubt::NotTested),
            (is_rare || !is_tested, chance),
            (net_profit > 0.0, Doubt::OutOfSampleLoss { net_profit }),
            (n_trades >= MIN_TRADES, Doubt::TooFewTrades { found: n_trades }),
            (
                self.holdout_profit.is_some_and(|profit| profit > 0.0),
                Doubt::HoldoutLoss { net_profit: self.holdout_profit },
            ),
        ];
        let reasons: Vec<Doubt> = doubts.into_iter().filter(|(holds, _)| !holds).map(|(_, doubt)| doubt).collect();
        if reasons.is_empty() { Verdict::EdgeFound } else { Verdict::NoEdgeFound { reasons } }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EdgeFound => f.write_str("edge found: every condition for being better than chance holds"),
            Self::NoEdgeFound { reasons } => {
                f.write_str("no edge found")?;
                for (position, reason) in reasons.iter().enumerate() {
                    write!(f, "{}{reason}", if position == 0 { ": " } else { "; " })?;
                }
                Ok(())
            }
        }
    }
}
