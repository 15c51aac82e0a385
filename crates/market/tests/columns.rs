//! What columns refuse, and what happens at the edges of aggregation and resampling.
#![expect(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests may panic, and exact numbers are meant")]

use market::{
    Aggregator, Bar, Bars, BarsView, Error, Instrument, PriceSide, QuoteBars, Tick, Ticks, TicksView, Timeframe,
    TradingCalendar, UnixNanos, aggregate, fill_gaps, resample,
};

fn tick(seconds: i64, bid: f64, ask: f64) -> Tick {
    Tick { time: UnixNanos::from_seconds(seconds).unwrap(), bid, ask, bid_volume: 1.0, ask_volume: 2.0 }
}

fn bar(minute: i64, spread: f64, tick_count: u32) -> Bar {
    let open_time = UnixNanos::from_seconds(60 * minute).unwrap();
    Bar { open_time, open: 2.0, high: 3.0, low: 1.0, close: 2.5, volume: 1.0, spread, tick_count }
}

fn bars(rows: &[Bar]) -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    for row in rows {
        bars.push(*row).unwrap();
    }
    bars
}

#[test]
fn ticks_refuse_the_past_and_impossible_numbers() {
    let mut ticks = Ticks::default();
    ticks.push(tick(10, 1.0, 1.5)).unwrap();
    ticks.push(tick(10, 1.5, 1.0)).unwrap(); // crossed, same time: feeds have both
    assert!(matches!(ticks.push(tick(9, 1.0, 1.5)), Err(Error::Order { row: 2, .. })));
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY, 2e15] {
        assert!(matches!(ticks.push(tick(11, wrong, 1.5)), Err(Error::Value { column: "bid", .. })));
        assert!(matches!(ticks.push(tick(11, 1.0, wrong)), Err(Error::Value { column: "ask", .. })));
    }
    for wrong in [-1.0, f64::NAN, f64::INFINITY, 2e18] {
        let volume = Tick { ask_volume: wrong, ..tick(11, 1.0, 1.5) };
        assert!(matches!(ticks.push(volume), Err(Error::Value { column: "ask_volume", .. })));
    }
    assert_eq!(ticks.len(), 2);
}

#[test]
fn bars_refuse_the_past_the_grid_between_and_prices_outside_of_low_and_high() {
    let mut bars = bars(&[bar(5, 0.1, 1)]);
    assert!(matches!(bars.push(bar(5, 0.1, 1)), Err(Error::Order { row: 1, .. })));
    let between = Bar { open_time: UnixNanos::from_seconds(361).unwrap(), ..bar(6, 0.1, 1) };
    assert!(matches!(bars.push(between), Err(Error::Alignment { .. })));
    for wrong in [
        Bar { open: 3.5, ..bar(6, 0.1, 1) },
        Bar { low: f64::NAN, ..bar(6, 0.1, 1) },
        Bar { volume: -1.0, ..bar(6, 0.1, 1) },
        Bar { spread: -0.1, ..bar(6, 0.1, 1) },
    ] {
        assert!(matches!(bars.push(wrong), Err(Error::Value { row: 1, .. })), "{wrong:?}");
    }
    bars.push(bar(6, f64::NAN, 0)).unwrap();
}

#[test]
fn views_put_together_by_hand_are_checked() {
    let time = [UnixNanos(0), UnixNanos(1)];
    let view = TicksView { time: &time, bid: &[1.0, 1.0], ask: &[1.5], bid_volume: &[0.0; 2], ask_volume: &[0.0; 2] };
    assert_eq!(Ticks::try_from(view), Err(Error::Length { column: "ask", found: 1, expected: 2 }));
    let bars = bars(&[bar(5, 0.1, 1), bar(6, 0.1, 1)]);
    let swapped: Vec<_> = bars.view().open_time.iter().rev().copied().collect();
    let view = BarsView { open_time: &swapped, ..bars.view() };
    assert!(matches!(Bars::try_from(view), Err(Error::Order { row: 1, .. })));
}

#[test]
fn a_view_is_appended_whole_or_not_at_all() {
    let rows = [tick(10, 1.0, 1.5), tick(10, 1.5, 1.0), tick(12, 1.25, 1.5), tick(13, 1.0, 2.0)];
    let mut pushed = Ticks::default();
    for row in rows {
        pushed.push(row).unwrap();
    }
    let mut extended = Ticks::default();
    extended.reserve(4);
    for range in [0..1, 1..1, 1..4] {
        extended.extend_from_view(pushed.view().slice(range)).unwrap();
    }
    assert_eq!(extended, pushed);

    let older = pushed.view().slice(2..3);
    assert!(matches!(extended.extend_from_view(older), Err(Error::Order { row: 4, .. })));
    let last = pushed.view().slice(3..4);
    for wrong in [0.0, f64::NAN, 2e15] {
        let view = TicksView { time: &[last.time[0]; 2], bid: &[1.0, wrong], ..twice() };
        assert!(matches!(extended.extend_from_view(view), Err(Error::Value { row: 5, column: "bid", .. })));
    }
    for wrong in [-1.0, f64::NAN, 2e18] {
        let view = TicksView { time: &[last.time[0]; 2], ask_volume: &[0.0, wrong], ..twice() };
        assert!(matches!(extended.extend_from_view(view), Err(Error::Value { row: 5, column: "ask_volume", .. })));
    }
    let uneven = TicksView { ask: &[1.0], ..twice() };
    assert_eq!(extended.extend_from_view(uneven), Err(Error::Length { column: "ask", found: 1, expected: 2 }));
    assert_eq!(extended, pushed);

    extended.clear();
    assert!(extended.is_empty());
    extended.extend_from_view(older).unwrap();
    assert_eq!(extended.view().bid, [1.25]);
}

