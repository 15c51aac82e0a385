use std::fmt::Debug;

use crate::missing::{all_known, is_known};
use crate::{Error, IndicatorKind, Memory, lanes, maker, memory, simd};

/// What an indicator does at a missing value: NaN, infinite, or beyond ±3 × 10³⁷ (TA-Lib's limit).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// The bar has no value, and the history begins anew behind it: later values are those of the bars after it alone.
    Restart,
    /// The indicator has rules of its own for `na`, those of Pine Script.
    Na,
}

/// An indicator of `I` input columns and `O` outputs: its parameters, and its memory of the bars so far.
///
/// [`Indicator::update`] takes one bar, [`Indicator::run`] as many as there are; however a history is cut into calls,
/// the bits of the results are the same. NaN stands for no value: on the first bars, the lookback, and where data is
/// missing. [`Indicator::update`] allocates nothing.
///
/// ```
/// use indicators::{Indicator, talib};
///
/// let close = [1.0, 2.0, 4.0, 8.0];
/// let mut column = [0.0; 4];
/// talib::Sma::new(2)?.run([&close], [&mut column]);
/// assert!(column[0].is_nan());
/// assert_eq!(column[1..], [1.5, 3.0, 6.0]);
///
/// let mut sma = talib::Sma::new(2)?;
/// assert_eq!(close.map(|price| sma.update([price])[0])[1..], column[1..]);
/// # Ok::<(), indicators::Error>(())
/// ```
pub trait Indicator<const I: usize, const O: usize>: Memory + Clone + Debug + Send + Sync + 'static {
    /// Its name in the catalogue, where its inputs, parameters and outputs are described.
    const NAME: &'static str;
    /// What it does at missing values.
    const MISSING: Missing = Missing::Restart;
    /// Whether [`Indicator::run_known`] gains by the processor's vector instructions or fused multiply-add.
    const DISPATCH: bool = false;
    /// How many bars [`Indicator::run`] looks at for missing values before it computes them. Many, where
    /// [`Indicator::run_known`] begins and ends slowly; few, where each bar waits for the one before it: the processor
    /// then looks at the next bars while it computes these.
    const BLOCK_BARS: usize = 4096;

    /// The indicator with the parameters `args`, in the order and within the ranges of the catalogue.
    fn build(args: &[f64]) -> Self;

    /// For each output the number of leading bars without a value.
    fn lookback(args: &[f64]) -> [usize; O];

    /// Takes a bar without missing values (any bar for [`Missing::Na`]) and gives the outputs.
    fn step(&mut self, bar: [f64; I]) -> [f64; O];

    /// [`Indicator::step`] for each bar of the columns, which have equal lengths and no missing values (any for
    /// [`Missing::Na`]). What is faster than a loop over `step` stands here, with the same bits.
    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; I], outputs: [&mut [f64]; O]) {
        step_each(self, inputs, outputs);
    }

    /// [`Indicator::update`] for each bar of the columns, which have equal lengths: looks for missing values and leaves
    /// the rest to [`Indicator::run_known`]. Where each bar waits for the one before it, an indicator does better to
    /// look on the way.
    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; I], outputs: [&mut [f64]; O]) {
        look_then_run(self, inputs, outputs);
    }

    /// The indicator with the parameters `args`, in the catalogue's order.
    ///
    /// # Errors
    /// If their number is not the catalogue's, or one is out of its range.
    fn with_args(args: &[f64]) -> Result<Self, Error> {
        IndicatorKind::of(Self::NAME).check(args)?;
        Ok(Self::build(args))
    }

    /// Takes the next bar and gives the outputs, NaN where there is no value.
    #[inline(always)]
    fn update(&mut self, bar: [f64; I]) -> [f64; O] {
        if matches!(Self::MISSING, Missing::Restart) && !bar.iter().fold(true, |known, &value| known & is_known(value))
        {
            self.reset();
            return [f64::NAN; O];
        }
        self.step(bar)
    }

    /// Takes the next bars and writes the outputs of each.
    ///
    /// # Panics
    /// If the columns differ in length.
    #[inline]
    fn run(&mut self, inputs: [&[f64]; I], outputs: [&mut [f64]; O]) {
        let n_bars = inputs.first().map_or(0, |column| column.len());
        for column in &inputs {
            assert_eq!(column.len(), n_bars, "{}: the inputs differ in length", Self::NAME);
        }
        for column in &outputs {
            assert_eq!(column.len(), n_bars, "{}: inputs and outputs differ in length", Self::NAME);
        }
        if Self::DISPATCH {
            simd::dispatch(
                #[inline(always)]
                || run_blocks(self, n_bars, inputs, outputs),
            );
        } else {
            run_blocks(self, n_bars, inputs, outputs);
        }
    }

    /// [`Indicator::run`] of each of `states`, on columns of its own; all columns have one length. What is faster than one
    /// state after the other stands here, with the same bits; [`Lanes`](crate::Lanes) is the way to it.
    fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; I]], outputs: &mut [[&mut [f64]; O]]) {
        lanes::run_in_turns(states, inputs, outputs);
    }

    /// Forgets all bars.
    #[inline(always)]
    fn reset(&mut self) {
        memory::reset(self);
    }
}

