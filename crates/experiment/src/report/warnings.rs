use market::{FindingKind, UnixNanos};

use crate::plan::SourcePlan;
use crate::report::PerformanceReport;
use crate::report::build::Results;

/// Days below which the data show one mood of the market only.
const FEW_DAYS: i64 = 90;
/// Trades in the holdout below which its figures say little.
const FEW_TRADES: usize = 30;
/// Share of the open time that may be missing before it is worth a warning.
const MISSING_FRACTION: f64 = 0.01;

/// What a reader must know before trusting a number, the gravest first.
pub(crate) fn warnings(results: &Results<'_>, report: &PerformanceReport) -> Vec<String> {
    let mut warnings = Vec::new();
    if !report.verdict.edge_found {
        warnings.push("No edge was found. The strategies below are the best of many tries, which is what luck looks like; do not trade them.".to_owned());
    }
    if matches!(results.source, SourcePlan::Sample { .. }) {
        warnings
            .push("The data are made by a program. What works on them says nothing about a real market.".to_owned());
    }
    about_length(results, &mut warnings);
    about_trades(report, &mut warnings);
    about_data(results, &mut warnings);
    warnings.extend(results.passed_over.iter().map(|why| format!("A source was passed over: {why}.")));
    if report.top.len() < results.plan.ranking.top {
        warnings.push(format!(
            "Only {} of {} wanted strategies are different enough from each other and trade often enough.",
            report.top.len(),
            results.plan.ranking.top
        ));
    }
    for traded in results.top {
        if let Err(error) = pinegen::check(traded.strategy) {
            warnings.push(format!("There is no Pine script of {}: {error}.", traded.strategy.name));
        }
    }
    warnings.push("A back-test is a model: it knows no outages, no partial fills and no market impact, and the future need not resemble the past.".to_owned());
    warnings
}

fn about_length(results: &Results<'_>, warnings: &mut Vec<String>) {
    let time = results.bars.open_time;
    let days = (time[time.len() - 1].0 - time[0].0) / UnixNanos::PER_DAY;
    if days < FEW_DAYS {
        warnings.push(format!(
            "The data span {} days: one mood of the market. Ratios per annum are extrapolated from that and look extreme either way.",
            days + 1
        ));
    }
}

fn about_trades(report: &PerformanceReport, warnings: &mut Vec<String>) {
    let Some(best) = report.top.first() else { return };
    if best.out_of_sample.n_trades < FEW_TRADES {
        warnings.push(format!(
            "The best pick made {} trades in the holdout, too few to tell skill from luck there.",
            best.out_of_sample.n_trades
        ));
    }
    if best.in_sample.total_return > 0.0 && best.out_of_sample.total_return < 0.0 {
        warnings.push("The best pick earned money where it was chosen and lost money where it was not: the usual sign of over-fitting.".to_owned());
    }
    if best.in_sample.bankrupt || best.out_of_sample.bankrupt {
        warnings.push("The best pick used up its account.".to_owned());
    }
}

fn about_data(results: &Results<'_>, warnings: &mut Vec<String>) {
    let quality = results.quality;
    if let Some(coverage) = quality.integrity.coverage
        && 1.0 - coverage > MISSING_FRACTION
    {
        warnings.push(format!(
            "{:.1} % of the open time is missing in {} gaps; nothing was filled in.",
            100.0 * (1.0 - coverage),
            quality.integrity.count(FindingKind::Gap)
        ));
    }
    if let SourcePlan::Download(_) = results.source
        && let Some(missing @ 1..) = quality.hours.and_then(|hours| hours.open_missing)
    {
        warnings.push(format!("{missing} hours in which the market was open could not be downloaded and are missing."));
    }
    if !quality.calendar_known {
        warnings.push("No trading calendar is known for this instrument, so closed hours count as gaps.".to_owned());
    }
    if results.bars.volume.iter().all(|&volume| volume == 0.0) {
        warnings.push("The data have no volumes.".to_owned());
    }
}
