//! Patterns of four and five candles.
use super::confirmation::confirm;
use super::setting::Setting::{Near, ShadowVeryShort};
use super::signal::{Signal, all};
use super::view::{Candle, Depth, View};

#[inline(always)]
pub(super) fn three_line_strike<V: View>(v: &mut V) -> Signal {
    let [first, second, third, fourth] = [3, 2, 1, 0].map(Candle);
    let found = all!(v:
        v.alike(first, second),
        v.alike(second, third),
        v.opposite(third, fourth),
        v.at_least(second.open(), first.bottom().minus(Near)),
        v.at_most(second.open(), first.top().plus(Near)),
        v.at_least(third.open(), second.bottom().minus(Near)),
        v.at_most(third.open(), second.top().plus(Near)),
    );
    let white = v.white(third);
    let up = white
        & v.rising_closes([first, second, third])
        & v.above(fourth.open(), third.close())
        & v.below(fourth.close(), first.open());
    let down = !white
        & v.falling_closes([first, second, third])
        & v.below(fourth.open(), third.close())
        & v.above(fourth.close(), first.open());
    Signal { up: found & up, down: found & down, second: 0 }
}

#[inline(always)]
pub(super) fn concealing_baby_swallow<V: View>(v: &mut V) -> Signal {
    let [first, second, third, fourth] = [3, 2, 1, 0].map(Candle);
    Signal::bullish(all!(v:
        v.black(first),
        v.black(second),
        v.black(third),
        v.black(fourth),
        v.shaven_bottom(first),
        v.shaven_head(first),
        v.shaven_bottom(second),
        v.shaven_head(second),
        v.gap_down(second, third),
        v.exceeds(third.upper(), ShadowVeryShort),
        v.above(third.high(), second.close()),
        v.above(fourth.high(), third.high()),
        v.below(fourth.low(), third.low()),
    ))
}

#[inline(always)]
pub(super) fn hikkake_modified<V: View>(v: &mut V) -> Signal {
    let [first, second, third, fourth] = [3, 2, 1, 0].map(Candle);
    let inside = v.below(second.high(), first.high())
        & v.above(second.low(), first.low())
        & v.below(third.high(), second.high())
        & v.above(third.low(), second.low());
    let up = inside
        & v.below(fourth.high(), third.high())
        & v.below(fourth.low(), third.low())
        & v.at_most(second.close(), second.low().plus(Near));
    let down = inside
        & v.above(fourth.high(), third.high())
        & v.above(fourth.low(), third.low())
        & v.at_least(second.close(), second.high().minus(Near));
    confirm(v, up, down)
}

#[inline(always)]
pub(super) fn breakaway<V: View>(v: &mut V) -> Signal {
    let [first, second, third, fourth, fifth] = [4, 3, 2, 1, 0].map(Candle);
    let found = all!(v:
        v.alike(first, second),
        v.alike(second, fourth),
        v.opposite(fourth, fifth),
        v.long(first),
    );
    let white = v.white(first);
    let up = !white
        & v.gap_down(first, second)
        & v.below(third.high(), second.high())
        & v.below(third.low(), second.low())
        & v.below(fourth.high(), third.high())
        & v.below(fourth.low(), third.low())
        & v.between(fifth.close(), second.open(), first.close());
    let down = white
        & v.gap_up(first, second)
        & v.above(third.high(), second.high())
        & v.above(third.low(), second.low())
        & v.above(fourth.high(), third.high())
        & v.above(fourth.low(), third.low())
        & v.between(fifth.close(), first.close(), second.open());
    Signal { up: found & up, down: found & down, second: 0 }
}

#[inline(always)]
pub(super) fn ladder_bottom<V: View>(v: &mut V) -> Signal {
    let [first, second, third, fourth, fifth] = [4, 3, 2, 1, 0].map(Candle);
    Signal::bullish(all!(v:
        v.black(first),
        v.black(second),
        v.black(third),
        v.black(fourth),
        v.white(fifth),
        v.above(first.open(), second.open()),
        v.above(second.open(), third.open()),
        v.falling_closes([first, second, third]),
        v.exceeds(fourth.upper(), ShadowVeryShort),
        v.above(fifth.open(), fourth.open()),
        v.above(fifth.close(), fourth.high()),
    ))
}

#[inline(always)]
pub(super) fn mat_hold<V: View>(v: &mut V) -> Signal {
    let [first, second, third, fourth, fifth] = [4, 3, 2, 1, 0].map(Candle);
    let floor = first.close_minus(Depth::Penetration);
    Signal::bullish(all!(v:
        v.white(first),
        v.black(second),
        v.white(fifth),
        v.gap_up(first, second),
        v.long(first),
        v.short(second),
        v.short(third),
        v.short(fourth),
        v.between(third.bottom(), floor, first.close()),
        v.between(fourth.bottom(), floor, first.close()),
        v.below(third.top(), second.open()),
        v.below(fourth.top(), third.top()),
        v.above(fifth.open(), fourth.close()),
        v.above(fifth.close(), second.high()),
        v.above(fifth.close(), third.high()),
        v.above(fifth.close(), fourth.high()),
    ))
}

#[inline(always)]
pub(super) fn rising_falling_three_methods<V: View>(v: &mut V) -> Signal {
    let [first, second, third, fourth, fifth] = [4, 3, 2, 1, 0].map(Candle);
    let found = all!(v:
        v.opposite(first, second),
        v.alike(second, third),
        v.alike(third, fourth),
        v.opposite(fourth, fifth),
        v.long(first),
        v.long(fifth),
        v.short(second),
        v.short(third),
        v.short(fourth),
        v.below(second.bottom(), first.high()) & v.above(second.top(), first.low()),
        v.below(third.bottom(), first.high()) & v.above(third.top(), first.low()),
        v.below(fourth.bottom(), first.high()) & v.above(fourth.top(), first.low()),
    );
    let white = v.white(first);
    let up = white
        & v.falling_closes([second, third, fourth])
        & v.above(fifth.open(), fourth.close())
        & v.above(fifth.close(), first.close());
    let down = !white
        & v.rising_closes([second, third, fourth])
        & v.below(fifth.open(), fourth.close())
        & v.below(fifth.close(), first.close());
    Signal { up: found & up, down: found & down, second: 0 }
}
