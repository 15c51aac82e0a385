use market::UnixNanos;
use serde::{Deserialize, Serialize};

use crate::account::require;
use crate::events::Sink;
use crate::{Broker, Direction, Error, Event};

/// What holding a position over night costs or brings.
///
/// A night is counted when a bar opens at or after its time and the bar before opened earlier; nights without a bar are
/// counted with the next one.
///
/// ```
/// use broker::Swap;
///
/// // 21:00 UTC; long pays, short receives; the night to Thursday counts for the weekend, too.
/// let nights = [1.0, 1.0, 3.0, 1.0, 1.0, 0.0, 0.0];
/// let swap = Swap { minute_of_day: 21 * 60, long_per_unit: -0.000_07, short_per_unit: 0.000_02, nights };
/// swap.validate()?;
/// # Ok::<(), broker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    /// Minute of the day in UTC at which a night is counted, 0 to 1439.
    pub minute_of_day: u16,
    /// Quote currency per unit and night for a long position; below 0 it pays.
    pub long_per_unit: f64,
    /// The same for a short position.
    pub short_per_unit: f64,
    /// How often each night counts, from the one of Monday to the one of Sunday.
    pub nights: [f64; 7],
}

impl Swap {
    /// Checks that every number lies within its range.
    ///
    /// # Errors
    /// [`Error::Setting`] naming the first that does not.
    pub fn validate(&self) -> Result<(), Error> {
        let minute = f64::from(self.minute_of_day);
        require(self.minute_of_day < 1440, "rules.swap.minute_of_day", minute, "0 to 1439")?;
        require(self.long_per_unit.is_finite(), "rules.swap.long_per_unit", self.long_per_unit, "finite")?;
        require(self.short_per_unit.is_finite(), "rules.swap.short_per_unit", self.short_per_unit, "finite")?;
        for nights in self.nights {
            require(nights >= 0.0 && nights.is_finite(), "rules.swap.nights", nights, "0 and above, finite")?;
        }
        Ok(())
    }

    /// Nights that are counted after `from` and not after `to`, each as often as it counts.
    fn count(&self, from: UnixNanos, to: UnixNanos) -> f64 {
        let shift = i64::from(self.minute_of_day) * 60 * UnixNanos::PER_SECOND;
        let day = |time: UnixNanos| (time.0 - shift).div_euclid(UnixNanos::PER_DAY);
        // 1970-01-01 was a Thursday.
        let weekday = |day: i64| usize::try_from((day + 3).rem_euclid(7)).unwrap_or_default();
        (day(from) + 1..=day(to)).map(|day| self.nights[weekday(day)]).sum()
    }
}

impl Broker {
    /// Charges the nights between the opens of two bars.
    pub(crate) fn charge_nights(&mut self, swap: &Swap, from: UnixNanos, to: UnixNanos, sink: Sink<'_>) {
        if self.size == 0.0 {
            return;
        }
        let nights = swap.count(from, to);
        if nights == 0.0 {
            return;
        }
        for open in self.entries.iter_mut().filter(|open| open.quantity > 0.0) {
            let per_unit = match open.direction {
                Direction::Long => swap.long_per_unit,
                Direction::Short => swap.short_per_unit,
            };
            let amount = per_unit * nights * open.quantity * self.now.point_value;
            open.commission -= amount;
            open.swap += amount;
            self.ledger.book_entry(-amount);
            sink(Event::Swap { bar: self.now.bar, id: open.id, amount });
        }
    }
}
