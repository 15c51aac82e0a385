use super::running::LARGEST_WINDOW;
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's commodity channel index: (T − M) / (0.015 · D) with the typical price T = (high + low + close)/3, the mean
/// M of its last n values, and D the mean of their distances from M.
///
/// Both sums are added up anew at every bar, in the order of the places of a ring: from the newest bar whose number is a
/// multiple of n to the newest, and then from the oldest of the window on. A distance of T from M, or a D, below 10⁻¹⁴
/// of M counts as none and gives 0.
#[derive(Clone, Debug)]
pub struct Cci {
    n: f64,
    /// The typical price of bar i stands at place i mod n.
    window: Ring,
    /// Sum of the values in front of the next place.
    so_far: f64,
}

constructor!(Cci(period: usize));
memory!(Cci { window, so_far });

#[inline(always)]
fn typical([high, low, close]: [f64; 3]) -> f64 {
    (high + low + close) / 3.0
}

#[inline(always)]
fn index(typical: f64, mean: f64, deviation: f64) -> f64 {
    let distance = typical - mean;
    let least = 1e-14 * mean.abs();
    let scaled = 0.015 * deviation;
    let is_none = distance.abs() <= least || deviation.abs() <= least || scaled == 0.0;
    if is_none { 0.0 } else { distance / scaled }
}

/// Rounds of the ring that are worked on in one go, a lane for each.
const LANES: usize = 8;

/// For each place of the ring its values in the last round and in [`LANES`] rounds behind it.
type Rounds = [[f64; LANES + 1]; LARGEST_WINDOW];

/// Bars at one place of the ring in [`LANES`] rounds: in front of the place stand values of the same round, behind it
/// those of the round before.
#[inline(always)]
fn place_in_rounds(
    n: f64,
    so_far: &[f64; LANES],
    before: &[[f64; LANES + 1]],
    behind: &[[f64; LANES + 1]],
) -> [f64; LANES] {
    let newest = &before[before.len() - 1][1..];
    let mut means = *so_far;
    for values in behind {
        for (sum, &value) in means.iter_mut().zip(&values[..LANES]) {
            *sum += value;
        }
    }
    for mean in &mut means {
        *mean /= n;
    }
    let mut distances = [0.0; LANES];
    for values in before {
        for (sum, (&value, &mean)) in distances.iter_mut().zip(values[1..].iter().zip(&means)) {
            *sum += (value - mean).abs();
        }
    }
    for values in behind {
        for (sum, (&value, &mean)) in distances.iter_mut().zip(values[..LANES].iter().zip(&means)) {
            *sum += (value - mean).abs();
        }
    }
    for (value, (&newest, &mean)) in distances.iter_mut().zip(newest.iter().zip(&means)) {
        *value = index(newest, mean, *value / n);
    }
    distances
}

impl Cci {
    /// As many of the bars as make whole rounds of the ring, with a full window before them that ends with a round;
    /// at most [`LANES`] rounds.
    #[inline(always)]
    fn run_rounds(&mut self, [high, low, close]: [&[f64]; 3], out: &mut [f64], rounds: &mut Rounds) {
        let n = self.window.capacity();
        let rounds = &mut rounds[..n];
        for (values, &last) in rounds.iter_mut().zip(&*self.window.values) {
            values[0] = last;
        }
        let bars = high.chunks_exact(n).zip(low.chunks_exact(n)).zip(close.chunks_exact(n));
        for (round, ((high, low), close)) in bars.enumerate() {
            for (values, (&high, (&low, &close))) in rounds.iter_mut().zip(high.iter().zip(low.iter().zip(close))) {
                values[1 + round] = typical([high, low, close]);
            }
        }
        let mut so_far = [0.0; LANES];
        for place in 0..n {
            let (before, behind) = rounds.split_at(place + 1);
            for (sum, &value) in so_far.iter_mut().zip(&before[place][1..]) {
                *sum += value;
            }
            let values = place_in_rounds(self.n, &so_far, before, behind);
            for (out, value) in out.chunks_exact_mut(n).zip(values) {
                out[place] = value;
            }
        }
        let n_rounds = out.len() / n;
        for (last, values) in self.window.values.iter_mut().zip(rounds) {
            *last = values[n_rounds];
        }
    }
}

impl Indicator<3, 1> for Cci {
    const NAME: &'static str = "cci";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 2048;

    fn build(args: &[f64]) -> Self {
        Self { n: args[0], window: Ring::new(args::bars(args, 0)), so_far: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let typical = typical([high, low, close]);
        let sum = self.so_far + typical;
        self.window.push(typical);
        let behind = if self.window.next == 0 { self.window.capacity() } else { self.window.next };
        self.so_far = if self.window.next == 0 { 0.0 } else { sum };
        if !self.window.is_full() {
            return [f64::NAN];
        }
        let values = &*self.window.values;
        let mean = values[behind..].iter().fold(sum, |sum, &value| sum + value) / self.n;
        let distances = values.iter().fold(0.0, |sum, &value| sum + (value - mean).abs());
        [index(typical, mean, distances / self.n)]
    }

    /// Whole rounds of the ring in lanes, what is before and behind them a bar at a time.
    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        let n = self.window.capacity();
        let is_at_begin = self.window.is_full() && self.window.next == 0;
        let start = (if is_at_begin { 0 } else { n - self.window.next }).min(out.len());
        let end = if n > LARGEST_WINDOW { start } else { start + (out.len() - start) / n * n };
        step_each(self, inputs.map(|column| &column[..start]), [&mut out[..start]]);
        let mut rounds = [[0.0; LANES + 1]; LARGEST_WINDOW];
        for first in (start..end).step_by(LANES * n) {
            let bars = first..end.min(first + LANES * n);
            self.run_rounds(inputs.map(|column| &column[bars.clone()]), &mut out[bars], &mut rounds);
        }
        step_each(self, inputs.map(|column| &column[end..]), [&mut out[end..]]);
    }
}
