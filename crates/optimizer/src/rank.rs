use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use trade_stats::correlation;

use crate::criterion::percentiles;
use crate::verdict::number;
use crate::{Criterion, Error, Finalist};

/// How finalists are ranked.
///
/// Each criterion is turned into a percentile among the finalists (the share of the others that are worse, equal ones
/// counted half; undefined is worst), so that one weight means the same for a ratio, a count and a fraction, and an
/// outlier counts no more than a first place. The score is the weighted mean of the percentiles, from 0 to 1.
///
/// The top is then filled greedily: of all whose score lies within `tie_tolerance` of the best one left, the one with
/// the smallest correlation to those already chosen comes next (the higher score, then the lower candidate, if that is
/// equal too). One that trades exactly like a chosen one, or correlates with one by more than `max_correlation`, is
/// passed over. A correlation is the absolute one of bar returns: a mirror image tells nothing new either.
///
/// ```
/// use optimizer::{Criterion, RankConfig};
///
/// let mut config = RankConfig::default();
/// config.weights.insert(Criterion::WinRate, 0.0);
/// config.weights.insert(Criterion::Exposure, 1.5);
/// config.validate()?;
/// # Ok::<(), optimizer::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankConfig {
    /// Weight of each criterion, not negative; those left out do not count. At least one must be above 0.
    pub weights: BTreeMap<Criterion, f64>,
    /// Number of candidates wanted.
    pub top: usize,
    /// Absolute correlation with a better candidate, 0 to 1, above which one is passed over.
    pub max_correlation: f64,
    /// Trades below which a candidate is passed over.
    pub min_trades: usize,
    /// Difference of scores, 0 to 1, up to which two count as equal.
    pub tie_tolerance: f64,
    /// Gates: for a criterion the worst figure that is let through. A candidate whose figure is worse or undefined is passed
    /// over, whatever its score. None are set by default.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<Criterion, f64>,
}

impl Default for RankConfig {
    /// The best five by ten criteria: returns against risk and robustness count most, raw return least.
    fn default() -> Self {
        use Criterion::{
            Calmar, Consistency, MaxDrawdown, NetReturn, ProfitFactor, ProfitPerCost, Sharpe, Stability, TradeCount,
            WinRate,
        };
        let weights = [
            (Sharpe, 2.0),
            (NetReturn, 1.0),
            (MaxDrawdown, 1.5),
            (Calmar, 1.0),
            (ProfitFactor, 1.0),
            (WinRate, 0.5),
            (ProfitPerCost, 1.0),
            (TradeCount, 1.0),
            (Consistency, 2.0),
            (Stability, 2.0),
        ];
        Self {
            weights: BTreeMap::from(weights),
            top: 5,
            max_correlation: 0.8,
            min_trades: 10,
            tie_tolerance: 0.02,
            limits: BTreeMap::new(),
        }
    }
}

/// Result of [`rank`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    /// The best, best first; fewer than asked for if there are no more that differ.
    pub top: Vec<Ranked>,
    /// Those that would have come before a chosen one but were passed over, in that order; first those that did not get
    /// through the gates (bankruptcy, trades, limits), in the order of the finalists.
    pub passed_over: Vec<PassedOver>,
}

/// A chosen candidate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranked {
    /// Position of the candidate.
    pub candidate: usize,
    /// Weighted mean of the percentiles, 0 to 1.
    pub score: f64,
    /// What the score is made of, in the order of [`Criterion::ALL`].
    pub parts: Vec<Part>,
    /// Largest absolute correlation of bar returns with a better one; `None` for the first.
    pub correlation_to_better: Option<f64>,
}

/// One criterion of a chosen candidate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The criterion.
    pub criterion: Criterion,
    /// Its figure; `None` where it is undefined or infinite.
    pub value: Option<f64>,
    /// Its percentile among the finalists, 0 (worst) to 1 (best).
    pub percentile: f64,
    /// Its weight.
    pub weight: f64,
}

/// A candidate that was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedOver {
    /// Position of the candidate.
    pub candidate: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a candidate was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// Its account was used up.
    #[error("the account went bankrupt")]
    Bankrupt,
    /// One of its figures is worse than the limit.
    #[error("{criterion:?} is {}, where the limit is {limit}", number(*value))]
    BeyondLimit {
        /// What is limited.
        criterion: Criterion,
        /// Its figure; `None` if it is undefined.
        value: Option<f64>,
        /// The limit.
        limit: f64,
    },
    /// It traded too seldom.
    #[error("{found} trades, where {needed} are needed")]
    TooFewTrades {
        /// Its trades.
        found: usize,
        /// Those needed.
        needed: usize,
    },
    /// It opens and closes the same positions on the same bars as a better one.
    #[error("the same trades as candidate {with}")]
    SameTrades {
        /// Position of the better candidate.
        with: usize,
    },
    /// Its returns follow those of a better one.
    #[error("correlation {correlation:.2} with candidate {with}")]
    Correlated {
        /// Position of the better candidate.
        with: usize,
        /// Absolute correlation of bar returns.
        correlation: f64,
    },
}

