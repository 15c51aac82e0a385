//! What was tried as rows: CSV that reads back bit for bit, and JSON Lines.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use backtest::{Metrics, Plan};
use optimizer::{Candidate, Fate, StudyOutcome, Trial};
use serde_json::{Map, Number, Value, json};
use strategy::{Params, Strategy};

/// Columns before the figures.
const LEADING: [&str; 5] = ["candidate", "strategy", "name", "fate", "params"];
/// A figure that is told for people and not read.
const ANNUAL: &str = "sharpe_annual";
/// The figures, by the names of the fields of `Metrics`. The Sharpe ratio is one bar's; `per_year` annualises it.
const FIGURES: [&str; 24] = [
    "n_bars",
    "n_trades",
    "n_dropped",
    "net_profit",
    "gross_profit",
    "gross_loss",
    "costs",
    "total_return",
    "max_drawdown",
    "mean_return",
    "std_return",
    "skewness",
    "kurtosis",
    "sharpe.value",
    "sharpe.per_year",
    ANNUAL,
    "sortino",
    "calmar",
    "profit_factor",
    "win_rate",
    "expectancy",
    "exposure",
    "mean_bars_in_trade",
    "bankrupt",
];

/// Parameters by name: `fast=5 slow=20`.
pub(crate) fn params_text(strategy: &Strategy, params: &Params) -> String {
    let pairs: Vec<String> =
        strategy.inputs.iter().zip(params.values()).map(|(input, value)| format!("{}={value}", input.name)).collect();
    pairs.join(" ")
}

/// Writes a row for each candidate.
pub(crate) fn write_csv(out: &mut dyn Write, plans: &[Plan], tried: &StudyOutcome) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(LEADING.iter().chain(&FIGURES))?;
    for (position, metrics) in with_figures(tried) {
        let Candidate { strategy, params } = &tried.candidates[position];
        let of = plans[*strategy].strategy();
        let fate = tried.fates[position].name();
        let leading =
            [position.to_string(), strategy.to_string(), of.name.clone(), fate.to_owned(), params_text(of, params)];
        csv.write_record(leading.into_iter().chain(figures(metrics)?))?;
    }
    csv.flush()?;
    Ok(())
}

/// Writes an object for each candidate.
pub(crate) fn write_json(out: &mut dyn Write, plans: &[Plan], tried: &StudyOutcome) -> Result<()> {
    for (position, metrics) in with_figures(tried) {
        let Candidate { strategy, params } = &tried.candidates[position];
        let of = plans[*strategy].strategy();
        let inputs: Map<String, Value> =
            of.inputs.iter().zip(params.values()).map(|(input, value)| (input.name.clone(), json!(value))).collect();
        let row = json!({
            "candidate": position,
            "strategy": of.name,
            "fate": tried.fates[position].name(),
            "params": inputs,
            "metrics": metrics,
        });
        writeln!(out, "{row}")?;
    }
    Ok(())
}

/// Positions of all candidates with the figures of those that have some.
fn with_figures(tried: &StudyOutcome) -> impl Iterator<Item = (usize, Option<&Metrics>)> {
    let mut trials = tried.trials.iter().peekable();
    (0..tried.candidates.len()).map(move |position| {
        (position, trials.next_if(|trial| trial.candidate == position).map(|trial| &trial.metrics))
    })
}

fn figures(metrics: Option<&Metrics>) -> Result<Vec<String>> {
    let value = serde_json::to_value(metrics)?;
    let cell = |name: &&str| {
        let found = match name.split_once('.') {
            _ if *name == ANNUAL => {
                return metrics
                    .and_then(|metrics| metrics.sharpe)
                    .map_or_else(String::new, |it| it.annual().to_string());
            }
            Some((outer, inner)) => &value[outer][inner],
            None => &value[*name],
        };
        if found.is_null() { String::new() } else { found.to_string() }
    };
    Ok(FIGURES.iter().map(cell).collect())
}

/// Reads what [`write_csv`] wrote.
pub(crate) fn read(path: &Path, plans: &[Plan]) -> Result<StudyOutcome> {
    let mut csv = csv::Reader::from_path(path)?;
    let expected: Vec<&str> = LEADING.iter().chain(&FIGURES).copied().collect();
    if csv.headers()?.iter().ne(expected.iter().copied()) {
        bail!("its columns are not those of trials");
    }
    let mut tried = StudyOutcome::default();
    for (row, record) in csv.records().enumerate() {
        let record = record?;
        read_row(&record, plans, &mut tried).with_context(|| format!("line {}", row + 2))?;
    }
    Ok(tried)
}

fn read_row(record: &csv::StringRecord, plans: &[Plan], tried: &mut StudyOutcome) -> Result<()> {
    let cell = |index: usize| record.get(index).unwrap_or_default();
    let position = tried.candidates.len();
    if cell(0).parse() != Ok(position) {
        bail!("candidate `{}` where {position} is expected", cell(0));
    }
    let strategy: usize = cell(1).parse().with_context(|| format!("strategy `{}`", cell(1)))?;
    let of = plans.get(strategy).with_context(|| format!("there is no strategy {strategy}"))?.strategy();
    let fate = match cell(3) {
        "counted" => Fate::Counted,
        "not_counted" => Fate::NotCounted,
        "pruned" => Fate::Pruned,
        other => bail!("`{other}` is no fate"),
    };
    tried.candidates.push(Candidate { strategy, params: read_params(of, cell(4))? });
    tried.fates.push(fate);
    if fate != Fate::Pruned {
        tried.trials.push(Trial { candidate: position, metrics: read_metrics(record)? });
    }
    Ok(())
}

fn read_params(strategy: &Strategy, text: &str) -> Result<Params> {
    let mut pairs = text.split_whitespace();
    let value = |input: &strategy::Input| {
        let pair = pairs.next().with_context(|| format!("input {} is missing", input.name))?;
        let value = pair.strip_prefix(input.name.as_str()).and_then(|rest| rest.strip_prefix('='));
        value.and_then(|value| value.parse().ok()).with_context(|| format!("`{pair}` is no value of {}", input.name))
    };
    Ok(Params::new(strategy.inputs.iter().map(value).collect::<Result<_>>()?))
}

fn read_metrics(record: &csv::StringRecord) -> Result<Metrics> {
    let mut fields = Map::new();
    for (name, text) in FIGURES.iter().zip(record.iter().skip(LEADING.len())) {
        let value = match text {
            "" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            text => Value::Number(text.parse::<Number>().with_context(|| format!("{name} is `{text}`"))?),
        };
        match name.split_once('.') {
            _ if *name == ANNUAL => {}
            None => {
                fields.insert((*name).to_owned(), value);
            }
            Some(_) if value.is_null() => {}
            Some((outer, inner)) => {
                let object = fields.entry(outer).or_insert_with(|| json!({}));
                object[inner] = value;
            }
        }
    }
    Ok(serde_json::from_value(Value::Object(fields))?)
}
