//! What people's frames hold, and what is said about those that cannot be read.
#![expect(clippy::unwrap_used, clippy::float_cmp, reason = "a test may panic, and exact numbers are exact")]

use market::{BarGrid, Bars, DayStart, Timeframe};
use market_frames::polars::prelude::*;
use market_frames::{
    AbsentColumns, Error, FrameOptions, NaiveTime, bars_from_frame, quote_bars_from_frame, quote_bars_to_frame,
    ticks_from_frame,
};

const STRICT: FrameOptions = FrameOptions::strict();
const NAIVE_IS_UTC: FrameOptions = FrameOptions { naive_time: NaiveTime::Utc, ..STRICT };
const ABSENT_IS_UNKNOWN: FrameOptions = FrameOptions { absent_columns: AbsentColumns::Unknown, ..STRICT };

/// 2019-02-04T13:00:00Z.
const START: i64 = 1_549_285_200;

fn datetimes(name: &str, units: &[i64], unit: TimeUnit, zone: Option<&str>) -> Column {
    let zone = TimeZone::opt_try_new(zone).unwrap();
    Int64Chunked::from_slice(name.into(), units).into_datetime(unit, zone).into_series().into_column()
}

/// Three minutes.
fn bars() -> DataFrame {
    let frame = df!(
        "open" => [1.5, 1.25, 1.5], "high" => [2.0, 1.75, 1.5], "low" => [1.0, 1.25, 1.5], "close" => [1.25, 1.5, 1.5],
        "volume" => [3.5, 0.0, 7.0], "spread" => [Some(0.25), None, Some(0.0)], "tick_count" => [9_u32, 0, 1],
    );
    with(&frame.unwrap(), datetimes("open_time", &minutes(1), TimeUnit::Milliseconds, Some("UTC")))
}

fn minutes(scale: i64) -> [i64; 3] {
    [0, 60, 120].map(|seconds| (START + seconds) * 1_000 * scale)
}

/// Three ticks, two of them at one time.
fn ticks() -> DataFrame {
    let frame = df!(
        "bid" => [1.5, 1.25, 1.5], "ask" => [1.75, 1.0, 1.5], "bid_volume" => [3.5, 0.0, 7.0], "ask_volume" => [1.0, 2.0, 3.0],
    );
    with(
        &frame.unwrap(),
        datetimes("time", &[START, START, START + 1].map(|time| time * 1_000), TimeUnit::Milliseconds, Some("UTC")),
    )
}

fn with(frame: &DataFrame, column: impl IntoColumn) -> DataFrame {
    let mut frame = frame.clone();
    frame.with_column(column.into_column()).unwrap();
    frame
}

fn read(frame: &DataFrame) -> Result<Bars, Error> {
    bars_from_frame(frame, Timeframe::M1, STRICT)
}

fn message<T: std::fmt::Debug>(read: Result<T, Error>) -> String {
    read.unwrap_err().to_string()
}

