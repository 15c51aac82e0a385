//! The language in which patterns are defined: candles by their age, and comparisons between them.
use super::setting::Setting;
use super::signal::Bars;

/// A candle of a pattern, by how many bars ago it was: 0 is the newest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candle(pub(super) usize);

/// A number that belongs to a candle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// First price.
    Open,
    /// Highest price.
    High,
    /// Lowest price.
    Low,
    /// Last price.
    Close,
    /// Upper end of the body.
    Top,
    /// Lower end of the body.
    Bottom,
    /// Length of the body.
    Body,
    /// Length of the upper shadow.
    Upper,
    /// Length of the lower shadow.
    Lower,
    /// Midway between high and low.
    Middle,
    /// From the low to the high.
    Range,
    /// Both shadows together.
    Shadows,
    /// By how much its body differs in length from the body before, either way.
    BodyChange,
}

impl Measure {
    /// All of them, each behind those it is computed from.
    pub(super) const ALL: [Self; 13] = [
        Self::Open,
        Self::High,
        Self::Low,
        Self::Close,
        Self::Top,
        Self::Bottom,
        Self::Body,
        Self::Upper,
        Self::Lower,
        Self::Middle,
        Self::Range,
        Self::Shadows,
        Self::BodyChange,
    ];
}

/// How far a close is shifted by a part of the body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Depth {
    /// Half of the body.
    Half,
    /// The pattern's parameter `penetration`, as a part of the body.
    Penetration,
}

/// What can be compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Key {
    /// A number of the candle itself.
    Measure(Measure),
    /// The limit that a setting puts at this candle.
    Limit(Setting),
    /// A number of the candle and the limit of a setting at it.
    Plus(Measure, Setting),
    /// A number of the candle less the limit of a setting at it.
    Minus(Measure, Setting),
    /// The close and a part of the body.
    ClosePlus(Depth),
    /// The close less a part of the body.
    CloseMinus(Depth),
    /// The close before, less this candle's body, less the limit of `Near` at the candle before.
    Shoulder,
}

/// A [`Key`] of one candle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Term {
    pub(super) key: Key,
    pub(super) age: usize,
}

impl Term {
    #[inline(always)]
    pub(super) fn plus(self, setting: Setting) -> Self {
        Self { key: Key::Plus(self.measure(), setting), ..self }
    }

    #[inline(always)]
    pub(super) fn minus(self, setting: Setting) -> Self {
        Self { key: Key::Minus(self.measure(), setting), ..self }
    }

    #[inline(always)]
    fn measure(self) -> Measure {
        match self.key {
            Key::Measure(measure) => measure,
            _ => unreachable!("limits are added to plain numbers of a candle"),
        }
    }
}

macro_rules! measures {
    ($($name:ident = $measure:ident),*) => {
        $(#[inline(always)]
        pub(super) fn $name(self) -> Term {
            self.term(Key::Measure(Measure::$measure))
        })*
    };
}

impl Candle {
    measures!(open = Open, high = High, low = Low, close = Close, top = Top, bottom = Bottom, body = Body);
    measures!(upper = Upper, lower = Lower, middle = Middle, body_change = BodyChange);

    #[inline(always)]
    pub(super) fn term(self, key: Key) -> Term {
        Term { key, age: self.0 }
    }

    #[inline(always)]
    pub(super) fn limit(self, setting: Setting) -> Term {
        self.term(Key::Limit(setting))
    }

    #[inline(always)]
    pub(super) fn close_plus(self, depth: Depth) -> Term {
        self.term(Key::ClosePlus(depth))
    }

    #[inline(always)]
    pub(super) fn close_minus(self, depth: Depth) -> Term {
        self.term(Key::CloseMinus(depth))
    }
}

/// What a definition is applied to: it takes note of the comparisons, or answers them for 64 bars at once.
///
/// A definition asks the same questions in the same order whatever the answers are, or the first of them.
pub(super) trait View {
    /// Where `a` is greater than `b`.
    fn above(&mut self, a: Term, b: Term) -> Bars;

    /// Whether the rest of a definition need not be asked, as it holds only where `found` does.
    #[inline(always)]
    fn is_hopeless(&self, _found: Bars) -> bool {
        false
    }

    #[inline(always)]
    fn below(&mut self, a: Term, b: Term) -> Bars {
        self.above(b, a)
    }

    #[inline(always)]
    fn at_most(&mut self, a: Term, b: Term) -> Bars {
        !self.above(a, b)
    }

    #[inline(always)]
    fn at_least(&mut self, a: Term, b: Term) -> Bars {
        !self.above(b, a)
    }

    /// Where `a` lies strictly between `low` and `high`.
    #[inline(always)]
    fn between(&mut self, a: Term, low: Term, high: Term) -> Bars {
        self.above(a, low) & self.below(a, high)
    }

    /// Where `a` is not farther from `b` than the limit of a setting at the candle of `b`.
    #[inline(always)]
    fn around(&mut self, a: Term, b: Term, setting: Setting) -> Bars {
        self.at_most(a, b.plus(setting)) & self.at_least(a, b.minus(setting))
    }

    #[inline(always)]
    fn black(&mut self, candle: Candle) -> Bars {
        self.above(candle.open(), candle.close())
    }

