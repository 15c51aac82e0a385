use crate::args;
use crate::buffers::{BLOCK, Buffers};
use crate::fast::atr::{true_range, true_ranges};
use crate::fast::scan::{Decay, Scan};
use crate::fast::vector::{Eight, behind, each, in_eights};
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::simd;

/// Average directional index with the two directional indices.
///
/// +DM, −DM and the true range are summed over the first n − 1 changes and then lose 1/n of themselves from bar to bar.
/// +DI is 100 · +DM / range, and DX = 100 · |+DM − −DM| / (+DM + −DM), in which the range cancels out. ADX is the mean of
/// the first n DX, then Wilder's average of them. Without range the directional indices are 0; where both are 0, up to
/// TA-Lib's limit of 10⁻¹⁴, DX counts 0 in the first mean and later leaves ADX where it is.
#[derive(Clone, Debug)]
pub struct Adx {
    n: usize,
    decay: Decay,
    /// 100/n.
    alpha: f64,
    /// Bars so far, up to those before the averages run.
    seen: usize,
    place: usize,
    /// Whether the ADX of the current eight goes on bar by bar, because there was a bar without direction.
    plain: bool,
    previous: [f64; 3],
    /// +DM, −DM, true range.
    sums: [Scan; 3],
    first_sums: [f64; 3],
    first_dx: f64,
    average: Scan,
    /// The last ADX.
    last: f64,
}

constructor!(Adx(period: usize));
memory!(Adx { seen, place, plain, previous, sums, first_sums, first_dx, average, last });

/// Below this part of the range the two movements are noise.
const NO_DIRECTION: f64 = 1e-16;
/// The least product of range and movement that divides without loss.
const SMALLEST: f64 = 1e-280;

/// +DM, −DM and the true range.
#[inline(always)]
fn movements([high, low, _]: [f64; 3], before: [f64; 3]) -> [f64; 3] {
    let (up, down) = (high - before[0], before[1] - low);
    [larger_rise(up, down), larger_rise(down, up), true_range(high, low, before[2])]
}

/// The first movement if it is upward and the larger, otherwise 0.
#[inline(always)]
fn larger_rise(to: f64, other: f64) -> f64 {
    let larger = if to > other { to } else { 0.0 };
    if larger > 0.0 { larger } else { 0.0 }
}

/// DX as a fraction, and the directional indices; by one division, where range and movement are of usual size.
#[inline(always)]
fn indices([plus, minus, range]: [f64; 3]) -> [f64; 3] {
    let both = plus + minus;
    let inverse = 1.0 / (range * both);
    let percent = 100.0 * (both * inverse);
    [(plus - minus).abs() * (range * inverse), at_most_100(plus * percent), at_most_100(minus * percent)]
}

/// Rounding may lift a value of 100 by the last digit.
#[inline(always)]
fn at_most_100(value: f64) -> f64 {
    if value < 100.0 { value } else { 100.0 }
}

/// Whether there is a direction, and [`indices`] has the digits: positive if so.
#[inline(always)]
fn direction([plus, minus, range]: [f64; 3]) -> f64 {
    let both = plus + minus;
    let directed = both - NO_DIRECTION * range;
    let usual = range * both - SMALLEST;
    if directed < usual { directed } else { usual }
}

/// [`indices`] of any size; without DX where there is no direction.
#[inline(never)]
fn unusual_indices([plus, minus, range]: [f64; 3]) -> (Option<f64>, [f64; 2]) {
    let both = plus + minus;
    let percent = |movement| if range > 0.0 { 100.0 * (movement / range) } else { 0.0 };
    let index = (both > 0.0 && both >= NO_DIRECTION * range).then(|| (plus - minus).abs() / both);
    (index, [percent(plus), percent(minus)])
}

