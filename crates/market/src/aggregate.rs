use crate::ticks::check_tick;
use crate::{BarGrid, Error, Ohlcv, QuoteBar, QuoteBars, Tick, TicksView, UnixNanos};

/// Makes bars of ticks, one tick at a time.
///
/// A bar is handed out when the first tick after it arrives, so a bar that has been handed out never changes. Minutes
/// without a tick give no bar. For several grids at once there is [`MultiAggregator`](crate::MultiAggregator).
///
/// ```
/// use market::{Aggregator, Tick, Timeframe};
///
/// let tick = |time: &str, bid: f64| -> Result<Tick, market::Error> {
///     Ok(Tick { time: time.parse()?, bid, ask: bid + 0.25, bid_volume: 1.0, ask_volume: 1.0 })
/// };
/// let mut aggregator = Aggregator::new(Timeframe::M1);
/// assert_eq!(aggregator.push(tick("2019-02-04T13:00:10Z", 1.5)?)?, None);
/// assert_eq!(aggregator.push(tick("2019-02-04T13:00:40Z", 1.25)?)?, None);
/// let bar = aggregator.push(tick("2019-02-04T13:01:00Z", 1.75)?)?.ok_or("the first minute is over")?;
/// assert_eq!((bar.bid.open, bar.bid.low, bar.bid.close, bar.spread), (1.5, 1.25, 1.25, 0.25));
/// assert_eq!(aggregator.finish().map(|bar| bar.tick_count), Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Aggregator {
    order: TickOrder,
    building: Building,
}

/// Checks ticks one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct TickOrder {
    row: usize,
    last_time: Option<UnixNanos>,
}

/// The bar of one grid that is being made.
#[derive(Clone, Debug)]
pub(crate) struct Building {
    grid: BarGrid,
    // The last nanosecond of the bar being made: inclusive, so that the end of time needs no special case.
    bar_end: UnixNanos,
    bar: Option<Partial>,
}

#[derive(Clone, Copy, Debug)]
struct Partial {
    open_time: UnixNanos,
    bid: Ohlcv,
    ask: Ohlcv,
    mid: Ohlcv,
    spread_sum: f64,
    tick_count: u32,
}

impl Aggregator {
    /// An aggregator before its first tick, for bars of a grid or of a timeframe in UTC.
    pub fn new(grid: impl Into<BarGrid>) -> Self {
        Self { order: TickOrder::default(), building: Building::new(grid.into()) }
    }

    /// Takes the next tick and returns the bar before it, if `tick` is the first after that bar.
    ///
    /// # Errors
    /// What [`Ticks::push`](crate::Ticks::push) refuses; the row counts the ticks taken so far. The aggregator is
    /// unchanged then.
    #[inline]
    pub fn push(&mut self, tick: Tick) -> Result<Option<QuoteBar>, Error> {
        self.order.check(&tick)?;
        Ok(self.building.add(tick))
    }

    /// The last bar, made of the ticks seen so far; `None` if there was no tick.
    pub fn finish(self) -> Option<QuoteBar> {
        self.building.finish()
    }
}

impl TickOrder {
    /// Whether `tick` may come next; if so, it has come.
    #[inline]
    pub(crate) fn check(&mut self, tick: &Tick) -> Result<(), Error> {
        check_tick(self.row, self.last_time, tick)?;
        self.row += 1;
        self.last_time = Some(tick.time);
        Ok(())
    }
}

impl Building {
    pub(crate) fn new(grid: BarGrid) -> Self {
        Self { grid, bar_end: UnixNanos(i64::MIN), bar: None }
    }

    /// Takes the next tick, which has been checked, and returns the bar that it ends.
    #[inline]
    pub(crate) fn add(&mut self, tick: Tick) -> Option<QuoteBar> {
        if let Some(bar) = &mut self.bar
            && tick.time <= self.bar_end
        {
            bar.add(&tick);
            return None;
        }
        self.start(tick)
    }

    pub(crate) fn finish(self) -> Option<QuoteBar> {
        self.bar.map(Partial::finish)
    }

