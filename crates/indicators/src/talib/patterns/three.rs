//! Patterns of three candles.
use super::confirmation::confirm;
use super::setting::Setting::{BodyDoji, BodyShort, Equal, Far, Near, ShadowLong, ShadowShort, ShadowVeryShort};
use super::signal::{Signal, all};
use super::view::{Candle, Depth, Key, View};

const FIRST: Candle = Candle(2);
const SECOND: Candle = Candle(1);
const THIRD: Candle = Candle(0);

#[inline(always)]
pub(super) fn two_crows<V: View>(v: &mut V) -> Signal {
    Signal::bearish(all!(v:
        v.white(FIRST),
        v.black(SECOND),
        v.black(THIRD),
        v.gap_up(FIRST, SECOND),
        v.long(FIRST),
        v.between(THIRD.open(), SECOND.close(), SECOND.open()),
        v.between(THIRD.close(), FIRST.open(), FIRST.close()),
    ))
}

#[inline(always)]
pub(super) fn upside_gap_two_crows<V: View>(v: &mut V) -> Signal {
    Signal::bearish(all!(v:
        v.white(FIRST),
        v.black(SECOND),
        v.black(THIRD),
        v.gap_up(FIRST, SECOND),
        v.long(FIRST),
        !v.exceeds(SECOND.body(), BodyShort),
        v.above(THIRD.open(), SECOND.open()),
        v.between(THIRD.close(), FIRST.close(), SECOND.close()),
    ))
}

/// The high of the white candle before the three is above the first close.
#[inline(always)]
pub(super) fn three_black_crows<V: View>(v: &mut V) -> Signal {
    let before = Candle(3);
    Signal::bearish(all!(v:
        v.white(before),
        v.black(FIRST),
        v.black(SECOND),
        v.black(THIRD),
        v.between(SECOND.open(), FIRST.close(), FIRST.open()),
        v.between(THIRD.open(), SECOND.close(), SECOND.open()),
        v.above(before.high(), FIRST.close()),
        v.falling_closes([FIRST, SECOND, THIRD]),
        v.shaven_bottom(FIRST),
        v.shaven_bottom(SECOND),
        v.shaven_bottom(THIRD),
    ))
}

#[inline(always)]
pub(super) fn identical_three_crows<V: View>(v: &mut V) -> Signal {
    Signal::bearish(all!(v:
        v.black(FIRST),
        v.black(SECOND),
        v.black(THIRD),
        v.falling_closes([FIRST, SECOND, THIRD]),
        v.shaven_bottom(FIRST),
        v.shaven_bottom(SECOND),
        v.shaven_bottom(THIRD),
        v.around(SECOND.open(), FIRST.close(), Equal),
        v.around(THIRD.open(), SECOND.close(), Equal),
    ))
}

#[inline(always)]
pub(super) fn three_inside<V: View>(v: &mut V) -> Signal {
    let found = all!(v:
        v.opposite(FIRST, THIRD),
        v.long(FIRST),
        !v.exceeds(SECOND.body(), BodyShort),
        v.below(SECOND.top(), FIRST.top()),
        v.above(SECOND.bottom(), FIRST.bottom()),
    );
    let black = v.black(FIRST);
    let up = black & v.above(THIRD.close(), FIRST.open());
    let down = !black & v.below(THIRD.close(), FIRST.open());
    Signal { up: found & up, down: found & down, second: 0 }
}

#[inline(always)]
pub(super) fn three_outside<V: View>(v: &mut V) -> Signal {
    let opposite = all!(v: v.opposite(FIRST, SECOND));
    let white = v.white(SECOND);
    let up = white
        & v.above(SECOND.close(), FIRST.open())
        & v.below(SECOND.open(), FIRST.close())
        & v.above(THIRD.close(), SECOND.close());
    let down = !white
        & v.above(SECOND.open(), FIRST.close())
        & v.below(SECOND.close(), FIRST.open())
        & v.below(THIRD.close(), SECOND.close());
    Signal { up: opposite & up, down: opposite & down, second: 0 }
}

