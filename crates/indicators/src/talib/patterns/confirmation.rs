//! What the two Hikkake patterns share: a setup that the market may confirm within three bars.
use super::signal::{Bars, Signal};
use super::view::{Candle, View};

/// ±100 where a setup is complete, ±200 where one of the next three closes leaves the candle before the setup's last
/// in the setup's direction. Each setup is confirmed at most once; a new setup takes the place of the one before.
#[inline(always)]
pub(super) fn confirm<V: View>(v: &mut V, up: Bars, down: Bars) -> Signal {
    let mut signal = Signal { up, down, second: 0 };
    let (mut rising, mut falling) = (up, down);
    for bars_later in 1..=3 {
        let left_behind = Candle(bars_later + 1);
        let undisturbed = !(up | down);
        rising = (rising << 1) & undisturbed;
        falling = (falling << 1) & undisturbed;
        let rises = rising & v.above(Candle(0).close(), left_behind.high());
        let falls = falling & v.below(Candle(0).close(), left_behind.low());
        signal = Signal { up: signal.up | rises, down: signal.down | falls, second: signal.second | rises | falls };
        rising &= !rises;
        falling &= !falls;
    }
    signal
}
