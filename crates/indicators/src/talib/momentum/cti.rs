use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's correlation trend indicator of Ehlers: the correlation coefficient of the last n prices with a rising
/// straight line, −1 to 1; 0 where the prices are all equal.
///
/// It comes from running sums of the distances from a price near the window. They are made anew, around the window's
/// mean, every 32 windows and where the squares have shrunk to a millionth of what they were, so that neither drift nor
/// a spike that has left the window shows.
#[derive(Clone, Debug)]
pub struct Cti {
    prices: Ring,
    sums: Sums,
}

constructor!(Cti(period: usize));
memory!(Sums { anchor, x, x_squared, xy, peak, age });
memory!(Cti { prices, sums });

impl Indicator<1, 1> for Cti {
    const NAME: &'static str = "cti";

    fn build(args: &[f64]) -> Self {
        Self { prices: Ring::new(args::bars(args, 0)), sums: Sums::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        if self.prices.len() == 0 {
            self.sums.anchor = price;
        }
        self.prices.push(price);
        if !self.prices.is_full() {
            let weight = self.prices.capacity() - self.prices.len();
            self.sums.prepare(price, weight as f64);
            return [f64::NAN];
        }
        let value = self.sums.enter(price, self.prices.iter());
        self.sums.leave(self.prices.oldest());
        [value]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n_first = prices.len().min(self.prices.capacity());
        step_first(self, n_first, [prices], &mut [&mut *out]);
        let mut sums = self.sums;
        for (value, window) in out[n_first..].iter_mut().zip(prices.windows(self.prices.capacity()).skip(1)) {
            *value = sums.enter(window[window.len() - 1], window.iter().copied());
            sums.leave(window[0]);
        }
        self.sums = sums;
        self.prices.extend(&prices[n_first..]);
    }
}

/// Sums over the window of x, the price's distance from the anchor, and y, the bars since then.
#[derive(Clone, Copy, Debug)]
struct Sums {
    n: f64,
    one_over_n: f64,
    /// How many values they serve at most.
    life: usize,
    /// Sum of the y.
    y: f64,
    /// Sum of the squares of y's distances from its mean.
    y_spread: f64,
    anchor: f64,
    x: f64,
    x_squared: f64,
    xy: f64,
    /// The largest sum of squares since they were made anew.
    peak: f64,
    /// Values since they were made anew.
    age: usize,
}

impl Sums {
    fn new(period: usize) -> Self {
        let n = period as f64;
        Self {
            n,
            one_over_n: 1.0 / n,
            life: 32 * period,
            y: n * (n - 1.0) * 0.5,
            y_spread: n * (n * n - 1.0) / 12.0,
            anchor: 0.0,
            x: 0.0,
            x_squared: 0.0,
            xy: 0.0,
            peak: 0.0,
            age: 0,
        }
    }

    /// Takes a price of a new window, at whose end it will be `y` bars old.
    #[inline(always)]
    fn prepare(&mut self, price: f64, y: f64) {
        let x = price - self.anchor;
        self.x += x;
        self.x_squared += x * x;
        self.xy += x * y;
        self.peak = self.x_squared;
    }

    /// Takes the newest price of a full `window` and gives its correlation.
    #[inline(always)]
    fn enter(&mut self, price: f64, window: impl Iterator<Item = f64> + Clone) -> f64 {
        let x = price - self.anchor;
        self.x += x;
        self.x_squared += x * x;
        self.peak = if self.x_squared > self.peak { self.x_squared } else { self.peak };
        self.age += 1;
        if self.x_spread() < 1e-6 * self.peak || self.age >= self.life {
            *self = self.renewed(price, window);
        }
        let (x_spread, xy_spread) = (self.x_spread(), self.xy - self.x * self.y * self.one_over_n);
        if x_spread > 1e-14 * self.x_squared && x_spread * self.y_spread > 0.0 {
            // Bars ago run against time, so that a rising price has a negative correlation with them.
            (-xy_spread / (x_spread * self.y_spread).sqrt()).clamp(-1.0, 1.0)
        } else {
            0.0
        }
    }

    /// Lets the oldest price go and makes the others a bar older.
    #[inline(always)]
    fn leave(&mut self, oldest: f64) {
        let x = oldest - self.anchor;
        self.xy = self.xy + self.x - self.n * x;
        self.x -= x;
        self.x_squared -= x * x;
    }

    #[inline(always)]
    fn x_spread(&self) -> f64 {
        self.x_squared - self.x * self.x * self.one_over_n
    }

    /// The sums of a window around its mean, or around its newest price if the mean leaves no spread.
    #[cold]
    #[inline(never)]
    fn renewed(self, newest: f64, window: impl Iterator<Item = f64> + Clone) -> Self {
        let mean = window.clone().fold(0.0, |sum, price| sum + price) * self.one_over_n;
        let sums = self.around(mean, window.clone());
        if sums.x_spread() < 1e-6 * sums.x_squared { self.around(newest, window) } else { sums }
    }

    fn around(self, anchor: f64, window: impl Iterator<Item = f64>) -> Self {
        let mut sums = Self { anchor, x: 0.0, x_squared: 0.0, xy: 0.0, age: 0, ..self };
        let mut y = self.n - 1.0;
        for price in window {
            sums.prepare(price, y);
            y -= 1.0;
        }
        sums
    }
}
