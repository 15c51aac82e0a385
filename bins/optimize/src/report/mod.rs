//! `optimize report`.

mod parts;

use std::path::Path;

use anyhow::{Context, Result, bail};
use backtest::{Report as Traded, Scratch};
use optimizer::{
    Candidate, Control, CrossValidationReport, Evidence, Field, Finalist, Findings, Job, MarketTestReport, Ranked,
    StudyOutcome, evidence, field,
};
use trade_report::{Header, Period, PeriodKind, Report, Version, equity_csv, metrics_json, render, trades_csv};
use trade_stats::Bootstrap;

use crate::args::ReportArgs;
use crate::output::{Outcome, note, print};
use crate::rank::{RankedRun, compared};
use crate::setup::Setup;
use crate::walk_forward::{CrossValidated, WalkedForward};
use crate::{account, folder, interrupt};

/// Candles that the page carries at most.
const MOST_CANDLES: usize = 60_000;
/// Parameter sets, at equal distances, that the statistics of the search as a whole are about.
const FIELD: usize = 200;
/// Seed of simulations and bootstraps.
const SEED: u64 = 1;
/// Settings of the reality check: blocks longer than most trades.
const BOOTSTRAP: Bootstrap = Bootstrap { mean_block: 60.0, n_resamples: 1_000, seed: SEED };

/// A ranked candidate, traded again.
struct Best<'a> {
    ranked: &'a Ranked,
    candidate: &'a Candidate,
    finalist: &'a Finalist,
    /// Over the searched bars, then over the holdout if there is one.
    traded: Vec<Traded>,
}

/// What other steps have found.
struct Steps {
    noise_test: Option<MarketTestReport>,
    field: Option<Field>,
    cross_validation: Option<CrossValidationReport>,
}

/// Everything that the page is made of.
struct Found<'a> {
    setup: &'a Setup,
    tried: &'a StudyOutcome,
    walked: Option<&'a WalkedForward>,
    evidence: Option<Evidence>,
    best: &'a [Best<'a>],
}

pub(crate) fn run(options: &ReportArgs, quiet: bool) -> Result<Outcome> {
    let folder = &options.folder;
    let setup = Setup::load(folder, quiet)?;
    let tried = setup.tried(folder)?;
    let Some(ranked) = folder::read_json_if_there::<RankedRun>(folder, folder::RANKING)? else {
        bail!("{} has no ranking: run `optimize rank {}` first", folder.display(), folder.display());
    };
    let walked: Option<WalkedForward> = folder::read_json_if_there(folder, folder::WALK_FORWARD)?;
    let noise_test: Option<MarketTestReport> = folder::read_json_if_there(folder, folder::NOISE_TEST)?;
    if noise_test.is_none() {
        note(quiet, "the search was not tried in noise, so no edge can be claimed: run `optimize noise-test` first");
    }
    if walked.is_none() {
        note(quiet, "there is no walk-forward, so the report has no verdict: run `optimize walk-forward` first");
    }
    let finalists = compared(folder, &setup, &tried, ranked.per_strategy, quiet)?;
    let market = setup.market();
    let job = setup.job(&tried, &market);
    let best =
        ranked.ranking.top.iter().map(|one| traded(&setup, &job, &finalists, one)).collect::<Result<Vec<_>>>()?;
    let cross_validated: Option<CrossValidated> = folder::read_json_if_there(folder, folder::CROSS_VALIDATION)?;
    let control = Control { on_progress: &|_| {}, cancel: interrupt::listen()? };
    let steps = Steps {
        noise_test,
        field: Some(field(&job, setup.record.search.clone(), FIELD, &control)?),
        cross_validation: cross_validated.map(|validated| validated.report),
    };
    let evidence = walked.as_ref().map(|walked| gathered(&setup, &tried, &finalists, &steps, walked, &best));
    let found = Found { setup: &setup, tried: &tried, walked: walked.as_ref(), evidence, best: &best };
    let page = page(options, &found)?;
    let files = write(folder, &page)?;
    if let Some(verdict) = &page.verdict {
        print(&format!("{}: {}\n", verdict.headline, verdict.reasons.join("; ")))?;
    }
    print(&format!("written: {}\n", files.join(", ")))?;
    Ok(Outcome::Complete)
}

/// Trades a ranked candidate over the searched bars and the holdout.
fn traded<'a>(setup: &Setup, job: &Job<'a, '_>, finalists: &'a [Finalist], ranked: &'a Ranked) -> Result<Best<'a>> {
    let not_there = || format!("the ranking names candidate {}, which is no finalist: rank again", ranked.candidate);
    let finalist = finalists.iter().find(|finalist| finalist.candidate == ranked.candidate).with_context(not_there)?;
    let candidate = &job.candidates[ranked.candidate];
    let (plan, mut scratch) = (&job.plans[candidate.strategy], Scratch::new());
    let windows = [&setup.record.search, &setup.record.holdout].into_iter().filter(|window| window.len() >= 2);
    let over = |window: &std::ops::Range<usize>| {
        backtest::run(plan, &candidate.params, job.market, window.clone(), job.account, &mut scratch)
    };
    let traded = windows.map(over).collect::<Result<Vec<_>, _>>()?;
    Ok(Best { ranked, candidate, finalist, traded })
}

