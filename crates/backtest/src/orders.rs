//! What a strategy orders at a bar's close.

use broker::{Bracket, Direction, ExitReason, Rejection};

use strategy::CmpOp;

use crate::DropReason;
use crate::eval::resolve;
use crate::kernel::{Recorder, Run};
use crate::plan::{DistanceNode, SizeNode};
use crate::program::NumId;

impl<R: Recorder> Run<'_, R> {
    /// Turns the conditions at a bar's close into orders.
    #[inline]
    pub(crate) fn decide(&mut self, bar: usize) {
        let open = self.state.lots.lot().map(|lot| lot.direction);
        let entry = self.signals.entry(bar).filter(|&direction| open != Some(direction));
        if let Some(direction) = entry {
            match self.enter(bar, direction) {
                // An order against the position closes it, too.
                Ok(()) => return,
                Err(reason) => {
                    self.state.tally.n_dropped += 1;
                    self.recorder.dropped(bar, direction, reason);
                }
            }
        }
        let Some(direction) = open else { return };
        if self.signals.exits(direction, bar) {
            self.state.lots.close(ExitReason::Signal);
        } else if self.last_held(bar) <= bar {
            self.state.lots.close(ExitReason::TimeStop);
        }
    }

    #[inline]
    fn enter(&mut self, bar: usize, direction: Direction) -> Result<(), DropReason> {
        let plan = self.setting.plan;
        let ticks = |node: Option<DistanceNode>| node.map(|node| self.ticks(node, bar)).transpose();
        let bracket = Bracket { stop_loss_ticks: ticks(plan.stop_loss)?, take_profit_ticks: ticks(plan.take_profit)? };
        let guard = self.guard(bar, direction)?;
        let quantity = self.full_size(bar, bracket)? * self.confidence(bar)?;
        self.state.lots.enter(direction, quantity, bracket).map_err(|rejection| match rejection {
            Rejection::QuantityBelowStep { .. } => DropReason::BelowStep,
            // Nothing else can be refused: the account is solvent, and no position of that side is open.
            _ => DropReason::TooLarge,
        })?;
        self.state.guard = guard;
        Ok(())
    }

    /// The size at full confidence.
    #[inline]
    fn full_size(&self, bar: usize, bracket: Bracket) -> Result<f64, DropReason> {
        let close = self.bars.close[bar];
        let equity = self.state.lots.equity(close);
        Ok(match self.setting.plan.size {
            SizeNode::Units(units) => units,
            SizeNode::EquityFraction(fraction) => equity * fraction / close,
            SizeNode::RiskFraction(fraction) => {
                let ticks = bracket.stop_loss_ticks.expect("a valid strategy has a stop to size by");
                equity * fraction / (f64::from(ticks) * self.setting.account.tick_size)
            }
            SizeNode::VolatilityTarget { target, volatility, max_leverage } => {
                let volatility = self.number(volatility, bar);
                if volatility.is_nan() || volatility <= CmpOp::TOLERANCE {
                    return Err(DropReason::NoVolatility);
                }
                equity * f64::min(target / volatility, max_leverage) / close
            }
            SizeNode::Kelly(rule) => equity * self.state.kelly.leverage(&rule) / close,
        })
    }

    /// Whole ticks of a distance at a bar's close.
    #[inline]
    pub(crate) fn ticks(&self, node: DistanceNode, bar: usize) -> Result<u32, DropReason> {
        let tick = self.setting.account.tick_size;
        let ticks = match node {
            DistanceNode::Ticks(ticks) => resolve(ticks, self.setting.params),
            DistanceNode::Percent(percent) => {
                self.bars.close[bar] * resolve(percent, self.setting.params) / 100.0 / tick
            }
            DistanceNode::Atr { column, multiple } => {
                let range = self.state.columns.values(self.setting.market, column)[bar];
                range * resolve(multiple, self.setting.params) / tick
            }
        };
        let whole = ticks.round();
        if whole.is_nan() || whole > f64::from(u32::MAX) {
            return Err(DropReason::NoDistance);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to u32::MAX")]
        Ok(whole.max(1.0) as u32)
    }

    /// The factor of the size at a bar's close, 0 to 1.
    #[inline]
    fn confidence(&self, bar: usize) -> Result<f64, DropReason> {
        let Some(num) = self.setting.plan.confidence else { return Ok(1.0) };
        let value = self.number(num, bar);
        if value.is_nan() { Err(DropReason::NoConfidence) } else { Ok(value.clamp(0.0, 1.0)) }
    }

    /// A number of the program at a bar of the current block.
    fn number(&self, num: NumId, bar: usize) -> f64 {
        let start = self.signals.start();
        self.evaluation.value(self.setting, &self.state.columns, num, [start, bar - start])
    }
}
