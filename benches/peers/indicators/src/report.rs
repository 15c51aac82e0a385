//! The figures as Markdown.
use std::fmt;

use serde::Serialize;

use crate::contest::{Timing, Way};
use crate::functions::Function;

/// Everybody's figures for one task.
#[derive(Serialize)]
pub(crate) struct Comparison {
    pub(crate) task: &'static str,
    pub(crate) timings: Vec<Timing>,
}

/// All figures of a run, in nanoseconds a bar.
#[derive(Serialize)]
pub(crate) struct Report {
    pub(crate) bars: usize,
    pub(crate) batch: Vec<Comparison>,
    pub(crate) patterns: Vec<Comparison>,
    pub(crate) stream: Vec<Comparison>,
    /// Ours one by one and at once.
    pub(crate) many: Vec<Comparison>,
    pub(crate) functions: Vec<Function>,
}

/// Times that differ by less count as equal.
const EQUAL: f64 = 0.02;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} bars; least and median nanoseconds of the thread a bar", self.bars)?;
        comparisons(f, "Whole histories", &self.batch)?;
        comparisons(f, "Candlestick patterns", &self.patterns)?;
        comparisons(f, "Bar by bar", &self.stream)?;
        many(f, &self.many)?;
        functions(f, &self.functions)
    }
}

/// A row for each library, a column for each task.
fn comparisons(f: &mut fmt::Formatter<'_>, title: &str, all: &[Comparison]) -> fmt::Result {
    let Some(most) = all.iter().map(|comparison| &comparison.timings).max_by_key(|timings| timings.len()) else {
        return Ok(());
    };
    writeln!(f, "\n## {title}\n\n*: into new vectors; (brackets): something else is computed, this far away")?;
    let tasks: Vec<&str> = all.iter().map(|comparison| comparison.task).collect();
    let sum = if all.len() > 1 { " sum |" } else { "" };
    writeln!(f, "\n| | {} |{sum}\n|---|{}", tasks.join(" | "), "---|".repeat(sum.len().min(1) + tasks.len()))?;
    for library in most.iter().map(|timing| timing.library) {
        let of_library = |comparison: &Comparison| comparison.timings.iter().find(|t| t.library == library).cloned();
        let timings: Vec<Option<Timing>> = all.iter().map(of_library).collect();
        let returned = timings.iter().flatten().any(|timing| timing.way == Way::Returned);
        write!(f, "| {library}{} |", if returned { "*" } else { "" })?;
        for timing in &timings {
            write!(f, " {} |", timing.as_ref().map_or_else(String::new, cell))?;
        }
        let times: Option<Vec<f64>> = timings.iter().map(|timing| timing.as_ref().map(|t| t.min_ns)).collect();
        total(f, times.as_deref())?;
    }
    write!(f, "| best of the others |")?;
    let best = all.iter().map(|comparison| best_of_others(&comparison.timings));
    let best: Vec<f64> = best.collect();
    best.iter().try_for_each(|best| write!(f, " {best:.2} |"))?;
    total(f, Some(&best))
}

/// A row for each way to compute each task.
fn many(f: &mut fmt::Formatter<'_>, all: &[Comparison]) -> fmt::Result {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n## Many at once\n\n| | | ns a bar for all of them | same doubles |\n|---|---|---|---|")?;
    for Comparison { task, timings } in all {
        for timing in timings {
            let same = timing.check.identical_percent;
            let same = if timing.way == Way::Floor { String::new() } else { format!("{same:.2} %") };
            writeln!(f, "| {task} | {} | {:.2} / {:.2} | {same} |", timing.library, timing.min_ns, timing.median_ns)?;
        }
    }
    Ok(())
}

/// The last cell of a row with several tasks, their sum, and its end.
fn total(f: &mut fmt::Formatter<'_>, times: Option<&[f64]>) -> fmt::Result {
    match times {
        Some([_]) => writeln!(f),
        Some(times) => writeln!(f, " {:.2} |", times.iter().sum::<f64>()),
        None => writeln!(f, " |"),
    }
}

fn cell(timing: &Timing) -> String {
    let times = format!("{:.2} / {:.2}", timing.min_ns, timing.median_ns);
    let (given, all) = (timing.check.outputs, timing.check.outputs_of_all);
    match timing.check.error {
        Some(_) if timing.check.is_right() || timing.way == Way::Floor => times,
        Some(error) if error < 1e-6 => format!("({times}) {given} of {all} outputs"),
        Some(error) => format!("({times}) {error:.0e}"),
        None => format!("({times}) NaN"),
    }
}

/// The least time of those who compute the same thing and are not ours.
fn best_of_others(timings: &[Timing]) -> f64 {
    let others = timings.iter().filter(|timing| timing.check.is_right() && !timing.library.starts_with("ours"));
    others.map(|timing| timing.min_ns).fold(f64::INFINITY, f64::min)
}

fn functions(f: &mut fmt::Formatter<'_>, all: &[Function]) -> fmt::Result {
    if all.is_empty() {
        return Ok(());
    }
    let mut all: Vec<&Function> = all.iter().collect();
    all.sort_by(|a, b| b.ratio().total_cmp(&a.ratio()));
    let faster = all.iter().filter(|function| function.ratio() < 1.0 - EQUAL).count();
    let slower = all.iter().filter(|function| function.ratio() > 1.0 + EQUAL).count();
    let equal = all.len() - faster - slower;
    let identical = all.iter().filter(|function| function.ours.check.identical_percent >= 100.0).count();
    writeln!(f, "\n## Every function of TA-Lib\n")?;
    writeln!(f, "{} functions: {faster} faster, {equal} equal within 2 %, {slower} slower.", all.len())?;
    writeln!(f, "{identical} of them with the same doubles on all bars.")?;
    writeln!(f, "\n| TA-Lib | ours | ours, ns | ta-lib, ns | ratio | same doubles |\n|---|---|---|---|---|---|")?;
    for function in all {
        let Function { name, spec, talib, ours } = function;
        write!(f, "| {name} | `{spec}` | {:.2} / {:.2} ", ours.min_ns, ours.median_ns)?;
        write!(f, "| {:.2} / {:.2} | {:.2} ", talib.min_ns, talib.median_ns, function.ratio())?;
        writeln!(f, "| {:.2} % |", ours.check.identical_percent)?;
    }
    Ok(())
}
