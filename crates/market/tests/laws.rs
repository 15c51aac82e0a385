//! What holds for every input.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use market::{
    Aggregator, Bar, Bars, CleaningRule, FindingKind, Holiday, PriceSide, QuoteBars, Severity, Symbol, Tick, Ticks,
    Timeframe, TradingCalendar, UnixNanos, ValidationOptions, aggregate, clean, fill_gaps, resample, validate_bars,
    validate_ticks,
};
use proptest::prelude::*;

const SIDES: [PriceSide; 3] = [PriceSide::Bid, PriceSide::Ask, PriceSide::Mid];
const START: i64 = 1_709_632_800_000;

/// Ticks on a grid, with pauses of up to an hour; volumes are multiples of 1/8, so that their sums are exact.
fn ticks() -> impl Strategy<Value = Ticks> {
    let row = (0..200_i64, prop_oneof![9 => 0..20_000_i64, 1 => 0..3_600_000_i64], 1..30_u32, 0..64_u32, 0..64_u32);
    prop::collection::vec(row, 0..300).prop_map(|rows| {
        let (mut ticks, mut millis) = (Ticks::default(), START);
        for (price, pause, spread, bid_volume, ask_volume) in rows {
            millis += pause;
            let bid = 100_000 + price;
            ticks
                .push(Tick {
                    time: UnixNanos::from_millis(millis).unwrap(),
                    bid: bid as f64 / 1e5,
                    ask: (bid + i64::from(spread)) as f64 / 1e5,
                    bid_volume: f64::from(bid_volume) / 8.0,
                    ask_volume: f64::from(ask_volume) / 8.0,
                })
                .unwrap();
        }
        ticks
    })
}

/// Rows of a broken feed: any order, repeated, crossed, impossible.
fn raw_ticks() -> impl Strategy<Value = Vec<Tick>> {
    let price = || prop_oneof![20 => 1.0..1.1_f64, 1 => Just(1.5), 1 => any::<f64>()];
    let volume = || prop_oneof![10 => Just(1.0), 1 => any::<f64>()];
    let row = (0..200_000_i64, price(), price(), volume(), volume()).prop_map(
        |(millis, bid, ask, bid_volume, ask_volume)| {
            let time = UnixNanos::from_millis(START + millis).unwrap();
            Tick { time, bid, ask, bid_volume, ask_volume }
        },
    );
    prop::collection::vec(row, 0..80).prop_flat_map(|rows| {
        let n_rows = rows.len();
        prop::collection::vec(0..n_rows.max(1), 0..20).prop_map(move |again| {
            let mut rows = rows.clone();
            rows.extend(again.into_iter().filter_map(|row| rows.get(row).copied()).collect::<Vec<_>>());
            rows
        })
    })
}

fn timeframe() -> impl Strategy<Value = Timeframe> {
    prop_oneof![
        prop::sample::select(vec![
            Timeframe::S1,
            Timeframe::M1,
            Timeframe::M5,
            Timeframe::H1,
            Timeframe::H4,
            Timeframe::D1
        ]),
        (1..604_801_u32).prop_map(|seconds| Timeframe::from_seconds(seconds).unwrap()),
    ]
}

fn one_by_one(ticks: &Ticks, timeframe: Timeframe) -> QuoteBars {
    let (mut aggregator, mut bars) = (Aggregator::new(timeframe), QuoteBars::new(timeframe));
    for tick in ticks.view().iter() {
        if let Some(bar) = aggregator.push(tick).unwrap() {
            bars.push(&bar).unwrap();
        }
    }
    if let Some(bar) = aggregator.finish() {
        bars.push(&bar).unwrap();
    }
    bars
}

/// The slow and obvious way: all ticks of a bar, looked at column by column.
fn collected(ticks: &Ticks, timeframe: Timeframe, side: PriceSide) -> Vec<Bar> {
    let rows: Vec<Tick> = ticks.view().iter().collect();
    rows.chunk_by(|a, b| timeframe.floor(a.time) == timeframe.floor(b.time))
        .map(|rows| {
            let prices: Vec<f64> = rows
                .iter()
                .map(|tick| match side {
                    PriceSide::Bid => tick.bid,
                    PriceSide::Ask => tick.ask,
                    PriceSide::Mid => f64::midpoint(tick.bid, tick.ask),
                })
                .collect();
            let volumes = (
                rows.iter().map(|tick| tick.bid_volume).sum::<f64>(),
                rows.iter().map(|tick| tick.ask_volume).sum::<f64>(),
            );
            Bar {
                open_time: timeframe.floor(rows[0].time),
                open: prices[0],
                high: prices.iter().copied().fold(f64::MIN, f64::max),
                low: prices.iter().copied().fold(f64::MAX, f64::min),
                close: prices[prices.len() - 1],
                volume: match side {
                    PriceSide::Bid => volumes.0,
                    PriceSide::Ask => volumes.1,
                    PriceSide::Mid => volumes.0 + volumes.1,
                },
                spread: rows.iter().map(|tick| tick.ask - tick.bid).sum::<f64>() / rows.len() as f64,
                tick_count: u32::try_from(rows.len()).unwrap(),
            }
        })
        .collect()
}

