use crate::args;
use crate::buffers::{BLOCK, Buffers};
use crate::fast::scan::{Decay, Scan, eight_of_lanes};
use crate::fast::vector::{Eight, each};
use crate::indicator::{Indicator, constructor};
use crate::lanes::lockstep::{self, Recursion, lane};
use crate::lanes::{Four, Wide};
use crate::memory::memory;

/// The mean of the first values, then a recursive average of them: what the exponential and Wilder's average share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Average {
    n: f64,
    seeds: usize,
    decay: Decay,
    /// Weight of the new value.
    alpha: f64,
    seen: usize,
    /// The sum of the values until there are enough, then how many of an eight are taken.
    place: usize,
    total: f64,
    scan: Scan,
}

memory!(Average { seen, place, total, scan });

impl Average {
    /// `q` is the weight of the previous average.
    pub(crate) fn new(period: usize, q: f64) -> Self {
        let (seen, place) = (0, 0);
        Self {
            n: period as f64,
            seeds: period,
            decay: Decay::new(q),
            alpha: 1.0 - q,
            seen,
            place,
            total: 0.0,
            scan: Scan::default(),
        }
    }

    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        if self.seen == self.seeds {
            let y = self.scan.step(&self.decay, self.place, self.alpha * value);
            self.place = (self.place + 1) & 7;
            return y;
        }
        self.seen += 1;
        self.total += value;
        if self.seen < self.seeds {
            return f64::NAN;
        }
        let mean = self.total / self.n;
        self.scan.begin(mean);
        mean
    }

    /// Bars that are to be taken one by one before the next eight begins.
    #[inline(always)]
    pub(crate) fn bars_to_eight(&self) -> usize {
        self.seeds - self.seen + (8 - self.place) % 8
    }

    /// The averages of eights, the first bar of which has place 0; `values` by their index.
    #[inline(always)]
    pub(crate) fn eights(&mut self, out: &mut [Eight], values: impl Fn(usize) -> Eight) {
        let (decay, alpha, mut scan) = (self.decay, self.alpha, self.scan);
        for (index, out) in out.iter_mut().enumerate() {
            let values = values(index);
            *out = scan.eight(
                &decay,
                &each(
                    #[inline(always)]
                    |lane| alpha * values[lane],
                ),
            );
        }
        self.scan = scan;
    }

    /// [`Average::step`] for each value.
    #[inline(always)]
    pub(crate) fn run(&mut self, values: &[f64], out: &mut [f64]) {
        let head = self.bars_to_eight().min(values.len());
        let rest = values.len() - (values.len() - head) % 8;
        for (out, &value) in out[..head].iter_mut().zip(values) {
            *out = self.step(value);
        }
        let eights = values[head..rest].as_chunks().0;
        self.eights(
            out[head..rest].as_chunks_mut().0,
            #[inline(always)]
            |index| eights[index],
        );
        for (out, &value) in out[rest..].iter_mut().zip(&values[rest..]) {
            *out = self.step(value);
        }
    }
}

impl Recursion<11, 1> for Average {
    const WORTH: usize = 5;

    fn bars_alone(&self) -> Option<usize> {
        Some(self.bars_to_eight())
    }

    fn constants(&self) -> [f64; 11] {
        let [q2, q4, a, b, c, d, e, f, g, h] = self.decay.constants();
        [q2, q4, a, b, c, d, e, f, g, h, self.alpha]
    }

    fn variables(&self) -> [f64; 1] {
        [self.scan.carry()]
    }

    fn set_variables(&mut self, [carry]: [f64; 1]) {
        self.scan.set_carry(carry);
    }

    #[inline(always)]
    fn eight_bars<F: Four>(
        _: F::Token,
        [decay @ .., alpha]: &[Wide<F>; 11],
        [carry]: &mut [Wide<F>; 1],
        bars: &mut [Wide<F>; 8],
    ) {
        for bar in &mut *bars {
            *bar = *alpha * *bar;
        }
        eight_of_lanes(decay, carry, bars);
    }
}

