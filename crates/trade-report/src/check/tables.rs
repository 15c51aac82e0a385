use crate::check::{finite, length, not_empty, optional_within, range, rising_values, within};
use crate::error::Error;
use crate::model::{Correlation, HeatMap, Metric, Report, WalkForward};

pub(super) fn metrics(field: &str, metrics: &[Metric], n_columns: usize) -> Result<(), Error> {
    for (at, metric) in metrics.iter().enumerate() {
        let field = format!("{field}[{at}].cells");
        length(&field, metric.cells.len(), n_columns)?;
        for (index, cell) in metric.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            finite(&format!("{field}[{index}].value"), &[cell.value])?;
            if let Some(interval) = cell.interval {
                let field = format!("{field}[{index}].interval");
                finite(&format!("{field}.low"), &[interval.low])?;
                within(&format!("{field}.high"), &[interval.high], interval.low, f64::MAX)?;
                within(&format!("{field}.level"), &[interval.level], 0.0, 1.0)?;
            }
        }
    }
    Ok(())
}

pub(super) fn correlation(correlation: &Correlation, n_strategies: usize) -> Result<(), Error> {
    length("correlation.values", correlation.values.len(), n_strategies * n_strategies)?;
    optional_within("correlation.values", &correlation.values, -1.0, 1.0)
}

pub(super) fn heat_map(field: &str, map: &HeatMap) -> Result<(), Error> {
    for (name, axis) in [("x", &map.x), ("y", &map.y)] {
        let field = format!("{field}.{name}.values");
        not_empty(&field, axis.values.len())?;
        finite(&field, &axis.values)?;
        rising_values(&field, &axis.values)?;
    }
    let field_values = format!("{field}.values");
    length(&field_values, map.values.len(), map.x.values.len() * map.y.values.len())?;
    optional_within(&field_values, &map.values, f64::MIN, f64::MAX)?;
    if let Some((x, y)) = map.chosen {
        let (largest_x, largest_y) = (map.x.values.len() - 1, map.y.values.len() - 1);
        within(&format!("{field}.chosen.x"), &[x as f64], 0.0, largest_x as f64)?;
        within(&format!("{field}.chosen.y"), &[y as f64], 0.0, largest_y as f64)?;
    }
    Ok(())
}

pub(super) fn walk_forward(walk_forward: &WalkForward) -> Result<(), Error> {
    for (at, fold) in walk_forward.folds.iter().enumerate() {
        let field = format!("walk_forward.folds[{at}]");
        range(&format!("{field}.train"), fold.train)?;
        range(&format!("{field}.test"), fold.test)?;
        length(&format!("{field}.cells"), fold.cells.len(), walk_forward.figures.len())?;
        let all = |which: fn(&crate::model::FoldCell) -> Option<f64>| fold.cells.iter().map(which).collect::<Vec<_>>();
        optional_within(&format!("{field}.cells.in_sample"), &all(|cell| cell.in_sample), f64::MIN, f64::MAX)?;
        optional_within(&format!("{field}.cells.out_of_sample"), &all(|cell| cell.out_of_sample), f64::MIN, f64::MAX)?;
    }
    Ok(())
}

/// The small tables.
pub(super) fn rest(report: &Report) -> Result<(), Error> {
    if let Some(overfitting) = &report.overfitting {
        within("overfitting.pbo", &[overfitting.pbo], 0.0, 1.0)?;
        finite("overfitting.logits", &overfitting.logits)?;
    }
    if let Some(search) = &report.search {
        let all = |which: fn(&crate::model::Tried) -> Option<f64>| search.rows.iter().map(which).collect::<Vec<_>>();
        optional_within("search.rows.median", &all(|row| row.median), f64::MIN, f64::MAX)?;
        optional_within("search.rows.best", &all(|row| row.best), f64::MIN, f64::MAX)?;
    }
    let stages = report.timing.iter().flat_map(|timing| &timing.stages);
    within("timing.stages.seconds", stages.map(|stage| &stage.seconds), 0.0, f64::MAX)
}
