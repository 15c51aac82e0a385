//! Checks the files of a mirror against each other.

mod compare;
mod day;
mod finding;
mod job;
mod official;
mod quotes;
mod repair;
mod report;
mod tally;
mod tick_day;
mod values;

use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use market::{Symbol, Timeframe, UnixNanos};

pub use self::finding::{Finding, FindingKind, Finer};
pub use self::report::{
    BySide, Compared, FileCounts, FindingCounts, Verdict, VerifyCounts, VerifyEvent, VerifyOptions, VerifyReport,
};
pub use self::values::{CandleField, CandleValues};

use self::day::{Candles, check_day};
use self::job::Job;
use self::tally::{Found, Tally};
use crate::period::Period;
use crate::{CandleStep, Error, FileKey, FileKind, Mirror, TickSpan};

/// Checks every file that `mirror` has of `symbol` in the UTC days that `range` touches, and compares the ticks with
/// Dukascopy's own candles.
///
/// - Every tick file and every candle file decodes.
/// - Ticks make the official minute, hour and day candles of BID and ASK: open, high, low and close to the last digit,
///   the volume within 0.02 (the feed rounds it to two decimals and to float32). A time without a tick is a flat candle
///   at the close before it, with volume 0.
/// - Where ticks of an hour or day are unknown, official minutes make the official hour, and official hours the day.
/// - The hour file and the day file of an hour hold the same ticks.
/// - Where an official candle was traded, there are ticks. A tick file that is not there counts only if there are tick
///   files in the range at all, so that a mirror of candles alone is not full of findings.
/// - No quote is crossed, no two have the same time, and no spread is wider than
///   [`max_spread_fraction`](VerifyOptions::max_spread_fraction).
///
/// `on_event` gets every finding, day by day, and the progress. The report counts all findings and keeps the first of
/// each kind. It also counts what could *not* be compared, and where nothing was, the verdict says so. The answer is the
/// same for any number of threads. Each of them holds the ticks of a day; further memory is taken by the findings of a
/// month and by the names of the files to repair.
///
/// # Errors
/// [`Error::EmptyRange`] and [`Error::Period`] for a range that is none; [`Error::NoSymbol`] if the mirror has no
/// folder of the symbol; [`Error::UnknownInstrument`] if its price scale is unknown. A file that cannot be read or
/// decoded is no error but a finding.
///
/// ```
/// use dukascopy::{
///     Candle, CandleStep, Ending, FileKey, FileKind, Mirror, Side, Verdict, VerifyOptions, encode_candles, verify,
/// };
/// use market::{Symbol, Tick, Ticks};
///
/// let folder = tempfile::tempdir()?;
/// let mirror = Mirror::open(folder.path())?;
/// let eurusd: Symbol = "EURUSD".parse()?;
/// let day = "2019-02-04".parse()?;
/// let mut ticks = Ticks::default();
/// ticks.push(Tick { time: day, bid: 1.14512, ask: 1.14515, bid_volume: 1.5, ask_volume: 0.75 })?;
/// mirror.write_ticks(&eurusd, ticks.view())?;
///
/// // An official minute whose high is the price of no tick.
/// let candle = Candle { open_time: day, open: 1.14512, high: 1.14513, low: 1.14512, close: 1.14512, volume: 1.5 };
/// let key = FileKey::new(eurusd.clone(), FileKind::Candles(CandleStep::Minute, Side::Bid), day)?;
/// let mut file = Vec::new();
/// encode_candles(&[candle], CandleStep::Minute, day, mirror.scale(&eurusd)?, Ending::Size, &mut file)?;
/// mirror.write_file(&key, &file)?;
///
/// let report = verify(&mirror, &eurusd, day.."2019-02-05".parse()?, &VerifyOptions::default(), &mut |_| ())?;
/// assert_eq!(report.verdict, Verdict::Findings);
/// assert_eq!((report.counts.minutes.bid.different, report.findings.candle_mismatch), (1, 1));
/// assert!(report.files_to_repair.contains(&key));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify(
    mirror: &Mirror,
    symbol: &Symbol,
    range: Range<UnixNanos>,
    options: &VerifyOptions,
    on_event: &mut dyn FnMut(VerifyEvent<'_>),
) -> Result<VerifyReport, Error> {
    let days = whole_days(symbol, range)?;
    mirror.folder(symbol)?;
    let mut job = Job { mirror, symbol, scale: mirror.scale(symbol)?, options, expects_ticks: false };
    job.expects_ticks = days.iter().any(|&day| job.has_tick_file(day));

    let (mut reader, mut tally, mut days_of_year) = (job.reader(), Tally::new(&job, &days), None);
    for days in days.chunk_by(|&a, &b| start(Period::Month, a) == start(Period::Month, b)) {
        let (mut found, year) = (Found::default(), start(Period::Year, days[0]));
        let of_year = match days_of_year.take() {
            Some((loaded, candles)) if loaded == year => candles,
            _ => reader.both_sides(&job, CandleStep::Day, year, &mut found),
        };
        let hours = reader.both_sides(&job, CandleStep::Hour, days[0], &mut found);
        tally.add(found, on_event);
        let candles = Candles { hours, days: of_year };
        for found in check_days(&job, days, &candles) {
            tally.add(found, on_event);
        }
        days_of_year = Some((year, candles.days));
        on_event(VerifyEvent::Days { done: tally.n_days(), total: tally.total_days() });
    }
    Ok(tally.finish())
}

/// The UTC days that `range` touches.
fn whole_days(symbol: &Symbol, range: Range<UnixNanos>) -> Result<Vec<UnixNanos>, Error> {
    if range.start >= range.end {
        return Err(Error::EmptyRange { from: range.start, to: range.end });
    }
    let day_of = |time| Ok(FileKey::new(symbol.clone(), FileKind::Ticks(TickSpan::Day), time)?.start());
    let (first, last) = (day_of(range.start)?, day_of(UnixNanos(range.end.0 - 1))?);
    let days = std::iter::successors(Some(first), |day| Some(UnixNanos(day.0 + Timeframe::D1.nanos())));
    Ok(days.take_while(|&day| day <= last).collect())
}

fn start(period: Period, day: UnixNanos) -> UnixNanos {
    period.start(day).expect("the range has been checked")
}

/// What is found on each of `days`, in their order.
fn check_days(job: &Job<'_>, days: &[UnixNanos], candles: &Candles) -> Vec<Found> {
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut reader, mut done) = (job.reader(), Vec::new());
        while let Some(&day) = days.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((day, check_day(job, &mut reader, day, candles)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let n_others = job.options.n_threads.get().min(days.len()) - 1;
        let others: Vec<_> = (0..n_others).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(day, _)| *day);
    done.into_iter().map(|(_, found)| found).collect()
}
