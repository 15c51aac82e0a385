use market::UnixNanos;

use super::compare::{Candidate, Expected, Outcome, TICK_VOLUME_SLACK, compare};
use super::finding::{FindingKind, Finer};
use super::job::{Job, Reader};
use super::official::{Official, OfficialCandle};
use super::repair::{Outcomes, suspects};
use super::report::BySide;
use super::tally::Found;
use super::tick_day::{HourTicks, TickState, read_ticks};
use super::values::CandleValues;
use crate::{CandleStep, FileKey, FileKind, Side};

/// Official candles of longer periods than a day.
#[derive(Debug)]
pub(super) struct Candles {
    /// The hours of the month.
    pub(super) hours: BySide<Option<Official>>,
    /// The days of the year.
    pub(super) days: BySide<Option<Official>>,
}

/// Checks the files of a day, and its part of those of its month and year.
pub(super) fn check_day(job: &Job<'_>, reader: &mut Reader<'_>, day: UnixNanos, candles: &Candles) -> Found {
    let mut found = Found::default();
    found.counts.n_days = 1;
    let hours = read_ticks(job, reader, day, &mut found);
    let minutes = reader.both_sides(job, CandleStep::Minute, day, &mut found);
    let mut check = DayCheck { job, day, hours, minutes, candles };
    check.find_missing_ticks(&mut found);
    let outcomes = Outcomes {
        minutes: BySide::make(|side| check.minutes_of_ticks(side, &mut found)),
        hours: BySide::make(|side| check.hours_of_ticks(side, &mut found)),
        day: BySide::make(|side| check.day_of_ticks(side, &mut found)),
    };
    suspects(&check.hours, &outcomes, |step, side| check.file(step, side), &mut found.repair);
    for side in [Side::Bid, Side::Ask] {
        check.hours_of_minutes(side, &mut found);
        check.day_of_hours(side, &mut found);
    }
    // Stable, so that what concerns one time keeps the order of the checks.
    found.findings.sort_by_key(|finding| finding.start);
    found
}

struct DayCheck<'a> {
    job: &'a Job<'a>,
    day: UnixNanos,
    hours: Vec<HourTicks>,
    minutes: BySide<Option<Official>>,
    candles: &'a Candles,
}

