use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use dukascopy::{FileKey, FileKind, Mirror};
use market::{Timeframe, TradingCalendar, UnixNanos};
use serde::{Deserialize, Serialize};

use crate::download::{Filled, fill_cache};
use crate::files::hash_file;
use crate::plan::{DataPlan, DownloadPlan, SourcePlan};
use crate::{Error, Progress, Stage};

/// A file that a run reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// The source that a run uses, and the files it will read there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chosen {
    pub(crate) source: SourcePlan,
    pub(crate) inputs: Vec<InputFile>,
    /// Why earlier sources were passed over.
    pub(crate) passed_over: Vec<String>,
}

/// Takes the first source that has files for the range. One that is missing or has none is passed over, by name; one
/// that cannot be read is an error, because its data may differ from those of the next.
///
/// A mirror before a download must have all open hours. A download fills its cache first; one with failed hours is
/// passed over for what comes after it, and is an error where nothing does.
pub(crate) fn choose(plan: &DataPlan, now: UnixNanos, progress: &(dyn Fn(Progress) + Sync)) -> Result<Chosen, Error> {
    refuse_closed_range(plan)?;
    let mut passed_over = Vec::new();
    for (place, source) in plan.sources.iter().enumerate() {
        let found = match (source, &plan.sources[place + 1..]) {
            (SourcePlan::Sample { .. }, _) => Inventory::Files(Vec::new()),
            (SourcePlan::Mirror(root), [SourcePlan::Download(_), ..]) => whole_mirror(plan, root)?,
            (SourcePlan::Mirror(root), _) => mirror_files(plan, root)?,
            (SourcePlan::Download(download), later) => {
                let filled = fill_cache(plan, download, range(plan)?, now, progress)?;
                downloaded(plan, download, filled, later.is_empty())?
            }
            (SourcePlan::Bars(path), _) => bar_file(path)?,
        };
        match found {
            Inventory::Files(inputs) => return Ok(Chosen { source: source.clone(), inputs, passed_over }),
            Inventory::Nothing(why) => {
                progress(Progress::Note { stage: Stage::Data, text: format!("source passed over: {why}") });
                passed_over.push(why);
            }
        }
    }
    Err(Error::NoSource { symbol: plan.instrument.symbol.to_string(), reasons: passed_over.join("; ") })
}

/// When the market of the plan's instrument is open, by which a download judges its hours too; `None` where no calendar is
/// known.
pub(crate) fn calendar(plan: &DataPlan) -> Option<TradingCalendar> {
    dukascopy::instrument(plan.instrument.symbol.as_str())?.calendar()
}

fn refuse_closed_range(plan: &DataPlan) -> Result<(), Error> {
    let (Some(from), Some(to), Some(calendar)) = (plan.from, plan.to, calendar(plan)) else { return Ok(()) };
    if calendar.open_nanos(from..to) > 0 {
        return Ok(());
    }
    Err(Error::MarketClosed { symbol: plan.instrument.symbol.to_string(), from, to })
}

fn range(plan: &DataPlan) -> Result<Range<UnixNanos>, Error> {
    let range = plan.from.zip(plan.to).map(|(from, to)| from..to);
    range.ok_or(Error::Missing { key: "data.to", why: "a mirror is read up to that moment" })
}

enum Inventory {
    Files(Vec<InputFile>),
    Nothing(String),
}

fn bar_file(path: &Path) -> Result<Inventory, Error> {
    if !path.exists() {
        return Ok(Inventory::Nothing(format!("{} is not there", path.display())));
    }
    Ok(Inventory::Files(vec![input_file(path)?]))
}

/// What the cache has after a download.
fn downloaded(plan: &DataPlan, download: &DownloadPlan, filled: Filled, is_last: bool) -> Result<Inventory, Error> {
    let symbol = plan.instrument.symbol.to_string();
    match filled {
        Filled::Failed { hours, gap_report } if !download.allow_gaps => {
            if is_last {
                return Err(Error::Gaps { symbol, hours, gap_report });
            }
            Ok(Inventory::Nothing(format!("the download of {symbol} failed, see {}", gap_report.display())))
        }
        Filled::Failed { .. } | Filled::Complete => mirror_files(plan, &download.cache),
    }
}

