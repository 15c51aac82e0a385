use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::overlap::parabolic::{Acceleration, Parabolic};

/// TA-Lib's parabolic stop and reverse of Wilder.
///
/// The stop moves by `acceleration` of its distance to the extreme of the trend, by that much more with each new
/// extreme, up to `maximum`, but never into the last two bars. The first trend is down if the second bar's low lies
/// below the first one's by more than its high lies above; it starts at the far end of the first bar.
#[derive(Clone, Debug)]
pub struct Sar {
    stop: Parabolic,
}

constructor!(Sar(acceleration: f64, maximum: f64));
memory!(Sar { stop });

impl Indicator<2, 1> for Sar {
    const NAME: &'static str = "sar";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let acceleration = Acceleration::new(args[0], args[0], args[1]);
        Self { stop: Parabolic::new(acceleration, acceleration, 0.0, 0.0) }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        [self.stop.step(high, low).map_or(f64::NAN, |(stop, _)| stop)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 1]) {
        let first = if self.stop.has_begun() { 0 } else { 2 };
        run_behind_window(
            self,
            first,
            inputs,
            outputs,
            #[inline(always)]
            |state, [highs, lows], [out]| {
                let (mut parabolic, mut known) = (state.stop, true);
                for (out, (&high, &low)) in out.iter_mut().zip(highs[first..].iter().zip(&lows[first..])) {
                    known &= is_known(high) & is_known(low);
                    let (stop, _) = parabolic.advance(high, low);
                    *out = stop;
                }
                if known {
                    state.stop = parabolic;
                }
                known
            },
        );
    }
}
