//! Stops, targets and sizes.

use super::Checker;
use crate::{BreakEven, Distance, IndicatorCall, ProblemKind, Risk, SizeRule, Sizing, TrailingStop};

/// Largest value of a position over equity.
const MAX_LEVERAGE: f64 = 1e3;

impl Checker<'_> {
    pub(super) fn risk(&mut self, risk: &Risk) {
        for (name, distance) in [("risk.stop_loss", &risk.stop_loss), ("risk.take_profit", &risk.take_profit)] {
            if let Some(distance) = distance {
                self.distance(name, distance);
            }
        }
        if let Some(TrailingStop { distance, after, .. }) = &risk.trailing_stop {
            self.distance("risk.trailing_stop.distance", distance);
            if let Some(after) = after {
                self.distance("risk.trailing_stop.after", after);
            }
        }
        if let Some(BreakEven { after, lock_ticks }) = &risk.break_even {
            self.distance("risk.break_even.after", after);
            self.arg("risk.break_even.lock_ticks", *lock_ticks, 0.0, 1e9);
        }
        if let Some(max_bars) = risk.max_bars {
            self.whole_arg("risk.max_bars", max_bars);
            self.arg("risk.max_bars", max_bars, 1.0, 1e9);
        }
    }

    fn distance(&mut self, path: &str, distance: &Distance) {
        match distance {
            Distance::Ticks(ticks) => self.arg(&format!("{path}.ticks"), *ticks, 1.0, 1e9),
            Distance::Percent(percent) => self.arg(&format!("{path}.percent"), *percent, 1e-6, 100.0),
            Distance::Atr { period, multiple } => {
                let info = IndicatorCall::average_true_range(*period).kind.info();
                self.defined(&format!("{path}.atr"), info);
                self.parameter(&format!("{path}.atr.period"), *period, &info.parameters[0]);
                self.arg(&format!("{path}.atr.multiple"), *multiple, 1e-6, 1e6);
            }
        }
    }

    pub(super) fn sizing(&mut self, sizing: &Sizing, has_stop: bool) {
        let path = "sizing.rule";
        let above_zero = f64::MIN_POSITIVE;
        match &sizing.rule {
            SizeRule::Units(units) => self.within(&format!("{path}.units"), *units, above_zero, 1e15),
            SizeRule::EquityFraction(fraction) => {
                self.within(&format!("{path}.equity_fraction"), *fraction, above_zero, MAX_LEVERAGE);
            }
            SizeRule::RiskFraction(fraction) => {
                self.within(&format!("{path}.risk_fraction"), *fraction, above_zero, 1.0);
                if !has_stop {
                    self.report(path, ProblemKind::RiskWithoutStop);
                }
            }
            SizeRule::VolatilityTarget { target, volatility, max_leverage } => {
                self.within(&format!("{path}.volatility_target.target"), *target, above_zero, 1e3);
                self.num(&format!("{path}.volatility_target.volatility"), volatility, 1);
                self.within(&format!("{path}.volatility_target.max_leverage"), *max_leverage, above_zero, MAX_LEVERAGE);
            }
            SizeRule::Kelly { fraction, n_trades, min_leverage, max_leverage } => {
                self.within(&format!("{path}.kelly.fraction"), *fraction, above_zero, 1.0);
                self.within(&format!("{path}.kelly.n_trades"), f64::from(*n_trades), 2.0, 10_000.0);
                self.within(&format!("{path}.kelly.max_leverage"), *max_leverage, above_zero, MAX_LEVERAGE);
                self.within(&format!("{path}.kelly.min_leverage"), *min_leverage, 0.0, *max_leverage);
            }
        }
        if let Some(confidence) = &sizing.confidence {
            self.num("sizing.confidence", confidence, 1);
        }
    }
}
