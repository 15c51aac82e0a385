use strategy::Follows;

use crate::orders::{Bracket, Side, legs};
use crate::script::Script;

impl Script<'_> {
    /// Distances in ticks that only a stop that moves needs.
    pub(crate) fn guard_distances(&mut self) {
        let risk = &self.strategy.risk;
        if let Some(even) = &risk.break_even {
            self.distance("even_after_ticks", &even.after);
        }
        if let Some(trailing) = &risk.trailing_stop {
            if let Some(after) = &trailing.after {
                self.distance("trail_after_ticks", after);
            }
            self.distance("trail_ticks", &trailing.distance);
        }
    }

    /// What watches an open position: its age, and a stop that moves at the close of each bar.
    pub(crate) fn guard(&mut self, bracket: Bracket) {
        let risk = &self.strategy.risk;
        let moves_stop = risk.trailing_stop.is_some() || risk.break_even.is_some();
        if risk.max_bars.is_none() && !moves_stop {
            return;
        }
        self.heading("The open position");
        self.line(
            "held_bars = strategy.position_size == 0 ? 0 : bar_index - strategy.opentrades.entry_bar_index(0) + 1",
        );
        if let Some(max_bars) = risk.max_bars {
            self.line(&format!("is_old = held_bars >= {}", self.arg(max_bars, true)));
        }
        if moves_stop {
            self.moving_stop(bracket);
        }
    }

    /// Ticks that were fixed at the signal are those of the bar before the entry.
    fn moving_stop(&mut self, bracket: Bracket) {
        let fixed: Vec<&str> = bracket.iter().filter_map(|(_, ticks)| *ticks).chain(self.starts()).collect();
        self.line("side = strategy.position_size > 0 ? 1 : -1");
        self.line("var float best_price = na");
        self.line("var float moved_stop = na");
        for ticks in &fixed {
            self.line(&format!("var float fixed_{ticks} = na"));
        }
        self.line("if held_bars == 1");
        self.line("    best_price := na");
        self.line("    moved_stop := na");
        for ticks in &fixed {
            self.line(&format!("    fixed_{ticks} := {ticks}[1]"));
        }
        self.line("if held_bars > 0");
        self.line("    entry_price = strategy.opentrades.entry_price(0)");
        self.line("    extreme = side > 0 ? high : low");
        self.line("    best_price := nearer(best_price, extreme, side)");
        self.break_even();
        self.trail();
        self.replace_exits(bracket);
    }

    /// The distances at which the stop starts to move.
    fn starts(&self) -> Vec<&'static str> {
        let risk = &self.strategy.risk;
        let even = risk.break_even.as_ref().map(|_| "even_after_ticks");
        let trail = risk.trailing_stop.as_ref().and_then(|trailing| trailing.after.as_ref());
        even.into_iter().chain(trail.map(|_| "trail_after_ticks")).collect()
    }

    fn break_even(&mut self) {
        let Some(even) = &self.strategy.risk.break_even else { return };
        let lock = self.arg(even.lock_ticks, false);
        self.line(&format!("    if {}", has_reached("even_after_ticks")));
        self.line(&format!(
            "        moved_stop := nearer(moved_stop, entry_price + side * (math.round({lock}) * syminfo.mintick), side)"
        ));
    }

    fn trail(&mut self) {
        let Some(trailing) = &self.strategy.risk.trailing_stop else { return };
        let from = match trailing.follows {
            Follows::Best => "best_price",
            Follows::Close => "close",
        };
        let started = trailing.after.as_ref().map(|_| has_reached("trail_after_ticks"));
        let tests: Vec<String> = self.known(&trailing.distance).into_iter().chain(started).collect();
        let indent = if tests.is_empty() { "" } else { "    " };
        if !tests.is_empty() {
            self.line(&format!("    if {}", tests.join(" and ")));
        }
        self.line(&format!(
            "    {indent}moved_stop := nearer(moved_stop, {from} - side * (trail_ticks * syminfo.mintick), side)"
        ));
    }

    /// Places the exits again, with the stop where it now belongs.
    fn replace_exits(&mut self, bracket: Bracket) {
        let fixed = legs(bracket).into_iter().map(|leg| leg.replace("= ", "= fixed_"));
        let legs: Vec<String> = fixed.chain(["stop = moved_stop".to_owned()]).collect();
        for side in [Side::LONG, Side::SHORT] {
            if side.rule(self.strategy).is_some() {
                let Side { id, held, .. } = side;
                self.line(&format!("if strategy.position_size {held} and not na(moved_stop)"));
                self.line(&format!("    strategy.exit(\"{id} bracket\", \"{id}\", {})", legs.join(", ")));
            }
        }
    }
}

fn has_reached(ticks: &str) -> String {
    format!("side * (best_price - (entry_price + side * (fixed_{ticks} * syminfo.mintick))) >= 0")
}