proptest! {
    #[test]
    fn one_tick_at_a_time_gives_the_bits_of_the_batch(ticks in ticks(), timeframe in timeframe()) {
        prop_assert_eq!(one_by_one(&ticks, timeframe), aggregate(ticks.view(), timeframe));
    }

    #[test]
    fn aggregation_equals_the_slow_loop(ticks in ticks(), timeframe in timeframe()) {
        let quote_bars = aggregate(ticks.view(), timeframe);
        for side in SIDES {
            prop_assert_eq!(quote_bars.view(side).iter().collect::<Vec<_>>(), collected(&ticks, timeframe, side));
        }
    }

    #[test]
    fn later_ticks_do_not_change_a_bar_that_is_over(ticks in ticks(), cut in 0..300_usize) {
        let cut = cut.min(ticks.len());
        let whole = aggregate(ticks.view(), Timeframe::M1).bars(PriceSide::Mid);
        let part = aggregate(ticks.view().slice(0..cut), Timeframe::M1).bars(PriceSide::Mid);
        let n_over = part.len().saturating_sub(1);
        prop_assert_eq!(
            part.view().slice(0..n_over).iter().collect::<Vec<_>>(),
            whole.view().slice(0..n_over).iter().collect::<Vec<_>>()
        );
    }

    #[test]
    fn aggregate_then_resample_is_aggregate(ticks in ticks(), part in 1..120_u32, times in 1..50_u32) {
        let (part, whole) = (Timeframe::from_seconds(part).unwrap(), Timeframe::from_seconds(part * times).unwrap());
        let (parts, wholes) = (aggregate(ticks.view(), part), aggregate(ticks.view(), whole));
        for side in SIDES {
            let resampled = resample(parts.view(side), whole).unwrap();
            prop_assert_eq!(resampled.len(), wholes.len());
            for (found, expected) in resampled.view().iter().zip(wholes.view(side).iter()) {
                // The mean spread is summed in another order.
                prop_assert!((found.spread - expected.spread).abs() < 1e-15);
                prop_assert_eq!(Bar { spread: expected.spread, ..found }, expected);
            }
        }
    }

    #[test]
    fn resampling_to_the_same_timeframe_changes_nothing_but_rounding(ticks in ticks()) {
        let bars = aggregate(ticks.view(), Timeframe::M1).bars(PriceSide::Bid);
        let same = resample(bars.view(), Timeframe::M1).unwrap();
        prop_assert_eq!(same.view().close, bars.view().close);
        prop_assert_eq!(same.view().tick_count, bars.view().tick_count);
    }

    #[test]
    fn a_bar_contains_its_times(nanos in any::<i64>(), timeframe in timeframe()) {
        let time = UnixNanos(nanos);
        let open_time = timeframe.floor(time);
        prop_assert!(open_time <= time);
        prop_assert!(time.0.saturating_sub(open_time.0) < timeframe.nanos());
        prop_assert_eq!(timeframe.floor(open_time), open_time);
    }

    #[test]
    fn multiples_share_the_grid(part in timeframe(), times in 1..20_u32, nanos in 0..i64::MAX / 2) {
        if let Ok(whole) = Timeframe::from_seconds(part.seconds().saturating_mul(times)) && whole.is_multiple_of(part) {
            let open_time = whole.floor(UnixNanos(nanos));
            prop_assert_eq!(part.floor(open_time), open_time);
        }
    }

    #[test]
    fn intervals_touch_and_alternate(start in any::<i64>(), hours in 0..2_000_i64) {
        let calendar = TradingCalendar::forex();
        let start = UnixNanos(start);
        let end = UnixNanos(start.0.saturating_add(hours * 3_600 * UnixNanos::PER_SECOND));
        let intervals: Vec<_> = calendar.intervals(start..end).collect();
        prop_assert_eq!(intervals.first().map_or(end, |first| first.start), start.min(end));
        prop_assert_eq!(intervals.last().map_or(end, |last| last.end), end);
        for pair in intervals.windows(2) {
            prop_assert_eq!(pair[0].end, pair[1].start);
            prop_assert_ne!(pair[0].open, pair[1].open);
        }
        for interval in intervals {
            prop_assert!(interval.start < interval.end);
            prop_assert_eq!(calendar.is_open(interval.start), interval.open);
            prop_assert_eq!(calendar.is_open(UnixNanos(interval.end.0 - 1)), interval.open);
        }
    }

    #[test]
    fn formal_cleaning_gives_ticks_that_validate(raw in raw_ticks()) {
        let (ticks, log) = clean(&raw, CleaningRule::FORMAL).unwrap();
        let dropped = log.steps[0].rows.len() + log.steps[2].rows.len();
        prop_assert_eq!(ticks.len() + dropped, raw.len());
        prop_assert_eq!((log.n_before, log.n_after), (raw.len(), ticks.len()));
        let rows: Vec<_> = ticks.view().iter().collect();
        let report = validate_ticks(&rows, &ValidationOptions::new(TradingCalendar::AlwaysOpen));
        prop_assert!(report.worst().is_none_or(|worst| worst < Severity::Error));
        prop_assert_eq!(report.count(FindingKind::Duplicate), 0);
    }

    #[test]
    fn cleaning_removes_what_validation_counts(raw in raw_ticks()) {
        let report = validate_ticks(&raw, &ValidationOptions::new(TradingCalendar::AlwaysOpen));
        let rules = [CleaningRule::FORMAL, &[CleaningRule::DropOutliers { threshold: 10.0 }, CleaningRule::DropCrossed]].concat();
        let (_, log) = clean(&raw, &rules).unwrap();
        prop_assert_eq!(log.steps[0].rows.len(), report.count(FindingKind::InvalidValue));
        prop_assert_eq!(log.steps[1].rows.len(), report.count(FindingKind::OutOfOrder));
        prop_assert_eq!(log.steps[2].rows.len(), report.count(FindingKind::Duplicate));
        prop_assert_eq!(log.steps[3].rows.len(), report.count(FindingKind::Outlier));
    }

    #[test]
    fn cleaning_twice_changes_nothing_more(raw in raw_ticks()) {
        let rules = [CleaningRule::FORMAL, &[CleaningRule::DropCrossed]].concat();
        let (once, _) = clean(&raw, &rules).unwrap();
        let (twice, log) = clean(&once.view().iter().collect::<Vec<_>>(), &rules).unwrap();
        prop_assert_eq!(twice, once);
        prop_assert!(log.steps.iter().all(|step| step.rows.is_empty()));
    }

    #[test]
    fn filled_bars_have_no_gap_and_keep_the_genuine_ones(ticks in ticks()) {
        let calendar = TradingCalendar::forex();
        let bars = aggregate(ticks.view(), Timeframe::M1).bars(PriceSide::Mid);
        let filled = fill_gaps(bars.view(), &calendar).unwrap();
        prop_assert_eq!(filled.bars.len(), filled.filled.len());
        let rows: Vec<Bar> = filled.bars.view().iter().collect();
        let options = ValidationOptions { max_gap_seconds: 0, ..ValidationOptions::new(calendar) };
        prop_assert_eq!(validate_bars(&rows, Timeframe::M1, &options).count(FindingKind::Gap), 0);
        let genuine: Vec<Bar> = rows.iter().zip(&filled.filled).filter(|(_, made_up)| !**made_up).map(|(bar, _)| *bar).collect();
        prop_assert_eq!(genuine, bars.view().iter().collect::<Vec<_>>());
    }

    #[test]
    fn columns_of_valid_rows_are_accepted(ticks in ticks()) {
        prop_assert_eq!(Ticks::try_from(ticks.view()), Ok(ticks.clone()));
        let bars = aggregate(ticks.view(), Timeframe::M1).bars(PriceSide::Ask);
        prop_assert_eq!(Bars::try_from(bars.view()), Ok(bars.clone()));
    }

    #[test]
    fn what_is_printed_is_read(nanos in any::<i64>(), timeframe in timeframe(), symbol in "[A-Z0-9][A-Z0-9._-]{0,31}", month in 1..13_u8) {
        prop_assert_eq!(UnixNanos(nanos).to_string().parse(), Ok(UnixNanos(nanos)));
        prop_assert_eq!(timeframe.to_string().parse(), Ok(timeframe));
        prop_assert_eq!(symbol.parse::<Symbol>().map(|read| read.to_string()), Ok(symbol));
        let holiday = Holiday::new(month, 28).unwrap();
        prop_assert_eq!(holiday.to_string().parse(), Ok(holiday));
    }

    #[test]
    fn reading_any_text_does_not_panic(text in any::<String>()) {
        let read = (text.parse::<UnixNanos>(), text.parse::<Timeframe>(), text.parse::<Symbol>(), text.parse::<Holiday>());
        prop_assert!(text.len() < 1_000 || (read.2.is_err() && read.3.is_err()));
    }
}
