use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// TradingView's linear regression, `ta.linreg`: the least-squares line through the window, `offset` bars before its
/// newest bar. All of the window is added anew on every bar, from the oldest to the newest.
///
/// A window that holds an na has none. A period of 1 is the value itself.
#[derive(Clone, Debug)]
pub struct Linreg {
    single: bool,
    n: f64,
    /// Steps from the oldest bar to where the line is read.
    reach: f64,
    /// Sum of 1 to n, and n times the sum of their squares less its square.
    sum_x: f64,
    denominator: f64,
    window: Ring,
}

constructor!(Linreg(period: usize, offset: f64));
memory!(Linreg { window });

impl Linreg {
    fn of(period: usize, offset: f64) -> Self {
        let n = period as f64;
        let (sum_x, squares) = (1..=period).map(|x| x as f64).fold((0.0, 0.0), |(s, q), x| (s + x, q + x * x));
        let denominator = n * squares - sum_x * sum_x;
        Self { single: period == 1, n, reach: n - 1.0 - offset, sum_x, denominator, window: Ring::new(period) }
    }
}

impl Indicator<1, 1> for Linreg {
    const NAME: &'static str = "linreg";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self::of(args::bars(args, 0), args[1])
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.window.push(value);
        if self.single || !self.window.is_full() {
            return [if self.single { value } else { f64::NAN }];
        }
        let start = (0.0, 0.0, 0.0);
        let (_, sum, products) = self.window.iter().fold(start, |(x, sum, products), value| {
            let x = x + 1.0;
            (x, sum + value, products + value * x)
        });
        let slope = (self.n * products - self.sum_x * sum) / self.denominator;
        let intercept = sum / self.n - slope * self.sum_x / self.n + slope;
        [intercept + slope * self.reach]
    }
}

/// [`Linreg`] at the newest bar.
#[derive(Clone, Debug)]
pub struct LinearReg {
    line: Linreg,
}

constructor!(LinearReg(period: usize));
memory!(LinearReg { line });

impl Indicator<1, 1> for LinearReg {
    const NAME: &'static str = "linearreg";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { line: Linreg::of(args::bars(args, 0), 0.0) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        Linreg::lookback(args)
    }

    #[inline(always)]
    fn step(&mut self, value: [f64; 1]) -> [f64; 1] {
        self.line.step(value)
    }
}
