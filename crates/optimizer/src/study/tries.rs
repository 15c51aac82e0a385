use trade_stats::{SharpeSample, deflated_sharpe, effective_trials, expected_max_sharpe, mean_correlation, moments};

use crate::{Evidence, Findings, Objective};

impl Evidence {
    /// The same evidence, where more was tried than there are figures of: a study that prunes looks at every try, and luck
    /// grows with all of them.
    ///
    /// - `findings`: those the evidence was collected from.
    /// - `n_tried`: all tries, as from [`StudyOutcome::n_tried`](crate::StudyOutcome::n_tried).
    ///
    /// # Panics
    /// If `n_tried` is less than the trials of `findings`.
    #[must_use]
    pub fn of_all_tries(self, findings: &Findings<'_>, n_tried: usize) -> Self {
        let trials = findings.trials;
        assert!(n_tried >= trials.len(), "of_all_tries: {n_tried} tries, of which {} have figures", trials.len());
        let n = n_tried as f64;
        let best = self.best.and_then(|best| trials.iter().find(|trial| trial.candidate == best));
        let sample = best.and_then(|trial| {
            let metrics = &trial.metrics;
            let value = Objective::Sharpe.value(metrics)?;
            Some(SharpeSample { value, n: metrics.n_bars, skewness: metrics.skewness?, kurtosis: metrics.kurtosis? })
        });
        let ratios: Vec<f64> = trials.iter().filter_map(|trial| Objective::Sharpe.value(&trial.metrics)).collect();
        let spread = moments(&ratios).map(|moments| moments.std * moments.std);
        let luck = sample.map(|sample| 1.0 / (sample.n as f64 - 1.0));
        let deflated = |variance: Option<f64>| {
            sample.zip(variance).and_then(|(sample, variance)| deflated_sharpe(&sample, variance, n))
        };
        let returns: Vec<&[f64]> = findings.finalists.iter().map(|finalist| finalist.returns.as_slice()).collect();
        Self {
            n_trials: n_tried,
            effective_trials: mean_correlation(&returns).and_then(|mean| effective_trials(n, mean)),
            luck_sharpe: luck.and_then(|variance| expected_max_sharpe(variance, n)),
            deflated_sharpe: deflated(luck),
            deflated_sharpe_by_spread: deflated(spread),
            ..self
        }
    }
}
