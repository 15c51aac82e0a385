use serde_json::{Map, Value};

use crate::error::Error;
use crate::model::Report;

/// The report without its long series (bars, equity, trades) as JSON: verdict, figures, folds, heat-maps.
///
/// Keys are the names of the fields of [`Report`]; what is empty is left out.
///
/// # Errors
/// As [`Report::check`].
pub fn metrics_json(report: &Report) -> Result<String, Error> {
    report.check()?;
    let small = shallow(report);
    let failed = |error: serde_json::Error| Error::Template(error.into());
    let value = prune(serde_json::to_value(&small).map_err(failed)?);
    let mut text = serde_json::to_string_pretty(&value).map_err(failed)?;
    text.push('\n');
    Ok(text)
}

/// A copy that leaves the bars, equity and trades where they are.
pub(crate) fn shallow(report: &Report) -> Report {
    let strategies = report.strategies.iter().map(|strategy| crate::model::Strategy {
        name: strategy.name.clone(),
        parameters: strategy.parameters.clone(),
        allocation: strategy.allocation,
        score: strategy.score,
        criteria: strategy.criteria.clone(),
        correlation_to_better: strategy.correlation_to_better,
        note: strategy.note.clone(),
        files: strategy.files.clone(),
        equity: None,
        trades: Vec::new(),
        metrics: strategy.metrics.clone(),
        monte_carlo: strategy.monte_carlo.clone(),
    });
    Report {
        header: report.header.clone(),
        verdict: report.verdict.clone(),
        facts: report.facts.clone(),
        warnings: report.warnings.clone(),
        recommendations: report.recommendations.clone(),
        evidence: report.evidence.clone(),
        candles: None,
        periods: report.periods.clone(),
        metric_columns: report.metric_columns.clone(),
        strategies: strategies.collect(),
        correlation: report.correlation.clone(),
        heat_maps: report.heat_maps.clone(),
        walk_forward: report.walk_forward.clone(),
        overfitting: report.overfitting.clone(),
        search: report.search.clone(),
        commentary: report.commentary.clone(),
        data_quality: report.data_quality.clone(),
        method: report.method.clone(),
        timing: report.timing.clone(),
    }
}

/// Drops nulls and empty lists of objects; elements of lists stay where they are.
fn prune(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let keep = |value: &Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
            let fields: Map<String, Value> =
                fields.into_iter().map(|(key, value)| (key, prune(value))).filter(|(_, value)| keep(value)).collect();
            Value::Object(fields)
        }
        Value::Array(list) => Value::Array(list.into_iter().map(prune).collect()),
        other => other,
    }
}
