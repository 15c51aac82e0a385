use super::directional::carried_on;
use super::dm::Movement;
use crate::args;
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::{Memory, memory};
use crate::talib::volatility::true_range;

/// TA-Lib's directional indicator of one direction: 100 · directional movement / true range, both as Wilder's sums (see
/// [`Adx`](super::Adx)); 0 where there was no range. A period of 1 gives each bar's own movement as a fraction of its
/// range, 0 to 1.
#[derive(Clone, Debug)]
pub struct DirectionalIndicator<const UP: bool> {
    /// What the value is where the movement is the whole range.
    whole: f64,
    one_over_n: f64,
    movement: Movement<UP>,
    close: f64,
    range: f64,
}

/// Plus directional indicator.
pub type PlusDi = DirectionalIndicator<true>;
/// Minus directional indicator.
pub type MinusDi = DirectionalIndicator<false>;

constructor!(PlusDi(period: usize));
constructor!(MinusDi(period: usize));
memory!(PlusDi { movement, close, range });
memory!(MinusDi { movement, close, range });

impl<const UP: bool> Indicator<3, 1> for DirectionalIndicator<UP>
where
    Self: Memory,
{
    const NAME: &'static str = if UP { "plus_di" } else { "minus_di" };
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        let whole = if period == 1 { 1.0 } else { 100.0 };
        Self { whole, one_over_n: 1.0 / args[0], movement: Movement::new(period), close: 0.0, range: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let is_full = self.movement.missing() == 0;
        let range = true_range(high, low, self.close);
        self.close = close;
        if !is_full {
            let has_range = self.movement.step(high, low);
            self.range += if has_range { range } else { 0.0 };
            return [f64::NAN];
        }
        self.movement.step(high, low);
        self.range = carried_on(self.range, self.one_over_n, range);
        [if self.range > 0.0 { self.whole * (self.movement.sum / self.range) } else { 0.0 }]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
