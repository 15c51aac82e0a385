use std::ops::Range;

use crate::{Error, UnixNanos};

const MAX_PRICE: f64 = 1e15;
const MAX_VOLUME: f64 = 1e18;

/// One quote.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tick {
    /// When it was published.
    pub time: UnixNanos,
    /// Best price to sell at, in quote currency.
    pub bid: f64,
    /// Best price to buy at, in quote currency.
    pub ask: f64,
    /// Quantity offered at `bid`, in the feed's unit (Dukascopy: millions of the base); 0 where unknown.
    pub bid_volume: f64,
    /// Quantity offered at `ask`, in the same unit.
    pub ask_volume: f64,
}

/// Quotes as columns of equal length.
///
/// Holds: time never decreases; prices are positive and at most 10¹⁵; volumes are not negative and at most 10¹⁸ (so
/// that no sum over a bar overflows). A crossed quote (`bid > ask`) is allowed here, because feeds contain them:
/// validation reports it.
///
/// ```
/// use market::{Tick, Ticks};
///
/// let mut ticks = Ticks::with_capacity(1);
/// let time = "2019-02-04T13:00:00.25Z".parse()?;
/// ticks.push(Tick { time, bid: 1.14512, ask: 1.14515, bid_volume: 1.5, ask_volume: 0.75 })?;
/// assert!(ticks.push(Tick { time, bid: 0.0, ask: 1.14515, bid_volume: 1.5, ask_volume: 0.75 }).is_err());
/// assert_eq!(ticks.view().ask, [1.14515]);
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ticks {
    time: Vec<UnixNanos>,
    bid: Vec<f64>,
    ask: Vec<f64>,
    bid_volume: Vec<f64>,
    ask_volume: Vec<f64>,
}

/// The columns of [`Ticks`], borrowed.
#[derive(Clone, Copy, Debug)]
pub struct TicksView<'a> {
    /// Time of each quote, never decreasing.
    pub time: &'a [UnixNanos],
    /// Bid prices.
    pub bid: &'a [f64],
    /// Ask prices.
    pub ask: &'a [f64],
    /// Quantities at the bid.
    pub bid_volume: &'a [f64],
    /// Quantities at the ask.
    pub ask_volume: &'a [f64],
}

impl Ticks {
    /// No ticks, with room for `capacity`.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            time: Vec::with_capacity(capacity),
            bid: Vec::with_capacity(capacity),
            ask: Vec::with_capacity(capacity),
            bid_volume: Vec::with_capacity(capacity),
            ask_volume: Vec::with_capacity(capacity),
        }
    }

    /// Appends a quote.
    ///
    /// # Errors
    /// [`Error::Order`] if it is older than the last one, [`Error::Value`] for an impossible price or volume;
    /// the ticks are unchanged then.
    pub fn push(&mut self, tick: Tick) -> Result<(), Error> {
        check_tick(self.time.len(), self.time.last().copied(), &tick)?;
        self.time.push(tick.time);
        self.bid.push(tick.bid);
        self.ask.push(tick.ask);
        self.bid_volume.push(tick.bid_volume);
        self.ask_volume.push(tick.ask_volume);
        Ok(())
    }

    /// Appends the quotes of `view`, checked column by column: much faster than one [`push`](Self::push) after another.
    ///
    /// ```
    /// use market::{Tick, Ticks};
    ///
    /// let (mut hour, mut day) = (Ticks::default(), Ticks::default());
    /// let time = "2019-02-04T13:00:00.25Z".parse()?;
    /// hour.push(Tick { time, bid: 1.14512, ask: 1.14515, bid_volume: 1.5, ask_volume: 0.75 })?;
    /// day.extend_from_view(hour.view())?;
    /// assert_eq!(day, hour);
    /// # Ok::<(), market::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Length`] if the columns differ in length, otherwise as [`push`](Self::push), of the first quote that is
    /// refused; the ticks are unchanged then.
    pub fn extend_from_view(&mut self, view: TicksView<'_>) -> Result<(), Error> {
        check_columns(self.time.len(), self.time.last().copied(), view)?;
        self.time.extend_from_slice(view.time);
        self.bid.extend_from_slice(view.bid);
        self.ask.extend_from_slice(view.ask);
        self.bid_volume.extend_from_slice(view.bid_volume);
        self.ask_volume.extend_from_slice(view.ask_volume);
        Ok(())
    }

    /// Makes room for `additional` more quotes.
    pub fn reserve(&mut self, additional: usize) {
        self.time.reserve(additional);
        self.bid.reserve(additional);
        self.ask.reserve(additional);
        self.bid_volume.reserve(additional);
        self.ask_volume.reserve(additional);
    }

    /// Removes all quotes and keeps the memory for others.
    pub fn clear(&mut self) {
        self.time.clear();
        self.bid.clear();
        self.ask.clear();
        self.bid_volume.clear();
        self.ask_volume.clear();
    }

    /// Number of quotes.
    pub fn len(&self) -> usize {
        self.time.len()
    }

    /// Whether there is no quote.
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// The columns.
    pub fn view(&self) -> TicksView<'_> {
        TicksView {
            time: &self.time,
            bid: &self.bid,
            ask: &self.ask,
            bid_volume: &self.bid_volume,
            ask_volume: &self.ask_volume,
        }
    }
}

