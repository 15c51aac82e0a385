use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::oscillators::larger;

/// TA-Lib's swing index of Wilder: 50 · (N / R) · (K / limit move).
///
/// With the bar before written as O₁, C₁: N = C − C₁ + (C − O)/2 + (C₁ − O₁)/4; K is the larger of the distances of
/// high and low from C₁; R = max(up − down/2, down − up/2, |high − low|) + |C₁ − O₁|/4 with these distances as up and
/// down. Where R is 0, so is the index. The operations are done in this order, so that the bits are TA-Lib's.
#[derive(Clone, Debug)]
pub struct Si {
    limit_move: f64,
    before: Before,
}

constructor!(Si(limit_move: f64));
memory!(Si { before });

impl Indicator<4, 1> for Si {
    const NAME: &'static str = "si";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { limit_move: args[0], before: Before::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [1]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 4]) -> [f64; 1] {
        let is_known = self.before.is_known;
        let swing = self.before.swing(bar, self.limit_move);
        [if is_known { swing } else { f64::NAN }]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 4], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}

/// TA-Lib's accumulation swing index: the running sum of the swing index ([`Si`]), 0 on the first bar.
#[derive(Clone, Debug)]
pub struct Asi {
    limit_move: f64,
    before: Before,
    sum: f64,
}

constructor!(Asi(limit_move: f64));
memory!(Asi { before, sum });

impl Indicator<4, 1> for Asi {
    const NAME: &'static str = "asi";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { limit_move: args[0], before: Before::default(), sum: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 4]) -> [f64; 1] {
        self.sum += self.before.swing_or_none(bar, self.limit_move);
        [self.sum]
    }

    /// The swings first, which do not wait for one another, then their sum.
    #[inline(always)]
    fn run_known(&mut self, [opens, highs, lows, closes]: [&[f64]; 4], [out]: [&mut [f64]; 1]) {
        let mut before = self.before;
        let bars = opens.iter().zip(highs).zip(lows).zip(closes);
        for (swing, (((&open, &high), &low), &close)) in out.iter_mut().zip(bars) {
            *swing = before.swing_or_none([open, high, low, close], self.limit_move);
        }
        self.before = before;
        for value in out {
            self.sum += *value;
            *value = self.sum;
        }
    }
}

/// What the swing index needs of the bar before.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    is_known: bool,
    close: f64,
    /// Close − open.
    body: f64,
}

memory!(Before { is_known, close, body });

impl Before {
    /// [`Before::swing`], or 0 if there was no bar before.
    #[inline(always)]
    fn swing_or_none(&mut self, bar: [f64; 4], limit_move: f64) -> f64 {
        let is_known = self.is_known;
        let swing = self.swing(bar, limit_move);
        if is_known { swing } else { 0.0 }
    }

    /// The swing from this bar to the next, which takes its place; a number without meaning if there was none.
    #[inline(always)]
    fn swing(&mut self, [open, high, low, close]: [f64; 4], limit_move: f64) -> f64 {
        let body = close - open;
        let net = close - self.close + 0.5 * body + 0.25 * self.body;
        let (up, down) = ((high - self.close).abs(), (low - self.close).abs());
        let farther = larger(up, down);
        let reach = larger(larger(up - 0.5 * down, down - 0.5 * up), (high - low).abs()) + 0.25 * self.body.abs();
        *self = Self { is_known: true, close, body };
        if reach == 0.0 { 0.0 } else { 50.0 * (net / reach) * (farther / limit_move) }
    }
}
