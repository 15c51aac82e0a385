use backtest::Metrics;
use serde::{Deserialize, Serialize};
use trade_stats::{
    Bootstrap, Interval, RealityCheck, Recentring, SharpeError, SharpeSample, StepDown, SuperiorAbility,
    deflated_sharpe, effective_trials, expected_max_sharpe, mean_correlation, median, min_track_record_length, moments,
    normal_cdf, normal_quantile, probabilistic_sharpe, reality_check, sharpe_interval, step_down,
    superior_predictive_ability,
};

use crate::{
    CONFIDENCE, CrossValidationReport, Field, Finalist, LEVEL, MarketTestReport, Objective, Selection, Trial,
    WalkForwardReport,
};

/// The results of a whole run, on which the question is asked whether anything found is better than chance.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// Every trial of the search over the in-sample window: all candidates of all strategies.
    pub trials: &'a [Trial],
    /// Trades below which a trial is not taken for the best.
    pub min_trades: usize,
    /// The finalists over the same window.
    pub finalists: &'a [Finalist],
    /// What choosing on the past brought.
    pub walk_forward: &'a WalkForwardReport,
    /// Whether the same search over the same window finds as much in noise. `None` if it was not asked, and then there is
    /// no edge.
    pub market_test: Option<&'a MarketTestReport>,
    /// Candidates over the same window that were not chosen by their results; `None` leaves over-fitting, superior ability
    /// and the step-down undefined.
    pub field: Option<&'a Field>,
    /// Paths through the same window; `None` leaves their figures undefined.
    pub cross_validation: Option<&'a CrossValidationReport>,
    /// Figures of the first of the ranking over bars that neither search nor walk-forward has seen; `None` if nothing
    /// was ranked, or if nobody has looked yet ([`Evidence::with_holdout`]).
    pub holdout: Option<&'a Metrics>,
}

/// What speaks for and against an edge. All Sharpe ratios are those of one bar, not annualised; what is undefined or was
/// not asked for is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Parameter sets that were tried, over all strategies.
    pub n_trials: usize,
    /// Bars of the in-sample window.
    pub search_bars: usize,
    /// Probability that the same search finds so much in a market without a pattern.
    pub search_p: Option<f64>,
    /// Markets without a pattern that were searched for it.
    pub null_markets: usize,
    /// Independent tries that all are worth, from the mean correlation of the finalists; for information only, the
    /// deflated ratio takes all of them.
    pub effective_trials: Option<f64>,
    /// Position of the candidate with the best in-sample Sharpe ratio, of those with enough trades.
    pub best: Option<usize>,
    /// Its in-sample Sharpe ratio.
    pub best_sharpe: Option<f64>,
    /// Interval of that ratio with [`CONFIDENCE`], as if it had been the only try.
    pub best_interval: Option<Interval>,
    /// Sharpe ratio that the best of so many independent tries without skill is expected to show over so many bars, by luck
    /// alone.
    pub luck_sharpe: Option<f64>,
    /// Probability that the best is better than that: the deflated Sharpe ratio, with the variance 1 / (n − 1) that an
    /// estimate from n bars has where the truth is 0.
    pub deflated_sharpe: Option<f64>,
    /// Variance of the trials' Sharpe ratios, of those that have one.
    pub sharpe_variance: Option<f64>,
    /// The deflated Sharpe ratio with that variance, as its authors compute it from trials of one kind. Trials of
    /// different strategies differ by more than luck (one that trades too often loses its costs for certain), which
    /// makes this ratio far too small.
    pub deflated_sharpe_by_spread: Option<f64>,
    /// p-values of White's reality check over the finalists' in-sample returns. They do not know of the candidates that
    /// were left out before, so they flatter.
    pub reality_check: Option<RealityCheck>,
    /// Candidates in the field that the next five figures are about.
    pub n_field: usize,
    /// p-values of Hansen's test for superior predictive ability over the field's in-sample returns.
    pub superior_ability: Option<SuperiorAbility>,
    /// Candidates of the field that Romano and Wolf's step-down method calls better than nothing at [`LEVEL`].
    pub n_superior: Option<usize>,
    /// Probability of back-test over-fitting: share of the splits of the in-sample window in which the best of the field in
    /// one half is not better than the median in the other.
    pub overfitting: Option<f64>,
    /// Share of those splits in which it lost in the other half.
    pub overfitting_loss: Option<f64>,
    /// Slope of the ratio in the other half over that in the chosen one: 1 keeps what was seen, 0 nothing.
    pub degradation: Option<f64>,
    /// Paths of the combinatorial purged cross-validation.
    pub n_paths: usize,
    /// Median of the paths' Sharpe ratios.
    pub path_sharpe: Option<f64>,
    /// Share of the paths that lost money.
    pub path_losses: Option<f64>,
    /// Sharpe ratio of the walk-forward's out-of-sample returns.
    pub out_of_sample_sharpe: Option<f64>,
    /// Interval of that ratio with [`CONFIDENCE`].
    pub out_of_sample_interval: Option<Interval>,
    /// Probability that it is above 0: the probabilistic Sharpe ratio.
    pub out_of_sample_probability: Option<f64>,
    /// Bars of out-of-sample returns that are needed to be sure of that; `None` if the ratio is not above 0.
    pub min_track_record_bars: Option<f64>,
    /// Bars of out-of-sample returns there are.
    pub out_of_sample_bars: usize,
    /// Out-of-sample trades of the walk-forward.
    pub out_of_sample_trades: usize,
    /// Out-of-sample profit of the walk-forward after costs, in quote currency.
    pub out_of_sample_profit: f64,
    /// Commission, spread and slippage of an out-of-sample trade on average, in quote currency; `None` without trades.
    pub cost_per_trade: Option<f64>,
    /// Walk-forward efficiency.
    pub efficiency: Option<f64>,
    /// Profit of the first of the ranking over the holdout, after costs, in quote currency.
    pub holdout_profit: Option<f64>,
    /// Its trades there.
    pub holdout_trades: Option<usize>,
    /// Bars of the holdout; 0 before it was looked at.
    pub holdout_bars: usize,
    /// Probability of so high a Sharpe ratio there if the true one were 0: 1 less the probabilistic Sharpe ratio.
    pub holdout_p: Option<f64>,
}

