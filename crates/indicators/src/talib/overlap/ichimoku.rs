use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::talib::Midprice;

/// TA-Lib's lines of Ichimoku Kinko Hyo, each at the bar that it is computed from.
///
/// Tenkan-sen, kijun-sen and senkou span B are the middles of the highest high and the lowest low over their periods,
/// senkou span A the middle of the first two. All four begin with the longest period. The chart's shifts are not done:
/// it draws the spans `kijun_period` bars ahead, and the close as many bars back as chikou span.
#[derive(Clone, Debug)]
pub struct Ichimoku {
    tenkan: Midprice,
    kijun: Midprice,
    senkou_b: Midprice,
    /// Bars until all lines begin.
    needed: usize,
    seen: usize,
}

constructor!(Ichimoku(tenkan_period: usize, kijun_period: usize, senkou_b_period: usize));
memory!(Ichimoku { tenkan, kijun, senkou_b, seen });

impl Indicator<2, 4> for Ichimoku {
    const NAME: &'static str = "ichimoku";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self {
            tenkan: Midprice::build(&args[..1]),
            kijun: Midprice::build(&args[1..2]),
            senkou_b: Midprice::build(&args[2..]),
            needed: Self::lookback(args)[0],
            seen: 0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 4] {
        let longest = (0..3).map(|index| args::bars(args, index)).max();
        [longest.unwrap_or(1) - 1; 4]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 2]) -> [f64; 4] {
        let [tenkan] = self.tenkan.step(bar);
        let [kijun] = self.kijun.step(bar);
        let [senkou_b] = self.senkou_b.step(bar);
        if self.seen < self.needed {
            self.seen += 1;
            return [f64::NAN; 4];
        }
        [tenkan, kijun, 0.5 * (tenkan + kijun), senkou_b]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], mut outputs: [&mut [f64]; 4]) {
        let first = inputs[0].len().min(self.needed - self.seen);
        step_each(self, inputs.map(|column| &column[..first]), outputs.each_mut().map(|column| &mut column[..first]));
        let bars = inputs.map(|column| &column[first..]);
        let [tenkan, kijun, senkou_a, senkou_b] = outputs.map(|column| &mut column[first..]);
        self.tenkan.run_known(bars, [&mut *tenkan]);
        self.kijun.run_known(bars, [&mut *kijun]);
        self.senkou_b.run_known(bars, [senkou_b]);
        for ((senkou_a, tenkan), kijun) in senkou_a.iter_mut().zip(tenkan).zip(kijun) {
            *senkou_a = 0.5 * (*tenkan + *kijun);
        }
    }
}