fn twice() -> TicksView<'static> {
    TicksView { time: &[UnixNanos(0); 2], bid: &[1.0; 2], ask: &[2.0; 2], bid_volume: &[0.0; 2], ask_volume: &[0.0; 2] }
}

#[test]
#[should_panic(expected = "aggregate: row 1 at 1970-01-01T00:00:00Z does not come after the row before it")]
fn aggregation_of_a_forged_view_panics() {
    let time = [UnixNanos(1), UnixNanos(0)];
    let view = TicksView { time: &time, bid: &[1.0; 2], ask: &[1.5; 2], bid_volume: &[0.0; 2], ask_volume: &[0.0; 2] };
    aggregate(view, Timeframe::M1);
}

#[test]
fn the_aggregator_refuses_a_bad_tick_and_goes_on() {
    let mut aggregator = Aggregator::new(Timeframe::M1);
    aggregator.push(tick(61, 1.0, 1.5)).unwrap();
    assert!(matches!(aggregator.push(tick(60, 1.0, 1.5)), Err(Error::Order { row: 1, .. })));
    assert!(matches!(aggregator.push(tick(62, f64::NAN, 1.5)), Err(Error::Value { row: 1, .. })));
    aggregator.push(tick(62, 2.0, 2.5)).unwrap();
    let bar = aggregator.finish().unwrap();
    assert_eq!((bar.tick_count, bar.bid.close, bar.bid.high), (2, 2.0, 2.0));
}

#[test]
fn a_tick_at_the_end_of_a_bar_belongs_to_the_next() {
    let mut ticks = Ticks::default();
    for seconds in [59, 60, 119, 120] {
        ticks.push(tick(seconds, 1.0, 1.5)).unwrap();
    }
    assert_eq!(aggregate(ticks.view(), Timeframe::M1).view(PriceSide::Bid).tick_count, [1, 2, 1]);
}

#[test]
fn weeks_start_on_monday() {
    let mut ticks = Ticks::default();
    for day in ["2024-03-08T21:59:59Z", "2024-03-10T23:59:59Z", "2024-03-11T00:00:00Z"] {
        ticks.push(Tick { time: day.parse().unwrap(), ..tick(0, 1.0, 1.5) }).unwrap();
    }
    let weeks = aggregate(ticks.view(), Timeframe::W1);
    let opens: Vec<_> = weeks.view(PriceSide::Mid).open_time.iter().map(ToString::to_string).collect();
    assert_eq!(opens, ["2024-03-04T00:00:00Z", "2024-03-11T00:00:00Z"]);
}

#[test]
fn the_mid_has_its_own_extremes() {
    // The highest bid and the highest ask belong to different quotes.
    let mut ticks = Ticks::default();
    for (seconds, bid, ask) in [(0, 1.0, 2.0), (1, 1.5, 1.75), (2, 1.25, 1.5)] {
        ticks.push(tick(seconds, bid, ask)).unwrap();
    }
    let mid = aggregate(ticks.view(), Timeframe::M1);
    let mid = mid.view(PriceSide::Mid);
    assert_eq!((mid.open[0], mid.high[0], mid.low[0], mid.close[0], mid.volume[0]), (1.5, 1.625, 1.375, 1.375, 9.0));
}

#[test]
fn crossed_quotes_leave_no_negative_spread() {
    let mut ticks = Ticks::default();
    ticks.push(tick(0, 1.5, 1.0)).unwrap();
    ticks.push(tick(60, 1.5, 1.0)).unwrap();
    ticks.push(tick(61, 1.0, 2.0)).unwrap();
    let bars = aggregate(ticks.view(), Timeframe::M1).bars(PriceSide::Mid);
    assert!(bars.view().spread[0].is_nan());
    assert_eq!(bars.view().spread[1], 0.25);
}

#[test]
fn the_ends_of_time_can_be_aggregated() {
    let mut ticks = Ticks::default();
    for nanos in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
        ticks.push(Tick { time: UnixNanos(nanos), ..tick(0, 1.0, 1.5) }).unwrap();
    }
    for timeframe in [Timeframe::S1, Timeframe::W1] {
        assert_eq!(aggregate(ticks.view(), timeframe).view(PriceSide::Ask).tick_count, [2, 2]);
    }
}

