use optimizer::{Job, bar_returns};
use trade_report::{
    Commentary, Criterion, DataQuality, Fact, Header, Link, Period, PeriodKind, QualityRow, Report, Search, Strategy,
    Tone, Tried, Unit, Verdict, Version, WalkForward, format_number,
};

use crate::Error;
use crate::export::manifest::versions;
use crate::export::traded::Traded;
use crate::page;
use crate::report::appraisal;
use crate::report::build::{Results, bars_per_year};
use crate::report::{PerformanceReport, StrategySummary};

/// Candles that a page carries at most.
const MOST_CANDLES: usize = 120_000;

/// The interactive page. What the performance report says comes from there.
pub(crate) fn page(results: &Results<'_>, report: &PerformanceReport, job: &Job<'_, '_>) -> Result<Report, Error> {
    let instrument = &results.plan.data.instrument;
    let mut page = Report::new(header(results, report));
    page.verdict = Some(verdict(report));
    page.facts = facts(report);
    page.warnings.clone_from(&report.warnings);
    page.recommendations.clone_from(&report.recommendations);
    page.evidence = page::evidence(&results.validated.evidence, bars_per_year(results));
    page.candles = Some(page::candles(results.bars, instrument.price_decimals, MOST_CANDLES)?);
    page.periods = vec![
        period(results, PeriodKind::InSample, "in-sample", &results.split.search),
        period(results, PeriodKind::Holdout, "holdout", &results.split.holdout),
    ];
    page.metric_columns = vec!["In-sample".to_owned(), "Holdout".to_owned()];
    let strategies = results.top.iter().zip(&report.top).map(|(traded, summary)| strategy(results, traded, summary));
    page.strategies = strategies.collect::<Result<_, _>>()?;
    let returns: Vec<Vec<f64>> =
        results.top.iter().map(|traded| bar_returns(&traded.in_sample, job.account.initial_cash)).collect();
    let returns: Vec<&[f64]> = returns.iter().map(Vec::as_slice).collect();
    page.correlation = Some(page::correlation(&returns, "Of the returns of bars, in-sample.".to_owned()));
    page.heat_maps.clone_from(&results.searched.heat_maps);
    page.overfitting.clone_from(&results.searched.overfitting);
    page.walk_forward = Some(walk_forward(results, report, job));
    page.search = Some(search(report));
    page.commentary = Some(commentary(report));
    page.data_quality = Some(data_quality(report));
    page.method = method(report);
    Ok(page)
}

fn header(results: &Results<'_>, report: &PerformanceReport) -> Header {
    let all = page::time_range(results.bars, &(0..results.bars.len()));
    let version = |(name, version): (_, _)| Version { name: String::from(name), version: String::from(version) };
    Header {
        run_id: report.run_id.clone(),
        symbol: report.data.symbol.clone(),
        timeframe: report.data.timeframe.clone(),
        source: report.data.source.clone(),
        data_hash: format!("SHA-256 of the bars (stages/bars.parquet) {}", results.data_hash),
        seed: Some(report.seed),
        costs: report.costs.description.clone(),
        versions: versions().into_iter().map(version).collect(),
        ..Header::new(
            &format!("{} {}: strategies searched and tested", report.data.symbol, report.data.timeframe),
            all.from_ms,
            all.to_ms,
            &report.costs.currency,
        )
    }
}

fn verdict(report: &PerformanceReport) -> Verdict {
    Verdict {
        tone: if report.verdict.edge_found { Tone::Good } else { Tone::Bad },
        headline: report.verdict.headline.clone(),
        reasons: report.verdict.reasons.clone(),
        rule: report.verdict.rule.clone(),
    }
}

