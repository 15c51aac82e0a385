//! Days and four hours in Eastern European Time against bars that `JForex` exported in it.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests may panic and say what they skip")]

use std::fs::File;
use std::io::Read;

use market::{Bar, BarGrid, Bars, DayStart, Timeframe, TradingCalendar, UnixNanos, resample};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/bars/EURUSD_M5_Bid_2025Q4_EET.csv.gz");

/// The text of the export, whose first column is local time such as `2025.10.01 00:05:00`.
fn export() -> Option<String> {
    let Ok(file) = File::open(FILE) else {
        println!("skipped: shared data folder is not there");
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    Some(text)
}

fn rows(text: &str) -> impl Iterator<Item = (&str, [f64; 5])> {
    text.lines().skip(1).map(|line| {
        let (label, numbers) = line.split_once(',').unwrap();
        let numbers: Vec<f64> = numbers.split(',').map(|number| number.trim().parse().unwrap()).collect();
        (label, numbers.try_into().unwrap())
    })
}

/// Of the quarter: three hours ahead of UTC until the last Sunday in October at 04:00, then two. That hour is not in it.
fn utc(label: &str) -> UnixNanos {
    let hours = if label < "2025.10.26 03:00:00" { 3 } else { 2 };
    let shown: UnixNanos = format!("{}T{}Z", label[..10].replace('.', "-"), &label[11..]).parse().unwrap();
    UnixNanos(shown.0 - hours * 3_600 * UnixNanos::PER_SECOND)
}

fn five_minutes(text: &str) -> Bars {
    let mut bars = Bars::new(Timeframe::M5);
    for (label, [open, high, low, close, volume]) in rows(text) {
        let open_time = utc(label);
        bars.push(Bar { open_time, open, high, low, close, volume, spread: f64::NAN, tick_count: 0 }).unwrap();
    }
    bars
}

/// What the local texts say: rows of one day and of the same four hours of it are one bar.
fn by_label(text: &str, hours: u32) -> Vec<(UnixNanos, [f64; 5])> {
    let group = |label: &str| (label[..10].to_owned(), label[11..13].parse::<u32>().unwrap() / hours);
    let rows: Vec<_> = rows(text).collect();
    rows.chunk_by(|a, b| group(a.0) == group(b.0))
        .map(|rows| {
            let (day, part) = group(rows[0].0);
            let column = |column: usize| rows.iter().map(move |row| row.1[column]);
            let volume = column(4).skip(1).fold(rows[0].1[4], |sum, volume| sum + volume);
            let prices = [rows[0].1[0], column(1).fold(0.0, f64::max), column(2).fold(f64::MAX, f64::min)];
            let [open, high, low] = prices;
            let label = format!("{day} {:02}:00:00", part * hours);
            (utc(&label), [open, high, low, rows[rows.len() - 1].1[3], volume])
        })
        .collect()
}

#[test]
fn days_and_four_hours_are_those_of_the_local_texts() {
    let Some(text) = export() else { return };
    let bars = five_minutes(&text);
    assert_eq!(bars.len(), 18_840);
    for (timeframe, hours, n_bars) in [(Timeframe::H4, 4, 394), (Timeframe::D1, 24, 67)] {
        let found = resample(bars.view(), BarGrid::new(timeframe, DayStart::Eet).unwrap()).unwrap();
        let found: Vec<_> = found
            .view()
            .iter()
            .map(|bar| (bar.open_time, [bar.open, bar.high, bar.low, bar.close, bar.volume]))
            .collect();
        assert_eq!((found.len(), found), (n_bars, by_label(&text, hours)), "{timeframe}");
    }
}

#[test]
fn the_export_has_bars_only_while_the_currency_market_is_open() {
    let Some(text) = export() else { return };
    let calendar = TradingCalendar::Forex { holidays: Vec::new() };
    let closed = five_minutes(&text).view().open_time.iter().filter(|time| !calendar.is_open(**time)).count();
    assert_eq!(closed, 0);
}

#[test]
fn days_from_new_yorks_close_have_no_stub_on_sunday() {
    let Some(text) = export() else { return };
    let bars = five_minutes(&text);
    let count = |day_start| resample(bars.view(), BarGrid::new(Timeframe::D1, day_start).unwrap()).unwrap().len();
    // 66 trading days; in EET, in the week between the changes of the clocks, one hour of Sunday is a day of its own.
    assert_eq!(count(DayStart::NewYorkClose), 66);
    assert_eq!(count(DayStart::Eet), 67);
    // In UTC a few hours of each of the 13 Sundays, and of the evening of 30 September with which the export starts.
    assert_eq!(count(DayStart::Utc), 66 + 13 + 1);
}
