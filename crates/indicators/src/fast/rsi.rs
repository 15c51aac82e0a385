use crate::args;
use crate::fast::scan::{Decay, Scan, eight_of_lanes};
use crate::fast::vector::{behind, each, in_eights};
use crate::indicator::{Indicator, constructor};
use crate::lanes::lockstep::{self, Recursion, lane};
use crate::lanes::{Four, Wide};
use crate::memory::memory;

/// Relative strength index: 100 times the sum of the rises by the sum of all changes, both of which lose 1/n of
/// themselves from bar to bar. Between 0 and 100 whatever the prices; 50 as long as nothing moves.
#[derive(Clone, Debug)]
pub struct Rsi {
    n_changes: usize,
    decay: Decay,
    /// Prices so far, up to one more than the changes the first sums are made of.
    seen: usize,
    place: usize,
    previous: f64,
    first_rises: f64,
    first_changes: f64,
    rises: Scan,
    changes: Scan,
}

constructor!(Rsi(period: usize));
memory!(Rsi { seen, place, previous, first_rises, first_changes, rises, changes });

impl Rsi {
    #[inline(never)]
    fn seed(&mut self, price: f64) -> f64 {
        let change = price - self.previous;
        if self.seen > 0 {
            self.first_rises += rise(change);
            self.first_changes += change.abs();
        }
        self.previous = price;
        self.seen += 1;
        if self.seen <= self.n_changes {
            return f64::NAN;
        }
        self.rises.begin(self.first_rises);
        self.changes.begin(self.first_changes);
        strength(self.first_rises, self.first_changes)
    }
}

#[inline(always)]
fn rise(change: f64) -> f64 {
    if change > 0.0 { change } else { 0.0 }
}

#[inline(always)]
fn strength(rises: f64, changes: f64) -> f64 {
    if changes > 0.0 { 100.0 * (rises / changes) } else { 50.0 }
}

impl Indicator<1, 1> for Rsi {
    const NAME: &'static str = "rsi";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self {
            n_changes: args::bars(args, 0),
            decay: Decay::new((args[0] - 1.0) / args[0]),
            seen: 0,
            place: 0,
            previous: 0.0,
            first_rises: 0.0,
            first_changes: 0.0,
            rises: Scan::default(),
            changes: Scan::default(),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        if self.seen <= self.n_changes {
            return [self.seed(price)];
        }
        let change = price - self.previous;
        self.previous = price;
        let rises = self.rises.step(&self.decay, self.place, rise(change));
        let changes = self.changes.step(&self.decay, self.place, change.abs());
        self.place = (self.place + 1) & 7;
        [strength(rises, changes)]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let head = self.n_changes + 1 - self.seen + (8 - self.place) % 8;
        in_eights(
            self,
            head,
            [prices],
            [out],
            #[inline(always)]
            |state, [prices], [out]| {
                let (decay, mut rises, mut changes) = (state.decay, state.rises, state.changes);
                let mut previous = state.previous;
                for (prices, out) in prices.iter().zip(out) {
                    let before = behind(previous, prices);
                    previous = prices[7];
                    let change = each(
                        #[inline(always)]
                        |lane| prices[lane] - before[lane],
                    );
                    let up = rises.eight(&decay, &change.map(rise));
                    let all = changes.eight(&decay, &change.map(f64::abs));
                    *out = each(
                        #[inline(always)]
                        |lane| strength(up[lane], all[lane]),
                    );
                }
                (state.rises, state.changes, state.previous) = (rises, changes, previous);
            },
        );
    }

    fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; 1]], outputs: &mut [[&mut [f64]; 1]]) {
        lockstep::run(states, inputs, outputs);
    }
}

lane!(Rsi, 10, 3);

impl Recursion<10, 3> for Rsi {
    fn bars_alone(&self) -> Option<usize> {
        Some(self.n_changes + 1 - self.seen + (8 - self.place) % 8)
    }

    fn constants(&self) -> [f64; 10] {
        self.decay.constants()
    }

    fn variables(&self) -> [f64; 3] {
        [self.previous, self.rises.carry(), self.changes.carry()]
    }

    fn set_variables(&mut self, [previous, rises, changes]: [f64; 3]) {
        self.previous = previous;
        self.rises.set_carry(rises);
        self.changes.set_carry(changes);
    }

    #[inline(always)]
    fn eight_bars<F: Four>(
        token: F::Token,
        decay: &[Wide<F>; 10],
        [previous, rises, changes]: &mut [Wide<F>; 3],
        bars: &mut [Wide<F>; 8],
    ) {
        let (zero, half) = (Wide::splat(token, 0.0), Wide::splat(token, 0.5));
        let (one, hundred) = (Wide::splat(token, 1.0), Wide::splat(token, 100.0));
        let mut all = [zero; 8];
        for (bar, all) in bars.iter_mut().zip(&mut all) {
            let change = *bar - *previous;
            *previous = *bar;
            *bar = change.if_above(zero, change, zero);
            *all = change.abs();
        }
        eight_of_lanes(decay, rises, bars);
        eight_of_lanes(decay, changes, &mut all);
        for (bar, all) in bars.iter_mut().zip(all) {
            *bar = hundred * (all.if_above(zero, *bar, half) / all.if_above(zero, all, one));
        }
    }
}
