use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's correlation coefficient (Pearson's r) of the last `period` values of two columns, −1 to 1.
///
/// From sums of the values' deviations from a level near them, one for each column. When a column's spread falls below
/// a part of the largest held since, digits are lost; then, and every 32 windows, the levels move to the means and the
/// sums are taken anew. 0 where a column is flat.
#[derive(Clone, Debug)]
pub struct Correl {
    windows: [Ring; 2],
    sums: Sums,
}

constructor!(Correl(period: usize));
memory!(Correl { windows, sums });

impl Indicator<2, 1> for Correl {
    const NAME: &'static str = "correl";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = BLOCK;

    fn build(args: &[f64]) -> Self {
        let ring = Ring::new(args::bars(args, 0));
        Self { windows: [ring.clone(), ring], sums: Sums::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, pair: [f64; 2]) -> [f64; 1] {
        let [first, second] = &mut self.windows;
        if first.len() == 0 {
            self.sums.levels = pair;
        }
        let was_full = first.is_full();
        let leaving = [first.push(pair[0]), second.push(pair[1])];
        if was_full {
            self.sums.remove(leaving);
        }
        if first.is_full() {
            let window = || first.iter().zip(second.iter()).map(<[f64; 2]>::from);
            return [coefficient(self.sums.next(pair, window))];
        }
        self.sums.add(pair);
        [f64::NAN]
    }

    /// Once the window is full what leaves it is read in stretches, and the roots and quotients, which do not wait for
    /// one another, follow their sums.
    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let filling = out.len().min(self.windows[0].free());
        let (first_out, out) = out.split_at_mut(filling);
        step_each(self, inputs.map(|column| &column[..filling]), [first_out]);
        let [first, second] = inputs.map(|column| column[filling..].chunks(BLOCK));
        for ((first, second), out) in first.zip(second).zip(out.chunks_mut(BLOCK)) {
            let [first_window, second_window] = &self.windows;
            let mut squares = [0.0; BLOCK];
            let mut sums = self.sums;
            let mut bars = out.iter_mut().zip(&mut squares).zip(first.iter().zip(second)).enumerate();
            for (a, b) in first_window.leaving(first).into_iter().zip(second_window.leaving(second)) {
                for ((&a, &b), (place, ((products, squares), (&x, &y)))) in a.iter().zip(b).zip(&mut bars) {
                    sums.remove([a, b]);
                    [*products, *squares] = sums.next([x, y], || {
                        let first = first_window.iter_behind(&first[..=place]);
                        first.zip(second_window.iter_behind(&second[..=place])).map(<[f64; 2]>::from)
                    });
                }
            }
            for (value, &squares) in out.iter_mut().zip(&squares) {
                *value = coefficient([*value, squares]);
            }
            self.sums = sums;
            self.windows[0].extend(first);
            self.windows[1].extend(second);
        }
    }
}

/// Values whose sums are worked out before their coefficients.
const BLOCK: usize = 256;

/// r from the products of the deviations and the product of both sums of squares, which is 0 where there is no r.
#[inline(always)]
fn coefficient([products, squares]: [f64; 2]) -> f64 {
    let r = products / squares.sqrt();
    let r = if r > 1.0 { 1.0 } else { r };
    let r = if r < -1.0 { -1.0 } else { r };
    if squares > 0.0 { r } else { 0.0 }
}

#[derive(Clone, Copy, Debug)]
struct Sums {
    one_over_n: f64,
    /// Bars from one renewal of the levels to the next, if nothing asks for an earlier one.
    renewal_bars: usize,
    /// Bars since the last renewal.
    since: usize,
    levels: [f64; 2],
    /// Sums over the window: of value − level …
    totals: [f64; 2],
    /// … of its square …
    squares: [f64; 2],
    /// … and of the product of both columns.
    products: f64,
    /// The largest `squares` since the last renewal: rounding errors are in proportion to them.
    peaks: [f64; 2],
}

memory!(Sums { since, levels, totals, squares, products, peaks });

