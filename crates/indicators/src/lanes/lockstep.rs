//! Eight lanes of a recursive indicator, step by step together.
use std::marker::PhantomData;

use crate::Indicator;
use crate::lanes::four::Four;
use crate::lanes::run_in_turns;
use crate::lanes::wide::{Rows, Wide, deinterleave, interleave};
use crate::missing::LARGEST;

/// A recursive formula over one column, the same for every bar once it has its first value: `C` constants and `V`
/// variables.
pub(crate) trait Recursion<const C: usize, const V: usize> {
    /// From how many lanes on lockstep is faster than one lane after the other.
    const WORTH: usize = 3;
    /// Whether the arithmetic is exact only for magnitudes from [`SMALLEST`] on, and for 0: of inputs and variables.
    const NOT_TINY: bool = false;

    /// How many bars it takes alone, if no value is missing, before it can join others; `None` if that cannot be said.
    fn bars_alone(&self) -> Option<usize>;
    fn constants(&self) -> [f64; C];
    fn variables(&self) -> [f64; V];
    fn set_variables(&mut self, variables: [f64; V]);
    /// Takes eight bars, none of them missing, of eight lanes, and puts the outputs in their place.
    fn eight_bars<F: Four>(
        token: F::Token,
        constants: &[Wide<F>; C],
        variables: &mut [Wide<F>; V],
        bars: &mut [Wide<F>; 8],
    );
}

/// A state over one column that is a recursion once it has its first value.
pub(crate) trait Lane<const C: usize, const V: usize> {
    /// The formula.
    type Recursion: Recursion<C, V>;

    fn recursion(&mut self) -> &mut Self::Recursion;
    /// Takes bars of any kind.
    fn run_alone(&mut self, input: &[f64], out: &mut [f64]);
}

/// [`Lane`] for an indicator that is a recursion, or whose field is one.
macro_rules! lane {
    ($state:ty, $constants:literal, $variables:literal) => {
        impl $crate::lanes::lockstep::Lane<$constants, $variables> for $state {
            type Recursion = Self;

            #[inline(always)]
            fn recursion(&mut self) -> &mut Self {
                self
            }

            fn run_alone(&mut self, input: &[f64], out: &mut [f64]) {
                $crate::Indicator::run(self, [input], [out]);
            }
        }
    };
    ($state:ty, $($field:tt).+: $recursion:ty, $constants:literal, $variables:literal) => {
        impl $crate::lanes::lockstep::Lane<$constants, $variables> for $state {
            type Recursion = $recursion;

            #[inline(always)]
            fn recursion(&mut self) -> &mut $recursion {
                &mut self.$($field).+
            }

            fn run_alone(&mut self, input: &[f64], out: &mut [f64]) {
                $crate::Indicator::run(self, [input], [out]);
            }
        }
    };
}
pub(crate) use lane;

/// 2⁻⁸⁰⁰. Differences of larger numbers are multiples of 2⁻⁸⁵², so that nothing below is near the limits of doubles.
pub(crate) const SMALLEST: f64 = f64::from_bits((1023 - 800) << 52);

/// Averages up to here, which are above any of known values, do not overflow within a bar.
pub(crate) const LARGEST_STATE: f64 = 1e270;

/// A lane with the bars that it has yet to take.
pub(crate) struct Strand<'a, L> {
    pub(crate) state: &'a mut L,
    pub(crate) input: &'a [f64],
    pub(crate) out: &'a mut [f64],
}

