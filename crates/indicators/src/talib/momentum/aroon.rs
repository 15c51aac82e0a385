use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::math::extremes::{ExtremeIndex, High, Low};

/// TA-Lib's Aroon: how recent the lowest low and the highest high of the last n + 1 bars are, as 100/n · (n − bars since
/// then); the newest counts where several are equal. First down, then up.
#[derive(Clone, Debug)]
pub struct Aroon {
    n: f64,
    /// 100/n.
    factor: f64,
    lowest: ExtremeIndex<Low>,
    highest: ExtremeIndex<High>,
    /// Bars so far.
    seen: f64,
}

constructor!(Aroon(period: usize));
memory!(Aroon { lowest, highest, seen });

impl Indicator<2, 2> for Aroon {
    const NAME: &'static str = "aroon";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let (n, window) = (args[0], args::bars(args, 0) + 1);
        let (lowest, highest) = (ExtremeIndex::new(window), ExtremeIndex::new(window));
        Self { n, factor: 100.0 / n, lowest, highest, seen: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0); 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 2] {
        let places = [self.lowest.step(low), self.highest.step(high)];
        let bar = self.seen;
        self.seen += 1.0;
        places.map(|place| self.recency(bar - place))
    }

    #[inline(always)]
    fn run_known(&mut self, [highs, lows]: [&[f64]; 2], [down, up]: [&mut [f64]; 2]) {
        self.lowest.run(lows, down);
        self.highest.run(highs, up);
        let mut bar = self.seen;
        for (down, up) in down.iter_mut().zip(up) {
            (*down, *up) = (self.recency(bar - *down), self.recency(bar - *up));
            bar += 1.0;
        }
        self.seen = bar;
    }
}

impl Aroon {
    #[inline(always)]
    fn recency(&self, age: f64) -> f64 {
        self.factor * (self.n - age)
    }
}

/// TA-Lib's Aroon oscillator: 100/n · (place of the highest high − place of the lowest low) among the last n + 1 bars; the
/// newest counts where several are equal.
#[derive(Clone, Debug)]
pub struct AroonOsc {
    /// 100/n.
    factor: f64,
    lowest: ExtremeIndex<Low>,
    highest: ExtremeIndex<High>,
}

/// Bars that are looked through in one go.
const CHUNK_BARS: usize = 1024;

constructor!(AroonOsc(period: usize));
memory!(AroonOsc { lowest, highest });

impl Indicator<2, 1> for AroonOsc {
    const NAME: &'static str = "aroonosc";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let window = args::bars(args, 0) + 1;
        Self { factor: 100.0 / args[0], lowest: ExtremeIndex::new(window), highest: ExtremeIndex::new(window) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let (lowest, highest) = (self.lowest.step(low), self.highest.step(high));
        [self.factor * (highest - lowest)]
    }

    #[inline(always)]
    fn run_known(&mut self, [highs, lows]: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let mut lowest = [0.0; CHUNK_BARS];
        let bars = highs.chunks(CHUNK_BARS).zip(lows.chunks(CHUNK_BARS));
        for (out, (highs, lows)) in out.chunks_mut(CHUNK_BARS).zip(bars) {
            let lowest = &mut lowest[..lows.len()];
            self.lowest.run(lows, lowest);
            self.highest.run(highs, out);
            for (value, &lowest) in out.iter_mut().zip(&*lowest) {
                *value = self.factor * (*value - lowest);
            }
        }
    }
}
