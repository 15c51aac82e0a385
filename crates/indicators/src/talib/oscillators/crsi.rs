use super::rsi::Rsi;
use super::running::{LARGEST_WINDOW, PIECE, Unrolled, pieces, roll_up, unroll};
use crate::args;
use crate::indicator::{Indicator, constructor, run_computed, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's Connors relative strength index: the mean of the [`Rsi`] of the price, the [`Rsi`] of its streaks, and the
/// percentage of the last `rank_period` returns that are below the newest.
///
/// A streak is the number of rises in a row, of falls in a row with a minus sign, or 0 for no change. The return from a
/// price of 0 counts as 0.
#[derive(Clone, Debug)]
pub struct Crsi {
    rank_period: f64,
    lookback: usize,
    /// Bars until there is a value.
    seen: usize,
    rsi: Rsi,
    streak_rsi: Rsi,
    /// The returns before the newest.
    returns: Ring,
    previous: f64,
    streak: f64,
}

constructor!(Crsi(period: usize, streak_period: usize, rank_period: usize));
memory!(Crsi { seen, rsi, streak_rsi, returns, previous, streak });

#[inline(always)]
fn next_streak(streak: f64, price: f64, previous: f64) -> f64 {
    let rises = if streak > 0.0 { streak + 1.0 } else { 1.0 };
    let falls = if streak < 0.0 { streak - 1.0 } else { -1.0 };
    let unless_risen = if price < previous { falls } else { 0.0 };
    if price > previous { rises } else { unless_risen }
}

#[inline(always)]
fn rate(price: f64, previous: f64) -> f64 {
    if previous == 0.0 { 0.0 } else { (price - previous) / previous }
}

#[inline(always)]
fn n_below(values: &[f64], newest: f64) -> u64 {
    values.iter().fold(0, |n, &value| n + u64::from(value < newest))
}

impl Crsi {
    #[inline(always)]
    fn mean(&self, rsi: f64, streak_rsi: f64, n_below: u64) -> f64 {
        (rsi + streak_rsi + n_below as f64 / self.rank_period * 100.0) / 3.0
    }

    /// At most [`PIECE`] bars behind the lookback and a full window.
    #[inline(always)]
    fn run_piece(&mut self, prices: &[f64], out: &mut [f64], returns: &mut Unrolled) {
        let (n, n_bars) = (self.returns.capacity(), out.len());
        let (mut before, mut streaks, mut streak_rsi) = ([0.0; PIECE], [0.0; PIECE], [0.0; PIECE]);
        before[0] = self.previous;
        before[1..n_bars].copy_from_slice(&prices[..n_bars - 1]);
        self.previous = prices[n_bars - 1];
        let mut streak = self.streak;
        for (value, (&price, &previous)) in streaks.iter_mut().zip(prices.iter().zip(&before)) {
            streak = next_streak(streak, price, previous);
            *value = streak;
        }
        self.streak = streak;
        run_computed(&mut self.rsi, prices, out);
        run_computed(&mut self.streak_rsi, &streaks[..n_bars], &mut streak_rsi[..n_bars]);
        let returns = &mut returns[..n + n_bars];
        unroll(&self.returns, returns);
        for (value, (&price, &previous)) in returns[n..].iter_mut().zip(prices.iter().zip(&before)) {
            *value = rate(price, previous);
        }
        roll_up(&mut self.returns, returns);
        for (value, (window, &streak_rsi)) in out.iter_mut().zip(returns.windows(n + 1).zip(&streak_rsi)) {
            *value = self.mean(*value, streak_rsi, n_below(&window[..n], window[n]));
        }
    }
}

impl Indicator<1, 1> for Crsi {
    const NAME: &'static str = "crsi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self {
            rank_period: args[2],
            lookback: Self::lookback(args)[0],
            seen: 0,
            rsi: Rsi::build(&args[..1]),
            streak_rsi: Rsi::build(&args[1..2]),
            returns: Ring::new(args::bars(args, 2)),
            previous: 0.0,
            streak: 0.0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        let [period, streak, rank] = [0, 1, 2].map(|place| args::bars(args, place));
        [period.max(streak + 1).max(rank + 1)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let previous = std::mem::replace(&mut self.previous, price);
        let [rsi] = self.rsi.step([price]);
        if self.seen == 0 {
            self.seen = 1;
            return [f64::NAN];
        }
        self.streak = next_streak(self.streak, price, previous);
        let [streak_rsi] = self.streak_rsi.step([self.streak]);
        let newest = rate(price, previous);
        let n_below = n_below(&self.returns.values, newest);
        self.returns.push(newest);
        if self.seen < self.lookback {
            self.seen += 1;
            return [f64::NAN];
        }
        [self.mean(rsi, streak_rsi, n_below)]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let start = if self.returns.capacity() > LARGEST_WINDOW { out.len() } else { self.lookback - self.seen };
        let start = start.min(out.len());
        step_each(self, [&prices[..start]], [&mut out[..start]]);
        let mut returns = [0.0; LARGEST_WINDOW + PIECE];
        for bars in pieces(start, out.len()) {
            self.run_piece(&prices[bars.clone()], &mut out[bars], &mut returns);
        }
    }
}