    // By value, so that the ticks of the path above stay in registers.
    #[inline(never)]
    fn start(&mut self, tick: Tick) -> Option<QuoteBar> {
        let span = self.grid.span(tick.time);
        self.bar_end = span.last;
        self.bar.replace(Partial::start(span.first, &tick)).map(Partial::finish)
    }
}

impl Partial {
    fn start(open_time: UnixNanos, tick: &Tick) -> Self {
        let at = |price, volume| Ohlcv { open: price, high: price, low: price, close: price, volume };
        Self {
            open_time,
            bid: at(tick.bid, tick.bid_volume),
            ask: at(tick.ask, tick.ask_volume),
            mid: at(mid(tick), 0.0),
            spread_sum: tick.ask - tick.bid,
            tick_count: 1,
        }
    }

    #[inline]
    fn add(&mut self, tick: &Tick) {
        add_price(&mut self.bid, tick.bid);
        add_price(&mut self.ask, tick.ask);
        add_price(&mut self.mid, mid(tick));
        self.bid.volume += tick.bid_volume;
        self.ask.volume += tick.ask_volume;
        self.spread_sum += tick.ask - tick.bid;
        self.tick_count += 1;
    }

    fn finish(self) -> QuoteBar {
        let spread = self.spread_sum / f64::from(self.tick_count);
        QuoteBar {
            open_time: self.open_time,
            bid: self.bid,
            ask: self.ask,
            mid: Ohlcv { volume: self.bid.volume + self.ask.volume, ..self.mid },
            spread: if spread < 0.0 { f64::NAN } else { spread },
            tick_count: self.tick_count,
        }
    }
}

#[inline]
fn mid(tick: &Tick) -> f64 {
    (tick.bid + tick.ask) * 0.5
}

#[inline]
fn add_price(side: &mut Ohlcv, price: f64) {
    // Checked prices are never NaN; written so, each line is one machine instruction without a branch.
    side.high = if price > side.high { price } else { side.high };
    side.low = if price < side.low { price } else { side.low };
    side.close = price;
}

/// Bars of bid, ask and mid with mean spread and tick count, in one pass over `ticks`.
///
/// Of each side: open is the first price, close the last, high and low the extremes, volume the sum, over the ticks from
/// the open time to the [end](BarGrid::end) of the bar. The first and the last bar hold the ticks that are there, even if
/// the data starts or ends inside of them. Equal to one [`Aggregator::push`] after another.
///
/// # Panics
/// If `ticks` does not hold what [`Ticks`](crate::Ticks) holds, which only a view put together by hand can do.
pub fn aggregate(ticks: TicksView<'_>, grid: impl Into<BarGrid>) -> QuoteBars {
    aggregate_on(ticks, grid.into())
}

// Not generic, so that it is compiled here, where the loop over the ticks is one piece.
fn aggregate_on(ticks: TicksView<'_>, grid: BarGrid) -> QuoteBars {
    let mut aggregator = Aggregator::new(grid);
    let mut bars = QuoteBars::with_capacity(grid, most_bars(ticks, grid));
    for tick in ticks.iter() {
        let done = aggregator.push(tick).unwrap_or_else(|error| panic!("aggregate: {error}"));
        if let Some(bar) = done {
            append(&mut bars, &bar);
        }
    }
    if let Some(bar) = aggregator.finish() {
        append(&mut bars, &bar);
    }
    bars
}

/// About how many bars there can be: a month may be shorter than the mean, and a day with daylight saving.
pub(crate) fn most_bars(ticks: TicksView<'_>, grid: BarGrid) -> usize {
    let (Some(first), Some(last)) = (ticks.time.first(), ticks.time.last()) else { return 0 };
    let span = last.0.saturating_sub(first.0) / grid.timeframe().nanos();
    usize::try_from(span).map_or(0, |span| ticks.len().min(span.saturating_add(2)))
}

pub(crate) fn append(bars: &mut QuoteBars, bar: &QuoteBar) {
    bars.push(bar).expect("bars of checked ticks are in order and consistent");
}