/// Whether `bar` ends the history that the state knows.
#[inline(always)]
pub(crate) fn is_missing<S: Indicator<I, O>, const I: usize, const O: usize>(bar: &[f64; I]) -> bool {
    S::MISSING == Missing::Restart && !bar.iter().fold(true, |known, &value| known & is_known(value))
}

#[inline(always)]
fn run_blocks<S: Indicator<I, O>, const I: usize, const O: usize>(
    state: &mut S,
    n_bars: usize,
    inputs: [&[f64]; I],
    mut outputs: [&mut [f64]; O],
) {
    let mut start = 0;
    while start < n_bars {
        let end = n_bars.min(start + S::BLOCK_BARS);
        let block = inputs.map(|column| &column[start..end]);
        state.run_block(block, outputs.each_mut().map(|column| &mut column[start..end]));
        start = end;
    }
}

/// [`Indicator::run_block`] of those that look for missing values first.
#[inline(always)]
pub(crate) fn look_then_run<S: Indicator<I, O>, const I: usize, const O: usize>(
    state: &mut S,
    inputs: [&[f64]; I],
    outputs: [&mut [f64]; O],
) {
    if matches!(S::MISSING, Missing::Na) || columns_known::<S, I, O>(inputs) {
        state.run_known(inputs, outputs);
    } else {
        update_each(state, inputs, outputs);
    }
}

/// Whether no column has a missing value.
#[inline(always)]
fn columns_known<S: Indicator<I, O>, const I: usize, const O: usize>(columns: [&[f64]; I]) -> bool {
    if S::DISPATCH {
        all_columns_known(columns)
    } else {
        simd::dispatch(
            #[inline(always)]
            || all_columns_known(columns),
        )
    }
}

#[inline(always)]
fn all_columns_known<const I: usize>(columns: [&[f64]; I]) -> bool {
    columns.iter().all(
        #[inline(always)]
        |column| all_known(column),
    )
}

/// Calls [`Indicator::step`] for each bar.
#[inline(always)]
pub(crate) fn step_each<S: Indicator<I, O>, const I: usize, const O: usize>(
    state: &mut S,
    inputs: [&[f64]; I],
    outputs: [&mut [f64]; O],
) {
    each(
        inputs,
        outputs,
        #[inline(always)]
        |bar| state.step(bar),
    );
}

/// [`Indicator::run_block`] on a copy of the state, whose numbers stay in registers: for states without rings, whose
/// copy would allocate. Missing values are looked for on the way; if there are any, the copy is thrown away.
#[inline(always)]
pub(crate) fn run_block_in_registers<S: Indicator<I, O>, const I: usize, const O: usize>(
    state: &mut S,
    inputs: [&[f64]; I],
    mut outputs: [&mut [f64]; O],
) {
    let mut copy = state.clone();
    let mut known = true;
    each(
        inputs,
        outputs.each_mut().map(|column| &mut **column),
        #[inline(always)]
        |bar| {
            known &= !is_missing::<S, I, O>(&bar);
            copy.step(bar)
        },
    );
    if known {
        *state = copy;
    } else {
        update_each(state, inputs, outputs);
    }
}