/// Ranks finalists; see [`RankConfig`] for how.
///
/// # Errors
/// [`Error::Setting`] for a weight that is negative or not finite, weights that are all 0, a top of 0, or a correlation
/// or tolerance outside of 0 to 1, or a limit that is not finite.
///
/// # Panics
/// If the finalists' returns differ in length.
pub fn rank(finalists: &[Finalist], config: &RankConfig) -> Result<Ranking, Error> {
    config.validate()?;
    let (mut eligible, mut passed_over) = (Vec::new(), Vec::new());
    for finalist in finalists {
        match config.gate(finalist) {
            Some(reason) => passed_over.push(PassedOver { candidate: finalist.candidate, reason }),
            None => eligible.push(finalist),
        }
    }
    let mut ranking = Ranking { top: Vec::new(), passed_over };
    let mut left = score(&eligible, config);
    left.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.finalist.candidate.cmp(&b.finalist.candidate)));
    let mut chosen: Vec<&Finalist> = Vec::new();
    while ranking.top.len() < config.top && !left.is_empty() {
        let next = left.remove(next_position(&left, config.tie_tolerance));
        if let Some(reason) = next.reason(&chosen, config.max_correlation) {
            ranking.passed_over.push(PassedOver { candidate: next.finalist.candidate, reason });
            continue;
        }
        for other in &mut left {
            other.nearest = nearest(other.nearest, other.finalist, next.finalist);
        }
        chosen.push(next.finalist);
        ranking.top.push(Ranked {
            candidate: next.finalist.candidate,
            score: next.score,
            parts: next.parts,
            correlation_to_better: next.nearest.map(|(correlation, _)| correlation),
        });
    }
    Ok(ranking)
}

impl RankConfig {
    /// Checks the settings.
    ///
    /// # Errors
    /// [`Error::Setting`] naming the first that is outside its range.
    pub fn validate(&self) -> Result<(), Error> {
        for &weight in self.weights.values() {
            require(weight >= 0.0 && weight.is_finite(), "weight", weight, "0 or above, finite")?;
        }
        let total: f64 = self.weights.values().sum();
        require(total > 0.0 && total.is_finite(), "sum of weights", total, "above 0, finite")?;
        require(self.top > 0, "top", 0.0, "at least 1")?;
        for (name, value) in [("max_correlation", self.max_correlation), ("tie_tolerance", self.tie_tolerance)] {
            require((0.0..=1.0).contains(&value), name, value, "0 to 1")?;
        }
        for &limit in self.limits.values() {
            require(limit.is_finite(), "limit", limit, "a finite number")?;
        }
        Ok(())
    }

    /// Why a finalist does not come to the ranking at all.
    fn gate(&self, finalist: &Finalist) -> Option<Reason> {
        let metrics = &finalist.metrics;
        if metrics.bankrupt {
            return Some(Reason::Bankrupt);
        }
        if metrics.n_trades < self.min_trades {
            return Some(Reason::TooFewTrades { found: metrics.n_trades, needed: self.min_trades });
        }
        self.limits.iter().find_map(|(&criterion, &limit)| {
            let value = criterion.value(finalist);
            let holds = |value: f64| if criterion.larger_is_better() { value >= limit } else { value <= limit };
            (!value.is_some_and(holds)).then_some(Reason::BeyondLimit { criterion, value, limit })
        })
    }
}

fn require(holds: bool, name: &'static str, value: f64, expected: &'static str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::Setting { name, value, expected }) }
}

struct Scored<'a> {
    finalist: &'a Finalist,
    score: f64,
    parts: Vec<Part>,
    /// Largest absolute correlation with a chosen one, and that one's candidate.
    nearest: Option<(f64, usize)>,
}

impl Scored<'_> {
    fn reason(&self, chosen: &[&Finalist], max_correlation: f64) -> Option<Reason> {
        let same = chosen.iter().find(|better| better.trades == self.finalist.trades);
        if let Some(better) = same {
            return Some(Reason::SameTrades { with: better.candidate });
        }
        let (correlation, with) = self.nearest?;
        (correlation > max_correlation).then_some(Reason::Correlated { with, correlation })
    }
}

fn score<'a>(finalists: &[&'a Finalist], config: &RankConfig) -> Vec<Scored<'a>> {
    let mut scored: Vec<Scored<'a>> =
        finalists.iter().map(|finalist| Scored { finalist, score: 0.0, parts: Vec::new(), nearest: None }).collect();
    let total: f64 = config.weights.values().sum();
    for (&criterion, &weight) in &config.weights {
        let values: Vec<Option<f64>> = finalists.iter().map(|finalist| criterion.value(finalist)).collect();
        let places = percentiles(&values, criterion.larger_is_better());
        for ((scored, value), percentile) in scored.iter_mut().zip(values).zip(places) {
            scored.score += weight / total * percentile;
            let value = value.filter(|value| value.is_finite());
            scored.parts.push(Part { criterion, value, percentile, weight });
        }
    }
    scored
}

/// The next to look at: the least correlated of those whose score ties with the first. `left` is sorted, best first.
fn next_position(left: &[Scored<'_>], tolerance: f64) -> usize {
    let ties = left.iter().take_while(|other| left[0].score - other.score <= tolerance);
    let closeness = |scored: &Scored<'_>| scored.nearest.map_or(0.0, |(correlation, _)| correlation);
    ties.enumerate()
        .fold(
            (0, f64::INFINITY),
            |best, (position, scored)| {
                if closeness(scored) < best.1 { (position, closeness(scored)) } else { best }
            },
        )
        .0
}

/// The larger of a known correlation and the one with `better`. Returns without variance correlate with nothing.
fn nearest(known: Option<(f64, usize)>, finalist: &Finalist, better: &Finalist) -> Option<(f64, usize)> {
    let found = correlation(&finalist.returns, &better.returns).map_or(0.0, f64::abs);
    match known {
        Some((largest, _)) if largest >= found => known,
        _ => Some((found, better.candidate)),
    }
}
