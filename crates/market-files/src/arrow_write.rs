//! Blocks of rows as record batches of Arrow IPC.

use std::io;
use std::mem::take;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, TimestampNanosecondArray, UInt32Array};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::{ArrowError, DataType, Field, SchemaRef, TimeUnit};

use crate::columns::Column;
use crate::metadata::Metadata;
use crate::schema::{Block, Schema};

const UTC: &str = "UTC";

/// Writes an Arrow file or stream into memory, from where its bytes are taken as they come.
#[derive(Debug)]
pub(crate) struct ArrowWrite {
    schema: SchemaRef,
    writer: Writer,
}

enum Writer {
    File(FileWriter<Vec<u8>>),
    Stream(StreamWriter<Vec<u8>>),
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::File(_) => "File",
            Self::Stream(_) => "Stream",
        })
    }
}

impl ArrowWrite {
    pub(crate) fn new(schema: &Schema, metadata: &Metadata, is_stream: bool) -> io::Result<Self> {
        let schema = SchemaRef::new(arrow_schema(schema, metadata));
        let writer = if is_stream {
            StreamWriter::try_new(Vec::new(), &schema).map(Writer::Stream)
        } else {
            FileWriter::try_new(Vec::new(), &schema).map(Writer::File)
        };
        Ok(Self { schema, writer: writer.map_err(io::Error::other)? })
    }

    /// Writes `block` as a record batch and empties it.
    pub(crate) fn append(&mut self, block: &mut Block) -> io::Result<()> {
        self.append_batch(block).map_err(io::Error::other)
    }

    /// Writes what ends a file or stream.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        let finished = match &mut self.writer {
            Writer::File(writer) => writer.finish(),
            Writer::Stream(writer) => writer.finish(),
        };
        finished.map_err(io::Error::other)
    }

    /// What has been written since the bytes were last taken; the writer counts offsets by itself.
    pub(crate) fn bytes(&mut self) -> &mut Vec<u8> {
        match &mut self.writer {
            Writer::File(writer) => writer.get_mut(),
            Writer::Stream(writer) => writer.get_mut(),
        }
    }

    fn append_batch(&mut self, block: &mut Block) -> Result<(), ArrowError> {
        let time = TimestampNanosecondArray::from(take(&mut block.time)).with_timezone(UTC);
        let mut columns: Vec<ArrayRef> = vec![Arc::new(time)];
        for values in &mut block.numbers {
            columns.push(Arc::new(Float64Array::from(take(values))));
        }
        if !block.spread.is_empty() {
            let known = |spread: f64| (!spread.is_nan()).then_some(spread);
            columns.push(Arc::new(take(&mut block.spread).into_iter().map(known).collect::<Float64Array>()));
            columns.push(Arc::new(UInt32Array::from(take(&mut block.tick_count))));
        }
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns)?;
        match &mut self.writer {
            Writer::File(writer) => writer.write(&batch),
            Writer::Stream(writer) => writer.write(&batch),
        }
    }
}

fn arrow_schema(schema: &Schema, metadata: &Metadata) -> arrow_schema::Schema {
    let time = DataType::Timestamp(TimeUnit::Nanosecond, Some(UTC.into()));
    let mut fields = vec![Field::new(schema.time, time, false)];
    fields.extend(schema.numbers.iter().map(|name| Field::new(*name, DataType::Float64, false)));
    if schema.with_spread {
        fields.push(Field::new(Column::Spread.name(), DataType::Float64, true));
        fields.push(Field::new(Column::TickCount.name(), DataType::UInt32, false));
    }
    let entries = metadata.entries().into_iter().map(|(key, text)| (key.to_owned(), text));
    arrow_schema::Schema::new_with_metadata(fields, entries.collect())
}
