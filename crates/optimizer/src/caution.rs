use serde::{Deserialize, Serialize};

use crate::verdict::number;
use crate::{CONFIDENCE, Evidence, LEVEL};

/// Share of splits or paths from which on choosing is called blind.
const BLIND: f64 = 0.5;
/// Walk-forward efficiency that Pardo asks for.
const EFFICIENCY: f64 = 0.5;

/// Something a reader of the verdict should know. None of these decides: each asks for less than the verdict does, or for
/// the same with less power.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Caution {
    /// Choosing the best is no better than choosing blindly (probability of back-test over-fitting).
    #[error(
        "in {probability:.2} of the splits the best of one half was not above the median in the other, where less than \
         {BLIND} is wanted"
    )]
    Overfitting {
        /// Share of the splits.
        probability: f64,
    },
    /// Hansen's test for superior predictive ability does not reject.
    #[error("superior predictive ability has p-value {p_value:.3}, where at most {LEVEL} is wanted")]
    NoSuperiorAbility {
        /// With the consistent recentring.
        p_value: f64,
    },
    /// The step-down method names no single candidate.
    #[error("none of {n_field} candidates is better than nothing by itself at the level {LEVEL}")]
    NoneSuperior {
        /// Candidates asked about.
        n_field: usize,
    },
    /// Many histories of this market would have lost.
    #[error("{share:.2} of {n_paths} cross-validated paths lost money, where less than {BLIND} is wanted")]
    PathsLose {
        /// Share of the paths that lost.
        share: f64,
        /// Number of paths.
        n_paths: usize,
    },
    /// The best in-sample is no more than the best of as many independent lucky tries.
    #[error("the best in-sample is above the best of as many lucky tries with probability {}, where {CONFIDENCE} is wanted", number(*probability))]
    InSampleLuck {
        /// Deflated Sharpe ratio.
        probability: Option<f64>,
    },
    /// The walk-forward by itself may be chance.
    #[error(
        "the walk-forward's Sharpe ratio is above 0 with probability {}, where {CONFIDENCE} is wanted; its interval is {} \
         to {} a bar", number(*probability), number(*low), number(*high)
    )]
    OutOfSampleChance {
        /// Probabilistic Sharpe ratio.
        probability: Option<f64>,
        /// Lower end of the ratio's interval with [`CONFIDENCE`].
        low: Option<f64>,
        /// Upper end.
        high: Option<f64>,
    },
    /// The record is shorter than its own ratio asks for.
    #[error("{found} out-of-sample bars, where a Sharpe ratio like this needs {needed:.0} to be told from 0")]
    ShortRecord {
        /// Bars there are.
        found: usize,
        /// Minimum track record length.
        needed: f64,
    },
    /// Little of the past was left in the future.
    #[error("a bar out-of-sample earned {efficiency:.2} of one in-sample, where {EFFICIENCY} is wanted")]
    LowEfficiency {
        /// Walk-forward efficiency.
        efficiency: f64,
    },
}

impl Evidence {
    /// What should be known beside the verdict, in the order of [`Caution`]. What is undefined or was not asked for
    /// is left out, but for the probabilities of luck and chance.
    pub fn cautions(&self) -> Vec<Caution> {
        let unsure = |probability: Option<f64>| !probability.is_some_and(|p| p >= CONFIDENCE);
        let (probability, interval) = (self.out_of_sample_probability, self.out_of_sample_interval);
        let (low, high) = (interval.map(|it| it.low), interval.map(|it| it.high));
        let p_value = self.superior_ability.map(|test| test.p_consistent);
        let found = self.out_of_sample_bars;
        let cautions = [
            self.overfitting.filter(|p| *p >= BLIND).map(|probability| Caution::Overfitting { probability }),
            p_value.filter(|p| *p > LEVEL).map(|p_value| Caution::NoSuperiorAbility { p_value }),
            (self.n_superior == Some(0)).then_some(Caution::NoneSuperior { n_field: self.n_field }),
            self.path_losses
                .filter(|share| *share >= BLIND)
                .map(|share| Caution::PathsLose { share, n_paths: self.n_paths }),
            unsure(self.deflated_sharpe).then_some(Caution::InSampleLuck { probability: self.deflated_sharpe }),
            unsure(probability).then_some(Caution::OutOfSampleChance { probability, low, high }),
            self.min_track_record_bars
                .filter(|needed| *needed > found as f64)
                .map(|needed| Caution::ShortRecord { found, needed }),
            self.efficiency.filter(|it| *it < EFFICIENCY).map(|efficiency| Caution::LowEfficiency { efficiency }),
        ];
        cautions.into_iter().flatten().collect()
    }
}
