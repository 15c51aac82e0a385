use market::{FindingKind, UnixNanos};
use trade_report::{Severity, Unit, Warning, format_number};

use crate::page;
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
pub(crate) fn warnings(results: &Results<'_>, report: &PerformanceReport) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if !report.verdict.edge_found && !report.top.is_empty() {
        warnings.push(serious("No edge was found. The strategies below are the best of many tries, which is what luck looks like; do not trade them."));
    }
    if matches!(results.source, SourcePlan::Sample { .. }) {
        warnings.push(caution("The data are made by a program. What works on them says nothing about a real market."));
    }
    about_cash(results, report, &mut warnings);
    about_length(results, &mut warnings);
    warnings.extend(page::cautions(&results.validated.evidence));
    about_trades(report, &mut warnings);
    about_data(results, &mut warnings);
    warnings.extend(results.passed_over.iter().map(|why| note(&format!("A source was passed over: {why}."))));
    if report.top.len() < results.plan.ranking.top {
        warnings.push(note(&format!(
            "Only {} of {} wanted strategies are different enough from each other and trade often enough.",
            report.top.len(),
            results.plan.ranking.top
        )));
    }
    for traded in results.top {
        if let Err(error) = pinegen::check(traded.strategy) {
            warnings.push(note(&format!("There is no Pine script of {}: {error}.", traded.strategy.name)));
        }
    }
    warnings.push(note("A back-test is a model: it knows no outages, no partial fills and no market impact, and the future need not resemble the past."));
    warnings.sort_by_key(|warning| std::cmp::Reverse(warning.severity));
    warnings
}

fn note(text: &str) -> Warning {
    Warning { severity: Severity::Note, text: text.to_owned() }
}

fn caution(text: &str) -> Warning {
    Warning { severity: Severity::Caution, text: text.to_owned() }
}

fn serious(text: &str) -> Warning {
    Warning { severity: Severity::Serious, text: text.to_owned() }
}

/// Cash that does not buy the smallest quantity, such as that of a dollar account where prices are in yen.
fn about_cash(results: &Results<'_>, report: &PerformanceReport, warnings: &mut Vec<Warning>) {
    let (account, currency) = (&results.plan.account, &report.costs.currency);
    let price = results.bars.close[results.bars.len() - 1];
    let step = account.quantity_step * price;
    if report.top.is_empty() && step > account.initial_cash {
        let money = |value| format_number(Some(value), Unit::Money, currency);
        warnings.push(serious(&format!(
            "The account of {} does not buy the smallest quantity, {} units for {}: set account.initial_cash.",
            money(account.initial_cash),
            format_number(Some(account.quantity_step), Unit::Count, ""),
            money(step)
        )));
    }
}

fn about_length(results: &Results<'_>, warnings: &mut Vec<Warning>) {
    let time = results.bars.open_time;
    let days = (time[time.len() - 1].0 - time[0].0) / UnixNanos::PER_DAY;
    if days < FEW_DAYS {
        warnings.push(caution(&format!(
            "The data span {} days: one mood of the market. Ratios per annum are extrapolated from that and look extreme either way.",
            days + 1
        )));
    }
}

fn about_trades(report: &PerformanceReport, warnings: &mut Vec<Warning>) {
    let Some(best) = report.top.first() else { return };
    if best.out_of_sample.n_trades < FEW_TRADES {
        warnings.push(caution(&format!(
            "The best pick made {} trades in the holdout, too few to tell skill from luck there.",
            best.out_of_sample.n_trades
        )));
    }
    if best.in_sample.total_return > 0.0 && best.out_of_sample.total_return < 0.0 {
        warnings.push(serious("The best pick earned money where it was chosen and lost money where it was not: the usual sign of over-fitting."));
    }
    if best.in_sample.bankrupt || best.out_of_sample.bankrupt {
        warnings.push(serious("The best pick used up its account."));
    }
}

fn about_data(results: &Results<'_>, warnings: &mut Vec<Warning>) {
    let quality = results.quality;
    if let Some(coverage) = quality.integrity.coverage
        && 1.0 - coverage > MISSING_FRACTION
    {
        warnings.push(caution(&format!(
            "{:.1} % of the open time is missing in {} gaps; nothing was filled in.",
            100.0 * (1.0 - coverage),
            quality.integrity.count(FindingKind::Gap)
        )));
    }
    if let SourcePlan::Download(_) = results.source
        && let Some(missing @ 1..) = quality.hours.and_then(|hours| hours.open_missing)
    {
        warnings.push(caution(&format!(
            "{missing} hours in which the market was open could not be downloaded and are missing."
        )));
    }
    if !quality.calendar_known {
        warnings.push(note("No trading calendar is known for this instrument, so closed hours count as gaps."));
    }
    if results.bars.volume.iter().all(|&volume| volume == 0.0) {
        warnings.push(note("The data have no volumes."));
    }
}
