use super::definition::metrics;
use crate::calendar::{best_and_worst, coarser, first_since, period_returns};
use crate::pain::gain_to_pain;
use crate::returns::{cagr, compound_return};
use crate::trades::{payoff_ratio, profit_factor};
use crate::wins::{
    cpc_index, decided_win_rate, kelly_fraction, mean_loss, mean_nonzero, mean_win, profit_ratio, streaks,
};

metrics! {
    /// Winning and losing periods of the returns.
    PeriodMetrics {
        n_periods: "Periods", Count, "number of returns", "the input";
        best: "Best period", Fraction, "largest r", "quantstats `best`";
        worst: "Worst period", Fraction, "smallest r", "quantstats `worst`";
        mean_nonzero: "Mean return (r ≠ 0)", Fraction, "mean of the returns that are not 0", "quantstats `avg_return`";
        mean_win: "Mean win", Fraction, "mean of r > 0", "quantstats `avg_win`";
        mean_loss: "Mean loss", Fraction, "mean of r < 0", "quantstats `avg_loss`";
        win_rate: "Winning periods", Fraction, "share of r > 0 among r ≠ 0", "quantstats `win_rate`";
        payoff_ratio: "Payoff ratio", Ratio, "mean win / |mean loss|", "quantstats `payoff_ratio`, `win_loss_ratio`";
        profit_factor: "Profit factor of periods", Ratio, "Σ r > 0 / |Σ r < 0|", "quantstats `profit_factor`";
        profit_ratio: "Profit ratio", Ratio, "(mean of r ≥ 0 / their number) / (|mean of r < 0| / their number)",
            "quantstats `profit_ratio`";
        cpc_index: "CPC index", Ratio, "profit factor · winning periods · payoff ratio", "quantstats `cpc_index`";
        kelly: "Kelly fraction", Fraction, "W − (1 − W) / payoff ratio, W the winning periods",
            "Kelly 1956; quantstats `kelly_criterion`";
        longest_wins: "Longest winning streak", Periods, "most r > 0 in a row", "quantstats `consecutive_wins`";
        longest_losses: "Longest losing streak", Periods, "most r < 0 in a row", "quantstats `consecutive_losses`";
    }
}

metrics! {
    /// Months, quarters and years, from the month of each return.
    CalendarMetrics {
        n_months: "Months", Count, "months with a return", "period_returns";
        month_to_date: "Last month", Fraction, "compounded return of the last month", "quantstats `MTD`";
        quarter_to_date: "Last quarter", Fraction, "compounded return of the last quarter", "period_returns";
        year_to_date: "Last year", Fraction, "compounded return of the last calendar year", "quantstats `YTD`";
        three_months: "3 months", Fraction, "compounded return of the last 3 calendar months, the last included",
            "quantstats `3M` counts from the day";
        six_months: "6 months", Fraction, "compounded return of the last 6 calendar months", "quantstats `6M` counts from the day";
        twelve_months: "12 months", Fraction, "compounded return of the last 12 calendar months",
            "quantstats `1Y` counts from the day";
        three_years: "3 years (ann.)", Fraction, "CAGR of the last 36 calendar months", "quantstats `3Y` counts 35 months from the day";
        five_years: "5 years (ann.)", Fraction, "CAGR of the last 60 calendar months", "quantstats `5Y` counts 59 months from the day";
        ten_years: "10 years (ann.)", Fraction, "CAGR of the last 120 calendar months",
            "quantstats `10Y` counts 119 months from the day";
        best_month: "Best month", Fraction, "largest return of a month", "quantstats `best` by months";
        worst_month: "Worst month", Fraction, "smallest return of a month", "quantstats `worst` by months";
        best_year: "Best year", Fraction, "largest return of a calendar year", "quantstats `best` by years";
        worst_year: "Worst year", Fraction, "smallest return of a calendar year", "quantstats `worst` by years";
        mean_month: "Geometric mean month", Fraction, "Π(1 + r)^(1 / months) − 1", "quantstats `expected_return` by months";
        mean_year: "Geometric mean year", Fraction, "Π(1 + r)^(1 / calendar years) − 1",
            "quantstats `expected_return` by years; a part of a year counts as one";
        mean_up_month: "Mean up month", Fraction, "mean of the months above 0", "quantstats `avg_win` by months";
        mean_down_month: "Mean down month", Fraction, "mean of the months below 0", "quantstats `avg_loss` by months";
        winning_months: "Winning months", Fraction, "share above 0 among those not 0", "quantstats `win_rate` by months";
        winning_quarters: "Winning quarters", Fraction, "share above 0 among those not 0", "quantstats `win_rate` by quarters";
        winning_years: "Winning years", Fraction, "share above 0 among those not 0", "quantstats `win_rate` by years";
        monthly_gain_to_pain: "Gain to pain of months", Ratio, "Σ month / Σ |month < 0|, months compounded",
            "Schwager 2012; quantstats sums the returns of a month instead";
    }
}

