//! How large a position is.

use super::{Bracket, Setting, Trade, value};
use strategy::{CmpOp, SizeRule};

impl Setting<'_> {
    /// The size at full confidence.
    pub(super) fn size(&self, i: usize, equity: f64, bracket: Bracket, trades: &[Trade]) -> Option<f64> {
        let close = self.bars.close[i];
        Some(match &self.rules.sizing.rule {
            SizeRule::Units(units) => *units,
            SizeRule::EquityFraction(fraction) => equity * fraction / close,
            SizeRule::RiskFraction(fraction) => {
                equity * fraction / (f64::from(bracket.stop_loss_ticks.unwrap()) * self.account.tick_size)
            }
            SizeRule::VolatilityTarget { target, volatility, max_leverage } => {
                let volatility =
                    value(volatility, self.bars, Some(i)).filter(|&volatility| volatility > CmpOp::TOLERANCE)?;
                equity * (target / volatility).min(*max_leverage) / close
            }
            SizeRule::Kelly { fraction, n_trades, min_leverage, max_leverage } => {
                let latest = trades.len().checked_sub(usize::from(*n_trades)).map(|first| &trades[first..]);
                let kelly = latest.map_or(f64::NAN, full_kelly);
                let leverage = if kelly.is_nan() { *min_leverage } else { fraction * kelly };
                equity * leverage.min(*max_leverage).max(*min_leverage) / close
            }
        })
    }
}

fn full_kelly(trades: &[Trade]) -> f64 {
    let n = trades.len() as f64;
    let returns: Vec<f64> = trades.iter().map(|trade| trade.profit / (trade.entry_price * trade.quantity)).collect();
    let mean = returns.iter().sum::<f64>() / n;
    let variance = returns.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0);
    mean / variance
}
