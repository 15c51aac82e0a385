//! Several states of an indicator side by side.
mod four;
pub(crate) mod lockstep;
mod ranges;
mod wide;

pub(crate) use self::four::Four;
pub(crate) use self::ranges::{OfRanges, run_ranges};
pub(crate) use self::wide::Wide;
use crate::Indicator;

/// `N` states of an indicator, a lane each: one indicator on `N` symbols, or with `N` sets of parameters on one symbol.
///
/// Each lane gives the bits that its state gives alone, however the history is cut; a missing value in one lane does
/// nothing to the others. In [`talib`](crate::talib), [`tradingview`](crate::tradingview) and [`mod@crate::fast`] the
/// averages `Ema` and `Rma`, `Rsi` and `Atr` compute eight lanes in lockstep, where a bar's computation no longer waits
/// for that of the bar before; lanes of other indicators take turns on blocks of bars that fit the cache.
///
/// ```
/// use indicators::{Lanes, talib};
///
/// let close = [1.0, 2.0, 4.0, 8.0];
/// let [mut short, mut long] = [[0.0; 4]; 2];
/// let mut averages = Lanes::new([talib::Sma::new(2)?, talib::Sma::new(3)?]);
/// averages.run_shared([&close], [[&mut short], [&mut long]]);
/// assert_eq!(short[1..], [1.5, 3.0, 6.0]);
/// assert_eq!(long[3], 14.0 / 3.0);
/// assert_eq!(averages.update([[10.0], [12.0]]), [[9.0], [8.0]]);
/// # Ok::<(), indicators::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lanes<S, const I: usize, const O: usize, const N: usize> {
    states: [S; N],
}

impl<S: Indicator<I, O>, const I: usize, const O: usize, const N: usize> Lanes<S, I, O, N> {
    /// Goes on from `states`, which may have taken bars before.
    pub fn new(states: [S; N]) -> Self {
        Self { states }
    }

    /// The states.
    pub fn lanes(&self) -> &[S; N] {
        &self.states
    }

    /// The states, to be used on their own.
    pub fn into_lanes(self) -> [S; N] {
        self.states
    }

    /// Takes the next bar of each lane and gives its outputs, NaN where there is no value.
    #[inline]
    pub fn update(&mut self, bars: [[f64; I]; N]) -> [[f64; O]; N] {
        let mut values = [[0.0; O]; N];
        for ((values, state), bar) in values.iter_mut().zip(&mut self.states).zip(bars) {
            *values = state.update(bar);
        }
        values
    }

    /// Takes the next bars, for each lane from columns of its own, and writes the outputs of each.
    ///
    /// # Panics
    /// If any two columns, of whatever lane, differ in length.
    pub fn run(&mut self, inputs: [[&[f64]; I]; N], mut outputs: [[&mut [f64]; O]; N]) {
        let n_bars = inputs.first().and_then(|columns| columns.first()).map_or(0, |column| column.len());
        for (lane, (inputs, outputs)) in inputs.iter().zip(&outputs).enumerate() {
            let lengths = inputs.iter().map(|column| column.len()).chain(outputs.iter().map(|column| column.len()));
            for length in lengths {
                assert_eq!(length, n_bars, "{}: the columns of lane {lane} differ in length from the first", S::NAME);
            }
        }
        S::run_lanes(&mut self.states, &inputs, &mut outputs);
    }

    /// [`Lanes::run`] of all lanes over the same columns.
    ///
    /// # Panics
    /// If any two columns differ in length.
    pub fn run_shared(&mut self, inputs: [&[f64]; I], outputs: [[&mut [f64]; O]; N]) {
        self.run([inputs; N], outputs);
    }

    /// Forgets all bars.
    pub fn reset(&mut self) {
        for state in &mut self.states {
            state.reset();
        }
    }
}

/// Bars that one lane takes before it is the next one's turn, so that columns that lanes share stay in the second-level
/// cache. Lanes with columns of their own do better to take all at once, as streams from memory.
const TURN_BARS: usize = 4096;

/// [`Indicator::run`] of each state, in turns.
pub(crate) fn run_in_turns<S: Indicator<I, O>, const I: usize, const O: usize>(
    states: &mut [S],
    inputs: &[[&[f64]; I]],
    outputs: &mut [[&mut [f64]; O]],
) {
    let n_bars = inputs.first().and_then(|columns| columns.first()).map_or(0, |column| column.len());
    let turn_bars = if are_shared(inputs) { TURN_BARS } else { n_bars };
    let mut start = 0;
    while start < n_bars {
        let end = n_bars.min(start + turn_bars);
        for ((state, inputs), outputs) in states.iter_mut().zip(inputs).zip(&mut *outputs) {
            state.run(
                inputs.map(|column| &column[start..end]),
                outputs.each_mut().map(|column| &mut column[start..end]),
            );
        }
        start = end;
    }
}

/// Whether all lanes read the same places in memory.
fn are_shared<const I: usize>(inputs: &[[&[f64]; I]]) -> bool {
    inputs.windows(2).all(|pair| are_same(&pair[0], &pair[1]))
}

fn are_same<const I: usize>(first: &[&[f64]; I], second: &[&[f64]; I]) -> bool {
    first.iter().zip(second).all(|(first, second)| std::ptr::eq(*first, *second))
}
