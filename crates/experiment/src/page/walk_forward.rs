use backtest::{Metrics, Plan};
use market::BarsView;
use optimizer::{Candidate, FoldResult, WalkForwardReport};
use trade_report::{Fold, FoldCell, FoldFigure, Unit, WalkForward};

use crate::page::strategy::parameters;
use crate::page::time_range;

/// The folds of a walk-forward analysis with Sharpe ratio, return, largest drawdown and number of trades of each, in-sample
/// and out-of-sample. The summary is left to the caller.
///
/// - `candidates`, `plans`: what was searched; results name them by position.
///
/// # Panics
/// If a result names a candidate, strategy or bar that is not there.
pub fn walk_forward(
    report: &WalkForwardReport,
    candidates: &[Candidate],
    plans: &[Plan],
    bars: BarsView<'_>,
) -> WalkForward {
    let figure = |name: &str, unit| FoldFigure { name: name.to_owned(), unit };
    WalkForward {
        summary: String::new(),
        figures: vec![
            figure("Sharpe ratio p.a.", Unit::Ratio),
            figure("Return", Unit::Fraction),
            figure("Largest drawdown", Unit::Fraction),
            figure("Trades", Unit::Count),
        ],
        folds: report.folds.iter().map(|fold| self::fold(fold, candidates, plans, bars)).collect(),
    }
}

fn fold(result: &FoldResult, candidates: &[Candidate], plans: &[Plan], bars: BarsView<'_>) -> Fold {
    let chosen = result.choice.as_ref().map(|choice| {
        let Candidate { strategy, params } = &candidates[choice.candidate];
        let strategy = plans[*strategy].strategy();
        (strategy.name.clone(), parameters(strategy, params))
    });
    let (choice, parameters) = chosen.unwrap_or_default();
    let of = |figure: fn(&Metrics) -> Option<f64>| FoldCell {
        in_sample: result.choice.as_ref().and_then(|choice| figure(&choice.in_sample)),
        out_of_sample: result.choice.as_ref().and_then(|choice| figure(&choice.out_of_sample)),
    };
    Fold {
        train: time_range(bars, &result.fold.train),
        test: time_range(bars, &result.fold.test),
        choice,
        parameters,
        cells: vec![
            of(|metrics| metrics.sharpe.map(trade_stats::Sharpe::annual)),
            of(|metrics| Some(metrics.total_return)),
            // A drawdown of 20 % is 0.2 in the back-test; the page writes falls as negative numbers.
            of(|metrics| Some(0.0 - metrics.max_drawdown)),
            of(|metrics| Some(metrics.n_trades as f64)),
        ],
    }
}
