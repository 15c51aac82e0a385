use std::ops::Range;

use broker::{Commission, Costs, Spread};
use market::{BarsView, Instrument, UnixNanos};
use optimizer::{
    Candidate, Criterion, FoldResult, Job, LEVEL, MIN_TRADES, Verdict, WalkForwardReport, appraise, bar_returns,
};
use strategy::{Params, Strategy};

use crate::export::charts::Excerpt;
use crate::export::traded::Traded;
use crate::plan::{RunPlan, SourcePlan};
use crate::report::advice::{allocation, recommendations};
use crate::report::quality::{findings, summary};
use crate::report::warnings::warnings;
use crate::report::{
    AnalystSummary, ChoiceSummary, CostSummary, CriterionSummary, DataSummary, EvidenceSummary, FoldSummary,
    ParameterSummary, PerformanceReport, PeriodSummary, SearchSummary, SplitSummary, StrategySummary, VerdictSummary,
    WalkForwardSummary,
};
use crate::stages::data::DataQuality;
use crate::stages::search::Searched;
use crate::stages::split::Split;
use crate::stages::validate::Validated;

/// Results of all stages, from which the report is made.
#[derive(Debug)]
pub(crate) struct Results<'a> {
    pub(crate) run_id: &'a str,
    pub(crate) plan: &'a RunPlan,
    pub(crate) bars: BarsView<'a>,
    pub(crate) quality: &'a DataQuality,
    pub(crate) split: &'a Split,
    pub(crate) walk_forward: &'a WalkForwardReport,
    pub(crate) searched: &'a Searched,
    pub(crate) validated: &'a Validated,
    pub(crate) analyst: &'a AnalystSummary,
    pub(crate) top: &'a [Traded<'a>],
    /// SHA-256 of the bars.
    pub(crate) data_hash: &'a str,
    /// The source that was used.
    pub(crate) source: &'a SourcePlan,
    /// Sources that were passed over, with the reason.
    pub(crate) passed_over: &'a [String],
}

/// Gathers the report.
pub(crate) fn build(results: &Results<'_>, job: &Job<'_, '_>) -> PerformanceReport {
    let instrument = &results.plan.data.instrument;
    let verdict = verdict(&results.validated.verdict);
    let (shares, allocation_rule) = allocation(results, verdict.edge_found);
    let mut report = PerformanceReport {
        run_id: results.run_id.to_owned(),
        seed: results.plan.seed,
        profile: results.plan.backtest.profile,
        verdict,
        warnings: Vec::new(),
        recommendations: Vec::new(),
        data: data(results),
        costs: costs(results, instrument),
        split: split(results),
        search: SearchSummary {
            n_tried: job.candidates.len(),
            n_backtests: job.candidates.len() * (1 + results.split.folds.len()),
            min_trades: results.plan.search.min_trades,
            strategies: results.searched.tried.clone(),
        },
        walk_forward: walk_forward(results, job),
        evidence: evidence(results),
        top: results.top.iter().zip(shares).map(|(traded, share)| strategy(results, traded, share, job)).collect(),
        allocation_rule,
        analyst: results.analyst.clone(),
    };
    report.warnings = warnings(results, &report);
    report.recommendations = recommendations(results, &report);
    report
}

fn verdict(verdict: &Verdict) -> VerdictSummary {
    let (edge_found, headline, reasons) = match verdict {
        Verdict::EdgeFound => {
            (true, "edge found", vec!["every condition for being better than chance holds".to_owned()])
        }
        Verdict::NoEdgeFound { reasons } => (false, "no edge found", reasons.iter().map(ToString::to_string).collect()),
    };
    let rule = format!(
        "results of the search and of the holdout that have, without an edge, a probability of at most {LEVEL} together, \
         where the search is compared with the same search of markets without a pattern; a profit of walk-forward and \
         holdout together after costs, with {MIN_TRADES} trades or more; a profit of the best pick on the holdout."
    );
    VerdictSummary { edge_found, headline: headline.to_owned(), reasons, rule }
}