impl Sums {
    /// A spread below this part of the peak has lost digits to rounding.
    const RENEW_BELOW: f64 = 1e-6;
    /// A spread below this part of its squares is rounding only.
    const FLAT_BELOW: f64 = 1e-14;

    fn new(n: usize) -> Self {
        Self {
            one_over_n: 1.0 / n as f64,
            renewal_bars: 32 * n,
            since: 0,
            levels: [0.0; 2],
            totals: [0.0; 2],
            squares: [0.0; 2],
            products: 0.0,
            peaks: [0.0; 2],
        }
    }

    #[inline(always)]
    fn add(&mut self, pair: [f64; 2]) {
        let deviations = [pair[0] - self.levels[0], pair[1] - self.levels[1]];
        for ((total, squares), deviation) in self.totals.iter_mut().zip(&mut self.squares).zip(deviations) {
            *total += deviation;
            *squares += deviation * deviation;
        }
        for (peak, squares) in self.peaks.iter_mut().zip(self.squares) {
            *peak = if squares > *peak { squares } else { *peak };
        }
        self.products += deviations[0] * deviations[1];
    }

    #[inline(always)]
    fn remove(&mut self, pair: [f64; 2]) {
        let deviations = [pair[0] - self.levels[0], pair[1] - self.levels[1]];
        for ((total, squares), deviation) in self.totals.iter_mut().zip(&mut self.squares).zip(deviations) {
            *total -= deviation;
            *squares -= deviation * deviation;
        }
        self.products -= deviations[0] * deviations[1];
    }

    /// The sum of squares of each column around its mean.
    #[inline(always)]
    fn spreads(&self) -> [f64; 2] {
        [0, 1].map(|column| self.squares[column] - self.totals[column] * self.totals[column] * self.one_over_n)
    }

    /// Of which columns the spread is so small a part of `of` that it has lost digits.
    #[inline(always)]
    fn is_below(spreads: [f64; 2], of: [f64; 2]) -> [bool; 2] {
        [0, 1].map(|column| spreads[column] < Self::RENEW_BELOW * of[column])
    }

    /// Takes the pair that fills the window, and gives what [`coefficient`] reads.
    #[inline(always)]
    fn next<I: Iterator<Item = [f64; 2]>>(&mut self, pair: [f64; 2], window: impl Fn() -> I) -> [f64; 2] {
        self.add(pair);
        let mut spreads = self.spreads();
        self.since += 1;
        if Self::is_below(spreads, self.peaks) != [false; 2] || self.since == self.renewal_bars {
            *self = self.renewed(pair, window);
            spreads = self.spreads().map(|spread| if spread < 0.0 { 0.0 } else { spread });
        }
        let products = self.products - self.totals[0] * self.totals[1] * self.one_over_n;
        let spread = |column: usize| spreads[column] > Self::FLAT_BELOW * self.squares[column];
        [products, if spread(0) & spread(1) { spreads[0] * spreads[1] } else { 0.0 }]
    }

    /// The sums around the means of the window, or around a column's newest value where its mean does not serve.
    #[cold]
    #[inline(never)]
    fn renewed<I: Iterator<Item = [f64; 2]>>(self, newest: [f64; 2], window: impl Fn() -> I) -> Self {
        let totals = window().fold([0.0; 2], |[a, b], pair| [a + pair[0], b + pair[1]]);
        let mut levels = totals.map(|total| total * self.one_over_n);
        let sums = self.around(levels, window());
        let lost = Self::is_below(sums.spreads(), sums.squares);
        if lost == [false; 2] {
            return sums;
        }
        for column in 0..2 {
            levels[column] = if lost[column] { newest[column] } else { levels[column] };
        }
        self.around(levels, window())
    }

    fn around(self, levels: [f64; 2], window: impl Iterator<Item = [f64; 2]>) -> Self {
        let zero = [0.0; 2];
        let mut sums = Self { since: 0, levels, totals: zero, squares: zero, products: 0.0, peaks: zero, ..self };
        for pair in window {
            sums.add(pair);
        }
        sums
    }
}
