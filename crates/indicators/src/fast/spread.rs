use std::ops::Range;

use crate::buffers::{BLOCK, Buffers};
use crate::fast::join::{self, Add};
use crate::fast::window::Window;
use crate::memory::{Memory, Visitor};
use crate::ring::Ring;
use crate::simd;

/// Mean and population variance of the last n values.
///
/// The values are summed as deviations from a level, and so are their squares, both without a subtraction. As soon as
/// the level is so far from the mean that the variance loses digits, the bar is computed anew from its values, and the
/// newest value becomes the level. Measured by itself the variance is thus as exact at a price of 10⁸ with movements of
/// 10⁻² as at 1, and no outlier that has left leaves a trace.
#[derive(Clone, Debug)]
pub(crate) struct Spread {
    one_over_n: f64,
    /// The most that the square of the mean deviation may be, in variances.
    limit: f64,
    seen: usize,
    level: f64,
    /// Whether the level is renewed before the next bar.
    renew: bool,
    values: Ring,
    deviations: Window<Add>,
    squares: Window<Add>,
}

impl Memory for Spread {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.seen.visit(visitor);
        self.level.visit(visitor);
        self.renew.visit(visitor);
        self.values.visit(visitor);
        self.deviations.visit_if(self.renew, visitor);
        self.squares.visit_if(self.renew, visitor);
    }
}

/// What is known of a window of values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moments {
    pub(crate) mean: f64,
    pub(crate) variance: f64,
}

impl Spread {
    pub(crate) fn new(n: usize) -> Self {
        Self {
            one_over_n: 1.0 / n as f64,
            limit: (n as f64).max(1024.0),
            seen: 0,
            level: 0.0,
            renew: false,
            values: Ring::new(n),
            deviations: Window::new(n),
            squares: Window::new(n),
        }
    }

    pub(crate) fn n(&self) -> usize {
        self.values.capacity()
    }

