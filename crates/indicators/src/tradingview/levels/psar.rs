use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::{larger, smaller};

/// TradingView's parabolic stop and reverse, `ta.sar`.
///
/// The second bar begins the trend, down if its high is below that of the first, and has the first bar's high or low
/// for a stop. Then the stop moves by the acceleration times its distance from the trend's extreme. A bar beyond it
/// turns the trend, and the stop jumps to the extreme; otherwise it stays outside of the last two bars. The
/// acceleration starts with `start` and grows by `increment` with every new extreme, up to `maximum`, of which a larger
/// `start` takes no notice.
#[derive(Clone, Debug)]
pub struct Psar {
    start: f64,
    increment: f64,
    maximum: f64,
    bars: usize,
    up: bool,
    acceleration: f64,
    stop: f64,
    extreme: f64,
    /// High and low of the last bar and of the one before.
    last: [f64; 2],
    second_last: [f64; 2],
}

constructor!(Psar(start: f64, increment: f64, maximum: f64));
memory!(Psar { bars, up, acceleration, stop, extreme, last, second_last });

impl Indicator<2, 1> for Psar {
    const NAME: &'static str = "psar";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self {
            start: args[0],
            increment: args[1],
            maximum: args[2],
            bars: 0,
            up: false,
            acceleration: 0.0,
            stop: 0.0,
            extreme: 0.0,
            last: [0.0; 2],
            second_last: [0.0; 2],
        }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [1]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 2]) -> [f64; 1] {
        match self.bars {
            0 => {}
            1 => self.begin(bar),
            _ => self.advance(bar),
        }
        let stop = if self.bars == 0 { f64::NAN } else { self.stop };
        self.bars += 1;
        self.second_last = self.last;
        self.last = bar;
        [stop]
    }
}

impl Psar {
    fn begin(&mut self, [high, low]: [f64; 2]) {
        let [first_high, first_low] = self.last;
        self.acceleration = self.start;
        let down = first_high > high;
        self.up = !down;
        (self.stop, self.extreme) = if self.up { (first_low, high) } else { (first_high, low) };
    }

    #[inline(always)]
    fn advance(&mut self, [high, low]: [f64; 2]) {
        let stop = self.stop + self.acceleration * (self.extreme - self.stop);
        let turned = if self.up { low < stop } else { high > stop };
        if turned {
            self.up = !self.up;
            self.acceleration = self.start;
            self.stop = self.outside(if self.up { smaller(self.extreme, low) } else { larger(self.extreme, high) });
            self.extreme = if self.up { high } else { low };
            return;
        }
        self.stop = self.outside(stop);
        let goes_further = if self.up { high > self.extreme } else { low < self.extreme };
        if goes_further {
            self.extreme = if self.up { high } else { low };
            self.acceleration = smaller(self.acceleration + self.increment, self.maximum);
        }
    }

    /// `stop`, moved out of the last two bars.
    #[inline(always)]
    fn outside(&self, stop: f64) -> f64 {
        let side = usize::from(self.up);
        let (last, second_last) = (self.last[side], self.second_last[side]);
        let second_last = if second_last.is_nan() { last } else { second_last };
        if self.up { smaller(smaller(stop, last), second_last) } else { larger(larger(stop, last), second_last) }
    }
}
