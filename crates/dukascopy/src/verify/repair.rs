//! Which files are to blame for what differs.

use std::collections::BTreeSet;

use super::compare::Outcome;
use super::report::BySide;
use super::tick_day::{HourTicks, TickState};
use crate::{CandleStep, FileKey, Side};

/// How the comparisons of a day's ticks with official candles ended.
#[derive(Debug)]
pub(super) struct Outcomes {
    /// All minutes of the day.
    pub(super) minutes: BySide<Vec<Outcome>>,
    /// All hours of the day.
    pub(super) hours: BySide<Vec<Outcome>>,
    pub(super) day: BySide<Outcome>,
}

const SIDES: [Side; 2] = [Side::Bid, Side::Ask];

impl Outcomes {
    fn minutes(&self, side: Side, hour: usize) -> Outcome {
        let minutes = &self.minutes.get(side)[60 * hour..60 * (hour + 1)];
        [Outcome::Different, Outcome::Equal]
            .into_iter()
            .find(|kind| minutes.contains(kind))
            .unwrap_or(Outcome::NotCompared)
    }

    fn hour(&self, side: Side, hour: usize) -> Outcome {
        self.hours.get(side)[hour]
    }

    /// Whether official candles say the same as the ticks of the hour.
    fn confirms(&self, side: Side, hour: usize) -> bool {
        let outcomes = [self.minutes(side, hour), self.hour(side, hour)];
        outcomes.contains(&Outcome::Equal) && !outcomes.contains(&Outcome::Different)
    }
}

/// Adds the files that may be wrong where ticks and official candles differ, by the rules that
/// [`VerifyReport::files_to_repair`](super::VerifyReport::files_to_repair) states.
pub(super) fn suspects(
    hours: &[HourTicks],
    outcomes: &Outcomes,
    candle_file: impl Fn(CandleStep, Side) -> FileKey,
    repair: &mut BTreeSet<FileKey>,
) {
    for (index, hour) in hours.iter().enumerate().filter(|(_, hour)| hour.state == TickState::Known) {
        let differ = |side| outcomes.minutes(side, index) == Outcome::Different;
        let n_sides = SIDES.into_iter().filter(|&side| differ(side)).count();
        if n_sides > 0 || (hour.is_doubtful && !SIDES.into_iter().any(|side| outcomes.confirms(side, index))) {
            repair.insert(hour.file.clone());
        }
        for side in SIDES {
            let hour_differs = outcomes.hour(side, index) == Outcome::Different;
            if n_sides == 1 && differ(side) && !hour_differs {
                repair.insert(candle_file(CandleStep::Minute, side));
            }
            if hour_differs && !differ(side) {
                repair.insert(candle_file(CandleStep::Hour, side));
                if outcomes.minutes(side, index) == Outcome::NotCompared {
                    repair.insert(hour.file.clone());
                }
            }
        }
    }
    for side in SIDES.into_iter().filter(|&side| *outcomes.day.get(side) == Outcome::Different) {
        let finer = || (0..hours.len()).flat_map(|hour| [outcomes.minutes(side, hour), outcomes.hour(side, hour)]);
        if finer().any(|outcome| outcome == Outcome::Different) {
            continue;
        }
        repair.insert(candle_file(CandleStep::Day, side));
        let unconfirmed = hours.iter().enumerate().filter(|(index, _)| !outcomes.confirms(side, *index));
        repair.extend(unconfirmed.map(|(_, hour)| hour.file.clone()));
    }
}
