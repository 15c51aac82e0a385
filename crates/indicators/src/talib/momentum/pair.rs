use crate::MovingAverage;
use crate::memory::{Memory, Visitor};
use crate::missing::is_known;
use crate::talib::Ma;
use crate::talib::overlap::smoothing::Smoothing;

/// A fast and a slow average of one price, each begun with its own first prices.
#[derive(Clone, Debug)]
pub(super) enum Pair {
    /// Two exponential averages, the usual choice, in a form that loops can keep in registers.
    Exponential { fast: Smoothing, slow: Smoothing },
    /// Any others.
    Other(Box<[Ma; 2]>),
}

impl Pair {
    /// Averages of the shorter and the longer of two periods.
    pub(super) fn new(kind: MovingAverage, periods: [usize; 2]) -> Self {
        let [fast, slow] = in_order(periods);
        if kind == MovingAverage::Ema {
            return Self::Exponential { fast: Smoothing::exponential(fast), slow: Smoothing::exponential(slow) };
        }
        Self::Other([Ma::build(kind, fast), Ma::build(kind, slow)].into())
    }

    /// The bars before the slow average has a value.
    pub(super) fn lookback(kind: MovingAverage, periods: [usize; 2]) -> usize {
        let [_, slow] = in_order(periods);
        Ma::lookback(kind, slow)
    }

    /// Takes the next price and gives both averages, NaN where there is none yet.
    #[inline(always)]
    pub(super) fn step(&mut self, price: f64) -> (f64, f64) {
        match self {
            Self::Exponential { fast, slow } => (fast.step(price), slow.step(price)),
            Self::Other(averages) => {
                let [fast, slow] = &mut **averages;
                (fast.step(price), slow.step(price))
            }
        }
    }

    /// Both averages, if they are exponential and have values.
    #[inline(always)]
    pub(super) fn exponential(&mut self) -> Option<[&mut Smoothing; 2]> {
        match self {
            Self::Exponential { fast, slow } if slow.missing() == 0 => Some([fast, slow]),
            _ => None,
        }
    }

    /// Writes `value` of both averages for each price.
    #[inline(always)]
    pub(super) fn run(&mut self, prices: &[f64], out: &mut [f64], mut value: impl FnMut(f64, f64, f64) -> f64) {
        let mut bars = out.iter_mut().zip(prices);
        let n_first = match self {
            Self::Exponential { slow, .. } => slow.missing(),
            Self::Other(_) => prices.len(),
        };
        for (out, &price) in bars.by_ref().take(n_first) {
            let (fast, slow) = self.step(price);
            *out = value(price, fast, slow);
        }
        if let Self::Exponential { fast: kept_fast, slow: kept_slow } = self {
            let (mut fast, mut slow) = (*kept_fast, *kept_slow);
            for (out, &price) in bars {
                *out = value(price, fast.follow(price), slow.follow(price));
            }
            (*kept_fast, *kept_slow) = (fast, slow);
        }
    }
}

/// [`Pair::run`] on exponential averages that have values, with `value` of each price and both averages; gives the
/// averages behind the prices, or nothing if one of these is missing.
#[inline(always)]
pub(super) fn follow_known(
    [mut fast, mut slow]: [Smoothing; 2],
    prices: &[f64],
    out: &mut [f64],
    mut value: impl FnMut(f64, f64, f64) -> f64,
) -> Option<[Smoothing; 2]> {
    let mut known = true;
    for (out, &price) in out.iter_mut().zip(prices) {
        known &= is_known(price);
        *out = value(price, fast.follow(price), slow.follow(price));
    }
    known.then_some([fast, slow])
}

impl Memory for Pair {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        match self {
            Self::Exponential { fast, slow } => {
                fast.visit(visitor);
                slow.visit(visitor);
            }
            Self::Other(averages) => averages.visit(visitor),
        }
    }
}

/// The shorter and the longer period.
pub(super) fn in_order([one, other]: [usize; 2]) -> [usize; 2] {
    [one.min(other), one.max(other)]
}
