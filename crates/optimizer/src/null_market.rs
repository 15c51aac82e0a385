use std::ops::Range;

use market::BarsView;
use serde::{Deserialize, Serialize};
use trade_stats::{BarPermutation, Ohlc, OhlcMut};

use crate::Error;
use crate::sign_flips::SignFlips;

/// How markets that hold no pattern are made from the one that is tested. Both keep the first bars, the times, and (up to
/// rounding) the last price, so that the overall trend stays and is no evidence of anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NullMarket {
    /// Each bar's move off the mean move, with its gap, high and low, is turned upside down or left by the toss of a coin.
    ///
    /// Sizes stay where they are: volatility clusters, the day's profile, spreads and volumes are those of the market;
    /// what is gone is any relation between the past and the sign of the next move. Exact for returns whose signs are
    /// independent of everything before, however their sizes follow each other.
    ///
    /// Source: R. Luger, *Exact non-parametric tests for a random walk with unknown drift under conditional
    /// heteroscedasticity*, Journal of Econometrics 115 (2003); J. H. Kim, *Wild bootstrapping variance ratio tests*,
    /// Economics Letters 92 (2006).
    SignFlips,
    /// The bars in another order ([`BarPermutation`]); spread, volume and ticks move with their bar. Exact for returns that
    /// are independent and alike; volatility clusters and the day's profile are lost.
    ///
    /// Source: T. Masters, *Permutation and Randomization Tests for Trading System Development* (2020).
    Permutation,
}

/// Markets without a pattern, made from the bars of a window one after the other.
///
/// ```
/// use market::{Bar, Bars, Timeframe, UnixNanos};
/// use optimizer::{NullMarket, NullMarkets};
///
/// let mut bars = Bars::new(Timeframe::M1);
/// for (minute, (open, close)) in [(10.0, 10.5), (10.5, 10.0), (10.0, 11.0), (11.0, 12.0)].into_iter().enumerate() {
///     let open_time = UnixNanos(minute as i64 * 60_000_000_000);
///     let (high, low) = (f64::max(open, close), f64::min(open, close));
///     bars.push(Bar { open_time, open, high, low, close, volume: 1.0, spread: 0.1, tick_count: 1 })?;
/// }
/// let mut markets = NullMarkets::new(bars.view(), 0..4, NullMarket::SignFlips, 7)?;
/// let market = markets.get(0);
/// assert_eq!(market.close[0], 10.5);
/// assert!((market.close[3] - 12.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct NullMarkets<'a> {
    bars: BarsView<'a>,
    maker: Maker<'a>,
    columns: Columns,
}

#[derive(Debug)]
enum Maker<'a> {
    SignFlips(SignFlips),
    Permutation { permutation: BarPermutation<'a>, start: usize },
}

/// The columns that differ from those of the market.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) open: Vec<f64>,
    pub(crate) high: Vec<f64>,
    pub(crate) low: Vec<f64>,
    pub(crate) close: Vec<f64>,
    volume: Vec<f64>,
    spread: Vec<f64>,
    tick_count: Vec<u32>,
}

impl<'a> NullMarkets<'a> {
    /// Prepares them. Bars before `window` stay as they are, for indicators to look back on; bars behind it are not looked
    /// at and not part of the markets.
    ///
    /// # Errors
    /// [`Error::Window`] for a window outside of the bars or of fewer than 3; [`Error::Statistics`] for prices that
    /// [`market::Bars`] would not hold.
    pub fn new(bars: BarsView<'a>, window: Range<usize>, null: NullMarket, seed: u64) -> Result<Self, Error> {
        if window.len() < 3 || window.end > bars.len() {
            return Err(Error::Window { start: window.start, end: window.end, n_bars: bars.len() });
        }
        let bars = bars.slice(0..window.end);
        // The first bar's move needs a close before it.
        let start = window.start.max(1);
        let ohlc = Ohlc { open: bars.open, high: bars.high, low: bars.low, close: bars.close };
        let failed = |source: trade_stats::Error| Error::Statistics { what: "null markets", source: Box::new(source) };
        let permutation = BarPermutation::new(ohlc, start, seed).map_err(failed)?;
        let maker = match null {
            NullMarket::SignFlips => Maker::SignFlips(SignFlips::new(&bars, start, seed)),
            NullMarket::Permutation => Maker::Permutation { permutation, start },
        };
        Ok(Self { bars, maker, columns: Columns::of(&bars) })
    }

    /// Market number `index`, which does not depend on those asked for before. O(bars).
    pub fn get(&mut self, index: u64) -> BarsView<'_> {
        let Self { bars, maker, columns } = self;
        match maker {
            Maker::SignFlips(flips) => flips.fill(index, bars, columns),
            Maker::Permutation { permutation, start } => {
                let Columns { open, high, low, close, volume, spread, tick_count } = &mut *columns;
                permutation.fill(index, OhlcMut { open, high, low, close });
                for (bar, row) in (*start..).zip(permutation.bar_rows()) {
                    let from = *start + row;
                    volume[bar] = bars.volume[from];
                    spread[bar] = bars.spread[from];
                    tick_count[bar] = bars.tick_count[from];
                }
            }
        }
        columns.view(bars)
    }
}

impl Columns {
    fn of(bars: &BarsView<'_>) -> Self {
        Self {
            open: bars.open.to_vec(),
            high: bars.high.to_vec(),
            low: bars.low.to_vec(),
            close: bars.close.to_vec(),
            volume: bars.volume.to_vec(),
            spread: bars.spread.to_vec(),
            tick_count: bars.tick_count.to_vec(),
        }
    }

    fn view<'v>(&'v self, bars: &BarsView<'v>) -> BarsView<'v> {
        BarsView {
            grid: bars.grid,
            open_time: bars.open_time,
            open: &self.open,
            high: &self.high,
            low: &self.low,
            close: &self.close,
            volume: &self.volume,
            spread: &self.spread,
            tick_count: &self.tick_count,
        }
    }
}