/// [`Indicator::run_block`] by a loop of the indicator's own, for states without rings. `run` works on a copy of the
/// state, looks for missing values on the way, and tells whether there were none; if there were, the copy is thrown away.
#[inline(always)]
pub(crate) fn run_block_by<S: Indicator<I, O>, const I: usize, const O: usize>(
    state: &mut S,
    inputs: [&[f64]; I],
    mut outputs: [&mut [f64]; O],
    run: impl FnOnce(&mut S, [&[f64]; I], [&mut [f64]; O]) -> bool,
) {
    let mut copy = state.clone();
    if run(&mut copy, inputs, outputs.each_mut().map(|column| &mut **column)) {
        *state = copy;
    } else {
        update_each(state, inputs, outputs);
    }
}

/// [`Indicator::step`] for each of `values`, which another indicator has computed: they are never missing, however large.
#[inline(always)]
pub(crate) fn run_computed<S: Indicator<1, 1>>(state: &mut S, values: &[f64], out: &mut [f64]) {
    if all_known(values) {
        state.run_block([values], [out]);
    } else {
        each([values], [out], |value| maker::take(state, value));
    }
}

/// [`Indicator::run_block`] of an indicator that copies its input.
#[inline(always)]
pub(crate) fn copy_known([input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
    for (out, &value) in out.iter_mut().zip(input) {
        *out = if is_known(value) { value } else { f64::NAN };
    }
}

/// [`Indicator::run_block`] of an indicator whose window of `n` bars, once it lies in the inputs, is read from there
/// and not from its rings: steps through the first n bars and calls `run` with all of the inputs and the outputs behind
/// those bars. `run` looks for missing values on the way; if there are any, it says false and leaves the state as it
/// was.
#[inline(always)]
pub(crate) fn run_behind_window<S: Indicator<I, O>, const I: usize, const O: usize>(
    state: &mut S,
    n: usize,
    inputs: [&[f64]; I],
    mut outputs: [&mut [f64]; O],
    run: impl FnOnce(&mut S, [&[f64]; I], [&mut [f64]; O]) -> bool,
) {
    if inputs[0].len() <= n || !all_columns_known(inputs.map(|column| &column[..n])) {
        return update_each(state, inputs, outputs);
    }
    step_each(state, inputs.map(|column| &column[..n]), outputs.each_mut().map(|column| &mut column[..n]));
    let mut rest = outputs.map(|column| &mut column[n..]);
    if !run(state, inputs, rest.each_mut().map(|column| &mut **column)) {
        update_each(state, inputs.map(|column| &column[n..]), rest);
    }
}

#[inline(never)]
fn update_each<S: Indicator<I, O>, const I: usize, const O: usize>(
    state: &mut S,
    inputs: [&[f64]; I],
    outputs: [&mut [f64]; O],
) {
    each(inputs, outputs, |bar| {
        if is_missing::<S, I, O>(&bar) {
            state.reset();
            return [f64::NAN; O];
        }
        maker::take(state, bar)
    });
}

#[inline(always)]
fn each<const I: usize, const O: usize>(
    inputs: [&[f64]; I],
    mut outputs: [&mut [f64]; O],
    mut value: impl FnMut([f64; I]) -> [f64; O],
) {
    let n_bars = inputs.first().map_or(0, |column| column.len());
    let inputs = inputs.map(|column| &column[..n_bars]);
    let mut outputs = outputs.each_mut().map(|column| &mut column[..n_bars]);
    for bar in 0..n_bars {
        let values = value(inputs.map(|column| column[bar]));
        for (column, value) in outputs.iter_mut().zip(values) {
            column[bar] = value;
        }
    }
}

/// A typed constructor beside [`Indicator::with_args`].
macro_rules! constructor {
    ($state:ident($($parameter:ident: $kind:ty),*)) => {
        impl $state {
            /// No bars yet; what the parameters mean stands in the [catalogue](crate::IndicatorKind::info).
            ///
            /// # Errors
            /// If a parameter is out of the catalogue's range.
            pub fn new($($parameter: $kind),*) -> Result<Self, $crate::Error> {
                $crate::Indicator::with_args(&[$($crate::args::Arg::number($parameter)),*])
            }
        }
    };
}
pub(crate) use constructor;
