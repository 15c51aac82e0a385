//! `optimize noise-test`.

use std::sync::atomic::Ordering;

use anyhow::Result;
use backtest::Market;
use market::BarsView;
use optimizer::{
    Control, Error, MarketTest, MarketTestReport, StrategySpace, StudyJob, StudyRun, market_test, test_search,
};

use crate::args::NoiseTestArgs;
use crate::choices::{NullName, Print};
use crate::output::{Outcome, note, print};
use crate::progress::ProgressView;
use crate::record::{SearchRecord, selection};
use crate::setup::{INDICATOR_BYTES, Setup};
use crate::{folder, interrupt, sampler};

pub(crate) fn run(options: &NoiseTestArgs, quiet: bool) -> Result<Outcome> {
    let setup = Setup::load(&options.folder, quiet)?;
    let settings = MarketTest {
        null: match options.null {
            NullName::Signs => optimizer::NullMarket::SignFlips,
            NullName::Permutation => optimizer::NullMarket::Permutation,
        },
        n_markets: options.markets,
        stop_after: options.stop_after,
        seed: options.seed,
    };
    settings.validate()?;
    let view = ProgressView::new(quiet, setup.record.n_tried as u64 * (1 + options.markets as u64));
    let advance = |n| view.advance(n);
    let control = Control { on_progress: &advance, cancel: interrupt::listen()? };
    let tested = match setup.record.method.learnt() {
        Some(search) => search_again(&setup, search, &settings, &control),
        None => try_again(options, &setup, &settings, &control),
    };
    view.finish();
    let report = match tested {
        Err(error) if matches!(error.downcast_ref::<Error>(), Some(Error::Cancelled)) => {
            note(quiet, "interrupted; nothing was written");
            return Ok(Outcome::Interrupted);
        }
        tested => tested?,
    };
    let path = folder::write_json(&options.folder, folder::NOISE_TEST, &report)?;
    match options.format {
        Print::Json => print(&format!("{}\n", serde_json::to_string(&report)?))?,
        Print::Human => print(&format!("{}written: {}\n", in_words(&setup, &report), path.display()))?,
    }
    Ok(Outcome::Complete)
}

/// Every parameter set that was tried, in each market.
fn try_again(
    options: &NoiseTestArgs,
    setup: &Setup,
    settings: &MarketTest,
    control: &Control<'_>,
) -> Result<MarketTestReport> {
    let (tried, market) = (setup.tried(&options.folder)?, setup.market());
    let (job, window) = (setup.job(&tried, &market), setup.record.search.clone());
    let selection = selection(&setup.record.goal);
    Ok(test_search(&job, window, &selection, settings, INDICATOR_BYTES, control)?)
}

/// The search that learns, with all its rounds, in each market.
fn search_again(
    setup: &Setup,
    search: &SearchRecord,
    settings: &MarketTest,
    control: &Control<'_>,
) -> Result<MarketTestReport> {
    let (space, goal, account) = (StrategySpace::of(&setup.plans)?, &setup.record.goal, &setup.record.account);
    let (window, selection) = (setup.record.search.clone(), selection(goal));
    // A study that could be made once can be made again.
    sampler::study(search, goal, &space)?;
    let best = |bars: BarsView<'_>| {
        let market = Market::with_limit(bars, INDICATOR_BYTES);
        let job = StudyJob { plans: &setup.plans, space: &space, market: &market, account };
        let failed = |error: anyhow::Error| Error::Study { source: error.into_boxed_dyn_error() };
        let mut study = sampler::study(search, goal, &space).map_err(failed)?;
        let mut run = StudyRun::new(job, window.clone(), &mut study, sampler::settings(search, goal))?;
        while run.step(control)? > 0 {
            if control.cancel.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
        }
        let tried = run.outcome(control)?;
        Ok(selection.best(&tried.trials).and_then(|best| selection.value(&best.metrics)))
    };
    Ok(market_test(setup.bars.view(), setup.record.search.clone(), settings, best)?)
}

fn in_words(setup: &Setup, report: &MarketTestReport) -> String {
    let Some((observed, p_value)) = report.observed.zip(report.p_value) else {
        return "the search found nothing that counts, so there is nothing to compare\n".to_owned();
    };
    let (searched, n_asked) = (report.without_pattern.len(), report.settings.n_markets);
    let as_good = report.without_pattern.iter().flatten().filter(|&&found| found >= observed).count();
    let early = if searched < n_asked { ", which was enough to tell" } else { "" };
    format!(
        "best of the search: {}\nas good or better in {as_good} of {searched} markets without a pattern{early}: p-value {p_value:.3}\n",
        setup.objective_text(observed)
    )
}
