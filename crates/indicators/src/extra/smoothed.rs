use crate::memory::memory;

/// Wilder's (smoothed) average, started with the mean of the first n values: (previous·(n − 1) + value) / n.
#[derive(Clone, Debug)]
pub(crate) struct Smoothed {
    n: f64,
    seeds: usize,
    seen: usize,
    /// The sum of the values until there are n, then the average.
    value: f64,
}

memory!(Smoothed { seen, value });

impl Smoothed {
    pub(crate) fn new(period: usize) -> Self {
        Self { n: period as f64, seeds: period, seen: 0, value: 0.0 }
    }

    /// NaN until there are n values.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        if self.seen == self.seeds {
            self.value = (self.value * (self.n - 1.0) + value) / self.n;
            return self.value;
        }
        self.seen += 1;
        self.value += value;
        if self.seen < self.seeds {
            return f64::NAN;
        }
        self.value /= self.n;
        self.value
    }
}

/// Average true range over these, from the second bar on.
#[derive(Clone, Debug)]
pub(crate) struct SmoothedRange {
    average: Smoothed,
    previous_close: f64,
    seen: usize,
}

memory!(SmoothedRange { average, previous_close, seen });

impl SmoothedRange {
    pub(crate) fn new(period: usize) -> Self {
        Self { average: Smoothed::new(period), previous_close: 0.0, seen: 0 }
    }

    /// NaN until there are n true ranges, which is bar n.
    #[inline(always)]
    pub(crate) fn step(&mut self, high: f64, low: f64, close: f64) -> f64 {
        let previous = self.previous_close;
        self.previous_close = close;
        if self.seen == 0 {
            self.seen = 1;
            return f64::NAN;
        }
        self.average.step(high.max(previous) - low.min(previous))
    }
}
