use std::ops::Range;

use super::kernel;
use super::merge::Passes;
use super::pattern::Pattern;
use super::plan::{Asked, Chain, MOST_FACTS, Plan, REACH, Row, Rule};
use super::setting::CandleSettings;
use super::signal::{Bars, Signal};
use super::view::{Measure, Term, View};
use crate::memory::{Memory, Visitor};
use crate::ring::Ring;
use crate::simd;

/// Bars that are computed together, and the place of the first of them behind the remembered ones.
const TOGETHER: usize = 56;
pub(super) const NEW: usize = 8;

/// Values of a row: the last [`NEW`] before the new bars, of which the nearest [`REACH`] count, and those of the new
/// bars.
pub(super) const ROW: usize = NEW + TOGETHER;

/// Computes any number of patterns over the same bars.
///
/// 56 bars are taken together: all numbers of their candles are computed, then all comparisons, each to one bit a bar;
/// the definitions then are logic on words of 64 bits, of which the first 8 belong to bars before. A single bar is taken
/// the same way. What is remembered from bar to bar is the last bits of each comparison, the last values of each row
/// that is looked back at, and the running totals.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    plan: Plan,
    /// Bars so far.
    seen: usize,
    /// Whether the totals of each window have become equal, with all that the machine remembers of them. They stay
    /// equal, as the same lengths are added to them, and one is computed for all. For prices of similar size this is so
    /// from the start: their differences add up without rounding.
    merged: bool,
    /// One behind the other, those of the measures first.
    rows: Box<[f64]>,
    /// The last lengths of each window.
    lengths: Box<[Ring]>,
    totals: Box<[f64]>,
    /// The total of each chain before each new bar: scratch.
    sums: Box<[[f64; TOGETHER]]>,
    /// Each fact on the last eight bars.
    last: Box<[u8; MOST_FACTS]>,
    /// Each fact on the last eight and the new bars: scratch.
    words: Box<[Bars; MOST_FACTS]>,
}

impl Machine {
    pub(super) fn new(patterns: &[(Pattern, f64)], settings: &CandleSettings) -> Self {
        let plan = Plan::new(patterns, settings);
        Self {
            seen: 0,
            merged: false,
            rows: vec![0.0; plan.reach.len() * ROW].into(),
            lengths: plan.windows.iter().map(|window| Ring::new(window.period)).collect(),
            totals: vec![0.0; plan.chains.len()].into(),
            sums: vec![[0.0; _]; plan.chains.len()].into(),
            last: Box::new([0; _]),
            words: Box::new([0; _]),
            plan,
        }
    }

    /// With TA-Lib's settings; `args` are the catalogue's parameters.
    pub(super) fn of_one(pattern: Pattern, args: &[f64]) -> Self {
        Self::new(&[(pattern, args.first().copied().unwrap_or(0.0))], &CandleSettings::default())
    }
}

impl Machine {
    /// The value of the only pattern on the next bar.
    pub(super) fn step_one(&mut self, bar: [f64; 4]) -> f64 {
        let mut value = [f64::NAN];
        self.step(bar, |_, pattern, signal| kernel::write(signal, pattern, &mut value));
        value[0]
    }

    /// The values of the only pattern on the next bars, which have no missing values.
    pub(super) fn run_one(&mut self, inputs: [&[f64]; 4], out: &mut [f64]) {
        self.run(inputs, |_, pattern, bars, signal| kernel::write(signal, pattern, &mut out[bars]));
    }

    /// Takes a bar and gives for each pattern its place among the chosen ones and what it says; `None` in its lookback.
    #[inline]
    pub(super) fn step(&mut self, bar: [f64; 4], mut give: impl FnMut(usize, Pattern, Option<Signal>)) {
        self.take(bar.each_ref().map(std::array::from_ref));
        for (index, rule) in self.plan.rules.iter().enumerate() {
            give(index, rule.pattern, (self.seen >= rule.lookback).then(|| self.find::<1>(rule)));
        }
        self.leave::<1>();
    }

