use crate::bars::{check_open_time, check_values};
use crate::{Bar, BarGrid, Bars, BarsView, Error, Timeframe, UnixNanos};

/// Which price of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum PriceSide {
    /// The price to sell at.
    Bid,
    /// The price to buy at.
    Ask,
    /// (bid + ask) / 2.
    Mid,
}

/// One side of a [`QuoteBar`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ohlcv {
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
    /// Sum of the side's tick volumes, in the feed's unit; of both sides for the mid.
    pub volume: f64,
}

/// One bar with the prices of both sides and their middle.
///
/// The prices of bid and ask are prices of ticks, bit for bit. The mid has its own extremes: its high is the highest
/// (bid + ask) / 2 of a tick, which is not the middle of the highs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuoteBar {
    /// Start of the bar, which lasts until [`BarGrid::end`].
    pub open_time: UnixNanos,
    /// Bid prices.
    pub bid: Ohlcv,
    /// Ask prices.
    pub ask: Ohlcv,
    /// Mid prices.
    pub mid: Ohlcv,
    /// Mean of ask − bid over the bar's ticks, in price units; NaN where crossed quotes make the mean negative.
    pub spread: f64,
    /// Ticks in the bar, at least 1.
    pub tick_count: u32,
}

impl QuoteBar {
    /// The bar of one side; volume as in [`Ohlcv`], spread and tick count are those of the quotes on every side.
    pub const fn bar(&self, side: PriceSide) -> Bar {
        let prices = match side {
            PriceSide::Bid => self.bid,
            PriceSide::Ask => self.ask,
            PriceSide::Mid => self.mid,
        };
        Bar {
            open_time: self.open_time,
            open: prices.open,
            high: prices.high,
            low: prices.low,
            close: prices.close,
            volume: prices.volume,
            spread: self.spread,
            tick_count: self.tick_count,
        }
    }
}

/// Bars of bid, ask and mid over one column of open times.
///
/// Each side holds what [`Bars`] holds. Bars without a tick are absent, not filled.
///
/// ```
/// use market::{PriceSide, Tick, Ticks, Timeframe, aggregate};
///
/// let mut ticks = Ticks::default();
/// for (time, bid, ask) in [("2019-02-04T13:00:01Z", 1.10, 1.12), ("2019-02-04T13:00:59Z", 1.11, 1.15)] {
///     ticks.push(Tick { time: time.parse()?, bid, ask, bid_volume: 1.0, ask_volume: 2.0 })?;
/// }
/// let quote_bars = aggregate(ticks.view(), Timeframe::M1);
/// let asks = quote_bars.view(PriceSide::Ask);
/// assert_eq!((asks.open[0], asks.close[0], asks.volume[0]), (1.12, 1.15, 4.0));
/// assert_eq!((asks.tick_count[0], asks.open_time[0].to_string().as_str()), (2, "2019-02-04T13:00:00Z"));
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteBars {
    grid: BarGrid,
    open_time: Vec<UnixNanos>,
    bid: Columns,
    ask: Columns,
    mid: Columns,
    spread: Vec<f64>,
    tick_count: Vec<u32>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Columns {
    open: Vec<f64>,
    high: Vec<f64>,
    low: Vec<f64>,
    close: Vec<f64>,
    volume: Vec<f64>,
}

impl Columns {
    fn with_capacity(capacity: usize) -> Self {
        Self {
            open: Vec::with_capacity(capacity),
            high: Vec::with_capacity(capacity),
            low: Vec::with_capacity(capacity),
            close: Vec::with_capacity(capacity),
            volume: Vec::with_capacity(capacity),
        }
    }

    fn push(&mut self, prices: &Ohlcv) {
        self.open.push(prices.open);
        self.high.push(prices.high);
        self.low.push(prices.low);
        self.close.push(prices.close);
        self.volume.push(prices.volume);
    }
}

impl QuoteBars {
    /// No bars, of a grid or of a timeframe in UTC.
    pub fn new(grid: impl Into<BarGrid>) -> Self {
        Self::with_capacity(grid, 0)
    }

    /// No bars, with room for `capacity`.
    pub fn with_capacity(grid: impl Into<BarGrid>, capacity: usize) -> Self {
        Self {
            grid: grid.into(),
            open_time: Vec::with_capacity(capacity),
            bid: Columns::with_capacity(capacity),
            ask: Columns::with_capacity(capacity),
            mid: Columns::with_capacity(capacity),
            spread: Vec::with_capacity(capacity),
            tick_count: Vec::with_capacity(capacity),
        }
    }

    /// Appends a bar.
    ///
    /// # Errors
    /// As [`Bars::push`], for any of the three sides; the bars are unchanged then.
    pub fn push(&mut self, bar: &QuoteBar) -> Result<(), Error> {
        check_open_time(self.grid, self.len(), self.open_time.last().copied(), bar.open_time)?;
        for side in [PriceSide::Bid, PriceSide::Ask, PriceSide::Mid] {
            check_values(self.len(), &bar.bar(side))?;
        }
        self.open_time.push(bar.open_time);
        self.bid.push(&bar.bid);
        self.ask.push(&bar.ask);
        self.mid.push(&bar.mid);
        self.spread.push(bar.spread);
        self.tick_count.push(bar.tick_count);
        Ok(())
    }

    /// Where bars start and end.
    pub fn grid(&self) -> BarGrid {
        self.grid
    }

    /// Length of each bar.
    pub fn timeframe(&self) -> Timeframe {
        self.grid.timeframe()
    }

    /// Number of bars.
    pub fn len(&self) -> usize {
        self.open_time.len()
    }

    /// Whether there is no bar.
    pub fn is_empty(&self) -> bool {
        self.open_time.is_empty()
    }

    /// The bars of one side, borrowed.
    pub fn view(&self, side: PriceSide) -> BarsView<'_> {
        let columns = match side {
            PriceSide::Bid => &self.bid,
            PriceSide::Ask => &self.ask,
            PriceSide::Mid => &self.mid,
        };
        BarsView {
            grid: self.grid,
            open_time: &self.open_time,
            open: &columns.open,
            high: &columns.high,
            low: &columns.low,
            close: &columns.close,
            volume: &columns.volume,
            spread: &self.spread,
            tick_count: &self.tick_count,
        }
    }

    /// The bars of one side, copied; spread and tick count come along.
    pub fn bars(&self, side: PriceSide) -> Bars {
        Bars::copied(self.view(side))
    }
}
