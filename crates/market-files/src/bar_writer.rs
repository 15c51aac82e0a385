use std::io::Write;

use market::{Bars, BarsView, PriceSide, QuoteBar, QuoteBars, UnixNanos};

use crate::columns::Column;
use crate::encoder::Encoder;
use crate::metadata::Metadata;
use crate::refused::Refused;
use crate::schema::{Rows, Schema};
use crate::{BarColumns, BarWriterOptions, Error, OutputFormat};

// So many bars are checked and handed on together.
const CHECKED_ROWS: usize = 1_024;

/// Writes bars, one after the other, to anything that takes bytes.
///
/// Holds at most a block of [`BLOCK_ROWS`](crate::BLOCK_ROWS) bars, however long the range, and every bar is checked.
/// Equal bars give equal bytes, in whatever portions they arrive. Without [`finish`](Self::finish) the last rows are
/// missing and a Parquet or Arrow file has no footer.
///
/// ```
/// use market::synthetic::{SyntheticConfig, generate};
/// use market::{Aggregator, PriceSide, Timeframe};
/// use market_files::{BarColumns, BarWriter, BarWriterOptions, OutputFormat};
///
/// let ticks = generate(&SyntheticConfig::eurusd("2024-02-05".parse()?, 1), 42)?;
/// let options = BarWriterOptions::new(BarColumns::Side(PriceSide::Bid), Timeframe::M1);
/// let mut writer = BarWriter::new(Vec::new(), OutputFormat::Csv, options)?;
/// let mut aggregator = Aggregator::new(Timeframe::M1);
/// for tick in ticks.view().iter() {
///     if let Some(bar) = aggregator.push(tick)? {
///         writer.write(&bar)?;
///     }
/// }
/// let csv = String::from_utf8(writer.finish()?)?;
/// assert!(csv.starts_with("open_time,open,high,low,close,volume\n2024-02-05T00:00:00Z,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct BarWriter<W: Write> {
    encoder: Encoder<W>,
    options: BarWriterOptions,
    /// Checked bars on their way to the encoder.
    pending: QuoteBars,
    n_rows: usize,
    last: Option<UnixNanos>,
}

impl<W: Write> BarWriter<W> {
    /// A writer before its first bar; nothing goes to `sink` yet.
    ///
    /// # Errors
    /// [`Error::NotBuiltIn`] for a format without its feature.
    pub fn new(sink: W, format: OutputFormat, options: BarWriterOptions) -> Result<Self, Error> {
        let side = options.columns.side();
        Self::of_side(sink, format, options, side)
    }

    /// A writer of a file that says the side, if it is known.
    pub(crate) fn of_side(
        sink: W,
        format: OutputFormat,
        options: BarWriterOptions,
        side: Option<PriceSide>,
    ) -> Result<Self, Error> {
        let metadata = Metadata::of_bars(options.grid, side, options.symbol.clone());
        let encoder = Encoder::new(sink, format, Schema::bars(options.columns), options.text_time, &metadata)?;
        let pending = QuoteBars::with_capacity(options.grid, CHECKED_ROWS);
        Ok(Self { encoder, options, pending, n_rows: 0, last: None })
    }

    /// Takes the next bar.
    ///
    /// # Errors
    /// [`Error::Order`], [`Error::Alignment`] or [`Error::Value`] for a bar that cannot come next, which is left out
    /// then. [`Error::Sink`] if the sink refuses; nothing more can be written then.
    pub fn write(&mut self, bar: &QuoteBar) -> Result<(), Error> {
        self.check_times(&[bar.open_time])?;
        let pushed = self.pending.push(bar);
        let times = self.pending.view(PriceSide::Mid).open_time;
        pushed.map_err(|error| self.refused(self.n_rows - times.len() + 1, times, &error))?;
        self.n_rows += 1;
        self.last = Some(bar.open_time);
        if self.pending.len() == CHECKED_ROWS { self.write_pending() } else { Ok(()) }
    }

    /// Takes the next bars, of all sides.
    ///
    /// # Errors
    /// [`Error::OtherGrid`] for bars of another grid, otherwise as [`write`](Self::write); all are left out then.
    pub fn write_quote_bars(&mut self, bars: &QuoteBars) -> Result<(), Error> {
        let side = bars.view(PriceSide::Mid);
        self.check_grid(side)?;
        self.check_times(side.open_time)?;
        self.write_pending()?;
        self.write_rows(&Rows::bars(bars, self.options.columns))
    }

    /// Takes the next bars, which are of the side whose columns are written.
    ///
    /// # Errors
    /// [`Error::OneSide`] if the columns are those of bid, ask and mid, [`Error::OtherGrid`] for bars of another grid,
    /// otherwise as [`write`](Self::write); all are left out then.
    ///
    /// # Panics
    /// If the columns of `bars` differ in length, which only a view put together by hand can do.
    pub fn write_bars(&mut self, bars: BarsView<'_>) -> Result<(), Error> {
        let with_spread = match self.options.columns {
            BarColumns::Side(_) => false,
            BarColumns::SideAndSpread(_) => true,
            BarColumns::Quotes => return Err(Error::OneSide),
        };
        self.check_grid(bars)?;
        self.check_times(bars.open_time)?;
        self.check_rows(bars)?;
        self.write_pending()?;
        self.write_rows(&Rows::side(bars, with_spread))
    }

    /// Writes the last rows and what ends the format, flushes the sink and hands it back.
    ///
    /// # Errors
    /// [`Error::Sink`] if the sink refuses or has refused before.
    pub fn finish(mut self) -> Result<W, Error> {
        self.write_pending()?;
        self.encoder.finish()
    }

    fn check_grid(&self, bars: BarsView<'_>) -> Result<(), Error> {
        let to_write = self.options.grid;
        if bars.grid == to_write { Ok(()) } else { Err(Error::OtherGrid { given: bars.grid, to_write }) }
    }

    /// Whether the first of `times` may come next and all of them can be written.
    fn check_times(&self, times: &[UnixNanos]) -> Result<(), Error> {
        match (times.first(), self.last) {
            (Some(&time), Some(previous)) if time <= previous => {
                Err(Error::Order { row: self.n_rows + 1, time, previous })
            }
            _ => self.encoder.check_times(times, self.n_rows + 1),
        }
    }

    fn check_rows(&self, bars: BarsView<'_>) -> Result<(), Error> {
        for from in (0..bars.len()).step_by(CHECKED_ROWS) {
            // The last row of the part before it comes along, because order is checked from row to row.
            let from = from.saturating_sub(1);
            let part = bars.slice(from..bars.len().min(from + 1 + CHECKED_ROWS));
            Bars::try_from(part).map_err(|error| self.refused(self.n_rows + 1 + from, part.open_time, &error))?;
        }
        Ok(())
    }

    fn refused(&self, first_row: usize, times: &[UnixNanos], error: &market::Error) -> Error {
        let name = |column: Column| column.name().to_owned();
        Refused { first_row, times, grid: Some(self.options.grid), name: &name }.explain(error)
    }

    fn write_pending(&mut self) -> Result<(), Error> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.encoder.write(&Rows::bars(&self.pending, self.options.columns))?;
        self.pending = QuoteBars::with_capacity(self.options.grid, CHECKED_ROWS);
        Ok(())
    }

    fn write_rows(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        self.encoder.write(rows)?;
        self.n_rows += rows.len();
        self.last = rows.time.last().copied().or(self.last);
        Ok(())
    }
}
