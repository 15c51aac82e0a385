use crate::aggregate::{Building, TickOrder, append, most_bars};
use crate::{BarGrid, Error, QuoteBar, QuoteBars, Tick, TicksView};

/// Makes bars of several grids of ticks, one tick at a time.
///
/// As one [`Aggregator`](crate::Aggregator) for each grid, but each tick is checked once. What it holds does not grow with
/// the number of ticks.
///
/// ```
/// use market::{MultiAggregator, Tick, Timeframe};
///
/// let tick = |time: &str, bid: f64| -> Result<Tick, market::Error> {
///     Ok(Tick { time: time.parse()?, bid, ask: bid + 0.25, bid_volume: 1.0, ask_volume: 1.0 })
/// };
/// let mut aggregator = MultiAggregator::new([Timeframe::M1, Timeframe::H1]);
/// let mut done = Vec::new();
/// for (time, bid) in [("2019-02-04T13:00:10Z", 1.5), ("2019-02-04T13:00:40Z", 1.25), ("2019-02-04T13:01:00Z", 1.75)] {
///     aggregator.push(tick(time, bid)?, |grid_index, bar| done.push((grid_index, bar.tick_count)))?;
/// }
/// assert_eq!(done, [(0, 2)]);
/// aggregator.finish(|grid_index, bar| done.push((grid_index, bar.tick_count)));
/// assert_eq!(done, [(0, 2), (0, 1), (1, 3)]);
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MultiAggregator {
    order: TickOrder,
    building: Vec<Building>,
}

impl MultiAggregator {
    /// An aggregator before its first tick, for bars of `grids` or of timeframes in UTC, in any order.
    pub fn new(grids: impl IntoIterator<Item = impl Into<BarGrid>>) -> Self {
        let building = grids.into_iter().map(|grid| Building::new(grid.into())).collect();
        Self { order: TickOrder::default(), building }
    }

    /// Takes the next tick and calls `done` with the position of the grid, from 0, and the bar, for each bar after which
    /// `tick` is the first.
    ///
    /// # Errors
    /// What [`Ticks::push`](crate::Ticks::push) refuses; the row counts the ticks taken so far. The aggregator is
    /// unchanged then.
    #[inline]
    pub fn push(&mut self, tick: Tick, mut done: impl FnMut(usize, QuoteBar)) -> Result<(), Error> {
        self.order.check(&tick)?;
        for (grid_index, building) in self.building.iter_mut().enumerate() {
            if let Some(bar) = building.add(tick) {
                done(grid_index, bar);
            }
        }
        Ok(())
    }

    /// Calls `done` with the last bar of each grid, made of the ticks seen so far; not at all if there was no tick.
    pub fn finish(self, mut done: impl FnMut(usize, QuoteBar)) {
        for (grid_index, building) in self.building.into_iter().enumerate() {
            if let Some(bar) = building.finish() {
                done(grid_index, bar);
            }
        }
    }
}

/// Bars of each of `grids` in one pass over `ticks`, bit for bit those of [`aggregate`](crate::aggregate).
///
/// ```
/// use market::synthetic::{SyntheticConfig, generate};
/// use market::{BarGrid, DayStart, Timeframe, aggregate, aggregate_many};
///
/// let ticks = generate(&SyntheticConfig::eurusd("2024-02-05".parse()?, 2), 42)?;
/// let grids = [BarGrid::from(Timeframe::S1), BarGrid::new(Timeframe::H4, DayStart::NewYorkClose)?];
/// let bars = aggregate_many(ticks.view(), &grids);
/// assert_eq!(bars[1], aggregate(ticks.view(), grids[1]));
/// # Ok::<(), market::Error>(())
/// ```
///
/// # Panics
/// As [`aggregate`](crate::aggregate).
pub fn aggregate_many(ticks: TicksView<'_>, grids: &[BarGrid]) -> Vec<QuoteBars> {
    let mut aggregator = MultiAggregator::new(grids.iter().copied());
    let mut bars: Vec<_> = grids.iter().map(|&grid| QuoteBars::with_capacity(grid, most_bars(ticks, grid))).collect();
    for tick in ticks.iter() {
        let taken = aggregator.push(tick, |grid_index, bar| append(&mut bars[grid_index], &bar));
        taken.unwrap_or_else(|error| panic!("aggregate: {error}"));
    }
    aggregator.finish(|grid_index, bar| append(&mut bars[grid_index], &bar));
    bars
}
