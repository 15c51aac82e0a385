use market::{CleaningRule, Finding, FindingKind};
use trade_report::{Unit, format_number};

use crate::report::FindingSummary;
use crate::stages::data::DataQuality;

/// The quality of the data in one paragraph.
pub(crate) fn summary(quality: &DataQuality, n_bars: usize, passed_over: &[String]) -> String {
    let read = match quality.n_ticks {
        Some(n_ticks) => format!("{} ticks were read and became {} bars.", count(n_ticks), count(n_bars)),
        None => format!("{} bars were read.", count(n_bars)),
    };
    let coverage = quality.integrity.coverage.map_or(String::new(), |share| {
        let hours =
            if quality.calendar_known { "the market's open time" } else { "the clock (no trading calendar is known)" };
        format!(" They cover {:.2} % of {hours}.", 100.0 * share)
    });
    let hours = quality.hours.map_or(String::new(), |hours| {
        let open = hours
            .open_without_ticks
            .map_or(String::new(), |count| format!("; {count} of those without ticks began while the market was open"));
        format!(
            " Of the range's hours, {} have ticks, {} say there are none and {} are not there{open}.",
            count(hours.data),
            count(hours.empty),
            count(hours.missing)
        )
    });
    let removed: usize =
        quality.removed.iter().filter(|step| step.rule != CleaningRule::Sort).map(|step| step.count).sum();
    let cleaning =
        if quality.n_ticks.is_some() { format!(" Cleaning left out {} ticks.", count(removed)) } else { String::new() };
    let others: Vec<_> = passed_over.iter().map(|why| format!(" Another source was passed over: {why}.")).collect();
    format!("{read}{coverage}{hours}{cleaning}{}", others.concat())
}

fn count(number: usize) -> String {
    format_number(Some(number as f64), Unit::Count, "")
}

/// What validation found, and what was done about it.
pub(crate) fn findings(quality: &DataQuality) -> Vec<FindingSummary> {
    quality.integrity.findings.iter().map(|finding| describe(finding, quality)).collect()
}

fn describe(finding: &Finding, quality: &DataQuality) -> FindingSummary {
    let rule = match finding.kind {
        FindingKind::InvalidValue => Some(CleaningRule::DropInvalid),
        FindingKind::OutOfOrder => Some(CleaningRule::Sort),
        FindingKind::Duplicate => Some(CleaningRule::DropDuplicates),
        FindingKind::Crossed => Some(CleaningRule::DropCrossed),
        _ => None,
    };
    let step = rule.and_then(|rule| quality.removed.iter().find(|step| step.rule == rule));
    let action = match step {
        Some(step) if step.rule == CleaningRule::Sort => format!("{} put in order", step.count),
        Some(step) => format!("{} left out", step.count),
        None if finding.kind == FindingKind::Gap => "nothing was filled in".to_owned(),
        None => "kept as they are".to_owned(),
    };
    FindingSummary {
        name: words(finding.kind).to_owned(),
        count: finding.count,
        example: finding.examples.first().map_or("–".to_owned(), |example| example.time.to_string()),
        action: if finding.count == 0 { "–".to_owned() } else { action },
    }
}

const fn words(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::InvalidValue => "impossible prices or volumes",
        FindingKind::OutOfOrder => "rows out of order",
        FindingKind::Misaligned => "bars off their timeframe's grid",
        FindingKind::Duplicate => "exact duplicates",
        FindingKind::SameTime => "different rows of the same time",
        FindingKind::Crossed => "crossed quotes (bid above ask)",
        FindingKind::Outlier => "outliers",
        FindingKind::Gap => "gaps while the market was open",
        FindingKind::WhileClosed => "rows while the market was closed",
        FindingKind::Stale => "stale quotes",
        _ => "other findings",
    }
}