#[inline(always)]
pub(super) fn three_stars_in_the_south<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.black(FIRST),
        v.black(SECOND),
        v.black(THIRD),
        v.long(FIRST),
        v.exceeds(FIRST.lower(), ShadowLong),
        v.below(SECOND.body(), FIRST.body()),
        v.above(SECOND.open(), FIRST.close()),
        v.at_most(SECOND.open(), FIRST.high()),
        v.below(SECOND.low(), FIRST.close()),
        v.at_least(SECOND.low(), FIRST.low()),
        v.exceeds(SECOND.lower(), ShadowVeryShort),
        v.short(THIRD),
        v.shaven_bottom(THIRD),
        v.shaven_head(THIRD),
        v.above(THIRD.low(), SECOND.low()),
        v.below(THIRD.high(), SECOND.high()),
    ))
}

#[inline(always)]
pub(super) fn three_white_soldiers<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.advance([FIRST, SECOND, THIRD]),
        v.above(THIRD.open(), SECOND.open()),
        v.at_most(THIRD.open(), SECOND.close().plus(Near)),
        v.shaven_head(FIRST),
        v.shaven_head(SECOND),
        v.shaven_head(THIRD),
        v.above(SECOND.body(), FIRST.body().minus(Far)),
        v.above(THIRD.body(), SECOND.body().minus(Far)),
        v.not_short(THIRD),
    ))
}

#[inline(always)]
pub(super) fn advance_block<V: View>(v: &mut V) -> Signal {
    let found = all!(v:
        v.advance([FIRST, SECOND, THIRD]),
        v.above(THIRD.open(), SECOND.open()),
        v.at_most(THIRD.open(), SECOND.close().plus(Near)),
        v.long(FIRST),
        v.within(FIRST.upper(), ShadowShort),
    );
    let second_is_smaller = v.below(SECOND.body(), FIRST.body());
    let third_is_smaller = v.below(THIRD.body(), SECOND.body());
    let second_is_far_smaller = v.below(SECOND.body(), FIRST.body().minus(Far));
    let third_is_far_smaller = v.below(THIRD.body(), SECOND.body().minus(Far));
    let third_is_not_longer = v.below(THIRD.body(), SECOND.body().plus(Near));
    let shadows = v.exceeds(THIRD.upper(), ShadowShort) | v.exceeds(SECOND.upper(), ShadowShort);
    let weak = (second_is_far_smaller & third_is_not_longer)
        | third_is_far_smaller
        | (third_is_smaller & second_is_smaller & shadows)
        | (third_is_smaller & v.exceeds(THIRD.upper(), ShadowLong));
    Signal::bearish(found & weak)
}

#[inline(always)]
pub(super) fn stalled_pattern<V: View>(v: &mut V) -> Signal {
    Signal::bearish(all!(v:
        v.advance([FIRST, SECOND, THIRD]),
        v.long(FIRST),
        v.long(SECOND),
        v.short(THIRD),
        v.shaven_head(SECOND),
        v.at_least(THIRD.open(), THIRD.term(Key::Shoulder)),
    ))
}

#[inline(always)]
pub(super) fn abandoned_baby<V: View>(v: &mut V) -> Signal {
    let found = all!(v: v.doji(SECOND), v.opposite(FIRST, THIRD), v.long(FIRST), v.not_short(THIRD));
    let white = v.white(FIRST);
    let down = white
        & v.below(THIRD.close(), FIRST.close_minus(Depth::Penetration))
        & v.shadow_gap_up(FIRST, SECOND)
        & v.shadow_gap_down(SECOND, THIRD);
    let up = !white
        & v.above(THIRD.close(), FIRST.close_plus(Depth::Penetration))
        & v.shadow_gap_down(FIRST, SECOND)
        & v.shadow_gap_up(SECOND, THIRD);
    Signal { up: found & up, down: found & down, second: 0 }
}

#[inline(always)]
pub(super) fn evening_doji_star<V: View>(v: &mut V) -> Signal {
    let star = all!(v: v.doji(SECOND), v.gap_up(FIRST, SECOND));
    Signal::bearish(all!(v: star, v.evening(FIRST, THIRD)))
}

#[inline(always)]
pub(super) fn evening_star<V: View>(v: &mut V) -> Signal {
    let star = all!(v: !v.exceeds(SECOND.body(), BodyShort), v.gap_up(FIRST, SECOND));
    Signal::bearish(all!(v: star, v.evening(FIRST, THIRD)))
}

