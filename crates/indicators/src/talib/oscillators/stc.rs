use super::extremes::Extremes;
use super::running::{PIECE, pieces};
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::Ema;

/// TA-Lib's Schaff trend cycle: the difference of two exponential averages, put through a stochastic of `cycle_period`
/// bars and a smoothing by halves, and through both once more; 0 to 100.
///
/// The fast average begins with the last prices that the slow one begins with. A stochastic without a range keeps its
/// previous value, at first 0. Each smoothing begins with its first value and then moves half of the way, in one fused
/// multiply-add. `fast` and `slow` may be given in either order.
#[derive(Clone, Debug)]
pub struct Stc {
    /// Prices that the fast average leaves out.
    n_skipped: usize,
    seen: usize,
    fast: Ema,
    slow: Ema,
    first: Stage,
    second: Stage,
}

constructor!(Stc(fast: usize, slow: usize, cycle_period: usize));
memory!(Stc { seen, fast, slow, first, second });

/// A stochastic of one column and its smoothing.
#[derive(Clone, Debug)]
struct Stage {
    extremes: Extremes,
    position: f64,
    smoothed: f64,
    has_smoothed: bool,
}

memory!(Stage { extremes, position, smoothed, has_smoothed });

impl Stage {
    fn new(n: usize) -> Self {
        Self { extremes: Extremes::new(n), position: 0.0, smoothed: 0.0, has_smoothed: false }
    }

    #[inline(always)]
    fn step(&mut self, value: f64) -> Option<f64> {
        let (highest, lowest) = self.extremes.step(value, value)?;
        let range = highest - lowest;
        if range > 0.0 {
            self.position = (value - lowest) / range * 100.0;
        }
        self.smoothed = if self.has_smoothed {
            0.5_f64.mul_add(self.position - self.smoothed, self.smoothed)
        } else {
            self.position
        };
        self.has_smoothed = true;
        Some(self.smoothed)
    }

    /// [`Stage::step`] for each of at most [`PIECE`] values, with a full window and a smoothed value before them.
    #[inline(always)]
    fn run_piece(&mut self, values: &mut [f64]) {
        let (mut above, mut ranges) = ([0.0; PIECE], [0.0; PIECE]);
        self.extremes.run(
            values,
            values,
            #[inline(always)]
            |before, highest, lowest| {
                let out = above[before..].iter_mut().zip(&mut ranges[before..]);
                for ((above, range), (&value, (&highest, &lowest))) in
                    out.zip(values[before..].iter().zip(highest.iter().zip(lowest)))
                {
                    (*above, *range) = ((value - lowest) / (highest - lowest) * 100.0, highest - lowest);
                }
            },
        );
        let (mut position, mut smoothed) = (self.position, self.smoothed);
        for (value, (&above, &range)) in values.iter_mut().zip(above.iter().zip(&ranges)) {
            position = if range > 0.0 { above } else { position };
            smoothed = 0.5_f64.mul_add(position - smoothed, smoothed);
            *value = smoothed;
        }
        (self.position, self.smoothed) = (position, smoothed);
    }
}

impl Indicator<1, 1> for Stc {
    const NAME: &'static str = "stc";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        let (fast, slow, cycle) = (args[0].min(args[1]), args[0].max(args[1]), args::bars(args, 2));
        Self {
            n_skipped: args::bars(&[slow - fast], 0),
            seen: 0,
            fast: Ema::build(&[fast]),
            slow: Ema::build(&[slow]),
            first: Stage::new(cycle),
            second: Stage::new(cycle),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [Ema::lookback(&[args[0].max(args[1])])[0] + 2 * (args::bars(args, 2) - 1)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let [slow] = self.slow.step([price]);
        if self.seen < self.n_skipped {
            self.seen += 1;
            return [f64::NAN];
        }
        let [fast] = self.fast.step([price]);
        if slow.is_nan() {
            return [slow];
        }
        let second = self.first.step(fast - slow).and_then(|first| self.second.step(first));
        [second.unwrap_or(f64::NAN)]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let mut start = 0;
        while start < out.len() && !self.second.has_smoothed {
            [out[start]] = self.step([prices[start]]);
            start += 1;
        }
        // Copies that nothing else can see are kept in registers.
        let (mut fast, mut slow) = (self.fast.clone(), self.slow.clone());
        for (line, &price) in out[start..].iter_mut().zip(&prices[start..]) {
            *line = fast.step([price])[0] - slow.step([price])[0];
        }
        (self.fast, self.slow) = (fast, slow);
        for bars in pieces(start, out.len()) {
            self.first.run_piece(&mut out[bars.clone()]);
            self.second.run_piece(&mut out[bars]);
        }
    }
}
