use super::running::{LARGEST_WINDOW, PIECE, Unrolled, pieces, roll_up, unroll};
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's unsmoothed Chande momentum oscillator: 100 · (G − L) / (G + L) with the sums G of the rises and L of the
/// falls from bar to bar over the last n changes, as Chande first described it.
///
/// The sums are running totals: the newest change is added, and behind the output the oldest is subtracted. Behind n
/// bars without any change they begin anew at 0; no movement gives 0.
#[derive(Clone, Debug)]
pub struct Cmou {
    has_previous: bool,
    previous: f64,
    changes: Ring,
    sums: Sums,
}

constructor!(Cmou(period: usize));
memory!(Cmou { has_previous, previous, changes, sums });

#[derive(Clone, Copy, Debug)]
struct Sums {
    n: usize,
    /// Of the window without its oldest change, once it is full.
    gain: f64,
    loss: f64,
    /// Bars without a change in a row, counted to n.
    unchanged: usize,
}

memory!(Sums { gain, loss, unchanged });

#[inline(always)]
fn rise(change: f64) -> f64 {
    (change + change.abs()) * 0.5
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, change: f64) {
        self.gain += rise(change);
        self.loss += rise(change) - change;
        self.unchanged = if change == 0.0 { self.unchanged + 1 } else { 0 };
        if self.unchanged >= self.n {
            *self = self.emptied();
        }
    }

    /// Out of line, so that the sums do not wait for the count.
    #[cold]
    #[inline(never)]
    fn emptied(self) -> Self {
        Self { gain: 0.0, loss: 0.0, unchanged: self.n, ..self }
    }

    #[inline(always)]
    fn balance(&self) -> f64 {
        let total = self.gain + self.loss;
        if total > 0.0 { 100.0 * (self.gain - self.loss) / total } else { 0.0 }
    }

    #[inline(always)]
    fn subtract(&mut self, change: f64) {
        self.gain -= rise(change);
        self.loss -= rise(change) - change;
    }
}

impl Cmou {
    /// At most [`PIECE`] bars behind a full window.
    #[inline(always)]
    fn run_piece(&mut self, prices: &[f64], out: &mut [f64], changes: &mut Unrolled) {
        let n = self.changes.capacity();
        let changes = &mut changes[..n + prices.len()];
        unroll(&self.changes, changes);
        let (mut previous, mut sums) = (self.previous, self.sums);
        for (bar, (value, &price)) in out.iter_mut().zip(prices).enumerate() {
            let change = price - previous;
            previous = price;
            changes[n + bar] = change;
            sums.add(change);
            *value = sums.balance();
            sums.subtract(changes[1 + bar]);
        }
        (self.previous, self.sums) = (previous, sums);
        roll_up(&mut self.changes, changes);
    }
}

impl Indicator<1, 1> for Cmou {
    const NAME: &'static str = "cmou";
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        Self {
            has_previous: false,
            previous: 0.0,
            changes: Ring::new(n),
            sums: Sums { n, gain: 0.0, loss: 0.0, unchanged: 0 },
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let change = price - self.previous;
        self.previous = price;
        if !self.has_previous {
            self.has_previous = true;
            return [f64::NAN];
        }
        self.changes.push(change);
        self.sums.add(change);
        if !self.changes.is_full() {
            return [f64::NAN];
        }
        let balance = self.sums.balance();
        self.sums.subtract(self.changes.oldest());
        [balance]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n = self.changes.capacity();
        let missing = n - self.changes.len() + usize::from(!self.has_previous);
        let start = if n > LARGEST_WINDOW { out.len() } else { missing.min(out.len()) };
        step_each(self, [&prices[..start]], [&mut out[..start]]);
        let mut changes = [0.0; LARGEST_WINDOW + PIECE];
        for bars in pieces(start, out.len()) {
            self.run_piece(&prices[bars.clone()], &mut out[bars], &mut changes);
        }
    }
}
