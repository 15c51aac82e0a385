//! Patterns of two candles, and of one that is seen against the candle before.
use super::setting::Setting::{BodyDoji, BodyShort, Equal, Near, ShadowLong};
use super::signal::{Bars, Signal, all};
use super::view::{Candle, Depth, View};

const FIRST: Candle = Candle(1);
const SECOND: Candle = Candle(0);

#[inline(always)]
pub(super) fn counterattack<V: View>(v: &mut V) -> Signal {
    let found = all!(v:
        v.opposite(FIRST, SECOND),
        v.long(FIRST),
        v.long(SECOND),
        v.around(SECOND.close(), FIRST.close(), Equal),
    );
    Signal::either(found, v.white(SECOND))
}

#[inline(always)]
pub(super) fn dark_cloud_cover<V: View>(v: &mut V) -> Signal {
    Signal::bearish(all!(v:
        v.white(FIRST),
        v.black(SECOND),
        v.long(FIRST),
        v.above(SECOND.open(), FIRST.high()),
        v.between(SECOND.close(), FIRST.open(), FIRST.close_minus(Depth::Penetration)),
    ))
}

#[inline(always)]
pub(super) fn doji_star<V: View>(v: &mut V) -> Signal {
    let bodies = all!(v: v.doji(SECOND), v.long(FIRST));
    let white = v.white(FIRST);
    let star = (white & v.gap_up(FIRST, SECOND)) | (!white & v.gap_down(FIRST, SECOND));
    Signal::either(bodies & star, !white)
}

/// 80 instead of 100 if one end of the bodies is the same.
#[inline(always)]
pub(super) fn engulfing<V: View>(v: &mut V) -> Signal {
    let opposite = all!(v: v.opposite(FIRST, SECOND));
    let opens_below = v.below(SECOND.open(), FIRST.close());
    let opens_above = v.above(SECOND.open(), FIRST.close());
    let closes_below = v.below(SECOND.close(), FIRST.open());
    let closes_above = v.above(SECOND.close(), FIRST.open());
    let rising = (!closes_below & opens_below) | (closes_above & !opens_above);
    let falling = (!opens_below & closes_below) | (opens_above & !closes_above);
    let white = v.white(SECOND);
    let found = opposite & ((white & rising) | (!white & falling));
    let both_ends = (opens_below | opens_above) & (closes_below | closes_above);
    Signal { second: found & !both_ends, ..Signal::either(found, white) }
}

#[inline(always)]
pub(super) fn hammer<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.short(SECOND),
        v.exceeds(SECOND.lower(), ShadowLong),
        v.shaven_head(SECOND),
        v.at_most(SECOND.bottom(), FIRST.low().plus(Near)),
    ))
}

#[inline(always)]
pub(super) fn hanging_man<V: View>(v: &mut V) -> Signal {
    Signal::bearish(all!(v:
        v.short(SECOND),
        v.exceeds(SECOND.lower(), ShadowLong),
        v.shaven_head(SECOND),
        v.at_least(SECOND.bottom(), FIRST.high().minus(Near)),
    ))
}

#[inline(always)]
pub(super) fn inverted_hammer<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.short(SECOND),
        v.gap_down(FIRST, SECOND),
        v.exceeds(SECOND.upper(), ShadowLong),
        v.shaven_bottom(SECOND),
    ))
}

#[inline(always)]
pub(super) fn shooting_star<V: View>(v: &mut V) -> Signal {
    Signal::bearish(all!(v:
        v.short(SECOND),
        v.gap_up(FIRST, SECOND),
        v.exceeds(SECOND.upper(), ShadowLong),
        v.shaven_bottom(SECOND),
    ))
}

/// 80 instead of 100 if one end of the bodies is the same.
#[inline(always)]
pub(super) fn harami<V: View>(v: &mut V) -> Signal {
    let bodies = all!(v: v.long(FIRST), !v.exceeds(SECOND.body(), BodyShort));
    inside(v, bodies)
}

