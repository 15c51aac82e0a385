//! The leverage that would have let equity grow fastest.

use std::collections::VecDeque;

use broker::ClosedLot;

use crate::plan::KellyRule;

/// Returns of the latest closed trades on the value of their positions, the oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kelly(VecDeque<f64>);

impl Kelly {
    pub(crate) fn add(&mut self, closed: &ClosedLot, rule: &KellyRule) {
        if self.0.len() == rule.n_trades {
            self.0.pop_front();
        }
        self.0.push_back(closed.profit / (closed.lot.entry_price * closed.lot.quantity));
    }

    /// The leverage of the next position.
    pub(crate) fn leverage(&self, rule: &KellyRule) -> f64 {
        if self.0.len() < rule.n_trades {
            return rule.min_leverage;
        }
        let n_trades = rule.n_trades as f64;
        let mean = self.0.iter().sum::<f64>() / n_trades;
        let squares: f64 = self.0.iter().map(|value| (value - mean) * (value - mean)).sum();
        let leverage = rule.fraction * mean / (squares / (n_trades - 1.0));
        // Without variance it is infinite, or not a number where the mean is 0, too.
        if leverage > rule.min_leverage { f64::min(leverage, rule.max_leverage) } else { rule.min_leverage }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "limits are given back as they are")]
mod tests {
    use broker::{Account, Bracket, Commission, Costs, Direction, ExitReason, LotAccount, Spread};

    use super::Kelly;
    use crate::plan::KellyRule;

    const RULE: KellyRule = KellyRule { fraction: 0.5, n_trades: 3, min_leverage: 0.25, max_leverage: 20.0 };

    /// Long trades from 100 to each of the exits.
    fn after(exits: &[f64]) -> Kelly {
        let costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None };
        let account = Account { initial_cash: 1_000.0, tick_size: 0.01, quantity_step: 1.0, costs };
        let (mut lots, mut kelly) = (LotAccount::new(&account).unwrap(), Kelly::default());
        for &exit in exits {
            lots.enter(Direction::Long, 2.0, Bracket::default()).unwrap();
            lots.fill(0, 100.0, 0.0);
            lots.close(ExitReason::Signal);
            kelly.add(&lots.fill(1, exit, 0.0).unwrap(), &RULE);
        }
        kelly
    }

    #[test]
    fn leverage_is_mean_over_variance_of_the_latest_trades() {
        assert_eq!(after(&[110.0, 120.0]).leverage(&RULE), 0.25);
        // Returns 0.1, −0.1 and 0.06: mean 0.02, variance 0.0112.
        let found = after(&[400.0, 110.0, 90.0, 106.0]).leverage(&RULE);
        assert!((found - 0.5 * 0.02 / 0.0112).abs() < 1e-12, "{found}");
    }

    #[test]
    fn leverage_stays_within_its_limits() {
        assert_eq!(after(&[110.0, 90.0, 95.0]).leverage(&RULE), 0.25);
        assert_eq!(after(&[110.0, 110.0, 110.0]).leverage(&RULE), 20.0);
        assert_eq!(after(&[100.0, 100.0, 100.0]).leverage(&RULE), 0.25);
        assert_eq!(after(&[90.0, 90.0, 90.0]).leverage(&RULE), 0.25);
    }
}