#[inline(always)]
pub(super) fn morning_doji_star<V: View>(v: &mut V) -> Signal {
    let star = all!(v: v.doji(SECOND), v.gap_down(FIRST, SECOND));
    Signal::bullish(all!(v: star, v.morning(FIRST, THIRD)))
}

#[inline(always)]
pub(super) fn morning_star<V: View>(v: &mut V) -> Signal {
    let star = all!(v: !v.exceeds(SECOND.body(), BodyShort), v.gap_down(FIRST, SECOND));
    Signal::bullish(all!(v: star, v.morning(FIRST, THIRD)))
}

#[inline(always)]
pub(super) fn gap_side_by_side_white_lines<V: View>(v: &mut V) -> Signal {
    let found = all!(v:
        v.white(SECOND),
        v.white(THIRD),
        v.around(THIRD.open(), SECOND.open(), Equal),
        v.around(THIRD.body(), SECOND.body(), Near),
    );
    let up = v.gap_up(FIRST, SECOND) & v.gap_up(FIRST, THIRD);
    let down = v.gap_down(FIRST, SECOND) & v.gap_down(FIRST, THIRD);
    Signal { up: found & up, down: found & down, second: 0 }
}

#[inline(always)]
pub(super) fn hikkake<V: View>(v: &mut V) -> Signal {
    let inside = v.below(SECOND.high(), FIRST.high()) & v.above(SECOND.low(), FIRST.low());
    let up = inside & v.below(THIRD.high(), SECOND.high()) & v.below(THIRD.low(), SECOND.low());
    let down = inside & v.above(THIRD.high(), SECOND.high()) & v.above(THIRD.low(), SECOND.low());
    confirm(v, up, down)
}

#[inline(always)]
pub(super) fn stick_sandwich<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.black(FIRST),
        v.white(SECOND),
        v.black(THIRD),
        v.above(SECOND.low(), FIRST.close()),
        v.around(THIRD.close(), FIRST.close(), Equal),
    ))
}

#[inline(always)]
pub(super) fn tasuki_gap<V: View>(v: &mut V) -> Signal {
    let found = all!(v: v.opposite(SECOND, THIRD), v.below(THIRD.body_change(), SECOND.limit(Near)));
    let white = v.white(SECOND);
    let up = white
        & v.gap_up(FIRST, SECOND)
        & v.between(THIRD.open(), SECOND.open(), SECOND.close())
        & v.between(THIRD.close(), FIRST.top(), SECOND.open());
    let down = !white
        & v.gap_down(FIRST, SECOND)
        & v.between(THIRD.open(), SECOND.close(), SECOND.open())
        & v.between(THIRD.close(), SECOND.open(), FIRST.bottom());
    Signal { up: found & up, down: found & down, second: 0 }
}

/// All three bodies are measured against the limit at the first.
#[inline(always)]
pub(super) fn tristar<V: View>(v: &mut V) -> Signal {
    let limit = FIRST.limit(BodyDoji);
    let found = all!(v:
        v.at_most(FIRST.body(), limit),
        v.at_most(SECOND.body(), limit),
        v.at_most(THIRD.body(), limit),
    );
    let down = v.gap_up(FIRST, SECOND) & v.below(THIRD.top(), SECOND.top());
    let up = v.gap_down(FIRST, SECOND) & v.above(THIRD.bottom(), SECOND.bottom());
    Signal { up: found & up, down: found & down, second: 0 }
}

#[inline(always)]
pub(super) fn unique_three_river<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.black(FIRST),
        v.black(SECOND),
        v.white(THIRD),
        v.above(SECOND.close(), FIRST.close()),
        v.at_most(SECOND.open(), FIRST.open()),
        v.below(SECOND.low(), FIRST.low()),
        v.above(THIRD.open(), SECOND.low()),
        v.long(FIRST),
        v.short(THIRD),
    ))
}

#[inline(always)]
pub(super) fn gap_three_methods<V: View>(v: &mut V) -> Signal {
    let found = all!(v:
        v.alike(FIRST, SECOND),
        v.opposite(SECOND, THIRD),
        v.between(THIRD.open(), SECOND.bottom(), SECOND.top()),
        v.between(THIRD.close(), FIRST.bottom(), FIRST.top()),
    );
    let white = v.white(FIRST);
    let gap = (white & v.gap_up(FIRST, SECOND)) | (!white & v.gap_down(FIRST, SECOND));
    Signal::either(found & gap, white)
}
