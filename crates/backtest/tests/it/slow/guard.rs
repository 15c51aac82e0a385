//! Stops that move: at each close looked up afresh from the bar on which the position opened.

use super::{BarsView, Bracket, Broker, CmpOp, Command, Direction, Exit, ExitReason, Id, Setting, Trade, constant};
use strategy::Follows;

/// A position since it opened.
#[derive(Clone, Copy)]
struct Held {
    direction: Direction,
    entry_bar: usize,
    entry_price: f64,
}

impl Setting<'_> {
    pub(super) fn moves_stop(&self) -> bool {
        self.rules.risk.trailing_stop.is_some() || self.rules.risk.break_even.is_some()
    }

    /// Stop and target of an entry whose stop can move: an exit of their own, which can be modified.
    pub(super) fn place_exit(&self, bracket: Bracket, entry: Id, broker: &mut Broker) {
        if self.moves_stop() {
            submit(exit(bracket, entry), broker);
        }
    }

    /// Places the exit of the open position again, with the stop where it now belongs.
    pub(super) fn move_stop(&self, i: usize, broker: &mut Broker) {
        let Some(open) = broker.open_trades().next().filter(|_| self.moves_stop()) else { return };
        let held = Held { direction: open.direction(), entry_bar: open.entry_bar(), entry_price: open.entry_price() };
        let stop = self.moved(held, i).filter(|&price| price > 0.0);
        let bracket = self.bracket(held.entry_bar - 1);
        submit(Exit { stop, ..exit(bracket, open.id()) }, broker);
    }

    /// Stop and target fixed at the close of bar `i`.
    fn bracket(&self, i: usize) -> Bracket {
        let ticks = |distance: &Option<_>| distance.as_ref().and_then(|distance| self.ticks(distance, i));
        let risk = &self.rules.risk;
        Bracket { stop_loss_ticks: ticks(&risk.stop_loss), take_profit_ticks: ticks(&risk.take_profit) }
    }

    /// The nearest of all prices to which the stop has been moved up to the close of bar `i`.
    fn moved(&self, held: Held, i: usize) -> Option<f64> {
        let (risk, tick, sign) = (&self.rules.risk, self.account.tick_size, held.direction.sign());
        let mut stops = Vec::new();
        for bar in held.entry_bar..=i {
            let best = best(self.bars, held, bar);
            let reached =
                |ticks: u32| sign * (held.entry_price + sign * (f64::from(ticks) * tick) - best) <= CmpOp::TOLERANCE;
            let at_signal = |distance| self.ticks(distance, held.entry_bar - 1).unwrap();
            if let Some(even) = &risk.break_even
                && reached(at_signal(&even.after))
            {
                stops.push(held.entry_price + sign * (constant(even.lock_ticks).round() * tick));
            }
            if let Some(trailing) = &risk.trailing_stop
                && trailing.after.as_ref().is_none_or(|after| reached(at_signal(after)))
                && let Some(ticks) = self.ticks(&trailing.distance, bar)
            {
                let from = match trailing.follows {
                    Follows::Best => best,
                    Follows::Close => self.bars.close[bar],
                };
                stops.push(from - sign * (f64::from(ticks) * tick));
            }
        }
        stops.into_iter().reduce(|a, b| if sign * (b - a) > 0.0 { b } else { a })
    }

    /// The trade with the reason that a back-test gives.
    pub(super) fn renamed(&self, mut trade: Trade, ended_by_age: bool) -> Trade {
        if ended_by_age && trade.exit_reason == ExitReason::Signal {
            trade.exit_reason = ExitReason::TimeStop;
        }
        if trade.exit_reason == ExitReason::StopLoss && trade.exit_bar > trade.entry_bar && self.moves_stop() {
            let Trade { direction, entry_bar, entry_price, .. } = trade;
            let first = self.bracket(entry_bar - 1).stop_loss_ticks;
            let moved = self.moved(Held { direction, entry_bar, entry_price }, trade.exit_bar - 1);
            let half_tick = self.account.tick_size / 2.0;
            let nearer = |moved: f64, ticks: u32| {
                let loss = direction.sign() * (entry_price - moved);
                loss < f64::from(ticks) * self.account.tick_size - half_tick
            };
            if moved.is_some_and(|moved| first.is_none_or(|ticks| nearer(moved, ticks))) {
                trade.exit_reason = ExitReason::TrailingStop;
            }
        }
        trade
    }
}

fn best(bars: BarsView<'_>, held: Held, i: usize) -> f64 {
    let held_bars = held.entry_bar..=i;
    match held.direction {
        Direction::Long => held_bars.map(|bar| bars.high[bar]).fold(f64::NEG_INFINITY, f64::max),
        Direction::Short => held_bars.map(|bar| bars.low[bar]).fold(f64::INFINITY, f64::min),
    }
}

fn exit(bracket: Bracket, entry: Id) -> Exit {
    Exit {
        loss_ticks: bracket.stop_loss_ticks.map(f64::from),
        profit_ticks: bracket.take_profit_ticks.map(f64::from),
        ..Exit::new(Id(entry.0 + 2), Some(entry))
    }
}

/// An exit without any level is nothing to place.
fn submit(exit: Exit, broker: &mut Broker) {
    if exit.loss_ticks.is_some() || exit.profit_ticks.is_some() || exit.stop.is_some() {
        broker.submit(Command::Exit(exit)).unwrap();
    }
}
