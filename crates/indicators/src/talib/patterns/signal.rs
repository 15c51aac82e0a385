use super::machine::NEW;
use super::pattern::Pattern;

/// One bit for each of 64 successive bars, the oldest first: where a condition holds.
pub(super) type Bars = u64;

/// Where a pattern is found, and what it says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signal {
    /// Bullish, or of no direction.
    pub(super) up: Bars,
    /// Bearish.
    pub(super) down: Bars,
    /// Where it has its second strength rather than 100: 80 or 200, by the pattern.
    pub(super) second: Bars,
}

impl Signal {
    #[inline(always)]
    pub(super) fn bullish(up: Bars) -> Self {
        Self { up, down: 0, second: 0 }
    }

    #[inline(always)]
    pub(super) fn bearish(down: Bars) -> Self {
        Self { up: 0, down, second: 0 }
    }

    /// Bullish where `up` holds too, otherwise bearish.
    #[inline(always)]
    pub(super) fn either(found: Bars, up: Bars) -> Self {
        Self { up: found & up, down: found & !up, second: 0 }
    }
}

impl Signal {
    /// Gives the new bars on which it is found, of `n_bars`, and its value there.
    #[inline(always)]
    pub(super) fn each(self, pattern: Pattern, n_bars: usize, mut give: impl FnMut(usize, i16)) {
        for (bars, sign) in [(self.up, 1), (self.down, -1)] {
            let mut left = (bars >> NEW) & (Bars::MAX >> (Bars::BITS as usize - n_bars));
            while left != 0 {
                let bar = left.trailing_zeros() as usize;
                let strong = self.second >> (NEW + bar) & 1 == 1;
                give(bar, sign * if strong { pattern.second_strength() } else { 100 });
                left &= left - 1;
            }
        }
    }
}

/// Where all of the conditions hold. As soon as that is nowhere, and the view says so, the definition ends.
macro_rules! all {
    ($view:ident: $($condition:expr),+ $(,)?) => {{
        let mut found = $crate::talib::patterns::signal::Bars::MAX;
        $(
            found &= $condition;
            if $view.is_hopeless(found) {
                return $crate::talib::patterns::signal::Signal::default();
            }
        )+
        found
    }};
}
pub(super) use all;