impl Adx {
    /// The bars up to the first ADX.
    #[inline(never)]
    fn seed(&mut self, bar: [f64; 3]) -> [f64; 3] {
        let moved = movements(bar, std::mem::replace(&mut self.previous, bar));
        self.seen += 1;
        if self.seen <= self.n {
            if self.seen > 1 {
                for (sum, moved) in self.first_sums.iter_mut().zip(moved) {
                    *sum += moved;
                }
            }
            if self.seen == self.n {
                for (scan, &sum) in self.sums.iter_mut().zip(&self.first_sums) {
                    scan.begin(sum);
                }
            }
            return [f64::NAN; 3];
        }
        let mut sums = [0.0; 3];
        for ((sum, scan), moved) in sums.iter_mut().zip(&mut self.sums).zip(moved) {
            *sum = scan.step(&self.decay, 0, moved);
            scan.begin(*sum);
        }
        let (index, [plus_di, minus_di]) = unusual_indices(sums);
        self.first_dx += 100.0 * index.unwrap_or(0.0);
        let mut adx = f64::NAN;
        if self.seen == 2 * self.n {
            adx = at_most_100(self.first_dx / self.n as f64);
            self.average.begin(adx);
        }
        [adx, plus_di, minus_di]
    }

    /// A bar in an eight with one without direction.
    #[inline(never)]
    fn plain_step(&mut self, sums: [f64; 3]) -> [f64; 3] {
        if !self.plain {
            self.average.begin(self.last);
        }
        let (mut index, [mut plus_di, mut minus_di]) = unusual_indices(sums);
        if direction(sums) > 0.0 {
            let [dx, plus, minus] = indices(sums);
            (index, plus_di, minus_di) = (Some(dx), plus, minus);
        }
        if let Some(dx) = index {
            self.last = self.average.step(&self.decay, 0, self.alpha * dx);
            self.average.begin(self.last);
        }
        self.plain = self.place != 7;
        [at_most_100(self.last), plus_di, minus_di]
    }

    /// Eights, the first bar of which has place 0.
    #[inline(always)]
    fn eights(&mut self, bars: [&[Eight]; 3], mut outputs: [&mut [Eight]; 3]) {
        let mut buffers = Buffers::take();
        let n_eights = bars[0].len();
        for start in (0..n_eights).step_by(BLOCK / 8) {
            let end = n_eights.min(start + BLOCK / 8);
            let bars = bars.map(
                #[inline(always)]
                |column| &column[start..end],
            );
            let outputs = outputs.each_mut().map(
                #[inline(always)]
                |column| &mut column[start..end],
            );
            self.block(bars, outputs, buffers.columns(8 * (end - start)));
        }
        buffers.give_back();
    }

    /// Some eights, column by column: loops of few numbers, which fit the registers.
    #[inline(always)]
    fn block(&mut self, bars: [&[Eight]; 3], outputs: [&mut [Eight]; 3], buffers: [&mut [f64]; 3]) {
        let decay = self.decay;
        let ([high, low, close], [plus, minus, range]) = (bars, buffers);
        let mut previous = self.previous;
        let moved = plus.as_chunks_mut().0.iter_mut().zip(minus.as_chunks_mut().0).zip(range.as_chunks_mut().0);
        for (((plus, minus), range), ((high, low), close)) in moved.zip(high.iter().zip(low).zip(close)) {
            [*plus, *minus, *range] = movements_of_eight([high, low, close], previous);
            previous = [high[7], low[7], close[7]];
        }
        let mut sums = self.sums;
        // Together, because each of them waits for its own eight before.
        let columns = plus.as_chunks_mut().0.iter_mut().zip(minus.as_chunks_mut().0).zip(range.as_chunks_mut().0);
        for ((plus, minus), range) in columns {
            *plus = sums[0].eight(&decay, plus);
            *minus = sums[1].eight(&decay, minus);
            *range = sums[2].eight(&decay, range);
        }
        if !have_direction(plus, minus, range) {
            return self.one_by_one(bars, outputs);
        }
        to_indices(self.alpha, plus, minus, range);
        let [adx, plus_di, minus_di] = outputs.map(<[Eight]>::as_flattened_mut);
        plus_di.copy_from_slice(plus);
        minus_di.copy_from_slice(minus);
        self.average.eights(&decay, range);
        self.last = self.average.last();
        for (adx, &average) in adx.iter_mut().zip(&*range) {
            *adx = at_most_100(average);
        }
        (self.sums, self.previous) = (sums, previous);
    }

