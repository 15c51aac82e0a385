use super::extremes::Extremes;
use super::pso::smooth;
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::talib::Ema;

/// TA-Lib's stochastic momentum index: how far the close stands from the middle of the range of the last n bars, in
/// percent of half that range, both smoothed by two exponential averages (`slow`, then `fast`); and the exponential
/// average of it (`signal`).
///
/// Both begin together. A smoothed range of 0 gives 0.
#[derive(Clone, Debug)]
pub struct Smi {
    extremes: Extremes,
    averages: Averages,
}

constructor!(Smi(period: usize, fast: usize, slow: usize, signal: usize));
memory!(Smi { extremes, averages });

#[derive(Clone, Debug)]
struct Averages {
    /// Slow, then fast average of the distance from the middle.
    distance: [Ema; 2],
    /// Slow, then fast average of the range.
    range: [Ema; 2],
    signal: Ema,
}

memory!(Averages { distance, range, signal });

impl Averages {
    #[inline(always)]
    fn step(&mut self, close: f64, lowest: f64, highest: f64) -> [f64; 2] {
        let ([slow_distance, fast_distance], [slow_range, fast_range]) = (&mut self.distance, &mut self.range);
        let distance = smooth(slow_distance, fast_distance, close - (highest + lowest) * 0.5);
        let half_range = 0.5 * smooth(slow_range, fast_range, highest - lowest);
        if distance.is_nan() {
            return [f64::NAN; 2];
        }
        let smi = if half_range > 0.0 { 100.0 * distance / half_range } else { 0.0 };
        let [signal] = self.signal.step([smi]);
        [if signal.is_nan() { signal } else { smi }, signal]
    }
}

impl Indicator<3, 2> for Smi {
    const NAME: &'static str = "smi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        let both = || [Ema::build(&args[2..3]), Ema::build(&args[1..2])];
        Self {
            extremes: Extremes::new(args::bars(args, 0)),
            averages: Averages { distance: both(), range: both(), signal: Ema::build(&args[3..]) },
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        let averages: usize = (1..4).map(|place| Ema::lookback(&args[place..=place])[0]).sum();
        [args::bars(args, 0) - 1 + averages; 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        let Some((highest, lowest)) = self.extremes.step(high, low) else { return [f64::NAN; 2] };
        self.averages.step(close, lowest, highest)
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [smi, signal]: [&mut [f64]; 2]) {
        let start = self.extremes.n_missing().min(smi.len());
        step_each(self, inputs.map(|column| &column[..start]), [&mut smi[..start], &mut signal[..start]]);
        let [high, low, close] = inputs.map(|column| &column[start..]);
        let (smi, signal) = (&mut smi[start..], &mut signal[start..]);
        // A copy that nothing else can see is kept in registers.
        let mut averages = self.averages.clone();
        self.extremes.run(
            high,
            low,
            #[inline(always)]
            |before, highest, lowest| {
                let out = smi[before..].iter_mut().zip(&mut signal[before..]);
                for ((smi, signal), (&close, (&highest, &lowest))) in
                    out.zip(close[before..].iter().zip(highest.iter().zip(lowest)))
                {
                    [*smi, *signal] = averages.step(close, lowest, highest);
                }
            },
        );
        self.averages = averages;
    }
}