impl<L> Strand<'_, L> {
    /// Leaves `bars` behind.
    #[inline(always)]
    fn skip(&mut self, bars: usize) {
        self.input = &self.input[bars..];
        self.out = &mut std::mem::take(&mut self.out)[bars..];
    }

    /// Takes the bars that the state takes alone; whether it is in step then, with eight bars before it. Fewer it takes
    /// alone, too.
    #[inline(never)]
    fn join<const C: usize, const V: usize>(&mut self) -> bool
    where
        L: Lane<C, V>,
    {
        if let Some(bars @ 1..) = self.state.recursion().bars_alone() {
            self.run_alone(bars);
        }
        if self.input.len() < 8 {
            self.run_alone(8);
            return false;
        }
        self.state.recursion().bars_alone() == Some(0)
    }

    #[inline(never)]
    fn run_alone<const C: usize, const V: usize>(&mut self, bars: usize)
    where
        L: Lane<C, V>,
    {
        let bars = bars.min(self.input.len());
        self.state.run_alone(&self.input[..bars], &mut self.out[..bars]);
        self.skip(bars);
    }
}

/// Bars between two looks at who is in step; the states stay as they were before them until they are known to be good.
const BLOCK_BARS: usize = 1024;
/// Fewer bars the lanes take one after the other.
const SHORTEST_BARS: usize = 64;
/// Bars that a lane takes alone where it cannot be said when it may join.
const ALONE_BARS: usize = 128;

/// [`Indicator::run`] of each state, eight of them in lockstep.
pub(crate) fn run<S, const C: usize, const V: usize>(
    states: &mut [S],
    inputs: &[[&[f64]; 1]],
    outputs: &mut [[&mut [f64]; 1]],
) where
    S: Indicator<1, 1> + Lane<C, V>,
{
    if states.len() < S::Recursion::WORTH {
        return run_in_turns(states, inputs, outputs);
    }
    for ((states, inputs), outputs) in states.chunks_mut(8).zip(inputs.chunks(8)).zip(outputs.chunks_mut(8)) {
        let strands = states.iter_mut().zip(inputs).zip(outputs);
        let mut strands: Vec<_> = strands.map(|((state, [input]), [out])| Strand { state, input, out }).collect();
        stagger(&mut strands);
        run_strands(&mut strands);
    }
}

/// From how many bars on lanes are staggered, and by how many each.
const STAGGERED_BARS: usize = 16_384;
const STAGGER_BARS: usize = 16;