macro_rules! average {
    ($(#[$doc:meta])* $state:ident, $name:literal, $average:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $state(Average);

        constructor!($state(period: usize));
        lane!($state, 0: Average, 11, 1);

        impl crate::Memory for $state {
            #[inline(always)]
            fn visit(&mut self, visitor: &mut impl crate::Visitor) {
                self.0.visit(visitor);
            }
        }

        impl Indicator<1, 1> for $state {
            const NAME: &'static str = $name;
            const DISPATCH: bool = true;

            fn build(args: &[f64]) -> Self {
                Self($average(args::bars(args, 0)))
            }

            fn lookback(args: &[f64]) -> [usize; 1] {
                [args::bars(args, 0) - 1]
            }

            #[inline(always)]
            fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
                [self.0.step(value)]
            }

            #[inline(always)]
            fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
                self.0.run(input, out);
            }

            fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; 1]], outputs: &mut [[&mut [f64]; 1]]) {
                lockstep::run(states, inputs, outputs);
            }
        }
    };
}

average! {
    /// Exponential moving average: the mean of the first n values, then ((n − 1) · previous + 2 · value) / (n + 1).
    Ema, "ema", exponential
}

average! {
    /// Wilder's average: the mean of the first n values, then ((n − 1) · previous + value) / n.
    Rma, "rma", wilder
}

/// n of an average and the weight of the value before: (n − 1)/(n + 1).
pub(crate) fn exponential(period: usize) -> Average {
    Average::new(period, (period as f64 - 1.0) / (period as f64 + 1.0))
}

/// The same with (n − 1)/n.
pub(crate) fn wilder(period: usize) -> Average {
    Average::new(period, (period as f64 - 1.0) / period as f64)
}

/// Double exponential average: 2 · e − e of e, where e is the exponential average.
#[derive(Clone, Debug)]
pub struct Dema {
    first: Average,
    second: Average,
}

constructor!(Dema(period: usize));
memory!(Dema { first, second });

impl Indicator<1, 1> for Dema {
    const NAME: &'static str = "dema";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let average = exponential(args::bars(args, 0));
        Self { first: average, second: average }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [2 * (args::bars(args, 0) - 1)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let first = self.first.step(value);
        if first.is_nan() {
            return [first];
        }
        [2.0f64.mul_add(first, -self.second.step(first))]
    }

    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let mut buffers = Buffers::take();
        for (input, out) in input.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
            let [first] = buffers.columns(input.len());
            self.first.run(input, first);
            let seeding = first.iter().take_while(|value| value.is_nan()).count();
            out[..seeding].fill(f64::NAN);
            let (first, out) = (&first[seeding..], &mut out[seeding..]);
            self.second.run(first, out);
            for (second, first) in out.iter_mut().zip(first) {
                *second = 2.0f64.mul_add(*first, -*second);
            }
        }
        buffers.give_back();
    }
}

/// Triple exponential average: 3 · e − 3 · e of e + e of e of e, where e is the exponential average.
#[derive(Clone, Debug)]
pub struct Tema {
    first: Average,
    second: Average,
    third: Average,
}

constructor!(Tema(period: usize));
memory!(Tema { first, second, third });

impl Tema {
    #[inline(always)]
    fn of(first: f64, second: f64, third: f64) -> f64 {
        3.0f64.mul_add(first - second, third)
    }
}

impl Indicator<1, 1> for Tema {
    const NAME: &'static str = "tema";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let average = exponential(args::bars(args, 0));
        Self { first: average, second: average, third: average }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [3 * (args::bars(args, 0) - 1)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let first = self.first.step(value);
        if first.is_nan() {
            return [first];
        }
        let second = self.second.step(first);
        if second.is_nan() {
            return [second];
        }
        [Self::of(first, second, self.third.step(second))]
    }

    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let mut buffers = Buffers::take();
        for (input, out) in input.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
            let [first, second] = buffers.columns(input.len());
            self.first.run(input, first);
            let seeding = first.iter().take_while(|value| value.is_nan()).count();
            out[..seeding].fill(f64::NAN);
            let (first, second, out) = (&first[seeding..], &mut second[seeding..], &mut out[seeding..]);
            self.second.run(first, second);
            let seeding = second.iter().take_while(|value| value.is_nan()).count();
            out[..seeding].fill(f64::NAN);
            let (first, second, out) = (&first[seeding..], &second[seeding..], &mut out[seeding..]);
            self.third.run(second, out);
            for ((third, first), second) in out.iter_mut().zip(first).zip(second) {
                *third = Self::of(*first, *second, *third);
            }
        }
        buffers.give_back();
    }
}
