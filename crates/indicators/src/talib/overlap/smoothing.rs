use crate::lanes::lockstep::Recursion;
use crate::lanes::{Four, Wide};
use crate::memory::memory;

/// An average that follows its values with fixed weights: the mean of the first n of them, then
/// `beta · previous + alpha · value` in one fused multiply-add.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Smoothing {
    n: f64,
    /// Values that the first mean is made of; never reached by a smoothing that copies.
    seeds: usize,
    /// Weight of the previous average.
    beta: f64,
    /// Weight of the new value.
    alpha: f64,
    seen: usize,
    /// The sum of the values until there are n, then the average.
    average: f64,
}

memory!(Smoothing { seen, average });

impl Smoothing {
    pub(crate) fn new(n: usize, beta: f64, alpha: f64) -> Self {
        Self { n: n as f64, seeds: n, beta, alpha, seen: 0, average: 0.0 }
    }

    /// The weights of an exponential average over `n` values: 2/(n + 1) for the new one. For n = 1 it copies.
    pub(crate) fn exponential(n: usize) -> Self {
        let beta = (n as f64 - 1.0) / (n as f64 + 1.0);
        let alpha = 1.0 - beta;
        // The weights add up to exactly 1, so that an average of equal values stays there.
        let beta = if beta < 0.5 { 1.0 - alpha } else { beta };
        Self { seeds: if n == 1 { usize::MAX } else { n }, ..Self::new(n, beta, alpha) }
    }

    /// Wilder's weights: 1/n for the new value.
    pub(crate) fn wilder(n: usize) -> Self {
        let beta = (n as f64 - 1.0) / n as f64;
        Self::new(n, beta, 1.0 - beta)
    }

    /// Takes a value and gives the average, NaN until there are n values.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        if self.is_seeded() { self.follow(value) } else { self.seed(value) }
    }

    #[inline(always)]
    pub(crate) fn is_seeded(&self) -> bool {
        self.seen == self.seeds
    }

    /// Whether it gives each value as it is.
    #[inline(always)]
    pub(crate) fn copies(&self) -> bool {
        self.seeds == usize::MAX
    }

    /// How many more values it takes until it has an average; none if it copies.
    #[inline(always)]
    pub(crate) fn missing(&self) -> usize {
        if self.copies() { 0 } else { self.seeds - self.seen }
    }

    /// [`Smoothing::step`] of a seeded smoothing.
    #[inline(always)]
    pub(crate) fn follow(&mut self, value: f64) -> f64 {
        self.average = self.beta.mul_add(self.average, self.alpha * value);
        self.average
    }

    #[inline(always)]
    fn seed(&mut self, value: f64) -> f64 {
        if self.copies() {
            return value;
        }
        self.seen += 1;
        self.average += value;
        if self.seen < self.seeds {
            return f64::NAN;
        }
        self.average /= self.n;
        self.average
    }
}

impl Recursion<2, 1> for Smoothing {
    fn bars_alone(&self) -> Option<usize> {
        (self.seeds != usize::MAX).then(|| self.missing())
    }

    fn constants(&self) -> [f64; 2] {
        [self.beta, self.alpha]
    }

    fn variables(&self) -> [f64; 1] {
        [self.average]
    }

    fn set_variables(&mut self, [average]: [f64; 1]) {
        self.average = average;
    }

    #[inline(always)]
    fn eight_bars<F: Four>(
        _: F::Token,
        [beta, alpha]: &[Wide<F>; 2],
        [average]: &mut [Wide<F>; 1],
        bars: &mut [Wide<F>; 8],
    ) {
        for bar in bars {
            *average = beta.mul_add(*average, *alpha * *bar);
            *bar = *average;
        }
    }
}
