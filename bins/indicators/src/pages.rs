use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use indicators::{Group, IndicatorKind, Profile};
use market::Timeframe;
use market_files::{NaiveTime, ReadOptions};

use crate::args::PagesArgs;
use crate::page::page;
use crate::picture::{History, picture};

/// Writes a page for each indicator of the catalogue and a list of all; with bars, also their pictures.
pub(crate) fn run(options: &PagesArgs) -> anyhow::Result<()> {
    let folder = &options.folder;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let histories = options.bars.as_deref().map(histories).transpose()?;
    for kind in IndicatorKind::all() {
        let info = kind.info();
        let image = folder.join(format!("{kind}.png"));
        if let Some(histories) = &histories {
            match picture(info, histories)? {
                Some(png) => write(&image, &png)?,
                None if image.exists() => {
                    fs::remove_file(&image).with_context(|| format!("cannot remove {}", image.display()))?;
                }
                None => {}
            }
        }
        let name = image.exists().then(|| format!("{kind}.png"));
        write(&folder.join(format!("{kind}.md")), page(info, name.as_deref())?.as_bytes())?;
    }
    write(&folder.join("README.md"), list().as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// The bars of a file as bars of an hour, and of the shorter times in which rare formations are looked for. Times without
/// zone are UTC: where the bars of a picture begin is of no consequence beyond it.
fn histories(path: &Path) -> anyhow::Result<Vec<History>> {
    let file = market_files::read_bars(path, &ReadOptions { naive_time: NaiveTime::Utc, ..ReadOptions::strict() })?;
    let symbol = file.symbol.as_ref().map_or_else(|| first_word(path), ToString::to_string);
    let finest = file.bars.timeframe();
    let times = [
        (Timeframe::H1, "1 hour"),
        (Timeframe::M15, "15 minutes"),
        (Timeframe::M5, "5 minutes"),
        (Timeframe::M1, "1 minute"),
    ];
    let times = times.into_iter().filter(|(timeframe, _)| timeframe.seconds() >= finest.seconds());
    let of_time = |(timeframe, name): (Timeframe, &str)| -> anyhow::Result<History> {
        let bars = market::resample(file.bars.view(), timeframe)?;
        Ok(History::new(&format!("{symbol}, {name}"), bars.view()))
    };
    let histories: Vec<History> = times.map(of_time).collect::<anyhow::Result<_>>()?;
    ensure!(!histories.is_empty(), "{}: the bars are longer than an hour", path.display());
    ensure!(
        histories[0].len() >= 500,
        "{}: 500 bars of an hour are needed, not {}",
        path.display(),
        histories[0].len()
    );
    Ok(histories)
}

/// What a name like `EURUSD_M1_2025.parquet` begins with.
fn first_word(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.split(['_', '-', ' ']).next().unwrap_or_default().to_owned()
}

/// All indicators by group, with their profiles.
pub(crate) fn list() -> String {
    let mut groups: BTreeMap<&'static str, Vec<IndicatorKind>> = BTreeMap::new();
    for kind in IndicatorKind::all() {
        groups.entry(title(kind.info().group)).or_default().push(kind);
    }
    let mut text = format!(
        "# Indicators\n\n{} indicators, a page each. Profiles: `talib` has the bits of TA-Lib 0.8.3, `tradingview` those of \
         TradingView, `fast` the formula with errors of at most 1e-12 of the numbers that enter it; what \
         neither TA-Lib nor TradingView has is the same in all three. Written by `indicators pages docs/indicators --bars FILE`.\n\n",
        IndicatorKind::all().count()
    );
    for (group, kinds) in &groups {
        let anchor: String = group.to_lowercase().chars().filter(|letter| *letter != ',').collect();
        let _ = writeln!(text, "- [{group}](#{}) ({})", anchor.replace(' ', "-"), kinds.len());
    }
    for (group, mut kinds) in groups {
        kinds.sort();
        let _ = write!(text, "\n## {group}\n\n| name | what | TA-Lib | Pine | profiles |\n|---|---|---|---|---|\n");
        for kind in kinds {
            let info = kind.info();
            let profiles: Vec<&str> = info.profiles().map(Profile::name).collect();
            let (talib, pine) = (info.talib.unwrap_or(""), if info.pine.is_some() { "yes" } else { "" });
            let profiles = profiles.join(", ");
            let _ = writeln!(text, "| [`{kind}`]({kind}.md) | {} | {talib} | {pine} | {profiles} |", info.title);
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
