use std::path::{Path, PathBuf};

use dukascopy::{SourceSpec, default_sources};
use market::{Instrument, Symbol, Timeframe, UnixNanos};
use serde::{Deserialize, Serialize};

use super::paths::absolute;
use super::values::{parse, within};
use crate::Error;
use crate::config::DataConfig;

/// Days of data when no start is given.
const DEFAULT_DAYS: u32 = 14;
/// Most days of a range: a hundred years.
const MAX_DAYS: u32 = 36_525;
/// The market that the sample imitates.
const SAMPLE_SYMBOL: &str = "EURUSD";
/// Where downloads are kept if nobody says otherwise, below the base.
const DEFAULT_CACHE: &str = "data/dukascopy";

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
    /// Dukascopy's servers.
    Download(DownloadPlan),
    /// A file of bars.
    Bars(PathBuf),
}

/// How ticks are downloaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DownloadPlan {
    /// Folder that keeps what was downloaded, in Dukascopy's layout; what it has is not asked for again.
    pub cache: PathBuf,
    /// Where to download from; what one does not have is asked of the next.
    #[serde(with = "source_texts")]
    pub sources: Vec<SourceSpec>,
    /// Go on without the hours whose download failed.
    pub allow_gaps: bool,
}

/// Sources as `dukascopy` spells them.
mod source_texts {
    use dukascopy::SourceSpec;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(sources: &[SourceSpec], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(sources.iter().map(ToString::to_string))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<SourceSpec>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        texts.iter().map(|text| text.parse().map_err(D::Error::custom)).collect()
    }
}

/// Decides where the data comes from, and which range.
pub(super) fn data_plan(config: &DataConfig, base: &Path, now: UnixNanos) -> Result<DataPlan, Error> {
    let symbol = config.instrument.as_deref().unwrap_or(SAMPLE_SYMBOL);
    let instrument = instrument(symbol)?;
    let timeframe = parse("data.timeframe", config.timeframe.as_deref().unwrap_or("M1"))?;
    let sources = if config.sample == Some(true) { vec![sample(config, &instrument)?] } else { files(config, base)? };
    let (from, to) = range(config, &sources, now)?;
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        let why = format!("the range is empty; it must be before data.to ({to})");
        return Err(Error::Setting { key: "data.from", value: from.to_string(), why });
    }
    Ok(DataPlan { instrument, timeframe, from, to, sources })
}

/// Start and end as stated, or as the other and the days give them.
fn range(
    config: &DataConfig,
    sources: &[SourcePlan],
    now: UnixNanos,
) -> Result<(Option<UnixNanos>, Option<UnixNanos>), Error> {
    let mirrors = sources.iter().any(|source| matches!(source, SourcePlan::Mirror(_)));
    let downloads = sources.iter().any(|source| matches!(source, SourcePlan::Download(_)));
    let days = days(config)?;
    let from: Option<UnixNanos> = config.from.as_deref().map(|text| parse("data.from", text)).transpose()?;
    let to = match (&config.to, from.zip(days)) {
        (Some(text), _) => Some(parse("data.to", text)?),
        (None, Some((from, days))) => Some(shifted(from, i64::from(days))?),
        (None, None) => downloads.then(|| Timeframe::D1.floor(now)),
    };
    let Some(to) = to else {
        if mirrors {
            return Err(Error::Missing { key: "data.to", why: "a mirror is read up to that moment" });
        }
        if days.is_some() && config.sample != Some(true) {
            return Err(Error::Missing { key: "data.to", why: "data.days counts back from it" });
        }
        return Ok((from, None));
    };
    let back = days.or((mirrors || downloads).then_some(DEFAULT_DAYS));
    let from = match (from, back) {
        (None, Some(days)) => Some(shifted(to, -i64::from(days))?),
        (from, _) => from,
    };
    Ok((from, Some(to)))
}

fn days(config: &DataConfig) -> Result<Option<u32>, Error> {
    let Some(days) = config.days else { return Ok(None) };
    let fails = |why: String| Err(Error::Setting { key: "data.days", value: days.to_string(), why });
    if config.sample == Some(true) {
        return fails("the sample has its own length; leave it out".to_owned());
    }
    if config.from.is_some() && config.to.is_some() {
        return fails("data.from and data.to are the range; leave one of the three out".to_owned());
    }
    if !(1..=MAX_DAYS).contains(&days) {
        return fails(format!("it must be from 1 to {MAX_DAYS}"));
    }
    Ok(Some(days))
}

