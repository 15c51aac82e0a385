use crate::check::{finite, length, not_empty, optional_within, rising_values, series, tables, within};
use crate::error::Error;
use crate::model::{MonteCarlo, Strategy};

/// What rounding may add to shares that sum to one.
const SHARE_TOLERANCE: f64 = 1e-9;

pub(super) fn strategy(field: &str, strategy: &Strategy, n_columns: usize) -> Result<(), Error> {
    optional_within(&format!("{field}.allocation"), &[strategy.allocation], 0.0, 1.0)?;
    optional_within(&format!("{field}.score"), &[strategy.score], f64::MIN, f64::MAX)?;
    optional_within(&format!("{field}.correlation_to_better"), &[strategy.correlation_to_better], 0.0, 1.0)?;
    let criteria = &strategy.criteria;
    within(&format!("{field}.criteria.weight"), criteria.iter().map(|c| &c.weight), 0.0, f64::MAX)?;
    within(&format!("{field}.criteria.score"), criteria.iter().map(|c| &c.score), 0.0, 1.0)?;
    let values: Vec<Option<f64>> = criteria.iter().map(|c| c.value).collect();
    optional_within(&format!("{field}.criteria.value"), &values, f64::MIN, f64::MAX)?;
    if let Some(equity) = &strategy.equity {
        series::equity(&format!("{field}.equity"), equity)?;
    }
    series::trades(&format!("{field}.trades"), &strategy.trades)?;
    tables::metrics(&format!("{field}.metrics"), &strategy.metrics, n_columns)?;
    let mut simulations = strategy.monte_carlo.iter().enumerate();
    simulations.try_for_each(|(at, paths)| monte_carlo(&format!("{field}.monte_carlo[{at}]"), paths))
}

fn monte_carlo(field: &str, paths: &MonteCarlo) -> Result<(), Error> {
    not_empty(&format!("{field}.bands"), paths.bands.len())?;
    let n_steps = paths.bands[0].equity.len();
    not_empty(&format!("{field}.bands[0].equity"), n_steps)?;
    let quantiles: Vec<f64> = paths.bands.iter().map(|band| band.quantile).collect();
    within(&format!("{field}.bands.quantile"), &quantiles, 0.0, 1.0)?;
    rising_values(&format!("{field}.bands.quantile"), &quantiles)?;
    for (index, band) in paths.bands.iter().enumerate() {
        let field = format!("{field}.bands[{index}].equity");
        length(&field, band.equity.len(), n_steps)?;
        finite(&field, &band.equity)?;
    }
    if !paths.steps.is_empty() {
        length(&format!("{field}.steps"), paths.steps.len(), n_steps)?;
    }
    if !paths.realised.is_empty() {
        length(&format!("{field}.realised"), paths.realised.len(), n_steps)?;
    }
    finite(&format!("{field}.realised"), &paths.realised)
}

/// The shares of all strategies sum to at most one.
pub(super) fn allocations(strategies: &[Strategy]) -> Result<(), Error> {
    let sum: f64 = strategies.iter().filter_map(|strategy| strategy.allocation).sum();
    within("strategies.allocation (sum)", &[sum], 0.0, 1.0 + SHARE_TOLERANCE)
}
