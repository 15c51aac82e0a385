use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use indicators::{Group, IndicatorKind, Profile};
use market::{Bars, BarsView, Timeframe};

use crate::args::PagesArgs;
use crate::page::page;
use crate::picture::picture;

/// Writes a page for each indicator of the catalogue and a list of all; with bars, also their pictures.
pub(crate) fn run(options: &PagesArgs) -> anyhow::Result<()> {
    let folder = &options.folder;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let hours = options.bars.as_deref().map(read_hours).transpose()?;
    for kind in IndicatorKind::all() {
        let info = kind.info();
        let image = folder.join(format!("{kind}.png"));
        if let Some(hours) = &hours {
            match picture(info, hours.view())? {
                Some(png) => write(&image, &png)?,
                None if image.exists() => fs::remove_file(&image)?,
                None => {}
            }
        }
        let name = image.exists().then(|| format!("{kind}.png"));
        write(&folder.join(format!("{kind}.md")), page(info, name.as_deref()).as_bytes())?;
    }
    write(&folder.join("README.md"), list().as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// The bars of a file as bars of an hour.
fn read_hours(path: &Path) -> anyhow::Result<Bars> {
    let file = market_files::read_bars(path, &market_files::ReadOptions::strict())?;
    let bars: BarsView<'_> = file.bars.view();
    Ok(market::resample(bars, Timeframe::H1)?)
}

/// All indicators by group, with their profiles.
pub(crate) fn list() -> String {
    let mut text = format!(
        "# Indicators\n\n{} indicators. `talib`: the bits of TA-Lib 0.8.3; `tradingview`: those of TradingView; `fast`: the fastest \
         order of operations. Written by `indicators pages docs/indicators --bars FILE`.\n",
        IndicatorKind::all().count()
    );
    let mut groups: BTreeMap<String, Vec<IndicatorKind>> = BTreeMap::new();
    for kind in IndicatorKind::all() {
        groups.entry(title(kind.info().group).to_owned()).or_default().push(kind);
    }
    for (group, mut kinds) in groups {
        kinds.sort();
        let _ = write!(text, "\n## {group}\n\n| name | what | TA-Lib | profiles |\n|---|---|---|---|\n");
        for kind in kinds {
            let info = kind.info();
            let profiles: Vec<&str> = info.profiles().map(Profile::name).collect();
            let talib = info.talib.unwrap_or("");
            let _ = writeln!(text, "| [`{kind}`]({kind}.md) | {} | {talib} | {} |", info.title, profiles.join(", "));
        }
    }
    text
}

fn title(group: Group) -> &'static str {
    match group {
        Group::Overlap => "Averages, bands and stops",
        Group::Momentum => "Momentum",
        Group::Volume => "Volume",
        Group::Volatility => "Volatility",
        Group::Price => "Prices",
        Group::Cycle => "Cycles",
        Group::Statistics => "Statistics",
        Group::Math => "Arithmetic",
        Group::Pattern => "Candlestick formations",
        Group::Levels => "Levels, pivots and trend lines",
    }
}
