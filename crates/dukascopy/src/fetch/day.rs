//! One day of a request: what the cache has, then source after source for the rest.

use std::cell::RefCell;
use std::sync::Arc;

use futures_util::future::try_join_all;
use market::{Symbol, Ticks, Timeframe, UnixNanos};

use super::ask::{Answer, Asker, not_asked};
use super::route::Way;
use super::{FetchEvent, FetchRequest, FetchedDay, FetchedHour, HourOutcome};
use crate::hours::{append, within};
use crate::{
    Decoder, Error, FileKey, FileKind, HourStatus, Mirror, PriceScale, ScaleCheck, TickSpan, check_scale, instrument,
};

/// Origin of what needed no source.
const CACHE: &str = "cache";
/// What a source says with status 404.
const NO_FILE: &str = "the source has no such file";
/// The day file of a day is asked for once it is this long over: the feed publishes late.
const DAY_FILE_DELAY_NS: i64 = 3 * 3_600 * UnixNanos::PER_SECOND;
/// For fewer hours than these, hour files are fewer bytes and hardly more requests than a day file.
const DAY_FILE_MIN_HOURS: usize = 3;

thread_local! {
    /// The memory for contents of the thread that decodes.
    static DECODER: RefCell<Decoder> = RefCell::default();
}

/// What all days of a request share.
pub(super) struct Job<'a> {
    pub(super) request: &'a FetchRequest,
    pub(super) cache: &'a Arc<Mirror>,
    pub(super) scale: PriceScale,
    pub(super) ways: &'a [Way],
    pub(super) asker: &'a Asker<'a>,
    /// Whether ticks are kept for the caller or only written to the cache.
    pub(super) keeps_ticks: bool,
}

/// An hour on its way to an outcome.
struct Slot {
    start: UnixNanos,
    end: UnixNanos,
    is_open: bool,
    settled: Option<Settled>,
    miss: Option<Miss>,
}

struct Settled {
    ticks: Ticks,
    origin: String,
}

/// Why an hour is not settled yet.
struct Miss {
    outcome: HourOutcome,
    origin: String,
    reason: String,
}

impl Slot {
    fn settle(&mut self, ticks: Ticks, origin: &str) {
        self.settled = Some(Settled { ticks, origin: origin.to_owned() });
    }

    /// Takes its part of a day.
    fn take_from_day(&mut self, day: &Ticks, origin: &str) {
        let part = within(day.view(), self.start..self.end);
        if part.is_empty() {
            return self.came_empty(origin);
        }
        let mut ticks = Ticks::default();
        append(part, &mut ticks);
        self.settle(ticks, origin);
    }

    /// Takes the answer "empty".
    fn came_empty(&mut self, origin: &str) {
        if self.is_open {
            self.missed(HourOutcome::Failed, origin, "empty while the market is open");
        } else {
            self.settle(Ticks::default(), origin);
        }
    }

    fn has_failed(&self) -> bool {
        self.miss.as_ref().is_some_and(|miss| miss.outcome == HourOutcome::Failed)
    }

    /// Notes why a source did not settle it. A failure is never replaced by "not there": what failed may exist.
    fn missed(&mut self, outcome: HourOutcome, origin: &str, reason: &str) {
        if outcome == HourOutcome::Failed || !self.has_failed() {
            self.miss = Some(Miss { outcome, origin: origin.to_owned(), reason: reason.to_owned() });
        }
    }
}

