use crate::args;
use crate::directional::{self, Stages};
use crate::fast::atr::true_range;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;

/// Average directional index with the two directional indices.
///
/// +DM, −DM and the true range are summed over the first n − 1 changes and then lose 1/n of themselves from bar to bar,
/// in one fused multiply-add. +DI is 100 · +DM / range, and DX = 100 · |+DM − −DM| / (+DM + −DM), in which the range
/// cancels out. ADX is the mean of the first n DX, then Wilder's average of them. Without range the directional indices
/// are 0; where both are 0, up to TA-Lib's limit of 10⁻¹⁴, DX counts 0 in the first mean and later leaves ADX where it
/// is.
#[derive(Clone, Debug)]
pub struct Adx {
    n: usize,
    /// (n − 1)/n.
    decay: f64,
    /// 1/n.
    alpha: f64,
    /// Bars so far, up to the first ADX.
    seen: usize,
    previous: [f64; 3],
    /// +DM, −DM, true range.
    sums: [f64; 3],
    /// Sum of the first DX, then their average.
    average: f64,
}

constructor!(Adx(period: usize));
memory!(Adx { seen, previous, sums, average });

/// Below this part of the range the two movements are noise.
const NO_DIRECTION: f64 = 1e-16;
/// Ranges below [`TINY`] are lifted by this, so that 100 can be divided by them.
const LIFT: f64 = 1e200;
const TINY: f64 = 1e-200;

/// The first movement if it is upward and the larger, otherwise 0.
#[inline(always)]
fn larger_rise(to: f64, other: f64) -> f64 {
    let larger = if to > other { to } else { 0.0 };
    if larger > 0.0 { larger } else { 0.0 }
}

/// Rounding may lift a value of 100 by the last digits.
#[inline(always)]
fn at_most_100(value: f64) -> f64 {
    if value < 100.0 { value } else { 100.0 }
}

impl Adx {
    /// +DM, −DM and the true range of a bar (high, low, close) behind another.
    #[inline(always)]
    fn movements([high, low, _]: [f64; 3], before: [f64; 3]) -> [f64; 3] {
        let (up, down) = (high - before[0], before[1] - low);
        [larger_rise(up, down), larger_rise(down, up), true_range(high, low, before[2])]
    }

    #[inline(always)]
    fn sum(&mut self, movements: [f64; 3]) -> [f64; 3] {
        for (sum, movement) in self.sums.iter_mut().zip(movements) {
            *sum = sum.mul_add(self.decay, movement);
        }
        self.sums
    }

    /// +DI, −DI, and DX, NaN where there is no direction.
    #[inline(always)]
    fn indices(sums: [f64; 3]) -> [f64; 3] {
        let lift = if sums[2] < TINY { LIFT } else { 1.0 };
        let (plus, minus, range) = (sums[0] * lift, sums[1] * lift, sums[2] * lift);
        let percent = 100.0 / range;
        let (plus_di, minus_di) = (at_most_100(plus * percent), at_most_100(minus * percent));
        let both = plus + minus;
        let dx = (plus - minus).abs() * (100.0 / both);
        // Chosen after all is computed, so that eight bars make vector instructions.
        // Without range and movement `dx` is NaN by itself.
        let (has_range, is_directed) = (range > 0.0, both >= NO_DIRECTION * range);
        [
            if has_range { plus_di } else { 0.0 },
            if has_range { minus_di } else { 0.0 },
            if is_directed { dx } else { f64::NAN },
        ]
    }

    /// ADX with the next bar's index.
    #[inline(always)]
    fn follow(&mut self, index: f64) -> f64 {
        let next = self.average.mul_add(self.decay, self.alpha * index);
        self.average = if index.is_nan() { self.average } else { next };
        at_most_100(self.average)
    }

    /// Takes a bar before the sums are complete.
    #[inline(always)]
    fn prepare(&mut self, bar: [f64; 3]) {
        if self.seen > 0 {
            let movements = Self::movements(bar, self.previous);
            for (sum, movement) in self.sums.iter_mut().zip(movements) {
                *sum += movement;
            }
        }
        self.previous = bar;
        self.seen += 1;
    }

    /// Takes an index that the first mean lacks, and gives the mean if it was the last.
    #[inline(always)]
    fn mean(&mut self, index: f64) -> f64 {
        self.seen += 1;
        self.average += if index.is_nan() { 0.0 } else { index };
        if self.seen < 2 * self.n {
            return f64::NAN;
        }
        self.average /= self.n as f64;
        at_most_100(self.average)
    }
}

impl Indicator<3, 3> for Adx {
    const NAME: &'static str = "adx";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = directional::BLOCK_BARS;

    fn build(args: &[f64]) -> Self {
        let n = args[0];
        Self {
            n: args::bars(args, 0),
            decay: (n - 1.0) / n,
            alpha: 1.0 / n,
            seen: 0,
            previous: [0.0; 3],
            sums: [0.0; 3],
            average: 0.0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let n = args::bars(args, 0);
        [2 * n - 1, n, n]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 3] {
        if self.seen < self.n {
            self.prepare(bar);
            return [f64::NAN; 3];
        }
        let sums = self.sum(Self::movements(bar, self.previous));
        self.previous = bar;
        let [plus_di, minus_di, index] = Self::indices(sums);
        let adx = if self.seen < 2 * self.n { self.mean(index) } else { self.follow(index) };
        [adx, plus_di, minus_di]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [adx, plus_di, minus_di]: [&mut [f64]; 3]) {
        let first = (2 * self.n - self.seen).max(1).min(adx.len());
        let before = [&mut *adx, &mut *plus_di, &mut *minus_di].map(
            #[inline(always)]
            |column| &mut column[..first],
        );
        step_each(self, inputs.map(|column| &column[..first]), before);
        if first < adx.len() {
            let mut columns = Columns { adx: self.clone(), plus_di, minus_di };
            directional::run(&mut columns, inputs, first, adx);
            *self = columns.adx;
            self.previous = inputs.map(|column| column[column.len() - 1]);
        }
    }
}

/// The state and where the directional indices go.
struct Columns<'a> {
    adx: Adx,
    plus_di: &'a mut [f64],
    minus_di: &'a mut [f64],
}

impl Stages for Columns<'_> {
    #[inline(always)]
    fn movements(bar: [f64; 3], before: [f64; 3]) -> [f64; 3] {
        Adx::movements(bar, before)
    }

    #[inline(always)]
    fn sum(&mut self, movements: [f64; 3]) -> [f64; 3] {
        self.adx.sum(movements)
    }

    #[inline(always)]
    fn indices(sums: [f64; 3]) -> [f64; 3] {
        Adx::indices(sums)
    }

    #[inline(always)]
    fn keep<const N: usize>(&mut self, bar: usize, plus_di: &[f64; N], minus_di: &[f64; N]) {
        self.plus_di[bar..bar + N].copy_from_slice(plus_di);
        self.minus_di[bar..bar + N].copy_from_slice(minus_di);
    }

    #[inline(always)]
    fn follow(&mut self, index: f64) -> f64 {
        self.adx.follow(index)
    }
}
