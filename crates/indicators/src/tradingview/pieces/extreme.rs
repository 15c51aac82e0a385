use crate::memory::memory;
use crate::ring::Ring;

/// Pine Script's highest or lowest value of the last n bars, with its age: the machine behind `ta.highest`, `ta.lowest`
/// and what rests on them.
///
/// A kept extreme is replaced by one that is beyond it, and looked for again in the window only when it is n bars old.
/// An na empties the window. A bar on which the machine is not asked leaves in its slot what was written n + 1 bars
/// before, 0 if nothing was, and a later search finds it there.
#[derive(Clone, Debug)]
pub(crate) struct Extreme {
    period: usize,
    side: Side,
    /// Whether of equal extremes the newest counts, as for pivots; otherwise the oldest.
    newest: bool,
    window: Ring,
    bars: usize,
    /// Whether it has been asked.
    started: bool,
    /// Bars since the first question or since the last na, at most n.
    reach: usize,
    known: bool,
    kept: f64,
    age: usize,
}

#[derive(Clone, Copy, Debug)]
enum Side {
    Highest,
    Lowest,
}

memory!(Extreme { window, bars, started, reach, known, kept, age });

impl Extreme {
    pub(crate) fn highest(period: usize) -> Self {
        Self {
            period,
            side: Side::Highest,
            newest: false,
            window: Ring::new(period + 1),
            bars: 0,
            started: false,
            reach: 0,
            known: false,
            kept: 0.0,
            age: 0,
        }
    }

    pub(crate) fn lowest(period: usize) -> Self {
        Self { side: Side::Lowest, ..Self::highest(period) }
    }

    /// Of equal extremes the newest counts.
    pub(crate) fn newest(self) -> Self {
        Self { newest: true, ..self }
    }

    /// How many bars ago the extreme was; 0 at an na.
    #[inline(always)]
    pub(crate) fn age(&self) -> usize {
        self.age
    }

    /// Whether there have been n bars, asked or not.
    #[inline(always)]
    pub(crate) fn is_warm(&self) -> bool {
        self.bars >= self.period
    }

    /// A bar on which it is not asked.
    #[inline(always)]
    pub(crate) fn skip(&mut self) {
        self.advance();
        let stale = self.window.oldest();
        self.window.push(stale);
    }

    /// The extreme, na before there were n bars.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        self.advance();
        self.started = true;
        self.window.push(value);
        if value.is_nan() {
            self.known = false;
            self.age = 0;
            self.reach = 0;
            return f64::NAN;
        }
        if !self.known || self.is_beyond(value, self.kept) || (self.newest && !self.is_beyond(self.kept, value)) {
            self.known = true;
            self.kept = value;
            self.age = 0;
        } else if self.age >= self.period {
            self.search(value);
        }
        if self.is_warm() { self.kept } else { f64::NAN }
    }

    #[inline(always)]
    fn advance(&mut self) {
        self.bars += 1;
        if self.started {
            self.age += 1;
            self.reach = self.period.min(self.reach + 1);
        }
    }

    #[inline(always)]
    fn is_beyond(&self, value: f64, other: f64) -> bool {
        match self.side {
            Side::Highest => value > other,
            Side::Lowest => value < other,
        }
    }

    /// Looks through the window, from the newest bar back to the oldest within reach or to an na.
    fn search(&mut self, newest: f64) {
        let (mut kept, mut kept_age) = (newest, 0);
        let older = self.window.iter().rev().skip(1).take(self.reach.min(self.period - 1));
        for (age, value) in (1..).zip(older) {
            if value.is_nan() {
                break;
            }
            if self.is_beyond(value, kept) {
                kept = value;
                kept_age = age;
            } else if !self.newest && !self.is_beyond(kept, value) {
                kept_age = age;
            }
        }
        (self.kept, self.age) = (kept, kept_age);
    }
}