    /// Eights of which one has a bar without direction.
    #[inline(never)]
    fn one_by_one(&mut self, bars: [&[Eight]; 3], outputs: [&mut [Eight]; 3]) {
        let (bars, outputs) = (bars.map(<[Eight]>::as_flattened), outputs.map(<[Eight]>::as_flattened_mut));
        simd::dispatch(
            #[inline(always)]
            || step_each(self, bars, outputs),
        );
    }
}

/// Whether [`direction`] is positive for each bar. The sign of 0 − x tells it of x; gathered as bits, for which the order
/// does not matter, they are compiled to vector instructions.
#[inline(always)]
fn have_direction(plus: &[f64], minus: &[f64], range: &[f64]) -> bool {
    let mut signs = u64::MAX;
    for ((&plus, &minus), &range) in plus.iter().zip(minus).zip(range) {
        signs &= (0.0 - direction([plus, minus, range])).to_bits();
    }
    signs >> 63 == 1
}

/// Of +DM, −DM and the range of each bar, in their places, +DI, −DI and DX times `alpha`.
#[inline(always)]
fn to_indices(alpha: f64, plus: &mut [f64], minus: &mut [f64], range: &mut [f64]) {
    for ((plus, minus), range) in plus.iter_mut().zip(minus).zip(range) {
        let [dx, plus_di, minus_di] = indices([*plus, *minus, *range]);
        (*plus, *minus, *range) = (plus_di, minus_di, alpha * dx);
    }
}

/// [`movements`] of eight bars.
#[inline(always)]
fn movements_of_eight([high, low, close]: [&Eight; 3], previous: [f64; 3]) -> [Eight; 3] {
    let [high_before, low_before] = [behind(previous[0], high), behind(previous[1], low)];
    let up = each(
        #[inline(always)]
        |lane| high[lane] - high_before[lane],
    );
    let down = each(
        #[inline(always)]
        |lane| low_before[lane] - low[lane],
    );
    let plus = each(
        #[inline(always)]
        |lane| larger_rise(up[lane], down[lane]),
    );
    let minus = each(
        #[inline(always)]
        |lane| larger_rise(down[lane], up[lane]),
    );
    [plus, minus, true_ranges(high, low, &behind(previous[2], close))]
}

impl Indicator<3, 3> for Adx {
    const NAME: &'static str = "adx";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let q = (args[0] - 1.0) / args[0];
        Self {
            n: args::bars(args, 0),
            decay: Decay::new(q),
            alpha: 100.0 * (1.0 - q),
            seen: 0,
            place: 0,
            plain: false,
            previous: [0.0; 3],
            sums: [Scan::default(); 3],
            first_sums: [0.0; 3],
            first_dx: 0.0,
            average: Scan::default(),
            last: 0.0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let n = args::bars(args, 0);
        [2 * n - 1, n, n]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 3] {
        if self.seen < 2 * self.n {
            let values = self.seed(bar);
            self.last = values[0];
            return values;
        }
        let moved = movements(bar, std::mem::replace(&mut self.previous, bar));
        let [plus, minus, range] = &mut self.sums;
        let plus = plus.step(&self.decay, self.place, moved[0]);
        let minus = minus.step(&self.decay, self.place, moved[1]);
        let range = range.step(&self.decay, self.place, moved[2]);
        let sums = [plus, minus, range];
        let values = if !self.plain && direction(sums) > 0.0 {
            let [dx, plus_di, minus_di] = indices(sums);
            self.last = self.average.step(&self.decay, self.place, self.alpha * dx);
            [at_most_100(self.last), plus_di, minus_di]
        } else {
            self.plain_step(sums)
        };
        self.place = (self.place + 1) & 7;
        values
    }

    #[inline(always)]
    #[expect(clippy::redundant_closure_for_method_calls, reason = "only a closure is sure to be inlined")]
    fn run_known(&mut self, bars: [&[f64]; 3], outputs: [&mut [f64]; 3]) {
        let head = 2 * self.n - self.seen + (8 - self.place) % 8;
        in_eights(
            self,
            head,
            bars,
            outputs,
            #[inline(always)]
            |state, bars, outputs| state.eights(bars, outputs),
        );
    }
}
