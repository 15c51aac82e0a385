use crate::MovingAverage;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::Ma;

/// TA-Lib's percentage volume oscillator: how far a fast average of the volume lies above a slow one, in percent of
/// the slow one.
///
/// The shorter period is the fast one, in whatever order they come. A slow average below 10⁻¹⁴ gives 0, and so does an
/// average of a finite window (simple, weighted, triangular, Hull) whose volumes are all 0.
#[derive(Clone, Debug)]
pub struct Pvo {
    fast: Ma,
    slow: Ma,
    /// Whether the averages know nothing of the bars before their window.
    windowed: bool,
    window: usize,
    /// Bars without volume up to now, at most a window of them.
    idle: usize,
}

constructor!(Pvo(fast: usize, slow: usize, ma_type: MovingAverage));
memory!(Pvo { fast, slow, idle });

/// The average that the arguments name; the one of Appel's oscillators where they leave it open.
fn kind(args: &[f64]) -> MovingAverage {
    match args::average(args, 2) {
        MovingAverage::Default => MovingAverage::Ema,
        kind => kind,
    }
}

impl Indicator<1, 1> for Pvo {
    const NAME: &'static str = "pvo";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let (kind, periods) = (kind(args), [args::bars(args, 0), args::bars(args, 1)]);
        let slow = periods[0].max(periods[1]);
        Self {
            fast: Ma::build(kind, periods[0].min(periods[1])),
            slow: Ma::build(kind, slow),
            windowed: matches!(
                kind,
                MovingAverage::Sma | MovingAverage::Wma | MovingAverage::Trima | MovingAverage::Hma
            ),
            window: Ma::lookback(kind, slow) + 1,
            idle: 0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [Ma::lookback(kind(args), args::bars(args, 0).max(args::bars(args, 1)))]
    }

    #[inline(always)]
    fn step(&mut self, [volume]: [f64; 1]) -> [f64; 1] {
        let (fast, slow) = (self.fast.step(volume), self.slow.step(volume));
        [self.percentage(volume, fast, slow)]
    }

    /// The averages first, the choice of which is made once for all bars of a block.
    #[inline(always)]
    fn run_known(&mut self, [volume]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        for (volume, out) in volume.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
            let mut slow = [0.0; BLOCK];
            let slow = &mut slow[..volume.len()];
            self.fast.run_known([volume], [&mut *out]);
            self.slow.run_known([volume], [&mut *slow]);
            for ((value, &volume), &slow) in out.iter_mut().zip(volume).zip(&*slow) {
                *value = self.percentage(volume, *value, slow);
            }
        }
    }
}

/// Bars whose averages are worked out in one go.
const BLOCK: usize = 1024;

impl Pvo {
    #[inline(always)]
    fn percentage(&mut self, volume: f64, fast: f64, slow: f64) -> f64 {
        self.idle = if volume == 0.0 { self.window.min(self.idle + 1) } else { 0 };
        let is_idle = self.windowed && self.idle == self.window;
        let percentage = (fast - slow) / slow * 100.0;
        if slow.abs() < 1e-14 || (is_idle && !slow.is_nan()) { 0.0 } else { percentage }
    }
}
