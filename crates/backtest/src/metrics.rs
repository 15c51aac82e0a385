use broker::ClosedLot;
use market::{BarsView, UnixNanos};
use serde::{Deserialize, Serialize};
use trade_stats::Sharpe;

use crate::Error;
use crate::curve::Figures;

/// The numbers that sum up a run. Money is in quote currency; what is undefined is `None`.
///
/// Returns are those of equity from close to close, one for each bar of the window; the first starts from the initial
/// cash. After a bankruptcy they are 0. Ratios are annualised with the bars a year that the window itself shows: its
/// bars over the time from the first bar's open to the last bar's end, in years of 365.25 days. So weekends and gaps
/// count as time, and a window of a few weeks gives large numbers that promise nothing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Bars of the window.
    pub n_bars: usize,
    /// Closed trades.
    pub n_trades: usize,
    /// Entries that could not be ordered.
    pub n_dropped: usize,
    /// Final equity less initial cash.
    pub net_profit: f64,
    /// Sum of the profits of trades that won, net of their costs.
    pub gross_profit: f64,
    /// Sum of the losses of trades that lost, net of their costs, as a number not below 0.
    pub gross_loss: f64,
    /// Commission, spread and slippage of all trades.
    pub costs: f64,
    /// Net profit over initial cash: 0.05 is 5 %.
    pub total_return: f64,
    /// Deepest fall of equity from a peak, over that peak: 0.2 is 20 %; above 1 where equity fell below 0. Measured at
    /// closes, from the initial cash on.
    pub max_drawdown: f64,
    /// Arithmetic mean of the returns.
    pub mean_return: f64,
    /// Sample standard deviation of the returns (divisor n − 1).
    pub std_return: f64,
    /// Skewness of the returns, biased (divisor n); `None` where all are equal.
    pub skewness: Option<f64>,
    /// Raw kurtosis of the returns, biased (divisor n): 3 for a normal distribution; `None` where all are equal.
    pub kurtosis: Option<f64>,
    /// Mean over standard deviation of the returns, per bar, with the bars a year; `None` without variance.
    pub sharpe: Option<Sharpe>,
    /// Annualised mean return over annualised downside deviation from 0; `None` without a negative return.
    pub sortino: Option<f64>,
    /// Annual growth rate over `max_drawdown`; `None` without a drawdown or after a loss of more than everything.
    pub calmar: Option<f64>,
    /// `gross_profit` over `gross_loss`; `None` without a loss.
    pub profit_factor: Option<f64>,
    /// Fraction of trades with a profit above 0; `None` without trades.
    pub win_rate: Option<f64>,
    /// Mean profit of a trade; `None` without trades.
    pub expectancy: Option<f64>,
    /// Fraction of bars at whose close a position is open, the close that ends the window included.
    pub exposure: f64,
    /// Mean of exit bar less entry bar, 0 for a trade within one bar; `None` without trades.
    pub mean_bars_in_trade: Option<f64>,
    /// Whether equity was zero or less at a bar's close; from there on nothing was traded.
    pub bankrupt: bool,
}

/// What is counted while a run goes on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    n_trades: usize,
    n_won: usize,
    gross_profit: f64,
    gross_loss: f64,
    costs: f64,
    bars_in_trades: usize,
    /// Bars that have gone by.
    pub(crate) n_bars: usize,
    pub(crate) n_dropped: usize,
    /// Bars at whose close a position is open.
    pub(crate) n_held: usize,
    pub(crate) bankrupt: bool,
}

impl Tally {
    pub(crate) fn add(&mut self, trade: &ClosedLot) {
        self.n_trades += 1;
        if trade.profit > 0.0 {
            self.n_won += 1;
            self.gross_profit += trade.profit;
        } else {
            self.gross_loss -= trade.profit;
        }
        self.costs += trade.costs;
        self.bars_in_trades += trade.exit_bar - trade.lot.entry_bar;
    }

    /// Sums up a run over `bars` that led from the initial cash to the last equity.
    pub(crate) fn metrics(
        &self,
        bars: &BarsView<'_>,
        initial: f64,
        last: f64,
        Figures { moments, downside, max_drawdown }: Figures,
    ) -> Result<Metrics, Error> {
        let n_bars = bars.len();
        if !last.is_finite() {
            return Err(Error::NotFinite);
        }
        let bars_per_year = bars_per_year(bars);
        let total_return = last / initial - 1.0;
        // The whole window as one period: its growth rate needs no product over all bars.
        let growth = trade_stats::cagr(&[total_return], bars_per_year / n_bars as f64);
        let per_trade = |sum: f64| (self.n_trades > 0).then(|| sum / self.n_trades as f64);
        Ok(Metrics {
            n_bars,
            n_trades: self.n_trades,
            n_dropped: self.n_dropped,
            net_profit: last - initial,
            gross_profit: self.gross_profit,
            gross_loss: self.gross_loss,
            costs: self.costs,
            total_return,
            max_drawdown,
            mean_return: moments.mean,
            std_return: moments.std,
            skewness: moments.skewness,
            kurtosis: moments.kurtosis,
            sharpe: Sharpe::from_moments(&moments, bars_per_year),
            sortino: Some(moments.mean * bars_per_year / (downside * bars_per_year.sqrt())).filter(|it| it.is_finite()),
            calmar: growth.filter(|_| max_drawdown > 0.0).map(|growth| growth / max_drawdown),
            profit_factor: (self.gross_loss > 0.0).then(|| self.gross_profit / self.gross_loss),
            win_rate: per_trade(self.n_won as f64),
            expectancy: per_trade(self.gross_profit - self.gross_loss),
            exposure: self.n_held as f64 / n_bars as f64,
            mean_bars_in_trade: per_trade(self.bars_in_trades as f64),
            bankrupt: self.bankrupt,
        })
    }
}

fn bars_per_year(bars: &BarsView<'_>) -> f64 {
    const NANOS_PER_YEAR: f64 = 365.25 * UnixNanos::PER_DAY as f64;
    let (first, last) = (bars.open_time[0].0, bars.open_time[bars.len() - 1].0);
    bars.len() as f64 * NANOS_PER_YEAR / (last - first + bars.timeframe().nanos()) as f64
}
