//! What moves the stop of an open position and ends it by age.

use std::ops::Range;

use broker::{Direction, Lot};
use strategy::{CmpOp, Follows};

use crate::DropReason;
use crate::eval::resolve;
use crate::kernel::{Recorder, Run, prices};
use crate::plan::{BreakEvenNode, TrailingNode};

/// What is known of the position that an entry opens.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Guard {
    /// The best price since it opened.
    best: f64,
    /// Ticks of profit from which on its stop trails; 0 from the first close on.
    trails_after: u32,
    /// Ticks of profit at which its stop goes to the entry price.
    evens_after: u32,
}

impl<R: Recorder> Run<'_, R> {
    /// The guard of a position whose signal is at the close of `bar`.
    #[inline]
    pub(crate) fn guard(&self, bar: usize, direction: Direction) -> Result<Guard, DropReason> {
        let plan = self.setting.plan;
        let trails_after = plan.trailing.and_then(|trailing| trailing.after);
        let evens_after = plan.break_even.map(|even| even.after);
        Ok(Guard {
            best: -direction.sign() * f64::INFINITY,
            trails_after: trails_after.map_or(Ok(0), |after| self.ticks(after, bar))?,
            evens_after: evens_after.map_or(Ok(0), |after| self.ticks(after, bar))?,
        })
    }

    /// The bar at whose close the position has been held long enough, if there is one and it does: never before `bar`.
    #[inline]
    pub(crate) fn last_held(&self, bar: usize) -> usize {
        match (self.setting.plan.max_bars, self.state.lots.lot()) {
            (Some(max_bars), Some(lot)) => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, 1 to 10⁹")]
                let max_bars = resolve(max_bars, self.setting.params) as usize;
                bar.max(lot.entry_bar + max_bars - 1)
            }
            _ => usize::MAX - 1,
        }
    }

    /// Moves the stop at the close of each of `bars` up to the one that reaches the bracket; gives their number.
    pub(crate) fn lead_stop(&mut self, bars: Range<usize>) -> usize {
        let n_bars = bars.len();
        for (n_led, bar) in bars.enumerate() {
            if self.state.lots.reaches(&prices(&self.bars, bar)) {
                return n_led;
            }
            self.move_stop(bar);
        }
        n_bars
    }

    fn move_stop(&mut self, bar: usize) {
        let Some(&Lot { direction, entry_price, .. }) = self.state.lots.lot() else { return };
        let Guard { best, trails_after, evens_after } = &mut self.state.guard;
        *best = match direction {
            Direction::Long => f64::max(*best, self.bars.high[bar]),
            Direction::Short => f64::min(*best, self.bars.low[bar]),
        };
        let (best, trails_after, evens_after) = (*best, *trails_after, *evens_after);
        let (sign, tick) = (direction.sign(), self.setting.account.tick_size);
        let profit = |ticks: f64| entry_price + sign * (ticks * tick);
        let has_reached = |ticks: u32| sign * (profit(f64::from(ticks)) - best) <= CmpOp::TOLERANCE;
        if let Some(BreakEvenNode { lock_ticks, .. }) = self.setting.plan.break_even
            && has_reached(evens_after)
        {
            self.state.lots.move_stop(profit(resolve(lock_ticks, self.setting.params).round()));
        }
        if let Some(TrailingNode { distance, follows, .. }) = self.setting.plan.trailing
            && (trails_after == 0 || has_reached(trails_after))
            && let Ok(ticks) = self.ticks(distance, bar)
        {
            let from = match follows {
                Follows::Best => best,
                Follows::Close => self.bars.close[bar],
            };
            self.state.lots.move_stop(from - sign * (f64::from(ticks) * tick));
        }
    }
}
