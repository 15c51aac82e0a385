use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// A mean with fixed weights over the last values.
#[derive(Clone, Debug)]
struct Weighted {
    /// Weight of each value, oldest first; they add up to 1.
    weights: Box<[f64]>,
    window: Ring,
}

memory!(Weighted { window });

impl Weighted {
    fn new(weights: &[f64]) -> Self {
        let total: f64 = weights.iter().sum();
        Self { weights: weights.iter().map(|weight| weight / total).collect(), window: Ring::new(weights.len()) }
    }

    #[inline(always)]
    fn step(&mut self, value: f64) -> f64 {
        self.window.push(value);
        if !self.window.is_full() {
            return f64::NAN;
        }
        self.weights.iter().zip(self.window.iter()).map(|(weight, value)| weight * value).sum()
    }
}

/// Sine-weighted moving average: weights sin(π·k/(n + 1)) for k = 1 … n, so that the middle of the window counts most.
#[derive(Clone, Debug)]
pub struct SineWma(Weighted);

constructor!(SineWma(period: usize));

impl crate::Memory for SineWma {
    fn visit(&mut self, visitor: &mut impl crate::Visitor) {
        self.0.visit(visitor);
    }
}

impl Indicator<1, 1> for SineWma {
    const NAME: &'static str = "sine_wma";

    fn build(args: &[f64]) -> Self {
        let weight = |k: usize| libm::sin(std::f64::consts::PI * k as f64 / (args[0] + 1.0));
        Self(Weighted::new(&(1..=args::bars(args, 0)).map(weight).collect::<Vec<_>>()))
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.0.step(value)]
    }
}

/// Fibonacci-weighted moving average: the weight of each value is the sum of those of the two values before it.
#[derive(Clone, Debug)]
pub struct FibonacciWma(Weighted);

constructor!(FibonacciWma(period: usize));

impl crate::Memory for FibonacciWma {
    fn visit(&mut self, visitor: &mut impl crate::Visitor) {
        self.0.visit(visitor);
    }
}

impl Indicator<1, 1> for FibonacciWma {
    const NAME: &'static str = "fibonacci_wma";

    fn build(args: &[f64]) -> Self {
        let numbers = std::iter::successors(Some((1.0, 1.0)), |&(a, b)| Some((b, a + b)));
        Self(Weighted::new(&numbers.map(|(a, _)| a).take(args::bars(args, 0)).collect::<Vec<_>>()))
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.0.step(value)]
    }
}