fn data(results: &Results<'_>) -> DataSummary {
    let (bars, quality) = (results.bars, results.quality);
    let pip = results.plan.data.instrument.pip_size;
    let spreads: Vec<f64> = bars.spread.iter().copied().filter(|spread| !spread.is_nan()).collect();
    DataSummary {
        symbol: results.plan.data.instrument.symbol.to_string(),
        timeframe: bars.timeframe().to_string(),
        source: quality.source.clone(),
        first: bars.open_time[0].to_string(),
        last: bars.open_time[bars.len() - 1].to_string(),
        n_bars: bars.len(),
        n_ticks: quality.n_ticks,
        mean_spread_pips: (!spreads.is_empty()).then(|| spreads.iter().sum::<f64>() / spreads.len() as f64 / pip),
        summary: summary(quality, bars.len(), results.passed_over),
        findings: findings(quality),
        quality: quality.clone(),
    }
}

fn costs(results: &Results<'_>, instrument: &Instrument) -> CostSummary {
    let best = results.top.first();
    let per_trade = best.and_then(Traded::costs_per_trade);
    let quantity = best.and_then(Traded::mean_quantity);
    CostSummary {
        currency: quote_currency(instrument),
        description: describe(&results.plan.account.costs, instrument),
        per_trade,
        per_trade_pips: per_trade.zip(quantity).map(|(costs, quantity)| costs / quantity / instrument.pip_size),
    }
}

/// The last three letters of a currency pair, else the words for it.
fn quote_currency(instrument: &Instrument) -> String {
    let symbol = instrument.symbol.as_str();
    let is_pair = symbol.len() == 6 && symbol.bytes().all(|letter| letter.is_ascii_alphabetic());
    if is_pair { symbol[3..].to_owned() } else { "quote currency".to_owned() }
}

fn describe(costs: &Costs, instrument: &Instrument) -> String {
    let commission = match costs.commission {
        Commission::None => "no commission".to_owned(),
        Commission::Percent(percent) => format!("{percent} % commission an order"),
        Commission::PerUnit(fee) => format!("{fee} commission a unit and order"),
        Commission::PerOrder(fee) => format!("{fee} commission an order"),
    };
    let spread = match costs.spread {
        Spread::None => "no spread".to_owned(),
        Spread::Fixed(spread) => format!("a spread of {:.2} pips", spread / instrument.pip_size),
        Spread::FromBars => "each bar's own mean spread".to_owned(),
    };
    let ticks = if costs.slippage_ticks == 1 { "tick" } else { "ticks" };
    format!("{commission}, {} {ticks} of slippage on market and stop orders, {spread}", costs.slippage_ticks)
}

fn split(results: &Results<'_>) -> SplitSummary {
    let Split { search, holdout, .. } = results.split;
    let time = results.bars.open_time;
    let years = (time[time.len() - 1].0 - time[0].0 + results.bars.timeframe().nanos()) as f64
        / (365.25 * UnixNanos::PER_DAY as f64);
    SplitSummary {
        search: period(results.bars, search),
        embargo_bars: holdout.start - search.end,
        holdout: period(results.bars, holdout),
        bars_per_year: time.len() as f64 / years,
    }
}

fn period(bars: BarsView<'_>, range: &Range<usize>) -> PeriodSummary {
    PeriodSummary {
        from: minute(bars.open_time[range.start]),
        to: minute(bars.open_time[range.end - 1]),
        n_bars: range.len(),
    }
}

/// `2014-05-01 13:00`.
fn minute(time: UnixNanos) -> String {
    let text = time.to_string().replace('T', " ");
    text.get(..16).map_or(text.clone(), str::to_owned)
}

fn walk_forward(results: &Results<'_>, job: &Job<'_, '_>) -> WalkForwardSummary {
    let report = results.walk_forward;
    WalkForwardSummary {
        folds: report
            .folds
            .iter()
            .enumerate()
            .map(|(index, fold)| fold_summary(index, fold, results.bars, job))
            .collect(),
        n_trades: report.n_trades,
        net_profit: report.net_profit,
        efficiency: report.efficiency,
    }
}

