use crate::memory::memory;

/// How a stop accelerates in one direction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Acceleration {
    first: f64,
    step: f64,
    largest: f64,
}

impl Acceleration {
    /// Neither the first acceleration nor a step exceeds the largest.
    pub(crate) fn new(first: f64, step: f64, largest: f64) -> Self {
        let capped = |value: f64| if value > largest { largest } else { value };
        Self { first: capped(first), step: capped(step), largest }
    }
}

/// Wilder's parabolic stop, as TA-Lib computes it.
///
/// The stop moves towards the extreme of the trend by an acceleration that grows with each new extreme, but never into
/// the last two bars. A bar that touches it turns the trend, and the stop begins at the extreme of the ended trend.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parabolic {
    long: Acceleration,
    short: Acceleration,
    /// Where the first trend begins: up from a positive price, down from a negative one; 0 leaves both to the bars.
    start: f64,
    /// The part of a stop by which it is moved away where the trend turns.
    offset: f64,
    /// 0, then 1, then 2 bars.
    seen: usize,
    is_short: bool,
    stop: f64,
    extreme: f64,
    acceleration: f64,
    high: f64,
    low: f64,
}

memory!(Parabolic { seen, is_short, stop, extreme, acceleration, high, low });

impl Parabolic {
    pub(crate) fn new(long: Acceleration, short: Acceleration, start: f64, offset: f64) -> Self {
        Self {
            long,
            short,
            start,
            offset,
            seen: 0,
            is_short: false,
            stop: 0.0,
            extreme: 0.0,
            acceleration: 0.0,
            high: 0.0,
            low: 0.0,
        }
    }

    /// The stop of the bar and whether it is that of a short position; `None` on the first bar.
    #[inline(always)]
    pub(crate) fn step(&mut self, high: f64, low: f64) -> Option<(f64, bool)> {
        if !self.has_begun() {
            self.seen += 1;
            if self.seen == 1 {
                (self.high, self.low) = (high, low);
                return None;
            }
            self.begin(high, low);
        }
        Some(self.advance(high, low))
    }

    /// Whether there were two bars.
    #[inline(always)]
    pub(crate) fn has_begun(&self) -> bool {
        self.seen == 2
    }

    /// The first trend, from the second bar, which is also taken for the bar before it.
    #[inline(always)]
    fn begin(&mut self, high: f64, low: f64) {
        let (rise, fall) = (high - self.high, self.low - low);
        self.is_short = if self.start == 0.0 { fall > 0.0 && rise < fall } else { self.start < 0.0 };
        self.stop = if self.start != 0.0 {
            self.start.abs()
        } else if self.is_short {
            self.high
        } else {
            self.low
        };
        self.extreme = if self.is_short { low } else { high };
        self.acceleration = if self.is_short { self.short.first } else { self.long.first };
        (self.high, self.low) = (high, low);
    }

    /// [`Parabolic::step`] behind the second bar.
    #[inline(always)]
    pub(crate) fn advance(&mut self, high: f64, low: f64) -> (f64, bool) {
        // In an uptrend the stop stays below the lows of this bar and the last, in a downtrend above the highs.
        let (floor, ceiling) = (smaller(self.low, low), larger(self.high, high));
        (self.high, self.low) = (high, low);
        if self.is_short {
            if high >= self.stop {
                return self.turn_up(high, floor);
            }
            let stop = self.stop;
            if low < self.extreme {
                self.accelerate(low, self.short);
            }
            self.stop = larger(self.next(), ceiling);
            (stop, true)
        } else {
            if low <= self.stop {
                return self.turn_down(low, ceiling);
            }
            let stop = self.stop;
            if high > self.extreme {
                self.accelerate(high, self.long);
            }
            self.stop = smaller(self.next(), floor);
            (stop, false)
        }
    }

    #[inline(always)]
    fn turn_up(&mut self, high: f64, floor: f64) -> (f64, bool) {
        let mut stop = smaller(self.extreme, floor);
        if self.offset != 0.0 {
            stop -= stop * self.offset;
        }
        (self.is_short, self.stop, self.extreme, self.acceleration) = (false, stop, high, self.long.first);
        self.stop = smaller(self.next(), floor);
        (stop, false)
    }

    #[inline(always)]
    fn turn_down(&mut self, low: f64, ceiling: f64) -> (f64, bool) {
        let mut stop = larger(self.extreme, ceiling);
        if self.offset != 0.0 {
            stop += stop * self.offset;
        }
        (self.is_short, self.stop, self.extreme, self.acceleration) = (true, stop, low, self.short.first);
        self.stop = larger(self.next(), ceiling);
        (stop, true)
    }

    #[inline(always)]
    fn accelerate(&mut self, extreme: f64, by: Acceleration) {
        self.extreme = extreme;
        let acceleration = self.acceleration + by.step;
        self.acceleration = if acceleration > by.largest { by.largest } else { acceleration };
    }

    /// The stop, moved towards the extreme.
    #[inline(always)]
    fn next(&self) -> f64 {
        self.acceleration.mul_add(self.extreme - self.stop, self.stop)
    }
}

/// One instruction, which `f64::max` is not; `a` if both are equal.
#[inline(always)]
fn larger(a: f64, b: f64) -> f64 {
    if a < b { b } else { a }
}

#[inline(always)]
fn smaller(a: f64, b: f64) -> f64 {
    if a > b { b } else { a }
}
