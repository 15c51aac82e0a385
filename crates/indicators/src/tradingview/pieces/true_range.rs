use crate::memory::memory;
use crate::tradingview::pieces::Previous;
use crate::tradingview::pieces::larger;

/// The largest distance between high, low and the close before.
#[derive(Clone, Debug, Default)]
pub(crate) struct TrueRange {
    close: Previous,
}

memory!(TrueRange { close });

impl TrueRange {
    /// The true range of the next bar; na where there is no close before.
    #[inline(always)]
    pub(crate) fn step(&mut self, [high, low, close]: [f64; 3]) -> f64 {
        let before = self.close.replace(close);
        if before.is_nan() {
            return before;
        }
        Self::of(high, low, before)
    }

    /// The true range of a bar behind the close `before`, neither of them na.
    #[inline(always)]
    pub(crate) fn of(high: f64, low: f64, before: f64) -> f64 {
        larger(larger(high - low, (high - before).abs()), (low - before).abs())
    }

    /// The close of the last bar, na where there is none.
    pub(crate) fn close(&self) -> f64 {
        self.close.get()
    }

    pub(crate) fn set_close(&mut self, close: f64) {
        self.close.replace(close);
    }

    /// The same, but high − low where there is no close before.
    #[inline(always)]
    pub(crate) fn step_or_span(&mut self, bar @ [high, low, _]: [f64; 3]) -> f64 {
        let no_close = self.close.get().is_nan();
        let range = self.step(bar);
        if no_close { high - low } else { range }
    }
}