    /// Takes the bars of the columns `inputs`, which have no missing values, and gives what each pattern says on some of
    /// them at a time.
    #[inline]
    pub(super) fn run(
        &mut self,
        inputs: [&[f64]; 4],
        mut give: impl FnMut(usize, Pattern, Range<usize>, Option<Signal>),
    ) {
        let n_bars = inputs[0].len();
        let mut bar = 0;
        while bar < n_bars {
            if self.seen < self.plan.settled || n_bars - bar < TOGETHER {
                self.step(inputs.map(|column| column[bar]), |index, pattern, signal| {
                    give(index, pattern, bar..bar + 1, signal);
                });
                bar += 1;
            } else {
                let bars = inputs.map(|column| kernel::part::<TOGETHER>(column, bar));
                simd::dispatch(
                    #[inline(always)]
                    || self.take(bars),
                );
                for (index, rule) in self.plan.rules.iter().enumerate() {
                    give(index, rule.pattern, bar..bar + TOGETHER, Some(self.find::<TOGETHER>(rule)));
                }
                self.leave::<TOGETHER>();
                bar += TOGETHER;
            }
        }
    }

    /// What a pattern says on the `N` new bars. Bits beyond them mean nothing.
    fn find<const N: usize>(&self, rule: &Rule) -> Signal {
        let facts = if self.merged { &rule.merged } else { &rule.facts };
        rule.pattern.define(&mut Answers::<N> { words: &self.words, facts, asked: 0 })
    }

    /// Computes all numbers and comparisons for the next bars.
    #[inline(always)]
    fn take<const N: usize>(&mut self, bars: [&[f64; N]; 4]) {
        for (row, bars) in self.rows.chunks_exact_mut(ROW).zip(bars) {
            *kernel::new(row) = *bars;
        }
        self.measure::<N>();
        self.sum::<N>();
        self.limit::<N>();
        for comparison in &self.plan.passes.get(self.merged).comparisons {
            let greater = kernel::part::<N>(&self.rows, comparison.greater.into());
            let less = kernel::part::<N>(&self.rows, comparison.less.into());
            let fact = usize::from(comparison.fact);
            self.words[fact] = Bars::from(self.last[fact]) | kernel::above(greater, less) << NEW;
        }
    }

    #[inline(always)]
    fn measure<const N: usize>(&mut self) {
        for measure in &Measure::ALL[4..] {
            let row = *measure as usize;
            if !self.plan.needed[row] {
                continue;
            }
            let (done, rest) = self.rows.split_at_mut(row * ROW);
            let of = |measure: Measure| kernel::lagged::<N>(done, measure as usize, 0);
            let [open, high, low, close] = [Measure::Open, Measure::High, Measure::Low, Measure::Close].map(of);
            let out = kernel::new::<N>(rest);
            match measure {
                Measure::Top => kernel::map(open, close, out, |open, close| if close >= open { close } else { open }),
                Measure::Bottom => {
                    kernel::map(open, close, out, |open, close| if close >= open { open } else { close });
                }
                Measure::Body => kernel::map(open, close, out, |open, close| (close - open).abs()),
                Measure::Upper => kernel::map(high, of(Measure::Top), out, |high, top| high - top),
                Measure::Lower => kernel::map(of(Measure::Bottom), low, out, |bottom, low| bottom - low),
                Measure::Middle => kernel::map(high, low, out, |high, low| low + (high - low) / 2.0),
                Measure::Range => kernel::map(high, low, out, |high, low| high - low),
                Measure::Shadows => {
                    kernel::map(of(Measure::Upper), of(Measure::Lower), out, |upper, lower| upper + lower);
                }
                Measure::BodyChange => {
                    let before = kernel::lagged::<N>(done, Measure::Body as usize, 1);
                    kernel::map(before, of(Measure::Body), out, |before, body| (before - body).abs());
                }
                Measure::Open | Measure::High | Measure::Low | Measure::Close => {}
            }
        }
    }

    /// The totals before each new candle; then that candle's length comes in and the oldest goes out.
    #[inline(always)]
    fn sum<const N: usize>(&mut self) {
        for (index, (window, ring)) in self.plan.windows.iter().zip(&mut self.lengths).enumerate() {
            let lengths = kernel::lagged::<N>(&self.rows, window.range as usize, 0);
            let leaving = kernel::exchange(ring, lengths);
            let mut changes = [0.0; N];
            kernel::map(lengths, &leaving, &mut changes, |length, leaving| length - leaving);
            let pass = self.plan.passes.get(self.merged);
            for &(chain, Chain { window: of, origin }) in &pass.chains {
                if of != index {
                    continue;
                }
                if N > 1 || self.seen >= origin + window.period {
                    self.totals[chain] = kernel::accumulate(self.totals[chain], &changes, &mut self.sums[chain]);
                } else if self.seen >= origin {
                    self.totals[chain] += lengths[0];
                }
            }
        }
    }

