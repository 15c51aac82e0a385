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

    /// What is made `of` the moments of `values` from `first` on, before which there are n − 1 of them, in blocks.
    #[inline(always)]
    pub(crate) fn run<const O: usize>(
        &mut self,
        values: &[f64],
        first: usize,
        mut outputs: [&mut [f64]; O],
        of: impl Fn(Moments) -> [f64; O],
    ) {
        let (mut buffers, n_bars, mut start) = (Buffers::take(), values.len(), first);
        let longest = BLOCK.max(2 * self.n());
        let mut length = longest;
        while start < n_bars {
            let end = n_bars.min(start + length);
            let mut out = outputs.each_mut().map(
                #[inline(always)]
                |column| &mut column[start..end],
            );
            if self.renew {
                let moments = self.step(values[start]).expect("the window is full");
                put(&mut out, 0, of(moments));
                start += 1;
                continue;
            }
            let window = &values[start + 1 - self.n()..end];
            let buffers = buffers.columns(window.len());
            let Some(lost) = self.run_level(window, buffers, &mut out, &of) else {
                (start, length) = (end, longest.min(2 * length));
                continue;
            };
            self.change_level(&window[..self.n() + lost]);
            put(&mut out, lost, of(self.moments_of_values()));
            // Where levels change often, little is to be computed in vain.
            (start, length) = (start + lost + 1, 16);
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

    /// The outputs of moments around the level; gives the first bar that asks for another, from which on they are void.
    #[inline(always)]
    fn run_level<const O: usize>(
        &self,
        values: &[f64],
        [deviations, squares, means, mean_squares]: [&mut [f64]; 4],
        outputs: &mut [&mut [f64]; O],
        of: &impl Fn(Moments) -> [f64; O],
    ) -> Option<usize> {
        let (level, limit, one_over_n, n) = (self.level, self.limit, self.one_over_n, self.n());
        for ((deviation, square), &value) in deviations.iter_mut().zip(squares.iter_mut()).zip(values) {
            *deviation = value - level;
            *square = *deviation * *deviation;
        }
        let n_bars = values.len() + 1 - n;
        let (means, mean_squares) = (&mut means[..n_bars], &mut mean_squares[..n_bars]);
        join::windows::<Add>(n, deviations, one_over_n, means);
        join::windows::<Add>(n, squares, one_over_n, mean_squares);
        let mut outputs = outputs.each_mut().map(
            #[inline(always)]
            |column| &mut column[..n_bars],
        );
        // The sign of 0 − x tells whether x is positive; gathered as bits, for which the order does not matter, they are
        // compiled to vector instructions.
        let mut signs = 0;
        for bar in 0..n_bars {
            let (mean, square) = (means[bar], mean_squares[bar]);
            let variance = variance(mean, square);
            signs |= (0.0 - lost(limit, mean, variance)).to_bits();
            put(&mut outputs, bar, of(Moments { mean: level + mean, variance }));
        }
        if signs >> 63 == 1 { self.first_lost(means, mean_squares) } else { None }
    }

    #[inline(never)]
    fn first_lost(&self, means: &[f64], mean_squares: &[f64]) -> Option<usize> {
        let mut bars = means.iter().zip(mean_squares);
        simd::dispatch(
            #[inline(always)]
            || {
                bars.position(
                    #[inline(always)]
                    |(&mean, &square)| lost(self.limit, mean, variance(mean, square)) > 0.0,
                )
            },
        )
    }

    /// Takes the last of `values`, the bar that asks for another level.
    #[inline(never)]
    fn change_level(&mut self, values: &[f64]) {
        self.values.extend(values);
        self.renew = true;
    }
}

#[inline(always)]
fn put<const O: usize>(outputs: &mut [&mut [f64]; O], bar: usize, values: [f64; O]) {
    for (column, value) in outputs.iter_mut().zip(values) {
        column[bar] = value;
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
