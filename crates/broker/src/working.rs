//! An order in the book.

use crate::{Bracket, Direction, Exit, Id, Oca};

/// What an order does when it fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// `strategy.entry`.
    Entry,
    /// `strategy.order`.
    Net,
    /// One leg of `strategy.exit`, for one entry.
    Exit,
    /// `strategy.close` and `strategy.close_all`.
    Close,
}

/// A trailing stop. Prices are NaN where there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Trailing {
    /// Price at which it starts.
    pub(crate) activation: f64,
    /// Price units behind the best price.
    pub(crate) offset: f64,
    /// Where it lies, once it has started.
    pub(crate) stop: f64,
}

/// Money set aside for an order whose quantity is known only when it fills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Budget {
    pub(crate) money: f64,
    /// Account currency for one point of one unit, at the bar at which the order was placed.
    pub(crate) point_value: f64,
    /// The price at which it would have filled then.
    pub(crate) price: f64,
}

/// An order that waits. Prices are on their ticks, and NaN where there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks, not a state machine")]
pub(crate) struct Working {
    /// Place in the queue: the book is sorted by it.
    pub(crate) slot: u64,
    pub(crate) role: Role,
    pub(crate) id: Id,
    /// The entry that an exit or a close is for; absent: the whole position.
    pub(crate) from: Option<Id>,
    /// The fill of that entry, once there is one.
    pub(crate) lot: Option<u32>,
    /// Statement of a close.
    pub(crate) call: u32,
    pub(crate) direction: Direction,
    /// What it trades, with what reverses; a market entry's reversal is added when it fills.
    pub(crate) quantity: f64,
    /// The part of `quantity` that closes the opposite position.
    pub(crate) flip: f64,
    /// Placed twice on one bar: the second time without a reversal.
    pub(crate) skip_flip: bool,
    pub(crate) stop: f64,
    pub(crate) limit: f64,
    /// The limit of a stop-limit order whose stop has not been reached.
    pub(crate) then_limit: f64,
    /// The stop that a stop-limit order had.
    pub(crate) triggered: f64,
    pub(crate) trail: Trailing,
    pub(crate) oca: Option<Oca>,
    pub(crate) bracket: Bracket,
    pub(crate) budget: Option<Budget>,
    /// What a script asked for, to compare it with what it asks next and to repeat it for later entries.
    pub(crate) exit: Option<Exit>,
    /// The entry's size that the reservation is a part of.
    pub(crate) bound: f64,
    /// What an exit has reserved of its entry.
    pub(crate) reserved: f64,
    pub(crate) placed_bar: usize,
    pub(crate) placed_fill: u64,
    /// An exit that has closed its part: it only keeps its reservation.
    pub(crate) is_used: bool,
    /// An exit that fills with what it had when several orders were reached at once.
    pub(crate) is_committed: bool,
    /// An exit whose call has closed something, and no longer covers later entries.
    pub(crate) is_spent: bool,
    /// An exit whose entry has filled at this point of the bar.
    pub(crate) is_fresh: bool,
    /// An exit that came with the entry's own order: it goes with that entry and not before.
    pub(crate) is_attached: bool,
    pub(crate) immediately: bool,
}

pub(crate) const NO_TRAIL: Trailing = Trailing { activation: f64::NAN, offset: 0.0, stop: f64::NAN };

impl Working {
    pub(crate) fn new(role: Role, id: Id, direction: Direction, quantity: f64) -> Self {
        Self {
            slot: 0,
            role,
            id,
            from: None,
            lot: None,
            call: 0,
            direction,
            quantity,
            flip: 0.0,
            skip_flip: false,
            stop: f64::NAN,
            limit: f64::NAN,
            then_limit: f64::NAN,
            triggered: f64::NAN,
            trail: NO_TRAIL,
            oca: None,
            bracket: Bracket { stop_loss_ticks: None, take_profit_ticks: None },
            budget: None,
            exit: None,
            bound: 0.0,
            reserved: 0.0,
            placed_bar: 0,
            placed_fill: 0,
            is_used: false,
            is_committed: false,
            is_spent: false,
            is_fresh: false,
            is_attached: false,
            immediately: false,
        }
    }

    /// Its name; a close has that of its entry.
    pub(crate) fn name(&self) -> Option<Id> {
        if self.role == Role::Close { self.from } else { Some(self.id) }
    }

    pub(crate) fn buys(&self) -> bool {
        self.direction == Direction::Long
    }

    /// Whether it only closes.
    pub(crate) fn closes(&self) -> bool {
        matches!(self.role, Role::Exit | Role::Close)
    }

    /// Whether it fills without waiting for a price.
    pub(crate) fn is_market(&self) -> bool {
        match self.role {
            Role::Exit => false,
            Role::Close => true,
            Role::Entry | Role::Net => self.stop.is_nan() && self.limit.is_nan(),
        }
    }

    /// Whether it opens and waits: what an exit can be placed for before there is a position.
    pub(crate) fn opens(&self) -> bool {
        !self.closes()
    }

    /// Whether it may fill at all now: exits need their entry.
    pub(crate) fn is_live(&self) -> bool {
        !self.is_used && (self.role != Role::Exit || self.is_committed || self.lot.is_some())
    }

    /// The lowest price it waits for.
    pub(crate) fn lowest(&self) -> f64 {
        // The minimum of a number and NaN is the number.
        f64::min(f64::min(self.stop, self.limit), self.trail.activation)
    }

    pub(crate) fn has_trail(&self) -> bool {
        !self.trail.activation.is_nan() || !self.trail.stop.is_nan()
    }

    /// Whether placing `other` over it modifies it.
    pub(crate) fn same_key(&self, other: &Self) -> bool {
        match (self.role, other.role) {
            (Role::Entry | Role::Net, Role::Entry | Role::Net) => self.id == other.id,
            (Role::Exit, Role::Exit) => (self.id, self.from, self.lot) == (other.id, other.from, other.lot),
            (Role::Close, Role::Close) => (self.from, self.call) == (other.from, other.call),
            _ => false,
        }
    }

    /// Whether placing `other` over it leaves it where it is in the queue: the same prices and quantity.
    pub(crate) fn same_slot(&self, other: &Self) -> bool {
        let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
        if self.exit.is_some() || other.exit.is_some() {
            return self.exit == other.exit && same(self.quantity, other.quantity);
        }
        let stops = [(self.stop, other.stop), (self.limit, other.limit), (self.then_limit, other.then_limit)];
        self.direction == other.direction
            && same(self.quantity, other.quantity)
            && stops.iter().all(|&(own, new)| same(own, new))
    }
}
