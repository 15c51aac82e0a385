use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// The rules by which pivot points are made of a session's prices.
pub(crate) const METHODS: [&str; 5] = ["standard", "fibonacci", "woodie", "camarilla", "demark"];

/// The prices of a session.
#[derive(Clone, Copy, Debug)]
struct Session {
    open: f64,
    high: f64,
    low: f64,
    close: f64,
}

/// Pivot, three resistances and three supports; NaN where a rule has fewer.
type Levels = [f64; 7];

/// Levels of the session that begins at `open`, from the prices of the one before.
fn levels(method: usize, before: Session, open: f64) -> Levels {
    let Session { open: before_open, high, low, close } = before;
    let range = high - low;
    let fan =
        |pivot: f64, [a, b, c]: [f64; 3]| [pivot, pivot + a, pivot + b, pivot + c, pivot - a, pivot - b, pivot - c];
    let classic = |pivot: f64| {
        let (r1, s1) = (2.0 * pivot - low, 2.0 * pivot - high);
        [pivot, r1, pivot + range, high + 2.0 * (pivot - low), s1, pivot - range, low - 2.0 * (high - pivot)]
    };
    match METHODS[method] {
        "fibonacci" => fan((high + low + close) / 3.0, [0.382 * range, 0.618 * range, range]),
        "woodie" => classic((high + low + 2.0 * open) / 4.0),
        "camarilla" => {
            let [_, r1, r2, r3, s1, s2, s3] = fan(close, [1.1 / 12.0 * range, 1.1 / 6.0 * range, 1.1 / 4.0 * range]);
            [(high + low + close) / 3.0, r1, r2, r3, s1, s2, s3]
        }
        "demark" => {
            let x = if close < before_open {
                high + 2.0 * low + close
            } else if close > before_open {
                2.0 * high + low + close
            } else {
                high + low + 2.0 * close
            };
            [x / 4.0, x / 2.0 - low, f64::NAN, f64::NAN, x / 2.0 - high, f64::NAN, f64::NAN]
        }
        _ => classic((high + low + close) / 3.0),
    }
}

/// Pivot points of the session before; a new session begins at each bar with the condition. No value before the second
/// session.
#[derive(Clone, Debug)]
pub struct PivotPoints {
    method: usize,
    open: f64,
    high: f64,
    low: f64,
    close: f64,
    sessions: usize,
    levels: Levels,
}

constructor!(PivotPoints(method: usize));
memory!(PivotPoints { open, high, low, close, sessions, levels });

impl Indicator<5, 7> for PivotPoints {
    const NAME: &'static str = "pivot_points";

    fn build(args: &[f64]) -> Self {
        let method = args::bars(args, 0);
        Self { method, open: 0.0, high: 0.0, low: 0.0, close: 0.0, sessions: 0, levels: [0.0; 7] }
    }

    fn lookback(_: &[f64]) -> [usize; 7] {
        [0; 7]
    }

    #[inline(always)]
    fn step(&mut self, [open, high, low, close, condition]: [f64; 5]) -> [f64; 7] {
        if condition != 0.0 {
            let before = Session { open: self.open, high: self.high, low: self.low, close: self.close };
            self.sessions += 1;
            if self.sessions > 1 {
                self.levels = levels(self.method, before, open);
            }
            (self.open, self.high, self.low) = (open, high, low);
        }
        self.high = self.high.max(high);
        self.low = self.low.min(low);
        self.close = close;
        if self.sessions > 1 { self.levels } else { [f64::NAN; 7] }
    }
}

/// Pivot points of the last `window` bars before the last `shift` ones.
#[derive(Clone, Debug)]
pub struct RollingPivots {
    window: usize,
    method: usize,
    opens: Ring,
    highs: Ring,
    lows: Ring,
    closes: Ring,
}

constructor!(RollingPivots(window: usize, shift: usize, method: usize));
memory!(RollingPivots { opens, highs, lows, closes });

impl Indicator<4, 7> for RollingPivots {
    const NAME: &'static str = "rolling_pivots";

    fn build(args: &[f64]) -> Self {
        let window = args::bars(args, 0);
        let ring = || Ring::new(window + args::bars(args, 1) + 1);
        Self { window, method: args::bars(args, 2), opens: ring(), highs: ring(), lows: ring(), closes: ring() }
    }

    fn lookback(args: &[f64]) -> [usize; 7] {
        let bars = args::bars(args, 0) + args::bars(args, 1);
        let second = if METHODS[args::bars(args, 2)] == "demark" { usize::MAX } else { bars };
        [bars, bars, second, second, bars, second, second]
    }

    #[inline(always)]
    fn step(&mut self, [open, high, low, close]: [f64; 4]) -> [f64; 7] {
        self.opens.push(open);
        self.highs.push(high);
        self.lows.push(low);
        self.closes.push(close);
        if !self.opens.is_full() {
            return [f64::NAN; 7];
        }
        let before = Session {
            open: self.opens.oldest(),
            high: self.highs.iter().take(self.window).fold(f64::NEG_INFINITY, f64::max),
            low: self.lows.iter().take(self.window).fold(f64::INFINITY, f64::min),
            close: self.closes.back(self.closes.len() - self.window),
        };
        levels(self.method, before, open)
    }
}
