//! What the writers write, and what they refuse.
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod common;

use std::cell::Cell;
use std::error::Error as _;
use std::fs;
use std::io::{self, BufRead, Write};
use std::rc::Rc;

use common::{at, hard_bars, hard_ticks};
use market::{BarGrid, Bars, DayStart, Ohlcv, PriceSide, QuoteBar, QuoteBars, Tick, Ticks, Timeframe, UnixNanos};
use market_files::{
    AtomicFile, BLOCK_ROWS, BarColumns, BarWriter, BarWriterOptions, Error, OutputFormat, ReadOptions, TextTime,
    TickWriter, TickWriterOptions, read_bars, read_ticks, write_bars, write_ticks,
};

fn minutes(count: i64) -> Vec<QuoteBar> {
    let times: Vec<_> = (0..count).map(|minute| UnixNanos(minute * Timeframe::M1.nanos())).collect();
    hard_bars(BarGrid::from(Timeframe::M1), &times)
}

fn options(columns: BarColumns) -> BarWriterOptions {
    BarWriterOptions::new(columns, Timeframe::M1)
}

fn bars_text(format: OutputFormat, options: BarWriterOptions, bars: &[QuoteBar]) -> String {
    let mut writer = BarWriter::new(Vec::new(), format, options).unwrap();
    for bar in bars {
        writer.write(bar).unwrap();
    }
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

fn ticks_text(format: OutputFormat, options: TickWriterOptions, ticks: &Ticks) -> Result<String, Error> {
    let mut writer = TickWriter::new(Vec::new(), format, options)?;
    writer.write(ticks.view())?;
    Ok(String::from_utf8(writer.finish()?).unwrap())
}

fn plain_bar() -> QuoteBar {
    minutes(1)[0]
}

#[test]
fn csv_of_a_side_has_six_columns_or_eight() {
    let bars = [plain_bar()];
    assert_eq!(
        bars_text(OutputFormat::Csv, options(BarColumns::Side(PriceSide::Bid)), &bars),
        "open_time,open,high,low,close,volume\n1970-01-01T00:00:00Z,1.14512,1.2,1.14512,1.2,3\n"
    );
    assert_eq!(
        bars_text(OutputFormat::Csv, options(BarColumns::SideAndSpread(PriceSide::Ask)), &bars),
        "open_time,open,high,low,close,volume,spread,tick_count\n\
         1970-01-01T00:00:00Z,1.14515,1.3,1.14515,1.3,0.30000000000000004,0.00003,31\n"
    );
}

#[test]
fn csv_of_all_sides_has_seventeen_columns() {
    assert_eq!(
        bars_text(OutputFormat::Csv, options(BarColumns::Quotes), &minutes(3)[2..]),
        "open_time,bid_open,bid_high,bid_low,bid_close,bid_volume,ask_open,ask_high,ask_low,ask_close,ask_volume,\
         mid_open,mid_high,mid_low,mid_close,spread,tick_count\n\
         1970-01-01T00:02:00Z,1.4308342857142855,1.4857142857142858,1.4308342857142855,1.4857142857142858,3,\
         1.4308642857142857,1.5857142857142859,1.4308642857142857,1.5857142857142859,0.30000000000000004,\
         1.4308492857142858,1.5357142857142856,1.4308492857142858,1.5357142857142856,,31\n"
    );
}

#[test]
fn json_lines_are_objects_whose_numbers_are_floats_and_counts() {
    assert_eq!(
        bars_text(OutputFormat::JsonLines, options(BarColumns::SideAndSpread(PriceSide::Bid)), &minutes(3)),
        "{\"open_time\":\"1970-01-01T00:00:00Z\",\"open\":1.14512,\"high\":1.2,\"low\":1.14512,\"close\":1.2,\
         \"volume\":3.0,\"spread\":0.00003,\"tick_count\":31}\n\
         {\"open_time\":\"1970-01-01T00:01:00Z\",\"open\":5e-324,\"high\":1e+300,\"low\":5e-324,\"close\":1e+300,\
         \"volume\":1e+300,\"spread\":0.00003,\"tick_count\":4294967295}\n\
         {\"open_time\":\"1970-01-01T00:02:00Z\",\"open\":1.4308342857142855,\"high\":1.4857142857142858,\
         \"low\":1.4308342857142855,\"close\":1.4857142857142858,\"volume\":3.0,\"spread\":null,\"tick_count\":31}\n"
    );
}

#[test]
fn csv_of_ticks_has_milliseconds_and_plain_decimals() {
    let text = ticks_text(OutputFormat::Csv, TickWriterOptions::default(), &hard_ticks()).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "time,bid,ask,bid_volume,ask_volume");
    assert_eq!(lines[1], "1678-01-01T00:00:00.000000001Z,1,2,0,0");
    assert!(lines[2].starts_with("1969-12-31T23:59:59.999999999Z,0.000000"));
    assert!(lines[2].ends_with(",1000000000000000000,-0"));
    assert_eq!(lines[4], "2019-02-04T00:00:00.123Z,1.14512,1.14515,1.5,0.75");
    assert_eq!(lines[5], "2019-02-04T00:00:00.123Z,1.14512,1.14514,2.930000066757202,1.1200000047683716");
    assert_eq!(lines[6], "2019-02-04T00:00:00.123456Z,9999999.99999999,10000000,123456789,10000000000000000");
    assert_eq!(lines[7], "2261-12-31T23:59:59.000Z,0.00001,0.000009999,3,0.0000001");
}

