use std::path::{Path, PathBuf};

use broker::{Account, Commission, Costs, Spread};
use market::{Instrument, Symbol, Timeframe, UnixNanos};
use optimizer::RankConfig;
use serde::{Deserialize, Serialize};
use strategy::Strategy;

use crate::config::{AccountConfig, AnalystConfig, DataConfig, FileConfig, SearchConfig};
use crate::{Error, builtin};

/// Days of data when no start is given.
const DEFAULT_DAYS: i64 = 14;
/// The market that the sample imitates.
const SAMPLE_SYMBOL: &str = "EURUSD";
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
    /// What is searched, and how it is split.
    pub search: SearchPlan,
    /// How the best are chosen.
    pub ranking: RankConfig,
    /// Who comments on the chart.
    pub analyst: AnalystPlan,
}

/// Where the market data comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataPlan {
    /// The instrument and its units.
    pub instrument: Instrument,
    /// Length of a bar.
    pub timeframe: Timeframe,
    /// First moment of the range; absent: the source's first.
    pub from: Option<UnixNanos>,
    /// First moment after the range; absent: after the source's last.
    pub to: Option<UnixNanos>,
    /// Sources in the order in which they are asked; the first that has the range is used.
    pub sources: Vec<SourcePlan>,
}

/// One source of market data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourcePlan {
    /// The synthetic market.
    Sample {
        /// Standard deviation in pips of the planted, reverting component; absent: no edge.
        edge_pips: Option<f64>,
    },
    /// A folder of bi5 files.
    Mirror(PathBuf),
    /// A file of bars.
    Bars(PathBuf),
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
    /// Decides everything that `config` leaves open. Relative paths are taken from `base`.
    ///
    /// # Errors
    /// [`Error::Setting`] or [`Error::Missing`] naming the key; [`Error::Read`] or [`Error::Failed`] for a strategy file.
    pub fn resolve(config: &FileConfig, base: &Path) -> Result<Self, Error> {
        let data = data_plan(&config.data, base)?;
        Ok(Self {
            seed: config.seed.unwrap_or(1),
            account: account(&config.account, &data.instrument)?,
            search: search_plan(&config.search, base)?,
            ranking: config.ranking.clone().unwrap_or_default(),
            analyst: analyst_plan(&config.analyst)?,
            data,
        })
    }
}

fn data_plan(config: &DataConfig, base: &Path) -> Result<DataPlan, Error> {
    let symbol = config.instrument.as_deref().unwrap_or(SAMPLE_SYMBOL);
    let instrument = instrument(symbol)?;
    let timeframe = parse("data.timeframe", config.timeframe.as_deref().unwrap_or("M1"))?;
    let sources = sources(config, base)?;
    if config.sample == Some(true) && instrument.symbol.as_str() != SAMPLE_SYMBOL {
        let why = format!("the sample is a market like {SAMPLE_SYMBOL}");
        return Err(Error::Setting { key: "data.instrument", value: instrument.symbol.to_string(), why });
    }
    let to: Option<UnixNanos> = config.to.as_deref().map(|text| parse("data.to", text)).transpose()?;
    let mut from: Option<UnixNanos> = config.from.as_deref().map(|text| parse("data.from", text)).transpose()?;
    if sources.iter().any(|source| matches!(source, SourcePlan::Mirror(_))) {
        let to = to.ok_or(Error::Missing { key: "data.to", why: "a mirror is read up to that moment" })?;
        from = from.or(Some(UnixNanos(to.0 - DEFAULT_DAYS * UnixNanos::PER_DAY)));
    }
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        let why = format!("the range is empty; it must be before data.to ({to})");
        return Err(Error::Setting { key: "data.from", value: from.to_string(), why });
    }
    Ok(DataPlan { instrument, timeframe, from, to, sources })
}

fn sources(config: &DataConfig, base: &Path) -> Result<Vec<SourcePlan>, Error> {
    let files = [
        config.mirror.as_ref().map(|path| SourcePlan::Mirror(absolute(base, path))),
        config.bars.as_ref().map(|path| SourcePlan::Bars(absolute(base, path))),
    ];
    let files: Vec<_> = files.into_iter().flatten().collect();
    if config.sample != Some(true) {
        if config.edge.is_some() || config.edge_pips.is_some() {
            let why = "only the sample has a planted edge; add --sample";
            return Err(Error::Missing { key: "data.sample", why });
        }
        if files.is_empty() {
            return Err(Error::Missing { key: "data", why: "give --sample, --mirror DIR or --bars FILE" });
        }
        return Ok(files);
    }
    if !files.is_empty() {
        let why = "the sample is made, not read: leave data.mirror and data.bars out".to_owned();
        return Err(Error::Setting { key: "data.sample", value: "true".to_owned(), why });
    }
    let edge_pips = within("data.edge_pips", config.edge_pips.unwrap_or(10.0), 0.1, 1_000.0)?;
    match config.edge.as_deref().unwrap_or("mean-reversion") {
        "none" => Ok(vec![SourcePlan::Sample { edge_pips: None }]),
        "mean-reversion" => Ok(vec![SourcePlan::Sample { edge_pips: Some(edge_pips) }]),
        other => Err(Error::Setting {
            key: "data.edge",
            value: other.to_owned(),
            why: "write mean-reversion or none".to_owned(),
        }),
    }
}

/// The path from `base` without links and dots, so that two spellings of it are one plan. A path that is not there keeps
/// its spelling; whoever reads it says so.
fn absolute(base: &Path, path: &Path) -> PathBuf {
    let joined = base.join(path);
    joined.canonicalize().unwrap_or(joined)
}

fn instrument(name: &str) -> Result<Instrument, Error> {
    let symbol: Symbol = parse("data.instrument", name)?;
    let known = dukascopy::instrument(symbol.as_str());
    known.map(dukascopy::InstrumentInfo::market_instrument).ok_or_else(|| {
        let similar: Vec<_> =
            dukascopy::similar_instruments(symbol.as_str(), 3).iter().map(|info| info.symbol).collect();
        let why = format!("it is not in the instrument table; closest are {}", similar.join(", "));
        Error::Setting { key: "data.instrument", value: symbol.to_string(), why }
    })
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

fn parse<T>(key: &'static str, text: &str) -> Result<T, Error>
where
    T: std::str::FromStr<Err = market::Error>,
{
    text.parse().map_err(|error: market::Error| Error::Setting { key, value: text.to_owned(), why: error.to_string() })
}

fn within(key: &'static str, value: f64, min: f64, max: f64) -> Result<f64, Error> {
    if (min..=max).contains(&value) {
        return Ok(value);
    }
    Err(Error::Setting { key, value: value.to_string(), why: format!("it must be from {min} to {max}") })
}

fn at_least(key: &'static str, value: usize, min: usize) -> Result<usize, Error> {
    if value >= min {
        return Ok(value);
    }
    Err(Error::Setting { key, value: value.to_string(), why: format!("it must be {min} or more") })
}
