//! A search over a conditional space whose objective is a mean over folds: hopeless trials are given up on early folds,
//! a proposal of a person comes first, and the journal lets a second run go on where the first one stopped.
//!
//! Run: `cargo run -p aio-param-search --example walk_forward_search`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::io::Write;
use std::sync::{Arc, Mutex};

use param_search::{
    Constraint, Domain, Error, Outcome, Parameter, Problem, Space, Study, StudyOptions, Tpe, TpeOptions, Value, View,
    Wilcoxon, WilcoxonOptions,
};

/// Stands for a file that is opened for appending.
#[derive(Clone, Default)]
struct Journal(Arc<Mutex<Vec<u8>>>);

impl Write for Journal {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no writer panics").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

const N_FOLDS: u64 = 8;

/// Stands for the back-test of one fold.
fn fold_score(point: &View<'_>, fold: u64) -> f64 {
    let (fast, slow) = (point.number("fast").unwrap_or(0.0), point.number("slow").unwrap_or(1.0));
    let stop = point.number("stop_atr").map_or(0.3, |stop| (stop - 2.5).abs() / 5.0);
    let weather = 0.2 * libm::sin(fold as f64 * 1.7 + fast);
    -libm::log(slow / fast / 4.0).abs() - stop + weather
}

fn begin(n_trials: u64) -> Result<Study<Tpe>, Error> {
    let space = Space::new([
        Parameter::new("fast", Domain::log_int(2, 50)),
        Parameter::new("slow", Domain::log_int(10, 300)),
        Parameter::new("with_stop", Domain::boolean()),
        Parameter::new("stop_atr", Domain::float_step(0.5, 6.0, 0.25)).when("with_stop", [Value::Bool(true)]),
    ])?
    .constrained([Constraint::less("fast", "slow")])?;
    let tpe = Tpe::new(&Problem::maximize(space)?, 7, TpeOptions::default())?;
    let options = StudyOptions { n_trials: Some(n_trials), skip_repeats: true };
    Ok(Study::new(tpe, options).with_pruner(Wilcoxon::new(WilcoxonOptions::default())?))
}

fn go_on(study: &mut Study<Tpe>, at_most: usize) -> Result<(), Box<dyn std::error::Error>> {
    for _ in 0..at_most {
        let Ok(suggestion) = study.ask() else { break };
        let (mut scores, mut hopeless) = (Vec::new(), false);
        for fold in 0..N_FOLDS {
            scores.push(fold_score(&study.view(&suggestion.point), fold));
            hopeless = study.report(suggestion.id, fold, scores[scores.len() - 1])?;
            if hopeless {
                break;
            }
        }
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        study.tell(suggestion.id, if hopeless { Outcome::Pruned } else { Outcome::value(mean) })?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let journal = Journal::default();
    let mut first = begin(150)?;
    first.open_journal(std::io::empty(), journal.clone())?;
    let idea = serde_json::from_str(r#"{"fast": 10, "slow": 50, "with_stop": true, "stop_atr": 2}"#)?;
    first.enqueue(first.problem().space().from_named(&idea)?)?;
    go_on(&mut first, 60)?;

    let past = journal.0.lock().expect("no writer panics").clone();
    let mut second = begin(150)?;
    second.open_journal(&past[..], journal)?;
    go_on(&mut second, 150)?;

    let best = second.best().ok_or("no trial is complete")?;
    let folds: usize = second.trials().iter().map(|trial| trial.reports.len()).sum();
    println!("{} trials, {folds} of {} folds evaluated", second.trials().len(), 150 * N_FOLDS);
    let named = serde_json::to_string(&second.problem().space().to_named(&best.point))?;
    println!("best: trial {} with {:.4} at {named}", best.id, best.value().ok_or("no value")?);
    Ok(())
}
