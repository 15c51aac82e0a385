//! Samplers and pruners by name.

use anyhow::{Result, bail};
use optimizer::{Goal, StrategySpace, StudySettings};
use param_search::{
    CmaEs, CmaEsOptions, Grid, GridOptions, Nsga2, Nsga2Options, Percentile, PercentileOptions, Random, Sampler, Sobol,
    SobolOptions, Study, StudyOptions, SuccessiveHalving, SuccessiveHalvingOptions, Tpe, TpeOptions, Wilcoxon,
    WilcoxonOptions,
};

use crate::choices::{Prune, SamplerName};
use crate::record::SearchRecord;

/// A study of any sampler.
pub(crate) type AnyStudy = Study<Box<dyn Sampler>>;

/// A study with the recorded sampler, seed, budget and pruner.
pub(crate) fn study(search: &SearchRecord, goal: &Goal, space: &StrategySpace) -> Result<AnyStudy> {
    let several = matches!(goal, Goal::Several { .. });
    if several && search.prune != Prune::None {
        bail!("--prune needs a single objective");
    }
    let problem = goal.problem(space)?;
    let sampler: Box<dyn Sampler> = match search.sampler {
        SamplerName::Tpe => Box::new(Tpe::new(&problem, search.seed, TpeOptions::default())?),
        SamplerName::CmaEs => Box::new(CmaEs::new(&problem, search.seed, CmaEsOptions::default())?),
        SamplerName::Nsga2 => Box::new(Nsga2::new(&problem, search.seed, Nsga2Options::default())?),
        SamplerName::Random => Box::new(Random::new(&problem, search.seed)),
        SamplerName::Sobol => Box::new(Sobol::new(&problem, search.seed, SobolOptions::default())?),
        SamplerName::Grid => {
            Box::new(Grid::new(&problem, GridOptions { shuffle: Some(search.seed), ..GridOptions::default() })?)
        }
    };
    let study = Study::new(sampler, StudyOptions { n_trials: Some(search.n_trials), skip_repeats: true });
    Ok(match search.prune {
        Prune::None => study,
        Prune::Median => study.with_pruner(Percentile::new(PercentileOptions::default())?),
        Prune::Halving => study
            .with_pruner(SuccessiveHalving::new(SuccessiveHalvingOptions { min_resource: 1, reduction_factor: 3 })?),
        Prune::Wilcoxon => study.with_pruner(Wilcoxon::new(WilcoxonOptions::default())?),
    })
}

/// How the study trades.
pub(crate) fn settings(search: &SearchRecord, goal: &Goal) -> StudySettings {
    let parts = if search.prune == Prune::None { 0 } else { search.parts };
    StudySettings { goal: goal.clone(), batch: search.batch, parts }
}
