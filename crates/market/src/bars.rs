use std::ops::Range;

use crate::{BarGrid, Error, Timeframe, UnixNanos};

/// One bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Start of the bar, which lasts until [`BarGrid::end`].
    pub open_time: UnixNanos,
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
    /// Volume in the feed's unit; 0 where unknown.
    pub volume: f64,
    /// Mean of ask − bid over the bar's ticks, in price units; NaN where unknown.
    pub spread: f64,
    /// Ticks in the bar; 0 where unknown.
    pub tick_count: u32,
}

/// Bars of one grid as columns of equal length.
///
/// Holds: `open_time` strictly increases and is aligned to the grid; prices are finite and positive with
/// `low ≤ open, close ≤ high`; volume is finite and not negative; the spread is NaN or not negative.
/// Bars without a trade are absent, not filled.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    grid: BarGrid,
    open_time: Vec<UnixNanos>,
    open: Vec<f64>,
    high: Vec<f64>,
    low: Vec<f64>,
    close: Vec<f64>,
    volume: Vec<f64>,
    spread: Vec<f64>,
    tick_count: Vec<u32>,
}

/// The columns of [`Bars`], borrowed.
#[derive(Clone, Copy, Debug)]
pub struct BarsView<'a> {
    /// Where bars start and end.
    pub grid: BarGrid,
    /// Start of each bar, strictly increasing.
    pub open_time: &'a [UnixNanos],
    /// First prices.
    pub open: &'a [f64],
    /// Highest prices.
    pub high: &'a [f64],
    /// Lowest prices.
    pub low: &'a [f64],
    /// Last prices.
    pub close: &'a [f64],
    /// Volumes; 0 where unknown.
    pub volume: &'a [f64],
    /// Mean spreads in price units; NaN where unknown.
    pub spread: &'a [f64],
    /// Ticks in each bar; 0 where unknown.
    pub tick_count: &'a [u32],
}

impl Bars {
    /// No bars, of a grid or of a timeframe in UTC.
    pub fn new(grid: impl Into<BarGrid>) -> Self {
        Self {
            grid: grid.into(),
            open_time: Vec::new(),
            open: Vec::new(),
            high: Vec::new(),
            low: Vec::new(),
            close: Vec::new(),
            volume: Vec::new(),
            spread: Vec::new(),
            tick_count: Vec::new(),
        }
    }

    /// Appends a bar.
    ///
    /// # Errors
    /// [`Error::Order`], [`Error::Alignment`] or [`Error::Value`] if it breaks what [`Bars`] holds; the bars are
    /// unchanged then.
    pub fn push(&mut self, bar: Bar) -> Result<(), Error> {
        check_bar(self.grid, self.open_time.len(), self.open_time.last().copied(), &bar)?;
        self.open_time.push(bar.open_time);
        self.open.push(bar.open);
        self.high.push(bar.high);
        self.low.push(bar.low);
        self.close.push(bar.close);
        self.volume.push(bar.volume);
        self.spread.push(bar.spread);
        self.tick_count.push(bar.tick_count);
        Ok(())
    }

