use super::{Prepared, ReportInput, definition::metrics};
use crate::growth::compounded_volatility;
use crate::moments::{kurtosis, skewness};
use crate::pain::{conditional_drawdown, pain_index, ulcer_index};
use crate::returns::{downside_deviation, volatility};
use crate::serial::{autocorrelation, autocorrelation_penalty};
use crate::shape::{adjusted_excess_kurtosis, adjusted_skewness};
use crate::tail::{Shortfall, ValueAtRisk, expected_shortfall, value_at_risk};

metrics! {
    /// What the account had to bear.
    RiskMetrics {
        volatility: "Volatility (ann.)", Fraction, "s · √(periods a year)",
            "quantstats `volatility`, empyrical `annual_volatility`";
        compounded_volatility: "Volatility (ann., compounded)", Fraction, "√((s² + (1 + g)²)^q − (1 + g)^(2q))",
            "backtesting.py `Volatility (Ann.)`";
        downside_deviation: "Downside deviation (ann.)", Fraction,
            "√(Σ min(r − r_f, 0)² / n) · √(periods a year), over all n", "Sortino and Price 1994; empyrical `downside_risk`";
        skewness: "Skewness (g1)", Ratio, "m3 / m2^1.5", "moment estimate, scipy's default";
        adjusted_skewness: "Skewness (G1)", Ratio, "g1 · √(n(n − 1)) / (n − 2)", "quantstats `skew`, pandas";
        kurtosis: "Kurtosis (raw)", Ratio, "m4 / m2²; 3 for a normal distribution", "moment estimate; skfolio";
        adjusted_excess_kurtosis: "Kurtosis (excess, G2)", Ratio,
            "(n − 1) / ((n − 2)(n − 3)) · ((n + 1)(m4 / m2² − 3) + 6)", "quantstats `kurtosis`, pandas";
        value_at_risk_95: "VaR 95 %", Fraction, "5 % quantile of the returns", "empyrical `value_at_risk`";
        value_at_risk_99: "VaR 99 %", Fraction, "1 % quantile of the returns", "empyrical `value_at_risk`";
        gaussian_value_at_risk_95: "VaR 95 % (Gaussian)", Fraction, "mean − 1.645 · s", "quantstats `value_at_risk`";
        expected_shortfall_95: "CVaR 95 %", Fraction, "mean of the worst 5 %, the border in part",
            "Rockafellar and Uryasev 2000; skfolio `cvar`";
        expected_shortfall_99: "CVaR 99 %", Fraction, "mean of the worst 1 %, the border in part",
            "Rockafellar and Uryasev 2000; skfolio `cvar`";
        quantile_expected_shortfall_95: "CVaR 95 % (below the quantile)", Fraction, "mean of the returns ≤ VaR 95 %",
            "quantstats with method='historical'";
        counted_expected_shortfall_95: "CVaR 95 % (counted)", Fraction, "mean of the ⌊0.05(n − 1)⌋ + 1 smallest returns",
            "empyrical `conditional_value_at_risk`";
        gaussian_expected_shortfall_95: "CVaR 95 % (Gaussian)", Fraction, "mean − s · φ(Z(0.05)) / 0.05",
            "quantstats `conditional_value_at_risk`";
        max_drawdown: "Max. drawdown", Fraction, "largest (peak − equity) / peak",
            "all peers, some with a minus; from the equity curve where one is given";
        mean_drawdown: "Mean drawdown", Fraction, "mean depth of the drawdowns", "quantstats, backtesting.py `Avg. Drawdown`";
        longest_drawdown: "Longest drawdown", Periods, "peak to recovery, an open one to the end",
            "backtesting.py `Max. Drawdown Duration`; quantstats counts days under water";
        mean_drawdown_duration: "Mean drawdown duration", Periods, "mean of peak to recovery",
            "backtesting.py `Avg. Drawdown Duration`";
        n_drawdowns: "Drawdowns", Count, "number of falls from a peak", "drawdown_episodes";
        conditional_drawdown_95: "CDaR 95 %", Fraction, "mean of the worst 5 % of the drawdowns after each period",
            "Chekhlov et al. 2005; skfolio `cdar` on compounded drawdowns";
        ulcer_index: "Ulcer index", Fraction, "√(Σ drawdown² / n)", "Martin 1989; quantstats divides by n − 1";
        pain_index: "Pain index", Fraction, "Σ drawdown / n", "Becker 2006";
        autocorrelation: "Autocorrelation", Ratio, "correlation of r with the r before", "Pearson";
        autocorrelation_penalty: "Autocorrelation penalty", Ratio, "√(1 + 2 Σ (n − k) / n · |ρ|^k)",
            "quantstats `autocorr_penalty`";
    }
}

impl RiskMetrics {
    pub(super) fn of(input: &ReportInput<'_>, prepared: &Prepared) -> Self {
        let (r, per_year) = (input.returns, input.per_year);
        let (falls, sorted) = (prepared.falls, prepared.sorted.as_slice());
        Self {
            volatility: volatility(r, per_year),
            compounded_volatility: compounded_volatility(r, per_year),
            downside_deviation: downside_deviation(&prepared.excess, 0.0, per_year),
            skewness: skewness(r),
            adjusted_skewness: adjusted_skewness(r),
            kurtosis: kurtosis(r),
            adjusted_excess_kurtosis: adjusted_excess_kurtosis(r),
            value_at_risk_95: value_at_risk(sorted, 0.05, ValueAtRisk::Historical),
            value_at_risk_99: value_at_risk(sorted, 0.01, ValueAtRisk::Historical),
            gaussian_value_at_risk_95: value_at_risk(r, 0.05, ValueAtRisk::Gaussian),
            expected_shortfall_95: expected_shortfall(sorted, 0.05, Shortfall::Weighted),
            expected_shortfall_99: expected_shortfall(sorted, 0.01, Shortfall::Weighted),
            quantile_expected_shortfall_95: expected_shortfall(sorted, 0.05, Shortfall::BelowQuantile),
            counted_expected_shortfall_95: expected_shortfall(sorted, 0.05, Shortfall::WorstCount),
            gaussian_expected_shortfall_95: expected_shortfall(r, 0.05, Shortfall::Gaussian),
            max_drawdown: falls.map(|falls| falls.max),
            mean_drawdown: falls.and_then(|falls| falls.mean),
            longest_drawdown: falls.map(|falls| falls.longest as f64),
            mean_drawdown_duration: falls.and_then(|falls| falls.mean_duration),
            n_drawdowns: falls.map(|falls| falls.count as f64),
            conditional_drawdown_95: conditional_drawdown(r, 0.05),
            ulcer_index: ulcer_index(r),
            pain_index: pain_index(r),
            autocorrelation: autocorrelation(r, 1),
            autocorrelation_penalty: autocorrelation_penalty(r),
        }
    }
}
