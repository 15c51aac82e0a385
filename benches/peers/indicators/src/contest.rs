//! Several programs for one task, timed in turns on the same bars and into the same buffers.
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde::Serialize;

use crate::bars::Bars;

/// Bars at the beginning that are not compared: in them the start of an average is felt, which libraries choose apart.
const SETTLING_BARS: usize = 2000;

/// How results reach the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Way {
    /// Into columns of the caller.
    Into,
    /// In new vectors.
    Returned,
    /// One bar a call.
    Stream,
    /// Nothing is computed.
    Floor,
}

/// Columns of the caller, the same for all.
pub(crate) struct Buffers {
    pub(crate) columns: Vec<Vec<f64>>,
    pub(crate) integers: Vec<Vec<i32>>,
    pub(crate) shorts: Vec<Vec<i16>>,
    /// What was returned in vectors; a shorter one than the bars ends where they end.
    pub(crate) returned: Vec<Vec<f64>>,
    /// The bar of the first value in `columns` or `integers`.
    pub(crate) offset: usize,
    /// How many of the outputs there are, where it is not all.
    pub(crate) given: Option<usize>,
}

impl Buffers {
    pub(crate) fn new(n_bars: usize, n_columns: usize, n_integers: usize) -> Self {
        let columns = vec![vec![0.0; n_bars]; n_columns];
        let (integers, shorts) = (vec![vec![0; n_bars]; n_integers], vec![vec![0; n_bars]; n_integers]);
        Self { columns, integers, shorts, returned: Vec::new(), offset: 0, given: None }
    }

    /// The first columns, to be borrowed apart.
    pub(crate) fn first<const N: usize>(&mut self) -> [&mut [f64]; N] {
        let mut columns = self.columns.iter_mut();
        std::array::from_fn(|_| columns.next().expect("there are as many buffers").as_mut_slice())
    }

    /// The last results as columns of full length, NaN where there is none.
    fn results(&self, outputs: &[Kind]) -> Vec<Vec<f64>> {
        let n_bars = self.columns[0].len();
        let from = |offset: usize, values: &mut dyn Iterator<Item = f64>| {
            let mut column = vec![f64::NAN; offset];
            column.extend(values.take(n_bars - offset));
            column
        };
        if !self.returned.is_empty() {
            return self.returned.iter().map(|v| from(n_bars - v.len(), &mut v.iter().copied())).collect();
        }
        let (mut columns, mut integers, mut shorts) = (self.columns.iter(), self.integers.iter(), self.shorts.iter());
        let mut column = |kind: &Kind| match kind {
            Kind::Real => from(self.offset, &mut columns.next().into_iter().flatten().copied()),
            Kind::Integer => from(self.offset, &mut integers.next().into_iter().flatten().map(|&v| f64::from(v))),
            Kind::Short => from(self.offset, &mut shorts.next().into_iter().flatten().map(|&v| f64::from(v))),
        };
        let given = self.given.unwrap_or(outputs.len());
        outputs[..given].iter().map(&mut column).collect()
    }
}

/// In which of the buffers an output lies.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Real,
    Integer,
    Short,
}

pub(crate) type Work = Box<dyn FnMut(&Bars, &mut Buffers)>;

/// Somebody's program for a task.
pub(crate) struct Contestant {
    pub(crate) library: &'static str,
    pub(crate) way: Way,
    outputs: Vec<Kind>,
    work: Work,
}

impl Contestant {
    /// `outputs` are those that are compared, in the order in which they lie in the buffers.
    pub(crate) fn new(
        library: &'static str,
        way: Way,
        outputs: Vec<Kind>,
        work: impl FnMut(&Bars, &mut Buffers) + 'static,
    ) -> Self {
        Self { library, way, outputs, work: Box::new(work) }
    }
}

/// How often to measure.
#[derive(Clone, Copy)]
pub(crate) struct Effort {
    /// This many times,
    pub(crate) rounds: usize,
    /// unless this is over, which ends it after 5 times.
    pub(crate) at_most: Duration,
}

/// Its results beside those of the first contestant.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Check {
    /// The largest difference from the first contestant behind the first 2000 bars, in parts of the largest value of
    /// the column; nothing where values are missing that the first one has.
    pub(crate) error: Option<f64>,
    /// Outputs that it gives, which may be less than the first contestant does.
    pub(crate) outputs: usize,
    /// Of the first contestant.
    pub(crate) outputs_of_all: usize,
    /// Doubles that are the same as the first contestant's, of all bars, in percent.
    pub(crate) identical_percent: f64,
}