    /// A copy of columns that hold what bars hold.
    pub(crate) fn copied(view: BarsView<'_>) -> Self {
        Self {
            grid: view.grid,
            open_time: view.open_time.to_vec(),
            open: view.open.to_vec(),
            high: view.high.to_vec(),
            low: view.low.to_vec(),
            close: view.close.to_vec(),
            volume: view.volume.to_vec(),
            spread: view.spread.to_vec(),
            tick_count: view.tick_count.to_vec(),
        }
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

    /// The columns.
    pub fn view(&self) -> BarsView<'_> {
        BarsView {
            grid: self.grid,
            open_time: &self.open_time,
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

/// Whether `bar` may stand at `row` after a bar at `last`.
fn check_bar(grid: BarGrid, row: usize, last: Option<UnixNanos>, bar: &Bar) -> Result<(), Error> {
    check_open_time(grid, row, last, bar.open_time)?;
    check_values(row, bar)
}

/// Whether a bar at `time` may stand at `row` after a bar at `last`.
pub(crate) fn check_open_time(
    grid: BarGrid,
    row: usize,
    last: Option<UnixNanos>,
    time: UnixNanos,
) -> Result<(), Error> {
    if last.is_some_and(|last| time <= last) {
        return Err(Error::Order { row, time });
    }
    if grid.floor(time) != time {
        return Err(Error::Alignment { row, time });
    }
    Ok(())
}

/// Whether the numbers of `bar` are those of a bar; written for the answer yes, which nearly all have.
#[inline]
pub(crate) fn check_values(row: usize, bar: &Bar) -> Result<(), Error> {
    let extremes = bar.low > 0.0 && bar.high <= f64::MAX && bar.low <= bar.high;
    let range = bar.low..=bar.high;
    let volume = (0.0..=f64::MAX).contains(&bar.volume);
    let spread = bar.spread.is_nan() || (0.0..=f64::MAX).contains(&bar.spread);
    if extremes && range.contains(&bar.open) && range.contains(&bar.close) && volume && spread {
        return Ok(());
    }
    Err(value_error(row, bar))
}

#[cold]
fn value_error(row: usize, bar: &Bar) -> Error {
    let price = |value: f64| value.is_finite() && value > 0.0 && value >= bar.low && value <= bar.high;
    let columns = [
        ("open", bar.open, price(bar.open)),
        ("high", bar.high, price(bar.high)),
        ("low", bar.low, price(bar.low)),
        ("close", bar.close, price(bar.close)),
        ("volume", bar.volume, (0.0..=f64::MAX).contains(&bar.volume)),
        ("spread", bar.spread, bar.spread.is_nan() || (0.0..=f64::MAX).contains(&bar.spread)),
    ];
    let (column, value, _) = columns.into_iter().find(|(_, _, valid)| !valid).expect("asked only for a bad bar");
    Error::Value { row, column, value }
}

/// Checks columns that were put together by hand, and copies them.
impl TryFrom<BarsView<'_>> for Bars {
    type Error = Error;

    /// # Errors
    /// [`Error::Length`] if the columns differ in length, otherwise as [`Bars::push`].
    fn try_from(view: BarsView<'_>) -> Result<Self, Error> {
        let expected = view.open_time.len();
        let lengths = [
            ("open", view.open.len()),
            ("high", view.high.len()),
            ("low", view.low.len()),
            ("close", view.close.len()),
            ("volume", view.volume.len()),
            ("spread", view.spread.len()),
            ("tick_count", view.tick_count.len()),
        ];
        if let Some(&(column, found)) = lengths.iter().find(|(_, found)| *found != expected) {
            return Err(Error::Length { column, found, expected });
        }
        let mut last = None;
        for (row, bar) in view.iter().enumerate() {
            check_bar(view.grid, row, last.replace(bar.open_time), &bar)?;
        }
        Ok(Self::copied(view))
    }
}

impl<'a> BarsView<'a> {
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

    /// The bars at the positions `range`.
    ///
    /// # Panics
    /// If `range` reaches beyond the last bar.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> BarsView<'a> {
        BarsView {
            grid: self.grid,
            open_time: &self.open_time[range.clone()],
            open: &self.open[range.clone()],
            high: &self.high[range.clone()],
            low: &self.low[range.clone()],
            close: &self.close[range.clone()],
            volume: &self.volume[range.clone()],
            spread: &self.spread[range.clone()],
            tick_count: &self.tick_count[range],
        }
    }

    /// The bars, one at a time.
    pub fn iter(&self) -> impl Iterator<Item = Bar> + '_ {
        (0..self.len()).map(|row| Bar {
            open_time: self.open_time[row],
            open: self.open[row],
            high: self.high[row],
            low: self.low[row],
            close: self.close[row],
            volume: self.volume[row],
            spread: self.spread[row],
            tick_count: self.tick_count[row],
        })
    }
}
