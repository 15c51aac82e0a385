use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use market::BarsView;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::data_type::{DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use crate::columns::Column;
use crate::parquet_read::TIMEFRAME_KEY;

const SCHEMA: &str = "message bars {
    REQUIRED INT64 open_time (TIMESTAMP(NANOS, true));
    REQUIRED DOUBLE open;
    REQUIRED DOUBLE high;
    REQUIRED DOUBLE low;
    REQUIRED DOUBLE close;
    REQUIRED DOUBLE volume;
    OPTIONAL DOUBLE spread;
    REQUIRED INT32 tick_count (INTEGER(32, false));
}";
const ZSTD_LEVEL: i32 = 3;
const ROW_GROUP_ROWS: usize = 1 << 20;

pub(crate) fn write(file: &mut File, bars: BarsView<'_>) -> io::Result<()> {
    let mut buffer = BufWriter::new(file);
    write_groups(&mut buffer, bars).map_err(io::Error::other)?;
    buffer.flush()
}

fn write_groups(file: &mut (impl Write + Send), bars: BarsView<'_>) -> Result<(), ParquetError> {
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties(bars)?))?;
    for from in (0..bars.len()).step_by(ROW_GROUP_ROWS) {
        let part = bars.slice(from..bars.len().min(from + ROW_GROUP_ROWS));
        let mut group = writer.next_row_group()?;
        write_part(&mut group, part)?;
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn properties(bars: BarsView<'_>) -> Result<WriterProperties, ParquetError> {
    // Times are a straight line with gaps: as differences they take next to nothing.
    let time = ColumnPath::from(Column::OpenTime.name());
    let timeframe = KeyValue::new(TIMEFRAME_KEY.to_owned(), bars.timeframe.to_string());
    let builder = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        .set_column_dictionary_enabled(time.clone(), false)
        .set_column_encoding(time, Encoding::DELTA_BINARY_PACKED)
        .set_key_value_metadata(Some(vec![timeframe]));
    Ok(builder.build())
}

fn write_part<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    bars: BarsView<'_>,
) -> Result<(), ParquetError> {
    let times: Vec<i64> = bars.open_time.iter().map(|time| time.0).collect();
    write_column::<Int64Type, _>(group, &times, None)?;
    for values in [bars.open, bars.high, bars.low, bars.close, bars.volume] {
        write_column::<DoubleType, _>(group, values, None)?;
    }
    let known: Vec<f64> = bars.spread.iter().copied().filter(|spread| !spread.is_nan()).collect();
    let levels: Vec<i16> = bars.spread.iter().map(|spread| i16::from(!spread.is_nan())).collect();
    write_column::<DoubleType, _>(group, &known, Some(&levels))?;
    let counts: Vec<i32> = bars.tick_count.iter().map(|count| count.cast_signed()).collect();
    write_column::<Int32Type, _>(group, &counts, None)
}

fn write_column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let mut column = group.next_column()?.expect("as many columns are written as the schema has");
    column.typed::<T>().write_batch(values, levels, None)?;
    column.close()
}
