//! Each kind of finding, alone; and what its numbers say.
#![expect(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests may panic, and exact numbers are meant")]

use market::synthetic::{SyntheticConfig, generate};
use market::{
    Bar, CleaningRule, Error, Example, FindingKind, IntegrityReport, Severity, Tick, Timeframe, TradingCalendar,
    UnixNanos, ValidationOptions, clean, validate_bars, validate_ticks,
};

const SECOND: i64 = UnixNanos::PER_SECOND;

/// A quote a second from Tuesday 10:00.
fn quotes(n_ticks: i64) -> Vec<Tick> {
    let start: UnixNanos = "2024-03-05T10:00:00Z".parse().unwrap();
    (0..n_ticks)
        .map(|index| {
            let bid = (108_500 + index % 3) as f64 / 1e5;
            let time = UnixNanos(start.0 + index * SECOND);
            Tick { time, bid, ask: bid + 0.000_05, bid_volume: 1.0, ask_volume: 2.0 }
        })
        .collect()
}

fn options() -> ValidationOptions {
    ValidationOptions::new(TradingCalendar::forex())
}

/// The only finding.
fn only(report: &IntegrityReport) -> (FindingKind, Severity, usize, Example) {
    assert_eq!(report.findings.len(), 1, "{report}");
    let finding = &report.findings[0];
    (finding.kind, finding.severity, finding.count, finding.examples[0])
}

fn assert_value(example: Example, row: usize, value: f64) {
    assert_eq!(example.row, row);
    let found = example.value.unwrap();
    assert!((found - value).abs() < 1e-9, "{found} is not {value}");
}

#[test]
fn good_quotes_give_no_finding() {
    let report = validate_ticks(&quotes(100), &options());
    assert!(report.is_clean() && report.findings.is_empty());
    assert_eq!((report.n_rows, report.coverage), (100, Some(1.0)));
    assert_eq!(report.last_time, Some("2024-03-05T10:01:39Z".parse().unwrap()));
}

#[test]
fn nothing_at_all_is_covered_by_nothing() {
    let report = validate_ticks(&[], &options());
    assert_eq!((report.first_time, report.coverage, report.open_seconds), (None, None, 0.0));
    let range = Some("2024-03-05".parse().unwrap().."2024-03-06".parse().unwrap());
    let report = validate_ticks(&[], &ValidationOptions { range, ..options() });
    assert_eq!((report.coverage, report.missing_seconds), (Some(0.0), 86_400.0));
    assert_eq!(only(&report).0, FindingKind::Gap);
}

#[test]
fn impossible_values_are_errors() {
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e16] {
        let mut ticks = quotes(20);
        ticks[7].ask = wrong;
        let (kind, severity, count, example) = only(&validate_ticks(&ticks, &options()));
        assert_eq!((kind, severity, count, example.row), (FindingKind::InvalidValue, Severity::Error, 1, 7));
        assert_eq!(example.value, wrong.is_finite().then_some(wrong));
    }
}

#[test]
fn late_rows_are_errors_and_sorting_mends_them() {
    let mut ticks = quotes(20);
    ticks.swap(7, 9);
    let report = validate_ticks(&ticks, &options());
    let (kind, severity, count, example) = only(&report);
    assert_eq!((kind, severity, count), (FindingKind::OutOfOrder, Severity::Error, 2));
    assert_value(example, 8, 1.0);
    assert_eq!(clean(&ticks, &[]).unwrap_err(), Error::Order { row: 8, time: ticks[8].time });
    let (sorted, log) = clean(&ticks, &[CleaningRule::Sort]).unwrap();
    assert_eq!(sorted.view().iter().collect::<Vec<_>>(), quotes(20));
    assert_eq!(log.steps[0].rows, [8, 9]);
}

#[test]
fn duplicates_differ_from_other_quotes_of_the_same_time() {
    let mut ticks = quotes(20);
    ticks.insert(8, ticks[7]);
    let (kind, severity, count, example) = only(&validate_ticks(&ticks, &options()));
    assert_eq!((kind, severity, count), (FindingKind::Duplicate, Severity::Warning, 1));
    assert_value(example, 8, 7.0);
    ticks[8].ask += 0.000_02;
    let report = validate_ticks(&ticks, &options());
    let (kind, severity, count, example) = only(&report);
    assert_eq!((kind, severity, count), (FindingKind::SameTime, Severity::Notice, 1));
    assert_value(example, 8, 0.000_01);
    assert!(report.is_clean());
}

