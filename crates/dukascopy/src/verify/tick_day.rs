use market::{PriceSide, Ticks, TicksView, Timeframe, UnixNanos, aggregate};

use super::finding::FindingKind;
use super::job::{FileRead, Job, Reader, hours_of};
use super::quotes::check_quotes;
use super::report::BySide;
use super::tally::Found;
use super::values::CandleValues;
use crate::hours::within;
use crate::{FileKey, FileKind, TickSpan};

/// The ticks of an hour, as minutes.
#[derive(Debug)]
pub(super) struct HourTicks {
    pub(super) start: UnixNanos,
    /// Where they lie, or should lie.
    pub(super) file: FileKey,
    pub(super) state: TickState,
    /// The 60 minutes of each side; no minute at all if there is no tick.
    minutes: BySide<Vec<Option<CandleValues>>>,
    /// Whether there are quotes that may be damaged.
    pub(super) is_doubtful: bool,
}

/// What is known of the ticks of an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TickState {
    /// All of them, which may be none.
    Known,
    /// No file has them.
    Missing,
    /// The file that has them does not decode.
    Undecodable,
}

impl HourTicks {
    pub(super) fn has_ticks(&self) -> bool {
        !self.minutes.bid.is_empty()
    }

    /// What the ticks of a minute make; nothing if there is none.
    pub(super) fn minute(&self, side: crate::Side, minute: usize) -> Option<CandleValues> {
        self.minutes.get(side).get(minute).copied().flatten()
    }

    /// What the ticks of the hour make; nothing if there is none.
    pub(super) fn hour(&self, side: crate::Side) -> Option<CandleValues> {
        self.minutes.get(side).iter().flatten().copied().reduce(CandleValues::then)
    }
}

/// Reads the tick files of a day, and compares its hour files with its day file.
///
/// As everywhere in a mirror, the ticks of an hour come from its hour file if that has any, else from the day file.
pub(super) fn read_ticks(job: &Job<'_>, reader: &mut Reader<'_>, day: UnixNanos, found: &mut Found) -> Vec<HourTicks> {
    let (mut of_day, mut of_hour) = (Ticks::default(), Ticks::default());
    let day_key = job.key(FileKind::Ticks(TickSpan::Day), day);
    let day_file = reader.ticks(&day_key, TickSpan::Day, &mut of_day, found);
    hours_of(day)
        .map(|start| {
            let key = job.key(FileKind::Ticks(TickSpan::Hour), start);
            let file = reader.ticks(&key, TickSpan::Hour, &mut of_hour, found);
            let part = within(of_day.view(), key.start()..key.end());
            compare_files((&key, file, of_hour.view()), (&day_key, day_file, part), found);
            let (file, state, ticks) = match (file, day_file) {
                (FileRead::Decoded, _) if !of_hour.is_empty() => (key, TickState::Known, of_hour.view()),
                (_, FileRead::Decoded) if !part.is_empty() => (day_key.clone(), TickState::Known, part),
                (FileRead::Decoded, _) => (key, TickState::Known, part),
                (FileRead::Undecodable, _) => (key, TickState::Undecodable, part),
                (FileRead::Missing, FileRead::Decoded) => (day_key.clone(), TickState::Known, part),
                (FileRead::Missing, FileRead::Undecodable) => (day_key.clone(), TickState::Undecodable, part),
                (FileRead::Missing, FileRead::Missing) => (key, TickState::Missing, part),
            };
            found.counts.n_ticks += ticks.len() as u64;
            let is_doubtful = check_quotes(ticks, &file, start, job.options, found);
            HourTicks { start, file, state, minutes: minutes_of(ticks, start), is_doubtful }
        })
        .collect()
}

fn minutes_of(ticks: TicksView<'_>, start: UnixNanos) -> BySide<Vec<Option<CandleValues>>> {
    if ticks.is_empty() {
        return BySide::default();
    }
    let bars = aggregate(ticks, Timeframe::M1);
    BySide::make(|side| {
        let mut minutes = vec![None; 60];
        for bar in bars.view(PriceSide::from(side)).iter() {
            let minute = usize::try_from((bar.open_time.0 - start.0) / Timeframe::M1.nanos());
            let minute = minute.expect("the ticks lie inside of the hour");
            let (open, high, low) = (bar.open, bar.high, bar.low);
            minutes[minute] = Some(CandleValues { open, high, low, close: bar.close, volume: bar.volume });
        }
        minutes
    })
}

type Part<'a> = (&'a FileKey, FileRead, TicksView<'a>);

fn compare_files((key, file, hour): Part<'_>, (day_key, day_file, day): Part<'_>, found: &mut Found) {
    let compared = &mut found.counts.hours_of_day_files;
    match (file, day_file) {
        (FileRead::Decoded, FileRead::Decoded) => {}
        (FileRead::Decoded, _) => {
            compared.only_finer += u64::from(!hour.is_empty());
            return;
        }
        (_, FileRead::Decoded) => {
            compared.only_coarser += 1;
            return;
        }
        _ => return,
    }
    let Some(first_time) = first_difference(hour, day) else {
        compared.equal += 1;
        return;
    };
    compared.different += 1;
    let (n_hour_file, n_day_file) = (hour.len() as u64, day.len() as u64);
    found.repair.insert(key.clone());
    let kind = FindingKind::HourDayMismatch { n_hour_file, n_day_file, first_time };
    found.add_repairable(day_key, key.start(), kind);
}

/// Time of the first tick that only one of the two has.
fn first_difference(a: TicksView<'_>, b: TicksView<'_>) -> Option<UnixNanos> {
    let same = a.iter().zip(b.iter()).take_while(|(a, b)| a == b).count();
    [a.time.get(same), b.time.get(same)].into_iter().flatten().min().copied()
}
