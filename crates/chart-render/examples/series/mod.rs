//! A made-up market for examples, tests and benchmarks.

/// Columns of bars, oldest first.
pub(crate) struct Series {
    pub(crate) time: Vec<i64>,
    pub(crate) open: Vec<f64>,
    pub(crate) high: Vec<f64>,
    pub(crate) low: Vec<f64>,
    pub(crate) close: Vec<f64>,
    pub(crate) volume: Vec<f64>,
}

/// `n_bars` bars of `minutes` each from Monday, 5 May 2025, 06:00 UTC, without weekends: a random walk from `price` whose
/// steps are about `volatility` of the price.
pub(crate) fn series(n_bars: usize, minutes: i64, price: f64, volatility: f64) -> Series {
    const MINUTE_NS: i64 = 60_000_000_000;
    const WEEK_MINUTES: i64 = 7 * 24 * 60;
    let mut random = Random(n_bars as u64 ^ 0x5eed);
    let mut minute = 29_107_080;
    let (mut last, mut drift, mut heat) = (price, 0.0, 1.0);
    let mut out = Series {
        time: Vec::new(),
        open: Vec::new(),
        high: Vec::new(),
        low: Vec::new(),
        close: Vec::new(),
        volume: Vec::new(),
    };
    while out.time.len() < n_bars {
        // Minute 0 of 1970 was a Thursday: Saturday and Sunday are the third and fourth day.
        if !(2 * 1440..4 * 1440).contains(&(minute % WEEK_MINUTES)) {
            drift = drift * 0.97 + random.signed() * 0.12;
            heat = heat * 0.95 + (0.4 + random.signed().abs() * 1.6) * 0.05;
            let unit = price * volatility * heat;
            let close = last + (random.signed() + drift) * unit;
            let (top, foot) = (f64::max(last, close), f64::min(last, close));
            out.time.push(minute * MINUTE_NS);
            out.open.push(last);
            out.high.push(top + random.signed().abs() * 0.7 * unit);
            out.low.push(foot - random.signed().abs() * 0.7 * unit);
            out.close.push(close);
            out.volume.push(400.0 + 2600.0 * heat * (0.3 + random.signed().abs() + (close - last).abs() / unit));
            last = close;
        }
        minute += minutes;
    }
    out
}

/// The mean of the last `n` values, NaN before there are so many.
pub(crate) fn mean(values: &[f64], n: usize) -> Vec<f64> {
    let value = |end: usize| values[end + 1 - n..=end].iter().sum::<f64>() / n as f64;
    (0..values.len()).map(|end| if end + 1 < n { f64::NAN } else { value(end) }).collect()
}

/// The generator `SplitMix64` by S. Vigna, public domain.
struct Random(u64);

impl Random {
    /// Bell-shaped between -1.5 and 1.5 with a deviation of a half.
    fn signed(&mut self) -> f64 {
        let mut uniform = || {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        };
        uniform() + uniform() + uniform() - 1.5
    }
}
