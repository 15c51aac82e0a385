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
    /// Extremes of overlapping short windows, for [`Extreme::fill`]; no memory.
    scratch: [Box<[f64]>; 2],
}

impl<const HIGH: bool> crate::Memory for Extreme<HIGH> {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl crate::Visitor) {
        self.window.visit(visitor);
        self.best.visit(visitor);
    }
}

/// The most windows that [`Extreme::fill`] takes at once: all of its passes stay in the first-level cache.
pub(crate) const FILL_BARS: usize = 512;

impl<const HIGH: bool> Extreme<HIGH> {
    pub(crate) fn new(period: usize) -> Self {
        let scratch = vec![0.0; FILL_BARS + period].into_boxed_slice();
        Self { window: Ring::new(period), best: 0.0, scratch: [scratch.clone(), scratch] }
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

    /// The extremes of the windows of n values that begin at each place of `input`, as many as `out` is long, at most
    /// [`FILL_BARS`]. It reads nothing that [`Extreme::step`] took.
    ///
    /// From the extremes of windows of 1 value come those of 2, from these those of 4, and so on; the last doubling
    /// overlaps.
    #[inline(always)]
    pub(crate) fn fill(&mut self, input: &[f64], out: &mut [f64]) {
        let n = self.window.capacity();
        debug_assert_eq!(input.len(), out.len() + n - 1, "one window more needs one value more");
        let [even, odd] = &mut self.scratch;
        let (mut from, mut to) = (even, odd);
        let mut width = 1;
        let mut known = input.len();
        while 2 * width < n {
            let source = if width == 1 { input } else { &from[..known] };
            known -= width;
            combine::<HIGH>(source, width, &mut to[..known]);
            std::mem::swap(&mut from, &mut to);
            width *= 2;
        }
        combine::<HIGH>(if width == 1 { input } else { &from[..known] }, n - width, out);
    }

    /// [`Extreme::step`] for each value of `input`.
    #[inline(always)]
    pub(crate) fn run(&mut self, input: &[f64], out: &mut [f64]) {
        let n = self.window.capacity();
        let first = input.len().min(n - 1);
        for (out, &value) in out.iter_mut().zip(&input[..first]) {
            *out = self.step(value);
        }
        for start in (first..input.len()).step_by(FILL_BARS) {
            let end = input.len().min(start + FILL_BARS);
            self.fill(&input[start + 1 - n..end], &mut out[start..end]);
            self.skip(&input[start..end], out[end - 1]);
        }
    }

    /// As if all of `values`, at least one, had been stepped through; `extreme` is that of the last window.
    #[inline(always)]
    pub(crate) fn skip(&mut self, values: &[f64], extreme: f64) {
        self.window.extend(values);
        self.best = extreme;
    }
}

/// Writes the better of each value and the one `distance` behind it.
#[inline(always)]
fn combine<const HIGH: bool>(input: &[f64], distance: usize, out: &mut [f64]) {
    for ((out, &earlier), &later) in out.iter_mut().zip(input).zip(&input[distance..]) {
        *out = better::<HIGH>(earlier, later);
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
