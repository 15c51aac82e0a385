mod blocks;

use blocks::Blocks;

use crate::dominance::{Dominance, stochastic_dominance};
use crate::error::{Error, check_table};
use crate::quantile::median;
use crate::relative::regression;

/// By what the best strategy is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Score {
    /// Mean over sample deviation; 0 for a half in which a strategy's returns do not vary (it did not trade).
    Sharpe,
    /// Mean return.
    Mean,
}

/// Settings of [`overfitting`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Cscv {
    /// Number S of blocks the periods are cut into, even, 2 to 24; 16 is usual and makes 12,870 splits.
    pub n_blocks: usize,
    /// By what the best is chosen and ranked.
    pub score: Score,
}

/// What combinatorially symmetric cross-validation says about a search.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Overfitting {
    /// Probability of back-test over-fitting: share of the splits in which the strategy that was best in sample ranked
    /// at or below the median out of sample (λ ≤ 0). Near 0 choosing works, at 1/2 it is blind.
    pub probability: f64,
    /// λ = ln(ω / (1 − ω)) of each split, ω = rank / (N + 1) the relative rank out of sample of the best in sample; equal
    /// scores share the mean of their ranks. Splits are in lexicographic order of the blocks in sample.
    pub logits: Vec<f64>,
    /// Median of `logits`.
    pub median_logit: f64,
    /// In each split, the in-sample score of the chosen strategy.
    pub in_sample: Vec<f64>,
    /// In each split, its out-of-sample score.
    pub out_of_sample: Vec<f64>,
    /// Position of the chosen strategy in each split; the first of equal ones.
    pub chosen: Vec<usize>,
    /// Share of the splits in which the chosen strategy's score out of sample is below 0.
    pub probability_of_loss: f64,
    /// Performance degradation: out-of-sample scores over in-sample ones, by least squares over the splits. A negative
    /// slope says that the better a back-test looked, the worse it went on. `None` if the in-sample scores are all equal.
    pub degradation: Option<Degradation>,
    /// Whether the chosen strategies' out-of-sample scores stochastically dominate those of a blind choice (the mean over
    /// all strategies in each split).
    pub dominance: Dominance,
}

/// The line through in-sample and out-of-sample scores.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Degradation {
    /// Out-of-sample score where the in-sample one is 0.
    pub intercept: f64,
    /// Change of the out-of-sample score for each unit in sample; 1 would be no degradation.
    pub slope: f64,
    /// Share of the variance that the line explains; `None` if the out-of-sample scores are all equal.
    pub r_squared: Option<f64>,
}

