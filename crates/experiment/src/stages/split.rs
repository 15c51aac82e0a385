use std::ops::Range;

use optimizer::{Fold, WalkForward};

use crate::Error;
use crate::plan::SearchPlan;

/// Share of a fold that is searched; the rest, after the embargo, is traded.
const TRAIN_FRACTION: f64 = 0.6;
/// Bars that each part of the data needs to mean anything.
const MIN_PART_BARS: usize = 100;

/// How the bars are divided: the search period with its folds, the embargo, and the holdout that no search sees.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Split {
    pub(crate) search: Range<usize>,
    pub(crate) holdout: Range<usize>,
    pub(crate) folds: Vec<Fold>,
}

/// Divides `n_bars` bars as the plan says.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count is a smaller count")]
pub(crate) fn split(n_bars: usize, plan: &SearchPlan) -> Result<Split, Error> {
    let holdout_bars = (n_bars as f64 * plan.holdout_fraction).round() as usize;
    let needed = needed_bars(plan);
    let search_bars = n_bars.saturating_sub(holdout_bars + plan.embargo_bars);
    if n_bars < needed || search_bars < MIN_PART_BARS {
        return Err(Error::TooFewBars { found: n_bars, needed });
    }
    let folds = WalkForward {
        n_folds: plan.folds,
        train_fraction: TRAIN_FRACTION,
        embargo_bars: plan.embargo_bars,
        anchored: false,
    };
    let folds = folds.folds(0..search_bars).map_err(Error::failed("cutting the search period into folds"))?;
    Ok(Split { search: 0..search_bars, holdout: n_bars - holdout_bars..n_bars, folds })
}

/// Bars with which every training, every test and the holdout have [`MIN_PART_BARS`].
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of bars, rounded up")]
fn needed_bars(plan: &SearchPlan) -> usize {
    let per_test = TRAIN_FRACTION / (1.0 - TRAIN_FRACTION) + plan.folds as f64;
    let search = MIN_PART_BARS as f64 * per_test + plan.embargo_bars as f64;
    let for_search = (search + plan.embargo_bars as f64) / (1.0 - plan.holdout_fraction);
    let for_holdout = MIN_PART_BARS as f64 / plan.holdout_fraction;
    for_search.max(for_holdout).ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::SamplerKind;

    fn plan(folds: usize, embargo_bars: usize, holdout_fraction: f64) -> SearchPlan {
        SearchPlan {
            parameter_sets: 10,
            sampler: SamplerKind::Random,
            strategies: Vec::new(),
            folds,
            embargo_bars,
            holdout_fraction,
            min_trades: 2,
        }
    }

    #[test]
    fn the_parts_do_not_touch() {
        let split = split(10_000, &plan(4, 60, 0.25)).unwrap();
        assert_eq!(split.holdout, 7_500..10_000);
        assert_eq!(split.search, 0..7_440);
        assert!(
            split.folds.iter().all(|fold| fold.test.end <= split.search.end && fold.train.end + 60 == fold.test.start)
        );
    }

    #[test]
    fn as_many_bars_as_the_message_names_are_enough() {
        for plan in [plan(4, 60, 0.25), plan(2, 0, 0.05), plan(10, 500, 0.75)] {
            let Err(Error::TooFewBars { needed, .. }) = split(10, &plan) else { panic!("10 bars are too few") };
            let split = split(needed, &plan).unwrap();
            assert!(split.folds.iter().all(|fold| fold.test.len() >= MIN_PART_BARS - 2), "{split:?}");
            assert!(super::split(needed - 20, &plan).is_err());
        }
    }
}