fn shifted(time: UnixNanos, days: i64) -> Result<UnixNanos, Error> {
    let far = || Error::Setting {
        key: "data.days",
        value: days.unsigned_abs().to_string(),
        why: format!("from {time} they lead out of the calendar"),
    };
    time.0.checked_add(days * UnixNanos::PER_DAY).map(UnixNanos).ok_or_else(far)
}

fn sample(config: &DataConfig, instrument: &Instrument) -> Result<SourcePlan, Error> {
    if config.mirror.is_some() || config.bars.is_some() || config.download == Some(true) {
        let why = "the sample is made, not read: leave data.mirror, data.bars and data.download out".to_owned();
        return Err(Error::Setting { key: "data.sample", value: "true".to_owned(), why });
    }
    if instrument.symbol.as_str() != SAMPLE_SYMBOL {
        let why = format!("the sample is a market like {SAMPLE_SYMBOL}");
        return Err(Error::Setting { key: "data.instrument", value: instrument.symbol.to_string(), why });
    }
    let edge_pips = within("data.edge_pips", config.edge_pips.unwrap_or(10.0), 0.1, 1_000.0)?;
    match config.edge.as_deref().unwrap_or("mean-reversion") {
        "none" => Ok(SourcePlan::Sample { edge_pips: None }),
        "mean-reversion" => Ok(SourcePlan::Sample { edge_pips: Some(edge_pips) }),
        other => Err(Error::Setting {
            key: "data.edge",
            value: other.to_owned(),
            why: "write mean-reversion or none".to_owned(),
        }),
    }
}

fn files(config: &DataConfig, base: &Path) -> Result<Vec<SourcePlan>, Error> {
    if config.edge.is_some() || config.edge_pips.is_some() {
        let why = "only the sample has a planted edge; add --sample";
        return Err(Error::Missing { key: "data.sample", why });
    }
    let download = wants_download(config).then(|| download_plan(config, base)).transpose()?;
    let sources = [
        config.mirror.as_ref().map(|path| SourcePlan::Mirror(absolute(base, path))),
        download.map(SourcePlan::Download),
        config.bars.as_ref().map(|path| SourcePlan::Bars(absolute(base, path))),
    ];
    let sources: Vec<_> = sources.into_iter().flatten().collect();
    if sources.is_empty() {
        let why = "give --sample, --mirror DIR, --bars FILE, or a range to download such as --days 14";
        return Err(Error::Missing { key: "data", why });
    }
    Ok(sources)
}

fn wants_download(config: &DataConfig) -> bool {
    let is_set_up = config.sources.is_some() || config.base_url.is_some() || config.cache.is_some();
    let has_range = config.from.is_some() || config.to.is_some() || config.days.is_some();
    let is_all_there_is = config.mirror.is_none() && config.bars.is_none() && has_range;
    config.download.unwrap_or(is_set_up || is_all_there_is)
}

fn download_plan(config: &DataConfig, base: &Path) -> Result<DownloadPlan, Error> {
    let cache = config.cache.as_deref().unwrap_or(Path::new(DEFAULT_CACHE));
    let sources = match &config.sources {
        None => default_sources(),
        Some(texts) => texts.iter().map(|text| source(text)).collect::<Result<_, _>>()?,
    };
    if sources.is_empty() {
        return Err(Error::Missing { key: "data.sources", why: "an empty list leaves nowhere to download from" });
    }
    Ok(DownloadPlan {
        cache: absolute(base, cache),
        sources: sources.into_iter().map(|source| located(source, config.base_url.as_deref(), base)).collect(),
        allow_gaps: config.allow_gaps.unwrap_or(false),
    })
}

fn source(text: &str) -> Result<SourceSpec, Error> {
    text.parse().map_err(|error: dukascopy::Error| Error::Setting {
        key: "data.sources",
        value: text.to_owned(),
        why: error.to_string(),
    })
}

/// The source with `base_url` in place of Dukascopy's server, and the path of a folder from `base`.
fn located(source: SourceSpec, base_url: Option<&str>, base: &Path) -> SourceSpec {
    let or_given = |url: Option<String>| url.or_else(|| base_url.map(str::to_owned));
    match source {
        SourceSpec::DayFiles { base_url } => SourceSpec::DayFiles { base_url: or_given(base_url) },
        SourceSpec::HourFiles { base_url } => SourceSpec::HourFiles { base_url: or_given(base_url) },
        SourceSpec::Json { base_url } => SourceSpec::Json { base_url: or_given(base_url) },
        SourceSpec::Folder(path) => SourceSpec::Folder(absolute(base, &path)),
    }
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
