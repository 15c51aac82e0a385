use std::ops::Range;
use std::path::{Path, PathBuf};

use dukascopy::{FileKind, Mirror};
use market::{TradingCalendar, UnixNanos};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::files::hash_file;
use crate::plan::{DataPlan, SourcePlan};

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
pub(crate) fn choose(plan: &DataPlan) -> Result<Chosen, Error> {
    refuse_closed_range(plan)?;
    let mut passed_over = Vec::new();
    for source in &plan.sources {
        match inventory(plan, source)? {
            Inventory::Files(inputs) => return Ok(Chosen { source: source.clone(), inputs, passed_over }),
            Inventory::Nothing(why) => passed_over.push(why),
        }
    }
    Err(Error::NoSource { symbol: plan.instrument.symbol.to_string(), reasons: passed_over.join("; ") })
}

/// When the market of the plan's instrument is open; `None` where no calendar is known.
pub(crate) fn calendar(plan: &DataPlan) -> Option<TradingCalendar> {
    TradingCalendar::of(&plan.instrument.symbol)
}

fn refuse_closed_range(plan: &DataPlan) -> Result<(), Error> {
    let (Some(from), Some(to), Some(calendar)) = (plan.from, plan.to, calendar(plan)) else { return Ok(()) };
    if calendar.open_nanos(from..to) > 0 {
        return Ok(());
    }
    Err(Error::MarketClosed { symbol: plan.instrument.symbol.to_string(), from, to })
}

enum Inventory {
    Files(Vec<InputFile>),
    Nothing(String),
}

fn inventory(plan: &DataPlan, source: &SourcePlan) -> Result<Inventory, Error> {
    match source {
        SourcePlan::Sample { .. } => Ok(Inventory::Files(Vec::new())),
        SourcePlan::Bars(path) if !path.exists() => Ok(Inventory::Nothing(format!("{} is not there", path.display()))),
        SourcePlan::Bars(path) => Ok(Inventory::Files(vec![input_file(path)?])),
        SourcePlan::Mirror(root) => {
            let (Some(from), Some(to)) = (plan.from, plan.to) else {
                return Err(Error::Missing { key: "data.to", why: "a mirror is read up to that moment" });
            };
            mirror_files(plan, root, from..to)
        }
    }
}

fn mirror_files(plan: &DataPlan, root: &Path, range: Range<UnixNanos>) -> Result<Inventory, Error> {
    let symbol = &plan.instrument.symbol;
    let listed = Mirror::open(root).and_then(|mirror| Ok((mirror.files(symbol)?, mirror)));
    let (keys, mirror) = match listed {
        Ok(listed) => listed,
        Err(error @ (dukascopy::Error::NoMirror { .. } | dukascopy::Error::NoSymbol { .. })) => {
            return Ok(Inventory::Nothing(error.to_string()));
        }
        Err(error) => return Err(Error::failed(format!("listing the mirror {}", root.display()))(error)),
    };
    let inputs: Vec<_> = keys
        .iter()
        .filter(|key| matches!(key.kind(), FileKind::Ticks(_)) && key.start() < range.end && key.end() > range.start)
        .map(|key| input_file(&mirror.path(key)))
        .collect::<Result<_, _>>()?;
    if inputs.is_empty() {
        let (from, to) = (range.start, range.end);
        return Ok(Inventory::Nothing(format!("{} has no {symbol} ticks from {from} to {to}", root.display())));
    }
    Ok(Inventory::Files(inputs))
}

fn input_file(path: &Path) -> Result<InputFile, Error> {
    Ok(InputFile { path: path.to_owned(), sha256: hash_file(path)? })
}