fn open_times(bars: &Bars) -> String {
    bars.view().open_time.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn times_of_every_unit_and_zone_are_the_same_instants() {
    let expected = "2019-02-04T13:00:00Z 2019-02-04T13:01:00Z 2019-02-04T13:02:00Z";
    let units = [(TimeUnit::Milliseconds, 1), (TimeUnit::Microseconds, 1_000), (TimeUnit::Nanoseconds, 1_000_000)];
    for (unit, scale) in units {
        for zone in ["UTC", "America/New_York", "Asia/Kolkata", "Etc/GMT+5"] {
            let frame = with(&bars(), datetimes("open_time", &minutes(scale), unit, Some(zone)));
            assert_eq!(open_times(&read(&frame).unwrap()), expected, "{unit} {zone}");
        }
    }
}

#[test]
fn local_times_given_a_zone_by_polars_are_converted() {
    // The hour before and the one after clocks go forward in New York, as wall clocks show them.
    let local = ["2025-03-09 01:00", "2025-03-09 03:00"];
    let seconds = [1_741_482_000_i64, 1_741_489_200].map(|wall| wall * 1_000_000);
    let naive = datetimes("open_time", &seconds, TimeUnit::Microseconds, None);
    let ambiguous = StringChunked::from_slice("ambiguous".into(), &["raise"]);
    let zone = TimeZone::opt_try_new(Some("America/New_York")).unwrap();
    let zoned = replace_time_zone(naive.datetime().unwrap(), zone.as_ref(), &ambiguous, NonExistent::Raise).unwrap();
    let text = |row: usize| zoned.clone().into_series().get(row).unwrap().to_string();
    assert!(text(0).starts_with(local[0]) && text(1).starts_with(local[1]), "{} {}", text(0), text(1));

    let frame = with(&bars().slice(0, 2), zoned.into_series());
    let bars = bars_from_frame(&frame, Timeframe::H1, STRICT).unwrap();
    assert_eq!(open_times(&bars), "2025-03-09T06:00:00Z 2025-03-09T07:00:00Z");
}

#[test]
fn naive_times_are_utc_only_if_declared() {
    let frame = with(&bars(), datetimes("open_time", &minutes(1), TimeUnit::Milliseconds, None));
    assert_eq!(message(read(&frame)), "the times in column `open_time` have no zone; declare them as UTC to read them");
    let expected = open_times(&read(&bars()).unwrap());
    assert_eq!(open_times(&bars_from_frame(&frame, Timeframe::M1, NAIVE_IS_UTC).unwrap()), expected);
}

#[test]
fn dates_are_midnight_in_utc_if_declared() {
    let days = Column::new("open_time".into(), [-1_i32, 0, 17_931]).cast(&DataType::Date).unwrap();
    let frame = with(&bars(), days);
    assert!(matches!(bars_from_frame(&frame, Timeframe::D1, STRICT), Err(Error::NaiveTime { column: "open_time" })));
    let bars = bars_from_frame(&frame, Timeframe::D1, NAIVE_IS_UTC).unwrap();
    assert_eq!(open_times(&bars), "1969-12-31T00:00:00Z 1970-01-01T00:00:00Z 2019-02-04T00:00:00Z");
}

#[test]
fn times_beyond_nanoseconds_are_named() {
    let far = datetimes("open_time", &[START * 1_000, 9_300_000_000_000_000, 0], TimeUnit::Milliseconds, Some("UTC"));
    assert_eq!(
        message(read(&with(&bars(), far))),
        "row 1, column `open_time`: 9300000000000000 ms from 1970 is not a time between 1678 and 2261"
    );
}

#[test]
fn texts_and_integers_are_no_times() {
    for (column, found) in [
        (Column::new("open_time".into(), ["2019-02-04", "b", "c"]), "str"),
        (Column::new("open_time".into(), minutes(1)), "i64"),
    ] {
        assert_eq!(
            message(read(&with(&bars(), column))),
            format!("column `open_time` is of type {found}, expected datetimes or dates")
        );
    }
}

#[test]
fn numbers_of_every_type_are_read_without_loss() {
    let whole = Column::new("volume".into(), [3_i64, 0, 7]);
    let types = [
        DataType::Int8,
        DataType::Int16,
        DataType::Int32,
        DataType::Int64,
        DataType::Int128,
        DataType::UInt8,
        DataType::UInt16,
        DataType::UInt32,
        DataType::UInt64,
        DataType::Float32,
        DataType::Float64,
        DataType::Decimal(20, 5),
    ];
    let mut n_read = 0;
    for dtype in &types {
        // A type whose feature is off cannot be in any frame.
        let Ok(volume) = whole.cast(dtype) else { continue };
        let counts = volume.clone().with_name("tick_count".into());
        let read = read(&with(&with(&bars(), volume), counts)).unwrap();
        assert_eq!(read.view().volume, [3.0, 0.0, 7.0], "{dtype}");
        assert_eq!(read.view().tick_count, [3, 0, 7], "{dtype}");
        n_read += 1;
    }
    assert!(n_read >= 8, "{n_read} types");
}

#[test]
fn a_decimal_becomes_the_nearest_float() {
    let mantissas = Int128Chunked::from_slice("close".into(), &[125_000, 150_001, 150_000]);
    let close = mantissas.into_decimal(10, 5).unwrap().into_series();
    let read = read(&with(&bars(), close)).unwrap();
    assert_eq!(read.view().close, [1.25, 1.50001, 1.5]);
}

#[test]
fn a_32_bit_float_stays_the_number_it_is() {
    let close = Column::new("close".into(), [1.1_f32, 1.5, 1.5]);
    let read = read(&with(&bars(), close)).unwrap();
    assert_eq!(read.view().close[0], 1.100_000_023_841_858);
}

#[test]
fn numbers_that_would_be_rounded_are_named() {
    let volume = Column::new("volume".into(), [0_i64, (1 << 53) + 1, 0]);
    assert_eq!(
        message(read(&with(&bars(), volume))),
        "row 1, column `volume`: 9007199254740993 is not a number that 64-bit floats hold without loss"
    );
    let mantissas = Int128Chunked::from_slice("volume".into(), &[0, 0, 12_345_678_901_234_567]);
    let volume = mantissas.into_decimal(20, 4).unwrap().into_series();
    assert_eq!(
        message(read(&with(&bars(), volume))),
        "row 2, column `volume`: 1234567890123.4567 is not a number that 64-bit floats hold without loss"
    );
    let counts = [
        (Column::new("tick_count".into(), [1.0, 2.5, 3.0]), 1, "2.5"),
        (Column::new("tick_count".into(), [1.0, 2.0, f64::NAN]), 2, "NaN"),
        (Column::new("tick_count".into(), [-1_i64, 2, 3]), 0, "-1"),
        (Column::new("tick_count".into(), [1_u64, 1 << 32, 3]), 1, "4294967296"),
    ];
    for (column, row, found) in counts {
        assert_eq!(
            message(read(&with(&bars(), column))),
            format!("row {row}, column `tick_count`: {found} is not a whole number from 0 to 4294967295")
        );
    }
}

#[test]
fn other_types_are_no_numbers() {
    let close = Column::new("close".into(), ["1.25", "1.5", "1.5"]);
    assert_eq!(
        message(read(&with(&bars(), close))),
        "column `close` is of type str, expected floats, integers or decimals"
    );
    let close = Column::new("close".into(), [true, true, true]);
    assert!(matches!(read(&with(&bars(), close)), Err(Error::ColumnType { column: "close", .. })));
}

#[test]
fn a_null_is_named_by_column_and_row_across_chunks() {
    for name in ["open_time", "open", "high", "low", "close", "volume", "tick_count"] {
        let dtype = bars().column(name).unwrap().dtype().clone();
        let mut frame = bars();
        let null = frame.slice(2, 1);
        frame = frame.slice(0, 2);
        frame.vstack_mut(&with(&null, Column::full_null(name.into(), 1, &dtype))).unwrap();
        assert_eq!(frame.first_col_n_chunks(), 2);
        assert_eq!(message(read(&frame)), format!("row 2, column `{name}`: null, where a value is needed"));
    }
    let no_times = with(&ticks(), Column::full_null("ask".into(), 3, &DataType::Null));
    assert_eq!(message(ticks_from_frame(&no_times, STRICT)), "row 0, column `ask`: null, where a value is needed");
}

#[test]
fn an_unknown_spread_may_be_null_or_nan_or_a_column_without_values() {
    let is_unknown =
        |frame: &DataFrame| read(frame).unwrap().view().spread.iter().map(|s| s.is_nan()).collect::<Vec<_>>();
    assert_eq!(is_unknown(&bars()), [false, true, false]);
    let nan = Column::new("spread".into(), [Some(f64::NAN), None, Some(0.25)]);
    assert_eq!(is_unknown(&with(&bars(), nan)), [true, true, false]);
    let null = Column::full_null("spread".into(), 3, &DataType::Null);
    assert_eq!(is_unknown(&with(&bars(), null)), [true; 3]);
    let integers = Column::new("spread".into(), [Some(1_i32), None, Some(0)]);
    assert_eq!(is_unknown(&with(&bars(), integers)), [false, true, false]);
}

#[test]
fn a_column_of_one_value_repeated_is_read() {
    let volume = Column::new_scalar("volume".into(), Scalar::from(2.5), 3);
    assert_eq!(read(&with(&bars(), volume)).unwrap().view().volume, [2.5; 3]);
}

#[test]
fn a_missing_column_is_named_with_those_that_are_there() {
    assert_eq!(
        message(read(&bars().drop("high").unwrap())),
        "there is no column `high`; there is `open`, `low`, `close`, `volume`, `spread`, `tick_count`, `open_time`"
    );
    assert_eq!(message(read(&DataFrame::default())), "there is no column `open_time`; there is none at all");
    for name in ["volume", "spread", "tick_count"] {
        assert!(
            matches!(read(&bars().drop(name).unwrap()), Err(Error::MissingColumn { column, .. }) if column == name)
        );
    }
}

#[test]
fn absent_columns_are_unknown_only_if_declared() {
    let frame = bars().drop_many(["volume", "spread", "tick_count"]);
    let read = bars_from_frame(&frame, Timeframe::M1, ABSENT_IS_UNKNOWN).unwrap();
    let view = read.view();
    assert_eq!((view.volume, view.tick_count), ([0.0; 3].as_slice(), [0; 3].as_slice()));
    assert!(view.spread.iter().all(|spread| spread.is_nan()));
    for name in ["open_time", "open", "high", "low", "close"] {
        let error = bars_from_frame(&frame.drop(name).unwrap(), Timeframe::M1, ABSENT_IS_UNKNOWN).unwrap_err();
        assert!(matches!(error, Error::MissingColumn { column, .. } if column == name));
    }

    let frame = ticks().drop_many(["bid_volume", "ask_volume"]);
    assert!(ticks_from_frame(&frame, STRICT).is_err());
    assert_eq!(ticks_from_frame(&frame, ABSENT_IS_UNKNOWN).unwrap().view().bid_volume, [0.0; 3]);
}

#[test]
fn the_tick_count_of_quote_bars_is_never_unknown() {
    let quotes = quotes();
    let unknown = quotes.drop_many(["bid_volume", "ask_volume", "spread"]);
    let bars = quote_bars_from_frame(&unknown, Timeframe::M1, ABSENT_IS_UNKNOWN).unwrap();
    assert_eq!(bars.view(market::PriceSide::Mid).volume, [0.0]);
    let error =
        quote_bars_from_frame(&quotes.drop("tick_count").unwrap(), Timeframe::M1, ABSENT_IS_UNKNOWN).unwrap_err();
    assert!(matches!(error, Error::MissingColumn { column: "tick_count", .. }));
}

#[test]
#[expect(unsafe_code, reason = "frames with two columns of one name come only from unchecked code")]
fn two_columns_of_one_name_are_refused() {
    let mut frame = bars();
    // SAFETY: the columns keep their lengths; that two have one name is what is tested.
    let columns = unsafe { frame.columns_mut() };
    columns[2].rename("high".into());
    assert_eq!(message(read(&frame)), "2 columns are named `high`");
}

#[test]
fn rows_out_of_order_are_named() {
    let swapped = bars().slice(1, 1).vstack(&bars().slice(0, 1)).unwrap();
    assert_eq!(message(read(&swapped)), "row 1: 2019-02-04T13:00:00Z is out of order after 2019-02-04T13:01:00Z");
    let repeated = bars().vstack(&bars().slice(2, 1)).unwrap();
    assert_eq!(message(read(&repeated)), "row 3: 2019-02-04T13:02:00Z is out of order after 2019-02-04T13:02:00Z");

    assert_eq!(ticks_from_frame(&ticks(), STRICT).unwrap().len(), 3, "ticks may share a time");
    let swapped = ticks().slice(1, 2).vstack(&ticks().slice(0, 1)).unwrap();
    assert_eq!(
        message(ticks_from_frame(&swapped, STRICT)),
        "row 2: 2019-02-04T13:00:00Z is out of order after 2019-02-04T13:00:01Z"
    );
}

#[test]
fn rows_off_the_grid_are_named() {
    assert_eq!(
        message(bars_from_frame(&bars(), Timeframe::M5, STRICT)),
        "row 1: 2019-02-04T13:01:00Z is not the start of a bar of M5"
    );
    let new_york = BarGrid::new(Timeframe::D1, DayStart::NewYorkClose).unwrap();
    let evenings = datetimes(
        "open_time",
        &[1_549_231_200, 1_549_317_600, 1_549_404_000].map(|s: i64| s * 1_000),
        TimeUnit::Milliseconds,
        Some("UTC"),
    );
    let frame = with(&bars(), evenings);
    let days = bars_from_frame(&frame, new_york, STRICT).unwrap();
    assert_eq!(open_times(&days), "2019-02-03T22:00:00Z 2019-02-04T22:00:00Z 2019-02-05T22:00:00Z");
    assert_eq!(days.grid(), new_york);
    assert_eq!(
        message(bars_from_frame(&frame, Timeframe::D1, STRICT)),
        "row 0: 2019-02-03T22:00:00Z is not the start of a bar of D1"
    );
}

#[test]
fn impossible_values_are_named() {
    let cases = [
        ("open", 0.0, "0 is not a finite price above 0"),
        ("high", f64::NAN, "NaN is not a finite price above 0"),
        ("low", -1.0, "-1 is not a finite price above 0"),
        ("close", f64::INFINITY, "inf is not a finite price above 0"),
        ("close", 1.0, "1 is not between low and high"),
        ("volume", -1.0, "-1 is not a finite volume of at least 0"),
        ("spread", -0.5, "-0.5 is not a spread of at least 0, or null"),
        ("spread", f64::INFINITY, "inf is not a spread of at least 0, or null"),
    ];
    for (column, value, text) in cases {
        let good = bars().column(column).unwrap().f64().unwrap().clone();
        let bad = Column::new(column.into(), [good.get(0), Some(value), good.get(2)]);
        assert_eq!(message(read(&with(&bars(), bad))), format!("row 1, column `{column}`: {text}"));
    }
    let crossed = with(&bars(), Column::new("high".into(), [1.0, 1.75, 1.5]));
    assert_eq!(message(read(&crossed)), "row 0, column `open`: 1.5 is not between low and high");
}

#[test]
fn impossible_quotes_of_ticks_are_named() {
    let cases = [
        ("bid", 0.0, "0 is not a price above 0, at most 1e15"),
        ("ask", f64::NAN, "NaN is not a price above 0, at most 1e15"),
        ("bid_volume", -1.0, "-1 is not a volume from 0 to 1e18"),
        ("ask_volume", 1e19, "10000000000000000000 is not a volume from 0 to 1e18"),
    ];
    for (column, value, text) in cases {
        let bad = Column::new(column.into(), [1.5, 1.5, value]);
        assert_eq!(
            message(ticks_from_frame(&with(&ticks(), bad), STRICT)),
            format!("row 2, column `{column}`: {text}")
        );
    }
}

/// One minute of bid, ask and mid.
fn quotes() -> DataFrame {
    let ticks = ticks_from_frame(&ticks(), STRICT).unwrap();
    quote_bars_to_frame(&market::aggregate(ticks.view(), Timeframe::M1))
}

#[test]
fn impossible_quotes_are_named_with_their_side() {
    let names = quotes().get_column_names_owned();
    for column in names.iter().filter(|name| !["open_time", "tick_count"].contains(&name.as_str())) {
        let frame = with(&quotes(), Column::new(column.clone(), [-1.0]));
        let error = quote_bars_from_frame(&frame, Timeframe::M1, STRICT).unwrap_err();
        let start = format!("row 0, column `{column}`: -1 is not a ");
        assert!(error.to_string().starts_with(&start), "{error}");
    }
    let crossed = with(&quotes(), Column::new("ask_high".into(), [0.5]));
    let message = |frame: &DataFrame| quote_bars_from_frame(frame, Timeframe::M1, STRICT).unwrap_err().to_string();
    assert_eq!(message(&crossed), "row 0, column `ask_open`: 1.75 is not between low and high");
    let huge = |name: &str| Column::new(name.into(), [f64::MAX]);
    let sum = with(&with(&quotes(), huge("bid_volume")), huge("ask_volume"));
    let message = message(&sum);
    assert!(message.contains("column `ask_volume`: 17976931") && message.contains(" + 17976931"), "{message}");
}

#[test]
fn columns_of_other_frames_are_told_apart() {
    assert!(matches!(ticks_from_frame(&bars(), STRICT), Err(Error::MissingColumn { column: "time", .. })));
    assert!(matches!(
        quote_bars_from_frame(&bars(), Timeframe::M1, STRICT),
        Err(Error::MissingColumn { column: "bid_volume", .. })
    ));
    assert!(matches!(read(&quotes()), Err(Error::MissingColumn { column: "open", .. })));
}
