use param_search::{Sampler, Study};

use super::{StudyJob, StudyRun, StudySettings};
use crate::{Candidate, Control, Error, Fold, Trial};

/// What a study in the training of each fold tried.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyFolds {
    /// What was tried, fold after fold.
    pub candidates: Vec<Candidate>,
    /// For each fold the figures over its training of what was tried there and not pruned, by position in `candidates`:
    /// what [`trade_folds`](crate::trade_folds) takes.
    pub in_sample: Vec<Vec<Trial>>,
}

/// Searches the training of each fold anew, with a study of its own.
///
/// A sampler that learns has seen the bars on which it learnt. What it tried over a whole window cannot be walked forward
/// inside of that window: the candidates themselves know its end. Here every fold's candidates come from its own training.
///
/// - `study`: makes the study of a fold, by its position, with budget and seed.
///
/// # Errors
/// Those of `study`, [`StudyRun::new`] and [`StudyRun::step`].
pub fn study_folds<S: Sampler>(
    job: StudyJob<'_, '_>,
    folds: &[Fold],
    settings: &StudySettings,
    study: &mut dyn FnMut(usize) -> Result<Study<S>, Error>,
    control: &Control<'_>,
) -> Result<StudyFolds, Error> {
    let mut all = StudyFolds::default();
    for (position, fold) in folds.iter().enumerate() {
        let mut study = study(position)?;
        let mut run = StudyRun::new(job, fold.train.clone(), &mut study, settings.clone())?;
        while run.step(control)? > 0 {}
        let outcome = run.outcome(control)?;
        let first = all.candidates.len();
        let moved = |trial: Trial| Trial { candidate: first + trial.candidate, ..trial };
        all.in_sample.push(outcome.trials.into_iter().map(moved).collect());
        all.candidates.extend(outcome.candidates);
    }
    Ok(all)
}