impl Job<'_> {
    /// Settles all hours of `day` that the request touches.
    pub(super) async fn fetch_day(&self, day: UnixNanos) -> Result<FetchedDay, Error> {
        let (mut slots, has_day_file) = self.read_cache(day).await?;
        let mut lacking: Vec<&Way> = Vec::new();
        for (at, way) in self.ways.iter().enumerate() {
            let wanted = |slot: &Slot| slot.settled.is_none() && slot.end <= self.request.now;
            let n_wanted = slots.iter().filter(|slot| wanted(slot)).count();
            if n_wanted == 0 {
                break;
            }
            if !way.is_worth_asking() {
                if let Some(reason) = way.server.down() {
                    let reason = &not_asked(reason);
                    let unsettled = slots.iter_mut().filter(|slot| wanted(slot));
                    unsettled.for_each(|slot| slot.missed(HourOutcome::Failed, &way.name, reason));
                }
                continue;
            }
            match way.span {
                TickSpan::Day => {
                    let too_young = day.0 + UnixNanos::PER_DAY + DAY_FILE_DELAY_NS > self.request.now.0;
                    if too_young || n_wanted < DAY_FILE_MIN_HOURS || has_day_file {
                        continue;
                    }
                    self.ask_day(way, day, &mut slots).await?;
                }
                TickSpan::Hour => self.ask_hours(way, &mut slots).await?,
            }
            let left: Vec<&Slot> = slots.iter().filter(|slot| wanted(slot)).collect();
            if left.len() == n_wanted {
                lacking.push(way);
            } else {
                way.had_it();
                lacking.drain(..).for_each(Way::lacked_it);
            }
            self.report_fail_over(day, at, &left);
        }
        Ok(self.finish(day, slots))
    }

    fn report_fail_over(&self, day: UnixNanos, at: usize, left: &[&Slot]) {
        let next = self.ways[at + 1..].iter().find(|way| way.is_worth_asking());
        let reason = left.iter().find_map(|slot| slot.miss.as_ref()).map(|miss| miss.reason.as_str());
        if let (Some(next), Some(reason)) = (next, reason) {
            let (from, to) = (self.ways[at].name.as_str(), next.name.as_str());
            (self.asker.on_event)(&FetchEvent::FailOver { day, n_hours: left.len(), from, to, reason });
        }
    }

    /// The hours of the day as the cache has them, and whether it has a day file.
    async fn read_cache(&self, day: UnixNanos) -> Result<(Vec<Slot>, bool), Error> {
        let hours: Vec<UnixNanos> = self.request.hours_of(day).collect();
        let wanted = hours.clone();
        let (cache, symbol) = (Arc::clone(self.cache), self.request.symbol.clone());
        let (found, has_day_file) = blocking(move || read_hours(&cache, &symbol, day, &wanted)).await?;
        let mut slots: Vec<Slot> = hours.into_iter().map(|start| self.slot(start)).collect();
        let mut damage = String::new();
        for (start, result) in found {
            let slot = slots.iter_mut().find(|slot| slot.start == start).expect("only hours of the day are read");
            match result {
                Ok((HourStatus::Data, ticks)) => slot.settle(ticks, CACHE),
                Ok((HourStatus::Empty, _)) if !slot.is_open || self.request.accept_empty => {
                    slot.settle(Ticks::default(), CACHE);
                }
                Ok((HourStatus::Empty, _)) => slot.came_empty(CACHE),
                Ok((HourStatus::Missing, _)) => {}
                Err(error) => {
                    // One damaged day file is the error of all of its hours.
                    let told = std::mem::replace(&mut damage, error.to_string());
                    if told != damage {
                        (self.asker.on_event)(&FetchEvent::CacheDamaged { error: &error });
                    }
                }
            }
        }
        Ok((slots, has_day_file && damage.is_empty()))
    }

    fn slot(&self, start: UnixNanos) -> Slot {
        let end = UnixNanos(start.0 + Timeframe::H1.nanos());
        let mut slot = Slot { start, end, is_open: self.request.is_open_in(start..end), settled: None, miss: None };
        if end > self.request.now {
            slot.missed(HourOutcome::NotThere, "", "the hour is not over yet");
        }
        slot
    }

    /// Asks for a day file and settles the hours that it has, and those without ticks in which the market was closed.
    async fn ask_day(&self, way: &Way, day: UnixNanos, slots: &mut [Slot]) -> Result<(), Error> {
        let key = FileKey::new(self.request.symbol.clone(), FileKind::Ticks(TickSpan::Day), day)?;
        let is_open = self.request.is_open_in(day..next_day(day));
        let answer =
            self.asker.ask(&way.server, &key, is_open, |bytes| self.accept(&key, TickSpan::Day, bytes)).await?;
        let unsettled = slots.iter_mut().filter(|slot| slot.settled.is_none() && slot.end <= self.request.now);
        match answer {
            Answer::Data(ticks) => unsettled.for_each(|slot| slot.take_from_day(&ticks, &way.name)),
            Answer::Empty => {
                self.store(key, Vec::new()).await?;
                unsettled.for_each(|slot| slot.settle(Ticks::default(), &way.name));
            }
            Answer::EmptyThoughOpen => unsettled.for_each(|slot| slot.came_empty(&way.name)),
            // Hours may have files of their own.
            Answer::NotThere => {
                unsettled.for_each(|slot| slot.missed(HourOutcome::NotThere, &way.name, NO_FILE));
            }
            Answer::Failed(reason) => {
                unsettled.for_each(|slot| slot.missed(HourOutcome::Failed, &way.name, &reason));
            }
        }
        Ok(())
    }

    /// Where the market was closed, no file is as good as an empty one.
    fn missed_not_there(&self, slot: &mut Slot, origin: &str) {
        if slot.is_open || self.request.calendar.is_none() || slot.has_failed() {
            slot.missed(HourOutcome::NotThere, origin, NO_FILE);
        } else {
            slot.settle(Ticks::default(), origin);
        }
    }

    async fn ask_hours(&self, way: &Way, slots: &mut [Slot]) -> Result<(), Error> {
        let unsettled = slots.iter_mut().filter(|slot| slot.settled.is_none() && slot.end <= self.request.now);
        try_join_all(unsettled.map(|slot| self.ask_hour(way, slot))).await?;
        Ok(())
    }

    async fn ask_hour(&self, way: &Way, slot: &mut Slot) -> Result<(), Error> {
        let key = FileKey::new(self.request.symbol.clone(), FileKind::Ticks(TickSpan::Hour), slot.start)?;
        let accept = |bytes| self.accept(&key, TickSpan::Hour, bytes);
        match self.asker.ask(&way.server, &key, slot.is_open, accept).await? {
            Answer::Data(ticks) if ticks.is_empty() => slot.came_empty(&way.name),
            Answer::Data(ticks) => slot.settle(ticks, &way.name),
            Answer::EmptyThoughOpen if !self.request.accept_empty => slot.came_empty(&way.name),
            Answer::Empty | Answer::EmptyThoughOpen => {
                self.store(key, Vec::new()).await?;
                slot.settle(Ticks::default(), &way.name);
            }
            Answer::NotThere => self.missed_not_there(slot, &way.name),
            Answer::Failed(reason) => slot.missed(HourOutcome::Failed, &way.name, &reason),
        }
        Ok(())
    }

    /// Decodes a file and writes it to the cache; what does not decode is damaged.
    async fn accept(&self, key: &FileKey, span: TickSpan, bytes: Vec<u8>) -> Result<Result<Ticks, String>, Error> {
        let (cache, key, scale) = (Arc::clone(self.cache), key.clone(), self.scale);
        blocking(move || {
            let mut ticks = Ticks::default();
            let decoded =
                DECODER.with_borrow_mut(|decoder| decoder.decode_ticks(&bytes, span, key.start(), scale, &mut ticks));
            if let Err(error) = decoded {
                return Ok(Err(error.to_string()));
            }
            cache.write_file(&key, &bytes)?;
            Ok(Ok(ticks))
        })
        .await
    }

    async fn store(&self, key: FileKey, bytes: Vec<u8>) -> Result<(), Error> {
        let cache = Arc::clone(self.cache);
        blocking(move || cache.write_file(&key, &bytes)).await
    }

    fn finish(&self, day: UnixNanos, slots: Vec<Slot>) -> FetchedDay {
        let scale_check = self.check_scale(day, &slots);
        FetchedDay { day, hours: slots.into_iter().map(|slot| self.finish_hour(slot)).collect(), scale_check }
    }

    fn finish_hour(&self, slot: Slot) -> FetchedHour {
        let is_open = self.request.calendar.as_ref().map(|_| slot.is_open);
        let hour = |outcome, origin: String, reason: String| FetchedHour {
            start: slot.start,
            outcome,
            n_ticks: 0,
            ticks: Ticks::default(),
            origin,
            reason,
            is_open,
        };
        match (slot.settled, slot.miss) {
            (Some(Settled { ticks, origin }), _) => {
                let outcome = if ticks.is_empty() { HourOutcome::Closed } else { HourOutcome::Data };
                let ticks = self.inside(ticks);
                let n_ticks = ticks.len();
                let ticks = if self.keeps_ticks { ticks } else { Ticks::default() };
                FetchedHour { n_ticks, ticks, ..hour(outcome, origin, String::new()) }
            }
            // Where the market was closed, no file is as good as an empty one.
            (None, Some(Miss { outcome: HourOutcome::NotThere, origin, .. }))
                if is_open == Some(false) && slot.end <= self.request.now =>
            {
                hour(HourOutcome::Closed, origin, String::new())
            }
            (None, Some(Miss { outcome, origin, reason })) => hour(outcome, origin, reason),
            (None, None) => {
                let (outcome, reason) = self.unasked(is_open);
                hour(outcome, CACHE.to_owned(), reason.to_owned())
            }
        }
    }

    /// The ticks of an hour inside of the range, which hardly ever cuts one.
    fn inside(&self, ticks: Ticks) -> Ticks {
        let part = within(ticks.view(), self.request.range.clone());
        if part.len() == ticks.len() {
            return ticks;
        }
        let mut cut = Ticks::default();
        append(part, &mut cut);
        cut
    }
}

