//! `optimize rank`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use optimizer::{
    Candidate, Control, Criterion, Error, Finalist, FinalistRule, RankConfig, Ranking, StudyOutcome, finalists, rank,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::args::RankArgs;
use crate::choices::Print;
use crate::output::{Outcome, note, print};
use crate::progress::ProgressView;
use crate::record::selection;
use crate::setup::Setup;
use crate::table::params_text;
use crate::walk_forward::{WalkedForward, usual_folds};
use crate::{folder, interrupt};

/// What stands in `ranking.json`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RankedRun {
    pub(crate) config: RankConfig,
    /// Best of each strategy that were compared.
    pub(crate) per_strategy: usize,
    pub(crate) ranking: Ranking,
}

pub(crate) fn run(options: &RankArgs, quiet: bool) -> Result<Outcome> {
    let config = config(options)?;
    let setup = Setup::load(&options.folder, quiet)?;
    let tried = setup.tried(&options.folder)?;
    let finalists = match compared(&options.folder, &setup, &tried, options.per_strategy, quiet) {
        Err(error) if matches!(error.downcast_ref::<Error>(), Some(Error::Cancelled)) => {
            note(quiet, "interrupted; nothing was written");
            return Ok(Outcome::Interrupted);
        }
        done => done?,
    };
    if finalists.is_empty() {
        bail!("no trial counts: none has {} trades and a defined objective", setup.record.goal.min_trades());
    }
    let ranked = RankedRun { ranking: rank(&finalists, &config)?, config, per_strategy: options.per_strategy };
    let path = folder::write_json(&options.folder, folder::RANKING, &ranked)?;
    match options.format {
        Print::Json => print(&format!("{}\n", serde_json::to_string(&ranked)?))?,
        Print::Human => {
            print(&table(&setup, &tried, &finalists, &ranked.ranking)?)?;
            print(&format!("written: {}\n", path.display()))?;
        }
    }
    Ok(Outcome::Complete)
}

/// The finalists, with the folds of the walk-forward if there was one.
pub(crate) fn compared(
    folder: &Path,
    setup: &Setup,
    tried: &StudyOutcome,
    per_strategy: usize,
    quiet: bool,
) -> Result<Vec<Finalist>> {
    let walked: Option<WalkedForward> = folder::read_json_if_there(folder, folder::WALK_FORWARD)?;
    let settings = walked.map_or_else(|| usual_folds(setup), |walked| walked.settings);
    let window = setup.record.search.clone();
    let folds = settings.folds(window.clone())?;
    let rule = FinalistRule { selection: selection(&setup.record.goal), per_strategy };
    let market = setup.market();
    let view = ProgressView::new(quiet, (per_strategy * setup.plans.len()) as u64);
    let advance = |n| view.advance(n);
    let control = Control { on_progress: &advance, cancel: interrupt::listen()? };
    let found = finalists(&setup.job(tried, &market), window, &tried.trials, &folds, &rule, &control);
    view.finish();
    Ok(found?)
}

/// The default settings with those of the file over them.
fn config(options: &RankArgs) -> Result<RankConfig> {
    let mut config = serde_json::to_value(RankConfig::default())?;
    if let Some(path) = &options.weights {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let read: Value = if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json")) {
            serde_json::from_str(&text).with_context(|| path.display().to_string())?
        } else {
            toml::from_str(&text).with_context(|| path.display().to_string())?
        };
        let Value::Object(given) = read else { bail!("{} has no settings", path.display()) };
        for (name, value) in given {
            config[name] = value;
        }
    }
    if let Some(top) = options.top {
        config["top"] = top.into();
    }
    let config: RankConfig = serde_json::from_value(config).context("settings of the ranking")?;
    config.validate()?;
    Ok(config)
}

fn table(setup: &Setup, tried: &StudyOutcome, finalists: &[Finalist], ranking: &Ranking) -> Result<String> {
    let name = |position: usize| {
        let Candidate { strategy, params } = &tried.candidates[position];
        let of = setup.plans[*strategy].strategy();
        format!("#{position} {} {}", of.name, params_text(of, params))
    };
    let mut text = format!(
        "{:>4}  {:>5}  {:>11}  {:>9}  {:>8}  {:>6}  {:>6}  {:>5}  candidate\n",
        "rank", "score", "Sharpe p.a.", "return", "drawdown", "trades", "stable", "folds"
    );
    for (at, ranked) in ranking.top.iter().enumerate() {
        let found = finalists.iter().find(|finalist| finalist.candidate == ranked.candidate);
        let finalist = found.context("a ranked candidate is a finalist")?;
        let metrics = &finalist.metrics;
        let or_dash = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
        let gains =
            Criterion::Consistency.value(finalist).map_or_else(|| "-".to_owned(), |it| format!("{:.0}%", 100.0 * it));
        writeln!(
            text,
            "{:>4}  {:>5.3}  {:>11}  {:>+8.2}%  {:>7.2}%  {:>6}  {:>6}  {:>5}  {}",
            at + 1,
            ranked.score,
            or_dash(metrics.sharpe.map(trade_stats::Sharpe::annual)),
            100.0 * metrics.total_return,
            100.0 * metrics.max_drawdown,
            metrics.n_trades,
            or_dash(finalist.stability),
            gains,
            name(ranked.candidate)
        )?;
    }
    if !ranking.passed_over.is_empty() {
        writeln!(text, "passed over:")?;
    }
    for passed in &ranking.passed_over {
        writeln!(text, "      {}: {}", name(passed.candidate), passed.reason)?;
    }
    writeln!(text, "compared: {} finalists of {} tried", finalists.len(), tried.n_tried())?;
    Ok(text)
}
