//! Strategies from files, from a library, or built in.

use std::fs;

use anyhow::{Context, Result, bail};
use pattern_library::{BlockingLibrary, StrategyId};
use strategy::Strategy;

use crate::args::MarketArgs;

/// The strategies that the flags name, in their order: files, then the library's, then the built-in ones.
pub(crate) fn load(args: &MarketArgs) -> Result<Vec<Strategy>> {
    let mut strategies = Vec::new();
    for path in &args.strategy {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        strategies.push(Strategy::from_json(&text).with_context(|| path.display().to_string())?);
    }
    if args.library.is_some() {
        strategies.extend(of_library(args)?);
    }
    if args.builtin {
        strategies.extend(experiment::builtin_strategies());
    }
    if strategies.is_empty() {
        bail!("nothing to search: give --strategy FILE, --library FILE or --builtin");
    }
    Ok(strategies)
}

fn of_library(args: &MarketArgs) -> Result<Vec<Strategy>> {
    let Some(path) = &args.library else { return Ok(Vec::new()) };
    if !path.is_file() {
        bail!("there is no library {}", path.display());
    }
    let read = || -> Result<Vec<Strategy>> {
        let mut library = BlockingLibrary::open(path)?;
        let ids: Vec<StrategyId> = if args.id.is_empty() {
            library.strategies()?.into_iter().map(|summary| summary.id).collect()
        } else {
            args.id.iter().map(|id| id.parse().with_context(|| format!("--id {id}"))).collect::<Result<_>>()?
        };
        let mut strategies: Vec<Strategy> = Vec::new();
        for id in ids {
            let stored = library.strategy(id)?.with_context(|| format!("there is no strategy {id}"))?;
            // One rule with other parameters is another entry there, and the same search here.
            if !strategies.contains(&stored.strategy) {
                strategies.push(stored.strategy);
            }
        }
        library.close()?;
        Ok(strategies)
    };
    let strategies = read().with_context(|| path.display().to_string())?;
    if strategies.is_empty() {
        bail!("the library {} has no strategies", path.display());
    }
    Ok(strategies)
}
