use std::num::NonZeroUsize;
use std::ops::AddAssign;

use market::{Symbol, UnixNanos};
use serde::Serialize;

use super::finding::{Finding, FindingKind, as_texts};
use crate::{CandleStep, FileKey, FileKind, Side, TickSpan};

/// How [`verify`](crate::verify) works.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifyOptions {
    /// How many threads check days; the answer does not depend on it.
    pub n_threads: NonZeroUsize,
    /// How many findings of each kind the report keeps; all are counted.
    pub max_examples: usize,
    /// The widest spread that is plausible, as a part of the bid.
    pub max_spread_fraction: f64,
}

impl Default for VerifyOptions {
    /// One thread, 100 examples, spreads of up to 5 per cent.
    fn default() -> Self {
        Self { n_threads: NonZeroUsize::MIN, max_examples: 100, max_spread_fraction: 0.05 }
    }
}

/// What [`verify`](crate::verify) tells while it works.
#[derive(Clone, Copy, Debug)]
pub enum VerifyEvent<'a> {
    /// Something is wrong.
    Finding(&'a Finding),
    /// Some more days are checked; told after every month.
    Days {
        /// Days checked so far.
        done: u64,
        /// Days to check.
        total: u64,
    },
}

/// What came of a check, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All that could be compared is equal, and nothing else is wrong. [`VerifyCounts`] says how much that was.
    Passed,
    /// There are findings.
    Findings,
    /// There are no findings, because there were no two files to compare: nothing is proven.
    NothingCompared,
}

/// What a check found, and how much it compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VerifyReport {
    /// The instrument.
    pub symbol: Symbol,
    /// Start of the first day checked.
    pub from: UnixNanos,
    /// End of the last day checked, exclusive.
    pub to: UnixNanos,
    /// The outcome.
    pub verdict: Verdict,
    /// What was read and compared.
    pub counts: VerifyCounts,
    /// Findings by kind.
    pub findings: FindingCounts,
    /// The first findings of each kind, day by day.
    pub examples: Vec<Finding>,
    /// The files that a repair should fetch again, in order of time; serialised as paths below the mirror.
    ///
    /// - A file that does not decode, and one that should hold missing ticks or candles.
    /// - Where ticks and official minutes differ: the tick file; on one side of the quote only, and if the official hour
    ///   agrees with the ticks or is not there, also the minute file, as either can be wrong.
    /// - Where only a longer candle differs: its file, and also the finer file if nothing else confirms that.
    /// - Both files, where an hour file and a day file differ.
    /// - A tick file with crossed quotes or repeated times, unless official candles confirm its hour.
    #[serde(serialize_with = "as_texts")]
    pub files_to_repair: Vec<FileKey>,
}

/// How much was read and compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerifyCounts {
    /// UTC days.
    pub n_days: u64,
    /// Ticks, those in both an hour file and a day file once.
    pub n_ticks: u64,
    /// Tick files of hours.
    pub hour_tick_files: FileCounts,
    /// Tick files of days.
    pub day_tick_files: FileCounts,
    /// Files with the minutes of a day.
    pub minute_candle_files: FileCounts,
    /// Files with the hours of a month.
    pub hour_candle_files: FileCounts,
    /// Files with the days of a year.
    pub day_candle_files: FileCounts,
    /// Ticks against official minutes.
    pub minutes: BySide<Compared>,
    /// Ticks against official hours.
    pub hours: BySide<Compared>,
    /// Ticks against official days.
    pub days: BySide<Compared>,
    /// Official minutes against official hours, in hours whose ticks are unknown.
    pub hours_of_minutes: BySide<Compared>,
    /// Official hours against official days, in days of which not all ticks are known.
    pub days_of_hours: BySide<Compared>,
    /// Hour files (the finer) against the same hours of day files.
    pub hours_of_day_files: Compared,
}

/// What there was of the files of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileCounts {
    /// Files that decode and hold something.
    pub data: u64,
    /// Files of zero bytes.
    pub empty: u64,
    /// Files that are not there.
    pub missing: u64,
    /// Files that cannot be read or decoded.
    pub undecodable: u64,
}

/// How many candles, or hours of ticks, were compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// They are equal.
    pub equal: u64,
    /// They differ.
    pub different: u64,
    /// The finer data are there and traded, the coarser are not there.
    pub only_finer: u64,
    /// The coarser data are there, the finer are not there or not complete.
    pub only_coarser: u64,
}

/// Something of each side of the quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BySide<T> {
    /// Of the bid.
    pub bid: T,
    /// Of the ask.
    pub ask: T,
}

