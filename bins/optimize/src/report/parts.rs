//! Parts of the page.

use anyhow::Result;
use experiment::page::{Over, Performance, cautions, heat_map, inverse_volatility, strategy, strongest_pair};
use optimizer::{Evidence, Fate, LEVEL, MIN_TRADES, Verdict as Answer};
use serde::Serialize;
use strategy::Params;
use trade_report::{Criterion, HeatMap, Search, Severity, Strategy, Tone, Tried, Unit, Verdict, WalkForward, Warning};

use super::{Found, SEED};
use crate::record::selection;
use crate::setup::Setup;
use crate::walk_forward::WalkedForward;

/// The answer with its reasons.
pub(super) fn verdict(evidence: &Evidence) -> Verdict {
    let answer = evidence.verdict();
    let rule = format!(
        "Results of the search and of the bars kept back that have, without an edge, a probability of at most {LEVEL} together, \
         where the search is compared with the same search in markets without a pattern; a profit of walk-forward and bars \
         kept back together after costs, with {MIN_TRADES} trades or more; a profit of the best pick on the bars kept back."
    );
    match answer {
        Answer::EdgeFound => Verdict {
            tone: Tone::Good,
            headline: "edge found".to_owned(),
            reasons: vec!["every condition for being better than chance holds".to_owned()],
            rule,
        },
        Answer::NoEdgeFound { reasons } => Verdict {
            tone: Tone::Bad,
            headline: "no edge found".to_owned(),
            reasons: reasons.iter().map(ToString::to_string).collect(),
            rule,
        },
    }
}

fn has_edge(found: &Found<'_>) -> bool {
    found.evidence.is_some_and(|evidence| evidence.verdict() == Answer::EdgeFound)
}

/// What to do next, in plain words.
pub(super) fn recommendations(found: &Found<'_>) -> Vec<String> {
    if found.best.is_empty() {
        return vec!["Nothing was ranked: search longer, or ask for fewer trades.".to_owned()];
    }
    if has_edge(found) {
        return vec![
            "Trade the first of the ranking on paper, with the costs stated here, before any money.".to_owned(),
            "Compare its trades with those a broker fills; stop where slippage or spread is above what is assumed here."
                .to_owned(),
        ];
    }
    if found.evidence.is_some_and(|evidence| evidence.search_p.is_none()) {
        return vec![
            "Ask first whether the search finds as much in noise: optimize noise-test on this folder, then the report again."
                .to_owned(),
        ];
    }
    if found.evidence.is_none() {
        return vec![
            "Make a walk-forward before anything else: optimize walk-forward on this folder, then the report again."
                .to_owned(),
        ];
    }
    vec![
        "Do not trade these: not every condition above holds, so what they earned may be luck.".to_owned(),
        "More bars, fewer parameter sets or a rule with a reason behind it may change that; a longer search over the same \
         bars makes luck larger."
            .to_owned(),
    ]
}

/// The serialised name of something, as words.
fn words(named: impl Serialize) -> String {
    let name = serde_json::to_value(named).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().replace('_', " ")
}

/// What a reader must know before trusting a number.
pub(super) fn warnings(found: &Found<'_>) -> Vec<Warning> {
    let (record, tried) = (&found.setup.record, found.tried);
    let warning = |severity, text: String| Warning { severity, text };
    let mut warnings = Vec::new();
    if found.evidence.is_none() {
        warnings.push(warning(
            Severity::Serious,
            "No walk-forward was made: nothing here says whether the results are better than chance.".to_owned(),
        ));
    }
    warnings.extend(found.evidence.iter().flat_map(cautions));
    if !record.is_complete {
        let text = format!("The search was interrupted after {} parameter sets.", tried.n_tried());
        warnings.push(warning(Severity::Caution, text));
    }
    if record.holdout.len() < 2 {
        warnings
            .push(warning(Severity::Serious, "No bars were kept back: every bar took part in choosing.".to_owned()));
    } else {
        let text =
            "The bars kept back are looked at here. Whoever changes the search after reading this has none left.";
        warnings.push(warning(Severity::Note, text.to_owned()));
    }
    if record.account.costs.spread == backtest::Spread::None {
        warnings.push(warning(Severity::Caution, "Trading has no spread here, as was asked for.".to_owned()));
    }
    warnings
}

