//! Bars of pandas, outliers of scipy and weeks of zoneinfo; `golden/generate.py` makes the files.
#![expect(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests may panic, and exact numbers are meant")]

use market::{
    BarGrid, Bars, BarsView, FindingKind, PriceSide, Tick, Ticks, Timeframe, TradingCalendar, UnixNanos,
    ValidationOptions, aggregate, resample, validate_ticks,
};

const TICKS: &str = include_str!("golden/ticks.csv");

/// The cells of each row after the two comments and the header.
fn rows(csv: &str) -> Vec<Vec<&str>> {
    csv.lines().skip(3).map(|line| line.split(',').collect()).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

fn time(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

fn ticks(csv: &str) -> Ticks {
    let mut ticks = Ticks::default();
    for row in rows(csv) {
        let [bid, ask, bid_volume, ask_volume] = [1, 2, 3, 4].map(|column| number(row[column]));
        ticks.push(Tick { time: time(row[0]), bid, ask, bid_volume, ask_volume }).unwrap();
    }
    ticks
}

/// Prices, volumes and counts must be equal; pandas sums spreads in another order.
fn assert_equal(bars: BarsView<'_>, csv: &str, side: PriceSide) {
    let rows = rows(csv);
    assert_eq!(bars.len(), rows.len());
    let first = match side {
        PriceSide::Bid => 1,
        PriceSide::Ask => 5,
        PriceSide::Mid => 9,
    };
    for (bar, row) in bars.iter().zip(rows) {
        let volumes = (number(row[13]), number(row[14]));
        let volume = match side {
            PriceSide::Bid => volumes.0,
            PriceSide::Ask => volumes.1,
            PriceSide::Mid => volumes.0 + volumes.1,
        };
        assert_eq!(bar.open_time, time(row[0]));
        let prices = [first, first + 1, first + 2, first + 3].map(|column| number(row[column]));
        assert_eq!([bar.open, bar.high, bar.low, bar.close], prices, "{side:?} at {}", bar.open_time);
        assert_eq!((bar.volume, bar.tick_count), (volume, row[16].parse().unwrap()));
        assert!((bar.spread - number(row[15])).abs() < 1e-15, "spread at {}", bar.open_time);
    }
}

#[test]
fn ticks_become_the_bars_of_pandas() {
    let ticks = ticks(TICKS);
    for (timeframe, csv) in
        [(Timeframe::M1, include_str!("golden/bars_m1.csv")), (Timeframe::M5, include_str!("golden/bars_m5.csv"))]
    {
        let quote_bars = aggregate(ticks.view(), timeframe);
        for side in [PriceSide::Bid, PriceSide::Ask, PriceSide::Mid] {
            assert_equal(quote_bars.view(side), csv, side);
        }
    }
}

#[test]
fn minutes_become_the_five_minutes_of_pandas() {
    let minutes = aggregate(ticks(TICKS).view(), Timeframe::M1);
    for side in [PriceSide::Bid, PriceSide::Ask, PriceSide::Mid] {
        let bars: Bars = resample(minutes.view(side), Timeframe::M5).unwrap();
        assert_equal(bars.view(), include_str!("golden/bars_m5.csv"), side);
    }
}

#[test]
fn local_days_weeks_and_months_are_those_of_pandas() {
    let ticks = ticks(include_str!("golden/day_ticks.csv"));
    let expected = rows(include_str!("golden/day_starts.csv"));
    let minutes = aggregate(ticks.view(), Timeframe::M1);
    for expected in expected.chunk_by(|a, b| a[..2] == b[..2]) {
        let grid = BarGrid::new(expected[0][1].parse().unwrap(), expected[0][0].parse().unwrap()).unwrap();
        let expected: Vec<_> = expected
            .iter()
            .map(|row| (time(row[2]), [3, 4, 5, 6, 7].map(|column| number(row[column])), row[8].parse().unwrap()))
            .collect();
        assert!(expected.len() >= 4, "{grid}");
        let resampled = resample(minutes.view(PriceSide::Bid), grid).unwrap();
        for bars in [aggregate(ticks.view(), grid).bars(PriceSide::Bid), resampled] {
            let found: Vec<_> = bars
                .view()
                .iter()
                .map(|bar| (bar.open_time, [bar.open, bar.high, bar.low, bar.close, bar.volume], bar.tick_count))
                .collect();
            assert_eq!(found, expected, "{grid}");
        }
    }
}

#[test]
fn outliers_are_those_of_scipy() {
    let ticks: Vec<Tick> = ticks(TICKS).view().iter().collect();
    let expected = rows(include_str!("golden/outliers.csv"));
    for threshold in [3.0, 5.0, 10.0] {
        let options = ValidationOptions {
            outlier_threshold: threshold,
            max_examples: 100,
            ..ValidationOptions::new(TradingCalendar::AlwaysOpen)
        };
        let report = validate_ticks(&ticks, &options);
        let finding = report.findings.iter().find(|finding| finding.kind == FindingKind::Outlier).unwrap();
        let expected: Vec<_> = expected.iter().filter(|row| number(row[0]) == threshold).collect();
        assert_eq!(finding.count, expected.len());
        for (example, row) in finding.examples.iter().zip(expected) {
            assert_eq!(example.row.to_string(), row[1]);
            assert!((example.value.unwrap() - number(row[2])).abs() < 1e-12);
        }
    }
}

#[test]
fn the_currency_week_is_that_of_zoneinfo() {
    let weeks: Vec<_> = rows(include_str!("golden/weeks.csv")).iter().map(|row| (time(row[0]), time(row[1]))).collect();
    let calendar = TradingCalendar::Forex { holidays: Vec::new() };
    let within_a_year = |a: &(UnixNanos, UnixNanos), b: &(UnixNanos, UnixNanos)| b.0.0 - a.1.0 < 7 * UnixNanos::PER_DAY;
    for year in weeks.chunk_by(within_a_year) {
        let range = year[0].0..year[year.len() - 1].1;
        let open: Vec<_> = calendar.open_intervals(range).map(|interval| (interval.start, interval.end)).collect();
        assert_eq!(open, year);
    }
}
