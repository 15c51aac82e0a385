//! What stands in `run.json`.

use std::ops::Range;

use anyhow::{Result, bail};
use backtest::{Account, Profile};
use optimizer::{Criterion, Goal, Objective, Selection};
use serde::{Deserialize, Serialize};
use strategy::Strategy;

use crate::bars::BarsRecord;
use crate::choices::{Figure, Prune, SamplerName};

/// Version of `run.json`.
pub(crate) const FORMAT: u32 = 1;

/// Everything that a run was made with, so that it can be made again and gone on with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RunRecord {
    pub(crate) format: u32,
    /// Version of the program.
    pub(crate) version: String,
    pub(crate) bars: BarsRecord,
    /// Instrument, if it is known.
    pub(crate) instrument: Option<String>,
    pub(crate) account: Account,
    pub(crate) profile: Profile,
    /// Positions of the bars that were searched.
    pub(crate) search: Range<usize>,
    /// Positions of the bars that are kept back.
    pub(crate) holdout: Range<usize>,
    /// Bars between them.
    pub(crate) embargo_bars: usize,
    pub(crate) goal: Goal,
    pub(crate) method: Method,
    pub(crate) strategies: Vec<Strategy>,
    /// Whether the run came to its end.
    pub(crate) is_complete: bool,
    /// Parameter sets that were tried, pruned ones included.
    pub(crate) n_tried: usize,
}

/// How candidates were chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Method {
    /// All points of the grids.
    Sweep {
        max_points: u64,
    },
    Search(SearchRecord),
}

/// Settings of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchRecord {
    pub(crate) sampler: SamplerName,
    pub(crate) n_trials: u64,
    pub(crate) seed: u64,
    pub(crate) batch: usize,
    pub(crate) prune: Prune,
    pub(crate) parts: usize,
}

impl Method {
    /// The settings of a search whose candidates depend on results, which a walk-forward must not see.
    pub(crate) fn learnt(&self) -> Option<&SearchRecord> {
        match self {
            Self::Search(search)
                if matches!(search.sampler, SamplerName::Tpe | SamplerName::CmaEs | SamplerName::Nsga2) =>
            {
                Some(search)
            }
            _ => None,
        }
    }

    /// In a few words.
    pub(crate) fn in_words(&self) -> String {
        match self {
            Self::Sweep { .. } => "every point of the grids".to_owned(),
            Self::Search(search) => {
                let name = serde_json::to_value(search.sampler).ok();
                let name = name.as_ref().and_then(|name| name.as_str()).unwrap_or("sampler");
                format!("sampler {name}, seed {}, batches of {}", search.seed, search.batch)
            }
        }
    }
}

/// What is searched for: one figure, or a compromise of several.
pub(crate) fn goal(figures: &[Figure], min_trades: usize) -> Result<Goal> {
    if let [figure] = figures {
        let Some(objective) = objective(*figure) else {
            bail!("--objective {figure:?} means nothing alone: name another figure beside it");
        };
        return Ok(Goal::Single(Selection { objective, min_trades }));
    }
    Ok(Goal::Several { criteria: figures.iter().copied().map(criterion).collect(), min_trades })
}

/// By what one candidate is chosen: the figure that was searched for; of several the first that can stand alone.
pub(crate) fn selection(goal: &Goal) -> Selection {
    let alone = |criterion: &Criterion| match criterion {
        Criterion::Sharpe => Some(Objective::Sharpe),
        Criterion::Sortino => Some(Objective::Sortino),
        Criterion::NetReturn => Some(Objective::NetReturn),
        Criterion::Calmar => Some(Objective::Calmar),
        Criterion::ProfitFactor => Some(Objective::ProfitFactor),
        _ => None,
    };
    match goal {
        Goal::Single(selection) => *selection,
        Goal::Several { criteria, min_trades } => Selection {
            objective: criteria.iter().find_map(alone).unwrap_or(Objective::Sharpe),
            min_trades: *min_trades,
        },
    }
}

fn objective(figure: Figure) -> Option<Objective> {
    match figure {
        Figure::Sharpe => Some(Objective::Sharpe),
        Figure::Sortino => Some(Objective::Sortino),
        Figure::NetReturn => Some(Objective::NetReturn),
        Figure::Calmar => Some(Objective::Calmar),
        Figure::ProfitFactor => Some(Objective::ProfitFactor),
        _ => None,
    }
}

fn criterion(figure: Figure) -> Criterion {
    match figure {
        Figure::Sharpe => Criterion::Sharpe,
        Figure::Sortino => Criterion::Sortino,
        Figure::NetReturn => Criterion::NetReturn,
        Figure::Calmar => Criterion::Calmar,
        Figure::ProfitFactor => Criterion::ProfitFactor,
        Figure::MaxDrawdown => Criterion::MaxDrawdown,
        Figure::WinRate => Criterion::WinRate,
        Figure::ProfitPerCost => Criterion::ProfitPerCost,
        Figure::TradeCount => Criterion::TradeCount,
        Figure::Exposure => Criterion::Exposure,
    }
}
