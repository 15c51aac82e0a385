use super::directional::{carried_on, directional_movement};
use crate::args;
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::{Memory, Visitor, memory};

/// TA-Lib's directional movement of one direction, summed: over the first n − 1 changes plainly, then carried on as
/// S − S/n + newest. A period of 1 gives each bar's own movement.
#[derive(Clone, Debug)]
pub struct DirectionalMovement<const UP: bool> {
    movement: Movement<UP>,
}

/// Plus directional movement.
pub type PlusDm = DirectionalMovement<true>;
/// Minus directional movement.
pub type MinusDm = DirectionalMovement<false>;

constructor!(PlusDm(period: usize));
constructor!(MinusDm(period: usize));
memory!(PlusDm { movement });
memory!(MinusDm { movement });

impl<const UP: bool> Indicator<2, 1> for DirectionalMovement<UP>
where
    Self: Memory,
{
    const NAME: &'static str = if UP { "plus_dm" } else { "minus_dm" };
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { movement: Movement::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [(args::bars(args, 0) - 1).max(1)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let has_changes = self.movement.step(high, low);
        [if has_changes && self.movement.missing() == 0 { self.movement.sum } else { f64::NAN }]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}

/// The sum of the movements of one direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Movement<const UP: bool> {
    period: usize,
    one_over_n: f64,
    /// Bars so far, up to the period.
    seen: usize,
    high: f64,
    low: f64,
    pub(super) sum: f64,
}

impl<const UP: bool> Memory for Movement<UP> {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        let Self { period: _, one_over_n: _, seen, high, low, sum } = self;
        seen.visit(visitor);
        high.visit(visitor);
        low.visit(visitor);
        sum.visit(visitor);
    }
}

impl<const UP: bool> Movement<UP> {
    pub(super) fn new(period: usize) -> Self {
        Self { period, one_over_n: 1.0 / period as f64, seen: 0, high: 0.0, low: 0.0, sum: 0.0 }
    }

    /// How many bars the sum still lacks.
    #[inline(always)]
    pub(super) fn missing(&self) -> usize {
        self.period - self.seen
    }

    /// Takes the next bar; false for the very first, which has no movement.
    #[inline(always)]
    pub(super) fn step(&mut self, high: f64, low: f64) -> bool {
        let (plus, minus) = directional_movement(high - self.high, self.low - low);
        let movement = if UP { plus } else { minus };
        (self.high, self.low) = (high, low);
        let is_first = self.seen == 0;
        if self.seen == self.period {
            self.sum = carried_on(self.sum, self.one_over_n, movement);
        } else {
            self.seen += 1;
            self.sum += if is_first { 0.0 } else { movement };
        }
        !is_first
    }
}
