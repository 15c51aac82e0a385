use crate::args;
use crate::indicator::{Indicator, constructor, copy_known, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::ring::Ring;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's zero-lag exponential moving average: the exponential average of twice the value less the one
/// (period − 1)/2 bars before. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Zlema {
    /// The values since the lagged one, which is the oldest.
    lagged: Ring,
    smoothing: Smoothing,
    seeds: usize,
    copies: bool,
}

constructor!(Zlema(period: usize));
memory!(Zlema { lagged, smoothing });

impl Indicator<1, 1> for Zlema {
    const NAME: &'static str = "zlema";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        Self { lagged: Ring::new((n - 1) / 2 + 1), smoothing: Smoothing::exponential(n), seeds: n, copies: n == 1 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        let n = args::bars(args, 0);
        [(n - 1) / 2 + n - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if self.copies {
            return [value];
        }
        self.lagged.push(value);
        if !self.lagged.is_full() {
            return [f64::NAN];
        }
        [self.smoothing.step(2.0 * value - self.lagged.oldest())]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        if self.copies {
            return copy_known(inputs, outputs);
        }
        let held = self.lagged.capacity() - 1;
        let first = if self.smoothing.is_seeded() { held } else { held + self.seeds };
        run_behind_window(
            self,
            first,
            inputs,
            outputs,
            #[inline(always)]
            |state, [input], [out]| {
                let (mut smoothing, mut known) = (state.smoothing, true);
                for (average, (&value, &lagged)) in
                    out.iter_mut().zip(input[first..].iter().zip(&input[first - held..]))
                {
                    known &= is_known(value);
                    *average = smoothing.follow(2.0 * value - lagged);
                }
                if known {
                    state.smoothing = smoothing;
                    state.lagged.extend(&input[first..]);
                }
                known
            },
        );
    }
}