fn facts(report: &PerformanceReport) -> Vec<Fact> {
    let currency = &report.costs.currency;
    let fact = |value, caption: String, tone| Fact { value, caption, tone };
    let number = |value: Option<f64>, unit| format_number(value, unit, currency);
    let by_sign = |value: f64| if value > 0.0 { Tone::Good } else { Tone::Bad };
    let rare = |probability: Option<f64>| {
        if probability.is_some_and(|probability| probability <= optimizer::LEVEL) { Tone::Good } else { Tone::Bad }
    };
    let (search, evidence, walked) = (&report.search, &report.evidence, &report.walk_forward);
    let n_tried = number(Some(search.n_tried as f64), Unit::Count);
    let mut facts = vec![
        fact(
            n_tried.clone(),
            format!("parameter sets tried, over {} strategies", search.strategies.len()),
            Tone::Neutral,
        ),
        fact(
            number(evidence.p_value, Unit::Probability),
            format!(
                "probability of results as good without any edge, search and holdout together; at most {} is accepted",
                optimizer::LEVEL
            ),
            rare(evidence.p_value),
        ),
        fact(
            number(evidence.search_p, Unit::Probability),
            format!(
                "probability that the same search finds as much in a market without a pattern, of which {} were searched",
                evidence.null_markets
            ),
            rare(evidence.search_p),
        ),
        fact(
            number(Some(walked.net_profit), Unit::Money),
            format!("net in walk-forward, {} trades", number(Some(walked.n_trades as f64), Unit::Count)),
            by_sign(walked.net_profit),
        ),
    ];
    if let Some(best) = report.top.first() {
        let of = |metrics: &backtest::Metrics| number(Some(metrics.total_return), Unit::Fraction);
        facts.push(fact(
            format!("{} → {}", of(&best.in_sample), of(&best.out_of_sample)),
            "return of the best pick, in-sample → holdout".to_owned(),
            by_sign(best.out_of_sample.total_return),
        ));
    }
    if let Some(cost) = report.costs.per_trade {
        let pips = number(report.costs.per_trade_pips, Unit::Ratio);
        facts.push(fact(
            number(Some(cost), Unit::Money),
            format!("cost of a trade of the best pick ({pips} pips): {}", report.costs.description),
            Tone::Neutral,
        ));
    }
    facts
}

fn period(results: &Results<'_>, kind: PeriodKind, label: &str, range: &std::ops::Range<usize>) -> Period {
    Period { kind, label: label.to_owned(), range: page::time_range(results.bars, range) }
}

fn strategy(results: &Results<'_>, traded: &Traded<'_>, summary: &StrategySummary) -> Result<Strategy, Error> {
    let parts = traded.parts();
    let performance = traded.performance(&parts, results.plan.account.initial_cash);
    let link = |label: &str, path: &str| Link { label: label.to_owned(), path: path.to_owned() };
    let script = summary.pine_file.as_deref().map(|path| link("Pine Script", path));
    let chart = link("picture of its last trades", &summary.chart_file);
    let criteria = summary.criteria.iter().map(|criterion| Criterion {
        name: criterion.name.clone(),
        weight: criterion.weight,
        value: criterion.value,
        score: criterion.score,
    });
    Ok(Strategy {
        allocation: Some(summary.allocation),
        score: Some(summary.score),
        criteria: criteria.collect(),
        correlation_to_better: summary.correlation.map(|r| r.clamp(0.0, 1.0)),
        note: appraisal::in_words(&summary.appraisal),
        files: script.into_iter().chain([chart]).collect(),
        ..page::strategy(&performance, results.bars, results.plan.seed)?
    })
}

fn walk_forward(results: &Results<'_>, report: &PerformanceReport, job: &Job<'_, '_>) -> WalkForward {
    let walked = &report.walk_forward;
    let number = |value: Option<f64>, unit| format_number(value, unit, &report.costs.currency);
    let summary = format!(
        "In each fold the best parameter set of all strategies is chosen in-sample, and traded on the bars that follow after \
         {} bars of embargo. Together: {} from {} trades after costs. Efficiency: {}, the mean return of a bar \
         out-of-sample over that in-sample.",
        report.split.embargo_bars,
        number(Some(walked.net_profit), Unit::Money),
        number(Some(walked.n_trades as f64), Unit::Count),
        number(walked.efficiency, Unit::Fraction)
    );
    let folds = page::walk_forward(results.walk_forward, job.candidates, job.plans, results.bars);
    WalkForward { summary, ..folds }
}

