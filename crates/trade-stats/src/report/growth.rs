use super::{ReportInput, definition::metrics};
use crate::calendar::best_and_worst;
use crate::growth::{active_share, geometric_mean, risk_adjusted_return};
use crate::moments::{finite, mean};
use crate::returns::{cagr, compound_return};
use crate::shape::stability;
use crate::sum::sum;

metrics! {
    /// How the account grew.
    GrowthMetrics {
        total_return: "Total return", Fraction, "Π(1 + r) − 1",
            "quantstats `comp`, empyrical `cum_returns_final`, backtesting.py `Return`";
        summed_return: "Summed return", Fraction, "Σ r", "quantstats with compounded=False";
        cagr: "CAGR", Fraction, "Π(1 + r)^(periods a year / n) − 1",
            "quantstats `cagr`, empyrical `annual_return`, backtesting.py `Return (Ann.)`; its `CAGR` counts calendar days";
        mean_return: "Mean return", Fraction, "Σ r / n", "arithmetic mean of a period";
        geometric_mean: "Geometric mean return", Fraction, "Π(1 + r)^(1 / n) − 1", "quantstats `expected_return`";
        active_share: "Time in market", Fraction, "share of periods with r ≠ 0",
            "quantstats `exposure`, which rounds up to whole per cents";
        risk_adjusted_return: "Return over time in market", Fraction, "CAGR / time in market",
            "quantstats `rar`, which ignores the periods a year it is given";
        final_equity: "Final equity", Currency, "last value of the equity curve", "backtesting.py `Equity Final`";
        peak_equity: "Peak equity", Currency, "largest value of the equity curve", "backtesting.py `Equity Peak`";
        stability: "Stability", Ratio, "R² of the line through the cumulated log returns",
            "empyrical `stability_of_timeseries`";
    }
}

impl GrowthMetrics {
    pub(super) fn of(input: &ReportInput<'_>) -> Self {
        let (r, per_year) = (input.returns, input.per_year);
        Self {
            total_return: compound_return(r),
            summed_return: finite(sum(r)),
            cagr: cagr(r, per_year),
            mean_return: mean(r),
            geometric_mean: geometric_mean(r),
            active_share: active_share(r),
            risk_adjusted_return: risk_adjusted_return(r, per_year),
            final_equity: input.equity.and_then(|equity| equity.last().copied()),
            peak_equity: input.equity.and_then(|equity| best_and_worst(equity).0),
            stability: stability(r),
        }
    }
}
