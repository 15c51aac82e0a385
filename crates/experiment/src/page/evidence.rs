use optimizer::{Evidence, Field};
use trade_report::{Correlation, Metric, Overfitting, Severity, Unit, Warning, format_number};

/// The figures behind a verdict, each with what it is. Sharpe ratios are annualised by `bars_per_year`.
pub fn evidence(evidence: &Evidence, bars_per_year: f64) -> Vec<Metric> {
    let annual = |sharpe: Option<f64>| sharpe.map(|sharpe| sharpe * bars_per_year.sqrt());
    [decisive(evidence), in_sample(evidence, &annual), out_of_sample(evidence, &annual)].concat()
}

fn figure(name: &str, unit: Unit, value: Option<f64>, definition: &str) -> Metric {
    Metric {
        name: name.to_owned(),
        definition: definition.to_owned(),
        unit,
        group: String::new(),
        key: false,
        cells: vec![value.map(Into::into)],
    }
}

/// What the verdict rests on, and what is said of the search as a whole.
fn decisive(evidence: &Evidence) -> Vec<Metric> {
    vec![
        figure(
            "Results as good by chance",
            Unit::Probability,
            evidence.p_value(),
            "Probability, without any edge, of results as good as those of the search and of the holdout together (Stouffer \
             1949, Lipták 1958). The verdict rests on it.",
        ),
        figure(
            "As much in noise",
            Unit::Probability,
            evidence.search_p,
            "Probability that the same search, with all its tries, finds as much in a market without a pattern (Masters 2020).",
        ),
        figure(
            "Markets without a pattern",
            Unit::Count,
            Some(evidence.null_markets as f64),
            "Made of the searched bars and searched in the same way; fewer where the answer was clear early.",
        ),
        figure(
            "Holdout as good by chance",
            Unit::Probability,
            evidence.holdout_p,
            "Probability of so high a Sharpe ratio of the best pick over the holdout if the true one were 0.",
        ),
        figure(
            "Probability of over-fitting",
            Unit::Probability,
            evidence.overfitting,
            "Share of the splits in which the best of one half is not above the median in the other (Bailey, Borwein, López de \
             Prado and Zhu 2017), over sets at equal distances and returns of bars, whatever they traded.",
        ),
        figure(
            "Superior ability, p-value",
            Unit::Probability,
            evidence.superior_ability.map(|test| test.p_consistent),
            "Probability that the best of the same sets is that good by chance (Hansen 2005).",
        ),
        figure(
            "Sets better than nothing",
            Unit::Count,
            evidence.n_superior.map(|n| n as f64),
            "By themselves, each accounting for all others (Romano and Wolf 2005).",
        ),
    ]
}

fn in_sample(evidence: &Evidence, annual: &dyn Fn(Option<f64>) -> Option<f64>) -> Vec<Metric> {
    vec![
        figure(
            "Parameter sets tried",
            Unit::Count,
            Some(evidence.n_trials as f64),
            "Over all strategies. The best of so many is large by luck alone.",
        ),
        figure(
            "Best Sharpe ratio p.a. found",
            Unit::Ratio,
            annual(evidence.best_sharpe),
            "In-sample, of the parameter sets with enough trades.",
        ),
        figure(
            "Best Sharpe ratio p.a. of luck",
            Unit::Ratio,
            annual(evidence.luck_sharpe),
            "What the best of as many sets without any edge is expected to show over as many bars.",
        ),
        figure(
            "Deflated Sharpe ratio",
            Unit::Probability,
            evidence.deflated_sharpe,
            "Probability that the best found is better than luck's best (Bailey and López de Prado 2014).",
        ),
        figure(
            "Reality check, p-value",
            Unit::Probability,
            evidence.reality_check.map(|check| check.p_consistent),
            "Probability that the best of the finalists is that good by chance (White 2000, recentred after Hansen 2005). It \
             does not know of the sets that were left out before, so it flatters, and is no part of the verdict.",
        ),
    ]
}