    #[inline(always)]
    fn limit<const N: usize>(&mut self) {
        let pass = self.plan.passes.get(self.merged);
        for &(row, definition) in &pass.rows {
            let (done, rest) = self.rows.split_at_mut(row * ROW);
            let at = |row: usize, lag| kernel::lagged::<N>(done, row, lag);
            let of = |measure: Measure| at(measure as usize, 0);
            let out = kernel::new::<N>(rest);
            match definition {
                Row::Limit { chain, period, factor, part } => {
                    for (limit, total) in out.iter_mut().zip(&self.sums[chain]) {
                        *limit = factor * (total / period) * part;
                    }
                }
                Row::OwnLimit { range, factor, part } => {
                    for (limit, range) in out.iter_mut().zip(of(range)) {
                        *limit = factor * range * part;
                    }
                }
                Row::Plus(measure, limit) => kernel::map(of(measure), at(limit, 0), out, |value, limit| value + limit),
                Row::Minus(measure, limit) => kernel::map(of(measure), at(limit, 0), out, |value, limit| value - limit),
                Row::ClosePlus(part) => {
                    kernel::map(of(Measure::Close), of(Measure::Body), out, |close, body| body.mul_add(part, close));
                }
                Row::CloseMinus(part) => {
                    kernel::map(of(Measure::Close), of(Measure::Body), out, |close, body| close - body * part);
                }
                Row::Shoulder(limit) => {
                    let (close, limit) = (at(Measure::Close as usize, 1), at(limit, 1));
                    let bodies_and_limits = of(Measure::Body).iter().zip(limit);
                    for ((shoulder, close), (body, limit)) in out.iter_mut().zip(close).zip(bodies_and_limits) {
                        *shoulder = close - body - limit;
                    }
                }
            }
        }
    }

    /// Keeps what later bars look back at.
    #[inline(always)]
    fn leave<const N: usize>(&mut self) {
        self.seen = self.seen.saturating_add(N);
        let pass = self.plan.passes.get(self.merged);
        for &row in &pass.remembered {
            let new = row * ROW + NEW;
            self.rows.copy_within(new + N - REACH..new + N, new - REACH);
        }
        for (last, word) in self.last.iter_mut().zip(&self.words[..self.plan.facts.len()]) {
            [*last, ..] = (word >> N).to_le_bytes();
        }
        if !self.merged && self.seen >= self.plan.settled {
            self.merged = self.has_merged();
        }
    }

    /// Whether everything equals what stands for it.
    fn has_merged(&self) -> bool {
        let Passes { chains, rows, facts, .. } = &self.plan.passes;
        let remembered = |row: usize| &self.rows[row * ROW + NEW - self.plan.reach[row]..row * ROW + NEW];
        chains.iter().enumerate().all(|(chain, &first)| self.totals[chain].to_bits() == self.totals[first].to_bits())
            && facts.iter().enumerate().all(|(fact, &first)| self.last[fact] == self.last[first])
            && rows.iter().enumerate().all(|(row, &first)| remembered(first).ends_with(remembered(row)))
    }
}

/// Answers a definition from the comparisons that were computed for `N` bars.
struct Answers<'a, const N: usize> {
    words: &'a [Bars; MOST_FACTS],
    facts: &'a Asked,
    asked: usize,
}

impl<const N: usize> View for Answers<'_, N> {
    #[inline(always)]
    fn above(&mut self, a: Term, b: Term) -> Bars {
        let word = self.words[usize::from(self.facts[self.asked])];
        self.asked += 1;
        word << a.age.min(b.age)
    }

    /// For one bar it pays to stop; among many there is mostly one that goes on.
    #[inline(always)]
    fn is_hopeless(&self, found: Bars) -> bool {
        N == 1 && found >> NEW & 1 == 0
    }
}

impl Memory for Machine {
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.seen.visit(visitor);
        self.merged.visit(visitor);
        self.totals.visit(visitor);
        self.lengths.visit(visitor);
        // What is no longer computed need not be remembered.
        let pass = self.plan.passes.get(self.merged);
        for &row in &pass.remembered {
            let new = row * ROW + NEW;
            for value in &mut self.rows[new - self.plan.reach[row]..new] {
                value.visit(visitor);
            }
        }
        // The eight bits of eight facts are a word.
        for bytes in self.last[..self.plan.facts.len().next_multiple_of(8)].as_chunks_mut().0 {
            let mut word = u64::from_le_bytes(*bytes);
            visitor.word(&mut word);
            *bytes = word.to_le_bytes();
        }
    }
}
