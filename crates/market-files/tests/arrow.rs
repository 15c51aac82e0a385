//! Arrow files and streams, read by the library that has written them. Other libraries: see `others.rs`.
#![cfg(feature = "arrow")]
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod common;

use std::io::Cursor;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, TimestampNanosecondType, UInt32Type};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{DataType, SchemaRef, TimeUnit};
use common::{at, hard_bars, hard_ticks};
use market::{BarGrid, DayStart, Tick, Ticks, Timeframe, UnixNanos};
use market_files::{BLOCK_ROWS, BarColumns, BarWriter, BarWriterOptions, OutputFormat, TickWriter, TickWriterOptions};

const FORMATS: [OutputFormat; 2] = [OutputFormat::Arrow, OutputFormat::ArrowStream];

fn read(format: OutputFormat, bytes: Vec<u8>) -> (SchemaRef, Vec<RecordBatch>) {
    let cursor = Cursor::new(bytes);
    if format == OutputFormat::Arrow {
        let reader = FileReader::try_new(cursor, None).unwrap();
        (reader.schema(), reader.map(Result::unwrap).collect())
    } else {
        let reader = StreamReader::try_new(cursor, None).unwrap();
        (reader.schema(), reader.map(Result::unwrap).collect())
    }
}

fn numbers(batch: &RecordBatch, name: &str) -> Vec<Option<u64>> {
    let column = batch.column_by_name(name).unwrap().as_primitive::<Float64Type>();
    column.iter().map(|value| value.map(f64::to_bits)).collect()
}

fn times(batch: &RecordBatch) -> Vec<UnixNanos> {
    batch.column(0).as_primitive::<TimestampNanosecondType>().values().iter().map(|&nanos| UnixNanos(nanos)).collect()
}

#[test]
fn bars_have_types_metadata_and_nulls() {
    let grid = BarGrid::new(Timeframe::H4, DayStart::Eet).unwrap();
    let bars = hard_bars(grid, &["1969-06-01", "2025-03-28", "2025-03-31"].map(at));
    for format in FORMATS {
        let options = BarWriterOptions {
            symbol: Some("EURUSD".parse().unwrap()),
            ..BarWriterOptions::new(BarColumns::Quotes, grid)
        };
        let mut writer = BarWriter::new(Vec::new(), format, options).unwrap();
        for bar in &bars {
            writer.write(bar).unwrap();
        }
        let (schema, batches) = read(format, writer.finish().unwrap());

        let names: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        assert_eq!(names, BarColumns::Quotes.names().collect::<Vec<_>>());
        assert_eq!(*schema.field(0).data_type(), DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())));
        let nullable: Vec<_> =
            schema.fields().iter().filter(|field| field.is_nullable()).map(|field| field.name()).collect();
        assert_eq!(nullable, ["spread"]);
        let mut said: Vec<_> = schema.metadata().iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
        said.sort_unstable();
        assert_eq!(said, [("day_start", "eet"), ("symbol", "EURUSD"), ("timeframe", "H4")]);

        let [batch] = batches.as_slice() else { panic!("{} batches", batches.len()) };
        assert_eq!(times(batch), bars.iter().map(|bar| bar.open_time).collect::<Vec<_>>());
        let bid: Vec<_> = bars.iter().map(|bar| Some(bar.bid.high.to_bits())).collect();
        assert_eq!(numbers(batch, "bid_high"), bid);
        let ask: Vec<_> = bars.iter().map(|bar| Some(bar.ask.volume.to_bits())).collect();
        assert_eq!(numbers(batch, "ask_volume"), ask);
        let spread = bars.iter().map(|bar| (!bar.spread.is_nan()).then_some(bar.spread.to_bits()));
        assert_eq!(numbers(batch, "spread"), spread.collect::<Vec<_>>());
        let counts = batch.column_by_name("tick_count").unwrap().as_primitive::<UInt32Type>();
        assert_eq!(counts.values(), &[31, u32::MAX, 31]);
    }
}

#[test]
fn ticks_come_in_batches_of_the_documented_size() {
    let mut ticks = hard_ticks();
    let last = ticks.view().iter().last().unwrap();
    (0..BLOCK_ROWS).for_each(|_| ticks.push(Tick { bid: 7.0, ..last }).unwrap());
    for format in FORMATS {
        let mut writer = TickWriter::new(Vec::new(), format, TickWriterOptions::default()).unwrap();
        writer.write(ticks.view()).unwrap();
        let (schema, batches) = read(format, writer.finish().unwrap());
        assert!(schema.metadata().is_empty());
        let sizes: Vec<_> = batches.iter().map(RecordBatch::num_rows).collect();
        assert_eq!(sizes, [BLOCK_ROWS, hard_ticks().len()]);
        let read_times: Vec<_> = batches.iter().flat_map(times).collect();
        assert_eq!(read_times, ticks.view().time);
        for (name, values) in
            [("bid", ticks.view().bid), ("ask", ticks.view().ask), ("ask_volume", ticks.view().ask_volume)]
        {
            let read: Vec<_> = batches.iter().flat_map(|batch| numbers(batch, name)).collect();
            assert_eq!(read, values.iter().map(|value| Some(value.to_bits())).collect::<Vec<_>>(), "{name}");
        }
    }
}

#[test]
fn no_ticks_are_a_schema_without_batches() {
    for format in FORMATS {
        let mut writer = TickWriter::new(Vec::new(), format, TickWriterOptions::default()).unwrap();
        writer.write(Ticks::default().view()).unwrap();
        let (schema, batches) = read(format, writer.finish().unwrap());
        assert_eq!((schema.fields().len(), batches.len()), (5, 0));
    }
}
