use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;

/// The bar before and the index, which is 1 where 0 stands: all are 0 before the first bar.
#[derive(Clone, Debug, Default)]
struct Index {
    close: f64,
    volume: f64,
    value: f64,
}

memory!(Index { close, volume, value });

impl Index {
    /// Takes a bar, on which the index moves with the close if `moves` holds for its volume and the one before.
    #[inline(always)]
    fn step(&mut self, close: f64, volume: f64, moves: impl Fn(f64, f64) -> bool) -> [f64; 1] {
        let value = if self.value == 0.0 { 1.0 } else { self.value };
        let moved = value + ((close - self.close) / self.close) * value;
        let is_known = close != 0.0 && moved.is_finite();
        self.value = if is_known && moves(volume, self.volume) { moved } else { value };
        self.close = close;
        self.volume = volume;
        [self.value]
    }
}

/// TradingView's negative volume index, `ta.nvi`: starts at 1 and moves with the close on bars whose volume is below that
/// of the bar before.
///
/// A bar with an na and one whose close or close before is 0 leave it where it is.
#[derive(Clone, Debug)]
pub struct Nvi {
    index: Index,
}

constructor!(Nvi());
memory!(Nvi { index });

impl Indicator<2, 1> for Nvi {
    const NAME: &'static str = "nvi";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { index: Index::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [close, volume]: [f64; 2]) -> [f64; 1] {
        self.index.step(close, volume, |volume, before| volume < before)
    }
}

/// TradingView's positive volume index, `ta.pvi`: starts at 1 and moves with the close on bars whose volume is above that
/// of the bar before.
///
/// A bar with an na and one whose close or close before is 0 leave it where it is.
#[derive(Clone, Debug)]
pub struct Pvi {
    index: Index,
}

constructor!(Pvi());
memory!(Pvi { index });

impl Indicator<2, 1> for Pvi {
    const NAME: &'static str = "pvi";
    const MISSING: Missing = Missing::Na;

    fn build(_: &[f64]) -> Self {
        Self { index: Index::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [close, volume]: [f64; 2]) -> [f64; 1] {
        self.index.step(close, volume, |volume, before| volume > before)
    }
}
