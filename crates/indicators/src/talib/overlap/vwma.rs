use std::hint::cold_path;

use crate::args;
use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::ring::Ring;

/// TA-Lib's volume weighted moving average: the mean of price times volume by the mean volume of the last n bars.
///
/// Two running sums are carried from bar to bar; after n bars without volume they begin at 0 again, and there is no
/// value (0/0) as long as none of the last n bars has any. A period of 1 copies the prices.
#[derive(Clone, Debug)]
pub struct Vwma {
    /// Prices times volumes.
    products: Ring,
    volumes: Ring,
    sums: Sums,
}

constructor!(Vwma(period: usize));
memory!(Vwma { products, volumes, sums });

impl Indicator<2, 1> for Vwma {
    const NAME: &'static str = "vwma";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        let sums = Sums { products: 0.0, volume: 0.0, empty: 0 };
        Self { products: Ring::new(n), volumes: Ring::new(n), sums }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [price, volume]: [f64; 2]) -> [f64; 1] {
        let n = self.volumes.capacity();
        if n == 1 {
            return [price];
        }
        let product = price * volume;
        self.products.push(product);
        self.volumes.push(volume);
        self.sums.add(product, volume);
        if !self.volumes.is_full() {
            return [f64::NAN];
        }
        let average = self.sums.average(n);
        self.sums.remove(self.products.oldest(), self.volumes.oldest());
        [average]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 1]) {
        let n = self.volumes.capacity();
        run_behind_window(
            self,
            n,
            inputs,
            outputs,
            #[inline(always)]
            |state, [prices, volumes], [out]| {
                let (mut sums, mut known) = (state.sums, true);
                let entering = prices[n..].iter().zip(&volumes[n..]);
                let leaving = prices[1..].iter().zip(&volumes[1..]);
                for (average, ((&price, &volume), (&old_price, &old_volume))) in
                    out.iter_mut().zip(entering.zip(leaving))
                {
                    known &= is_known(price) & is_known(volume);
                    sums.add(price * volume, volume);
                    *average = if n == 1 { price } else { sums.average(n) };
                    sums.remove(old_price * old_volume, old_volume);
                }
                if known && n > 1 {
                    state.sums = sums;
                    let last = prices.len() - n;
                    for (&price, &volume) in prices[last..].iter().zip(&volumes[last..]) {
                        state.products.push(price * volume);
                        state.volumes.push(volume);
                    }
                }
                known
            },
        );
    }
}

/// Sums over the window; between two bars without its oldest bar, once the window is full.
#[derive(Clone, Copy, Debug)]
struct Sums {
    /// Price times volume.
    products: f64,
    volume: f64,
    /// Bars without volume.
    empty: usize,
}

memory!(Sums { products, volume, empty });

impl Sums {
    #[inline(always)]
    fn add(&mut self, product: f64, volume: f64) {
        self.products += product;
        self.volume += volume;
        self.empty += usize::from(volume.abs() <= 0.0);
    }

    #[inline(always)]
    fn remove(&mut self, product: f64, volume: f64) {
        self.products -= product;
        self.volume -= volume;
        self.empty -= usize::from(volume.abs() <= 0.0);
    }

    /// Of a full window of `n` bars.
    #[inline(always)]
    fn average(&mut self, n: usize) -> f64 {
        if self.empty == n {
            cold_path();
            (self.products, self.volume) = (0.0, 0.0);
        }
        let n = n as f64;
        self.products / n / (self.volume / n)
    }
}