#[test]
fn no_ticks_give_no_bars() {
    assert_eq!(aggregate(Ticks::default().view(), Timeframe::M1), QuoteBars::new(Timeframe::M1));
}

#[test]
fn quote_bars_refuse_what_bars_refuse() {
    let mut aggregator = Aggregator::new(Timeframe::M1);
    aggregator.push(tick(0, 1.0, 1.5)).unwrap();
    let mut bar = aggregator.finish().unwrap();
    let mut quote_bars = QuoteBars::new(Timeframe::M1);
    quote_bars.push(&bar).unwrap();
    assert!(matches!(quote_bars.push(&bar), Err(Error::Order { row: 1, .. })));
    bar.open_time = UnixNanos::from_seconds(60).unwrap();
    bar.ask.low = 9.0;
    assert!(matches!(quote_bars.push(&bar), Err(Error::Value { row: 1, .. })));
    assert_eq!(quote_bars.len(), 1);
}

#[test]
fn spreads_are_weighted_by_tick_counts() {
    let hour = |rows: &[Bar]| resample(bars(rows).view(), Timeframe::H1).unwrap().view().spread[0];
    assert_eq!(hour(&[bar(0, 1.0, 3), bar(1, 2.0, 1)]), 1.25);
    assert_eq!(hour(&[bar(0, 1.0, 0), bar(1, 2.0, 0)]), 1.5);
    assert_eq!(hour(&[bar(0, 1.0, 4), bar(1, f64::NAN, 0)]), 1.0);
    assert!(hour(&[bar(0, 1.0, 4), bar(1, f64::NAN, 1)]).is_nan());
}

#[test]
fn resampling_wants_whole_bars() {
    let rows = bars(&[bar(0, 1.0, 1)]);
    let fail = |timeframe: Timeframe| resample(rows.view(), timeframe).unwrap_err();
    assert_eq!(fail(Timeframe::S1), Error::Resample { from: Timeframe::M1.into(), to: Timeframe::S1.into() });
    assert_eq!(fail(Timeframe::S1).to_string(), "S1 bars are not made of whole M1 bars");
    let odd = Timeframe::from_seconds(90).unwrap();
    assert_eq!(fail(odd), Error::Resample { from: Timeframe::M1.into(), to: odd.into() });
    // Seven hours divide a week, but no bar of seven hours starts on Monday at midnight.
    assert!(!Timeframe::W1.is_multiple_of("7h".parse().unwrap()));
    assert!(Timeframe::W1.is_multiple_of(Timeframe::D1) && Timeframe::W1.is_multiple_of(Timeframe::H4));
}

#[test]
fn sums_that_do_not_fit_are_errors() {
    let much = [Bar { volume: f64::MAX, ..bar(0, 1.0, 1) }, Bar { volume: f64::MAX, ..bar(1, 1.0, 1) }];
    let many = [bar(0, 1.0, u32::MAX), bar(1, 1.0, 1)];
    for (rows, column) in [(much, "volume"), (many, "tick_count")] {
        let error = resample(bars(&rows).view(), Timeframe::M5).unwrap_err();
        assert!(matches!(error, Error::Value { row: 0, column: found, .. } if found == column));
    }
}

#[test]
fn filled_bars_are_flat_and_flagged() {
    let filled = fill_gaps(bars(&[bar(0, 0.5, 4), bar(3, 0.25, 2)]).view(), &TradingCalendar::AlwaysOpen).unwrap();
    assert_eq!(filled.filled, [false, true, true, false]);
    let made_up = filled.bars.view().iter().nth(1).unwrap();
    let price = 2.5;
    assert_eq!((made_up.open, made_up.high, made_up.low, made_up.close), (price, price, price, price));
    assert_eq!((made_up.volume, made_up.tick_count, made_up.spread), (0.0, 0, 0.5));
}

#[test]
fn the_days_of_a_currency_week_are_filled_from_sunday_to_friday() {
    let day = |text: &str| Bar { open_time: text.parse().unwrap(), ..bar(0, 0.5, 4) };
    let mut days = Bars::new(Timeframe::D1);
    days.push(day("2024-03-07")).unwrap();
    days.push(day("2024-03-11")).unwrap();
    let filled = fill_gaps(days.view(), &TradingCalendar::forex()).unwrap();
    let times: Vec<_> = filled.bars.view().open_time.iter().map(|time| time.to_string()[..10].to_owned()).collect();
    assert_eq!(times, ["2024-03-07", "2024-03-08", "2024-03-10", "2024-03-11"]);
}

#[test]
fn currency_pairs_have_a_pip_of_ten_ticks() {
    let eurusd = Instrument::eurusd();
    assert_eq!((eurusd.tick_size, eurusd.pip_size, eurusd.lot_size), (0.000_01, 0.000_1, 100_000.0));
    for wrong in [0, 10] {
        assert!(matches!(Instrument::forex("EURUSD".parse().unwrap(), wrong), Err(Error::Setting { .. })));
    }
}
