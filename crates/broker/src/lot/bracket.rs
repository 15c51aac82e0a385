//! Where a bar meets the stop and the target of a position.
use market::BarsView;

use crate::{BarPrices, Direction, ExitReason, Lot, LotAccount, Spread};

/// What of a bracket a bar has met first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// [`ExitReason::StopLoss`], [`ExitReason::TrailingStop`] for a stop that has been moved, or
    /// [`ExitReason::TakeProfit`].
    pub reason: ExitReason,
    /// The mid price at that moment.
    pub mid: f64,
    /// What a target pays; a stop pays the market's price.
    pub(super) limit_price: Option<f64>,
    /// Lowest and highest mid price of the bar up to that moment.
    pub touched: [f64; 2],
}

/// The first level that the bar's path meets, if any. At the open the stop comes before the target; then the nearer
/// extreme is visited first.
pub(super) fn first_of_bar(lot: &Lot, prices: &BarPrices, half_spread: f64) -> Option<Reached> {
    let trigger = match lot.direction {
        Direction::Long => lot.target + half_spread,
        Direction::Short => lot.target - half_spread,
    };
    let stop = |mid: f64| match lot.direction {
        Direction::Long => mid <= lot.stop,
        Direction::Short => mid >= lot.stop,
    };
    let target = |mid: f64| match lot.direction {
        Direction::Long => mid >= trigger,
        Direction::Short => mid <= trigger,
    };
    let stopped = if lot.stop_moved { ExitReason::TrailingStop } else { ExitReason::StopLoss };
    let [open, first, second, _] = prices.path();
    let reached = |reason, mid: f64, limit_price, touched: [f64; 2]| {
        let [low, high] = [f64::min(touched[0], mid), f64::max(touched[1], mid)];
        Some(Reached { reason, mid, limit_price, touched: [low, high] })
    };
    if stop(open) {
        return reached(stopped, open, None, [open; 2]);
    }
    if target(open) {
        return reached(ExitReason::TakeProfit, open, Some(price_at_open(lot, open, trigger, half_spread)), [open; 2]);
    }
    let mut touched = [open; 2];
    for extreme in [first, second] {
        if stop(extreme) {
            return reached(stopped, lot.stop, None, touched);
        }
        if target(extreme) {
            return reached(ExitReason::TakeProfit, trigger, Some(lot.target), touched);
        }
        touched = [f64::min(touched[0], extreme), f64::max(touched[1], extreme)];
    }
    None
}

/// What a target pays at an open that has reached it: the better price of its side behind a gap, else its own exactly,
/// which that sum or difference may miss by a last bit.
fn price_at_open(lot: &Lot, open: f64, trigger: f64, half_spread: f64) -> f64 {
    match lot.direction {
        Direction::Long if open > trigger => open - half_spread,
        Direction::Short if open < trigger => open + half_spread,
        Direction::Long | Direction::Short => lot.target,
    }
}

impl LotAccount {
    /// The first of `bars` that reaches the stop or the target of the position; the number of bars if none does.
    #[inline(always)]
    pub fn first_reached(&self, bars: &BarsView<'_>) -> usize {
        let Some(lot) = self.lot() else { return bars.len() };
        let (stop, target) = (lot.stop, lot.target);
        match (lot.direction, self.account.costs.spread) {
            (Direction::Long, Spread::FromBars) => first(
                bars,
                #[inline(always)]
                |low, high, spread| [low <= stop, high >= target + spread / 2.0],
            ),
            (Direction::Short, Spread::FromBars) => first(
                bars,
                #[inline(always)]
                |low, high, spread| [high >= stop, low <= target - spread / 2.0],
            ),
            (Direction::Long, _) => {
                let trigger = target + self.account.half_spread(f64::NAN);
                first(
                    bars,
                    #[inline(always)]
                    |low, high, _| [low <= stop, high >= trigger],
                )
            }
            (Direction::Short, _) => {
                let trigger = target - self.account.half_spread(f64::NAN);
                first(
                    bars,
                    #[inline(always)]
                    |low, high, _| [high >= stop, low <= trigger],
                )
            }
        }
    }
}

/// Bars that are looked at together, which compiles to vector instructions.
const GROUP: usize = 8;

#[inline(always)]
fn first(bars: &BarsView<'_>, reaches: impl Fn(f64, f64, f64) -> [bool; 2]) -> usize {
    let n_bars = bars.len();
    let (low, high, spread) = (&bars.low[..n_bars], &bars.high[..n_bars], &bars.spread[..n_bars]);
    let mut start = 0;
    while start + GROUP <= n_bars {
        let mut any = false;
        for bar in start..start + GROUP {
            let [stop, target] = reaches(low[bar], high[bar], spread[bar]);
            any |= stop;
            any |= target;
        }
        if any {
            break;
        }
        start += GROUP;
    }
    (start..n_bars).find(|&bar| reaches(low[bar], high[bar], spread[bar]) != [false; 2]).unwrap_or(n_bars)
}
