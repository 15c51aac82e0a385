use std::collections::HashMap;
use std::path::{Path, PathBuf};

use config::{Config, Environment, File, FileFormat};
use optimizer::RankConfig;
use serde::{Deserialize, Serialize};

use crate::Error;

/// What a user writes down, all of it optional: the TOML file's shape. [`RunPlan`](crate::RunPlan) is what comes of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileConfig {
    /// Seed of everything random in the run; 1 if absent.
    pub seed: Option<u64>,
    /// Worker threads; what [`plan_hardware`](crate::plan_hardware) gives if absent. Results do not depend on it.
    pub threads: Option<usize>,
    /// The memory to plan with, such as `8GiB`, in place of what the machine has free; see
    /// [`parse_memory`](crate::parse_memory). Results do not depend on it.
    pub memory: Option<String>,
    /// Output folder; `results/<run id>` if absent.
    pub out: Option<PathBuf>,
    /// Where the market data comes from.
    pub data: DataConfig,
    /// Money and costs.
    pub account: AccountConfig,
    /// How strategies are computed.
    pub backtest: BacktestConfig,
    /// What is searched, and how it is split.
    pub search: SearchConfig,
    /// How the best five are chosen; the library's weights if absent.
    pub ranking: Option<RankConfig>,
    /// Who comments on the chart.
    pub analyst: AnalystConfig,
}

/// Where the market data comes from: the sample, or the first of `mirror`, the download and `bars` that has the range.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DataConfig {
    /// Use the seeded synthetic market.
    pub sample: Option<bool>,
    /// Edge planted into the sample: `mean-reversion` (if absent) or `none`.
    pub edge: Option<String>,
    /// Strength of the planted edge: standard deviation of the reverting component, in pips; 10 if absent.
    pub edge_pips: Option<f64>,
    /// Folder with bi5 files in Dukascopy's layout.
    pub mirror: Option<PathBuf>,
    /// File with bars, CSV or Parquet.
    pub bars: Option<PathBuf>,
    /// Symbol; `EURUSD` if absent.
    pub instrument: Option<String>,
    /// First moment, such as `2014-05-01`; if absent `days` before `to`, or else the file's start for bars.
    pub from: Option<String>,
    /// First moment after the range; if absent `days` after `from`, or else the last midnight in UTC for a download, the
    /// file's end for bars. A mirror needs it.
    pub to: Option<String>,
    /// Length of the range in days, 1 to 36,525, where `from` or `to` is absent; 14 for a mirror and a download if
    /// absent.
    pub days: Option<u32>,
    /// Length of a bar; `M1` if absent.
    pub timeframe: Option<String>,
    /// Download from Dukascopy what the mirror does not have. If absent: yes if `sources`, `base_url` or `cache` is set,
    /// or if a range is and neither `sample`, `mirror` nor `bars`.
    pub download: Option<bool>,
    /// Where to download from, in order, as [`dukascopy::SourceSpec`] spells it: `day`, `hour`, `json`, `hour@URL`,
    /// `folder:PATH`; day files, hour files and the JSON protocol if absent.
    pub sources: Option<Vec<String>>,
    /// Scheme and host in place of those of Dukascopy's servers, such as `http://127.0.0.1:8080`.
    pub base_url: Option<String>,
    /// Folder that keeps what was downloaded, in Dukascopy's layout; `data/dukascopy` if absent.
    pub cache: Option<PathBuf>,
    /// Go on without the hours whose download failed; the report warns then. An error if absent or false.
    pub allow_gaps: Option<bool>,
}

/// Money and costs. The defaults are a retail account's; the report states them in its first lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountConfig {
    /// Starting cash in quote currency; 10,000 if absent.
    pub initial_cash: Option<f64>,
    /// Commission in per cent of the value of each order; 0.0035 if absent (35 per million and side).
    pub commission_percent: Option<f64>,
    /// Slippage of market and stop orders in ticks; 1 if absent.
    pub slippage_ticks: Option<u32>,
    /// Spread in pips, for data that has none; each bar's own mean spread if absent.
    pub spread_pips: Option<f64>,
}

