mod data;
mod paths;
mod values;

use std::path::Path;

use backtest::Profile;
use broker::{Account, Commission, Costs, Spread};
use market::{Instrument, UnixNanos};
use optimizer::RankConfig;
use serde::{Deserialize, Serialize};
use strategy::Strategy;

use self::data::data_plan;
pub use self::data::{DataPlan, DownloadPlan, SourcePlan};
use self::values::{at_least, within};
use crate::config::{AccountConfig, AnalystConfig, BacktestConfig, FileConfig, SearchConfig};
use crate::{Error, builtin};

/// Fewest parameter sets that are a search.
const MIN_PARAMETER_SETS: usize = 10;

/// Everything a run needs, decided: defaults filled in, paths absolute, strategies read, seeds set.
///
/// Two equal plans over equal input files give equal bytes. It is what `manifest.json` records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunPlan {
    /// Seed of everything random.
    pub seed: u64,
    /// Where the market data comes from.
    pub data: DataPlan,
    /// Money and costs.
    pub account: Account,
    /// How strategies are computed.
    pub backtest: BacktestPlan,
    /// What is searched, and how it is split.
    pub search: SearchPlan,
    /// How the best are chosen.
    pub ranking: RankConfig,
    /// Who comments on the chart.
    pub analyst: AnalystPlan,
}

/// How strategies are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BacktestPlan {
    /// Whose arithmetic indicators follow.
    pub profile: Profile,
}

/// What is searched, and how the data is split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchPlan {
    /// Parameter sets in all.
    pub parameter_sets: usize,
    /// How they are chosen.
    pub sampler: SamplerKind,
    /// The strategies.
    pub strategies: Vec<Strategy>,
    /// Walk-forward folds.
    pub folds: usize,
    /// Bars between what is searched and what is tested.
    pub embargo_bars: usize,
    /// Share of the bars that no search sees.
    pub holdout_fraction: f64,
    /// Fewest trades of a parameter set over the search period.
    pub min_trades: usize,
}

/// How parameter sets are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SamplerKind {
    /// Drawn without repetition, by the run's seed.
    Random,
    /// All combinations.
    Grid,
}

/// Who comments on the chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnalystPlan {
    /// The rule-based analyst, labelled as such.
    Rules,
    /// A model behind an Ollama server.
    Ollama {
        /// Model name.
        model: String,
        /// Address of the server.
        url: String,
    },
}

impl RunPlan {
    /// Decides everything that `config` leaves open. Relative paths are taken from `base`; `now` is the time by the
    /// caller's clock, from which the range of a download without end counts back.
    ///
    /// # Errors
    /// [`Error::Setting`] or [`Error::Missing`] naming the key; [`Error::Read`] or [`Error::Failed`] for a strategy file.
    pub fn resolve(config: &FileConfig, base: &Path, now: UnixNanos) -> Result<Self, Error> {
        let data = data_plan(&config.data, base, now)?;
        Ok(Self {
            seed: config.seed.unwrap_or(1),
            account: account(&config.account, &data.instrument)?,
            backtest: backtest_plan(&config.backtest)?,
            search: search_plan(&config.search, base)?,
            ranking: config.ranking.clone().unwrap_or_default(),
            analyst: analyst_plan(&config.analyst)?,
            data,
        })
    }
}

fn account(config: &AccountConfig, instrument: &Instrument) -> Result<Account, Error> {
    let commission = within("account.commission_percent", config.commission_percent.unwrap_or(0.0035), 0.0, 10.0)?;
    let spread = match config.spread_pips {
        None => Spread::FromBars,
        Some(pips) => Spread::Fixed(within("account.spread_pips", pips, 0.0, 10_000.0)? * instrument.pip_size),
    };
    Ok(Account {
        initial_cash: within("account.initial_cash", config.initial_cash.unwrap_or(10_000.0), 1.0, 1e12)?,
        tick_size: instrument.tick_size,
        quantity_step: instrument.quantity_step,
        costs: Costs {
            commission: Commission::Percent(commission),
            slippage_ticks: config.slippage_ticks.unwrap_or(1),
            spread,
        },
    })
}

fn backtest_plan(config: &BacktestConfig) -> Result<BacktestPlan, Error> {
    let name = config.profile.as_deref().unwrap_or(Profile::Talib.name());
    let profile = name.parse().map_err(|_| Error::Setting {
        key: "backtest.profile",
        value: name.to_owned(),
        why: format!("write {}", Profile::ALL.map(Profile::name).join(", ")),
    })?;
    Ok(BacktestPlan { profile })
}

fn search_plan(config: &SearchConfig, base: &Path) -> Result<SearchPlan, Error> {
    let strategies = match &config.strategies {
        None => builtin::strategies(),
        Some(paths) => paths.iter().map(|path| read_strategy(&base.join(path))).collect::<Result<_, _>>()?,
    };
    if strategies.is_empty() {
        return Err(Error::Missing { key: "search.strategies", why: "an empty list leaves nothing to search" });
    }
    let sampler = match config.sampler.as_deref().unwrap_or("random") {
        "random" => SamplerKind::Random,
        "grid" => SamplerKind::Grid,
        other => {
            let why = "write random or grid".to_owned();
            return Err(Error::Setting { key: "search.sampler", value: other.to_owned(), why });
        }
    };
    Ok(SearchPlan {
        parameter_sets: at_least("search.parameter_sets", config.parameter_sets.unwrap_or(20_000), MIN_PARAMETER_SETS)?,
        sampler,
        strategies,
        folds: at_least("search.folds", config.folds.unwrap_or(4), 2)?,
        embargo_bars: config.embargo_bars.unwrap_or(60),
        holdout_fraction: within("search.holdout_fraction", config.holdout_fraction.unwrap_or(0.25), 0.05, 0.75)?,
        min_trades: at_least("search.min_trades", config.min_trades.unwrap_or(30), 2)?,
    })
}

fn read_strategy(path: &Path) -> Result<Strategy, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::read(path, source))?;
    Strategy::from_json(&text).map_err(Error::failed(format!("reading the strategy {}", path.display())))
}

fn analyst_plan(config: &AnalystConfig) -> Result<AnalystPlan, Error> {
    match config.backend.as_deref().unwrap_or("rules") {
        "rules" => Ok(AnalystPlan::Rules),
        "ollama" => Ok(AnalystPlan::Ollama {
            model: config.model.clone().ok_or(Error::Missing { key: "analyst.model", why: "the backend is ollama" })?,
            url: config.url.clone().unwrap_or_else(|| "http://127.0.0.1:11434".to_owned()),
        }),
        other => Err(Error::Setting {
            key: "analyst.backend",
            value: other.to_owned(),
            why: "write rules or ollama".to_owned(),
        }),
    }
}
