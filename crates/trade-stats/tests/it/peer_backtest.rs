//! A whole back-test of backtesting.py: its equity and trades in, its statistics out.

use trade_stats::{
    Trade, compounded_sharpe, compounded_sortino, compounded_volatility, drawdown_summary, excursions, exposure,
    geometric_mean, kelly_fraction, mean, payoff_ratio, profit_factor, regression, system_quality, win_rate,
};

use crate::close::Close;
use crate::golden::rows;

const EQUITY: &str = include_str!("../golden/peer_equity.csv");
const TRADES: &str = include_str!("../golden/peer_trades.csv");
const EXPECTED: &str = include_str!("../golden/metrics.csv");

/// backtesting.py's guess for daily bars that have weekends.
const PER_YEAR: f64 = 365.0;

/// It holds the market from the first bar on which all indicators have values, but the account from the first of all.
const WARM_UP: usize = 14;

struct Peer {
    equity: Vec<f64>,
    close: Vec<f64>,
    trades: Vec<Trade>,
}

fn peer() -> Peer {
    let columns: Vec<Vec<f64>> =
        rows(EQUITY).map(|row| row.iter().map(|cell| cell.parse().unwrap()).collect()).collect();
    let trade = |row: Vec<&str>| {
        let number = |i: usize| row[i].parse::<f64>().unwrap();
        let size = number(2).abs();
        let trade = Trade {
            entry: row[0].parse().unwrap(),
            exit: row[1].parse().unwrap(),
            entry_value: size * number(3),
            exit_value: size * number(4),
            profit: number(5),
            costs: number(6),
            mae: None,
            mfe: None,
        };
        Close(1e-12).check_relative(trade.return_fraction(), number(7), "return of a trade");
        trade
    };
    Peer {
        equity: columns.iter().map(|row| row[0]).collect(),
        close: columns.iter().map(|row| row[1]).collect(),
        trades: rows(TRADES).map(trade).collect(),
    }
}

fn changes(values: &[f64], change: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    values.windows(2).map(|pair| change(pair[0], pair[1])).collect()
}

impl Peer {
    fn statistic(&self, name: &str) -> Option<f64> {
        let simple = changes(&self.equity, |a, b| b / a - 1.0);
        let falls = drawdown_summary(&self.equity)?;
        let total = |values: &[f64]| values.last().unwrap() / values[0] - 1.0;
        let log = |values: &[f64]| changes(values, |a, b| libm::log(b / a));
        let beta = regression(&log(&self.equity), &log(&self.close))?.beta;
        let yearly = trade_stats::cagr(&simple, PER_YEAR)?;
        let profits: Vec<f64> = self.trades.iter().map(|trade| trade.profit).collect();
        let returns: Vec<f64> = self.trades.iter().map(Trade::return_fraction).collect();
        let bars: Vec<f64> = self.trades.iter().map(|trade| trade.bars() as f64).collect();
        let costs: f64 = self.trades.iter().map(|trade| trade.costs).sum();
        match name {
            "Exposure Time [%]" => exposure(&self.trades, self.equity.len()).map(percent),
            "Equity Final [$]" => self.equity.last().copied(),
            "Equity Peak [$]" => self.equity.iter().copied().reduce(f64::max),
            "Commissions [$]" => Some(costs),
            "Return [%]" => Some(percent(total(&self.equity))),
            "Buy & Hold Return [%]" => Some(percent(total(&self.close[WARM_UP..]))),
            "Return (Ann.) [%]" => Some(percent(yearly)),
            "Volatility (Ann.) [%]" => compounded_volatility(&simple, PER_YEAR).map(percent),
            // 499 days are so many years of 365.25 days.
            "CAGR [%]" => trade_stats::cagr(&[total(&self.equity)], 365.25 / 499.0).map(percent),
            "Sharpe Ratio" => compounded_sharpe(&simple, 0.0, PER_YEAR),
            "Sortino Ratio" => compounded_sortino(&simple, 0.0, PER_YEAR),
            "Calmar Ratio" => Some(yearly / falls.max),
            "Alpha [%]" => Some(percent(total(&self.equity) - beta * total(&self.close[WARM_UP..]))),
            "Beta" => Some(beta),
            "Max. Drawdown [%]" => Some(-percent(falls.max)),
            "Avg. Drawdown [%]" => falls.mean.map(|mean| -percent(mean)),
            "Max. Drawdown Duration" => Some(falls.longest as f64),
            // Rounded up to whole bars.
            "Avg. Drawdown Duration" => falls.mean_duration.map(f64::ceil),
            "n Trades" => Some(self.trades.len() as f64),
            "Win Rate [%]" => win_rate(&profits).map(percent),
            "Best Trade [%]" => returns.iter().copied().reduce(f64::max).map(percent),
            "Worst Trade [%]" => returns.iter().copied().reduce(f64::min).map(percent),
            "Avg. Trade [%]" => geometric_mean(&returns).map(percent),
            "Max. Trade Duration" => bars.iter().copied().reduce(f64::max),
            "Avg. Trade Duration" => mean(&bars).map(f64::ceil),
            "Profit Factor" => profit_factor(&returns),
            "Expectancy [%]" => mean(&returns).map(percent),
            "SQN" => system_quality(&profits),
            "Kelly Criterion" => kelly_fraction(win_rate(&profits)?, payoff_ratio(&profits)?),
            _ => panic!("backtesting.py has no {name}"),
        }
    }
}

fn percent(fraction: f64) -> f64 {
    100.0 * fraction
}

#[test]
fn statistics_equal_those_of_backtesting_py() {
    let peer = peer();
    let mut n_checked = 0;
    for row in rows(EXPECTED).filter(|row| row[1] == "backtesting" && row[2] != "Duration") {
        let expected = row[3].parse().unwrap();
        let found = peer.statistic(row[2]).unwrap_or_else(|| panic!("{} is undefined", row[2]));
        Close(1e-11).check_relative(found, expected, row[2]);
        n_checked += 1;
    }
    assert_eq!(n_checked, 29);
}

#[test]
fn the_peer_records_no_excursions() {
    assert_eq!(excursions(&peer().trades), None);
}
