//! The columns of a file on their way to checked bars.

use market::{Bar, Bars, Timeframe, UnixNanos};

use crate::columns::{Column, Layout};
use crate::{BarsFile, Error, ReadOptions};

/// The rows of a file; a column that is not there stays empty.
pub(crate) struct Table {
    pub(crate) layout: Layout,
    pub(crate) time: Vec<UnixNanos>,
    /// Open, high, low, close, volume, spread.
    numbers: [Vec<f64>; 6],
    pub(crate) tick_count: Vec<u32>,
    /// What the file itself says, if it does.
    pub(crate) timeframe: Option<String>,
}

impl Table {
    pub(crate) fn new(layout: Layout) -> Self {
        Self { layout, time: Vec::new(), numbers: Default::default(), tick_count: Vec::new(), timeframe: None }
    }

    /// The column of numbers; `None` for the other two.
    pub(crate) fn numbers_mut(&mut self, column: Column) -> Option<&mut Vec<f64>> {
        let at = match column {
            Column::Open => 0,
            Column::High => 1,
            Column::Low => 2,
            Column::Close => 3,
            Column::Volume => 4,
            Column::Spread => 5,
            Column::OpenTime | Column::TickCount => return None,
        };
        Some(&mut self.numbers[at])
    }

    /// The name of a column in the file.
    pub(crate) fn name(&self, column: Column) -> String {
        self.layout.name(column).to_owned()
    }

    /// Whether all columns that are there have the same number of rows.
    pub(crate) fn is_rectangular(&self) -> bool {
        self.layout.present.iter().all(|(column, _)| {
            let n_rows = match column {
                Column::OpenTime => self.time.len(),
                Column::Open => self.numbers[0].len(),
                Column::High => self.numbers[1].len(),
                Column::Low => self.numbers[2].len(),
                Column::Close => self.numbers[3].len(),
                Column::Volume => self.numbers[4].len(),
                Column::Spread => self.numbers[5].len(),
                Column::TickCount => self.tick_count.len(),
            };
            n_rows == self.time.len()
        })
    }

    /// Checks the rows and makes bars of them.
    pub(crate) fn into_bars(self, options: ReadOptions) -> Result<BarsFile, Error> {
        let timeframe = self.timeframe(options)?;
        let mut bars = Bars::new(timeframe);
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
            bars.push(bar).map_err(|error| self.explain(&error, timeframe))?;
        }
        Ok(BarsFile { bars, ignored_columns: self.layout.ignored() })
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

    fn timeframe(&self, options: ReadOptions) -> Result<Timeframe, Error> {
        let in_file = self.timeframe.as_deref().and_then(|text| text.parse::<Timeframe>().ok());
        match (options.timeframe, in_file) {
            (Some(given), Some(other)) if given != other => {
                Err(Error::OtherTimeframe { in_file: other.to_string(), given })
            }
            (Some(timeframe), _) | (None, Some(timeframe)) => Ok(timeframe),
            (None, None) => self.smallest_step(),
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
        let seconds = (step_ns % UnixNanos::PER_SECOND == 0).then(|| u32::try_from(step_ns / UnixNanos::PER_SECOND));
        let timeframe = seconds.and_then(Result::ok).and_then(|seconds| Timeframe::from_seconds(seconds).ok());
        timeframe.ok_or(Error::Step { row, step_ns })
    }

    fn explain(&self, error: &market::Error, timeframe: Timeframe) -> Error {
        match *error {
            market::Error::Order { row, time } => Error::Order { row: row + 1, time, previous: self.time[row - 1] },
            market::Error::Alignment { row, time } => Error::Alignment { row: row + 1, time, timeframe },
            market::Error::Value { row, column, value } => {
                let named = Column::ALL.into_iter().find(|known| known.name() == column);
                let expected = match named {
                    Some(Column::Volume) => "a finite volume, 0 or more",
                    Some(Column::Spread) => "a finite spread, 0 or more",
                    _ => "a price from low to high",
                };
                let column = named.map_or_else(|| column.to_owned(), |known| self.name(known));
                Error::Value { row: row + 1, column, found: value.to_string(), expected }
            }
            ref other => Error::malformed(other.clone()),
        }
    }
}
