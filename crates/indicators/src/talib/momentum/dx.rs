use super::batch::step_first;
use super::directional::{Movements, directional_index, indices};
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// TA-Lib's directional movement index: 100 · |−DI − +DI| / (−DI + +DI) with the directional indices of
/// [`Adx`](super::Adx). Where both are 0 it keeps its previous value, 0 at first.
#[derive(Clone, Debug)]
pub struct Dx {
    movements: Movements,
    last: f64,
}

constructor!(Dx(period: usize));
memory!(Dx { movements, last });

impl Indicator<3, 1> for Dx {
    const NAME: &'static str = "dx";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = crate::directional::BLOCK_BARS;

    fn build(args: &[f64]) -> Self {
        Self { movements: Movements::new(args::bars(args, 0)), last: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 1] {
        let Some((plus_di, minus_di)) = self.movements.step(bar) else { return [f64::NAN] };
        self.last = directional_index(plus_di, minus_di).unwrap_or(self.last);
        [self.last]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        let n_first = out.len().min(self.movements.missing().max(1));
        step_first(self, n_first, inputs, &mut [&mut *out]);
        let mut last = self.last;
        indices(
            &mut self.movements,
            inputs,
            n_first,
            out,
            |_, _, _| {},
            |index| {
                last = if index.is_nan() { last } else { index };
                last
            },
        );
        self.last = last;
    }
}
