use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// Mean of the values of a window and the sum of f(value − mean): two passes, so that nothing cancels.
#[inline(always)]
pub(crate) fn mean(window: &Ring) -> f64 {
    window.iter().sum::<f64>() / window.len() as f64
}

/// Sum of the squared distances from `mean`.
#[inline(always)]
pub(crate) fn squares(window: &Ring, mean: f64) -> f64 {
    window.iter().map(|value| (value - mean) * (value - mean)).sum()
}

/// Distance of the value from the mean of the last n, in their population standard deviations; 0 if all are equal.
#[derive(Clone, Debug)]
pub struct ZScore {
    window: Ring,
}

constructor!(ZScore(period: usize));
memory!(ZScore { window });

impl Indicator<1, 1> for ZScore {
    const NAME: &'static str = "z_score";

    fn build(args: &[f64]) -> Self {
        Self { window: Ring::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.window.push(value);
        if !self.window.is_full() {
            return [f64::NAN];
        }
        let mean = mean(&self.window);
        let deviation = (squares(&self.window, mean) / self.window.len() as f64).sqrt();
        [if deviation == 0.0 { 0.0 } else { (value - mean) / deviation }]
    }
}

/// Sample skewness of the last n values, corrected for its bias (the adjusted Fisher–Pearson coefficient); 0 if all are
/// equal.
#[derive(Clone, Debug)]
pub struct Skewness {
    window: Ring,
}

constructor!(Skewness(period: usize));
memory!(Skewness { window });

impl Indicator<1, 1> for Skewness {
    const NAME: &'static str = "skewness";

    fn build(args: &[f64]) -> Self {
        Self { window: Ring::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.window.push(value);
        if !self.window.is_full() {
            return [f64::NAN];
        }
        let n = self.window.len() as f64;
        let mean = mean(&self.window);
        let second = squares(&self.window, mean) / n;
        if second == 0.0 {
            return [0.0];
        }
        let third = self.window.iter().map(|value| (value - mean) * (value - mean) * (value - mean)).sum::<f64>() / n;
        [third / (second * second.sqrt()) * (n * (n - 1.0)).sqrt() / (n - 2.0)]
    }
}

/// Pearson correlation of the last n values with those `lag` bars before them; 0 where either side does not move.
#[derive(Clone, Debug)]
pub struct Autocorrelation {
    n: usize,
    window: Ring,
}

constructor!(Autocorrelation(period: usize, lag: usize));
memory!(Autocorrelation { window });

impl Indicator<1, 1> for Autocorrelation {
    const NAME: &'static str = "autocorrelation";

    fn build(args: &[f64]) -> Self {
        Self { n: args::bars(args, 0), window: Ring::new(args::bars(args, 0) + args::bars(args, 1)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) + args::bars(args, 1) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.window.push(value);
        if !self.window.is_full() {
            return [f64::NAN];
        }
        let n = self.n as f64;
        let earlier = self.window.iter().take(self.n);
        let later = self.window.iter().skip(self.window.len() - self.n);
        let (mean_a, mean_b) = (earlier.clone().sum::<f64>() / n, later.clone().sum::<f64>() / n);
        let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
        for (a, b) in earlier.zip(later) {
            let (a, b) = (a - mean_a, b - mean_b);
            ab += a * b;
            aa += a * a;
            bb += b * b;
        }
        let scale = (aa * bb).sqrt();
        [if scale == 0.0 { 0.0 } else { ab / scale }]
    }
}

/// Shannon entropy in bits of how the last n changes fall into `bins` boxes of equal width between the smallest and the
/// largest: 0 if all fall into one, log₂(bins) if evenly.
#[derive(Clone, Debug)]
pub struct Entropy {
    counts: Box<[f64]>,
    changes: Ring,
    previous: f64,
    seen: usize,
}

constructor!(Entropy(period: usize, bins: usize));
memory!(Entropy { changes, previous, seen });

impl Indicator<1, 1> for Entropy {
    const NAME: &'static str = "entropy";

