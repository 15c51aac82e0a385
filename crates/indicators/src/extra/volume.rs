use crate::args;
use crate::extra::smoothed::Smoothed;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// Twiggs money flow: volume times the close's place in the true range (−1 to 1), over the volume, both in Wilder's average.
/// No value while no volume has traded.
#[derive(Clone, Debug)]
pub struct TwiggsMoneyFlow {
    flow: Smoothed,
    volume: Smoothed,
    previous_close: f64,
    seen: usize,
}

constructor!(TwiggsMoneyFlow(period: usize));
memory!(TwiggsMoneyFlow { flow, volume, previous_close, seen });

impl Indicator<4, 1> for TwiggsMoneyFlow {
    const NAME: &'static str = "twiggs_money_flow";

    fn build(args: &[f64]) -> Self {
        let average = || Smoothed::new(args::bars(args, 0));
        Self { flow: average(), volume: average(), previous_close: 0.0, seen: 0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close, volume]: [f64; 4]) -> [f64; 1] {
        let (high, low) = (high.max(self.previous_close), low.min(self.previous_close));
        self.previous_close = close;
        if self.seen == 0 {
            self.seen = 1;
            return [f64::NAN];
        }
        let place = if high > low { (2.0 * close - high - low) / (high - low) } else { 0.0 };
        let (flow, volume) = (self.flow.step(volume * place), self.volume.step(volume));
        [flow / volume]
    }
}