    /// A candle that closes where it opened is white.
    #[inline(always)]
    fn white(&mut self, candle: Candle) -> Bars {
        !self.black(candle)
    }

    /// Where one of them is white and the other one black.
    #[inline(always)]
    fn opposite(&mut self, a: Candle, b: Candle) -> Bars {
        self.white(a) ^ self.white(b)
    }

    /// Where both have the same colour.
    #[inline(always)]
    fn alike(&mut self, a: Candle, b: Candle) -> Bars {
        !self.opposite(a, b)
    }

    /// Where a number of a candle exceeds the limit of a setting at that candle.
    #[inline(always)]
    fn exceeds(&mut self, a: Term, setting: Setting) -> Bars {
        self.above(a, Candle(a.age).limit(setting))
    }

    /// Where it stays below that limit.
    #[inline(always)]
    fn within(&mut self, a: Term, setting: Setting) -> Bars {
        self.below(a, Candle(a.age).limit(setting))
    }

    #[inline(always)]
    fn long(&mut self, candle: Candle) -> Bars {
        self.exceeds(candle.body(), Setting::BodyLong)
    }

    /// A body at the limit is not short.
    #[inline(always)]
    fn short(&mut self, candle: Candle) -> Bars {
        self.within(candle.body(), Setting::BodyShort)
    }

    /// A body that exceeds the limit of short ones.
    #[inline(always)]
    fn not_short(&mut self, candle: Candle) -> Bars {
        self.exceeds(candle.body(), Setting::BodyShort)
    }

    #[inline(always)]
    fn doji(&mut self, candle: Candle) -> Bars {
        !self.exceeds(candle.body(), Setting::BodyDoji)
    }

    /// Hardly any upper shadow.
    #[inline(always)]
    fn shaven_head(&mut self, candle: Candle) -> Bars {
        self.within(candle.upper(), Setting::ShadowVeryShort)
    }

    /// Hardly any lower shadow.
    #[inline(always)]
    fn shaven_bottom(&mut self, candle: Candle) -> Bars {
        self.within(candle.lower(), Setting::ShadowVeryShort)
    }

    /// A long body without shadows to speak of.
    #[inline(always)]
    fn marubozu(&mut self, candle: Candle) -> Bars {
        self.long(candle) & self.shaven_head(candle) & self.shaven_bottom(candle)
    }

    /// A long body that opens at one end of the range: no lower shadow if white, no upper one if black.
    #[inline(always)]
    fn belt_hold(&mut self, candle: Candle) -> Bars {
        let black = self.black(candle);
        self.long(candle) & ((!black & self.shaven_bottom(candle)) | (black & self.shaven_head(candle)))
    }

    /// Where the later body lies wholly above the earlier one.
    #[inline(always)]
    fn gap_up(&mut self, earlier: Candle, later: Candle) -> Bars {
        self.above(later.bottom(), earlier.top())
    }

    /// Where the later body lies wholly below the earlier one.
    #[inline(always)]
    fn gap_down(&mut self, earlier: Candle, later: Candle) -> Bars {
        self.below(later.top(), earlier.bottom())
    }

    /// Where the later candle lies wholly above the earlier one, shadows included.
    #[inline(always)]
    fn shadow_gap_up(&mut self, earlier: Candle, later: Candle) -> Bars {
        self.above(later.low(), earlier.high())
    }

    /// Where the later candle lies wholly below the earlier one, shadows included.
    #[inline(always)]
    fn shadow_gap_down(&mut self, earlier: Candle, later: Candle) -> Bars {
        self.below(later.high(), earlier.low())
    }

    /// Where each close is above the one before.
    #[inline(always)]
    fn rising_closes(&mut self, [first, second, third]: [Candle; 3]) -> Bars {
        self.above(second.close(), first.close()) & self.above(third.close(), second.close())
    }

    /// Where each close is below the one before.
    #[inline(always)]
    fn falling_closes(&mut self, [first, second, third]: [Candle; 3]) -> Bars {
        self.below(second.close(), first.close()) & self.below(third.close(), second.close())
    }

    /// Three white candles with rising closes, of which the second opens above the first open, and in the first body or
    /// near it.
    #[inline(always)]
    fn advance(&mut self, [first, second, third]: [Candle; 3]) -> Bars {
        self.white(first)
            & self.white(second)
            & self.white(third)
            & self.rising_closes([first, second, third])
            & self.above(second.open(), first.open())
            & self.at_most(second.open(), first.close().plus(Setting::Near))
    }

    /// A long white body, and later a black one that is not short and closes well within the first.
    #[inline(always)]
    fn evening(&mut self, first: Candle, third: Candle) -> Bars {
        self.white(first)
            & self.long(first)
            & self.black(third)
            & self.not_short(third)
            & self.below(third.close(), first.close_minus(Depth::Penetration))
    }

    /// A long black body, and later a white one that is not short and closes well within the first.
    #[inline(always)]
    fn morning(&mut self, first: Candle, third: Candle) -> Bars {
        self.black(first)
            & self.long(first)
            & self.white(third)
            & self.not_short(third)
            & self.above(third.close(), first.close_plus(Depth::Penetration))
    }
}
