//! What must hold for any strategy and any prices, and equality with a slow, obvious loop.
use std::ops::Range;

use backtest::{Account, Commission, ExitReason, Market, Plan, Report, Scratch, Spread, evaluate, evaluate_many, run};
use market::{Bar, Bars, Timeframe, UnixNanos};
use proptest::prelude::*;
use strategy::{
    Arg, BreakEven, CmpOp, Cond, CrossKind, Distance, Follows, Longer, Num, NumOp, Params, Price, Risk, Session,
    SizeRule, Sizing, Strategy as Rules, TrailingStop,
};

use crate::support::{account, indicator, of_close, rule};

fn walks(n_bars: Range<usize>) -> impl Strategy<Value = Bars> {
    let bar = (-30..=30_i32, 0..25_i32, 0..25_i32, 0..=100_i32, 0..4_u8);
    proptest::collection::vec(bar, n_bars).prop_map(|steps| {
        let mut bars = Bars::new(Timeframe::M15);
        let mut last = 10_000;
        for (quarter, (gap, up, down, close, volume)) in (0_i64..).zip(steps) {
            let open = last + gap;
            let (high, low) = (open + up, open - down);
            last = low + (high - low) * close / 100;
            let price = |ticks: i32| f64::from(ticks) / 100.0;
            bars.push(Bar {
                open_time: UnixNanos(quarter * Timeframe::M15.nanos()),
                open: price(open),
                high: price(high),
                low: price(low),
                close: price(last),
                volume: f64::from(volume),
                spread: 0.02,
                tick_count: 1,
            })
            .unwrap();
        }
        bars
    })
}

fn nums() -> impl Strategy<Value = Num> {
    let price = prop_oneof![
        Just(Price::Open),
        Just(Price::High),
        Just(Price::Low),
        Just(Price::Close),
        Just(Price::Hl2),
        Just(Price::Hlc3),
        Just(Price::Ohlc4),
        Just(Price::Volume),
    ];
    let leaf = prop_oneof![
        4 => price.prop_map(Num::Price),
        2 => (1..12_u8).prop_map(|period| of_close("sma", f64::from(period))),
        2 => (2..12_u8).prop_map(|period| of_close("rsi", f64::from(period))),
        1 => (2..8_u8).prop_map(|period| {
            indicator("adx", &[Arg::Const(f64::from(period))], None, "plus_di")
        }),
        1 => (0..120_u8).prop_map(|value| Num::Const(f64::from(value))),
    ];
    let op = prop_oneof![
        Just(NumOp::Add),
        Just(NumOp::Sub),
        Just(NumOp::Mul),
        Just(NumOp::Div),
        Just(NumOp::Min),
        Just(NumOp::Max),
    ];
    let own = leaf.prop_recursive(2, 6, 2, move |inner| {
        prop_oneof![
            (inner.clone(), 1..70_u16).prop_map(|(num, bars)| Num::Lag(Box::new(num), bars)),
            (op.clone(), inner.clone(), inner).prop_map(|(op, a, b)| Num::Binary(op, Box::new(a), Box::new(b))),
        ]
    });
    let minutes = prop_oneof![Just(30), Just(60), Just(240)];
    let longer =
        (minutes, own.clone(), proptest::option::weighted(0.3, own.clone())).prop_map(|(minutes, num, beside)| {
            let num = Num::Longer(Longer { minutes, num: Box::new(num) });
            match beside {
                Some(other) => Num::Lag(Box::new(Num::Binary(NumOp::Sub, Box::new(num), Box::new(other))), 3),
                None => num,
            }
        });
    prop_oneof![5 => own, 1 => longer]
}

