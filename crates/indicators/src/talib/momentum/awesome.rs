use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::ring::Ring;
use crate::talib::Sma;

/// TA-Lib's awesome oscillator: the simple average of the bars' middle, (high + low)/2, over the fast period minus that
/// over the slow one.
///
/// Both averages are running totals that begin so as to have their first values on the same bar. The periods are not
/// swapped where the fast one is the longer.
#[derive(Clone, Debug)]
pub struct Ao {
    fast: Total,
    slow: Total,
    /// The middles of as many bars as the longer period.
    middles: Ring,
}

/// A running total over the newest of the middles.
#[derive(Clone, Copy, Debug)]
struct Total {
    period: usize,
    n: f64,
    /// The sum without the oldest middle, once there are n.
    sum: f64,
}

constructor!(Ao(fast: usize, slow: usize));
memory!(Total { sum });
memory!(Ao { fast, slow, middles });

impl Indicator<2, 1> for Ao {
    const NAME: &'static str = "ao";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let total = |index| Total { period: args::bars(args, index), n: args[index], sum: 0.0 };
        Self { fast: total(0), slow: total(1), middles: Ring::new(longer(args)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [longer(args) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let middle = middle(high, low);
        self.middles.push(middle);
        let missing = self.middles.capacity() - self.middles.len();
        for total in [&mut self.fast, &mut self.slow] {
            if missing < total.period {
                total.sum += middle;
            }
        }
        if missing > 0 {
            return [f64::NAN];
        }
        let value = self.fast.sum / self.fast.n - self.slow.sum / self.slow.n;
        for total in [&mut self.fast, &mut self.slow] {
            total.sum -= self.middles.back(total.period - 1);
        }
        [value]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 1]) {
        let n = self.middles.capacity();
        run_behind_window(
            self,
            n,
            inputs,
            outputs,
            #[inline(always)]
            |state, inputs, [out]| state.run_behind(n, inputs, out, |oscillator| oscillator),
        );
    }
}

impl Ao {
    /// Writes `value` of the oscillator for each bar behind the first `n`, at least a window, which have been taken
    /// already; whether none of them is missing. The middles that leave the totals are computed again from the columns.
    #[inline(always)]
    fn run_behind(
        &mut self,
        n: usize,
        [highs, lows]: [&[f64]; 2],
        out: &mut [f64],
        mut value: impl FnMut(f64) -> f64,
    ) -> bool {
        let (mut fast, mut slow, mut known) = (self.fast, self.slow, true);
        let leaving = |period: usize| highs[n + 1 - period..].iter().zip(&lows[n + 1 - period..]);
        let leaving = leaving(fast.period).zip(leaving(slow.period));
        let bars = highs[n..].iter().zip(&lows[n..]);
        for ((out, (&high, &low)), ((&fast_high, &fast_low), (&slow_high, &slow_low))) in
            out.iter_mut().zip(bars).zip(leaving)
        {
            known &= is_known(high) & is_known(low);
            let entering = middle(high, low);
            fast.sum += entering;
            slow.sum += entering;
            *out = value(fast.sum / fast.n - slow.sum / slow.n);
            fast.sum -= middle(fast_high, fast_low);
            slow.sum -= middle(slow_high, slow_low);
        }
        if known {
            (self.fast, self.slow) = (fast, slow);
            let last = highs.len().saturating_sub(self.middles.capacity()).max(n);
            for (&high, &low) in highs[last..].iter().zip(&lows[last..]) {
                self.middles.push(middle(high, low));
            }
        }
        known
    }
}

/// TA-Lib's accelerator oscillator: the awesome oscillator ([`Ao`]) minus its simple average.
#[derive(Clone, Debug)]
pub struct Ac {
    oscillator: Ao,
    average: Sma,
}

constructor!(Ac(fast: usize, slow: usize, signal: usize));
memory!(Ac { oscillator, average });

impl Indicator<2, 1> for Ac {
    const NAME: &'static str = "ac";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { oscillator: Ao::build(&args[..2]), average: Sma::build(&args[2..]) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [longer(args) - 1 + args::bars(args, 2) - 1]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 2]) -> [f64; 1] {
        let [oscillator] = self.oscillator.step(bar);
        let Sma { n, window, total } = &mut self.average;
        [acceleration(oscillator, *n, window, total)]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let n = inputs[0].len().min(self.oscillator.middles.capacity());
        step_first(self, n, inputs, &mut [&mut *out]);
        // The total of the average in a local variable, so that it stays in a register.
        let Sma { n: of, window, total } = &mut self.average;
        let mut sum = *total;
        if n < inputs[0].len() {
            self.oscillator.run_behind(n, inputs, &mut out[n..], |value| acceleration(value, *of, window, &mut sum));
        }
        *total = sum;
    }
}

/// The oscillator, if it is none of the NaN at the beginning, minus its average over a `window` of `n`.
#[inline(always)]
fn acceleration(oscillator: f64, n: f64, window: &mut Ring, sum: &mut f64) -> f64 {
    if oscillator.is_nan() {
        return f64::NAN;
    }
    window.push(oscillator);
    *sum += oscillator;
    if !window.is_full() {
        return f64::NAN;
    }
    let value = oscillator - *sum / n;
    *sum -= window.oldest();
    value
}

#[inline(always)]
fn middle(high: f64, low: f64) -> f64 {
    0.5 * (high + low)
}

/// The longer of the first two periods.
fn longer(args: &[f64]) -> usize {
    args::bars(args, 0).max(args::bars(args, 1))
}
