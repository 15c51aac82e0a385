use crate::fast::join::{self, Join};
use crate::ring::Ring;

/// The highest of the last n values; of equal ones (zeros of different sign) the newest.
pub(crate) type Highest = Extreme<true>;
/// The lowest of the last n values; of equal ones (zeros of different sign) the newest.
pub(crate) type Lowest = Extreme<false>;

/// The highest or lowest of the last n values.
///
/// A value at a time it is kept until it leaves the window; then the window is searched, which is rare unless prices
/// move away from it for n bars on end. For columns see [`Extreme::fill`].
#[derive(Clone, Debug)]
pub(crate) struct Extreme<const HIGH: bool> {
    window: Ring,
    best: f64,
}

impl<const HIGH: bool> crate::Memory for Extreme<HIGH> {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl crate::Visitor) {
        self.window.visit(visitor);
        self.best.visit(visitor);
    }
}

/// The most windows that a caller of [`Extreme::fill`] asks for at once, so that they stay in the first-level cache.
pub(crate) const FILL_BARS: usize = 512;

impl<const HIGH: bool> Extreme<HIGH> {
    pub(crate) fn new(period: usize) -> Self {
        Self { window: Ring::new(period), best: 0.0 }
    }

    /// Takes a value and gives the extreme, NaN until there are n values.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        let was_full = self.window.is_full();
        let leaving = self.window.push(value);
        if self.window.len() == 1 {
            self.best = value;
        } else if was_full && is_extreme::<HIGH>(leaving, self.best) && !is_extreme::<HIGH>(value, leaving) {
            self.best = search::<HIGH>(&self.window);
        } else {
            self.best = better::<HIGH>(self.best, value);
        }
        if self.window.is_full() { self.best } else { f64::NAN }
    }

    /// The extremes of the windows of n values that begin at each place of `input`, as many as `out` is long. It reads
    /// nothing that [`Extreme::step`] took.
    #[inline(always)]
    pub(crate) fn fill(&self, input: &[f64], out: &mut [f64]) {
        join::windows::<Newest<HIGH>>(self.window.capacity(), input, 1.0, out);
    }

    /// [`Extreme::step`] for each value of `input`.
    #[inline(always)]
    pub(crate) fn run(&mut self, input: &[f64], out: &mut [f64]) {
        let n = self.window.capacity();
        let first = input.len().min(n - 1);
        for (out, &value) in out.iter_mut().zip(&input[..first]) {
            *out = self.step(value);
        }
        if first < input.len() {
            self.fill(input, &mut out[first..]);
            self.skip(&input[first..], out[input.len() - 1]);
        }
    }

    /// As if all of `values`, at least one, had been stepped through; `extreme` is that of the last window.
    #[inline(always)]
    pub(crate) fn skip(&mut self, values: &[f64], extreme: f64) {
        self.window.extend(values);
        self.best = extreme;
    }
}

/// The extreme of two spans of bars; of equal ones that of the newer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Newest<const HIGH: bool>;

impl<const HIGH: bool> Join for Newest<HIGH> {
    #[inline(always)]
    fn join(newer: f64, older: f64) -> f64 {
        better::<HIGH>(older, newer)
    }
}

/// One instruction, which `f64::max` is not.
#[inline(always)]
fn better<const HIGH: bool>(earlier: f64, later: f64) -> f64 {
    let keep = if HIGH { earlier > later } else { earlier < later };
    if keep { earlier } else { later }
}

#[inline(always)]
fn is_extreme<const HIGH: bool>(value: f64, extreme: f64) -> bool {
    if HIGH { value >= extreme } else { value <= extreme }
}

#[inline(never)]
fn search<const HIGH: bool>(window: &Ring) -> f64 {
    let (older, newer) = window.as_slices();
    let worst = if HIGH { f64::NEG_INFINITY } else { f64::INFINITY };
    let best = older.iter().fold(worst, |best, &value| better::<HIGH>(best, value));
    newer.iter().fold(best, |best, &value| better::<HIGH>(best, value))
}
