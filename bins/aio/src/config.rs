use std::collections::HashMap;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use experiment::{ConfigLayers, FileConfig, RunPlan, load_config};
use market::UnixNanos;

use crate::args::{ConfigCommand, Format, Settings};
use crate::output::print_line;

/// `aio config show` and `aio config check`.
pub(crate) fn run(command: &ConfigCommand, format: Format) -> Result<()> {
    let (ConfigCommand::Show(settings) | ConfigCommand::Check(settings)) = command;
    let plan = plan(settings)?;
    match (command, format) {
        (ConfigCommand::Show(_), Format::Human) => print_line(&serde_json::to_string_pretty(&plan)?),
        (ConfigCommand::Show(_), Format::Json) => print_line(&serde_json::to_string(&plan)?),
        (ConfigCommand::Check(_), Format::Human) => print_line("the configuration is valid"),
        (ConfigCommand::Check(_), Format::Json) => print_line(r#"{"valid":true}"#),
    }
}

/// Merges file, environment and flags, and decides what they leave open.
fn plan(settings: &Settings) -> Result<RunPlan> {
    let folder = std::env::current_dir().context("cannot find the current folder")?;
    Ok(RunPlan::resolve(&merged(settings)?, &folder, now()?)?)
}

/// The time by the system's clock.
#[expect(clippy::disallowed_methods, reason = "a program reads the clock once and hands the time on")]
pub(crate) fn now() -> Result<UnixNanos> {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).context("the system's clock is before 1970")?;
    Ok(UnixNanos(i64::try_from(since_1970.as_nanos()).context("the system's clock is after 2262")?))
}

/// File, environment and flags merged, before defaults.
pub(crate) fn merged(settings: &Settings) -> Result<FileConfig> {
    let environment: HashMap<_, _> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .filter(|(name, _)| name.starts_with("AIO__"))
        .map(|(name, value)| match value.into_string() {
            Ok(value) => Ok((name, value)),
            Err(_) => anyhow::bail!("the environment variable {name} is not valid UTF-8"),
        })
        .collect::<Result<_>>()?;
    let layers = ConfigLayers { file: settings.config.clone(), environment, overrides: overrides(settings)? };
    Ok(load_config(&layers)?)
}

fn overrides(settings: &Settings) -> Result<Vec<(String, Vec<String>)>> {
    let mut list = Vec::new();
    let mut set = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            list.push((key.to_owned(), vec![value]));
        }
    };
    set("data.sample", settings.sample.then(|| "true".to_owned()));
    set("data.edge", settings.edge.clone());
    set("seed", settings.seed.map(|seed| seed.to_string()));
    set("data.mirror", settings.mirror.as_deref().map(text).transpose()?);
    set("data.bars", settings.bars.as_deref().map(text).transpose()?);
    set("data.instrument", settings.instrument.clone());
    set("data.from", settings.from.clone());
    set("data.to", settings.to.clone());
    set("data.days", settings.days.map(|days| days.to_string()));
    set("data.download", settings.download.map(|download| download.to_string()));
    set("data.base_url", settings.base_url.clone());
    set("data.cache", settings.cache.as_deref().map(text).transpose()?);
    set("data.allow_gaps", settings.allow_gaps.then(|| "true".to_owned()));
    set("data.timeframe", settings.timeframe.clone());
    set("account.spread_pips", settings.spread_pips.map(|pips| pips.to_string()));
    set("backtest.profile", settings.profile.clone());
    set("search.parameter_sets", settings.parameter_sets.map(|count| count.to_string()));
    set("analyst.backend", settings.analyst.clone());
    set("analyst.model", settings.model.clone());
    set("analyst.url", settings.url.clone());
    if !settings.sources.is_empty() {
        list.push(("data.sources".to_owned(), settings.sources.clone()));
    }
    if !settings.strategies.is_empty() {
        let paths = settings.strategies.iter().map(|path| text(path)).collect::<Result<_>>()?;
        list.push(("search.strategies".to_owned(), paths));
    }
    Ok(list)
}

fn text(path: &Path) -> Result<String> {
    path.to_str().map(str::to_owned).with_context(|| format!("the path {} is not valid UTF-8", path.display()))
}