#[test]
fn a_duplicate_is_found_however_far_away() {
    let mut ticks = quotes(20);
    ticks.push(ticks[3]);
    let report = validate_ticks(&ticks, &options());
    assert_eq!((report.count(FindingKind::Duplicate), report.count(FindingKind::OutOfOrder)), (1, 1));
    let (cleaned, log) = clean(&ticks, CleaningRule::FORMAL).unwrap();
    assert_eq!((cleaned.len(), log.steps[2].rows.as_slice()), (20, [20].as_slice()));
}

#[test]
fn crossed_quotes_are_warnings() {
    let mut ticks = quotes(20);
    ticks[7].ask = ticks[7].bid - 0.000_02;
    let (kind, severity, count, example) = only(&validate_ticks(&ticks, &options()));
    assert_eq!((kind, severity, count), (FindingKind::Crossed, Severity::Warning, 1));
    assert_value(example, 7, 0.000_02);
    assert_eq!(clean(&ticks, &[CleaningRule::DropCrossed]).unwrap().1.steps[0].rows, [7]);
}

#[test]
fn a_spike_is_an_outlier_but_a_jump_is_not() {
    let mut spike = quotes(40);
    for tick in &mut spike[20..22] {
        tick.bid += 0.01;
        tick.ask += 0.01;
    }
    let (kind, _, count, example) = only(&validate_ticks(&spike, &options()));
    assert_eq!((kind, count), (FindingKind::Outlier, 2));
    assert!((example.value.unwrap() - 0.01).abs() < 0.000_1);
    let mut jump = quotes(40);
    for tick in &mut jump[20..] {
        tick.bid += 0.01;
        tick.ask += 0.01;
    }
    assert!(validate_ticks(&jump, &options()).findings.is_empty());
}

#[test]
fn the_ends_are_not_judged() {
    let mut ticks = quotes(40);
    ticks[1].bid = 1.2;
    ticks[1].ask = 1.201;
    assert_eq!(validate_ticks(&ticks, &options()).count(FindingKind::Outlier), 0);
}

#[test]
fn gaps_count_open_time_only() {
    // From Friday 21:50 to Sunday 22:20 there are 10 + 20 open minutes.
    let time = |text: &str| text.parse::<UnixNanos>().unwrap();
    let mut ticks = quotes(2);
    ticks[0].time = time("2012-12-07T21:50:00Z");
    ticks[1].time = time("2012-12-09T22:20:00Z");
    let report = validate_ticks(&ticks, &options());
    let (kind, severity, count, example) = only(&report);
    assert_eq!((kind, severity, count), (FindingKind::Gap, Severity::Warning, 1));
    assert_value(example, 0, 1_800.0);
    assert!(report.coverage.unwrap() < 1e-9);
    let patient = ValidationOptions { max_gap_seconds: 1_800, ..options() };
    assert!(validate_ticks(&ticks, &patient).findings.is_empty());
}

#[test]
fn a_range_shows_what_is_missing_at_the_ends() {
    let range = Some("2024-03-05T09:00:00Z".parse().unwrap().."2024-03-05T11:00:00Z".parse().unwrap());
    let report = validate_ticks(&quotes(1_800), &ValidationOptions { range, ..options() });
    assert_eq!(report.count(FindingKind::Gap), 2);
    assert_eq!((report.open_seconds, report.missing_seconds.round()), (7_200.0, 5_401.0));
    assert_eq!(report.findings[0].examples[1].row, 1_799);
}

#[test]
fn quotes_at_the_weekend_are_warnings() {
    let mut ticks = quotes(5);
    for tick in &mut ticks {
        tick.time.0 += 4 * UnixNanos::PER_DAY;
    }
    let (kind, severity, count, _) = only(&validate_ticks(&ticks, &options()));
    assert_eq!((kind, severity, count), (FindingKind::WhileClosed, Severity::Warning, 5));
    let rule = CleaningRule::DropWhileClosed { calendar: TradingCalendar::forex() };
    assert!(clean(&ticks, &[rule]).unwrap().0.is_empty());
}

#[test]
fn stale_quotes_are_found_on_request() {
    let mut ticks = quotes(200);
    let frozen = ticks[50];
    for tick in &mut ticks[50..150] {
        *tick = Tick { time: tick.time, ..frozen };
    }
    assert!(validate_ticks(&ticks, &options()).findings.is_empty());
    let (kind, severity, count, example) =
        only(&validate_ticks(&ticks, &ValidationOptions { stale_seconds: Some(60), ..options() }));
    assert_eq!((kind, severity, count), (FindingKind::Stale, Severity::Notice, 1));
    assert_value(example, 50, 99.0);
}