fn out_of_sample(evidence: &Evidence, annual: &dyn Fn(Option<f64>) -> Option<f64>) -> Vec<Metric> {
    vec![
        figure(
            "Walk-forward profit",
            Unit::Money,
            Some(evidence.out_of_sample_profit),
            "After costs, out-of-sample, all folds together.",
        ),
        figure("Walk-forward trades", Unit::Count, Some(evidence.out_of_sample_trades as f64), "Out-of-sample."),
        figure(
            "Walk-forward Sharpe ratio p.a.",
            Unit::Ratio,
            annual(evidence.out_of_sample_sharpe),
            "Of the out-of-sample returns of bars.",
        ),
        figure(
            "Walk-forward above zero",
            Unit::Probability,
            evidence.out_of_sample_probability,
            "Probability that this ratio is truly above 0 (probabilistic Sharpe ratio, Bailey and López de Prado 2012).",
        ),
        figure(
            "Walk-forward efficiency",
            Unit::Fraction,
            evidence.efficiency,
            "Mean return a bar out-of-sample over that in-sample: 100 % where the future is as good as the past.",
        ),
        figure(
            "Track record needed",
            Unit::Bars,
            evidence.min_track_record_bars,
            "Bars of walk-forward results after which such a ratio can be trusted at 95 %.",
        ),
        figure(
            "Track record there is",
            Unit::Bars,
            Some(evidence.out_of_sample_bars as f64),
            "Bars of walk-forward results.",
        ),
        figure(
            "Holdout profit of the best pick",
            Unit::Money,
            evidence.holdout_profit,
            "After costs, on bars that neither search nor walk-forward has seen.",
        ),
    ]
}

/// What should be known beside a verdict, as warnings.
pub fn cautions(evidence: &Evidence) -> Vec<Warning> {
    let sentence = |text: String| {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
    };
    let warning = |text: String| Warning { severity: Severity::Caution, text: sentence(text) };
    evidence.cautions().iter().map(|caution| warning(caution.to_string())).collect()
}

/// The panel of the probability of back-test over-fitting of a field; `None` if that is undefined.
///
/// - `n_candidates`: how many were searched, of which the field has some.
pub fn overfitting(field: &Field, n_candidates: usize) -> Option<Overfitting> {
    let found = field.overfitting()?;
    let count = |count: usize| format_number(Some(count as f64), Unit::Count, "");
    let note = format!(
        "{} of the {} parameter sets, taken at equal distances whatever they traded; {} returns of bars, {} splits in halves; \
         chosen by Sharpe ratio. In {:.0} % of the splits what was chosen lost money in the other half.",
        count(field.candidates.len()),
        count(n_candidates),
        count(field.returns[0].len()),
        count(found.logits.len()),
        100.0 * found.probability_of_loss
    );
    Some(Overfitting { pbo: found.probability, logits: found.logits, note })
}

/// Correlations of returns, each series with each other.
///
/// - `returns`: series of one length.
/// - `note`: of which returns, in words.
///
/// # Panics
/// If the series differ in length.
pub fn correlation(returns: &[&[f64]], note: String) -> Correlation {
    let pairs = returns.iter().flat_map(|a| returns.iter().map(move |b| (*a, *b)));
    // Rounding may lead a hair beyond 1.
    let values = pairs.map(|(a, b)| trade_stats::correlation(a, b).map(|r| r.clamp(-1.0, 1.0)));
    Correlation { values: values.collect(), note }
}

/// Shares of a capital in inverse proportion to the volatility of each series of returns, so that each brings about the
/// same risk; they sum to 1. A series that does not vary, or has a value that is not finite, has no share; without any
/// that does all are 0.
///
/// ```
/// use experiment::page::inverse_volatility;
///
/// let shares = inverse_volatility(&[&[0.01, -0.01], &[0.03, -0.03], &[0.0, 0.0]]);
/// assert!((shares[0] - 0.75).abs() < 1e-12 && (shares[1] - 0.25).abs() < 1e-12);
/// assert_eq!(shares[2], 0.0);
/// ```
pub fn inverse_volatility(returns: &[&[f64]]) -> Vec<f64> {
    let inverse = |returns: &&[f64]| match trade_stats::std_dev(returns) {
        Some(volatility) if volatility > 0.0 => 1.0 / volatility,
        _ => 0.0,
    };
    let inverses: Vec<f64> = returns.iter().map(inverse).collect();
    let sum: f64 = inverses.iter().sum();
    inverses.iter().map(|inverse| if sum > 0.0 && sum.is_finite() { inverse / sum } else { 0.0 }).collect()
}
