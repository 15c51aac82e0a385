//! Rows into bytes and bytes into what takes them.

use std::io::{self, Write};

use market::UnixNanos;

#[cfg(feature = "arrow")]
use crate::arrow_write::ArrowWrite;
use crate::metadata::Metadata;
use crate::parquet_write::ParquetWrite;
use crate::schema::{Block, Rows, Schema};
use crate::text::Text;
use crate::{BLOCK_ROWS, Error, OutputFormat, TextTime};

/// Writes rows to `sink`; holds at most a block of them.
#[derive(Debug)]
pub(crate) struct Encoder<W> {
    sink: W,
    codec: Codec,
    /// The column of times that are written as whole milliseconds, if they are.
    whole_millis: Option<&'static str>,
    has_failed: bool,
}

/// Makes bytes and touches no sink.
#[derive(Debug)]
enum Codec {
    Text(Text),
    Parquet(Block, Box<ParquetWrite>),
    #[cfg(feature = "arrow")]
    Arrow(Block, Box<ArrowWrite>),
}

impl<W: Write> Encoder<W> {
    pub(crate) fn new(
        sink: W,
        format: OutputFormat,
        schema: Schema,
        times: TextTime,
        metadata: &Metadata,
    ) -> Result<Self, Error> {
        let codec = Codec::new(format, &schema, times, metadata)?;
        let whole_millis = (format.is_text() && times == TextTime::UnixMillis).then_some(schema.time);
        Ok(Self { sink, codec, whole_millis, has_failed: false })
    }

    /// Whether all of `times`, the first in row `first_row`, can be written as they are.
    pub(crate) fn check_times(&self, times: &[UnixNanos], first_row: usize) -> Result<(), Error> {
        const PER_MILLI: i64 = 1_000_000;
        let Some(column) = self.whole_millis else { return Ok(()) };
        match times.iter().position(|time| time.0 % PER_MILLI != 0) {
            None => Ok(()),
            Some(at) => Err(Error::Value {
                row: first_row + at,
                column: column.to_owned(),
                found: times[at].to_string(),
                expected: "a whole millisecond",
            }),
        }
    }

    /// Writes `rows`, which have been checked.
    pub(crate) fn write(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        self.run(|codec, sink| match codec {
            Codec::Text(text) => write_text(text, rows, sink),
            Codec::Parquet(block, parquet) => write_blocks(block, rows, |block| {
                parquet.append(block)?;
                drain(parquet.bytes(), sink)
            }),
            #[cfg(feature = "arrow")]
            Codec::Arrow(block, arrow) => write_blocks(block, rows, |block| {
                arrow.append(block)?;
                drain(arrow.bytes(), sink)
            }),
        })
    }

    /// Writes what is left and hands `sink` back, flushed.
    pub(crate) fn finish(mut self) -> Result<W, Error> {
        self.run(|codec, sink| {
            match codec {
                Codec::Text(text) => sink.write_all(text.bytes())?,
                Codec::Parquet(block, parquet) => {
                    if !block.is_empty() {
                        parquet.append(block)?;
                    }
                    parquet.finish()?;
                    drain(parquet.bytes(), sink)?;
                }
                #[cfg(feature = "arrow")]
                Codec::Arrow(block, arrow) => {
                    if !block.is_empty() {
                        arrow.append(block)?;
                    }
                    arrow.finish()?;
                    drain(arrow.bytes(), sink)?;
                }
            }
            sink.flush()
        })?;
        Ok(self.sink)
    }

    /// After a failure it is unknown how much has been written, so that nothing may follow.
    fn run(&mut self, work: impl FnOnce(&mut Codec, &mut W) -> io::Result<()>) -> Result<(), Error> {
        if self.has_failed {
            return Err(Error::Sink { source: io::Error::other("an earlier write has failed") });
        }
        let done = work(&mut self.codec, &mut self.sink);
        self.has_failed = done.is_err();
        done.map_err(|source| Error::Sink { source })
    }
}

impl Codec {
    fn new(format: OutputFormat, schema: &Schema, times: TextTime, metadata: &Metadata) -> Result<Self, Error> {
        let failed = |source| Error::Sink { source };
        match format {
            OutputFormat::Csv => Ok(Self::Text(Text::csv(schema, times))),
            OutputFormat::JsonLines => Ok(Self::Text(Text::json_lines(schema, times))),
            OutputFormat::Parquet => {
                let parquet = ParquetWrite::new(schema, metadata).map_err(failed)?;
                Ok(Self::Parquet(Block::new(schema), Box::new(parquet)))
            }
            #[cfg(feature = "arrow")]
            OutputFormat::Arrow | OutputFormat::ArrowStream => {
                let is_stream = format == OutputFormat::ArrowStream;
                let arrow = ArrowWrite::new(schema, metadata, is_stream).map_err(failed)?;
                Ok(Self::Arrow(Block::new(schema), Box::new(arrow)))
            }
            #[cfg(not(feature = "arrow"))]
            OutputFormat::Arrow | OutputFormat::ArrowStream => Err(Error::NotBuiltIn { format, feature: "arrow" }),
        }
    }
}

fn write_text(text: &mut Text, rows: &Rows<'_>, sink: &mut impl Write) -> io::Result<()> {
    let mut row = 0;
    while row < rows.len() {
        row = text.append(rows, row);
        if text.is_full() {
            sink.write_all(text.bytes())?;
            text.clear();
        }
    }
    Ok(())
}

/// Blocks hold the same rows, in whatever portions these arrive.
fn write_blocks(
    block: &mut Block,
    rows: &Rows<'_>,
    mut write: impl FnMut(&mut Block) -> io::Result<()>,
) -> io::Result<()> {
    let mut from = 0;
    while from < rows.len() {
        let to = rows.len().min(from + BLOCK_ROWS - block.len());
        block.append(rows, from, to);
        if block.len() == BLOCK_ROWS {
            write(block)?;
        }
        from = to;
    }
    Ok(())
}

fn drain(bytes: &mut Vec<u8>, sink: &mut impl Write) -> io::Result<()> {
    sink.write_all(bytes)?;
    bytes.clear();
    Ok(())
}