impl Check {
    fn of(results: &[Vec<f64>], reference: &[Vec<f64>]) -> Self {
        let identical_percent = identical_percent(results, reference);
        let (outputs, outputs_of_all) = (results.len(), reference.len());
        Self { error: error(results, reference), outputs, outputs_of_all, identical_percent }
    }

    /// Whether the same thing was computed.
    pub(crate) fn is_right(&self) -> bool {
        self.outputs == self.outputs_of_all && self.error.is_some_and(|error| error < 1e-6)
    }
}

/// What was measured of one contestant.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Timing {
    pub(crate) library: &'static str,
    pub(crate) way: Way,
    pub(crate) min_ns: f64,
    pub(crate) median_ns: f64,
    pub(crate) runs: usize,
    #[serde(flatten)]
    pub(crate) check: Check,
}

/// Times all contestants in turns; results are compared with those of the first one.
pub(crate) fn hold(contestants: &mut [Contestant], bars: &Bars, buffers: &mut Buffers, effort: Effort) -> Vec<Timing> {
    let mut checks = Vec::new();
    let mut reference = Vec::new();
    for contestant in &mut *contestants {
        // Some read what was in the buffers: all of them find the same there.
        buffers.columns.iter_mut().for_each(|column| column.fill(0.0));
        run(contestant, bars, buffers);
        let results = buffers.results(&contestant.outputs);
        if checks.is_empty() {
            reference.clone_from(&results);
        }
        checks.push(Check::of(&results, &reference));
    }
    drop(reference);
    let times = rounds(contestants, bars, buffers, effort);
    let measured = contestants.iter().zip(times).zip(checks);
    measured.map(|((contestant, times), check)| timing(contestant, times, check, bars.len())).collect()
}

fn timing(contestant: &Contestant, mut times: Vec<u64>, check: Check, n_bars: usize) -> Timing {
    times.sort_unstable();
    let per_bar = |ns: u64| ns as f64 / n_bars as f64;
    let (min_ns, median_ns, runs) = (per_bar(times[0]), per_bar(times[times.len() / 2]), times.len());
    Timing { library: contestant.library, way: contestant.way, min_ns, median_ns, runs, check }
}

/// The thread's nanoseconds of each run of each contestant; another one begins each round.
fn rounds(contestants: &mut [Contestant], bars: &Bars, buffers: &mut Buffers, effort: Effort) -> Vec<Vec<u64>> {
    #[expect(clippy::disallowed_methods, reason = "a program may measure")]
    let begin = Instant::now();
    let n = contestants.len();
    let mut times = vec![Vec::new(); n];
    for round in 0..effort.rounds {
        if round >= 5 && begin.elapsed() > effort.at_most {
            break;
        }
        for turn in 0..n {
            let place = (round + turn) % n;
            times[place].push(run(&mut contestants[place], bars, buffers));
        }
    }
    times
}

fn run(contestant: &mut Contestant, bars: &Bars, buffers: &mut Buffers) -> u64 {
    buffers.returned.clear();
    buffers.offset = 0;
    buffers.given = None;
    let begin = thread_ns();
    (contestant.work)(bars, buffers);
    thread_ns() - begin
}

/// Time for which this thread has had a processor.
fn thread_ns() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    u64::try_from(time.tv_sec * 1_000_000_000 + time.tv_nsec).expect("time is positive")
}

fn error(results: &[Vec<f64>], reference: &[Vec<f64>]) -> Option<f64> {
    let mut worst = 0.0_f64;
    for (result, reference) in results.iter().zip(reference) {
        let settled = SETTLING_BARS.min(reference.len() / 2)..;
        let (result, reference) = (&result[settled.clone()], &reference[settled]);
        let scale = reference.iter().fold(f64::MIN_POSITIVE, |scale, value| scale.max(value.abs()));
        for (&a, &b) in result.iter().zip(reference) {
            if !b.is_nan() {
                worst = if a.is_nan() { return None } else { worst.max((a - b).abs() / scale) };
            }
        }
    }
    Some(worst)
}

fn identical_percent(results: &[Vec<f64>], reference: &[Vec<f64>]) -> f64 {
    let (mut same, mut all) = (0, 0);
    for (result, reference) in results.iter().zip(reference) {
        all += reference.len();
        let is_same = |(a, b): &(&f64, &f64)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        same += result.iter().zip(reference).filter(is_same).count();
    }
    100.0 * same as f64 / f64::max(1.0, all as f64)
}
