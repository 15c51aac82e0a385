use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::oscillators::larger;

/// The range of a bar, widened to the close before it: max(high − low, |close before − high|, |close before − low|).
#[inline(always)]
pub(crate) fn true_range(high: f64, low: f64, previous_close: f64) -> f64 {
    let range = larger((previous_close - high).abs(), high - low);
    larger((previous_close - low).abs(), range)
}

/// TA-Lib's true range: the range of a bar, widened to the close before it. The first bar has none.
#[derive(Clone, Debug)]
pub struct Trange {
    has_previous: bool,
    previous_close: f64,
}

constructor!(Trange());
memory!(Trange { has_previous, previous_close });

impl Indicator<3, 1> for Trange {
    const NAME: &'static str = "trange";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(_: &[f64]) -> Self {
        Self { has_previous: false, previous_close: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let range = if self.has_previous { true_range(high, low, self.previous_close) } else { f64::NAN };
        (self.has_previous, self.previous_close) = (true, close);
        [range]
    }

    #[inline(always)]
    fn run_known(&mut self, [high, low, close]: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        let Some(first) = out.first_mut() else { return };
        [*first] = self.step([high[0], low[0], close[0]]);
        for ((range, &previous), (&high, &low)) in out[1..].iter_mut().zip(close).zip(high[1..].iter().zip(&low[1..])) {
            *range = true_range(high, low, previous);
        }
        self.previous_close = close[close.len() - 1];
    }
}
