use super::{ReportInput, definition::metrics};
use crate::calendar::best_and_worst;
use crate::growth::geometric_mean;
use crate::moments::{finite, mean};
use crate::trade::{Trade, costs_share, excursions, exposure, system_quality, turnover};
use crate::trades::{expectancy, payoff_ratio, profit_factor, win_rate};
use crate::wins::{kelly_fraction, mean_loss, mean_win, streaks};

metrics! {
    /// The closed trades; p is a trade's net profit, q its profit over its entry value.
    TradeMetrics {
        n_trades: "Trades", Count, "number of closed trades", "backtesting.py `# Trades`";
        win_rate: "Winning trades", Fraction, "share of p > 0 among all", "backtesting.py `Win Rate`";
        profit_factor: "Profit factor", Ratio, "Σ p > 0 / |Σ p < 0|", "in currency";
        return_profit_factor: "Profit factor of returns", Ratio, "Σ q > 0 / |Σ q < 0|", "backtesting.py `Profit Factor`";
        payoff_ratio: "Payoff ratio of trades", Ratio, "mean p > 0 / |mean p < 0|", "in currency";
        expectancy: "Expectancy", Currency, "mean p", "expectancy";
        mean_return: "Expectancy of returns", Fraction, "mean q", "backtesting.py `Expectancy`";
        geometric_mean_return: "Mean trade", Fraction, "Π(1 + q)^(1 / n) − 1",
            "backtesting.py `Avg. Trade`, which is 0 after a total loss instead of −1";
        mean_win: "Mean winning trade", Currency, "mean p > 0", "mean_win";
        mean_loss: "Mean losing trade", Currency, "mean p < 0", "mean_loss";
        best: "Best trade", Fraction, "largest q", "backtesting.py `Best Trade`";
        worst: "Worst trade", Fraction, "smallest q", "backtesting.py `Worst Trade`";
        system_quality: "SQN", Ratio, "√n · mean p / s(p)", "Tharp 2008; backtesting.py `SQN`";
        kelly: "Kelly fraction of trades", Fraction, "W − (1 − W) / payoff ratio, W the winning trades",
            "Kelly 1956; backtesting.py `Kelly Criterion`";
        longest_wins: "Winning trades in a row", Count, "most p > 0 in a row", "streaks";
        longest_losses: "Losing trades in a row", Count, "most p < 0 in a row", "streaks";
        mean_bars: "Mean bars in trade", Bars, "mean of exit − entry", "backtesting.py `Avg. Trade Duration`";
        longest_bars: "Longest trade", Bars, "largest exit − entry", "backtesting.py `Max. Trade Duration`";
        exposure: "Exposure", Fraction, "share of bars with an open trade, entry and exit included",
            "backtesting.py `Exposure Time`; of the equity curve's bars";
        turnover: "Turnover (ann.)", Ratio, "Σ (entry + exit value) / (2 · mean equity) / years", "of the equity curve";
        costs: "Costs", Currency, "Σ costs", "backtesting.py `Commissions`";
        costs_share: "Costs share", Fraction, "Σ costs / Σ (p + costs)", "costs_share";
        mean_mae: "Mean MAE", Fraction, "mean adverse excursion over entry value", "Sweeney 1997";
        mean_mfe: "Mean MFE", Fraction, "mean favourable excursion over entry value", "Sweeney 1997";
        worst_mae_of_winners: "Worst MAE of winners", Fraction, "largest adverse excursion of a winning trade",
            "Sweeney 1997";
        captured: "Captured", Fraction, "mean of q / MFE over the winners", "excursions";
        edge_ratio: "Edge ratio", Ratio, "mean MFE / mean MAE", "excursions";
    }
}

impl TradeMetrics {
    pub(super) fn of(input: &ReportInput<'_>) -> Self {
        let trades = input.trades;
        let profits: Vec<f64> = trades.iter().map(|trade| trade.profit).collect();
        let returns: Vec<f64> = trades.iter().map(Trade::return_fraction).collect();
        let bars: Vec<f64> = trades.iter().map(|trade| trade.bars() as f64).collect();
        let (best, worst) = best_and_worst(&returns);
        let (rate, payoff) = (win_rate(&profits), payoff_ratio(&profits));
        let runs = streaks(&profits);
        let moves = excursions(trades);
        let years = input.returns.len() as f64 / input.per_year;
        // The first value of the curve stands before the first bar.
        let of_bars = |equity: &[f64]| exposure(trades, equity.len().saturating_sub(1));
        Self {
            n_trades: Some(trades.len() as f64),
            win_rate: rate,
            profit_factor: profit_factor(&profits),
            return_profit_factor: profit_factor(&returns),
            payoff_ratio: payoff,
            expectancy: expectancy(&profits),
            mean_return: mean(&returns),
            geometric_mean_return: geometric_mean(&returns),
            mean_win: mean_win(&profits),
            mean_loss: mean_loss(&profits),
            best,
            worst,
            system_quality: system_quality(&profits),
            kelly: rate.zip(payoff).and_then(|(rate, payoff)| kelly_fraction(rate, payoff)),
            longest_wins: runs.map(|runs| runs.wins as f64),
            longest_losses: runs.map(|runs| runs.losses as f64),
            mean_bars: mean(&bars),
            longest_bars: best_and_worst(&bars).0,
            exposure: input.equity.and_then(of_bars),
            turnover: input.equity.and_then(|equity| turnover(trades, equity, years)),
            costs: finite(trades.iter().map(|trade| trade.costs).sum()),
            costs_share: costs_share(trades),
            mean_mae: moves.map(|moves| moves.mean_mae),
            mean_mfe: moves.map(|moves| moves.mean_mfe),
            worst_mae_of_winners: moves.and_then(|moves| moves.worst_mae_of_winners),
            captured: moves.and_then(|moves| moves.captured),
            edge_ratio: moves.and_then(|moves| moves.edge_ratio),
        }
    }
}
