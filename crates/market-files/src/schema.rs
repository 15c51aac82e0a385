//! Which columns a table has, and its rows on their way out.

use market::{BarsView, PriceSide, QuoteBars, TicksView, UnixNanos};

use crate::BarColumns;
use crate::columns::Column;

/// The columns of a table: a time, then numbers, then spread and tick count where they are wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema {
    /// What a row is: `bars` or `ticks`.
    pub(crate) rows: &'static str,
    pub(crate) time: &'static str,
    pub(crate) numbers: &'static [&'static str],
    pub(crate) with_spread: bool,
    /// Whether times in text have milliseconds even where these are zero.
    pub(crate) always_millis: bool,
}

const SIDE: [&str; 5] =
    [Column::Open.name(), Column::High.name(), Column::Low.name(), Column::Close.name(), Column::Volume.name()];
// The volume of the mid is the sum of the other two.
const QUOTES: [&str; 14] = [
    "bid_open",
    "bid_high",
    "bid_low",
    "bid_close",
    "bid_volume",
    "ask_open",
    "ask_high",
    "ask_low",
    "ask_close",
    "ask_volume",
    "mid_open",
    "mid_high",
    "mid_low",
    "mid_close",
];
const TICKS: [&str; 4] = [Column::Bid.name(), Column::Ask.name(), Column::BidVolume.name(), Column::AskVolume.name()];

/// As many columns of numbers as any table has, not counting the spread.
pub(crate) const MOST_NUMBERS: usize = QUOTES.len();

impl Schema {
    pub(crate) const fn ticks() -> Self {
        Self { rows: "ticks", time: Column::Time.name(), numbers: &TICKS, with_spread: false, always_millis: true }
    }

    pub(crate) const fn bars(columns: BarColumns) -> Self {
        let (numbers, with_spread): (&[&str], bool) = match columns {
            BarColumns::Side(_) => (&SIDE, false),
            BarColumns::SideAndSpread(_) => (&SIDE, true),
            BarColumns::Quotes => (&QUOTES, true),
        };
        Self { rows: "bars", time: Column::OpenTime.name(), numbers, with_spread, always_millis: false }
    }

    /// The names of all columns, in order.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        let quoted = [Column::Spread.name(), Column::TickCount.name()];
        let quoted = quoted.into_iter().filter(move |_| self.with_spread);
        std::iter::once(self.time).chain(self.numbers.iter().copied()).chain(quoted)
    }
}

/// Rows as columns of equal length, in the order of a [`Schema`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows<'a> {
    pub(crate) time: &'a [UnixNanos],
    numbers: [&'a [f64]; MOST_NUMBERS],
    n_numbers: usize,
    /// Spread and tick count.
    pub(crate) quoted: Option<(&'a [f64], &'a [u32])>,
}

impl<'a> Rows<'a> {
    pub(crate) fn ticks(ticks: TicksView<'a>) -> Self {
        Self::new(ticks.time, &[ticks.bid, ticks.ask, ticks.bid_volume, ticks.ask_volume], None)
    }

    /// The bars of a side, with spread and tick count if they are wanted.
    pub(crate) fn side(bars: BarsView<'a>, with_spread: bool) -> Self {
        let quoted = with_spread.then_some((bars.spread, bars.tick_count));
        Self::new(bars.open_time, &[bars.open, bars.high, bars.low, bars.close, bars.volume], quoted)
    }

    pub(crate) fn bars(bars: &'a QuoteBars, columns: BarColumns) -> Self {
        let (bid, ask, mid) = match columns {
            BarColumns::Side(side) => return Self::side(bars.view(side), false),
            BarColumns::SideAndSpread(side) => return Self::side(bars.view(side), true),
            BarColumns::Quotes => (bars.view(PriceSide::Bid), bars.view(PriceSide::Ask), bars.view(PriceSide::Mid)),
        };
        let numbers = [
            bid.open, bid.high, bid.low, bid.close, bid.volume, ask.open, ask.high, ask.low, ask.close, ask.volume,
            mid.open, mid.high, mid.low, mid.close,
        ];
        Self::new(bid.open_time, &numbers, Some((bid.spread, bid.tick_count)))
    }

    fn new(time: &'a [UnixNanos], columns: &[&'a [f64]], quoted: Option<(&'a [f64], &'a [u32])>) -> Self {
        let mut numbers: [&[f64]; MOST_NUMBERS] = [&[]; MOST_NUMBERS];
        numbers[..columns.len()].copy_from_slice(columns);
        Self { time, numbers, n_numbers: columns.len(), quoted }
    }

    pub(crate) fn len(&self) -> usize {
        self.time.len()
    }

    pub(crate) fn numbers(&self) -> &[&'a [f64]] {
        &self.numbers[..self.n_numbers]
    }
}

/// Rows that wait until there are enough for a block.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) time: Vec<i64>,
    pub(crate) numbers: Vec<Vec<f64>>,
    pub(crate) spread: Vec<f64>,
    pub(crate) tick_count: Vec<u32>,
}

impl Block {
    pub(crate) fn new(schema: &Schema) -> Self {
        let numbers = vec![Vec::new(); schema.numbers.len()];
        Self { time: Vec::new(), numbers, spread: Vec::new(), tick_count: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.time.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    pub(crate) fn append(&mut self, rows: &Rows<'_>, from: usize, to: usize) {
        self.time.extend(rows.time[from..to].iter().map(|time| time.0));
        for (column, values) in self.numbers.iter_mut().zip(rows.numbers()) {
            column.extend_from_slice(&values[from..to]);
        }
        if let Some((spread, tick_count)) = rows.quoted {
            self.spread.extend_from_slice(&spread[from..to]);
            self.tick_count.extend_from_slice(&tick_count[from..to]);
        }
    }

    /// Empties the columns and keeps their memory.
    pub(crate) fn clear(&mut self) {
        self.time.clear();
        self.numbers.iter_mut().for_each(Vec::clear);
        self.spread.clear();
        self.tick_count.clear();
    }
}
