//! Commands under way.

use market::UnixNanos;

use crate::events::Sink;
use crate::now::At;
use crate::{Broker, Command, Event, Id, Latency, Rejection};

/// A command that has not arrived yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Late {
    command: Command,
    /// Bar at whose close the script asked.
    sent_at: usize,
    /// Bars that have to go by; for a latency in time, 0.
    bars: u32,
}

impl Broker {
    pub(crate) fn send(&mut self, command: Command) -> Result<(), Rejection> {
        if let Some(bar) = self.bankrupt_at {
            return Err(Rejection::Bankrupt { bar });
        }
        let bars = if let Latency::Bars(bars) = self.rules.latency { bars } else { 0 };
        self.late.push(Late { command, sent_at: self.now.bar, bars });
        Ok(())
    }

    /// Carries out what has arrived by the open of a bar. With a latency in time nothing arrives before a quote.
    pub(crate) fn receive_at_open(&mut self, bar: usize, has_ticks: bool, sink: Sink<'_>) {
        if has_ticks && matches!(self.rules.latency, Latency::Nanos(_)) {
            return;
        }
        let mut index = 0;
        while let Some(late) = self.late.get_mut(index) {
            if late.bars > 0 {
                late.bars -= 1;
                index += 1;
            } else {
                let late = self.late.remove(index);
                self.arrive(late, bar, sink);
            }
        }
    }

    /// Carries out what has arrived by the time of a quote; gives whether anything has.
    pub(crate) fn receive_by(&mut self, time: UnixNanos, at: At, sink: Sink<'_>) -> bool {
        let (Latency::Nanos(nanos), Some(open_time)) = (self.rules.latency, self.now.open_time) else { return false };
        let mut any = false;
        let bar = self.now.bar;
        // What was asked at the close of the bar before reaches the market that much after this bar's beginning.
        while self.late.first().is_some_and(|late| late.sent_at < bar) && time.0 >= open_time.0.saturating_add(nanos) {
            let late = self.late.remove(0);
            // The last price there is is that of the quote, not the close of a bar that goes on.
            let close = std::mem::replace(&mut self.now.prices.close, at.mid);
            self.arrive(late, bar, sink);
            self.now.prices.close = close;
            any = true;
        }
        any
    }

    fn arrive(&mut self, late: Late, bar: usize, sink: Sink<'_>) {
        // It counts as placed when the script asked, so that it may fill on this bar.
        let now = std::mem::replace(&mut self.now.bar, late.sent_at);
        let outcome = self.carry_out(late.command);
        self.now.bar = now;
        if let Err(reason) = outcome {
            sink(Event::Refused { bar, id: name(&late.command), reason });
        }
    }

    /// What is under way never arrives: the account trades no more.
    pub(crate) fn refuse_late(&mut self, reason: Rejection, sink: Sink<'_>) {
        let bar = self.now.bar;
        for late in self.late.drain(..) {
            sink(Event::Refused { bar, id: name(&late.command), reason });
        }
    }
}

fn name(command: &Command) -> Option<Id> {
    match command {
        Command::Entry(order) | Command::Order(order) => Some(order.id),
        Command::Exit(exit) => Some(exit.id),
        Command::Close(close) => close.entry,
        Command::Cancel(id) => Some(*id),
        Command::CancelAll => None,
    }
}