/// Collects the evidence.
///
/// - `bootstrap`: settings of the reality check, the test for superior ability and the step-down.
pub fn evidence(findings: &Findings<'_>, bootstrap: &Bootstrap) -> Evidence {
    let mut evidence = in_sample(findings, bootstrap);
    whole_search(&mut evidence, findings, bootstrap);
    out_of_sample(&mut evidence, findings.walk_forward);
    findings.holdout.map_or(evidence, |holdout| evidence.with_holdout(holdout))
}

impl Evidence {
    /// The evidence with what the first of the ranking did over the holdout.
    #[must_use]
    pub fn with_holdout(self, holdout: &Metrics) -> Self {
        // The mirror image's probability is the upper tail, without the rounding of a difference from 1.
        let mirrored = sample(holdout).map(|own| SharpeSample { value: -own.value, skewness: -own.skewness, ..own });
        Self {
            holdout_profit: Some(holdout.net_profit),
            holdout_trades: Some(holdout.n_trades),
            holdout_bars: holdout.n_bars,
            holdout_p: mirrored.and_then(|mirrored| probabilistic_sharpe(&mirrored, 0.0)),
            ..self
        }
    }

    /// Probability of results as good as these, of the search and on the holdout together, without an edge: Stouffer's
    /// combination of `search_p` and `holdout_p`, weighted by the square roots of their bars as Lipták proposed.
    ///
    /// The two are independent where there is no edge, because they come from different bars. `None` if one is missing.
    ///
    /// Source: S. A. Stouffer et al., *The American Soldier* (1949); T. Lipták, *On the combination of independent
    /// tests*, Magyar Tud. Akad. Mat. Kutató Int. Közl. 3 (1958).
    pub fn p_value(&self) -> Option<f64> {
        let (search, holdout) = (self.search_p?, self.holdout_p?);
        if search >= 1.0 || holdout >= 1.0 {
            return Some(1.0);
        }
        let (search_bars, holdout_bars) = (self.search_bars as f64, self.holdout_bars as f64);
        let z = search_bars.sqrt() * normal_quantile(search)? + holdout_bars.sqrt() * normal_quantile(holdout)?;
        Some(normal_cdf(z / (search_bars + holdout_bars).sqrt()))
    }

    /// Before anything is known.
    fn nothing() -> Self {
        Self {
            n_trials: 0,
            search_bars: 0,
            search_p: None,
            null_markets: 0,
            effective_trials: None,
            best: None,
            best_sharpe: None,
            best_interval: None,
            luck_sharpe: None,
            deflated_sharpe: None,
            sharpe_variance: None,
            deflated_sharpe_by_spread: None,
            reality_check: None,
            n_field: 0,
            superior_ability: None,
            n_superior: None,
            overfitting: None,
            overfitting_loss: None,
            degradation: None,
            n_paths: 0,
            path_sharpe: None,
            path_losses: None,
            out_of_sample_sharpe: None,
            out_of_sample_interval: None,
            out_of_sample_probability: None,
            min_track_record_bars: None,
            out_of_sample_bars: 0,
            out_of_sample_trades: 0,
            out_of_sample_profit: 0.0,
            cost_per_trade: None,
            efficiency: None,
            holdout_profit: None,
            holdout_trades: None,
            holdout_bars: 0,
            holdout_p: None,
        }
    }
}