/// Whether `tick` may stand at `row` after a tick at `last`; inlined, because aggregation asks it for every tick.
#[inline]
pub(crate) fn check_tick(row: usize, last: Option<UnixNanos>, tick: &Tick) -> Result<(), Error> {
    let in_order = last.is_none_or(|last| tick.time >= last);
    let prices = is_price(tick.bid) && is_price(tick.ask);
    let volumes = is_volume(tick.bid_volume) && is_volume(tick.ask_volume);
    if in_order && prices && volumes { Ok(()) } else { Err(tick_error(row, last, *tick)) }
}

/// Whether the quotes of `view` may stand from `row` on, after a tick at `last`.
fn check_columns(row: usize, last: Option<UnixNanos>, view: TicksView<'_>) -> Result<(), Error> {
    let expected = view.time.len();
    let lengths = [
        ("bid", view.bid.len()),
        ("ask", view.ask.len()),
        ("bid_volume", view.bid_volume.len()),
        ("ask_volume", view.ask_volume.len()),
    ];
    if let Some(&(column, found)) = lengths.iter().find(|(_, found)| *found != expected) {
        return Err(Error::Length { column, found, expected });
    }
    let first = view.time.first().copied();
    let follows = first.zip(last).is_none_or(|(first, last)| first >= last);
    let prices = [view.bid, view.ask].into_iter().all(|column| all(column, is_price));
    let volumes = [view.bid_volume, view.ask_volume].into_iter().all(|column| all(column, is_volume));
    if follows && view.time.is_sorted() && prices && volumes {
        return Ok(());
    }
    let mut last = last;
    for (offset, tick) in view.iter().enumerate() {
        check_tick(row + offset, last.replace(tick.time), &tick)?;
    }
    Ok(())
}

// Without an early end, several values are checked by one instruction.
fn all(column: &[f64], valid: impl Fn(f64) -> bool) -> bool {
    column.iter().fold(true, |so_far, &value| so_far & valid(value))
}

#[inline]
pub(crate) fn is_price(value: f64) -> bool {
    value > 0.0 && value <= MAX_PRICE
}

#[inline]
pub(crate) fn is_volume(value: f64) -> bool {
    (0.0..=MAX_VOLUME).contains(&value)
}

#[cold]
fn tick_error(row: usize, last: Option<UnixNanos>, tick: Tick) -> Error {
    if last.is_some_and(|last| tick.time < last) {
        return Error::Order { row, time: tick.time };
    }
    let columns = [
        ("bid", tick.bid, is_price(tick.bid)),
        ("ask", tick.ask, is_price(tick.ask)),
        ("bid_volume", tick.bid_volume, is_volume(tick.bid_volume)),
        ("ask_volume", tick.ask_volume, is_volume(tick.ask_volume)),
    ];
    let (column, value, _) = columns.into_iter().find(|(_, _, valid)| !valid).expect("asked only for a bad tick");
    Error::Value { row, column, value }
}

/// Checks columns that were put together by hand, and copies them.
impl TryFrom<TicksView<'_>> for Ticks {
    type Error = Error;

    /// # Errors
    /// [`Error::Length`] if the columns differ in length, otherwise as [`Ticks::push`].
    fn try_from(view: TicksView<'_>) -> Result<Self, Error> {
        let mut ticks = Self::default();
        ticks.extend_from_view(view)?;
        Ok(ticks)
    }
}

impl<'a> TicksView<'a> {
    /// Number of quotes.
    pub fn len(&self) -> usize {
        self.time.len()
    }

    /// Whether there is no quote.
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// The quotes, one at a time.
    ///
    /// # Panics
    /// If the columns differ in length.
    pub fn iter(&self) -> impl Iterator<Item = Tick> + '_ {
        // Sliced to one length, the columns need no further check of bounds.
        let columns = self.slice(0..self.time.len());
        columns.time.iter().enumerate().map(move |(row, &time)| Tick {
            time,
            bid: columns.bid[row],
            ask: columns.ask[row],
            bid_volume: columns.bid_volume[row],
            ask_volume: columns.ask_volume[row],
        })
    }

    /// The quotes at the positions `range`.
    ///
    /// # Panics
    /// If `range` reaches beyond the last quote.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> TicksView<'a> {
        TicksView {
            time: &self.time[range.clone()],
            bid: &self.bid[range.clone()],
            ask: &self.ask[range.clone()],
            bid_volume: &self.bid_volume[range.clone()],
            ask_volume: &self.ask_volume[range],
        }
    }
}
