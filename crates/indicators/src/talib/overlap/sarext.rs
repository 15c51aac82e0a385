use crate::indicator::{Indicator, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::overlap::parabolic::{Acceleration, Parabolic};

/// TA-Lib's parabolic stop and reverse with parameters of its own for each direction; see [`Sar`](crate::talib::Sar).
///
/// The stop of a short position is given as a negative number. `start_value` is the first stop: of a long position if
/// positive, of a short one if negative, and found as in [`Sar`](crate::talib::Sar) if 0. Where the trend turns, the
/// stop is moved away from the price by `offset_on_reverse` of itself.
#[derive(Clone, Debug)]
pub struct Sarext {
    stop: Parabolic,
}

impl Sarext {
    /// No bars yet; what the parameters mean stands in the [catalogue](crate::IndicatorKind::info).
    ///
    /// # Errors
    /// If a parameter is out of the catalogue's range.
    #[expect(clippy::too_many_arguments, reason = "the parameters of the catalogue, in its order")]
    pub fn new(
        start_value: f64,
        offset_on_reverse: f64,
        start_long: f64,
        step_long: f64,
        maximum_long: f64,
        start_short: f64,
        step_short: f64,
        maximum_short: f64,
    ) -> Result<Self, crate::Error> {
        Self::with_args(&[
            start_value,
            offset_on_reverse,
            start_long,
            step_long,
            maximum_long,
            start_short,
            step_short,
            maximum_short,
        ])
    }
}

memory!(Sarext { stop });

impl Indicator<2, 1> for Sarext {
    const NAME: &'static str = "sarext";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let long = Acceleration::new(args[2], args[3], args[4]);
        let short = Acceleration::new(args[5], args[6], args[7]);
        Self { stop: Parabolic::new(long, short, args[0], args[1]) }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let Some((stop, is_short)) = self.stop.step(high, low) else { return [f64::NAN] };
        [if is_short { -stop } else { stop }]
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
                    let (stop, is_short) = parabolic.advance(high, low);
                    *out = if is_short { -stop } else { stop };
                }
                if known {
                    state.stop = parabolic;
                }
                known
            },
        );
    }
}
