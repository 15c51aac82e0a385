//! Eight neighbouring bars at a time, in a form that compiles to vector instructions.

use crate::indicator::{Indicator, step_each};

/// Values of eight neighbouring bars, oldest first.
pub(crate) type Eight = [f64; 8];

/// A value for each of the eight.
#[inline(always)]
pub(crate) fn each(value: impl Fn(usize) -> f64) -> Eight {
    std::array::from_fn(value)
}

/// Takes `head` bars one by one, then hands all whole eights to `eights`, then takes the rest one by one.
#[inline(always)]
pub(crate) fn in_eights<S: Indicator<I, O>, const I: usize, const O: usize>(
    state: &mut S,
    head: usize,
    inputs: [&[f64]; I],
    mut outputs: [&mut [f64]; O],
    eights: impl FnOnce(&mut S, [&[Eight]; I], [&mut [Eight]; O]),
) {
    let n_bars = inputs.first().map_or(0, |column| column.len());
    let head = head.min(n_bars);
    let rest = n_bars - (n_bars - head) % 8;
    step_each(state, inputs.map(|column| &column[..head]), outputs.each_mut().map(|column| &mut column[..head]));
    if head < rest {
        eights(
            state,
            inputs.map(|column| column[head..rest].as_chunks().0),
            outputs.each_mut().map(|column| column[head..rest].as_chunks_mut().0),
        );
    }
    step_each(state, inputs.map(|column| &column[rest..]), outputs.each_mut().map(|column| &mut column[rest..]));
}

/// `now` shifted by one bar, with `before` as the first.
#[inline(always)]
pub(crate) fn behind(before: f64, now: &Eight) -> Eight {
    each(
        #[inline(always)]
        |lane| if lane == 0 { before } else { now[lane - 1] },
    )
}