/// The tick files of a mirror.
fn mirror_files(plan: &DataPlan, root: &Path) -> Result<Inventory, Error> {
    match tick_files(plan, root)? {
        TickFiles::Nothing(why) => Ok(Inventory::Nothing(why)),
        TickFiles::Some(mirror, keys) => hashed(&mirror, &keys),
    }
}

/// The tick files of a mirror that lacks no hour in which the market was open.
fn whole_mirror(plan: &DataPlan, root: &Path) -> Result<Inventory, Error> {
    let (mirror, keys) = match tick_files(plan, root)? {
        TickFiles::Nothing(why) => return Ok(Inventory::Nothing(why)),
        TickFiles::Some(mirror, keys) => (mirror, keys),
    };
    let covered: BTreeSet<UnixNanos> = keys.iter().flat_map(|key| hours(key.start()..key.end())).collect();
    let (range, calendar) = (range(plan)?, calendar(plan).unwrap_or(TradingCalendar::AlwaysOpen));
    let open: Vec<UnixNanos> =
        hours(range.clone()).filter(|&start| calendar.open_nanos(start..after_hour(start)) > 0).collect();
    match open.iter().filter(|start| !covered.contains(start)).count() {
        0 => hashed(&mirror, &keys),
        n_lacking => {
            let (root, n_open, Range { start, end }) = (root.display(), open.len(), range);
            let why = format!("{root} lacks {n_lacking} of the {n_open} open hours from {start} to {end}");
            Ok(Inventory::Nothing(why))
        }
    }
}

/// The starts of the hours that `range` touches.
fn hours(range: Range<UnixNanos>) -> impl Iterator<Item = UnixNanos> {
    let first = Timeframe::H1.floor(range.start);
    std::iter::successors(Some(first), |start| Some(after_hour(*start))).take_while(move |start| *start < range.end)
}

fn after_hour(start: UnixNanos) -> UnixNanos {
    UnixNanos(start.0 + Timeframe::H1.nanos())
}

enum TickFiles {
    Some(Mirror, Vec<FileKey>),
    Nothing(String),
}

/// The tick files of a mirror that touch the range, at least one.
fn tick_files(plan: &DataPlan, root: &Path) -> Result<TickFiles, Error> {
    let (symbol, range) = (&plan.instrument.symbol, range(plan)?);
    let listed = Mirror::open(root).and_then(|mirror| Ok((mirror.files(symbol)?, mirror)));
    let (mut keys, mirror) = match listed {
        Ok(listed) => listed,
        Err(error @ (dukascopy::Error::NoMirror { .. } | dukascopy::Error::NoSymbol { .. })) => {
            return Ok(TickFiles::Nothing(error.to_string()));
        }
        Err(error) => return Err(Error::failed(format!("listing the mirror {}", root.display()))(error)),
    };
    keys.retain(|key| matches!(key.kind(), FileKind::Ticks(_)) && key.start() < range.end && key.end() > range.start);
    if keys.is_empty() {
        let (from, to) = (range.start, range.end);
        return Ok(TickFiles::Nothing(format!("{} has no {symbol} ticks from {from} to {to}", root.display())));
    }
    Ok(TickFiles::Some(mirror, keys))
}

fn hashed(mirror: &Mirror, keys: &[FileKey]) -> Result<Inventory, Error> {
    keys.iter().map(|key| input_file(&mirror.path(key))).collect::<Result<_, _>>().map(Inventory::Files)
}

fn input_file(path: &Path) -> Result<InputFile, Error> {
    Ok(InputFile { path: path.to_owned(), sha256: hash_file(path)? })
}