#[test]
fn examples_are_limited_but_counts_are_not() {
    let mut ticks = quotes(50);
    for tick in &mut ticks {
        tick.bid = -1.0;
    }
    let report = validate_ticks(&ticks, &ValidationOptions { max_examples: 3, ..options() });
    assert_eq!((report.findings[0].count, report.findings[0].examples.len()), (50, 3));
}

#[test]
fn the_worst_findings_come_first() {
    let mut ticks = quotes(50);
    ticks.insert(8, Tick { ask_volume: 3.0, ..ticks[7] });
    ticks[20].ask = ticks[20].bid - 0.000_01;
    ticks[30].bid = f64::NAN;
    let report = validate_ticks(&ticks, &options());
    let severities: Vec<_> = report.findings.iter().map(|finding| finding.severity).collect();
    assert_eq!(severities, [Severity::Error, Severity::Warning, Severity::Notice]);
    assert_eq!(
        report.to_string(),
        "51 rows, 2024-03-05T10:00:00Z to 2024-03-05T10:00:49Z, 100.00 % of the open market\n\
         error: impossible price or volume, 1 times, first at row 30 (2024-03-05T10:00:29Z)\n\
         warning: crossed quote, 1 times, first at row 20 (2024-03-05T10:00:19Z)\n\
         notice: same time, other values, 1 times, first at row 8 (2024-03-05T10:00:07Z)"
    );
}

fn bars(n_bars: i64) -> Vec<Bar> {
    let start: UnixNanos = "2024-03-05T10:00:00Z".parse().unwrap();
    (0..n_bars)
        .map(|index| Bar {
            open_time: UnixNanos(start.0 + index * 60 * SECOND),
            open: 1.085,
            high: 1.0852,
            low: 1.0849,
            close: 1.0851,
            volume: 10.0,
            spread: 0.000_05,
            tick_count: 30,
        })
        .collect()
}

#[test]
fn bars_are_checked_against_their_grid_and_their_extremes() {
    let mut rows = bars(30);
    rows[5].open_time.0 += SECOND;
    rows[6].low = 1.09;
    let report = validate_bars(&rows, Timeframe::M1, &options());
    assert_eq!((report.count(FindingKind::Misaligned), report.count(FindingKind::InvalidValue)), (1, 1));
    assert_eq!(report.worst(), Some(Severity::Error));
}

#[test]
fn two_bars_of_one_time_are_errors() {
    let mut rows = bars(30);
    rows.insert(5, rows[4]);
    assert_eq!(only(&validate_bars(&rows, Timeframe::M1, &options())).1, Severity::Error);
}

#[test]
fn a_bar_that_touches_the_open_market_is_not_at_the_weekend() {
    let mut day = bars(1);
    day[0].open_time = "2024-03-10".parse().unwrap(); // Sunday, open from 21:00
    assert!(validate_bars(&day, Timeframe::D1, &options()).findings.is_empty());
    day[0].open_time = "2024-03-09".parse().unwrap();
    assert_eq!(only(&validate_bars(&day, Timeframe::D1, &options())).0, FindingKind::WhileClosed);
}

#[test]
fn missing_bars_are_gaps_and_spikes_are_outliers() {
    let mut rows = bars(60);
    rows[40].high = 1.2;
    rows.drain(10..30);
    let report = validate_bars(&rows, Timeframe::M1, &options());
    assert_eq!((report.count(FindingKind::Gap), report.count(FindingKind::Outlier)), (1, 1));
    assert_eq!(report.missing_seconds, 1_200.0);
    assert_eq!(report.coverage, Some(1.0 - 20.0 / 60.0));
}

#[test]
fn a_synthetic_market_is_clean() {
    let config = SyntheticConfig::eurusd("2024-02-05".parse().unwrap(), 14);
    let range = Some(config.start..UnixNanos(config.start.0 + 14 * UnixNanos::PER_DAY));
    let ticks: Vec<Tick> = generate(&config, 3).unwrap().view().iter().collect();
    let report = validate_ticks(&ticks, &ValidationOptions { range, ..options() });
    assert!(report.findings.is_empty(), "{report}");
    assert_eq!((report.coverage, report.open_seconds), (Some(1.0), 240.0 * 3_600.0));
}

#[test]
#[should_panic(expected = "the outlier threshold is not above 0")]
fn an_outlier_threshold_of_nan_panics() {
    validate_ticks(&quotes(1), &ValidationOptions { outlier_threshold: f64::NAN, ..options() });
}

#[test]
fn a_cleaning_threshold_of_zero_is_refused() {
    let rules = [CleaningRule::DropOutliers { threshold: 0.0 }];
    assert_eq!(clean(&quotes(1), &rules).unwrap_err(), Error::Setting { name: "threshold", value: 0.0 });
}