/// How strategies are computed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BacktestConfig {
    /// Whose arithmetic indicators follow: `talib` (if absent), `tradingview`, whose numbers are those that the Pine
    /// scripts have on TradingView, or `fast`.
    pub profile: Option<String>,
}

/// What is searched, and how the data is split.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SearchConfig {
    /// Parameter sets in all, shared equally by the strategies; 20,000 if absent.
    pub parameter_sets: Option<usize>,
    /// `random` (if absent) or `grid`: every combination, an error if there are more than `parameter_sets`.
    pub sampler: Option<String>,
    /// Strategy files in JSON; the built-in ones if absent.
    pub strategies: Option<Vec<PathBuf>>,
    /// Walk-forward folds inside the search period; 4 if absent.
    pub folds: Option<usize>,
    /// Bars left out between what is searched and what is tested; 60 if absent.
    pub embargo_bars: Option<usize>,
    /// Share of the bars, at the end, that no search sees; 0.25 if absent.
    pub holdout_fraction: Option<f64>,
    /// Fewest trades that make a parameter set worth considering, over the search period; 30 if absent.
    pub min_trades: Option<usize>,
}

/// Who comments on the chart. Its comment is printed with its name and never decides what is ranked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnalystConfig {
    /// `rules` (if absent) or `ollama`.
    pub backend: Option<String>,
    /// Model name, required for `ollama`.
    pub model: Option<String>,
    /// Address of the server; `http://127.0.0.1:11434` if absent.
    pub url: Option<String>,
}

/// Where configuration comes from, in the order of rising precedence.
#[derive(Clone, Debug, Default)]
pub struct ConfigLayers {
    /// A TOML file.
    pub file: Option<PathBuf>,
    /// The process environment; only names that start with `AIO__` count, and `__` separates levels:
    /// `AIO__SEARCH__FOLDS=6`.
    pub environment: HashMap<String, String>,
    /// Settings from the command line, each with one value or the items of a list: `("search.folds", ["6"])`.
    pub overrides: Vec<(String, Vec<String>)>,
}

/// Settings that are lists.
const LISTS: [&str; 2] = ["search.strategies", "data.sources"];

/// Reads and merges all layers.
///
/// # Errors
/// [`Error::Config`] naming the key and where it comes from: an unreadable file, TOML that does not parse, an unknown key,
/// a value of the wrong type.
pub fn load_config(layers: &ConfigLayers) -> Result<FileConfig, Error> {
    let mut builder = Config::builder();
    if let Some(path) = &layers.file {
        builder = builder.add_source(file_source(path)?);
    }
    let environment = Environment::with_prefix("AIO").prefix_separator("__").separator("__").list_separator(",");
    let environment = LISTS.iter().fold(environment, |environment, key| environment.with_list_parse_key(key));
    builder = builder.add_source(environment.try_parsing(true).source(Some(layers.environment.clone())));
    for (key, values) in &layers.overrides {
        let set = match values.as_slice() {
            [value] if !LISTS.contains(&key.as_str()) => builder.set_override(key, value.as_str()),
            items => builder.set_override(key, items.to_vec()),
        };
        builder = set.map_err(|source| Error::config(&source))?;
    }
    let merged = builder.build().map_err(|source| Error::config(&source))?;
    merged.try_deserialize().map_err(|source| Error::config(&source))
}

fn file_source(path: &Path) -> Result<File<config::FileSourceString, FileFormat>, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::read(path, source))?;
    // Parsed once on its own, so that an error names this file and line and not the merged whole.
    toml::from_str::<FileConfig>(&text)
        .map_err(|source| Error::ConfigFile { path: path.to_owned(), source: Box::new(source) })?;
    Ok(File::from_str(&text, FileFormat::Toml))
}
