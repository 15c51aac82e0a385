use crate::args;
use crate::extra::moments::{mean, squares};
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// Standard deviation of the logarithmic changes of the last n bars (divisor n − 1), times √(bars a year).
#[derive(Clone, Debug)]
pub struct HistoricalVolatility {
    scale: f64,
    changes: Ring,
    previous: f64,
    seen: usize,
}

constructor!(HistoricalVolatility(period: usize, bars_per_year: f64));
memory!(HistoricalVolatility { changes, previous, seen });

impl Indicator<1, 1> for HistoricalVolatility {
    const NAME: &'static str = "historical_volatility";

    fn build(args: &[f64]) -> Self {
        Self { scale: args[1].sqrt(), changes: Ring::new(args::bars(args, 0)), previous: 0.0, seen: 0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let change = libm::log(price / self.previous);
        self.previous = price;
        if self.seen == 0 {
            self.seen = 1;
            return [f64::NAN];
        }
        self.changes.push(change);
        if !self.changes.is_full() {
            return [f64::NAN];
        }
        let mean = mean(&self.changes);
        [(squares(&self.changes, mean) / (self.changes.len() as f64 - 1.0)).sqrt() * self.scale]
    }
}

/// Parkinson's volatility: √(mean of ln²(high/low) over n bars / (4·ln 2)), times √(bars a year).
#[derive(Clone, Debug)]
pub struct Parkinson {
    scale: f64,
    ranges: Ring,
}

constructor!(Parkinson(period: usize, bars_per_year: f64));
memory!(Parkinson { ranges });

impl Indicator<2, 1> for Parkinson {
    const NAME: &'static str = "parkinson";

    fn build(args: &[f64]) -> Self {
        Self { scale: (args[1] / (4.0 * std::f64::consts::LN_2)).sqrt(), ranges: Ring::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let range = libm::log(high / low);
        self.ranges.push(range * range);
        [if self.ranges.is_full() { mean(&self.ranges).sqrt() * self.scale } else { f64::NAN }]
    }
}

/// Garman and Klass's volatility: √(mean over n bars of ½·ln²(high/low) − (2·ln 2 − 1)·ln²(close/open)), times
/// √(bars a year).
///
/// Bars that gap inside the window can make the mean negative; there is no value then.
#[derive(Clone, Debug)]
pub struct GarmanKlass {
    scale: f64,
    terms: Ring,
}

constructor!(GarmanKlass(period: usize, bars_per_year: f64));
memory!(GarmanKlass { terms });

impl Indicator<4, 1> for GarmanKlass {
    const NAME: &'static str = "garman_klass";

    fn build(args: &[f64]) -> Self {
        Self { scale: args[1].sqrt(), terms: Ring::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [open, high, low, close]: [f64; 4]) -> [f64; 1] {
        let (range, body) = (libm::log(high / low), libm::log(close / open));
        self.terms.push(0.5 * range * range - (2.0 * std::f64::consts::LN_2 - 1.0) * body * body);
        [if self.terms.is_full() { mean(&self.terms).sqrt() * self.scale } else { f64::NAN }]
    }
}

/// Yang and Zhang's volatility, which knows gaps and drift: √(σ²(open) + k·σ²(close) + (1 − k)·RS), times √(bars a year),
/// with σ² the sample variances of ln(open/previous close) and of ln(close/open), RS Rogers and Satchell's mean, and
/// k = 0.34 / (1.34 + (n + 1)/(n − 1)).
#[derive(Clone, Debug)]
pub struct YangZhang {
    scale: f64,
    k: f64,
    overnight: Ring,
    body: Ring,
    rogers_satchell: Ring,
    previous_close: f64,
    seen: usize,
}

constructor!(YangZhang(period: usize, bars_per_year: f64));
memory!(YangZhang { overnight, body, rogers_satchell, previous_close, seen });

impl Indicator<4, 1> for YangZhang {
    const NAME: &'static str = "yang_zhang";

    fn build(args: &[f64]) -> Self {
        let (n, period) = (args[0], args::bars(args, 0));
        Self {
            scale: args[1].sqrt(),
            k: 0.34 / (1.34 + (n + 1.0) / (n - 1.0)),
            overnight: Ring::new(period),
            body: Ring::new(period),
            rogers_satchell: Ring::new(period),
            previous_close: 0.0,
            seen: 0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [open, high, low, close]: [f64; 4]) -> [f64; 1] {
        let overnight = libm::log(open / self.previous_close);
        self.previous_close = close;
        if self.seen == 0 {
            self.seen = 1;
            return [f64::NAN];
        }
        let (up, down, body) = (libm::log(high / open), libm::log(low / open), libm::log(close / open));
        self.overnight.push(overnight);
        self.body.push(body);
        self.rogers_satchell.push(up * (up - body) + down * (down - body));
        if !self.body.is_full() {
            return [f64::NAN];
        }
        let variance = |ring: &Ring| squares(ring, mean(ring)) / (ring.len() as f64 - 1.0);
        let sum =
            variance(&self.overnight) + self.k * variance(&self.body) + (1.0 - self.k) * mean(&self.rogers_satchell);
        [sum.sqrt() * self.scale]
    }
}

/// Ulcer index: √(mean over n bars of the squared percentage below the highest of the last n).
#[derive(Clone, Debug)]
pub struct UlcerIndex {
    prices: Ring,
    drawdowns: Ring,
}

constructor!(UlcerIndex(period: usize));
memory!(UlcerIndex { prices, drawdowns });

impl Indicator<1, 1> for UlcerIndex {
    const NAME: &'static str = "ulcer_index";

    fn build(args: &[f64]) -> Self {
        Self { prices: Ring::new(args::bars(args, 0)), drawdowns: Ring::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [2 * (args::bars(args, 0) - 1)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        self.prices.push(price);
        if !self.prices.is_full() {
            return [f64::NAN];
        }
        let highest = self.prices.iter().fold(f64::NEG_INFINITY, f64::max);
        let percent = 100.0 * (price - highest) / highest;
        self.drawdowns.push(percent * percent);
        [if self.drawdowns.is_full() { mean(&self.drawdowns).sqrt() } else { f64::NAN }]
    }
}
