use std::path::Path;

use broker::{Costs, Spread};
use dukascopy::{HourCoverage, HourStatus, Mirror};
use market::synthetic::{PlantedEdge, SyntheticConfig, generate};
use market::{
    Bar, Bars, CleaningRule, IntegrityReport, PriceSide, Tick, Ticks, TradingCalendar, UnixNanos, ValidationOptions,
    aggregate, clean, validate_bars, validate_ticks,
};
use market_files::{NaiveTime, ReadOptions};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::download::spelled;
use crate::plan::{DataPlan, DownloadPlan, SourcePlan};
use crate::source::calendar;

/// The sample's first day, a Monday.
const SAMPLE_START: &str = "2024-01-08";
/// The sample's length.
const SAMPLE_DAYS: u32 = 14;
/// Minutes in which half of the sample's planted deviation is gone.
const SAMPLE_HALF_LIFE_MINUTES: f64 = 20.0;
/// What turns raw ticks into usable ones; each rule that takes something away is counted in the report.
const CLEANING: [CleaningRule; 4] =
    [CleaningRule::DropInvalid, CleaningRule::Sort, CleaningRule::DropDuplicates, CleaningRule::DropCrossed];

/// Where the bars come from and how good the data are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataQuality {
    /// The source in words.
    pub source: String,
    /// Ticks read; absent for a file of bars.
    pub n_ticks: Option<usize>,
    /// What validation found in the ticks or bars as they were read.
    pub integrity: IntegrityReport,
    /// Ticks that cleaning took away, by rule; rules that took nothing are listed too.
    pub removed: Vec<Removed>,
    /// Hours of the range for which a mirror has data, an empty file or no file; absent for other sources.
    pub hours: Option<HourCount>,
    /// Whether a trading calendar is known; without one, gaps are counted around the clock.
    pub calendar_known: bool,
}

/// Ticks that one cleaning rule took away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Removed {
    /// The rule.
    pub rule: CleaningRule,
    /// Number of ticks.
    pub count: usize,
}

/// Hours of the range, by what the mirror has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourCount {
    /// Hours with ticks.
    pub data: usize,
    /// Hours with a file that says "no ticks".
    pub empty: usize,
    /// Hours without a file.
    pub missing: usize,
    /// Hours without ticks although the market was open when they began; absent where no calendar is known.
    pub open_without_ticks: Option<usize>,
    /// Those of them without a file.
    pub open_missing: Option<usize>,
}

/// Reads the chosen source, judges it, and makes mid-price bars of it.
///
/// `costs`: where they take each bar's own spread, every bar must have one.
pub(crate) fn load(
    plan: &DataPlan,
    source: &SourcePlan,
    seed: u64,
    costs: &Costs,
) -> Result<(Bars, DataQuality), Error> {
    let (bars, quality) = match source {
        SourcePlan::Sample { edge_pips } => sample(plan, *edge_pips, seed)?,
        SourcePlan::Mirror(root) => mirror(plan, root, format!("bi5 mirror {}", root.display()))?,
        SourcePlan::Download(DownloadPlan { cache, sources, .. }) => {
            mirror(plan, cache, format!("download from {}, kept in {}", spelled(sources), cache.display()))?
        }
        SourcePlan::Bars(path) => bar_file(plan, path)?,
    };
    refuse_unknown_spread(&bars, costs)?;
    if bars.is_empty() {
        let reasons = format!("{} has no tick in the range", quality.source);
        return Err(Error::NoSource { symbol: plan.instrument.symbol.to_string(), reasons });
    }
    Ok((bars, quality))
}

fn refuse_unknown_spread(bars: &Bars, costs: &Costs) -> Result<(), Error> {
    let view = bars.view();
    match view.spread.iter().position(|spread| spread.is_nan()) {
        Some(bar) if costs.spread == Spread::FromBars => Err(Error::NoSpread { time: view.open_time[bar] }),
        _ => Ok(()),
    }
}

fn sample(plan: &DataPlan, edge_pips: Option<f64>, seed: u64) -> Result<(Bars, DataQuality), Error> {
    let start = SAMPLE_START.parse().map_err(Error::failed("reading the sample's start"))?;
    let mut config = SyntheticConfig::eurusd(start, SAMPLE_DAYS);
    config.edge = edge_pips.map(|amplitude_pips| PlantedEdge::MeanReversion {
        amplitude_pips,
        half_life_minutes: SAMPLE_HALF_LIFE_MINUTES,
    });
    let ticks = generate(&config, seed).map_err(Error::failed("making the sample"))?;
    let edge = match edge_pips {
        None => "no planted edge".to_owned(),
        Some(pips) => format!(
            "a planted edge: deviations of {pips} pips that halve in {SAMPLE_HALF_LIFE_MINUTES} minutes (R² {:.2} over them)",
            config.forecast_r_squared(SAMPLE_HALF_LIFE_MINUTES)
        ),
    };
    from_ticks(plan, &ticks, format!("synthetic sample, seed {seed}, with {edge}"), None)
}

