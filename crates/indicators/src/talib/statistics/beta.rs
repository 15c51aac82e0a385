use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's beta: the slope of the regression of the second column's relative changes on the first's, over the last
/// `period` changes.
///
/// From sums of the changes' deviations from a level near them, one for each column. When digits are lost, when a
/// change leaves that weighs a thousand times what is left, and every 32 windows, the levels move to the means and the
/// sums are taken anew. A change from 0 counts as 0; 0 where the first column does not vary.
#[derive(Clone, Debug)]
pub struct Beta {
    begun: bool,
    previous: [f64; 2],
    changes: [Ring; 2],
    sums: Sums,
}

constructor!(Beta(period: usize));
memory!(Beta { begun, previous, changes, sums });

#[inline(always)]
fn change(value: f64, previous: f64) -> f64 {
    if previous == 0.0 { 0.0 } else { (value - previous) / previous }
}

impl Indicator<2, 1> for Beta {
    const NAME: &'static str = "beta";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = BLOCK;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        let ring = Ring::new(n);
        Self { begun: false, previous: [0.0; 2], changes: [ring.clone(), ring], sums: Sums::new(n) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, pair: [f64; 2]) -> [f64; 1] {
        let previous = std::mem::replace(&mut self.previous, pair);
        if !self.begun {
            self.begun = true;
            return [f64::NAN];
        }
        let changes = [change(pair[0], previous[0]), change(pair[1], previous[1])];
        let [first, second] = &mut self.changes;
        if first.len() == 0 {
            self.sums.levels = changes;
        }
        let was_full = first.is_full();
        let leaving = [first.push(changes[0]), second.push(changes[1])];
        if was_full {
            self.sums.remove(leaving);
        }
        if first.is_full() {
            let window = || first.iter().zip(second.iter()).map(<[f64; 2]>::from);
            return [slope(self.sums.next(changes, window))];
        }
        self.sums.add(changes);
        [f64::NAN]
    }

    /// The changes first; once the window is full what leaves it is read in stretches, and the quotients follow their
    /// sums: neither changes nor quotients wait for one another.
    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let filling = out.len().min(self.changes[0].free() + usize::from(!self.begun));
        let (first_out, out) = out.split_at_mut(filling);
        step_each(self, inputs.map(|column| &column[..filling]), [first_out]);
        let [first, second] = inputs.map(|column| column[filling..].chunks(BLOCK));
        for ((first, second), out) in first.zip(second).zip(out.chunks_mut(BLOCK)) {
            let (mut spreads, mut changes) = ([0.0; BLOCK], [[0.0; BLOCK]; 2]);
            let [first, second] = {
                let [a, b] = &mut changes;
                fill_changes(first, self.previous[0], &mut a[..out.len()]);
                fill_changes(second, self.previous[1], &mut b[..out.len()]);
                self.previous = [first[out.len() - 1], second[out.len() - 1]];
                [&a[..out.len()], &b[..out.len()]]
            };
            let [first_window, second_window] = &self.changes;
            let mut sums = self.sums;
            let mut bars = out.iter_mut().zip(&mut spreads).zip(first.iter().zip(second)).enumerate();
            for (a, b) in first_window.leaving(first).into_iter().zip(second_window.leaving(second)) {
                for ((&a, &b), (place, ((products, spread), (&x, &y)))) in a.iter().zip(b).zip(&mut bars) {
                    sums.remove([a, b]);
                    [*products, *spread] = sums.next([x, y], || {
                        let first = first_window.iter_behind(&first[..=place]);
                        first.zip(second_window.iter_behind(&second[..=place])).map(<[f64; 2]>::from)
                    });
                }
            }
            for (value, &spread) in out.iter_mut().zip(&spreads) {
                *value = slope([*value, spread]);
            }
            self.sums = sums;
            self.changes[0].extend(first);
            self.changes[1].extend(second);
        }
    }
}

/// The change of each value from the one before it, `previous` before the first.
#[inline(always)]
fn fill_changes(values: &[f64], previous: f64, out: &mut [f64]) {
    out[0] = change(values[0], previous);
    for ((out, &value), &previous) in out[1..].iter_mut().zip(&values[1..]).zip(values) {
        *out = change(value, previous);
    }
}

