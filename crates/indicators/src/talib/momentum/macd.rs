use crate::args;
use crate::indicator::{Indicator, constructor, run_block_by};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's moving average convergence/divergence: the exponential average of the shorter period minus that of the
/// longer one (the line), the exponential average of the line (the signal), and line minus signal (the histogram).
///
/// The two price averages are started so that their first means end at the same bar. All three outputs begin together.
/// A fast period beyond the slow one is swapped with it.
#[derive(Clone, Debug)]
pub struct Macd {
    lines: Convergence,
}

constructor!(Macd(fast: usize, slow: usize, signal: usize));
memory!(Macd { lines });

impl Indicator<1, 3> for Macd {
    const NAME: &'static str = "macd";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let (fast, slow) = in_order(args);
        Self {
            lines: Convergence::new(Smoothing::exponential(fast), Smoothing::exponential(slow), args::bars(args, 2)),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let (_, slow) = in_order(args);
        [slow + args::bars(args, 2) - 2; 3]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 3] {
        self.lines.step(price)
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 3]) {
        run_block_by(
            self,
            inputs,
            outputs,
            #[inline(always)]
            |state, [prices], outputs| state.lines.run(prices, outputs),
        );
    }
}

/// TA-Lib's MACD of fixed weights: 0.15 and 0.075 for the newest price in the averages of 12 and 26 bars, as the
/// indicator was first published. The rest is as in [`Macd`].
#[derive(Clone, Debug)]
pub struct MacdFix {
    lines: Convergence,
}

constructor!(MacdFix(signal: usize));
memory!(MacdFix { lines });

impl Indicator<1, 3> for MacdFix {
    const NAME: &'static str = "macdfix";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let (fast, slow) = (weighing(12, 0.15), weighing(26, 0.075));
        Self { lines: Convergence::new(fast, slow, args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [26 + args::bars(args, 0) - 2; 3]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 3] {
        self.lines.step(price)
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 3]) {
        run_block_by(
            self,
            inputs,
            outputs,
            #[inline(always)]
            |state, [prices], outputs| state.lines.run(prices, outputs),
        );
    }
}

/// The average over `n` first prices of which the newest price weighs as much as `weight` from then on; the weights add
/// up to exactly 1.
fn weighing(n: usize, weight: f64) -> Smoothing {
    let beta = 1.0 - weight;
    Smoothing::new(n, beta, 1.0 - beta)
}

/// The shorter and the longer of the first two periods.
fn in_order(args: &[f64]) -> (usize, usize) {
    let (fast, slow) = (args::bars(args, 0), args::bars(args, 1));
    (fast.min(slow), fast.max(slow))
}

/// Two averages of the price and one of their difference.
#[derive(Clone, Copy, Debug)]
struct Convergence {
    fast: Smoothing,
    slow: Smoothing,
    signal: Smoothing,
}

memory!(Convergence { fast, slow, signal });

impl Convergence {
    fn new(fast: Smoothing, slow: Smoothing, signal: usize) -> Self {
        Self { fast, slow, signal: Smoothing::exponential(signal) }
    }

    #[inline(always)]
    fn step(&mut self, price: f64) -> [f64; 3] {
        if self.missing() == 0 {
            return self.advance(price);
        }
        let values;
        (*self, values) = self.prepared(price);
        values
    }

    /// [`Convergence::step`] where the averages have values: three chains of multiply-adds without a branch.
    #[inline(always)]
    fn advance(&mut self, price: f64) -> [f64; 3] {
        let line = self.fast.follow(price) - self.slow.follow(price);
        let signal = self.signal.follow(line);
        [line, signal, line - signal]
    }

    /// The averages and values after a price that they lack. The state goes in and out by value, so that it can stay in
    /// registers everywhere else.
    #[cold]
    #[inline(never)]
    fn prepared(mut self, price: f64) -> (Self, [f64; 3]) {
        // The fast average leaves out the first prices, so that both have their first mean at one bar.
        let fast_begins = self.slow.missing() <= self.fast.missing();
        let slow = self.slow.step(price);
        let fast = if fast_begins { self.fast.step(price) } else { f64::NAN };
        if self.slow.missing() > 0 {
            return (self, [f64::NAN; 3]);
        }
        let line = fast - slow;
        let signal = self.signal.step(line);
        (self, if self.signal.missing() > 0 { [f64::NAN; 3] } else { [line, signal, line - signal] })
    }

    /// At least as many bars as are missing before the first value.
    #[inline(always)]
    fn missing(&self) -> usize {
        self.slow.missing() + self.signal.missing()
    }

    /// [`Convergence::step`] for each price; whether none of them is missing.
    #[inline(always)]
    fn run(&mut self, prices: &[f64], [lines, signals, histograms]: [&mut [f64]; 3]) -> bool {
        let n_first = prices.len().min(self.missing());
        let mut known = true;
        let mut bars = lines.iter_mut().zip(signals).zip(histograms).zip(prices);
        for (((line, signal), histogram), &price) in bars.by_ref().take(n_first) {
            known &= is_known(price);
            [*line, *signal, *histogram] = self.step(price);
        }
        let mut averages = *self;
        for (((line, signal), histogram), &price) in bars {
            known &= is_known(price);
            [*line, *signal, *histogram] = averages.advance(price);
        }
        *self = averages;
        known
    }
}
