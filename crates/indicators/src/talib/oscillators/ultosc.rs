use super::extremes::smaller;
use super::running::{LARGEST_WINDOW, PIECE, Unrolled, pieces, roll_up, unroll};
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::volatility::true_range;

/// TA-Lib's ultimate oscillator: the buying pressure (close − true low) as a share of the true range, over a short, a
/// middle and a long window, weighted 4 : 2 : 1; 0 to 100.
///
/// The sums are running totals, each begun with the last bars that fit its window; behind as many bars without
/// pressure and range as a window has, its sums begin anew at 0. A window without range adds nothing. The periods may be
/// given in any order.
#[derive(Clone, Debug)]
pub struct Ultosc {
    /// Bars until there is a value.
    seen: usize,
    previous_close: f64,
    pressures: Ring,
    ranges: Ring,
    sums: Sums,
}

constructor!(Ultosc(first_period: usize, second_period: usize, third_period: usize));
memory!(Ultosc { seen, previous_close, pressures, ranges, sums });

#[derive(Clone, Copy, Debug)]
struct Sums {
    /// From the shortest to the longest.
    periods: [usize; 3],
    /// Sums of each window without its oldest bar, once it is full.
    pressure: [f64; 3],
    range: [f64; 3],
    /// Bars without pressure and range in a row, counted to the longest period.
    idle: usize,
}

memory!(Sums { pressure, range, idle });

impl Sums {
    /// Adds a bar to the sum of a window.
    #[inline(always)]
    fn add(&mut self, window: usize, pressure: f64, range: f64) {
        self.pressure[window] += pressure;
        self.range[window] += range;
    }

    #[inline(always)]
    fn count_idle(&mut self, pressure: f64, range: f64) {
        self.idle = if range + pressure.abs() <= 0.0 { self.idle + 1 } else { 0 };
    }

    /// Empties the sums whose windows hold nothing but bars without pressure and range.
    #[cold]
    #[inline(never)]
    fn without_residue(self) -> Self {
        let mut sums = Self { idle: self.idle.min(self.periods[2]), ..self };
        for window in 0..3 {
            if sums.idle >= sums.periods[window] {
                (sums.pressure[window], sums.range[window]) = (0.0, 0.0);
            }
        }
        sums
    }

    /// The oscillator behind the next bar.
    #[inline(always)]
    fn next(&mut self, pressure: f64, range: f64) -> f64 {
        for window in 0..3 {
            self.add(window, pressure, range);
        }
        self.count_idle(pressure, range);
        if self.idle >= self.periods[0] {
            *self = self.without_residue();
        }
        let mut weighted = 0.0;
        for (window, weight) in [4.0, 2.0, 1.0].into_iter().enumerate() {
            if self.range[window] > 0.0 {
                weighted += weight * (self.pressure[window] / self.range[window]);
            }
        }
        100.0 * (weighted / 7.0)
    }
}

/// Buying pressure and true range of a bar.
#[inline(always)]
fn terms(high: f64, low: f64, close: f64, previous_close: f64) -> (f64, f64) {
    (close - smaller(low, previous_close), true_range(high, low, previous_close))
}

impl Ultosc {
    /// A bar before there is a value: each sum takes in the last bars only.
    #[inline(never)]
    fn seed(&mut self, pressure: f64, range: f64) {
        self.seen += 1;
        if self.seen == 1 {
            return;
        }
        self.pressures.push(pressure);
        self.ranges.push(range);
        for window in 0..3 {
            if self.seen > self.sums.periods[2] - self.sums.periods[window] + 1 {
                self.sums.add(window, pressure, range);
            }
        }
        self.sums.count_idle(pressure, range);
    }

    /// At most [`PIECE`] bars behind full windows.
    #[inline(always)]
    fn run_piece(&mut self, [high, low, close]: [&[f64]; 3], out: &mut [f64], scratch: &mut [Unrolled; 2]) {
        let (n, n_bars) = (self.ranges.capacity(), out.len());
        let [pressures, ranges] = scratch.each_mut().map(|column| &mut column[..n + n_bars]);
        unroll(&self.pressures, pressures);
        unroll(&self.ranges, ranges);
        (pressures[n], ranges[n]) = terms(high[0], low[0], close[0], self.previous_close);
        for bar in 1..n_bars {
            (pressures[n + bar], ranges[n + bar]) = terms(high[bar], low[bar], close[bar], close[bar - 1]);
        }
        self.previous_close = close[n_bars - 1];
        let mut sums = self.sums;
        let oldest = sums.periods.map(|period| (&pressures[n + 1 - period..], &ranges[n + 1 - period..]));
        for (bar, value) in out.iter_mut().enumerate() {
            *value = sums.next(pressures[n + bar], ranges[n + bar]);
            for (window, (pressures, ranges)) in oldest.into_iter().enumerate() {
                sums.pressure[window] -= pressures[bar];
                sums.range[window] -= ranges[bar];
            }
        }
        self.sums = sums;
        roll_up(&mut self.pressures, pressures);
        roll_up(&mut self.ranges, ranges);
    }
}

impl Indicator<3, 1> for Ultosc {
    const NAME: &'static str = "ultosc";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        let mut periods = [0, 1, 2].map(|place| args::bars(args, place));
        periods.sort_unstable();
        Self {
            seen: 0,
            previous_close: 0.0,
            pressures: Ring::new(periods[2]),
            ranges: Ring::new(periods[2]),
            sums: Sums { periods, pressure: [0.0; 3], range: [0.0; 3], idle: 0 },
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(&[args[0].max(args[1]).max(args[2])], 0)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let (pressure, range) = terms(high, low, close, self.previous_close);
        self.previous_close = close;
        if self.seen < self.sums.periods[2] {
            self.seed(pressure, range);
            return [f64::NAN];
        }
        self.pressures.push(pressure);
        self.ranges.push(range);
        let value = self.sums.next(pressure, range);
        for window in 0..3 {
            let age = self.sums.periods[window] - 1;
            self.sums.pressure[window] -= self.pressures.back(age);
            self.sums.range[window] -= self.ranges.back(age);
        }
        [value]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        let n = self.ranges.capacity();
        // The bar behind the seeds fills the windows.
        let missing = n - self.seen + (n - self.ranges.len()).min(1);
        let start = if n > LARGEST_WINDOW { out.len() } else { missing.min(out.len()) };
        step_each(self, inputs.map(|column| &column[..start]), [&mut out[..start]]);
        let mut scratch = [[0.0; LARGEST_WINDOW + PIECE]; 2];
        for bars in pieces(start, out.len()) {
            self.run_piece(inputs.map(|column| &column[bars.clone()]), &mut out[bars], &mut scratch);
        }
    }
}