/// What speaks for and against an edge; luck knows of every try.
fn gathered(
    setup: &Setup,
    tried: &StudyOutcome,
    finalists: &[Finalist],
    steps: &Steps,
    walked: &WalkedForward,
    best: &[Best<'_>],
) -> Evidence {
    let findings = Findings {
        trials: &tried.trials,
        min_trades: setup.record.goal.min_trades(),
        finalists,
        walk_forward: &walked.report,
        market_test: steps.noise_test.as_ref(),
        field: steps.field.as_ref(),
        cross_validation: steps.cross_validation.as_ref(),
        holdout: best.first().and_then(|best| best.traded.get(1)).map(|traded| &traded.metrics),
    };
    evidence(&findings, &BOOTSTRAP).of_all_tries(&findings, tried.n_tried())
}

fn page(options: &ReportArgs, found: &Found<'_>) -> Result<Report> {
    use experiment::page;
    let setup = found.setup;
    let (record, bars) = (&setup.record, setup.bars.view());
    let mut report = Report::new(header(options, setup)?);
    report.verdict = found.evidence.map(|evidence| parts::verdict(&evidence));
    report.warnings = parts::warnings(found);
    report.recommendations = parts::recommendations(found);
    report.evidence = found.evidence.map(|it| page::evidence(&it, setup.bars_per_year())).unwrap_or_default();
    report.candles = Some(page::candles(bars, decimals(record.account.tick_size), MOST_CANDLES)?);
    let period =
        |kind, label: &str, range| Period { kind, label: label.to_owned(), range: page::time_range(bars, range) };
    report.periods.push(period(PeriodKind::InSample, "searched", &record.search));
    report.metric_columns.push("In-sample".to_owned());
    if record.holdout.len() >= 2 {
        report.periods.push(period(PeriodKind::Holdout, "kept back", &record.holdout));
        report.metric_columns.push("Holdout".to_owned());
    }
    report.strategies = parts::strategies(found)?;
    let returns: Vec<&[f64]> = found.best.iter().map(|best| best.finalist.returns.as_slice()).collect();
    if returns.len() > 1 {
        report.correlation = Some(page::correlation(&returns, "Returns of the searched bars.".to_owned()));
    }
    report.heat_maps = parts::heat_maps(found);
    report.walk_forward = found.walked.map(|walked| parts::walk_forward(setup, walked));
    report.search = Some(parts::search(found));
    report.method = parts::method(found);
    Ok(report)
}

fn header(options: &ReportArgs, setup: &Setup) -> Result<Header> {
    let (record, bars) = (&setup.record, setup.bars.view());
    let symbol = record.instrument.clone().unwrap_or_default();
    let quote = symbol
        .len()
        .checked_sub(3)
        .filter(|&at| at > 0 && symbol.is_char_boundary(at))
        .map(|at| symbol[at..].to_owned());
    let Some(currency) = options.currency.clone().or(quote) else {
        bail!("the instrument is not known: give --currency CODE, such as USD");
    };
    let title = format!("{symbol} {}: parameter search", bars.timeframe());
    let all = experiment::page::time_range(bars, &(0..bars.len()));
    Ok(Header {
        symbol,
        timeframe: bars.timeframe().to_string(),
        source: record.bars.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        data_hash: record.bars.sha256.clone(),
        costs: account::in_words(&record.account, &bars),
        versions: [
            ("optimize", env!("CARGO_PKG_VERSION")),
            ("optimizer", optimizer::VERSION),
            ("backtest", backtest::VERSION),
        ]
        .map(|(name, version)| Version { name: name.to_owned(), version: version.to_owned() })
        .to_vec(),
        ..Header::new(title.trim_start(), all.from_ms, all.to_ms, &currency)
    })
}

/// Decimals of a tick.
fn decimals(tick_size: f64) -> u8 {
    let is_whole = |scaled: f64| (scaled - scaled.round()).abs() < 1e-9 * scaled.max(1.0);
    let (mut decimals, mut scaled) = (0, tick_size);
    while decimals < 9 && !is_whole(scaled) {
        (decimals, scaled) = (decimals + 1, 10.0 * scaled);
    }
    decimals
}

fn write(folder: &Path, page: &Report) -> Result<Vec<String>> {
    let files = [
        ("report.html", render(page)?),
        ("report.json", metrics_json(page)?),
        ("best_trades.csv", trades_csv(page)?),
        ("best_equity.csv", equity_csv(page)?),
    ];
    let one = |(name, text): (&str, String)| {
        let path = folder::write(folder, name, |file| Ok(file.write_all(text.as_bytes())?))?;
        Ok(path.display().to_string())
    };
    files.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::decimals;

    #[test]
    fn a_tick_says_its_decimals() {
        let ticks = [0.00001, 0.001, 0.25, 1.0, 0.1, 5.0];
        assert_eq!(ticks.map(decimals), [5, 3, 2, 0, 1, 0]);
    }
}