/// The ranked candidates with figures, equity, trades and simulations.
pub(super) fn strategies(found: &Found<'_>) -> Result<Vec<Strategy>> {
    let setup = found.setup;
    let returns: Vec<&[f64]> = found.best.iter().map(|best| best.finalist.returns.as_slice()).collect();
    // Without an edge there is nothing to allocate to.
    let shares = if has_edge(found) { inverse_volatility(&returns) } else { vec![0.0; returns.len()] };
    let shown = |(best, share): (&super::Best<'_>, f64)| {
        let parts: Vec<&backtest::Report> = best.traded.iter().collect();
        let performance = Performance {
            strategy: setup.plans[best.candidate.strategy].strategy(),
            params: &best.candidate.params,
            parts: &parts,
            initial_cash: setup.record.account.initial_cash,
        };
        let criterion = |part: &optimizer::Part| Criterion {
            name: words(part.criterion),
            weight: part.weight,
            value: part.value,
            score: part.percentile,
        };
        Ok(Strategy {
            name: format!("{} (candidate {})", performance.strategy.name, best.ranked.candidate),
            allocation: (share > 0.0).then_some(share),
            score: Some(best.ranked.score),
            criteria: best.ranked.parts.iter().map(criterion).collect(),
            correlation_to_better: best.ranked.correlation_to_better.map(|correlation| correlation.clamp(0.0, 1.0)),
            ..strategy(&performance, setup.bars.view(), SEED)?
        })
    };
    found.best.iter().zip(shares).map(shown).collect()
}

/// A map of the strongest pair of inputs of each strategy among the best.
pub(super) fn heat_maps(found: &Found<'_>) -> Vec<HeatMap> {
    let (setup, tried) = (found.setup, found.tried);
    let mut maps = Vec::new();
    let mut done = Vec::new();
    for best in found.best {
        let position = best.candidate.strategy;
        if done.contains(&position) {
            continue;
        }
        done.push(position);
        let of_strategy = tried.trials.iter().filter(|trial| tried.candidates[trial.candidate].strategy == position);
        let results: Vec<(&Params, Option<f64>)> = of_strategy
            .map(|trial| {
                let sharpe = trial.metrics.sharpe.filter(|_| trial.metrics.n_trades >= setup.record.goal.min_trades());
                (&tried.candidates[trial.candidate].params, sharpe.map(trade_stats::Sharpe::annual))
            })
            .collect();
        let of = setup.plans[position].strategy();
        let Some(pair) = strongest_pair(of, &results) else { continue };
        let metric = "Sharpe ratio p.a., in-sample";
        maps.extend(heat_map(of, &results, pair, &best.candidate.params, Over::Median, metric));
    }
    maps
}

/// The folds, with what was done in words.
pub(super) fn walk_forward(setup: &Setup, walked: &WalkedForward) -> WalkForward {
    let report = &walked.report;
    let how = if walked.searched_anew {
        "Each training was searched anew with the same sampler, budget and seed"
    } else {
        "In each training every parameter set was tried"
    };
    let summary = format!(
        "{how}; the best was traded over the test, {} bars later. Out-of-sample: {} trades, {:+.2} after costs.",
        walked.settings.embargo_bars, report.n_trades, report.net_profit
    );
    WalkForward {
        summary,
        ..experiment::page::walk_forward(report, &walked.candidates, &setup.plans, setup.bars.view())
    }
}

/// What was tried of each strategy.
pub(super) fn search(found: &Found<'_>) -> Search {
    let (setup, tried) = (found.setup, found.tried);
    let min_trades = setup.record.goal.min_trades();
    let row = |(position, plan): (usize, &backtest::Plan)| {
        let is_of = |candidate: usize| tried.candidates[candidate].strategy == position;
        let considered: Vec<_> = tried
            .trials
            .iter()
            .filter(|trial| is_of(trial.candidate) && trial.metrics.n_trades >= min_trades)
            .map(|trial| &trial.metrics)
            .collect();
        let sharpes: Vec<f64> = considered.iter().filter_map(|metrics| Some(metrics.sharpe?.annual())).collect();
        Tried {
            name: plan.strategy().name.clone(),
            n_tried: (0..tried.n_tried()).filter(|&candidate| is_of(candidate)).count() as u64,
            n_considered: considered.len() as u64,
            n_profitable: considered.iter().filter(|metrics| metrics.net_profit > 0.0).count() as u64,
            median: trade_stats::median(&sharpes),
            best: sharpes.into_iter().reduce(f64::max),
        }
    };
    let pruned = tried.fates.iter().filter(|fate| **fate == Fate::Pruned).count();
    Search {
        summary: format!(
            "{}: {} parameter sets, of which {pruned} were given up early.",
            setup.record.method.in_words(),
            tried.n_tried()
        ),
        min_trades: min_trades as u64,
        metric: "Sharpe ratio p.a.".to_owned(),
        unit: Unit::Ratio,
        rows: setup.plans.iter().enumerate().map(row).collect(),
    }
}

/// How it was done.
pub(super) fn method(found: &Found<'_>) -> Vec<String> {
    let record = &found.setup.record;
    vec![
        format!("Searched: {}. Kept back: the last {} bars.", found.setup.times(&record.search), record.holdout.len()),
        format!(
            "Chosen by: {}; ranked by weighted percentiles, with what correlates too much passed over.",
            words(selection(&record.goal).objective)
        ),
        "Conditions are judged at a bar's close and filled from the next bar's open on. Shares of the capital are in inverse \
         proportion to volatility, and stand only where an edge was found."
            .to_owned(),
        "The deflated Sharpe ratio counts every parameter set that was tried, those that were given up early too.".to_owned(),
    ]
}