/// Probability of back-test over-fitting by combinatorially symmetric cross-validation (CSCV), with the further
/// statistics of its authors.
///
/// The periods are cut into S contiguous blocks (the first T mod S one longer). For each of the C(S, S/2) choices of half
/// of the blocks, the best strategy over them is looked for, and its rank over the other half.
///
/// - `strategies`: for each of N ≥ 2 strategies the returns of the same T periods; **all** that were tried. T ≥ 2·S.
///
/// Block sums make it O(N·T + C(S, S/2)·S·N): 12,870 splits of 1,000 strategies take a fraction of a second.
/// Returns that depend on each other over time leak between neighbouring blocks; blocks should be much longer than that
/// memory.
///
/// # Errors
/// [`Error::TooFew`] for fewer than 2 strategies or 2·S periods; [`Error::Length`] for strategies of different length;
/// [`Error::NotFinite`]; [`Error::OutOfRange`] for a number of blocks that is odd, 0 or above 24.
///
/// Source: D. H. Bailey, J. M. Borwein, M. López de Prado, Q. J. Zhu, *The Probability of Backtest Overfitting*, Journal of
/// Computational Finance 20 (2017).
///
/// ```
/// use trade_stats::{Cscv, Score, overfitting};
///
/// // One strategy is better in every block: choosing it is not over-fitting.
/// let noise: Vec<f64> = (0..64).map(|i| f64::from((i * 37) % 101) / 50.0 - 1.0).collect();
/// let better: Vec<f64> = noise.iter().map(|r| r + 0.5).collect();
/// let worse: Vec<f64> = noise.iter().map(|r| r - 0.5).collect();
/// let found = overfitting(&[&noise, &better, &worse], Cscv { n_blocks: 4, score: Score::Sharpe })?;
/// assert_eq!((found.logits.len(), found.probability), (6, 0.0));
/// # Ok::<(), trade_stats::Error>(())
/// ```
pub fn overfitting(strategies: &[&[f64]], settings: Cscv) -> Result<Overfitting, Error> {
    let n_blocks = settings.n_blocks;
    if n_blocks == 0 || n_blocks % 2 == 1 || n_blocks > 24 {
        return Err(Error::OutOfRange { what: "n_blocks", value: n_blocks as f64, allowed: "even, 2 to 24" });
    }
    if strategies.len() < 2 {
        return Err(Error::TooFew { what: "strategies", found: strategies.len(), needed: 2 });
    }
    check_table("strategy", strategies, 2 * n_blocks)?;
    let blocks = Blocks::of(strategies, n_blocks);
    let n = strategies.len();
    let mut work = Work { inside: vec![0.0; n], outside: vec![0.0; n], sums: vec![0.0; 4 * n] };
    let mut splits = Splits::default();
    for mask in halves(n_blocks) {
        blocks.scores(mask, settings.score, &mut work);
        splits.add(&work);
    }
    splits.finish().ok_or(Error::NotFinite { what: "scores of strategy", series: 0, index: 0 })
}

/// Memory that all splits share.
struct Work {
    /// In-sample scores.
    inside: Vec<f64>,
    /// Out-of-sample scores.
    outside: Vec<f64>,
    sums: Vec<f64>,
}

#[derive(Default)]
struct Splits {
    logits: Vec<f64>,
    in_sample: Vec<f64>,
    out_of_sample: Vec<f64>,
    chosen: Vec<usize>,
    blind: Vec<f64>,
}

impl Splits {
    fn add(&mut self, work: &Work) {
        let n = work.inside.len();
        let best = (0..n).fold(0, |best, k| if work.inside[k] > work.inside[best] { k } else { best });
        let score = work.outside[best];
        let below = work.outside.iter().filter(|other| **other < score).count();
        let above = work.outside.iter().filter(|other| **other > score).count();
        // Ranks run from 1; equal scores (its own among them) share the mean of theirs.
        let rank = 0.5 * ((below + 1) as f64 + (n - above) as f64);
        self.logits.push(libm::log(rank / (n as f64 + 1.0 - rank)));
        self.in_sample.push(work.inside[best]);
        self.out_of_sample.push(score);
        self.chosen.push(best);
        self.blind.push(crate::sum::sum(&work.outside) / n as f64);
    }

    /// `None` where a score overflowed.
    fn finish(self) -> Option<Overfitting> {
        let count = self.logits.len() as f64;
        let share = |values: &[f64], counts: fn(f64) -> bool| {
            values.iter().filter(|value| counts(**value)).count() as f64 / count
        };
        let dominance = stochastic_dominance(&self.out_of_sample, &self.blind)?;
        let line = regression(&self.out_of_sample, &self.in_sample);
        Some(Overfitting {
            probability: share(&self.logits, |logit| logit <= 0.0),
            median_logit: median(&self.logits)?,
            probability_of_loss: share(&self.out_of_sample, |score| score < 0.0),
            degradation: line.map(|line| Degradation {
                intercept: line.alpha,
                slope: line.beta,
                r_squared: line.r_squared,
            }),
            dominance,
            logits: self.logits,
            in_sample: self.in_sample,
            out_of_sample: self.out_of_sample,
            chosen: self.chosen,
        })
    }
}