fn search(report: &PerformanceReport) -> Search {
    let number = |value: Option<f64>| format_number(value, Unit::Ratio, "");
    let tried = report.search.strategies.iter().map(|tried| Tried {
        name: tried.name.clone(),
        n_tried: tried.n_tried as u64,
        n_considered: tried.n_considered as u64,
        n_profitable: tried.n_profitable as u64,
        median: tried.median_sharpe,
        best: tried.best_sharpe,
    });
    Search {
        summary: format!(
            "In-sample, after costs. The best of so many tries is large by luck alone: among as many sets without any edge, \
             over as many bars, the best Sharpe ratio to expect is {} p.a.; the best found is {}.",
            number(report.evidence.luck_sharpe),
            number(report.evidence.best_sharpe)
        ),
        min_trades: report.search.min_trades as u64,
        metric: "Sharpe ratio p.a.".to_owned(),
        unit: Unit::Ratio,
        rows: tried.collect(),
    }
}

fn commentary(report: &PerformanceReport) -> Commentary {
    let analyst = &report.analyst;
    let listed = |title: &str, items: &[String]| (!items.is_empty()).then(|| format!("{title}: {}.", items.join(", ")));
    Commentary {
        by: analyst.label.clone(),
        headline: format!(
            "{}, confidence {}",
            analyst.action,
            format_number(Some(analyst.confidence), Unit::Ratio, "")
        ),
        text: analyst.reasoning.clone(),
        points: [listed("Patterns", &analyst.patterns), listed("Levels", &analyst.levels)]
            .into_iter()
            .flatten()
            .collect(),
    }
}

fn data_quality(report: &PerformanceReport) -> DataQuality {
    let row = |finding: &crate::FindingSummary| QualityRow {
        name: finding.name.clone(),
        count: finding.count as u64,
        example: finding.example.clone(),
        action: finding.action.clone(),
    };
    DataQuality { summary: report.data.summary.clone(), rows: report.data.findings.iter().map(row).collect() }
}

fn method(report: &PerformanceReport) -> Vec<String> {
    let split = &report.split;
    let bars = |n: usize| format_number(Some(n as f64), Unit::Bars, "");
    vec![
        format!(
            "In-sample: {} to {} ({}). Embargo: {}. Holdout: {} to {} ({}).",
            split.search.from,
            split.search.to,
            bars(split.search.n_bars),
            bars(split.embargo_bars),
            split.holdout.from,
            split.holdout.to,
            bars(split.holdout.n_bars)
        ),
        format!(
            "Signals come from closed bars; orders fill at the next bar's open; stops and targets follow TradingView's path \
             inside a bar. Indicators follow the arithmetic “{}”.",
            report.profile
        ),
        "Strategies are ranked on the in-sample period only; the holdout is traded once, by what was already chosen.".to_owned(),
        "Each period is traded with the initial cash. The equity of the holdout goes on from where the in-sample period \
         ended, in proportion; quantities and profits of trades are those of the initial cash."
            .to_owned(),
        format!("Allocation: {}", report.allocation_rule),
        "Simulations show the luck of order and sample; the luck of having been chosen as the best of many is not in them."
            .to_owned(),
        "A day is one of UTC with a bar, and a year has as many of them as the period shows. The risk-free rate is 0."
            .to_owned(),
        "Beside this page: figures in performance_report.json and metrics.json, trades.csv, equity.csv, everything that it \
         takes to repeat the run in manifest.json, and what each stage took in timing.html, which alone differs between equal \
         runs. The command “aio report DIR” writes this page again."
            .to_owned(),
    ]
}