/// Findings by kind, as named in [`FindingKind`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FindingCounts {
    /// Files.
    pub undecodable: u64,
    /// Candles.
    pub candle_mismatch: u64,
    /// Hours.
    pub missing_ticks: u64,
    /// Days of a candle file.
    pub missing_candles: u64,
    /// Hours.
    pub hour_day_mismatch: u64,
    /// Hours.
    pub crossed_quotes: u64,
    /// Hours.
    pub repeated_times: u64,
    /// Hours.
    pub wide_spreads: u64,
}

impl FindingCounts {
    /// All findings.
    pub fn total(&self) -> u64 {
        let Self {
            undecodable,
            candle_mismatch,
            missing_ticks,
            missing_candles,
            hour_day_mismatch,
            crossed_quotes,
            repeated_times,
            wide_spreads,
        } = *self;
        let files = undecodable + missing_ticks + missing_candles + hour_day_mismatch;
        files + candle_mismatch + crossed_quotes + repeated_times + wide_spreads
    }

    /// The number of findings of a kind.
    pub(super) fn of(&mut self, kind: &FindingKind) -> &mut u64 {
        match kind {
            FindingKind::Undecodable { .. } => &mut self.undecodable,
            FindingKind::CandleMismatch { .. } => &mut self.candle_mismatch,
            FindingKind::MissingTicks { .. } => &mut self.missing_ticks,
            FindingKind::MissingCandles { .. } => &mut self.missing_candles,
            FindingKind::HourDayMismatch { .. } => &mut self.hour_day_mismatch,
            FindingKind::CrossedQuotes { .. } => &mut self.crossed_quotes,
            FindingKind::RepeatedTimes { .. } => &mut self.repeated_times,
            FindingKind::WideSpreads { .. } => &mut self.wide_spreads,
        }
    }
}

impl VerifyCounts {
    /// How many comparisons were made, of whatever kind.
    pub fn n_compared(&self) -> u64 {
        let candles = [self.minutes, self.hours, self.days, self.hours_of_minutes, self.days_of_hours];
        let made = |compared: Compared| compared.equal + compared.different;
        candles.iter().map(|sides| made(sides.bid) + made(sides.ask)).sum::<u64>() + made(self.hours_of_day_files)
    }

    /// The counts of the files of a kind.
    pub(super) fn files(&mut self, kind: FileKind) -> &mut FileCounts {
        match kind {
            FileKind::Ticks(TickSpan::Hour) => &mut self.hour_tick_files,
            FileKind::Ticks(TickSpan::Day) => &mut self.day_tick_files,
            FileKind::Candles(CandleStep::Minute, _) => &mut self.minute_candle_files,
            FileKind::Candles(CandleStep::Hour, _) => &mut self.hour_candle_files,
            FileKind::Candles(CandleStep::Day, _) => &mut self.day_candle_files,
        }
    }
}

impl<T> BySide<T> {
    /// Both, made one after the other.
    pub(super) fn make(mut value: impl FnMut(Side) -> T) -> Self {
        Self { bid: value(Side::Bid), ask: value(Side::Ask) }
    }

    pub(super) fn get(&self, side: Side) -> &T {
        match side {
            Side::Bid => &self.bid,
            Side::Ask => &self.ask,
        }
    }

    pub(super) fn get_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Bid => &mut self.bid,
            Side::Ask => &mut self.ask,
        }
    }
}

impl AddAssign for VerifyCounts {
    fn add_assign(&mut self, other: Self) {
        self.n_days += other.n_days;
        self.n_ticks += other.n_ticks;
        self.hour_tick_files += other.hour_tick_files;
        self.day_tick_files += other.day_tick_files;
        self.minute_candle_files += other.minute_candle_files;
        self.hour_candle_files += other.hour_candle_files;
        self.day_candle_files += other.day_candle_files;
        self.minutes += other.minutes;
        self.hours += other.hours;
        self.days += other.days;
        self.hours_of_minutes += other.hours_of_minutes;
        self.days_of_hours += other.days_of_hours;
        self.hours_of_day_files += other.hours_of_day_files;
    }
}

impl AddAssign for FileCounts {
    fn add_assign(&mut self, other: Self) {
        self.data += other.data;
        self.empty += other.empty;
        self.missing += other.missing;
        self.undecodable += other.undecodable;
    }
}

impl AddAssign for Compared {
    fn add_assign(&mut self, other: Self) {
        self.equal += other.equal;
        self.different += other.different;
        self.only_finer += other.only_finer;
        self.only_coarser += other.only_coarser;
    }
}

impl<T: AddAssign> AddAssign for BySide<T> {
    fn add_assign(&mut self, other: Self) {
        self.bid += other.bid;
        self.ask += other.ask;
    }
}