    /// `None` until there are n values.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> Option<Moments> {
        if self.renew {
            self.renew_level();
        }
        self.values.push(value);
        if self.seen < self.n() {
            if self.seen == 0 {
                self.level = value;
            }
            self.seen += 1;
        }
        let deviation = value - self.level;
        let mean = self.deviations.step(deviation) * self.one_over_n;
        let square = self.squares.step(deviation * deviation) * self.one_over_n;
        if self.seen < self.n() {
            return None;
        }
        let variance = variance(mean, square);
        if lost(self.limit, mean, variance) > 0.0 {
            self.renew = true;
            return Some(self.moments_of_values());
        }
        Some(Moments { mean: self.level + mean, variance })
    }

    /// The moments of the values themselves, around the newest.
    #[inline(never)]
    fn moments_of_values(&self) -> Moments {
        let level = self.values.back(0);
        let sum = |of: &dyn Fn(f64) -> f64| self.values.iter().fold(0.0, |sum, value| sum + of(value - level));
        let mean = sum(&|deviation| deviation) * self.one_over_n;
        let variance = sum(&|deviation| (deviation - mean) * (deviation - mean)) * self.one_over_n;
        Moments { mean: level + mean, variance }
    }

    #[inline(never)]
    fn renew_level(&mut self) {
        self.renew = false;
        self.level = self.values.back(0);
        self.deviations.restart();
        self.squares.restart();
        for value in self.values.iter() {
            let deviation = value - self.level;
            self.deviations.step(deviation);
            self.squares.step(deviation * deviation);
        }
    }

    /// The moments of `values` from `first` on, before which there are n − 1 of them, in blocks; `take` gets the bars of a
    /// block, their means and their variances.
    #[inline(always)]
    pub(crate) fn run(&mut self, values: &[f64], first: usize, mut take: impl FnMut(Range<usize>, &[f64], &[f64])) {
        let (mut buffers, n_bars, mut start) = (Buffers::take(), values.len(), first);
        let longest = BLOCK.max(2 * self.n());
        let mut length = longest;
        while start < n_bars {
            let end = n_bars.min(start + length);
            let [deviations, squares, means, variances] = buffers.columns(end + self.n() - 1 - start);
            let (means, variances) = (&mut means[..end - start], &mut variances[..end - start]);
            let done;
            if self.renew {
                let Moments { mean, variance } = self.step(values[start]).expect("the window is full");
                (means[0], variances[0], done) = (mean, variance, 1);
            } else {
                let lost = self.run_level(&values[start + 1 - self.n()..end], [deviations, squares], means, variances);
                done = lost.map_or(end - start, |bar| bar + 1);
                // Where levels change often, little is to be computed in vain.
                length = if lost.is_some() { 16 } else { longest.min(2 * length) };
            }
            take(start..start + done, &means[..done], &variances[..done]);
            start += done;
        }
        buffers.give_back();
        if !self.renew {
            self.take_up(&values[n_bars - self.n()..]);
        }
    }

    /// Puts the last n values into the ring and the sums.
    #[inline(never)]
    fn take_up(&mut self, values: &[f64]) {
        self.values.extend(values);
        for &value in values {
            let deviation = value - self.level;
            self.deviations.step(deviation);
            self.squares.step(deviation * deviation);
        }
    }

    /// The moments around the level; gives the first bar that asks for another, behind which nothing is done.
    #[inline(always)]
    fn run_level(
        &mut self,
        values: &[f64],
        [deviations, squares]: [&mut [f64]; 2],
        means: &mut [f64],
        variances: &mut [f64],
    ) -> Option<usize> {
        let (level, limit, one_over_n, n) = (self.level, self.limit, self.one_over_n, self.n());
        for ((deviation, square), &value) in deviations.iter_mut().zip(squares.iter_mut()).zip(values) {
            *deviation = value - level;
            *square = *deviation * *deviation;
        }
        join::windows::<Add>(n, deviations, one_over_n, means);
        join::windows::<Add>(n, squares, one_over_n, variances);
        let lost = if to_variances(limit, means, variances) { self.first_lost(means, variances) } else { None };
        for mean in &mut *means {
            *mean += level;
        }
        if let Some(bar) = lost {
            self.change_level(&values[..n + bar], &mut means[bar], &mut variances[bar]);
        }
        lost
    }

    #[inline(never)]
    fn first_lost(&self, means: &[f64], variances: &[f64]) -> Option<usize> {
        let mut bars = means.iter().zip(variances);
        simd::dispatch(
            #[inline(always)]
            || {
                bars.position(
                    #[inline(always)]
                    |(&mean, &variance)| lost(self.limit, mean, variance) > 0.0,
                )
            },
        )
    }

    /// The moments of the last of `values`, which asks for another level.
    #[inline(never)]
    fn change_level(&mut self, values: &[f64], mean: &mut f64, variance: &mut f64) {
        self.values.extend(values);
        Moments { mean: *mean, variance: *variance } = self.moments_of_values();
        self.renew = true;
    }
}

/// The variance of deviations of that mean and mean square.
#[inline(always)]
fn variance(mean: f64, square: f64) -> f64 {
    mean.mul_add(-mean, square)
}

/// Positive, if the level is so far from the mean that the variance has lost digits.
#[inline(always)]
fn lost(limit: f64, mean: f64, variance: f64) -> f64 {
    mean.mul_add(mean, -limit * variance)
}

/// Makes variances of mean squares; whether one has lost more than the `limit`. The sign of 0 − x tells whether x is
/// positive; gathered as bits, for which the order does not matter, they are compiled to vector instructions.
#[inline(always)]
fn to_variances(limit: f64, means: &[f64], squares: &mut [f64]) -> bool {
    let mut signs = 0;
    for (&mean, square) in means.iter().zip(squares) {
        *square = variance(mean, *square);
        signs |= (0.0 - lost(limit, mean, *square)).to_bits();
    }
    signs >> 63 == 1
}