#[test]
fn times_may_be_milliseconds_if_they_are_whole() {
    let ticks = |time: &str| {
        let mut ticks = Ticks::default();
        ticks.push(Tick { time: at(time), bid: 1.0, ask: 2.0, bid_volume: 0.0, ask_volume: 0.0 }).unwrap();
        ticks
    };
    let millis = TickWriterOptions { text_time: TextTime::UnixMillis, ..TickWriterOptions::default() };
    let text = |format, time: &str| ticks_text(format, millis.clone(), &ticks(time));
    assert_eq!(
        text(OutputFormat::Csv, "1969-12-31T23:59:59.999Z").unwrap(),
        "time,bid,ask,bid_volume,ask_volume\n-1,1,2,0,0\n"
    );
    assert_eq!(
        text(OutputFormat::JsonLines, "2019-02-04T00:00:00.123Z").unwrap(),
        "{\"time\":1549238400123,\"bid\":1.0,\"ask\":2.0,\"bid_volume\":0.0,\"ask_volume\":0.0}\n"
    );
    assert_eq!(
        text(OutputFormat::Csv, "2019-02-04T00:00:00.1234Z").unwrap_err().to_string(),
        "row 1, column `time`: 2019-02-04T00:00:00.1234Z is not a whole millisecond"
    );
    assert!(
        TickWriter::new(Vec::new(), OutputFormat::Parquet, millis.clone()).unwrap().write(hard_ticks().view()).is_ok()
    );
    let options = BarWriterOptions { text_time: TextTime::UnixMillis, ..options(BarColumns::Side(PriceSide::Bid)) };
    let csv = bars_text(OutputFormat::Csv, options, &minutes(3)[2..]);
    assert_eq!(csv.lines().nth(1).unwrap().split(',').next(), Some("120000"));
}

#[test]
fn without_rows_there_are_columns_only() {
    let empty = |format| bars_text(format, options(BarColumns::Side(PriceSide::Mid)), &[]);
    assert_eq!(empty(OutputFormat::Csv), "open_time,open,high,low,close,volume\n");
    assert_eq!(empty(OutputFormat::JsonLines), "");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.parquet");
    write_bars(&path, Bars::new(Timeframe::MN1).view()).unwrap();
    let file = read_bars(&path, &ReadOptions::strict()).unwrap();
    assert_eq!((file.bars.len(), file.bars.timeframe(), file.side), (0, Timeframe::MN1, None));
    write_ticks(&path, Ticks::default().view()).unwrap();
    assert!(read_ticks(&path, &ReadOptions::strict()).unwrap().ticks.is_empty());
}