    fn build(args: &[f64]) -> Self {
        let counts = vec![0.0; args::bars(args, 1)].into();
        Self { counts, changes: Ring::new(args::bars(args, 0)), previous: 0.0, seen: 0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let change = value - self.previous;
        self.previous = value;
        if self.seen == 0 {
            self.seen = 1;
            return [f64::NAN];
        }
        self.changes.push(change);
        if !self.changes.is_full() {
            return [f64::NAN];
        }
        let low = self.changes.iter().fold(f64::INFINITY, f64::min);
        let high = self.changes.iter().fold(f64::NEG_INFINITY, f64::max);
        if low >= high {
            return [0.0];
        }
        self.counts.fill(0.0);
        let bins = self.counts.len();
        for change in self.changes.iter() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to the number of bins")]
            let bin = ((change - low) / (high - low) * bins as f64) as usize;
            self.counts[bin.min(bins - 1)] += 1.0;
        }
        let n = self.changes.len() as f64;
        let filled = self.counts.iter().filter(|&&count| count > 0.0);
        [filled.map(|count| count / n * libm::log2(n / count)).sum()]
    }
}

/// Hurst exponent of the last n changes by rescaled range: the slope of log(range / deviation) over log(length), by least
/// squares over the lengths n, n/2, n/4 … down to 8, each averaged over the pieces of that length.
///
/// Around 0.5 for a random walk, above for a trend that goes on, below for one that turns; pieces without movement are
/// left out, and there is no value if fewer than two lengths are left.
#[derive(Clone, Debug)]
pub struct Hurst {
    /// The changes in order, for the pieces.
    ordered: Box<[f64]>,
    changes: Ring,
    previous: f64,
    seen: usize,
}

constructor!(Hurst(period: usize));
memory!(Hurst { changes, previous, seen });

/// The shortest piece of the rescaled range.
const SHORTEST: usize = 8;

impl Indicator<1, 1> for Hurst {
    const NAME: &'static str = "hurst";

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        Self { ordered: vec![0.0; n].into(), changes: Ring::new(n), previous: 0.0, seen: 0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let change = value - self.previous;
        self.previous = value;
        if self.seen == 0 {
            self.seen = 1;
            return [f64::NAN];
        }
        self.changes.push(change);
        if !self.changes.is_full() {
            return [f64::NAN];
        }
        for (slot, change) in self.ordered.iter_mut().zip(self.changes.iter()) {
            *slot = change;
        }
        [slope_of_ranges(&self.ordered)]
    }
}

fn slope_of_ranges(changes: &[f64]) -> f64 {
    let (mut points, mut x, mut y, mut xx, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let mut length = changes.len();
    while length >= SHORTEST {
        let (mut total, mut pieces) = (0.0, 0.0);
        for range in changes.chunks_exact(length).filter_map(rescaled_range) {
            total += range;
            pieces += 1.0;
        }
        if pieces > 0.0 {
            let (log_length, log_range) = (libm::log(length as f64), libm::log(total / pieces));
            points += 1.0;
            x += log_length;
            y += log_range;
            xx += log_length * log_length;
            xy += log_length * log_range;
        }
        length /= 2;
    }
    if points < 2.0 { f64::NAN } else { (points * xy - x * y) / (points * xx - x * x) }
}

/// Range of the running sum of the distances from the mean, over the population standard deviation; `None` without
/// movement.
fn rescaled_range(piece: &[f64]) -> Option<f64> {
    let n = piece.len() as f64;
    let mean = piece.iter().sum::<f64>() / n;
    let (mut sum, mut low, mut high, mut squares) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0);
    for change in piece {
        let distance = change - mean;
        sum += distance;
        low = low.min(sum);
        high = high.max(sum);
        squares += distance * distance;
    }
    let deviation = (squares / n).sqrt();
    (deviation > 0.0 && high > low).then(|| (high - low) / deviation)
}
