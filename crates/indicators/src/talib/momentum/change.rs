//! What became of the price of some bars ago.
use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// An indicator that compares each price with the one `period` bars before it.
macro_rules! change {
    ($(#[$doc:meta])* $state:ident, $name:literal, $compare:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $state {
            past: Ring,
        }

        constructor!($state(period: usize));
        memory!($state { past });

        impl Indicator<1, 1> for $state {
            const NAME: &'static str = $name;
            const DISPATCH: bool = true;

            fn build(args: &[f64]) -> Self {
                Self { past: Ring::new(args::bars(args, 0)) }
            }

            fn lookback(args: &[f64]) -> [usize; 1] {
                [args::bars(args, 0)]
            }

            #[inline(always)]
            fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
                let is_known = self.past.is_full();
                let before = self.past.push(price);
                [if is_known { $compare(price, before) } else { f64::NAN }]
            }

            #[inline(always)]
            fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
                let n_first = prices.len().min(self.past.capacity());
                step_first(self, n_first, [prices], &mut [&mut *out]);
                for ((value, &price), &before) in out[n_first..].iter_mut().zip(&prices[n_first..]).zip(prices) {
                    *value = $compare(price, before);
                }
                self.past.extend(&prices[n_first..]);
            }
        }
    };
}

/// `ratio` of a price and the one before; 0 where that one is 0.
#[inline(always)]
fn unless_zero(before: f64, ratio: f64) -> f64 {
    if before == 0.0 { 0.0 } else { ratio }
}

/// The percentage by which `price` differs from the one before, as in [`Roc`].
#[inline(always)]
pub(super) fn percent_change(price: f64, before: f64) -> f64 {
    unless_zero(before, (price / before - 1.0) * 100.0)
}

change! {
    /// TA-Lib's momentum: price − price n bars ago.
    Mom, "mom", |price: f64, before: f64| price - before
}
change! {
    /// TA-Lib's rate of change in percent: (price / price n bars ago − 1) · 100; 0 where that price is 0.
    Roc, "roc", percent_change
}
change! {
    /// TA-Lib's rate of change as a fraction: (price − price n bars ago) / price n bars ago; 0 where that price is 0.
    Rocp, "rocp", |price: f64, before: f64| unless_zero(before, (price - before) / before)
}
change! {
    /// TA-Lib's rate of change as a ratio: price / price n bars ago; 0 where that price is 0.
    Rocr, "rocr", |price: f64, before: f64| unless_zero(before, price / before)
}
change! {
    /// TA-Lib's rate of change as a ratio in percent: price / price n bars ago · 100; 0 where that price is 0.
    Rocr100, "rocr100", |price: f64, before: f64| unless_zero(before, price / before * 100.0)
}
