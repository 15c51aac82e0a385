use super::{Prepared, ReportInput, definition::metrics};
use crate::growth::period_rate;
use crate::moments::finite;
use crate::relative::{
    Market, Regression, batting_average, capture, information_ratio, regression, tracking_error, treynor,
};
use crate::returns::{cagr, compound_return};

metrics! {
    /// The account beside a benchmark; regressions are of returns above the risk-free rate.
    RelativeMetrics {
        benchmark_return: "Benchmark return", Fraction, "Π(1 + b) − 1", "compound_return of the benchmark";
        benchmark_cagr: "Benchmark CAGR", Fraction, "Π(1 + b)^(periods a year / n) − 1", "cagr of the benchmark";
        excess_return: "Return above benchmark", Fraction, "total return − benchmark return", "difference of the two";
        beta: "Beta", Ratio, "cov(r, b) / var(b)", "quantstats `greeks`, empyrical `beta`; backtesting.py takes log returns";
        alpha: "Alpha (ann.)", Fraction, "(mean(r − r_f) − β · mean(b − r_f)) · periods a year",
            "Jensen 1968; quantstats `greeks`";
        compounded_alpha: "Alpha (ann., compounded)", Fraction, "(1 + α of a period)^(periods a year) − 1",
            "empyrical `alpha`";
        total_alpha: "Alpha (whole history)", Fraction, "total return − r_f − β · (benchmark return − r_f)",
            "backtesting.py `Alpha`, whose β is of log returns";
        correlation: "Correlation", Ratio, "cov(r, b) / (s_r · s_b)", "Pearson";
        r_squared: "R²", Ratio, "correlation²", "quantstats `r_squared`";
        tracking_error: "Tracking error (ann.)", Fraction, "s(r − b) · √(periods a year)", "Grinold and Kahn 1999";
        information_ratio: "Information ratio (ann.)", Ratio, "mean(r − b) / s(r − b) · √(periods a year)",
            "Grinold and Kahn 1999";
        period_information_ratio: "Information ratio (period)", Ratio, "mean(r − b) / s(r − b)",
            "quantstats `information_ratio`, empyrical `excess_sharpe`";
        treynor: "Treynor ratio", Ratio, "mean(r − r_f) · periods a year / β", "Treynor 1965";
        total_treynor: "Total return over beta", Ratio, "(total return − r_f) / β",
            "quantstats `treynor_ratio`; grows with the length of the history";
        up_capture: "Up capture", Ratio, "CAGR of r / CAGR of b where b > 0", "empyrical `up_capture`";
        down_capture: "Down capture", Ratio, "CAGR of r / CAGR of b where b < 0", "empyrical `down_capture`";
        capture: "Capture", Ratio, "CAGR of r / CAGR of b", "empyrical `capture`";
        batting_average: "Batting average", Fraction, "share of periods with r > b", "empyrical `batting_average`";
    }
}

impl RelativeMetrics {
    pub(super) fn of(input: &ReportInput<'_>, prepared: &Prepared, benchmark: &[f64]) -> Self {
        let (r, per_year) = (input.returns, input.per_year);
        let rate = period_rate(input.risk_free, per_year).unwrap_or(0.0);
        let excess_benchmark: Vec<f64> = benchmark.iter().map(|b| b - rate).collect();
        let line = regression(&prepared.excess, &excess_benchmark);
        let (total, of_benchmark) = (compound_return(r), compound_return(benchmark));
        let ratio = information_ratio(r, benchmark);
        let captured = |market| capture(r, benchmark, per_year, market);
        Self {
            benchmark_return: of_benchmark,
            benchmark_cagr: cagr(benchmark, per_year),
            excess_return: total.zip(of_benchmark).map(|(r, b)| r - b),
            beta: line.map(|line| line.beta),
            alpha: line.map(|line| line.annual_alpha(per_year)),
            compounded_alpha: line.and_then(|line| line.compounded_alpha(per_year)),
            total_alpha: total
                .zip(of_benchmark)
                .zip(line)
                .and_then(|((r, b), line)| finite(r - input.risk_free - line.beta * (b - input.risk_free))),
            correlation: line.and_then(|line: Regression| line.correlation),
            r_squared: line.and_then(|line| line.r_squared),
            tracking_error: tracking_error(r, benchmark, per_year),
            information_ratio: ratio.map(|ratio| ratio * per_year.sqrt()),
            period_information_ratio: ratio,
            treynor: treynor(&prepared.excess, &excess_benchmark, per_year),
            total_treynor: total.zip(line).and_then(|(total, line)| finite((total - input.risk_free) / line.beta)),
            up_capture: captured(Market::Up),
            down_capture: captured(Market::Down),
            capture: captured(Market::All),
            batting_average: batting_average(r, benchmark, Market::All),
        }
    }
}
