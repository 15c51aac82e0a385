//! Patterns of a single candle.
use super::setting::Setting::{Near, ShadowLong, ShadowShort, ShadowVeryLong, ShadowVeryShort};
use super::signal::{Signal, all};
use super::view::{Candle, View};

const CANDLE: Candle = Candle(0);

#[inline(always)]
pub(super) fn belt_hold<V: View>(v: &mut V) -> Signal {
    Signal::either(all!(v: v.belt_hold(CANDLE)), v.white(CANDLE))
}

#[inline(always)]
pub(super) fn closing_marubozu<V: View>(v: &mut V) -> Signal {
    let long = all!(v: v.long(CANDLE));
    let white = v.white(CANDLE);
    let closes_at_the_end = (white & v.shaven_head(CANDLE)) | (!white & v.shaven_bottom(CANDLE));
    Signal::either(long & closes_at_the_end, white)
}

#[inline(always)]
pub(super) fn doji<V: View>(v: &mut V) -> Signal {
    Signal::bullish(v.doji(CANDLE))
}

#[inline(always)]
pub(super) fn dragonfly_doji<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.doji(CANDLE),
        v.shaven_head(CANDLE),
        v.exceeds(CANDLE.lower(), ShadowVeryShort),
    ))
}

#[inline(always)]
pub(super) fn gravestone_doji<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.doji(CANDLE),
        v.shaven_bottom(CANDLE),
        v.exceeds(CANDLE.upper(), ShadowVeryShort),
    ))
}

#[inline(always)]
pub(super) fn high_wave<V: View>(v: &mut V) -> Signal {
    let found = all!(v:
        v.short(CANDLE),
        v.exceeds(CANDLE.upper(), ShadowVeryLong),
        v.exceeds(CANDLE.lower(), ShadowVeryLong),
    );
    Signal::either(found, v.white(CANDLE))
}

#[inline(always)]
pub(super) fn long_legged_doji<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.doji(CANDLE),
        v.exceeds(CANDLE.upper(), ShadowLong) | v.exceeds(CANDLE.lower(), ShadowLong),
    ))
}

#[inline(always)]
pub(super) fn long_line<V: View>(v: &mut V) -> Signal {
    let found = all!(v:
        v.long(CANDLE),
        v.within(CANDLE.upper(), ShadowShort),
        v.within(CANDLE.lower(), ShadowShort),
    );
    Signal::either(found, v.white(CANDLE))
}

#[inline(always)]
pub(super) fn marubozu<V: View>(v: &mut V) -> Signal {
    Signal::either(all!(v: v.marubozu(CANDLE)), v.white(CANDLE))
}

#[inline(always)]
pub(super) fn rickshaw_man<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.doji(CANDLE),
        v.exceeds(CANDLE.upper(), ShadowLong),
        v.exceeds(CANDLE.lower(), ShadowLong),
        v.at_most(CANDLE.bottom(), CANDLE.middle().plus(Near)),
        v.at_least(CANDLE.top(), CANDLE.middle().minus(Near)),
    ))
}

#[inline(always)]
pub(super) fn short_line<V: View>(v: &mut V) -> Signal {
    let found = all!(v:
        v.short(CANDLE),
        v.within(CANDLE.upper(), ShadowShort),
        v.within(CANDLE.lower(), ShadowShort),
    );
    Signal::either(found, v.white(CANDLE))
}

#[inline(always)]
pub(super) fn spinning_top<V: View>(v: &mut V) -> Signal {
    let found = all!(v:
        v.short(CANDLE),
        v.above(CANDLE.upper(), CANDLE.body()),
        v.above(CANDLE.lower(), CANDLE.body()),
    );
    Signal::either(found, v.white(CANDLE))
}

#[inline(always)]
pub(super) fn takuri<V: View>(v: &mut V) -> Signal {
    Signal::bullish(all!(v:
        v.doji(CANDLE),
        v.shaven_head(CANDLE),
        v.exceeds(CANDLE.lower(), ShadowVeryLong),
    ))
}
