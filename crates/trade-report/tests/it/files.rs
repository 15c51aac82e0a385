use trade_report::{Header, Report, equity_csv, metrics_json, render, trades_csv};

use crate::sample;

fn whole() -> Report {
    sample::report(sample::candles(800, 7), "SAMPLE")
}

#[test]
fn equal_reports_give_equal_bytes_and_survive_json() {
    let report = whole();
    let back: Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    assert_eq!(back, report);
    assert_eq!(render(&back).unwrap(), render(&report).unwrap());
}

#[test]
fn an_empty_report_shows_its_header_only() {
    let html = render(&Report::new(Header::new("Nothing yet", 0, 0, "USD"))).unwrap();
    assert!(html.contains("<h1>Nothing yet</h1>") && html.contains("1970-01-01 to 1970-01-01"));
    for absent in ["id=\"charts\"", "id=\"trades\"", "id=\"walk-forward\"", "class=\"heat-map\"", "id=\"overfitting\""]
    {
        assert!(!html.contains(absent), "{absent} without data");
    }
}

#[test]
fn headline_and_tables_stand_in_the_page_without_a_script() {
    let html = render(&whole()).unwrap();
    let plain = &html[..html.find("<script").unwrap()];
    for text in ["no edge found", "Moving averages 12", "95 %: −", "First ", "probability of back-test"] {
        assert!(plain.contains(text), "{text} needs the script");
    }
    assert!(!html.contains("http:") && !html.contains("https:"), "the page names an address");
}

#[test]
fn the_csv_has_a_row_for_each_trade_and_value() {
    let report = whole();
    let n_trades: usize = report.strategies.iter().map(|strategy| strategy.trades.len()).sum();
    let trades = trades_csv(&report).unwrap();
    assert_eq!(trades.lines().count(), n_trades + 1);
    let first = &report.strategies[0].trades[0];
    let row: Vec<&str> = trades.lines().nth(1).unwrap().split(',').collect();
    assert_eq!(row[..3], ["1", "Moving averages 12 / 48", "in_sample"]);
    assert_eq!((row[7].parse(), row[9].parse()), (Ok(first.entry_price), Ok(first.profit)));
    let longest = report.strategies.iter().map(|strategy| strategy.equity.as_ref().unwrap().equity.len()).max();
    let equity = equity_csv(&report).unwrap();
    assert_eq!(Some(equity.lines().count() - 1), longest, "a row for each time of any strategy");
    assert_eq!(equity.lines().next(), Some("time,period,equity_1,drawdown_1,equity_2,drawdown_2,equity_3,drawdown_3"));
    let last: Vec<&str> = equity.lines().last().unwrap().split(',').collect();
    let third = report.strategies[2].equity.as_ref().unwrap();
    assert_eq!((last[1], last[6].parse()), ("", Ok(*third.equity.last().unwrap())));
    assert_eq!(last[7].parse(), Ok(third.drawdowns().last().unwrap().unwrap()));
    assert!(equity.lines().nth(1).unwrap().ends_with(",,,,"), "the others begin later");
}

#[test]
fn the_json_is_a_report_without_its_series() {
    let report = whole();
    let back: Report = serde_json::from_str(&metrics_json(&report).unwrap()).unwrap();
    assert_eq!(back.candles, None);
    assert_eq!(back.strategies[0].metrics, report.strategies[0].metrics);
    assert_eq!(back.walk_forward, report.walk_forward);
    assert_eq!(back.heat_maps, report.heat_maps);
}