/// Bars whose changes are worked out before their sums.
const BLOCK: usize = 256;

/// The slope from n² times the covariance and the variance, which is 0 where there is no slope.
#[inline(always)]
fn slope([products, spread]: [f64; 2]) -> f64 {
    if spread > 0.0 { products / spread } else { 0.0 }
}

#[derive(Clone, Copy, Debug)]
struct Sums {
    n: f64,
    /// Bars from one renewal of the levels to the next, if nothing asks for an earlier one.
    renewal_bars: usize,
    /// Bars since the last renewal.
    since: usize,
    levels: [f64; 2],
    /// Sums over the window: of change − level …
    totals: [f64; 2],
    /// … of its square …
    squares: [f64; 2],
    /// … and of the product of both columns.
    products: f64,
    /// The squares that left last.
    left: [f64; 2],
}

memory!(Sums { since, levels, totals, squares, products, left });

impl Sums {
    /// A spread below this part of its squares has lost digits to rounding.
    const RENEW_BELOW: f64 = 1e-6;
    /// A square that leaves has taken digits with it beyond this multiple of what is left.
    const RENEW_ABOVE: f64 = 1000.0;
    /// A spread below this part of its squares is rounding only.
    const FLAT_BELOW: f64 = 1e-14;

    fn new(n: usize) -> Self {
        Self {
            n: n as f64,
            renewal_bars: 32 * n,
            since: 0,
            levels: [0.0; 2],
            totals: [0.0; 2],
            squares: [0.0; 2],
            products: 0.0,
            left: [0.0; 2],
        }
    }

    #[inline(always)]
    fn add(&mut self, changes: [f64; 2]) {
        let deviations = [changes[0] - self.levels[0], changes[1] - self.levels[1]];
        for ((total, squares), deviation) in self.totals.iter_mut().zip(&mut self.squares).zip(deviations) {
            *total += deviation;
            *squares += deviation * deviation;
        }
        self.products += deviations[0] * deviations[1];
    }

    #[inline(always)]
    fn remove(&mut self, changes: [f64; 2]) {
        let deviations = [changes[0] - self.levels[0], changes[1] - self.levels[1]];
        self.left = deviations.map(|deviation| deviation * deviation);
        for ((total, squares), deviation) in self.totals.iter_mut().zip(&mut self.squares).zip(deviations) {
            *total -= deviation;
            *squares -= deviation * deviation;
        }
        self.products -= deviations[0] * deviations[1];
    }

    /// n² times the variance of the first column, and n times its sum of squares.
    #[inline(always)]
    fn spread(&self) -> [f64; 2] {
        let scale = self.n * self.squares[0];
        [scale - self.totals[0] * self.totals[0], scale]
    }

    /// Takes the changes that fill the window, and gives what [`slope`] reads.
    #[inline(always)]
    fn next<I: Iterator<Item = [f64; 2]>>(&mut self, changes: [f64; 2], window: impl Fn() -> I) -> [f64; 2] {
        self.add(changes);
        let [mut spread, mut scale] = self.spread();
        self.since += 1;
        let is_large = |column: usize| self.left[column] > Self::RENEW_ABOVE * self.squares[column];
        if spread < Self::RENEW_BELOW * scale || is_large(0) || is_large(1) || self.since == self.renewal_bars {
            *self = self.renewed(window);
            [spread, scale] = self.spread();
        }
        let products = self.n * self.products - self.totals[0] * self.totals[1];
        [products, if spread > Self::FLAT_BELOW * scale { spread } else { 0.0 }]
    }

    /// The sums around the means of the window.
    #[cold]
    #[inline(never)]
    fn renewed<I: Iterator<Item = [f64; 2]>>(self, window: impl Fn() -> I) -> Self {
        let totals = window().fold([0.0; 2], |[a, b], changes| [a + changes[0], b + changes[1]]);
        let levels = totals.map(|total| total / self.n);
        let zero = [0.0; 2];
        let mut sums = Self { since: 0, levels, totals: zero, squares: zero, products: 0.0, ..self };
        for changes in window() {
            sums.add(changes);
        }
        sums
    }
}