impl PeriodMetrics {
    pub(super) fn of(r: &[f64]) -> Self {
        let (best, worst) = best_and_worst(r);
        let (win_rate, payoff) = (decided_win_rate(r), payoff_ratio(r));
        let runs = streaks(r);
        Self {
            n_periods: Some(r.len() as f64),
            best,
            worst,
            mean_nonzero: mean_nonzero(r),
            mean_win: mean_win(r),
            mean_loss: mean_loss(r),
            win_rate,
            payoff_ratio: payoff,
            profit_factor: profit_factor(r),
            profit_ratio: profit_ratio(r),
            cpc_index: cpc_index(r),
            kelly: win_rate.zip(payoff).and_then(|(rate, payoff)| kelly_fraction(rate, payoff)),
            longest_wins: runs.map(|runs| runs.wins as f64),
            longest_losses: runs.map(|runs| runs.losses as f64),
        }
    }
}

impl CalendarMetrics {
    /// `None` where the keys fall.
    pub(super) fn of(r: &[f64], month_keys: &[i64], per_year: f64) -> Option<Self> {
        let by = |months: i64| {
            let keys = coarser(month_keys, months);
            Some(period_returns(r, &keys)?.into_iter().map(|period| period.value).collect::<Vec<f64>>())
        };
        let (months, quarters, years) = (by(1)?, by(3)?, by(12)?);
        let last = *month_keys.last()?;
        // A window longer than the history is no "last 12 months".
        let first_of = |n: i64| {
            (last.saturating_sub(month_keys[0]) >= n - 1).then(|| first_since(month_keys, last.saturating_sub(n - 1)))
        };
        let trailing = |n: i64| compound_return(&r[first_of(n)?..]);
        let yearly = |n: i64| cagr(&r[first_of(n)?..], per_year);
        let (best_month, worst_month) = best_and_worst(&months);
        let (best_year, worst_year) = best_and_worst(&years);
        Some(Self {
            n_months: Some(months.len() as f64),
            month_to_date: months.last().copied(),
            quarter_to_date: quarters.last().copied(),
            year_to_date: years.last().copied(),
            three_months: trailing(3),
            six_months: trailing(6),
            twelve_months: trailing(12),
            three_years: yearly(36),
            five_years: yearly(60),
            ten_years: yearly(120),
            best_month,
            worst_month,
            best_year,
            worst_year,
            mean_month: crate::geometric_mean(&months),
            mean_year: crate::geometric_mean(&years),
            mean_up_month: mean_win(&months),
            mean_down_month: mean_loss(&months),
            winning_months: decided_win_rate(&months),
            winning_quarters: decided_win_rate(&quarters),
            winning_years: decided_win_rate(&years),
            monthly_gain_to_pain: gain_to_pain(&months),
        })
    }
}