fn conds() -> impl Strategy<Value = Cond> {
    let op = prop_oneof![Just(CmpOp::Lt), Just(CmpOp::Le), Just(CmpOp::Gt), Just(CmpOp::Ge)];
    let kind = prop_oneof![Just(CrossKind::Over), Just(CrossKind::Under)];
    let leaf = prop_oneof![
        3 => (op, nums(), nums()).prop_map(|(op, left, right)| Cond::Compare(op, left, right)),
        3 => (kind, nums(), nums()).prop_map(|(kind, left, right)| Cond::Cross(kind, left, right)),
        1 => (0..1440_u16, 1..1440_u16).prop_map(|(from_minute, length)| {
            Cond::Session(Session { from_minute, to_minute: (from_minute + length) % 1440 })
        }),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Cond::All),
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Cond::Any),
            inner.prop_map(|cond| Cond::Not(Box::new(cond))),
        ]
    })
}

fn distances() -> impl Strategy<Value = Distance> {
    prop_oneof![
        (1..60_u8).prop_map(|ticks| Distance::Ticks(Arg::Const(f64::from(ticks)))),
        (1..60_u8).prop_map(|percent| Distance::Percent(Arg::Const(f64::from(percent) / 100.0))),
        (1..9_u8, 1..30_u8).prop_map(|(period, multiple)| Distance::Atr {
            period: Arg::Const(f64::from(period)),
            multiple: Arg::Const(f64::from(multiple) / 10.0),
        }),
    ]
}

fn risks() -> impl Strategy<Value = Risk> {
    let option = || proptest::option::of(distances());
    let follows = prop_oneof![Just(Follows::Best), Just(Follows::Close)];
    let trailing = (distances(), follows, option()).prop_map(|(distance, follows, after)| TrailingStop {
        distance,
        follows,
        after,
    });
    let even =
        (distances(), 0..9_u8).prop_map(|(after, lock)| BreakEven { after, lock_ticks: Arg::Const(f64::from(lock)) });
    let max_bars = (1..30_u8).prop_map(|bars| Arg::Const(f64::from(bars)));
    (
        option(),
        option(),
        proptest::option::weighted(0.3, trailing),
        proptest::option::weighted(0.3, even),
        proptest::option::weighted(0.3, max_bars),
    )
        .prop_map(|(stop_loss, take_profit, trailing_stop, break_even, max_bars)| Risk {
            stop_loss,
            take_profit,
            trailing_stop,
            break_even,
            max_bars,
        })
}

fn sizes() -> impl Strategy<Value = SizeRule> {
    prop_oneof![
        (1..200_u8).prop_map(|units| SizeRule::Units(f64::from(units))),
        (1..500_u16).prop_map(|tenths| SizeRule::EquityFraction(f64::from(tenths) / 10.0)),
        (1..50_u8).prop_map(|thousandths| SizeRule::RiskFraction(f64::from(thousandths) / 1000.0)),
        (1..50_u8, nums()).prop_map(|(target, volatility)| SizeRule::VolatilityTarget {
            target: f64::from(target),
            volatility,
            max_leverage: 2.0,
        }),
        (1..=4_u8, 2..9_u16, 0..3_u8).prop_map(|(quarters, n_trades, halves)| SizeRule::Kelly {
            fraction: f64::from(quarters) / 4.0,
            n_trades,
            min_leverage: f64::from(halves) / 2.0,
            max_leverage: 3.0,
        }),
    ]
}

fn strategies() -> impl Strategy<Value = Rules> {
    let rule = || (conds(), proptest::option::of(conds())).prop_map(|(entry, exit)| rule(entry, exit));
    ((rule(), proptest::option::weighted(0.7, rule())), risks(), sizes(), proptest::option::weighted(0.2, nums()))
        .prop_map(|((long, short), mut risk, size, confidence)| {
            if matches!(size, SizeRule::RiskFraction(_)) {
                risk.stop_loss.get_or_insert(Distance::Ticks(Arg::Const(30.0)));
            }
            let mut rules = crate::support::strategy(Some(long), short, risk, size);
            rules.sizing.confidence = confidence;
            rules
        })
        .prop_filter("a position must be able to close", |rules| rules.validate().is_ok())
}