fn mirror(plan: &DataPlan, root: &Path, source: String) -> Result<(Bars, DataQuality), Error> {
    let (Some(from), Some(to)) = (plan.from, plan.to) else {
        return Err(Error::Missing { key: "data.to", why: "a mirror is read up to that moment" });
    };
    let doing = || {
        let root = root.display();
        format!("reading the mirror {root} (replace a damaged file, or remove it and its hour counts as missing)")
    };
    let history = Mirror::open(root)
        .and_then(|mirror| mirror.read_ticks(&plan.instrument.symbol, from..to))
        .map_err(Error::failed(doing()))?;
    let holes = calendar(plan).map(|calendar| history.coverage.holes(|time: UnixNanos| calendar.is_open(time)));
    let missing = |holes: &Vec<HourCoverage>| holes.iter().filter(|hour| hour.status == HourStatus::Missing).count();
    let hours = HourCount {
        data: history.coverage.count(HourStatus::Data),
        empty: history.coverage.count(HourStatus::Empty),
        missing: history.coverage.count(HourStatus::Missing),
        open_without_ticks: holes.as_ref().map(Vec::len),
        open_missing: holes.as_ref().map(missing),
    };
    from_ticks(plan, &history.ticks, source, Some(hours))
}

fn from_ticks(
    plan: &DataPlan,
    ticks: &Ticks,
    source: String,
    hours: Option<HourCount>,
) -> Result<(Bars, DataQuality), Error> {
    let rows: Vec<Tick> = ticks.view().iter().collect();
    let (options, calendar_known) = validation(plan);
    let integrity = validate_ticks(&rows, &options);
    let (cleaned, log) = clean(&rows, &CLEANING).map_err(Error::failed("cleaning the ticks"))?;
    let bars = aggregate(cleaned.view(), plan.timeframe).bars(PriceSide::Mid);
    let removed = log.steps.iter().map(|step| Removed { rule: step.rule.clone(), count: step.rows.len() }).collect();
    let quality = DataQuality { source, n_ticks: Some(rows.len()), integrity, removed, hours, calendar_known };
    Ok((bars, quality))
}

fn bar_file(plan: &DataPlan, path: &Path) -> Result<(Bars, DataQuality), Error> {
    let options = ReadOptions { naive_time: NaiveTime::Utc, ..ReadOptions::strict() };
    let file = market_files::read_bars(path, &options).map_err(Error::failed("reading the bars"))?;
    let bars = at_timeframe(plan, file.bars)?;
    let inside = |time: UnixNanos| plan.from.is_none_or(|from| time >= from) && plan.to.is_none_or(|to| time < to);
    let rows: Vec<Bar> = bars.view().iter().filter(|bar| inside(bar.open_time)).collect();
    let (options, calendar_known) = validation(plan);
    let integrity = validate_bars(&rows, plan.timeframe, &options);
    let mut bars = Bars::new(plan.timeframe);
    for bar in rows {
        bars.push(bar).map_err(Error::failed(format!("reading the bars {}", path.display())))?;
    }
    let source = format!("bar file {}", path.display());
    Ok((bars, DataQuality { source, n_ticks: None, integrity, removed: Vec::new(), hours: None, calendar_known }))
}

fn at_timeframe(plan: &DataPlan, bars: Bars) -> Result<Bars, Error> {
    if bars.timeframe() == plan.timeframe {
        return Ok(bars);
    }
    market::resample(bars.view(), plan.timeframe).map_err(Error::failed(format!(
        "turning {} bars into {}",
        bars.timeframe(),
        plan.timeframe
    )))
}

fn validation(plan: &DataPlan) -> (ValidationOptions, bool) {
    let known = calendar(plan);
    let calendar_known = known.is_some();
    let mut options = ValidationOptions::new(known.unwrap_or(TradingCalendar::AlwaysOpen));
    options.range = plan.from.zip(plan.to).map(|(from, to)| from..to);
    (options, calendar_known)
}