#[test]
fn a_parquet_file_says_its_grid_symbol_and_side() {
    let grid = BarGrid::new(Timeframe::H4, DayStart::NewYorkClose).unwrap();
    let bars = hard_bars(grid, &[at("2025-03-07T22:30:00Z"), at("2025-03-10T00:00:00Z")]);
    let symbol = Some("EUR/USD".parse().unwrap());
    let options =
        BarWriterOptions { symbol: symbol.clone(), ..BarWriterOptions::new(BarColumns::Side(PriceSide::Ask), grid) };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h4.parquet");
    let mut writer = BarWriter::new(AtomicFile::create(&path).unwrap(), OutputFormat::Parquet, options).unwrap();
    for bar in &bars {
        writer.write(bar).unwrap();
    }
    writer.finish().unwrap().commit().unwrap();

    let file = read_bars(&path, &ReadOptions::strict()).unwrap();
    assert_eq!((file.bars.grid(), file.symbol, file.side), (grid, symbol.clone(), Some(PriceSide::Ask)));
    assert_eq!(file.bars.view().open_time[1].to_string(), "2025-03-09T21:00:00Z");
    assert!(file.bars.view().spread.iter().all(|spread| spread.is_nan()));
    let utc = ReadOptions { day_start: Some(DayStart::Utc), ..ReadOptions::strict() };
    assert_eq!(
        read_bars(&path, &utc).unwrap_err().source().unwrap().to_string(),
        "the file says that the day of its bars starts by new-york, not utc"
    );

    let ticks = TickWriterOptions { symbol: symbol.clone(), ..TickWriterOptions::default() };
    let mut writer = TickWriter::new(AtomicFile::create(&path).unwrap(), OutputFormat::Parquet, ticks).unwrap();
    writer.write(hard_ticks().view()).unwrap();
    writer.finish().unwrap().commit().unwrap();
    assert_eq!(read_ticks(&path, &ReadOptions::strict()).unwrap().symbol, symbol);
}

