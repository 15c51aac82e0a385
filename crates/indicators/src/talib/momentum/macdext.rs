use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::Ma;
use crate::{MovingAverage, args};

/// TA-Lib's MACD with averages of any kind: the fast one minus the slow one (the line), an average of the line (the
/// signal), and line minus signal (the histogram).
///
/// The price averages are begun so that their first values fall on the same bar, and all three outputs begin together.
/// The default kind is the simple one. A fast period beyond the slow one is swapped with it, together with its kind.
#[derive(Clone, Debug)]
pub struct MacdExt {
    fast: Late,
    slow: Late,
    signal: Ma,
    /// Bars without a line.
    line_lookback: usize,
    /// Bars without values.
    lookback: usize,
    /// Bars so far, up to the lookback.
    seen: usize,
}

constructor!(MacdExt(
    fast: usize, fast_ma: MovingAverage, slow: usize, slow_ma: MovingAverage, signal: usize, signal_ma: MovingAverage
));
memory!(MacdExt { fast, slow, signal, seen });

impl Indicator<1, 3> for MacdExt {
    const NAME: &'static str = "macdext";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let (mut fast, mut slow, signal) = (average(args, 0), average(args, 2), average(args, 4));
        if slow.1 < fast.1 {
            (fast, slow) = (slow, fast);
        }
        let line_lookback = lookback(fast).max(lookback(slow));
        let late = |(kind, period)| Late {
            average: Ma::build(kind, period),
            left_out: line_lookback - Ma::lookback(kind, period),
            seen: 0,
        };
        Self {
            fast: late(fast),
            slow: late(slow),
            signal: Ma::build(signal.0, signal.1),
            line_lookback,
            lookback: line_lookback + lookback(signal),
            seen: 0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let line = lookback(average(args, 0)).max(lookback(average(args, 2)));
        [line + lookback(average(args, 4)); 3]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 3] {
        let (fast, slow) = (self.fast.step(price), self.slow.step(price));
        let line = fast - slow;
        if self.seen < self.lookback {
            self.seen += 1;
            if self.seen > self.line_lookback {
                self.signal.step(line);
            }
            return [f64::NAN; 3];
        }
        let signal = self.signal.step(line);
        [line, signal, line - signal]
    }
}

/// An average that leaves out some bars at first.
#[derive(Clone, Debug)]
struct Late {
    average: Ma,
    left_out: usize,
    /// Bars so far, up to those left out.
    seen: usize,
}

memory!(Late { average, seen });

impl Late {
    #[inline(always)]
    fn step(&mut self, value: f64) -> f64 {
        if self.seen < self.left_out {
            self.seen += 1;
            return f64::NAN;
        }
        self.average.step(value)
    }
}

/// Kind and period of the average whose period is the argument at `index`.
fn average(args: &[f64], index: usize) -> (MovingAverage, usize) {
    let kind = match args::average(args, index + 1) {
        MovingAverage::Default => MovingAverage::Sma,
        kind => kind,
    };
    (kind, args::bars(args, index))
}

fn lookback((kind, period): (MovingAverage, usize)) -> usize {
    Ma::lookback(kind, period)
}