/// 80 instead of 100 if one end of the bodies is the same.
#[inline(always)]
pub(super) fn harami_cross<V: View>(v: &mut V) -> Signal {
    let bodies = all!(v: !v.exceeds(SECOND.body(), BodyDoji), v.long(FIRST));
    inside(v, bodies)
}

/// The second body inside of the first, given where the `bodies` are of the right lengths.
#[inline(always)]
fn inside<V: View>(v: &mut V, bodies: Bars) -> Signal {
    let touching = v.at_most(SECOND.top(), FIRST.top()) & v.at_least(SECOND.bottom(), FIRST.bottom());
    let strict = v.below(SECOND.top(), FIRST.top()) & v.above(SECOND.bottom(), FIRST.bottom());
    let found = bodies & touching;
    Signal { second: found & !strict, ..Signal::either(found, v.black(FIRST)) }
}

#[inline(always)]
pub(super) fn homing_pigeon<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.black(FIRST),
        v.black(SECOND),
        v.long(FIRST),
        !v.exceeds(SECOND.body(), BodyShort),
        v.below(SECOND.open(), FIRST.open()),
        v.above(SECOND.close(), FIRST.close()),
    ))
}

#[inline(always)]
pub(super) fn in_neck<V: View>(v: &mut V) -> Signal {
    Signal::bearish(all!(v:
        v.black(FIRST),
        v.white(SECOND),
        v.long(FIRST),
        v.below(SECOND.open(), FIRST.low()),
        v.at_most(SECOND.close(), FIRST.close().plus(Equal)),
        v.at_least(SECOND.close(), FIRST.close()),
    ))
}

#[inline(always)]
pub(super) fn on_neck<V: View>(v: &mut V) -> Signal {
    Signal::bearish(all!(v:
        v.black(FIRST),
        v.white(SECOND),
        v.long(FIRST),
        v.below(SECOND.open(), FIRST.low()),
        v.around(SECOND.close(), FIRST.low(), Equal),
    ))
}

#[inline(always)]
pub(super) fn thrusting<V: View>(v: &mut V) -> Signal {
    Signal::bearish(all!(v:
        v.black(FIRST),
        v.white(SECOND),
        v.long(FIRST),
        v.below(SECOND.open(), FIRST.low()),
        v.above(SECOND.close(), FIRST.close().plus(Equal)),
        v.at_most(SECOND.close(), FIRST.close_plus(Depth::Half)),
    ))
}

#[inline(always)]
pub(super) fn piercing<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.black(FIRST),
        v.white(SECOND),
        v.long(FIRST),
        v.long(SECOND),
        v.below(SECOND.open(), FIRST.low()),
        v.between(SECOND.close(), FIRST.close_plus(Depth::Half), FIRST.open()),
    ))
}

#[inline(always)]
pub(super) fn kicking<V: View>(v: &mut V) -> Signal {
    let opposite = all!(v: v.opposite(FIRST, SECOND), v.marubozu(FIRST), v.marubozu(SECOND));
    let white = v.white(SECOND);
    let gap = (white & v.shadow_gap_up(FIRST, SECOND)) | (!white & v.shadow_gap_down(FIRST, SECOND));
    Signal::either(opposite & gap, white)
}

/// The direction is that of the longer candle.
#[inline(always)]
pub(super) fn kicking_by_length<V: View>(v: &mut V) -> Signal {
    let Signal { up, down, .. } = kicking(v);
    let longer = v.above(SECOND.body(), FIRST.body());
    Signal::either(up | down, (up & longer) | (down & !longer))
}

#[inline(always)]
pub(super) fn matching_low<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.black(FIRST),
        v.black(SECOND),
        v.around(SECOND.close(), FIRST.close(), Equal),
    ))
}

#[inline(always)]
pub(super) fn separating_lines<V: View>(v: &mut V) -> Signal {
    let found = all!(v:
        v.opposite(FIRST, SECOND),
        v.around(SECOND.open(), FIRST.open(), Equal),
        v.belt_hold(SECOND),
    );
    Signal::either(found, v.white(SECOND))
}