fn accounts() -> impl Strategy<Value = Account> {
    let commission = prop_oneof![
        Just(Commission::None),
        Just(Commission::Percent(0.05)),
        Just(Commission::PerUnit(0.01)),
        Just(Commission::PerOrder(2.0)),
    ];
    let spread = prop_oneof![Just(Spread::None), Just(Spread::Fixed(0.04)), Just(Spread::FromBars)];
    (commission, 0..3_u32, spread).prop_map(|(commission, slippage, spread)| account(commission, slippage, spread))
}

fn run_in(rules: &Rules, bars: &Bars, window: Range<usize>, account: &Account) -> Report {
    let plan = Plan::compile(rules).unwrap();
    let market = Market::new(bars.view());
    run(&plan, &Params::new(Vec::new()), &market, window, account, &mut Scratch::new()).unwrap()
}

fn cut(bars: &Bars, len: usize) -> Bars {
    let mut first = Bars::new(bars.timeframe());
    for bar in bars.view().iter().take(len) {
        first.push(bar).unwrap();
    }
    first
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

fn does_what_the_slow_loop_does(
    rules: &Rules,
    bars: &Bars,
    window: Range<usize>,
    account: &Account,
) -> Result<(), TestCaseError> {
    let report = run_in(rules, bars, window.clone(), account);
    let expected = crate::slow::run(rules, bars.view(), window, account);
    prop_assert_eq!(bits(&report.equity), bits(&expected.equity));
    prop_assert_eq!(report.trades.len(), expected.trades.len());
    for (found, wanted) in report.trades.iter().zip(&expected.trades) {
        prop_assert_eq!((found.entry_bar, found.exit_bar), (wanted.entry_bar, wanted.exit_bar));
        prop_assert_eq!((found.direction, found.exit_reason), (wanted.direction, wanted.exit_reason));
        prop_assert_eq!(found.profit.to_bits(), wanted.profit.to_bits());
        prop_assert_eq!((found.max_adverse, found.max_favourable), (wanted.max_adverse, wanted.max_favourable));
    }
    prop_assert_eq!(report.dropped.len(), expected.n_dropped);
    has_the_figures_of_its_equity(&report, account.initial_cash)
}

/// The figures that are summed up on the way against the statistics of the whole curve.
fn has_the_figures_of_its_equity(report: &Report, initial_cash: f64) -> Result<(), TestCaseError> {
    let mut equity = vec![initial_cash];
    equity.extend(&report.equity);
    let of = |pair: &[f64]| if pair[0] > 0.0 { pair[1] / pair[0] - 1.0 } else { 0.0 };
    let returns: Vec<f64> = equity.windows(2).map(of).collect();
    let moments = trade_stats::moments(&returns).unwrap();
    let metrics = &report.metrics;
    let near = |found: f64, wanted: f64, scale: f64| (found - wanted).abs() <= 1e-9 * scale.max(wanted.abs());
    prop_assert!(near(metrics.mean_return, moments.mean, moments.std), "{metrics:?} {moments:?}");
    prop_assert!(near(metrics.std_return, moments.std, 0.0), "{metrics:?} {moments:?}");
    for (found, wanted) in [(metrics.skewness, moments.skewness), (metrics.kurtosis, moments.kurtosis)] {
        prop_assert_eq!(found.is_some(), wanted.is_some());
        prop_assert!(near(found.unwrap_or(0.0), wanted.unwrap_or(0.0), 1.0), "{metrics:?} {moments:?}");
    }
    let fall = trade_stats::max_drawdown(&equity).unwrap().fraction;
    prop_assert_eq!(metrics.max_drawdown.to_bits(), fall.to_bits());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn long_windows_are_no_exception(
        rules in strategies(), bars in walks(1_000..2_600), account in accounts(), from in 0..100_usize,
    ) {
        does_what_the_slow_loop_does(&rules, &bars, from..bars.len(), &account)?;
    }

    #[test]
    fn many_parameter_sets_together_are_each_alone(
        bars in walks(1_000..2_600), account in accounts(), from in 0..100_usize, stop in proptest::bool::ANY,
    ) {
        let plan = Plan::compile(&crossing(stop)).unwrap();
        let sets: Vec<Params> = (0..24).map(|k| Params::new(vec![f64::from(2 + k % 5), f64::from(9 + k)])).collect();
        let (market, window) = (Market::new(bars.view()), from..bars.len());
        let together =
            evaluate_many(&plan, &sets.iter().collect::<Vec<_>>(), &market, window.clone(), &account, &mut Scratch::new());
        let mut scratch = Scratch::new();
        for (params, found) in sets.iter().zip(together) {
            let alone = evaluate(&plan, params, &market, window.clone(), &account, &mut scratch).unwrap();
            prop_assert_eq!(found.unwrap(), alone);
        }
    }
}

/// Long and short at the crossings of two averages whose periods are inputs.
fn crossing(stop: bool) -> Rules {
    let average = |input: usize| {
        serde_json::json!({ "indicator": {
        "kind": "sma", "args": [{ "input": input }], "source": "close", "output": "value" } })
    };
    let input = |name: &str| {
        serde_json::json!({ "name": name, "kind": {
        "integer": { "default": 10, "min": 2, "max": 50, "step": 1 } } })
    };
    let cross = |kind: &str| serde_json::json!({ "cross": [kind, average(0), average(1)] });
    let distance =
        stop.then(|| serde_json::json!({ "atr": { "period": { "const": 5.0 }, "multiple": { "const": 2.0 } } }));
    let rules = serde_json::json!({
        "name": "crossing", "inputs": [input("fast"), input("slow")],
        "long": { "entry": cross("over"), "exit": null }, "short": { "entry": cross("under"), "exit": null },
        "risk": { "stop_loss": distance, "take_profit": null }, "sizing": { "rule": { "equity_fraction": 0.5 } }
    });
    Rules::from_json(&rules.to_string()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_kernel_does_what_a_slow_obvious_loop_does(
        rules in strategies(), bars in walks(2..300), account in accounts(), from in 0..100_usize,
    ) {
        does_what_the_slow_loop_does(&rules, &bars, from.min(bars.len() - 2)..bars.len(), &account)?;
    }

    #[test]
    fn the_future_does_not_change_a_prefix(
        rules in strategies(), bars in walks(4..300), account in accounts(), len in 2..300_usize,
    ) {
        let len = len.min(bars.len());
        let whole = run_in(&rules, &bars, 0..bars.len(), &account);
        let prefix = run_in(&rules, &cut(&bars, len), 0..len, &account);
        // The last bar of a window closes what is open, and a bankruptcy may come of its costs.
        prop_assert_eq!(bits(&whole.equity[..len - 1]), bits(&prefix.equity[..len - 1]));
        let closed = |report: &Report| -> Vec<_> {
            report.trades.iter().filter(|trade| trade.exit_bar + 1 < len).copied().collect()
        };
        prop_assert_eq!(closed(&whole), closed(&prefix));
        // A window is blind for the bars behind it.
        let blind = run_in(&rules, &bars, 0..len, &account);
        prop_assert_eq!(bits(&blind.equity), bits(&prefix.equity));
        prop_assert_eq!(blind, prefix);
    }

    #[test]
    fn evaluating_is_running_without_the_lists(
        rules in strategies(), bars in walks(2..300), account in accounts(), from in 0..100_usize,
    ) {
        let window = from.min(bars.len() - 2)..bars.len();
        let report = run_in(&rules, &bars, window.clone(), &account);
        let plan = Plan::compile(&rules).unwrap();
        // Neither used memory nor a market that keeps nothing or only a column or two makes a difference.
        let limit = 2 * 8 * bars.len();
        let (full, empty) = (Market::new(bars.view()), Market::with_limit(bars.view(), 0));
        let narrow = Market::with_limit(bars.view(), limit);
        let mut scratch = Scratch::new();
        for market in [&full, &full, &empty, &narrow] {
            let metrics =
                evaluate(&plan, &Params::new(Vec::new()), market, window.clone(), &account, &mut scratch).unwrap();
            prop_assert_eq!(format!("{metrics:?}"), format!("{:?}", report.metrics));
        }
        prop_assert_eq!(empty.cached_bytes(), 0);
        prop_assert!(narrow.cached_bytes() <= limit);
    }

    #[test]
    fn profits_add_up_to_the_equity(rules in strategies(), bars in walks(2..300), account in accounts()) {
        let report = run_in(&rules, &bars, 0..bars.len(), &account);
        let profits: f64 = report.trades.iter().map(|trade| trade.profit).sum();
        let last = report.equity[report.equity.len() - 1];
        let scale = 1e-9 * report.equity.iter().fold(account.initial_cash, |largest, worth| largest.max(worth.abs()));
        prop_assert!((account.initial_cash + profits - last).abs() <= scale);
        let metrics = report.metrics;
        prop_assert!((metrics.gross_profit - metrics.gross_loss - metrics.net_profit).abs() <= scale);
        prop_assert!(metrics.costs >= 0.0 && (0.0..=1.0).contains(&metrics.exposure));
        prop_assert_eq!((metrics.n_trades, report.equity.len()), (report.trades.len(), bars.len()));
        prop_assert!(report.trades.windows(2).all(|pair| pair[0].exit_bar <= pair[1].entry_bar));
    }

    #[test]
    fn costs_never_pay(rules in strategies(), bars in walks(2..200)) {
        // With fixed sizes and neither stop nor target, the same trades cost more.
        let rules = Rules {
            risk: Risk::default(),
            sizing: Sizing { rule: SizeRule::Units(1.0), confidence: None },
            short: rules.short.or_else(|| Some(rule(Cond::Any(Vec::new()), None))),
            ..rules
        };
        let free = run_in(&rules, &bars, 0..bars.len(), &account(Commission::None, 0, Spread::None));
        let paid = run_in(&rules, &bars, 0..bars.len(), &account(Commission::PerOrder(0.5), 1, Spread::FromBars));
        prop_assert_eq!(free.trades.len(), paid.trades.len());
        for (a, b) in free.trades.iter().zip(&paid.trades) {
            prop_assert!((a.profit - b.profit - b.costs).abs() < 1e-9);
            prop_assert!(a.exit_reason != ExitReason::Bankrupt);
        }
    }
}

#[test]
fn threads_that_share_a_market_get_the_same_bits() {
    let mut bars = Bars::new(Timeframe::M1);
    for minute in 0..2_000_i64 {
        let phase = (minute * 37 % 101) as f64 / 10.0;
        let (open, close) = (100.0 + phase, 100.0 + (phase * 1.7) % 9.0);
        let open_time = UnixNanos(minute * Timeframe::M1.nanos());
        let (high, low) = (f64::max(open, close), f64::min(open, close));
        bars.push(Bar { open_time, open, high, low, close, volume: 1.0, spread: 0.01, tick_count: 1 }).unwrap();
    }
    let plans: Vec<Plan> = (2..40_u8)
        .map(|period| {
            let above = Cond::Compare(CmpOp::Gt, Num::Price(Price::Close), of_close("sma", f64::from(period)));
            let below = Cond::Not(Box::new(above.clone()));
            let rules = crate::support::strategy(
                Some(rule(above, None)),
                Some(rule(below, None)),
                Risk::default(),
                SizeRule::EquityFraction(0.5),
            );
            Plan::compile(&rules).unwrap()
        })
        .collect();
    let all = |market: &Market<'_>| -> Vec<String> {
        let (params, mut scratch) = (Params::new(Vec::new()), Scratch::new());
        let account = account(Commission::Percent(0.01), 1, Spread::FromBars);
        let metrics = |plan| evaluate(plan, &params, market, 0..2_000, &account, &mut scratch).unwrap();
        plans.iter().map(metrics).map(|metrics| format!("{metrics:?}")).collect()
    };
    let alone = all(&Market::new(bars.view()));
    let shared = Market::new(bars.view());
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(|| all(&shared))).collect();
        for worker in workers {
            assert_eq!(worker.join().unwrap(), alone);
        }
    });
    assert_eq!(shared.cached_bytes(), 38 * 2_000 * 8);
}
