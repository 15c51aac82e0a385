use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;
use trade_report::{Candles, render};

use crate::browser::Browser;
use crate::sample;

const BARS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/bars/EURUSD_M5_Bid_2025Q4_EET.csv.gz");

/// Days of `YYYY.MM.DD` since 1970-01-01.
fn days(date: &str) -> i64 {
    let mut parts = date.split('.').map(|part| part.parse::<i64>().unwrap());
    let (year, month, day) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][usize::try_from(month - 1).unwrap()];
    let leap_days = (year - 1969) / 4 + i64::from(month > 2 && year % 4 == 0);
    365 * (year - 1970) + leap_days + before + day - 1
}

/// Quotes of a bank in its local time, taken as they stand: the page is looked at, nothing is traded.
fn bars() -> Option<Candles> {
    if !Path::new(BARS).exists() {
        println!("skipped: {BARS} is not there");
        return None;
    }
    let mut out = Candles { bar_ms: 300_000, ..sample::candles(0, 1) };
    for line in BufReader::new(GzDecoder::new(File::open(BARS).unwrap())).lines().skip(1) {
        let line = line.unwrap();
        let fields: Vec<&str> = line.split(',').collect();
        let (date, clock) = fields[0].split_once(' ').unwrap();
        let minutes: i64 = clock[..2].parse::<i64>().unwrap() * 60 + clock[3..5].parse::<i64>().unwrap();
        let time_ms = days(date) * 86_400_000 + minutes * 60_000;
        // The hour that the end of summer time repeats.
        if out.open_time_ms.last().is_some_and(|&last| last >= time_ms) {
            continue;
        }
        let number = |at: usize| fields[at].parse::<f64>().unwrap();
        out.open_time_ms.push(time_ms);
        out.open.push(number(1));
        out.high.push(number(2));
        out.low.push(number(3));
        out.close.push(number(4));
        out.volume.push(number(5));
    }
    Some(out)
}

#[test]
fn real_bars_are_drawn_without_a_complaint() {
    let Some(bars) = bars() else { return };
    let n_bars = bars.close.len();
    assert!(n_bars > 10_000, "{n_bars} bars");
    let report = sample::report(bars, "EURUSD");
    let page = Path::new(env!("CARGO_TARGET_TMPDIR")).join("eurusd.html");
    std::fs::write(&page, render(&report).unwrap()).unwrap();
    let Some(mut browser) = Browser::open_file(&page) else { return };
    assert_eq!(browser.number("TradeReport.report.candles.close.length"), n_bars as f64);
    browser.focus("#candles");
    browser.key("n");
    let readout = browser.text("document.getElementById('candles-values').textContent");
    assert!(readout.starts_with("2025-"), "{readout}");
    assert_eq!(browser.complaints(), [""; 0]);
}