/// Lets each lane begin a little further on. Large columns begin at the same place of a page of memory, so that the same
/// bar of all of them would share a place in the first-level cache, which has eight of each.
fn stagger<L: Lane<C, V>, const C: usize, const V: usize>(strands: &mut [Strand<'_, L>]) {
    for (lane, strand) in strands.iter_mut().enumerate() {
        if strand.input.len() >= STAGGERED_BARS {
            strand.run_alone(lane * STAGGER_BARS);
        }
    }
}

/// Takes all bars of up to eight strands.
pub(crate) fn run_strands<L: Lane<C, V>, const C: usize, const V: usize>(strands: &mut [Strand<'_, L>]) {
    #[cfg(target_arch = "x86_64")]
    match pulp::x86::V3::try_new() {
        Some(simd) => simd.vectorize(
            #[inline(always)]
            move || {
                // A closure that consumes what it captured is not called through a function of its own.
                let strands = strands;
                in_blocks::<crate::lanes::four::Avx, L, C, V>(simd, strands);
            },
        ),
        None => strands.iter_mut().for_each(|strand| strand.run_alone(usize::MAX)),
    }
    #[cfg(not(target_arch = "x86_64"))]
    in_blocks::<crate::lanes::four::Portable, L, C, V>((), strands);
}

#[inline(always)]
fn in_blocks<F: Four, L: Lane<C, V>, const C: usize, const V: usize>(token: F::Token, strands: &mut [Strand<'_, L>]) {
    let mut spare = Vec::new();
    while strands.iter().any(|strand| !strand.input.is_empty()) {
        let mut in_step = [false; 8];
        for (in_step, strand) in in_step.iter_mut().zip(&mut *strands) {
            *in_step = strand.join();
        }
        let left = in_step.iter().zip(&*strands).filter(|(in_step, _)| **in_step).map(|(_, strand)| strand.input.len());
        let bars = left.min().unwrap_or(ALONE_BARS).min(BLOCK_BARS) / 8 * 8;
        let n_in_step = in_step.iter().filter(|&&in_step| in_step).count();
        if n_in_step >= L::Recursion::WORTH && bars >= SHORTEST_BARS {
            in_step = block::<F, L, C, V>(token, strands, in_step, bars, &mut spare);
        } else {
            in_step = [false; 8];
        }
        for (in_step, strand) in in_step.into_iter().zip(&mut *strands) {
            if in_step {
                strand.skip(bars);
            } else {
                strand.run_alone(bars);
            }
        }
    }
}

/// Takes `bars` bars of the lanes in step; says which of them came through. The others are as they were.
#[inline(always)]
fn block<F: Four, L: Lane<C, V>, const C: usize, const V: usize>(
    token: F::Token,
    strands: &mut [Strand<'_, L>],
    in_step: [bool; 8],
    bars: usize,
    spare: &mut Vec<f64>,
) -> [bool; 8] {
    // A lane that is not in step computes what the first one computes, and writes it where nobody looks.
    let first = in_step.iter().position(|&in_step| in_step).unwrap_or(0);
    let of: [usize; 8] = std::array::from_fn(|lane| if in_step[lane] { lane } else { first });
    let constants = of.map(|lane| strands[lane].state.recursion().constants());
    let variables = of.map(|lane| strands[lane].state.recursion().variables());
    let inputs: [Rows<'_>; 8] = of.map(|lane| strands[lane].input[..bars].as_chunks().0);
    if in_step != [true; 8] {
        spare.resize(7 * BLOCK_BARS, 0.0);
    }
    let mut spare = spare.chunks_exact_mut(BLOCK_BARS);
    let mut outs = strands.iter_mut().map(|strand| &mut *strand.out);
    let mut outputs = in_step.map(|in_step| {
        let out = outs.next().filter(|_| in_step).or_else(|| spare.next());
        out.expect("a column for each lane")[..bars].as_chunks_mut().0
    });

    let mut kernel = Kernel::<F, L::Recursion, C, V>::new(token, constants, variables);
    for chunk in 0..bars / 8 {
        kernel.take(token, &inputs, &mut outputs, 2 * chunk);
    }

    let bad = kernel.bad.values();
    let mut good = in_step;
    for (lane, strand) in strands.iter_mut().enumerate() {
        good[lane] &= bad[lane].is_sign_positive();
        if good[lane] {
            let mut variables = [0.0; V];
            for (variable, wide) in variables.iter_mut().zip(kernel.variables) {
                *variable = wide.values()[lane];
            }
            strand.state.recursion().set_variables(variables);
        }
    }
    good
}

/// The arithmetic of eight lanes.
struct Kernel<F, R, const C: usize, const V: usize> {
    constants: [Wide<F>; C],
    variables: [Wide<F>; V],
    /// Negative in the lanes where a value was missing or too small.
    bad: Wide<F>,
    known: Wide<F>,
    smallest: Wide<F>,
    recursion: PhantomData<R>,
}

impl<F: Four, R: Recursion<C, V>, const C: usize, const V: usize> Kernel<F, R, C, V> {
    #[inline(always)]
    fn new(token: F::Token, constants: [[f64; C]; 8], variables: [[f64; V]; 8]) -> Self {
        // Added to the bits of a magnitude, reaches the sign if that is above the largest known.
        let known = f64::from_bits((1 << 63) - 1 - LARGEST.to_bits());
        Self {
            constants: wide(token, constants),
            variables: wide(token, variables),
            bad: Wide::splat(token, 0.0),
            known: Wide::splat(token, known),
            smallest: Wide::splat(token, SMALLEST),
            recursion: PhantomData,
        }
    }

    /// Eight bars, from the columns' vectors from `at` on.
    #[inline(always)]
    fn take(&mut self, token: F::Token, inputs: &[Rows<'_>; 8], outputs: &mut [&mut [[f64; 4]]; 8], at: usize) {
        let mut bars = [self.bad; 8];
        interleave(token, inputs, at, &mut bars);
        for bar in &bars {
            self.bad = self.bad.or(bar.magnitude_plus(self.known));
            if R::NOT_TINY {
                self.bad = self.bad.or(bar.is_tiny(self.smallest));
            }
        }
        R::eight_bars(token, &self.constants, &mut self.variables, &mut bars);
        if R::NOT_TINY {
            for variable in &self.variables {
                self.bad = self.bad.or(variable.is_tiny(self.smallest));
            }
        }
        deinterleave(&bars, outputs, at);
    }
}

/// The lanes' numbers, side by side.
#[inline(always)]
fn wide<F: Four, const K: usize>(token: F::Token, lanes: [[f64; K]; 8]) -> [Wide<F>; K] {
    let mut all = [Wide::splat(token, 0.0); K];
    for (place, wide) in all.iter_mut().enumerate() {
        let [a, b, c, d, e, f, g, h] = &lanes;
        *wide = Wide::of(token, [a[place], b[place], c[place], d[place], e[place], f[place], g[place], h[place]]);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{BLOCK_BARS, Lane, Strand, block, in_blocks};
    use crate::lanes::four::Portable;
    use crate::{Indicator, fast, talib, tradingview};

    /// A walk on which every lane is different; a few values are missing in one lane.
    fn prices(lane: usize) -> Vec<f64> {
        let mut dice = lane as u64 + 1;
        let mut price = 100.0;
        let walk = (0..3001).map(|bar| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            price += ((dice >> 33) % 201) as f64 * 0.01 - 1.0;
            if lane == 3 && bar % 1100 == 900 { f64::NAN } else { price }
        });
        walk.collect()
    }

    fn check<S: Indicator<1, 1> + Lane<C, V>, const C: usize, const V: usize>(state: impl Fn(usize) -> S) {
        let columns: Vec<Vec<f64>> = (0..8).map(prices).collect();
        let mut states: Vec<S> = (0..8).map(|lane| state(5 + 3 * lane)).collect();
        let mut singles = states.clone();
        let mut found = vec![vec![0.0; 3001]; 8];
        let outs = states.iter_mut().zip(&columns).zip(&mut found);
        let mut strands: Vec<_> = outs.map(|((state, input), out)| Strand { state, input, out }).collect();
        let in_step = std::array::from_fn(|lane| strands[lane].join());
        assert_eq!(in_step, [true; 8]);
        let in_step = block::<Portable, S, C, V>((), &mut strands, in_step, BLOCK_BARS, &mut Vec::new());
        assert_eq!(in_step, std::array::from_fn(|lane| lane != 3), "{}: one lane has a missing value", S::NAME);
        for (in_step, strand) in in_step.iter().zip(&mut strands) {
            if *in_step {
                strand.skip(BLOCK_BARS);
            }
        }
        in_blocks::<Portable, S, C, V>((), &mut strands);
        for ((single, column), found) in singles.iter_mut().zip(&columns).zip(&found) {
            let mut out = vec![0.0; 3001];
            single.run([column], [&mut out]);
            let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(found), bits(&out), "{}", S::NAME);
        }
    }

    #[test]
    fn processors_without_avx_2_have_the_same_bits() {
        check(|n| talib::Ema::new(n).unwrap());
        check(|n| talib::Rsi::new(n).unwrap());
        check(|n| tradingview::Ema::new(n).unwrap());
        check(|n| tradingview::Rma::new(n).unwrap());
        check(|n| tradingview::Rsi::new(n).unwrap());
        check(|n| fast::Ema::new(n).unwrap());
        check(|n| fast::Rsi::new(n).unwrap());
    }
}
