//! What a run stores, and the checks before it is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;
use strategy::{Params, Strategy};

use crate::{Error, RunProblem, StrategyId, strategies};

/// One run of an experiment: how it was made, and the strategies it found with what was measured for them.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Name of the run, unique in the library; 1 to 200 characters, no control characters.
    pub id: String,
    /// When the run was made, in nanoseconds since 1970-01-01 UTC; `None` keeps the stored bytes free of time.
    pub recorded_at_ns: Option<i64>,
    /// All that is needed to repeat the run.
    pub manifest: Value,
    /// Its strategies in any order; a run read back has them by rank.
    pub entries: Vec<Entry>,
}

/// A strategy that a run has found.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Place in the run's own ranking, 1 for the best, each once.
    pub rank: u32,
    /// The rule.
    pub strategy: Strategy,
    /// The values of its inputs.
    pub params: Params,
    /// What was measured, once for each role and at least once; a run read back has in-sample first.
    pub outcomes: Vec<Outcome>,
}

/// What was measured for a strategy on one part of the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Which part of the data.
    pub role: Role,
    /// The numbers that a library can rank by.
    pub figures: Figures,
    /// All metrics, in whatever shape the caller has.
    pub metrics: Value,
}

/// What the data was to the strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The search has seen it.
    InSample,
    /// The search has not seen it.
    OutOfSample,
}

/// The numbers of an [`Outcome`] that a library can rank by. All are finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Sharpe ratio a year; `None` where it is undefined.
    pub sharpe: Option<f64>,
    /// Profit after costs, quote currency.
    pub net_profit: f64,
    /// Largest fall of equity from a peak, as a fraction of the peak.
    pub max_drawdown: f64,
    /// Trades closed.
    pub n_trades: u64,
}

impl Role {
    pub(crate) const ALL: [Self; 2] = [Self::InSample, Self::OutOfSample];

    /// Name in the database, `in_sample` or `out_of_sample`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InSample => "in_sample",
            Self::OutOfSample => "out_of_sample",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A run that may be stored, with the texts of its strategies in the order of the ranks.
pub(crate) struct Checked<'a> {
    pub(crate) entries: Vec<(&'a Entry, strategies::Texts)>,
}

impl<'a> Checked<'a> {
    pub(crate) fn new(run: &'a Run) -> Result<Self, Error> {
        check_text("run id", &run.id)?;
        let invalid = |problem| Error::InvalidRun { run: run.id.clone(), problem };
        let mut sorted: Vec<&Entry> = run.entries.iter().collect();
        sorted.sort_by_key(|entry| entry.rank);
        let mut ranks: BTreeMap<StrategyId, u32> = BTreeMap::new();
        let mut entries = Vec::with_capacity(sorted.len());
        for (index, entry) in sorted.iter().enumerate() {
            if index > 0 && sorted[index - 1].rank == entry.rank {
                return Err(invalid(RunProblem::RankTwice { rank: entry.rank }));
            }
            check_entry(entry).map_err(invalid)?;
            let texts = strategies::Texts::new(&entry.strategy, &entry.params)?;
            if let Some(first) = ranks.insert(texts.id, entry.rank) {
                return Err(invalid(RunProblem::StrategyTwice { first, second: entry.rank }));
            }
            entries.push((*entry, texts));
        }
        Ok(Self { entries })
    }
}

fn check_entry(entry: &Entry) -> Result<(), RunProblem> {
    let rank = entry.rank;
    if rank == 0 {
        return Err(RunProblem::RankZero);
    }
    if entry.outcomes.is_empty() {
        return Err(RunProblem::NoOutcome { rank });
    }
    let mut roles = BTreeSet::new();
    for Outcome { role, figures, .. } in &entry.outcomes {
        if !roles.insert(role) {
            return Err(RunProblem::RoleTwice { rank, role: *role });
        }
        let (name, value) = match figures {
            Figures { sharpe: Some(value), .. } if !value.is_finite() => ("sharpe", *value),
            Figures { net_profit: value, .. } if !value.is_finite() => ("net_profit", *value),
            Figures { max_drawdown: value, .. } if !value.is_finite() => ("max_drawdown", *value),
            Figures { n_trades, .. } if i64::try_from(*n_trades).is_err() => ("n_trades", *n_trades as f64),
            _ => continue,
        };
        return Err(RunProblem::Figure { rank, role: *role, figure: name, value });
    }
    Ok(())
}

/// Names and labels stay readable in every table and error, and PostgreSQL takes no NUL.
pub(crate) fn check_text(what: &'static str, text: &str) -> Result<(), Error> {
    if (1..=200).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Error::InvalidText { what, text: text.to_owned() })
}