fn fold_summary(index: usize, result: &FoldResult, bars: BarsView<'_>, job: &Job<'_, '_>) -> FoldSummary {
    let choice = result.choice.as_ref().map(|choice| {
        let Candidate { strategy, params } = &job.candidates[choice.candidate];
        let strategy = job.plans[*strategy].strategy();
        ChoiceSummary {
            name: strategy.name.clone(),
            parameters: parameters(strategy, params),
            in_sample: choice.in_sample,
            out_of_sample: choice.out_of_sample,
        }
    });
    let (train, test) = (period(bars, &result.fold.train), period(bars, &result.fold.test));
    FoldSummary { number: index + 1, train, test, choice }
}

fn evidence(results: &Results<'_>) -> EvidenceSummary {
    let evidence = &results.validated.evidence;
    let annual = bars_per_year(results).sqrt();
    EvidenceSummary {
        p_value: evidence.p_value(),
        search_p: evidence.search_p,
        null_markets: evidence.null_markets,
        holdout_p: evidence.holdout_p,
        cautions: evidence.cautions().iter().map(ToString::to_string).collect(),
        deflated_sharpe: evidence.deflated_sharpe,
        best_sharpe: evidence.best_sharpe.map(|sharpe| sharpe * annual),
        luck_sharpe: evidence.luck_sharpe.map(|sharpe| sharpe * annual),
        walk_forward_psr: evidence.out_of_sample_probability,
        reality_check_p: evidence.reality_check.map(|check| check.p_consistent),
        min_track_record_bars: evidence.min_track_record_bars,
    }
}

/// Bars a year by which Sharpe ratios of the evidence are annualised: those of the search period, as those of its trials.
pub(crate) fn bars_per_year(results: &Results<'_>) -> f64 {
    let searched = results.top.first().and_then(|best| best.in_sample.metrics.sharpe);
    searched.map_or(split(results).bars_per_year, |sharpe| sharpe.per_year)
}

fn strategy(results: &Results<'_>, traded: &Traded<'_>, allocation: f64, job: &Job<'_, '_>) -> StrategySummary {
    let (stem, bars) = (traded.file_stem(), results.bars);
    let (in_sample, out_of_sample) = (&traded.in_sample, &traded.out_of_sample.metrics);
    let returns = bar_returns(in_sample, results.plan.account.initial_cash);
    StrategySummary {
        rank: traded.rank,
        name: traded.strategy.name.clone(),
        parameters: parameters(traded.strategy, traded.params),
        allocation,
        score: traded.ranked.score,
        criteria: traded
            .ranked
            .parts
            .iter()
            .map(|part| CriterionSummary {
                name: criterion_name(part.criterion).to_owned(),
                weight: part.weight,
                value: part.value,
                score: part.percentile,
            })
            .collect(),
        correlation: traded.ranked.correlation_to_better,
        in_sample: traded.in_sample.metrics,
        out_of_sample: traded.out_of_sample.metrics,
        appraisal: appraise(&in_sample.metrics, &returns, job.candidates.len(), Some(out_of_sample)),
        pine_file: pinegen::check(traded.strategy).is_ok().then(|| format!("strategies/{stem}.pine")),
        chart_file: format!("charts/{stem}.png"),
        trades_caption: Excerpt::of(traded, bars).caption(bars),
    }
}

const fn criterion_name(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Sharpe => "Sharpe ratio p.a.",
        Criterion::Sortino => "Sortino ratio p.a.",
        Criterion::NetReturn => "Return after costs",
        Criterion::MaxDrawdown => "Largest drawdown (less is better)",
        Criterion::Calmar => "Calmar ratio",
        Criterion::ProfitFactor => "Profit factor",
        Criterion::WinRate => "Share of winning trades",
        Criterion::ProfitPerCost => "Profit over costs paid",
        Criterion::TradeCount => "Number of trades",
        Criterion::Consistency => "Share of folds with a profit",
        Criterion::Stability => "Stability of neighbouring parameters",
        Criterion::Exposure => "Share of bars in a position (less is better)",
    }
}

fn parameters(strategy: &Strategy, params: &Params) -> Vec<ParameterSummary> {
    let pairs = strategy.inputs.iter().zip(params.values());
    pairs.map(|(input, &value)| ParameterSummary { name: input.name.clone(), value }).collect()
}