#[test]
fn csv_on_a_local_grid_is_read_when_the_day_start_is_given() {
    let grid = BarGrid::new(Timeframe::D1, DayStart::NewYorkClose).unwrap();
    let mut bars = QuoteBars::new(grid);
    for bar in hard_bars(grid, &["2025-03-06", "2025-03-07", "2025-03-10", "2025-03-11"].map(at)) {
        bars.push(&bar).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("days.csv");
    write_bars(&path, bars.view(PriceSide::Mid)).unwrap();
    let local = ReadOptions { day_start: Some(DayStart::NewYorkClose), ..ReadOptions::strict() };
    assert_eq!(read_bars(&path, &local).unwrap().bars.grid(), grid);
    assert_eq!(
        read_bars(&path, &ReadOptions::strict()).unwrap_err().source().unwrap().to_string(),
        "row 1: 2025-03-05T22:00:00Z is not the start of a bar of D1"
    );
    let seven = ReadOptions { timeframe: Some("H7".parse().unwrap()), ..local };
    assert_eq!(
        read_bars(&path, &seven).unwrap_err().source().unwrap().to_string(),
        "there are no bars of H7 counted from day start new-york"
    );
}

#[test]
fn months_are_recognised_by_their_steps() {
    let mut bars = QuoteBars::new(Timeframe::MN1);
    for bar in hard_bars(BarGrid::from(Timeframe::MN1), &["2024-12-01", "2025-01-01", "2025-02-01"].map(at)) {
        bars.push(&bar).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("months.csv");
    write_bars(&path, bars.view(PriceSide::Mid)).unwrap();
    assert_eq!(read_bars(&path, &ReadOptions::strict()).unwrap().bars.timeframe(), Timeframe::MN1);
}

#[test]
fn the_longest_rows_fit_and_read_back() {
    let least = 5e-324;
    let side = Ohlcv { open: least, high: least, low: least, close: least, volume: least };
    for format in [OutputFormat::Csv, OutputFormat::JsonLines] {
        let mut writer = BarWriter::new(Vec::new(), format, options(BarColumns::Quotes)).unwrap();
        for bar in minutes(1_500) {
            let (bid, ask, mid, tick_count) = (side, side, side, u32::MAX);
            writer.write(&QuoteBar { bid, ask, mid, spread: least, tick_count, ..bar }).unwrap();
        }
        let lines: Vec<_> = writer.finish().unwrap().lines().map(Result::unwrap).collect();
        let rows = &lines[usize::from(format == OutputFormat::Csv)..];
        assert_eq!(rows.len(), 1_500);
        for row in rows {
            let cells = row.trim_end_matches('}').split(',').skip(1).map(|cell| cell.rsplit(':').next().unwrap());
            let numbers: Vec<f64> = cells.map(|cell| cell.parse().unwrap()).collect();
            assert_eq!(numbers[..15], [least; 15]);
            assert_eq!(numbers[15..], [f64::from(u32::MAX)]);
        }
    }
}

#[test]
fn writers_may_change_their_thread() {
    fn is_send<T: Send>(_: &T) {}
    is_send(&TickWriter::new(Vec::new(), OutputFormat::Csv, TickWriterOptions::default()).unwrap());
    is_send(&BarWriter::new(Vec::new(), OutputFormat::Csv, options(BarColumns::Quotes)).unwrap());
}

#[test]
fn a_bar_that_cannot_come_next_is_left_out_and_named() {
    let mut writer = BarWriter::new(Vec::new(), OutputFormat::Csv, options(BarColumns::Side(PriceSide::Bid))).unwrap();
    let bars = minutes(1_030);
    for bar in &bars {
        writer.write(bar).unwrap();
    }
    let last = bars[1_029];
    let later = |minute: i64| QuoteBar { open_time: UnixNanos(minute * Timeframe::M1.nanos()), ..plain_bar() };
    let mut bad = [last, later(2_000), later(2_000), later(2_000)];
    bad[1].open_time.0 += 1;
    bad[2].bid.low = -0.0;
    bad[3].bid.close = f64::NAN;
    let refused = bad.map(|bar| writer.write(&bar).unwrap_err().to_string());
    assert_eq!(
        refused,
        [
            "row 1031: 1970-01-01T17:09:00Z does not come after 1970-01-01T17:09:00Z in the row before it",
            "row 1031: 1970-01-02T09:20:00.000000001Z is not the start of a bar of M1",
            "row 1031, column `low`: -0 is not a price from low to high",
            "row 1031, column `close`: NaN is not a price from low to high",
        ]
    );
    writer.write(&later(2_000)).unwrap();
    assert_eq!(String::from_utf8(writer.finish().unwrap()).unwrap().lines().count(), 1 + 1_030 + 1);
}

#[test]
fn the_first_bar_of_a_part_is_compared_with_the_last_of_the_part_before_it() {
    let mut writer = BarWriter::new(Vec::new(), OutputFormat::Csv, options(BarColumns::Side(PriceSide::Bid))).unwrap();
    let bars = minutes(1_024);
    for bar in &bars {
        writer.write(bar).unwrap();
    }
    assert!(matches!(writer.write(&bars[0]), Err(Error::Order { row: 1_025, .. })));
}

#[test]
fn bars_of_another_grid_or_of_one_side_only_are_refused() {
    let mut writer = BarWriter::new(Vec::new(), OutputFormat::Csv, options(BarColumns::Quotes)).unwrap();
    let error = writer.write_quote_bars(&QuoteBars::new(Timeframe::M5)).unwrap_err();
    assert_eq!(error.to_string(), "the bars are M5, but M1 are to be written");
    let error = writer.write_bars(Bars::new(Timeframe::M1).view()).unwrap_err();
    assert_eq!(error.to_string(), "bars of one side do not fill the columns of bid, ask and mid");
}

#[test]
fn bars_put_together_by_hand_are_checked_to_the_last() {
    let mut bars = QuoteBars::new(Timeframe::M1);
    for bar in &minutes(3_000) {
        bars.push(bar).unwrap();
    }
    let view = bars.view(PriceSide::Mid);
    let mut writer = BarWriter::new(Vec::new(), OutputFormat::Csv, options(BarColumns::Side(PriceSide::Mid))).unwrap();
    let mut close = view.close.to_vec();
    close[2_500] = f64::NAN;
    let error = writer.write_bars(market::BarsView { close: &close, ..view }).unwrap_err();
    assert_eq!(error.to_string(), "row 2501, column `close`: NaN is not a price from low to high");
    let mut times = view.open_time.to_vec();
    times[1_024] = times[1_023];
    let error = writer.write_bars(market::BarsView { open_time: &times, ..view }).unwrap_err();
    assert!(matches!(error, Error::Order { row: 1_025, .. }), "{error}");
    writer.write_bars(view).unwrap();
    assert!(matches!(writer.write_bars(view), Err(Error::Order { row: 3_001, .. })));
    assert_eq!(writer.finish().unwrap().lines().count(), 3_001);
}

#[test]
fn ticks_put_together_by_hand_are_checked_to_the_last() {
    let mut ticks = Ticks::default();
    for second in 0..10_000 {
        let time = UnixNanos(second / 2 * UnixNanos::PER_SECOND);
        ticks.push(Tick { time, bid: 1.0, ask: 2.0, bid_volume: 0.0, ask_volume: 0.0 }).unwrap();
    }
    let view = ticks.view();
    let mut writer = TickWriter::new(Vec::new(), OutputFormat::Csv, TickWriterOptions::default()).unwrap();
    let mut ask = view.ask.to_vec();
    for (bad, text) in [(-0.0, "-0"), (f64::NAN, "NaN"), (1e16, "10000000000000000")] {
        ask[9_999] = bad;
        let error = writer.write(market::TicksView { ask: &ask, ..view }).unwrap_err();
        assert_eq!(error.to_string(), format!("row 10000, column `ask`: {text} is not a price above 0, at most 10^15"));
    }
    let mut time = view.time.to_vec();
    time[4_096].0 = 0;
    let error = writer.write(market::TicksView { time: &time, ..view }).unwrap_err();
    assert!(matches!(error, Error::Order { row: 4_097, .. }), "{error}");
    writer.write(view).unwrap();
    assert!(matches!(writer.write(view), Err(Error::Order { row: 10_001, .. })));
    assert_eq!(writer.finish().unwrap().lines().count(), 10_001);
}

/// Takes `room` bytes, then refuses; counts the largest piece.
struct Narrow {
    room: usize,
    largest: Rc<Cell<usize>>,
}

impl Write for Narrow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.largest.set(self.largest.get().max(bytes.len()));
        self.room = self.room.checked_sub(bytes.len()).ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn built_in() -> impl Iterator<Item = OutputFormat> {
    OutputFormat::ALL.into_iter().filter(|format| format.is_built_in())
}

#[test]
fn a_sink_that_refuses_ends_the_writer() {
    let mut block = Ticks::default();
    let last = hard_ticks().view().iter().last().unwrap();
    (0..BLOCK_ROWS).for_each(|_| block.push(last).unwrap());
    for format in built_in() {
        let sink = Narrow { room: 3, largest: Rc::default() };
        let mut writer = TickWriter::new(sink, format, TickWriterOptions::default()).unwrap();
        let error = writer.write(block.view()).unwrap_err();
        assert!(matches!(&error, Error::Sink { source } if source.kind() == io::ErrorKind::BrokenPipe), "{format}");
        let error = writer.finish().err().unwrap();
        assert_eq!(error.source().unwrap().to_string(), "an earlier write has failed", "{format}");
    }
}

#[test]
fn memory_is_bounded_by_a_block() {
    for format in built_in() {
        let largest = Rc::<Cell<usize>>::default();
        let sink = Narrow { room: usize::MAX, largest: Rc::clone(&largest) };
        let mut writer = TickWriter::new(sink, format, TickWriterOptions::default()).unwrap();
        let mut part = Ticks::default();
        for second in 0..70_000_u32 {
            let (time, price) = (UnixNanos(i64::from(second)), 1.0 + f64::from(second) / 3.0);
            part.push(Tick { time, bid: price, ask: price, bid_volume: price, ask_volume: price }).unwrap();
        }
        writer.write(part.view()).unwrap();
        writer.finish().unwrap();
        let block = BLOCK_ROWS * 5 * 8;
        let bound = if format.is_text() { 80_000 } else { block + block / 100 + 10_000 };
        assert!((1_000..bound).contains(&largest.get()), "{format}: {} bytes at once", largest.get());
    }
}

#[test]
fn without_finish_there_is_no_file_and_no_footer() {
    let folder = tempfile::tempdir().unwrap();
    for format in built_in() {
        let path = folder.path().join(format!("ticks.{}", format.extensions()[0]));
        fs::write(&path, "before").unwrap();
        let mut writer =
            TickWriter::new(AtomicFile::create(&path).unwrap(), format, TickWriterOptions::default()).unwrap();
        writer.write(hard_ticks().view()).unwrap();
        drop(writer);
        assert_eq!(fs::read(&path).unwrap(), b"before", "{format}");
        fs::remove_file(&path).unwrap();
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn two_writers_of_one_file_do_not_disturb_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bars.csv");
    let (mut first, mut second) = (AtomicFile::create(&path).unwrap(), AtomicFile::create(&path).unwrap());
    first.write_all(b"first, and longer").unwrap();
    second.write_all(b"second").unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    assert_eq!(first.path(), path);
    first.commit().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"first, and longer");
    second.commit().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"second");
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["bars.csv"]);
}

#[test]
fn files_of_every_extension_can_be_written_and_others_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for format in OutputFormat::ALL {
        for extension in format.extensions() {
            let path = folder.path().join(format!("ticks.{extension}"));
            let written = write_ticks(&path, hard_ticks().view());
            if format.is_built_in() {
                written.unwrap();
                assert!(fs::metadata(&path).unwrap().len() > 100);
            } else {
                assert_eq!(
                    written.unwrap_err().to_string(),
                    format!("`{format}` is not built in: it needs the feature `arrow` of aio-market-files")
                );
                assert!(!path.exists());
            }
        }
    }
    let path = folder.path().join("ticks.txt");
    assert!(matches!(write_ticks(&path, hard_ticks().view()), Err(Error::OutputExtension { .. })));
    assert!(matches!(write_bars(&path, Bars::new(Timeframe::M1).view()), Err(Error::OutputExtension { .. })));
}
