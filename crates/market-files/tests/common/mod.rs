//! Rows that several tests write.

use market::{BarGrid, Ohlcv, QuoteBar, Tick, Ticks, UnixNanos};

/// A time in ISO 8601.
pub(crate) fn at(text: &str) -> UnixNanos {
    text.parse().expect("tests write times as they should")
}

/// Ticks with everything that is hard: before 1970, equal times, nanoseconds, extreme and ugly numbers, negative zero.
pub(crate) fn hard_ticks() -> Ticks {
    let mut ticks = Ticks::default();
    let mut push = |time: UnixNanos, bid: f64, ask: f64, bid_volume: f64, ask_volume: f64| {
        ticks.push(Tick { time, bid, ask, bid_volume, ask_volume }).expect("the ticks are in order");
    };
    push(at("1678-01-01T00:00:00.000000001Z"), 1.0, 2.0, 0.0, 0.0);
    push(at("1969-12-31T23:59:59.999999999Z"), 5e-324, f64::MIN_POSITIVE, 1e18, -0.0);
    push(at("1970-01-01T00:00:00Z"), 1e15, 0.1 + 0.2, 1e-300, f64::EPSILON);
    push(at("2019-02-04T00:00:00.123Z"), 1.14512, 1.14515, 1.5, 0.75);
    push(at("2019-02-04T00:00:00.123Z"), 1.14512, 1.14514, f64::from(2.93_f32), f64::from(1.12_f32));
    push(at("2019-02-04T00:00:00.123456Z"), 9_999_999.999_999_99, 1e7, 123_456_789.0, 1e16);
    push(at("2261-12-31T23:59:59Z"), 1e-5, 9.999e-6, 3.0, 1e-7);
    ticks
}

/// Bars of all sides on the grid, at the given times; the third has no spread, some numbers are extreme.
pub(crate) fn hard_bars(grid: BarGrid, times: &[UnixNanos]) -> Vec<QuoteBar> {
    let side = |low: f64, high: f64, volume: f64| Ohlcv { open: low, high, low, close: high, volume };
    let bar = |(row, &time): (usize, &UnixNanos)| {
        let step = row as f64 / 7.0;
        QuoteBar {
            open_time: grid.floor(time),
            bid: if row == 1 { side(5e-324, 1e300, 1e300) } else { side(1.14512 + step, 1.2 + step, 3.0) },
            ask: if row == 1 {
                side(f64::MIN_POSITIVE, f64::MAX, -0.0)
            } else {
                side(1.14515 + step, 1.3 + step, 0.1 + 0.2)
            },
            mid: side(1.145_135 + step, 1.25 + step, 3.0 + (0.1 + 0.2)),
            spread: if row == 2 { f64::NAN } else { 0.000_03 },
            tick_count: if row == 1 { u32::MAX } else { 31 },
        }
    };
    times.iter().enumerate().map(bar).collect()
}