impl DayCheck<'_> {
    fn file(&self, step: CandleStep, side: Side) -> FileKey {
        self.job.key(FileKind::Candles(step, side), self.day)
    }

    /// Hours in which official candles were traded and that have no tick; their ticks count as unknown from here on.
    fn find_missing_ticks(&mut self, found: &mut Found) {
        for index in 0..self.hours.len() {
            let hour = &self.hours[index];
            let file_is_there = hour.state == TickState::Known;
            let may_be_missing = file_is_there || (hour.state == TickState::Missing && self.job.expects_ticks);
            let n_traded = self.n_traded(hour.start);
            if hour.has_ticks() || !may_be_missing || n_traded == 0 {
                continue;
            }
            let kind = FindingKind::MissingTicks { file_is_there, n_traded };
            found.add_repairable(&hour.file, hour.start, kind);
            self.hours[index].state = TickState::Missing;
        }
    }

    /// How many official minutes of the hour were traded, on the side with more; 1 if only the hour itself tells.
    fn n_traded(&self, hour: UnixNanos) -> u32 {
        let traded = |official: &Option<Official>, time| {
            let candle = official.as_ref().and_then(|official| official.at(time));
            u32::from(candle.is_some_and(|candle| !candle.is_fill))
        };
        let of_side = |side: Side| {
            let minutes: u32 =
                steps(hour, CandleStep::Minute, MINUTES).map(|time| traded(self.minutes.get(side), time)).sum();
            minutes.max(traded(self.candles.hours.get(side), hour))
        };
        of_side(Side::Bid).max(of_side(Side::Ask))
    }

    fn minutes_of_ticks(&self, side: Side, found: &mut Found) -> Vec<Outcome> {
        let of_hour = |hour: &HourTicks| -> Vec<Expected> {
            let times = steps(hour.start, CandleStep::Minute, MINUTES).enumerate();
            times.map(|(minute, start)| of_ticks(start, hour.state, hour.minute(side, minute))).collect()
        };
        let expected: Vec<_> = self.hours.iter().flat_map(of_hour).collect();
        let file = self.file(CandleStep::Minute, side);
        let official = self.minutes.get(side).as_ref();
        let candidate = Candidate { finer: Finer::Ticks, step: CandleStep::Minute, side, file: &file, official };
        let (outcomes, compared) = compare(candidate, &expected, found);
        *found.counts.minutes.get_mut(side) += compared;
        outcomes
    }

    fn hours_of_ticks(&self, side: Side, found: &mut Found) -> Vec<Outcome> {
        let expected: Vec<_> =
            self.hours.iter().map(|hour| of_ticks(hour.start, hour.state, hour.hour(side))).collect();
        let file = self.file(CandleStep::Hour, side);
        let official = self.candles.hours.get(side).as_ref();
        let candidate = Candidate { finer: Finer::Ticks, step: CandleStep::Hour, side, file: &file, official };
        let (outcomes, compared) = compare(candidate, &expected, found);
        *found.counts.hours.get_mut(side) += compared;
        outcomes
    }

    fn day_of_ticks(&self, side: Side, found: &mut Found) -> Outcome {
        let unknown = self.hours.iter().map(|hour| hour.state).find(|&state| state != TickState::Known);
        let values = self.hours.iter().filter_map(|hour| hour.hour(side)).reduce(CandleValues::then);
        let expected = [of_ticks(self.day, unknown.unwrap_or(TickState::Known), values)];
        let file = self.file(CandleStep::Day, side);
        let official = self.candles.days.get(side).as_ref();
        let candidate = Candidate { finer: Finer::Ticks, step: CandleStep::Day, side, file: &file, official };
        let (outcomes, compared) = compare(candidate, &expected, found);
        *found.counts.days.get_mut(side) += compared;
        outcomes[0]
    }

    /// Official minutes against the official hours whose ticks are unknown.
    fn hours_of_minutes(&self, side: Side, found: &mut Found) {
        let minutes = self.minutes.get(side).as_ref();
        let unknown = self.hours.iter().filter(|hour| hour.state != TickState::Known);
        let expected: Vec<_> =
            unknown.map(|hour| of_candles(hour.start, minutes, CandleStep::Minute, MINUTES)).collect();
        let file = self.file(CandleStep::Hour, side);
        let official = self.candles.hours.get(side).as_ref();
        let candidate = Candidate { finer: Finer::Candles, step: CandleStep::Hour, side, file: &file, official };
        let (outcomes, compared) = compare(candidate, &expected, found);
        *found.counts.hours_of_minutes.get_mut(side) += compared;
        if outcomes.contains(&Outcome::Different) {
            found.repair.extend([self.file(CandleStep::Minute, side), file]);
        }
    }

    /// Official hours against the official day, unless all ticks of the day are known.
    fn day_of_hours(&self, side: Side, found: &mut Found) {
        if self.hours.iter().all(|hour| hour.state == TickState::Known) {
            return;
        }
        let expected = [of_candles(self.day, self.candles.hours.get(side).as_ref(), CandleStep::Hour, HOURS)];
        let file = self.file(CandleStep::Day, side);
        let official = self.candles.days.get(side).as_ref();
        let candidate = Candidate { finer: Finer::Candles, step: CandleStep::Day, side, file: &file, official };
        let (outcomes, compared) = compare(candidate, &expected, found);
        *found.counts.days_of_hours.get_mut(side) += compared;
        if outcomes.contains(&Outcome::Different) {
            found.repair.extend([self.file(CandleStep::Hour, side), file]);
        }
    }
}

const MINUTES: u32 = 60;
const HOURS: u32 = 24;

/// The starts of `count` candles from `start` on.
fn steps(start: UnixNanos, step: CandleStep, count: u32) -> impl DoubleEndedIterator<Item = UnixNanos> {
    (0..count).map(move |index| UnixNanos(start.0 + i64::from(index) * step.timeframe().nanos()))
}

fn of_ticks(start: UnixNanos, state: TickState, values: Option<CandleValues>) -> Expected {
    let candles = if state == TickState::Known { vec![values] } else { Vec::new() };
    Expected { start, candles, volume_slack: TICK_VOLUME_SLACK }
}

/// What `count` official candles from `start` on make.
///
/// A flat candle with volume 0 may also hold ticks whose volume is rounded to nothing. It matters at the start only, where
/// its price is that of the period before: the longer candle may open with it, or after it.
fn of_candles(start: UnixNanos, official: Option<&Official>, step: CandleStep, count: u32) -> Expected {
    // Each volume is rounded to two decimals, that of the longer candle too.
    let volume_slack = f64::from(count + 2) * 0.005;
    let last = steps(start, step, count).next_back().unwrap_or(start);
    let Some(official) = official.filter(|official| official.reaches(last)) else {
        return Expected { start, candles: Vec::new(), volume_slack };
    };
    let parts: Vec<_> = steps(start, step, count).filter_map(|time| official.at(time)).collect();
    let n_fills = parts.iter().take_while(|part| part.is_fill).count();
    let join = |parts: &[OfficialCandle]| parts.iter().map(|part| part.values).reduce(CandleValues::then);
    Expected { start, candles: vec![join(&parts[n_fills..]), join(&parts)], volume_slack }
}
