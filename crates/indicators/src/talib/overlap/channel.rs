use crate::memory::memory;
use crate::talib::overlap::extremes::{FILL_BARS, Highest, Lowest};

/// The highest high and the lowest low of the last n bars.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    n: usize,
    highest: Highest,
    lowest: Lowest,
}

memory!(Channel { highest, lowest });

impl Channel {
    pub(crate) fn new(n: usize) -> Self {
        Self { n, highest: Highest::new(n), lowest: Lowest::new(n) }
    }

    /// The highest and the lowest, NaN until there are n bars.
    #[inline(always)]
    pub(crate) fn step(&mut self, high: f64, low: f64) -> (f64, f64) {
        (self.highest.step(high), self.lowest.step(low))
    }

    /// [`Channel::step`] for each bar of the columns; `take` is given the number of the first of some bars, and their
    /// highest and lowest.
    #[inline(always)]
    pub(crate) fn run(&mut self, highs: &[f64], lows: &[f64], mut take: impl FnMut(usize, &[f64], &[f64])) {
        let n = self.n;
        let first = highs.len().min(n - 1);
        for (bar, (&high, &low)) in highs.iter().zip(lows).take(first).enumerate() {
            let (highest, lowest) = self.step(high, low);
            take(bar, &[highest], &[lowest]);
        }
        let (mut highest, mut lowest) = ([0.0; FILL_BARS], [0.0; FILL_BARS]);
        for start in (first..highs.len()).step_by(FILL_BARS) {
            let end = highs.len().min(start + FILL_BARS);
            let (highest, lowest) = (&mut highest[..end - start], &mut lowest[..end - start]);
            self.highest.fill(&highs[start + 1 - n..end], highest);
            self.lowest.fill(&lows[start + 1 - n..end], lowest);
            take(start, highest, lowest);
            self.highest.skip(&highs[start..end], highest[end - start - 1]);
            self.lowest.skip(&lows[start..end], lowest[end - start - 1]);
        }
    }
}
