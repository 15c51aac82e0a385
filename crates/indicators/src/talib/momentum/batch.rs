//! Loops over columns.
use crate::indicator::{Indicator, step_each};

/// [`Indicator::step`] for the first `n_bars` bars.
#[inline(always)]
pub(super) fn step_first<S: Indicator<I, O>, const I: usize, const O: usize>(
    state: &mut S,
    n_bars: usize,
    inputs: [&[f64]; I],
    outputs: &mut [&mut [f64]; O],
) {
    step_each(state, inputs.map(|column| &column[..n_bars]), outputs.each_mut().map(|column| &mut column[..n_bars]));
}
