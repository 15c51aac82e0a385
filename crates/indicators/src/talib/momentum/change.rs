//! What became of the price of some bars ago.
use crate::args;
use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
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
            fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
                let n = self.past.capacity();
                run_behind_window(
                    self,
                    n,
                    inputs,
                    outputs,
                    #[inline(always)]
                    |state, [prices], [out]| {
                        let mut known = true;
                        for ((value, &price), &before) in out.iter_mut().zip(&prices[n..]).zip(prices) {
                            known &= is_known(price);
                            *value = $compare(price, before);
                        }
                        if known {
                            state.past.extend(&prices[n..]);
                        }
                        known
                    },
                );
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
