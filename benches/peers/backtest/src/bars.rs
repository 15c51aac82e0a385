//! The bars that everybody reads.
use std::path::Path;

use anyhow::{Context, Result};
use market::{Bar, Bars, Timeframe, UnixNanos};

/// `SplitMix64`. Source: Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
struct Dice(u64);

impl Dice {
    /// 0 to 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Mean 0, variance 1, nearly a normal distribution.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

/// A walk from 100 of 0.05 % a minute, in ticks of 0.001, with a spread of 0.01.
pub(crate) fn walk(n_bars: usize) -> Result<Bars> {
    let rounded = |price: f64| (price * 1e3).round() / 1e3;
    let (mut dice, mut bars, mut close) = (Dice(42), Bars::new(Timeframe::M1), 100.0);
    for minute in 0..i64::try_from(n_bars)? {
        let open = close;
        close = rounded(open * (1.0 + 0.0005 * dice.normal()));
        let high = rounded(f64::max(open, close) * (1.0 + 0.0002 * dice.normal().abs()));
        let low = rounded(f64::min(open, close) * (1.0 - 0.0002 * dice.normal().abs()));
        let open_time = UnixNanos(minute * Timeframe::M1.nanos());
        bars.push(Bar { open_time, open, high, low, close, volume: 1000.0, spread: 0.01, tick_count: 1 })?;
    }
    Ok(bars)
}

/// Writes open, high, low and close, one column behind the other, as 64-bit floats, the least significant byte first.
pub(crate) fn write(bars: &Bars, path: &Path) -> Result<()> {
    let view = bars.view();
    let columns = [view.open, view.high, view.low, view.close];
    let bytes: Vec<u8> = columns.into_iter().flatten().flat_map(|price| price.to_le_bytes()).collect();
    std::fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}
