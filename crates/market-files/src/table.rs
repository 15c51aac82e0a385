//! The columns of a file on their way to checked bars or ticks.

use market::{Bar, BarGrid, Bars, Ticks, TicksView, Timeframe, UnixNanos};

use crate::columns::{Column, Layout};
use crate::metadata::Metadata;
use crate::refused::Refused;
use crate::{BarsFile, Error, ReadOptions, TicksFile};

/// The rows of a file; a column that is not there stays empty.
pub(crate) struct Table {
    pub(crate) layout: Layout,
    pub(crate) time: Vec<UnixNanos>,
    /// Open, high, low, close, volume, spread; or bid, ask, bid volume, ask volume.
    numbers: [Vec<f64>; 6],
    pub(crate) tick_count: Vec<u32>,
    /// What the file itself says, if it does.
    pub(crate) said: Metadata,
}

impl Table {
    pub(crate) fn new(layout: Layout) -> Self {
        let (numbers, said) = (Default::default(), Metadata::default());
        Self { layout, time: Vec::new(), numbers, tick_count: Vec::new(), said }
    }

    /// The column of numbers; `None` for times and counts.
    pub(crate) fn numbers_mut(&mut self, column: Column) -> Option<&mut Vec<f64>> {
        column.number_at().map(|at| &mut self.numbers[at])
    }

    /// The name of a column in the file.
    pub(crate) fn name(&self, column: Column) -> String {
        self.layout.name(column).to_owned()
    }

    /// Whether all columns that are there have the same number of rows.
    pub(crate) fn is_rectangular(&self) -> bool {
        self.layout.present.iter().all(|(column, _)| {
            let n_rows = match column.number_at() {
                Some(at) => self.numbers[at].len(),
                None if column.is_time() => self.time.len(),
                None => self.tick_count.len(),
            };
            n_rows == self.time.len()
        })
    }

    /// Checks the rows and makes bars of them.
    pub(crate) fn into_bars(self, options: ReadOptions) -> Result<BarsFile, Error> {
        let grid = self.grid(options)?;
        let mut bars = Bars::new(grid);
        let [open, high, low, close, volume, spread] = &self.numbers;
        self.check_prices()?;
        for (row, &open_time) in self.time.iter().enumerate() {
            let bar = Bar {
                open_time,
                open: open[row],
                high: high[row],
                low: low[row],
                close: close[row],
                volume: volume.get(row).copied().unwrap_or(0.0),
                spread: spread.get(row).copied().unwrap_or(f64::NAN),
                tick_count: self.tick_count.get(row).copied().unwrap_or(0),
            };
            bars.push(bar).map_err(|error| self.explain(&error, Some(grid)))?;
        }
        let ignored_columns = self.layout.ignored();
        Ok(BarsFile { bars, symbol: self.said.symbol, side: self.said.side, ignored_columns })
    }

    /// Checks the rows and makes ticks of them.
    pub(crate) fn into_ticks(self) -> Result<TicksFile, Error> {
        let unknown = vec![0.0; self.time.len()];
        let [bid, ask, bid_volume, ask_volume, ..] = &self.numbers;
        let [bid_volume, ask_volume] =
            [bid_volume, ask_volume].map(|volume| if volume.is_empty() { &unknown } else { volume });
        let view = TicksView { time: &self.time, bid, ask, bid_volume, ask_volume };
        let ticks = Ticks::try_from(view).map_err(|error| self.explain(&error, None))?;
        Ok(TicksFile { ticks, symbol: self.said.symbol, ignored_columns: self.layout.ignored() })
    }

    /// Refuses what no price can be under the name of its own column, before prices are compared with each other.
    fn check_prices(&self) -> Result<(), Error> {
        for (column, prices) in [Column::Open, Column::High, Column::Low, Column::Close].into_iter().zip(&self.numbers)
        {
            let bad = prices.iter().position(|price| !(price.is_finite() && *price > 0.0));
            if let Some(row) = bad {
                let (column, found) = (self.name(column), prices[row].to_string());
                return Err(Error::Value { row: row + 1, column, found, expected: "a finite positive price" });
            }
        }
        Ok(())
    }

    fn grid(&self, options: ReadOptions) -> Result<BarGrid, Error> {
        let timeframe = match (options.timeframe, self.said.timeframe) {
            (Some(given), Some(in_file)) if given != in_file => return Err(Error::OtherTimeframe { in_file, given }),
            (Some(timeframe), _) | (None, Some(timeframe)) => timeframe,
            (None, None) => self.smallest_step()?,
        };
        let grid = |day_start| BarGrid::new(timeframe, day_start).map_err(|_| Error::DayStart { timeframe, day_start });
        match (options.day_start, self.said.day_start) {
            // Day starts that make no difference do not differ.
            (Some(given), Some(in_file)) if grid(given)? != grid(in_file)? => {
                Err(Error::OtherDayStart { in_file, given })
            }
            (Some(day_start), _) | (None, Some(day_start)) => grid(day_start),
            (None, None) => Ok(BarGrid::from(timeframe)),
        }
    }

    fn smallest_step(&self) -> Result<Timeframe, Error> {
        let mut smallest: Option<(i64, usize)> = None;
        for (row, pair) in (2..).zip(self.time.windows(2)) {
            let (previous, time) = (pair[0], pair[1]);
            if time <= previous {
                return Err(Error::Order { row, time, previous });
            }
            let step = time.0.saturating_sub(previous.0);
            if smallest.is_none_or(|(smallest, _)| step < smallest) {
                smallest = Some((step, row));
            }
        }
        let (step_ns, row) = smallest.ok_or(Error::NoTimeframe { n_rows: self.time.len() })?;
        timeframe_of(step_ns).ok_or(Error::Step { row, step_ns })
    }

    fn explain(&self, error: &market::Error, grid: Option<BarGrid>) -> Error {
        Refused { first_row: 1, times: &self.time, grid, name: &|column| self.name(column) }.explain(error)
    }
}

/// The timeframe of bars that are `step_ns` apart.
fn timeframe_of(step_ns: i64) -> Option<Timeframe> {
    // Where the clock is changed, a local month is an hour shorter or longer.
    const SHORTEST_MONTH: i64 = 28 * UnixNanos::PER_DAY - 3_600 * UnixNanos::PER_SECOND;
    const LONGEST_MONTH: i64 = 31 * UnixNanos::PER_DAY + 3_600 * UnixNanos::PER_SECOND;
    if (SHORTEST_MONTH..=LONGEST_MONTH).contains(&step_ns) {
        return Some(Timeframe::MN1);
    }
    let seconds = (step_ns % UnixNanos::PER_SECOND == 0).then_some(step_ns / UnixNanos::PER_SECOND)?;
    Timeframe::from_seconds(u32::try_from(seconds).ok()?).ok()
}
