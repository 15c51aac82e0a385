use optimizer::{Appraisal, CONFIDENCE, Decay, Difficulty, Execution, SharpeEstimate};
use trade_report::{Unit, format_number};
use trade_stats::Interval;

/// What to expect of a strategy, in sentences.
pub(crate) fn in_words(appraisal: &Appraisal) -> String {
    let Appraisal { expected_return, risk, sharpe, decay, execution } = appraisal;
    let earns = format!(
        "In-sample, where it was chosen, {} p.a. with a volatility of {}; one bar in twenty lost {} on average.",
        fraction(*expected_return),
        fraction(risk.volatility),
        fraction(risk.expected_shortfall.map(|shortfall| -shortfall))
    );
    let parts =
        [Some(earns), sharpe.as_ref().map(of_sharpe), decay.as_ref().map(of_decay), Some(of_execution(execution))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn of_sharpe(sharpe: &SharpeEstimate) -> String {
    format!(
        "Sharpe ratio p.a. {}{}; above luck's best of all tries with probability {}.",
        ratio(Some(sharpe.annual)),
        interval(sharpe.interval),
        format_number(sharpe.above_luck, Unit::Probability, "")
    )
}

fn of_decay(decay: &Decay) -> String {
    let lost = decay.lost.map_or(String::new(), |lost| {
        if lost > 0.0 {
            format!(": {} of it was lost", fraction(Some(lost)))
        } else {
            ": nothing of it was lost".to_owned()
        }
    });
    format!(
        "On the holdout, which the ranking did not see, {}{}{lost}.",
        ratio(Some(decay.out_of_sample)),
        interval(decay.interval)
    )
}

fn of_execution(execution: &Execution) -> String {
    let Execution { trades_per_day, mean_bars_in_trade, cost_share, profit_over_costs, difficulty } = execution;
    let grade = match difficulty {
        Difficulty::Easy => "easy",
        Difficulty::Moderate => "moderate",
        Difficulty::Hard => "hard",
        _ => "not worth it",
    };
    let took = |share: f64| format!("; costs took {} of what it earned before them", fraction(Some(share)));
    let more = |over: &f64| format!(", and could come {} times on top before nothing is left", ratio(Some(*over)));
    let costs = cost_share.map_or(String::new(), took)
        + &profit_over_costs.filter(|over| *over > 0.0).as_ref().map_or(String::new(), more);
    format!(
        "To trade: {grade}; {} trades a day of {} bars on average{costs}.",
        ratio(*trades_per_day),
        ratio(*mean_bars_in_trade)
    )
}

fn ratio(value: Option<f64>) -> String {
    format_number(value, Unit::Ratio, "")
}

fn fraction(value: Option<f64>) -> String {
    format_number(value, Unit::Fraction, "")
}

fn interval(interval: Option<Interval>) -> String {
    interval.map_or(String::new(), |Interval { low, high }| {
        format!(" ({} to {} with confidence {CONFIDENCE})", ratio(Some(low)), ratio(Some(high)))
    })
}
