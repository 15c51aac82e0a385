use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::resample::shuffle;
use crate::error::{Error, check_count, check_finite};

/// Prices of bars, one entry a bar in each slice, oldest first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ohlc<'a> {
    /// Prices at which the bars open.
    pub open: &'a [f64],
    /// Highest prices.
    pub high: &'a [f64],
    /// Lowest prices.
    pub low: &'a [f64],
    /// Prices at which the bars close.
    pub close: &'a [f64],
}

/// Memory for bars, to be written to.
#[derive(Debug)]
pub struct OhlcMut<'a> {
    /// Prices at which the bars open.
    pub open: &'a mut [f64],
    /// Highest prices.
    pub high: &'a mut [f64],
    /// Lowest prices.
    pub low: &'a mut [f64],
    /// Prices at which the bars close.
    pub close: &'a mut [f64],
}

/// Permutations of a market: the same bars in an order without any pattern. A strategy that does as well on them as on
/// the market found nothing in the market.
///
/// The gap from each close to the next open and the bar's own moves (open to high, low and close, which stay together) are
/// shuffled, gaps apart from bars, and the market is put together again from the first kept bar. So the first and the
/// last price, the overall trend, and the distributions of gaps, ranges and bodies stay (the last price up to rounding,
/// as the order of the products changes), and order, volatility clusters and everything else over time is gone.
///
/// Run the **whole** search on each permutation and compare its best result with
/// [`permutation_p_value`](crate::permutation_p_value).
///
/// Bars before `start` stay as they are, so that a training part, or bars that indicators need, can be kept; nothing of
/// the permuted part gets into them. Two markets with the same `start`, seed and number of bars get the same permutation,
/// which keeps what they have in common in each bar.
///
/// Source: T. Masters, *Permutation and Randomization Tests for Trading System Development* (2020), chapter on bar
/// permutation.
///
/// ```
/// use trade_stats::{BarPermutation, Ohlc, OhlcMut};
///
/// let bars = Ohlc {
///     open: &[10.0, 11.0, 12.0, 11.0],
///     high: &[11.5, 12.0, 12.5, 13.0],
///     low: &[9.5, 10.5, 11.0, 10.5],
///     close: &[11.0, 11.5, 11.5, 12.0],
/// };
/// let mut permutation = BarPermutation::new(bars, 1, 7)?;
/// let [mut open, mut high, mut low, mut close] = [[0.0; 4]; 4];
/// permutation.fill(0, OhlcMut { open: &mut open, high: &mut high, low: &mut low, close: &mut close });
/// assert!(close[0] == 11.0 && (close[3] - 12.0).abs() < 1e-12);
/// # Ok::<(), trade_stats::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct BarPermutation<'a> {
    bars: Ohlc<'a>,
    start: usize,
    random: ChaCha8Rng,
    /// Open over the close before, of each permuted bar.
    gaps: Vec<f64>,
    /// High, low and close over the open of the bar.
    moves: Vec<[f64; 3]>,
    gap_rows: Vec<usize>,
    bar_rows: Vec<usize>,
}

impl<'a> BarPermutation<'a> {
    /// Prepares permutations of the bars from `start` on; the close of bar `start` − 1 is where they begin. O(n).
    ///
    /// # Errors
    /// [`Error::Length`] for columns of different length; [`Error::NotFinite`]; [`Error::OutOfRange`] for a price not above
    /// 0, a high below or a low above open or close, or a `start` of 0; [`Error::TooFew`] for fewer than 2 bars from
    /// `start` on.
    pub fn new(bars: Ohlc<'a>, start: usize, seed: u64) -> Result<Self, Error> {
        check(&bars)?;
        if start == 0 {
            return Err(Error::OutOfRange { what: "start", value: 0.0, allowed: "at least 1" });
        }
        let n = bars.open.len().saturating_sub(start);
        check_count("bars from start on", n, 2)?;
        let part = start..bars.open.len();
        let moves = part.clone().map(|i| [bars.high[i], bars.low[i], bars.close[i]].map(|price| price / bars.open[i]));
        Ok(Self {
            bars,
            start,
            random: ChaCha8Rng::seed_from_u64(seed),
            gaps: part.map(|i| bars.open[i] / bars.close[i - 1]).collect(),
            moves: moves.collect(),
            gap_rows: vec![0; n],
            bar_rows: vec![0; n],
        })
    }

    /// Writes permutation number `index`, which does not depend on those written before. O(n), without allocation.
    ///
    /// # Panics
    /// If a column of `out` does not have the length of the bars.
    pub fn fill(&mut self, index: u64, out: OhlcMut<'_>) {
        let n = self.bars.open.len();
        let OhlcMut { open, high, low, close } = out;
        for column in [&*open, &*high, &*low, &*close] {
            assert_eq!(column.len(), n, "BarPermutation::fill: out differs in length from the bars");
        }
        self.random.set_stream(index);
        self.random.set_word_pos(0);
        shuffle(&mut self.random, &mut self.gap_rows);
        shuffle(&mut self.random, &mut self.bar_rows);
        let kept = self.start;
        open[..kept].copy_from_slice(&self.bars.open[..kept]);
        high[..kept].copy_from_slice(&self.bars.high[..kept]);
        low[..kept].copy_from_slice(&self.bars.low[..kept]);
        close[..kept].copy_from_slice(&self.bars.close[..kept]);
        for (i, (gap, bar)) in (kept..n).zip(self.gap_rows.iter().zip(&self.bar_rows)) {
            let [to_high, to_low, to_close] = self.moves[*bar];
            open[i] = close[i - 1] * self.gaps[*gap];
            // Products with one factor in common keep their order, so low ≤ open, close ≤ high stays true to the bit.
            high[i] = open[i] * to_high;
            low[i] = open[i] * to_low;
            close[i] = open[i] * to_close;
        }
    }

    /// For each bar from `start` on, the bar (counted from `start`) whose moves it has in the permutation written last:
    /// volumes and spreads belong to those moves. All 0 before the first [`fill`](Self::fill).
    pub fn bar_rows(&self) -> &[usize] {
        &self.bar_rows
    }
}

fn check(bars: &Ohlc<'_>) -> Result<(), Error> {
    let n = bars.open.len();
    for (what, column) in [("open", bars.open), ("high", bars.high), ("low", bars.low), ("close", bars.close)] {
        if column.len() != n {
            return Err(Error::Length { what, found: column.len(), expected: n });
        }
        check_finite(what, 0, column)?;
        if let Some(&value) = column.iter().find(|price| **price <= 0.0) {
            return Err(Error::OutOfRange { what: "price", value, allowed: "above 0" });
        }
    }
    for i in 0..n {
        if bars.high[i] < bars.open[i] || bars.high[i] < bars.close[i] {
            return Err(Error::OutOfRange { what: "high", value: bars.high[i], allowed: "not below open and close" });
        }
        if bars.low[i] > bars.open[i] || bars.low[i] > bars.close[i] {
            return Err(Error::OutOfRange { what: "low", value: bars.low[i], allowed: "not above open and close" });
        }
    }
    Ok(())
}