/// All choices of half of `n` blocks as bit masks, the lexicographically first (blocks 0, 1, …) first.
fn halves(n: usize) -> impl Iterator<Item = u32> {
    // Block 0 is the highest bit, so that falling numbers are rising combinations.
    let top = 1_u32 << n;
    (0..top).rev().filter(move |mask| mask.count_ones() as usize * 2 == n).map(move |mask| {
        // Back to block 0 in the lowest bit.
        mask.reverse_bits() >> (32 - n)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: Cscv = Cscv { n_blocks: 4, score: Score::Sharpe };

    fn wave(n: usize, skip: usize, drift: f64) -> Vec<f64> {
        (skip..skip + n).map(|i| drift + ((i * 7_919) % 1_009) as f64 / 1_009.0 - 0.5).collect()
    }

    #[test]
    fn halves_are_all_combinations_in_order() {
        let found: Vec<u32> = halves(4).collect();
        assert_eq!(found, [0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100]);
        assert_eq!(halves(16).count(), 12_870);
        assert_eq!(halves(2).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn bad_input_is_named() {
        let (a, b) = (wave(40, 0, 0.0), wave(40, 9, 0.0));
        let test = |strategies: &[&[f64]], settings| overfitting(strategies, settings).unwrap_err();
        for n_blocks in [0, 3, 26] {
            assert!(matches!(test(&[&a, &b], Cscv { n_blocks, ..SETTINGS }), Error::OutOfRange { .. }));
        }
        assert!(matches!(test(&[], SETTINGS), Error::TooFew { what: "strategies", .. }));
        assert!(matches!(test(&[&a], SETTINGS), Error::TooFew { what: "strategies", found: 1, needed: 2 }));
        assert!(matches!(test(&[&a[..7], &b[..7]], SETTINGS), Error::TooFew { what: "periods", needed: 8, .. }));
        assert!(matches!(test(&[&a, &b[1..]], SETTINGS), Error::Length { found: 39, .. }));
        let mut broken = a.clone();
        broken[3] = f64::INFINITY;
        assert_eq!(test(&[&b, &broken], SETTINGS), Error::NotFinite { what: "strategy", series: 1, index: 3 });
    }

    #[test]
    fn equal_strategies_rank_in_the_middle() {
        let a = wave(40, 0, 0.0);
        let found = overfitting(&[&a, &a, &a], SETTINGS).unwrap();
        assert!(found.logits.iter().all(|logit| *logit == 0.0));
        assert_eq!(found.probability.to_bits(), 1.0_f64.to_bits());
        assert_eq!(found.dominance, Dominance { first_order: false, second_order: false });
    }

    #[test]
    fn a_strategy_that_does_not_trade_scores_zero() {
        let (loser, idle) = (wave(40, 0, -1.0), vec![0.0; 40]);
        let found = overfitting(&[&loser, &idle], SETTINGS).unwrap();
        assert!(found.chosen.iter().all(|chosen| *chosen == 1));
        assert!(found.out_of_sample.iter().all(|score| score.to_bits() == 0));
        assert_eq!(found.degradation, None);
        // Idle in the first two blocks only, after a mean that is no round number.
        let late: Vec<f64> = wave(40, 5, 0.3).iter().enumerate().map(|(i, r)| if i < 20 { 0.0 } else { *r }).collect();
        let found = overfitting(&[&loser, &late], SETTINGS).unwrap();
        assert_eq!(found.in_sample[0].to_bits(), 0);
        assert_eq!(found.out_of_sample[5].to_bits(), 0);
    }

    #[test]
    fn the_mean_can_be_the_score() {
        let (wild, steady) = (wave(40, 0, 0.2), wave(40, 7, 0.1).iter().map(|r| 0.01 * r + 0.1).collect::<Vec<_>>());
        let by = |score| overfitting(&[&wild, &steady], Cscv { score, ..SETTINGS }).unwrap();
        assert!(by(Score::Mean).chosen.contains(&0));
        assert!(by(Score::Sharpe).chosen.iter().all(|chosen| *chosen == 1));
    }
}
