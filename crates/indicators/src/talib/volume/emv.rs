use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's ease of movement of Arms: the simple average of the midpoint's change over the box ratio.
///
/// The box ratio is volume over `volume_divisor` over the range. A bar without range or volume counts as 0. The average
/// comes from one running total; the oldest is taken away before the newest is added.
#[derive(Clone, Debug)]
pub struct Emv {
    n: f64,
    volume_divisor: f64,
    window: Ring,
    total: f64,
    /// Middle of the last bar.
    previous: f64,
    begun: bool,
}

constructor!(Emv(period: usize, volume_divisor: f64));
memory!(Emv { window, total, previous, begun });

#[inline(always)]
fn middle(high: f64, low: f64) -> f64 {
    (high + low) * 0.5
}

impl Emv {
    #[inline(always)]
    fn ease(&self, [high, low, volume]: [f64; 3], previous: f64) -> f64 {
        let range = high - low;
        let box_ratio = volume / self.volume_divisor / range;
        let ease = (middle(high, low) - previous) / box_ratio;
        if range != 0.0 && box_ratio != 0.0 { ease } else { 0.0 }
    }
}

/// Bars whose ease is worked out before the totals.
const BLOCK: usize = 256;

impl Indicator<3, 1> for Emv {
    const NAME: &'static str = "emv";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = BLOCK;

    fn build(args: &[f64]) -> Self {
        let window = Ring::new(args::bars(args, 0));
        Self { n: args[0], volume_divisor: args[1], window, total: 0.0, previous: 0.0, begun: false }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 1] {
        let ease = self.ease(bar, self.previous);
        self.previous = middle(bar[0], bar[1]);
        if !self.begun {
            self.begun = true;
            return [f64::NAN];
        }
        let leaving = self.window.push(ease);
        self.total = self.total - leaving + ease;
        [if self.window.is_full() { self.total / self.n } else { f64::NAN }]
    }

    /// The ease of the bars first, then the totals, then the quotients: only the totals wait for one another.
    #[inline(always)]
    fn run_known(&mut self, bars: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        let filling = out.len().min(self.window.free() + usize::from(!self.begun));
        let (first_out, out) = out.split_at_mut(filling);
        step_each(self, bars.map(|column| &column[..filling]), [first_out]);
        for (block, out) in out.chunks_mut(BLOCK).enumerate() {
            let start = filling + block * BLOCK;
            let [high, low, volume] = bars.map(|column| &column[start..start + out.len()]);
            let mut eases = [0.0; BLOCK];
            let eases = &mut eases[..out.len()];
            eases[0] = self.ease([high[0], low[0], volume[0]], self.previous);
            let today = high[1..].iter().zip(&low[1..]).zip(&volume[1..]);
            let before = high.iter().zip(low);
            for ((ease, ((&high, &low), &volume)), (&last_high, &last_low)) in
                eases[1..].iter_mut().zip(today).zip(before)
            {
                *ease = self.ease([high, low, volume], middle(last_high, last_low));
            }
            let mut total = self.total;
            let mut entering = out.iter_mut().zip(&*eases);
            for leaving in self.window.leaving(eases) {
                for (&leaving, (sum, &ease)) in leaving.iter().zip(&mut entering) {
                    total = total - leaving + ease;
                    *sum = total;
                }
            }
            for value in &mut *out {
                *value /= self.n;
            }
            self.total = total;
            self.previous = middle(high[out.len() - 1], low[out.len() - 1]);
            self.window.extend(eases);
        }
    }
}