impl Job<'_> {
    /// Judges the day by its first hour with ticks.
    fn check_scale(&self, day: UnixNanos, slots: &[Slot]) -> ScaleCheck {
        let settled = slots.iter().filter_map(|slot| slot.settled.as_ref());
        let ticks = settled.map(|settled| &settled.ticks).find(|ticks| !ticks.is_empty());
        match (instrument(self.request.symbol.as_str()), ticks) {
            (Some(info), Some(ticks)) => check_scale(info, self.scale, ticks.view().bid, day),
            _ => ScaleCheck::Unknown,
        }
    }

    /// How an hour ends that the cache does not have and that no source was asked for.
    fn unasked(&self, is_open: Option<bool>) -> (HourOutcome, &'static str) {
        match is_open {
            Some(false) => (HourOutcome::Closed, ""),
            _ if self.ways.is_empty() => (HourOutcome::NotThere, "the folder has no such file"),
            _ => (HourOutcome::Failed, "no source serves it"),
        }
    }
}

type HourResult = Result<(HourStatus, Ticks), Error>;

fn read_hours(
    cache: &Mirror,
    symbol: &Symbol,
    day: UnixNanos,
    hours: &[UnixNanos],
) -> Result<(Vec<(UnixNanos, HourResult)>, bool), Error> {
    let mut reader = cache.hours_if_any(symbol)?;
    let read = |hour: UnixNanos| (hour, reader.read(hour).map(|(coverage, ticks)| (coverage.status, ticks)));
    let found = hours.iter().copied().map(read).collect();
    let key = FileKey::new(symbol.clone(), FileKind::Ticks(TickSpan::Day), day)?;
    let has_day_file = cache.path(&key).is_file();
    Ok((found, has_day_file))
}

/// Runs `work` on a thread for blocking work, so that requests go on meanwhile.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

fn next_day(day: UnixNanos) -> UnixNanos {
    UnixNanos(day.0 + UnixNanos::PER_DAY)
}
