use optimizer::{CONFIDENCE, MIN_TRADES, bar_returns};
use trade_report::{Unit, format_number};

use crate::page::inverse_volatility;
use crate::plan::SourcePlan;
use crate::report::PerformanceReport;
use crate::report::build::Results;

/// Share of the open time that may be missing before data should be repaired.
const MISSING_FRACTION: f64 = 0.01;

/// The advised share of the capital of each of the best, and the rule in words.
pub(crate) fn allocation(results: &Results<'_>, edge_found: bool) -> (Vec<f64>, String) {
    let top = results.top;
    if !edge_found {
        let rule = "Nothing is allocated, because no edge was found: all of the capital stays in cash.".to_owned();
        return (vec![0.0; top.len()], rule);
    }
    let cash = results.plan.account.initial_cash;
    let returns: Vec<Vec<f64>> = top.iter().map(|traded| bar_returns(&traded.in_sample, cash)).collect();
    let mut shares = inverse_volatility(&returns.iter().map(Vec::as_slice).collect::<Vec<_>>());
    for (share, traded) in shares.iter_mut().zip(top) {
        if traded.out_of_sample.metrics.net_profit <= 0.0 {
            *share = 0.0;
        }
    }
    let rule =
        "Shares are in inverse proportion to the volatility of the returns of bars in-sample, so that each strategy \
                brings about the same risk. The share of one that earned nothing on the holdout stays in cash."
            .to_owned();
    (shares, rule)
}

/// What to do next, in plain words and from the evidence; the most important first.
pub(crate) fn recommendations(results: &Results<'_>, report: &PerformanceReport) -> Vec<String> {
    let mut advice = Vec::new();
    if report.verdict.edge_found {
        with_edge(report, &mut advice);
    } else {
        without_edge(report, &mut advice);
    }
    about_costs(report, &mut advice);
    if results.quality.integrity.coverage.is_some_and(|coverage| 1.0 - coverage > MISSING_FRACTION) {
        let how = match results.source {
            SourcePlan::Mirror(_) | SourcePlan::Download(_) => " (dukascopy verify, dukascopy repair)",
            SourcePlan::Sample { .. } | SourcePlan::Bars(_) => "",
        };
        advice.push(format!("Fill the gaps of the data{how} before the next search."));
    }
    if matches!(results.source, SourcePlan::Sample { .. }) {
        advice.push(
            "These data are synthetic. Run it on a real market: aio run-experiment --instrument EURUSD --days 180."
                .to_owned(),
        );
    }
    advice
}

fn with_edge(report: &PerformanceReport, advice: &mut Vec<String>) {
    let record = report.evidence.min_track_record_bars.map_or(String::new(), |bars| {
        format!(
            " Give them at least {} ({}), the record by which such a ratio can be told from luck.",
            bars_of(bars),
            days(report, bars)
        )
    });
    advice.push(format!(
        "Trade the allocated strategies on paper before any money is at risk; their Pine scripts lie in the folder strategies.{record}"
    ));
    let cash = 1.0 - report.top.iter().map(|strategy| strategy.allocation).sum::<f64>();
    advice.push(format!(
        "Allocate as the table of the best says. {} In cash: {}.",
        report.allocation_rule,
        format_number(Some(cash.max(0.0)), Unit::Fraction, "")
    ));
    advice.push(
        "Stop a strategy whose drawdown goes beyond the worst twentieth of its simulations: it no longer does what was \
         tested."
            .to_owned(),
    );
    advice.push(
        "The holdout has been looked at and proves nothing a second time: test every change on newer data or another market."
            .to_owned(),
    );
}

fn without_edge(report: &PerformanceReport, advice: &mut Vec<String>) {
    advice.push(format!("Do not trade any of these strategies. {}", report.allocation_rule));
    if report.top.is_empty() {
        advice.push(format!(
            "No parameter set traded often enough to be ranked. Take more history or a shorter timeframe, ask for fewer than \
             {} trades (search.min_trades), or give the account enough cash for its quantities.",
            report.search.min_trades
        ));
        return;
    }
    let (walked, evidence, currency) = (&report.walk_forward, &report.evidence, &report.costs.currency);
    if walked.net_profit <= 0.0 {
        advice.push(format!(
            "The whole procedure, traded on what it had not seen, made {}. More parameter sets will not mend that, they only \
             raise what luck finds. Change the idea: other rules, a longer timeframe, another market.",
            format_number(Some(walked.net_profit), Unit::Money, currency)
        ));
    }
    if walked.n_trades < MIN_TRADES {
        advice.push(format!(
            "Take more history: {} trades out-of-sample are too few to judge, {MIN_TRADES} are the least.",
            walked.n_trades
        ));
    } else if walked.net_profit > 0.0
        && let Some(bars) = evidence.min_track_record_bars
    {
        advice.push(format!(
            "The walk-forward result is above zero, but too short to trust: such a ratio needs {} ({}) of results.",
            bars_of(bars),
            days(report, bars)
        ));
    }
    if evidence.deflated_sharpe.is_none_or(|probability| probability < CONFIDENCE)
        && let Some((best, luck)) = evidence.best_sharpe.zip(evidence.luck_sharpe)
    {
        advice.push(format!(
            "The best Sharpe ratio found, {} p.a., is no proof beside the {} p.a. that luck finds in {} tries. Search fewer \
             sets, or more history, so that luck's best becomes smaller.",
            format_number(Some(best), Unit::Ratio, ""),
            format_number(Some(luck), Unit::Ratio, ""),
            format_number(Some(report.search.n_tried as f64), Unit::Count, "")
        ));
    }
    advice.push(
        "The holdout has been looked at. Keep newer data back for the next search, and look at them once.".to_owned(),
    );
}

/// Costs that eat what a strategy earns before them.
fn about_costs(report: &PerformanceReport, advice: &mut Vec<String>) {
    let Some(best) = report.top.first() else { return };
    let (net, costs) = (best.in_sample.net_profit, best.in_sample.costs);
    let gross = net + costs;
    if gross > 0.0 && costs > 0.5 * gross {
        advice.push(format!(
            "Costs take {} of what the best pick earns before them in-sample. Trade less often, or where the spread is \
             smaller.",
            format_number(Some(costs / gross), Unit::Fraction, "")
        ));
    }
}

fn bars_of(bars: f64) -> String {
    format_number(Some(bars.ceil()), Unit::Bars, "")
}

/// Calendar time of so many bars at the density of the data.
fn days(report: &PerformanceReport, bars: f64) -> String {
    format!(
        "about {}",
        format_number(Some((bars / report.split.bars_per_year * 365.25).ceil()), Unit::Count, "") + " days"
    )
}
