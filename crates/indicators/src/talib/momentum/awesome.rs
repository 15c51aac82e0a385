use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
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
    fn run_known(&mut self, inputs: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        self.run(inputs, out, |oscillator| oscillator);
    }
}

impl Ao {
    /// Writes `value` of the oscillator, NaN where there is none, for each bar. Behind the first window the middles that
    /// leave the totals are computed again from the columns.
    #[inline(always)]
    fn run(&mut self, [highs, lows]: [&[f64]; 2], out: &mut [f64], mut value: impl FnMut(f64) -> f64) {
        let n_first = highs.len().min(self.middles.capacity());
        for (out, (&high, &low)) in out[..n_first].iter_mut().zip(highs.iter().zip(lows)) {
            *out = value(self.step([high, low])[0]);
        }
        let (mut fast, mut slow) = (self.fast, self.slow);
        let leaving = |period: usize| {
            let start = n_first.saturating_sub(period - 1);
            highs[start..].iter().zip(&lows[start..]).map(|(&high, &low)| middle(high, low))
        };
        let bars = highs[n_first..].iter().zip(&lows[n_first..]);
        let leaving = leaving(fast.period).zip(leaving(slow.period));
        for ((out, (&high, &low)), (fast_leaving, slow_leaving)) in out[n_first..].iter_mut().zip(bars).zip(leaving) {
            let middle = middle(high, low);
            fast.sum += middle;
            slow.sum += middle;
            *out = value(fast.sum / fast.n - slow.sum / slow.n);
            fast.sum -= fast_leaving;
            slow.sum -= slow_leaving;
        }
        (self.fast, self.slow) = (fast, slow);
        let kept = highs.len().saturating_sub(self.middles.capacity()).max(n_first);
        for (&high, &low) in highs[kept..].iter().zip(&lows[kept..]) {
            self.middles.push(middle(high, low));
        }
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
        // The total of the average in a local variable, so that it stays in a register.
        let Sma { n, window, total } = &mut self.average;
        let mut sum = *total;
        self.oscillator.run(inputs, out, |oscillator| acceleration(oscillator, *n, window, &mut sum));
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
