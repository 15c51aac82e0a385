//! Stores a run of ten strategies in a file and prints the five best that nobody tuned on the same data.
#![expect(clippy::print_stdout, reason = "a program tells what it finds")]

use pattern_library::{BlockingLibrary, Criterion, Entry, Figures, Outcome, Ranking, Role, Run};
use serde_json::json;
use strategy::{Params, Strategy};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("library.sqlite");
    let mut library = BlockingLibrary::open(&path)?;

    let strategy = Strategy::from_json(
        r#"{"name": "Above the level", "sizing": {"rule": {"units": 1000.0}}, "risk": {}, "short": null,
            "inputs": [{"name": "level", "kind": {"float": {"default": 1.1, "min": 0.5, "max": 2.0, "step": 0.1}}}],
            "long": {"entry": {"compare": ["gt", {"price": "close"}, {"input": 0}]},
                     "exit": {"compare": ["lt", {"price": "close"}, {"input": 0}]}}}"#,
    )?;
    // A back-test would measure these; here they are made up.
    let entries = (1..=10).map(|rank| {
        let distance = f64::from(rank) - 4.0;
        let figures = Figures {
            sharpe: Some(1.0 - distance.abs() / 4.0),
            net_profit: 500.0 - 100.0 * distance.abs(),
            max_drawdown: 0.02 * f64::from(rank),
            n_trades: 30 + u64::from(rank),
        };
        let outcome = Outcome { role: Role::OutOfSample, figures, metrics: json!({"made_up": true}) };
        let params = Params::new(vec![0.5 + f64::from(rank) / 10.0]);
        Entry { rank, strategy: strategy.clone(), params, outcomes: vec![outcome] }
    });
    let run = Run {
        id: "example".to_owned(),
        recorded_at_ns: None,
        manifest: json!({"seed": 1}),
        entries: entries.collect(),
    };
    library.store_run(&run)?;

    let query = Ranking { min_trades: 31, ..Ranking::by(Criterion::Sharpe, Role::OutOfSample) };
    for (place, best) in (1..).zip(library.ranking(&query)?) {
        let stored = library.strategy(best.strategy_id)?.ok_or("a ranked strategy is in the library")?;
        let sharpe = best.figures.sharpe.map_or("undefined".to_owned(), |sharpe| format!("{sharpe:.2}"));
        println!("{place}. {} at {:?}: Sharpe ratio {sharpe}", best.name, stored.params.values());
    }
    library.close()?;
    Ok(())
}
