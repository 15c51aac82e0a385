use super::extremes::Extremes;
use super::running::{LARGEST_WINDOW, PIECE, Unrolled, pieces, roll_up, unroll};
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's Williams fractal: 100 where the high `right_bars` bars ago is above all highs of the `left_bars` bars before
/// it and of the bars behind it (a swing high), 0 elsewhere; likewise for lows.
///
/// The mark stands at the bar that confirms the swing, not at the swing. Equal highs are no swing.
#[derive(Clone, Debug)]
pub struct Fractal {
    /// The bar in question and those behind it.
    highs: Ring,
    lows: Ring,
    left: Extremes,
    right: Extremes,
}

constructor!(Fractal(left_bars: usize, right_bars: usize));
memory!(Fractal { highs, lows, left, right });

#[inline(always)]
fn mark(is_swing: bool) -> f64 {
    if is_swing { 100.0 } else { 0.0 }
}

impl Fractal {
    /// At most [`PIECE`] bars behind full windows.
    #[inline(always)]
    fn run_piece(&mut self, [high, low]: [&[f64]; 2], out: [&mut [f64]; 2], scratch: &mut [Unrolled; 2]) {
        let (n, n_bars) = (self.highs.capacity(), high.len());
        let [highs, lows] = scratch.each_mut().map(|column| &mut column[..n + n_bars]);
        for (ring, column, values) in [(&mut self.highs, &mut *highs, high), (&mut self.lows, &mut *lows, low)] {
            unroll(ring, column);
            column[n..].copy_from_slice(values);
            roll_up(ring, column);
        }
        let [swing_high, swing_low] = out;
        self.right.run(
            high,
            low,
            #[inline(always)]
            |before, highest, lowest| {
                swing_high[before..before + highest.len()].copy_from_slice(highest);
                swing_low[before..before + lowest.len()].copy_from_slice(lowest);
            },
        );
        self.left.run(
            &highs[..n_bars],
            &lows[..n_bars],
            #[inline(always)]
            |before, highest, lowest| {
                let marks = swing_high[before..].iter_mut().zip(highest).zip(&highs[1 + before..]);
                for ((right, &left), &high) in marks {
                    *right = mark(high > left && high > *right);
                }
                let marks = swing_low[before..].iter_mut().zip(lowest).zip(&lows[1 + before..]);
                for ((right, &left), &low) in marks {
                    *right = mark(low < left && low < *right);
                }
            },
        );
    }
}

impl Indicator<2, 2> for Fractal {
    const NAME: &'static str = "fractal";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        let (left, right) = (args::bars(args, 0), args::bars(args, 1));
        Self {
            highs: Ring::new(right + 1),
            lows: Ring::new(right + 1),
            left: Extremes::new(left),
            right: Extremes::new(right),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) + args::bars(args, 1); 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 2] {
        let right = self.right.step(high, low);
        let was_full = self.highs.is_full();
        let leaving = (self.highs.push(high), self.lows.push(low));
        let left = if was_full { self.left.step(leaving.0, leaving.1) } else { None };
        let (Some(left), Some(right)) = (left, right) else { return [f64::NAN; 2] };
        let (high, low) = (self.highs.oldest(), self.lows.oldest());
        [mark(high > left.0 && high > right.0), mark(low < left.1 && low < right.1)]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], [swing_high, swing_low]: [&mut [f64]; 2]) {
        let (n, n_bars) = (self.highs.capacity(), swing_high.len());
        let missing = n - self.highs.len() + self.left.n_missing();
        let start = if n > LARGEST_WINDOW { n_bars } else { missing.min(n_bars) };
        step_each(self, inputs.map(|column| &column[..start]), [&mut swing_high[..start], &mut swing_low[..start]]);
        let mut scratch = [[0.0; LARGEST_WINDOW + PIECE]; 2];
        for bars in pieces(start, n_bars) {
            let out = [&mut swing_high[bars.clone()], &mut swing_low[bars.clone()]];
            self.run_piece(inputs.map(|column| &column[bars.clone()]), out, &mut scratch);
        }
    }
}