fn in_sample(findings: &Findings<'_>, bootstrap: &Bootstrap) -> Evidence {
    let trials = findings.trials;
    let ratios: Vec<f64> = trials.iter().filter_map(|trial| Objective::Sharpe.value(&trial.metrics)).collect();
    let sharpe_variance = moments(&ratios).map(|m| m.std * m.std);
    let n_trials = trials.len() as f64;
    let selection = Selection { objective: Objective::Sharpe, min_trades: findings.min_trades };
    let best = selection.best(trials);
    let best_sample = best.and_then(|trial| sample(&trial.metrics));
    let luck_variance = best_sample.map(|sample| 1.0 / (sample.n as f64 - 1.0));
    let deflated =
        |variance: Option<f64>| best_sample.zip(variance).and_then(|(sample, v)| deflated_sharpe(&sample, v, n_trials));
    let returns: Vec<&[f64]> = findings.finalists.iter().map(|finalist| finalist.returns.as_slice()).collect();
    Evidence {
        n_trials: trials.len(),
        search_bars: trials.first().map_or(0, |trial| trial.metrics.n_bars),
        search_p: findings.market_test.and_then(|test| test.p_value),
        null_markets: findings.market_test.map_or(0, |test| test.without_pattern.len()),
        effective_trials: mean_correlation(&returns).and_then(|mean| effective_trials(n_trials, mean)),
        best: best.map(|trial| trial.candidate),
        best_sharpe: best_sample.map(|sample| sample.value),
        best_interval: best_sample.and_then(|sample| interval(&sample)),
        luck_sharpe: luck_variance.and_then(|variance| expected_max_sharpe(variance, n_trials)),
        deflated_sharpe: deflated(luck_variance),
        sharpe_variance,
        deflated_sharpe_by_spread: deflated(sharpe_variance),
        reality_check: reality_check(&returns, bootstrap),
        ..Evidence::nothing()
    }
}

/// What is asked about all tries at once, and about the paths.
fn whole_search(evidence: &mut Evidence, findings: &Findings<'_>, bootstrap: &Bootstrap) {
    if let Some(field) = findings.field {
        let returns: Vec<&[f64]> = field.returns.iter().map(Vec::as_slice).collect();
        let stepwise = StepDown { studentised: true, recentring: Recentring::Consistent };
        let superior = step_down(&returns, bootstrap, stepwise).ok();
        let found = field.overfitting();
        evidence.n_field = returns.len();
        evidence.superior_ability = superior_predictive_ability(&returns, bootstrap).ok();
        evidence.n_superior = superior.map(|p_values| p_values.iter().filter(|p| **p <= LEVEL).count());
        evidence.overfitting = found.as_ref().map(|found| found.probability);
        evidence.overfitting_loss = found.as_ref().map(|found| found.probability_of_loss);
        evidence.degradation = found.and_then(|found| found.degradation).map(|line| line.slope);
    }
    if let Some(report) = findings.cross_validation {
        let ratios: Vec<f64> = report.paths.iter().filter_map(|path| path.sharpe).map(|sharpe| sharpe.value).collect();
        let n_lost = report.paths.iter().filter(|path| path.net_profit < 0.0).count();
        evidence.n_paths = report.paths.len();
        evidence.path_sharpe = median(&ratios);
        evidence.path_losses = (evidence.n_paths > 0).then(|| n_lost as f64 / evidence.n_paths as f64);
    }
}

fn out_of_sample(evidence: &mut Evidence, walk_forward: &WalkForwardReport) {
    let sample = SharpeSample::of(&walk_forward.returns);
    evidence.out_of_sample_sharpe = sample.map(|sample| sample.value);
    evidence.out_of_sample_interval = sample.and_then(|sample| interval(&sample));
    evidence.out_of_sample_probability = sample.and_then(|sample| probabilistic_sharpe(&sample, 0.0));
    evidence.min_track_record_bars = sample.and_then(|sample| min_track_record_length(&sample, 0.0, CONFIDENCE));
    evidence.out_of_sample_bars = walk_forward.returns.len();
    evidence.out_of_sample_trades = walk_forward.n_trades;
    evidence.out_of_sample_profit = walk_forward.net_profit;
    evidence.cost_per_trade = (walk_forward.n_trades > 0).then(|| walk_forward.costs / walk_forward.n_trades as f64);
    evidence.efficiency = walk_forward.efficiency;
}

fn interval(sample: &SharpeSample) -> Option<Interval> {
    sharpe_interval(sample, CONFIDENCE, SharpeError::NonNormal)
}

fn sample(metrics: &Metrics) -> Option<SharpeSample> {
    let value = Objective::Sharpe.value(metrics)?;
    Some(SharpeSample { value, n: metrics.n_bars, skewness: metrics.skewness?, kurtosis: metrics.kurtosis? })
}
