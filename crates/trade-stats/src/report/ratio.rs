use super::{Prepared, ReportInput, definition::metrics};
use crate::growth::{compounded_sharpe, compounded_sortino};
use crate::lo::sharpe_standard_error;
use crate::moments::finite;
use crate::overfit::{SharpeSample, min_track_record_length, probabilistic_sharpe};
use crate::pain::{gain_to_pain, recovery_factor, serenity_index, total_return_over_ulcer, ulcer_performance_index};
use crate::quantile::quantile_sorted;
use crate::ratio::{Sharpe, omega, sharpe, sortino};
use crate::returns::cagr;
use crate::serial::{smart_sharpe, smart_sortino};
use crate::tail::{Shortfall, outlier_loss_over, outlier_win_over, tail_ratio};
use crate::trades::profit_factor;

metrics! {
    /// Return for risk; `r − r_f` is the return of a period above the risk-free rate.
    RatioMetrics {
        sharpe: "Sharpe ratio (ann.)", Ratio, "mean(r − r_f) / s · √(periods a year)",
            "Sharpe 1994; quantstats `sharpe`, empyrical `sharpe_ratio`";
        period_sharpe: "Sharpe ratio (period)", Ratio, "mean(r − r_f) / s", "Sharpe 1994; quantstats `risk_return_ratio`";
        sharpe_standard_error: "Standard error of the Sharpe ratio (ann.)", Ratio,
            "√((1 + SR² / 2) / n) · √(periods a year)", "Lo 2002, independent normal returns";
        probabilistic_sharpe: "Probabilistic Sharpe ratio", Probability,
            "Φ(SR · √(n − 1) / √(1 − γ3·SR + (γ4 − 1) / 4 · SR²)) with g1 and raw kurtosis",
            "Bailey and López de Prado 2012; quantstats puts bias-corrected moments in";
        min_track_record: "Min. track record (95 %)", Periods, "1 + (1 − γ3·SR + (γ4 − 1) / 4 · SR²)(Z(0.95) / SR)²",
            "Bailey and López de Prado 2012";
        smart_sharpe: "Smart Sharpe ratio (ann.)", Ratio, "Sharpe ratio / autocorrelation penalty",
            "quantstats `smart_sharpe`";
        compounded_sharpe: "Sharpe ratio (compounded)", Ratio, "(CAGR − r_f) / compounded volatility",
            "backtesting.py `Sharpe Ratio`";
        sortino: "Sortino ratio (ann.)", Ratio, "mean(r − r_f) · periods a year / downside deviation",
            "Sortino and Price 1994; quantstats `sortino`, empyrical `sortino_ratio`";
        adjusted_sortino: "Sortino ratio / √2", Ratio, "Sortino ratio / √2", "quantstats `adjusted_sortino`, after Schwager";
        smart_sortino: "Smart Sortino ratio (ann.)", Ratio, "Sortino ratio / autocorrelation penalty",
            "quantstats `smart_sortino`";
        compounded_sortino: "Sortino ratio (compounded)", Ratio,
            "(CAGR − r_f) / annual deviation below 0", "backtesting.py `Sortino Ratio`";
        calmar: "Calmar ratio", Ratio, "CAGR / max. drawdown", "quantstats `calmar`, empyrical `calmar_ratio`, backtesting.py";
        omega: "Omega ratio", Ratio, "Σ max(r − r_f, 0) / Σ max(r_f − r, 0)",
            "Keating and Shadwick 2002; quantstats `omega`, empyrical `omega_ratio`";
        ulcer_performance: "Ulcer performance index", Ratio, "(CAGR − r_f) / ulcer index", "Martin 1987";
        total_return_over_ulcer: "Total return over ulcer index", Ratio, "total return / √(Σ drawdown² / (n − 1))",
            "quantstats `ulcer_performance_index`; grows with the length of the history";
        serenity: "Serenity index", Ratio, "Σ r · s / (ulcer index · CVaR 95 % of the drawdowns)",
            "Key Quant, with the drawdowns that occurred";
        gaussian_serenity: "Serenity index (Gaussian)", Ratio, "the same with the CVaR of a normal distribution",
            "quantstats `serenity_index`";
        recovery_factor: "Recovery factor", Ratio, "total return / max. drawdown",
            "quantstats takes the absolute sum of the returns";
        gain_to_pain: "Gain to pain", Ratio, "Σ r / Σ |r < 0|", "Schwager 2012; quantstats `gain_to_pain_ratio`";
        tail_ratio: "Tail ratio", Ratio, "|95 % quantile| / |5 % quantile|", "quantstats, empyrical `tail_ratio`";
        outlier_win_ratio: "Outlier win ratio", Ratio, "99 % quantile / mean of r ≥ 0", "quantstats `outlier_win_ratio`";
        outlier_loss_ratio: "Outlier loss ratio", Ratio, "1 % quantile / mean of r < 0", "quantstats `outlier_loss_ratio`";
        common_sense: "Common sense ratio", Ratio, "profit factor of the periods · tail ratio",
            "quantstats `common_sense_ratio`";
    }
}

impl RatioMetrics {
    pub(super) fn of(input: &ReportInput<'_>, prepared: &Prepared) -> Self {
        let (r, excess, per_year) = (input.returns, prepared.excess.as_slice(), input.per_year);
        let ratio = sharpe(excess, per_year);
        let sample = SharpeSample::of(excess);
        let downside = sortino(excess, 0.0, per_year);
        let sorted = prepared.sorted.as_slice();
        let tail = tail_ratio(sorted, 0.95);
        Self {
            sharpe: ratio.map(Sharpe::annual),
            period_sharpe: ratio.map(|ratio| ratio.value),
            sharpe_standard_error: ratio
                .and_then(|ratio| sharpe_standard_error(ratio.value, excess.len()))
                .map(|error| error * per_year.sqrt()),
            probabilistic_sharpe: sample.and_then(|sample| probabilistic_sharpe(&sample, 0.0)),
            min_track_record: sample.and_then(|sample| min_track_record_length(&sample, 0.0, 0.95)),
            smart_sharpe: smart_sharpe(excess, per_year).map(Sharpe::annual),
            compounded_sharpe: compounded_sharpe(r, input.risk_free, per_year),
            sortino: downside,
            adjusted_sortino: downside.map(|ratio| ratio / std::f64::consts::SQRT_2),
            smart_sortino: smart_sortino(excess, 0.0, per_year),
            compounded_sortino: compounded_sortino(r, input.risk_free, per_year),
            calmar: prepared.falls.and_then(|falls| finite(cagr(r, per_year)? / falls.max)),
            omega: omega(excess, 0.0),
            ulcer_performance: ulcer_performance_index(r, input.risk_free, per_year),
            total_return_over_ulcer: total_return_over_ulcer(r),
            serenity: serenity_index(r, Shortfall::Weighted),
            gaussian_serenity: serenity_index(r, Shortfall::Gaussian),
            recovery_factor: recovery_factor(r),
            gain_to_pain: gain_to_pain(r),
            tail_ratio: tail,
            outlier_win_ratio: quantile_sorted(sorted, 0.99).and_then(|q| outlier_win_over(q, r)),
            outlier_loss_ratio: quantile_sorted(sorted, 0.01).and_then(|q| outlier_loss_over(q, r)),
            common_sense: profit_factor(r).zip(tail).and_then(|(factor, tail)| finite(factor * tail)),
        }
    }
}
