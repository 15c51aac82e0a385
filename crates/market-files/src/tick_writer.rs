use std::io::Write;

use market::{Ticks, TicksView, UnixNanos};

use crate::columns::Column;
use crate::encoder::Encoder;
use crate::metadata::Metadata;
use crate::refused::Refused;
use crate::schema::{Rows, Schema};
use crate::{Error, OutputFormat, TickWriterOptions};

// So many ticks are checked together.
const CHECKED_ROWS: usize = 4_096;

/// Writes ticks to anything that takes bytes.
///
/// Holds at most a block of [`BLOCK_ROWS`](crate::BLOCK_ROWS) ticks, however long the range, and every tick is checked.
/// Equal ticks give equal bytes, in whatever portions they arrive. Without [`finish`](Self::finish) the last rows are
/// missing and a Parquet or Arrow file has no footer.
///
/// ```
/// use market::{Tick, Ticks};
/// use market_files::{OutputFormat, TickWriter, TickWriterOptions};
///
/// let mut ticks = Ticks::default();
/// let time = "2019-02-04T00:00:00.123Z".parse()?;
/// ticks.push(Tick { time, bid: 1.14512, ask: 1.14515, bid_volume: 1.5, ask_volume: 0.75 })?;
///
/// let mut writer = TickWriter::new(Vec::new(), OutputFormat::Csv, TickWriterOptions::default())?;
/// writer.write(ticks.view())?;
/// assert_eq!(
///     String::from_utf8(writer.finish()?)?,
///     "time,bid,ask,bid_volume,ask_volume\n2019-02-04T00:00:00.123Z,1.14512,1.14515,1.5,0.75\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct TickWriter<W: Write> {
    encoder: Encoder<W>,
    /// Ticks that are being checked; empty between two calls.
    checked: Ticks,
    n_rows: usize,
    last: Option<UnixNanos>,
}

impl<W: Write> TickWriter<W> {
    /// A writer before its first tick; nothing goes to `sink` yet.
    ///
    /// # Errors
    /// [`Error::NotBuiltIn`] for a format without its feature.
    pub fn new(sink: W, format: OutputFormat, options: TickWriterOptions) -> Result<Self, Error> {
        let metadata = Metadata { symbol: options.symbol, ..Metadata::default() };
        let encoder = Encoder::new(sink, format, Schema::ticks(), options.text_time, &metadata)?;
        Ok(Self { encoder, checked: Ticks::default(), n_rows: 0, last: None })
    }

    /// Takes the next ticks.
    ///
    /// # Errors
    /// [`Error::Order`] or [`Error::Value`] for a tick that cannot come next; all ticks of this call are left out then.
    /// [`Error::Sink`] if the sink refuses; nothing more can be written then.
    ///
    /// # Panics
    /// If the columns of `ticks` differ in length, which only a view put together by hand can do.
    pub fn write(&mut self, ticks: TicksView<'_>) -> Result<(), Error> {
        self.check(ticks)?;
        self.encoder.write(&Rows::ticks(ticks))?;
        self.n_rows += ticks.len();
        self.last = ticks.time.last().copied().or(self.last);
        Ok(())
    }

    /// Writes the last rows and what ends the format, flushes the sink and hands it back.
    ///
    /// # Errors
    /// [`Error::Sink`] if the sink refuses or has refused before.
    pub fn finish(self) -> Result<W, Error> {
        self.encoder.finish()
    }

    fn check(&mut self, ticks: TicksView<'_>) -> Result<(), Error> {
        if let (Some(&time), Some(previous)) = (ticks.time.first(), self.last)
            && time < previous
        {
            return Err(Error::Order { row: self.n_rows + 1, time, previous });
        }
        self.encoder.check_times(ticks.time, self.n_rows + 1)?;
        for from in (0..ticks.len()).step_by(CHECKED_ROWS) {
            // The last row of the part before it comes along, because order is checked from row to row.
            let from = from.saturating_sub(1);
            let part = ticks.slice(from..ticks.len().min(from + 1 + CHECKED_ROWS));
            self.checked.clear();
            if let Err(error) = self.checked.extend_from_view(part) {
                let (first_row, name) = (self.n_rows + 1 + from, |column: Column| column.name().to_owned());
                return Err(Refused { first_row, times: part.time, grid: None, name: &name }.explain(&error));
            }
        }
        Ok(())
    }
}
