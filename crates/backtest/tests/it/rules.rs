//! One rule of the back-test a test.
use backtest::{
    Account, Commission, DropReason, Error, ExitReason, Market, Plan, Profile, Report, Scratch, Spread, Trade,
    evaluate, run,
};
use broker::Direction;
use indicators::{Column, IndicatorKind};
use market::{Bar, Bars, Timeframe, UnixNanos};
use strategy::{
    Arg, CmpOp, Cond, Distance, IndicatorCall, Input, InputId, InputKind, Num, NumOp, Params, Price, Risk, Session,
    SizeRule, Sizing, Strategy,
};

use crate::support::{account, indicator, of_close, rule, strategy};

/// Holds at the bars whose volume is `code`: a signal wherever a test wants one.
fn at(code: f64) -> Cond {
    let volume = || Num::Price(Price::Volume);
    Cond::All(vec![
        Cond::Compare(CmpOp::Le, volume(), Num::Const(code)),
        Cond::Compare(CmpOp::Ge, volume(), Num::Const(code)),
    ])
}

/// Flat bars at 100 whose volumes are `codes`; each bar after the first opens where `opens` says.
fn coded(codes: &[f64], opens: &[f64]) -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    for ((minute, &volume), &price) in (0_i64..).zip(codes).zip(opens) {
        let open_time = UnixNanos(minute * Timeframe::M1.nanos());
        let bar = Bar {
            open_time,
            open: price,
            high: price,
            low: price,
            close: price,
            volume,
            spread: f64::NAN,
            tick_count: 1,
        };
        bars.push(bar).unwrap();
    }
    bars
}

/// Bars of one minute from midnight on, of open, high, low and close, without spread.
fn bars(prices: &[[f64; 4]]) -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    for (minute, &[open, high, low, close]) in (0_i64..).zip(prices) {
        let open_time = UnixNanos(minute * Timeframe::M1.nanos());
        bars.push(Bar { open_time, open, high, low, close, volume: 1.0, spread: f64::NAN, tick_count: 1 }).unwrap();
    }
    bars
}

fn free() -> Account {
    account(Commission::None, 0, Spread::None)
}

fn run_all(strategy: &Strategy, bars: &Bars, account: &Account) -> Report {
    let plan = Plan::compile(strategy).unwrap();
    let market = Market::new(bars.view());
    run(&plan, &Params::new(Vec::new()), &market, 0..bars.len(), account, &mut Scratch::new()).unwrap()
}

const BUY: f64 = 1.0;
const SELL: f64 = 2.0;
const BOTH: f64 = 3.0;
const EXIT: f64 = 4.0;
const BUY_AND_EXIT: f64 = 5.0;
const SELL_AND_EXIT: f64 = 6.0;

/// Both sides, each with an exit, by the codes above.
fn by_code(risk: Risk, size: SizeRule) -> Strategy {
    let any = |codes: &[f64]| Cond::Any(codes.iter().map(|&code| at(code)).collect());
    let exit = || Some(any(&[EXIT, BUY_AND_EXIT, SELL_AND_EXIT]));
    strategy(
        Some(rule(any(&[BUY, BOTH, BUY_AND_EXIT]), exit())),
        Some(rule(any(&[SELL, BOTH, SELL_AND_EXIT]), exit())),
        risk,
        size,
    )
}

fn outline(trades: &[Trade]) -> Vec<(Direction, usize, usize, ExitReason)> {
    trades.iter().map(|trade| (trade.direction, trade.entry_bar, trade.exit_bar, trade.exit_reason)).collect()
}

fn coded_run(codes: &[f64]) -> Vec<(Direction, usize, usize, ExitReason)> {
    let bars = coded(codes, &vec![100.0; codes.len()]);
    outline(&run_all(&by_code(Risk::default(), SizeRule::Units(1.0)), &bars, &free()).trades)
}

#[test]
fn orders_fill_at_the_next_open_and_the_window_closes_what_is_open() {
    use Direction::{Long, Short};
    assert_eq!(coded_run(&[BUY, 0.0, EXIT, 0.0, 0.0]), [(Long, 1, 3, ExitReason::Signal)]);
    assert_eq!(
        coded_run(&[BUY, SELL, 0.0, 0.0]),
        [(Long, 1, 2, ExitReason::Reversal), (Short, 2, 3, ExitReason::EndOfWindow)]
    );
    // The order of the last bar would fill behind the window; that of the bar before lives for one bar.
    assert_eq!(coded_run(&[0.0, BUY, 0.0]), [(Long, 2, 2, ExitReason::EndOfWindow)]);
    assert_eq!(coded_run(&[0.0, 0.0, BUY]), []);
}

#[test]
fn signals_that_contradict_each_other_are_settled() {
    use Direction::{Long, Short};
    // Both sides at once: neither. An exit while flat: nothing.
    assert_eq!(coded_run(&[BOTH, EXIT, 0.0, 0.0]), []);
    // In a position, both sides at once do not even reverse.
    assert_eq!(coded_run(&[BUY, BOTH, 0.0, 0.0]), [(Long, 1, 3, ExitReason::EndOfWindow)]);
    // Along with the position the entry is ignored and the exit counts; flat, it is the other way round.
    assert_eq!(coded_run(&[BUY, BUY_AND_EXIT, 0.0, 0.0]), [(Long, 1, 2, ExitReason::Signal)]);
    assert_eq!(coded_run(&[BUY_AND_EXIT, 0.0, 0.0]), [(Long, 1, 2, ExitReason::EndOfWindow)]);
    // Against the position, the entry reverses it whatever its exit says.
    assert_eq!(
        coded_run(&[BUY, SELL_AND_EXIT, 0.0, 0.0]),
        [(Long, 1, 2, ExitReason::Reversal), (Short, 2, 3, ExitReason::EndOfWindow)]
    );
}

#[test]
fn sizes_come_from_the_signal_bar() {
    // Signal at 100, fill at 110: the size still divides by 100.
    for (size, quantity) in [
        (SizeRule::Units(12.345), 12.34),
        (SizeRule::EquityFraction(0.5), 50.0),
        (SizeRule::RiskFraction(0.01), 100.0 / 2.5),
    ] {
        let risk = Risk { stop_loss: Some(Distance::Ticks(Arg::Const(250.0))), ..Risk::default() };
        let bars = coded(&[BUY, 0.0, 0.0], &[100.0, 110.0, 110.0]);
        let report = run_all(&by_code(risk, size.clone()), &bars, &free());
        assert_eq!(report.trades[0].quantity, quantity, "{size:?}");
    }
}

#[test]
fn a_reversal_is_sized_by_the_equity_with_the_open_profit() {
    let bars = coded(&[BUY, 0.0, SELL, 0.0, 0.0], &[100.0, 100.0, 110.0, 110.0, 110.0]);
    let report = run_all(&by_code(Risk::default(), SizeRule::EquityFraction(1.0)), &bars, &free());
    assert_eq!(report.equity, [10_000.0, 10_000.0, 11_000.0, 11_000.0, 11_000.0]);
    assert_eq!(report.trades[1].quantity, 100.0);
}

#[test]
fn confidence_scales_the_size_and_is_limited() {
    for (confidence, quantity) in [(0.25, Some(2.5)), (1.0, Some(10.0)), (7.0, Some(10.0)), (0.0, None), (-1.0, None)] {
        let mut strategy = by_code(Risk::default(), SizeRule::Units(10.0));
        strategy.sizing.confidence = Some(Num::Const(confidence));
        let report = run_all(&strategy, &coded(&[BUY, 0.0, 0.0], &[100.0; 3]), &free());
        assert_eq!(report.trades.first().map(|trade| trade.quantity), quantity);
        let dropped: Vec<_> = report.dropped.iter().map(|entry| (entry.bar, entry.reason)).collect();
        let expected = if quantity.is_some() { vec![] } else { vec![(0, DropReason::BelowStep)] };
        assert_eq!(dropped, expected);
    }
}

#[test]
fn entries_that_cannot_be_ordered_are_recorded() {
    let bars = coded(&[BUY, 0.0, 0.0, 0.0], &[100.0; 4]);
    let atr = Distance::Atr { period: Arg::Const(14.0), multiple: Arg::Const(2.0) };
    let no_range = by_code(Risk { stop_loss: Some(atr), ..Risk::default() }, SizeRule::Units(1.0));
    let mut no_confidence = by_code(Risk::default(), SizeRule::Units(1.0));
    no_confidence.sizing.confidence = Some(Num::Lag(Box::new(Num::Const(1.0)), 1));
    let tiny = by_code(Risk::default(), SizeRule::Units(0.001));
    let huge = by_code(Risk::default(), SizeRule::Units(1e15));
    for (strategy, reason) in [
        (no_range, DropReason::NoDistance),
        (no_confidence, DropReason::NoConfidence),
        (tiny, DropReason::BelowStep),
        (huge, DropReason::TooLarge),
    ] {
        let report = run_all(&strategy, &bars, &free());
        assert!(report.trades.is_empty());
        assert_eq!(report.dropped.len(), 1);
        assert_eq!((report.dropped[0].bar, report.dropped[0].reason, report.metrics.n_dropped), (0, reason, 1));
    }
}

#[test]
fn where_a_reversal_cannot_be_ordered_the_exit_still_counts() {
    let mut strategy = by_code(Risk::default(), SizeRule::Units(1.0));
    // Confident at the first bar only.
    let price = Num::Price(Price::Close);
    strategy.sizing.confidence = Some(Num::Binary(NumOp::Sub, Box::new(Num::Const(101.0)), Box::new(price)));
    let bars = coded(&[BUY, SELL, SELL_AND_EXIT, 0.0, 0.0], &[100.0, 101.0, 101.0, 101.0, 101.0]);
    let report = run_all(&strategy, &bars, &free());
    assert_eq!(outline(&report.trades), [(Direction::Long, 1, 3, ExitReason::Signal)]);
    assert_eq!(report.dropped.iter().map(|entry| entry.bar).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn distances_are_whole_ticks_and_at_least_one() {
    for (distance, ticks) in [
        (Distance::Ticks(Arg::Const(2.5)), 3.0),
        (Distance::Percent(Arg::Const(0.5)), 50.0),
        (Distance::Percent(Arg::Const(0.001)), 1.0),
        (Distance::Atr { period: Arg::Const(2.0), multiple: Arg::Const(1.5) }, 300.0),
    ] {
        let prices = [[100.0, 101.0, 99.0, 100.0]; 4];
        let mut all = prices.to_vec();
        all.extend([[100.0, 100.0, 100.0, 100.0], [100.0, 200.0, 100.0, 200.0]]);
        let bars = bars(&all);
        // Enters at the close of the fourth bar, the first one where the range is known for sure.
        let ripe = Cond::Compare(CmpOp::Gt, Num::Lag(Box::new(Num::Price(Price::Close)), 3), Num::Const(0.0));
        let risk = Risk { take_profit: Some(distance.clone()), ..Risk::default() };
        let report = run_all(&strategy(Some(rule(ripe, None)), None, risk, SizeRule::Units(1.0)), &bars, &free());
        let trade = report.trades[0];
        assert_eq!((trade.exit_reason, trade.exit_bar), (ExitReason::TakeProfit, 5));
        assert!((trade.exit_price - 100.0 - ticks * 0.01).abs() < 1e-9, "{distance:?}: {}", trade.exit_price);
    }
}

#[test]
fn comparisons_with_missing_values_do_not_hold_and_their_opposites_do() {
    let missing = Num::Lag(Box::new(Num::Price(Price::Close)), 100);
    let by_zero = Num::Binary(NumOp::Div, Box::new(Num::Const(1.0)), Box::new(Num::Const(0.0)));
    for absent in [missing, by_zero] {
        let holds = Cond::Compare(CmpOp::Gt, absent, Num::Const(-1e300));
        for (entry, trades) in [(holds.clone(), 0), (Cond::Not(Box::new(holds)), 1)] {
            let strategy =
                strategy(Some(rule(entry, Some(Cond::Any(vec![])))), None, Risk::default(), SizeRule::Units(1.0));
            assert_eq!(run_all(&strategy, &coded(&[0.0; 5], &[100.0; 5]), &free()).trades.len(), trades);
        }
    }
}

#[test]
fn sessions_are_minutes_of_the_day_of_the_bars_open() {
    let session = Cond::Session(Session { from_minute: 3, to_minute: 5 });
    let exit = Some(Cond::Not(Box::new(session.clone())));
    let strategy = strategy(Some(rule(session, exit)), None, Risk::default(), SizeRule::Units(1.0));
    let report = run_all(&strategy, &coded(&[0.0; 10], &[100.0; 10]), &free());
    assert_eq!(outline(&report.trades), [(Direction::Long, 4, 6, ExitReason::Signal)]);
}

#[test]
fn indicators_look_at_bars_before_the_window_and_never_behind_it() {
    let prices: Vec<f64> = (0..40).map(|i| 100.0 + f64::from(i % 7)).collect();
    let bars = coded(&[0.0; 40], &prices);
    let above = Cond::Compare(CmpOp::Gt, Num::Price(Price::Close), of_close("sma", 15.0));
    let strategy = strategy(
        Some(rule(above.clone(), Some(Cond::Not(Box::new(above))))),
        None,
        Risk::default(),
        SizeRule::Units(1.0),
    );
    let plan = Plan::compile(&strategy).unwrap();
    let market = Market::new(bars.view());
    let params = Params::new(Vec::new());
    let report = run(&plan, &params, &market, 20..30, &free(), &mut Scratch::new()).unwrap();
    // Bar 20 lies above the mean of the 15 bars up to it, of which 14 come before the window.
    assert_eq!(report.trades[0].entry_bar, 21);
    assert_eq!((report.equity.len(), report.window), (10, 20..30));
}

#[test]
fn a_bankrupt_account_is_flagged_and_stops() {
    let bars = coded(&[BUY, 0.0, 0.0, BUY, 0.0], &[100.0, 100.0, 40.0, 40.0, 90.0]);
    let report = run_all(&by_code(Risk::default(), SizeRule::EquityFraction(2.0)), &bars, &free());
    assert_eq!(outline(&report.trades), [(Direction::Long, 1, 2, ExitReason::Bankrupt)]);
    assert_eq!(report.equity, [10_000.0, 10_000.0, -2_000.0, -2_000.0, -2_000.0]);
    let metrics = report.metrics;
    assert!(metrics.bankrupt && metrics.calmar.is_none());
    assert!((metrics.max_drawdown - 1.2).abs() < 1e-12 && (metrics.total_return + 1.2).abs() < 1e-12);
    assert!(report.dropped.is_empty());
}

#[test]
fn the_metrics_of_a_small_run_are_those_of_a_calculation_by_hand() {
    // Long 10 units from 100: closes 100, 110, 99, out at 99 with a fee of 1 each way.
    let bars = coded(&[BUY, 0.0, EXIT, 0.0], &[100.0, 100.0, 110.0, 99.0]);
    let account = account(Commission::PerOrder(1.0), 0, Spread::None);
    let report = run_all(&by_code(Risk::default(), SizeRule::Units(10.0)), &bars, &account);
    assert_eq!(report.equity, [10_000.0, 9_999.0, 10_099.0, 9_988.0]);
    let metrics = report.metrics;
    assert_eq!((metrics.n_bars, metrics.n_trades, metrics.n_dropped, metrics.bankrupt), (4, 1, 0, false));
    assert_eq!((metrics.net_profit, metrics.gross_profit, metrics.gross_loss, metrics.costs), (-12.0, 0.0, 12.0, 2.0));
    assert_eq!((metrics.win_rate, metrics.expectancy, metrics.profit_factor), (Some(0.0), Some(-12.0), Some(0.0)));
    assert_eq!((metrics.exposure, metrics.mean_bars_in_trade), (0.5, Some(2.0)));
    assert!((metrics.max_drawdown - 111.0 / 10_099.0).abs() < 1e-15);
    let returns = [0.0, -1e-4, 100.0 / 9_999.0, -111.0 / 10_099.0];
    let mean = returns.iter().sum::<f64>() / 4.0;
    assert!((metrics.mean_return - mean).abs() < 1e-15);
    let variance = returns.iter().map(|r| (r - mean) * (r - mean)).sum::<f64>() / 3.0;
    assert!((metrics.std_return - variance.sqrt()).abs() < 1e-15);
    let sharpe = metrics.sharpe.unwrap();
    assert!((sharpe.value - mean / variance.sqrt()).abs() < 1e-12);
    assert!((sharpe.per_year - 525_960.0).abs() < 1e-6);
}

#[test]
fn costs_are_counted_as_they_are_paid() {
    let bars = coded(&[BUY, 0.0, EXIT, 0.0], &[100.0; 4]);
    let account = account(Commission::PerUnit(0.1), 3, Spread::Fixed(0.5));
    let report = run_all(&by_code(Risk::default(), SizeRule::Units(10.0)), &bars, &account);
    // Each way, per unit: 0.1 commission, 0.25 half spread, 0.03 slippage.
    assert!((report.metrics.costs - 7.6).abs() < 1e-9);
    assert!((report.metrics.net_profit + 7.6).abs() < 1e-9);
}

#[test]
fn reports_survive_json() {
    let bars = coded(&[BUY, 0.0, EXIT, 0.0, BUY, 0.0], &[100.0, 100.0, 110.0, 99.0, 99.0, 98.0]);
    let report = run_all(&by_code(Risk::default(), SizeRule::Units(10.0)), &bars, &free());
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    assert!(text.contains(r#""direction":"long""#) && text.contains(r#""exit_reason":"end_of_window""#));
}

fn period_input(min: i64, max: i64) -> Strategy {
    let entry = Cond::Compare(
        CmpOp::Gt,
        indicator("sma", &[Arg::Input(InputId(0))], Some(Price::Close), "value"),
        Num::Const(0.0),
    );
    Strategy {
        inputs: vec![Input { name: "period".into(), kind: InputKind::Integer { default: min, min, max, step: 1 } }],
        sizing: Sizing { rule: SizeRule::Units(1.0), confidence: None },
        ..strategy(Some(rule(entry, Some(Cond::Any(vec![])))), None, Risk::default(), SizeRule::Units(1.0))
    }
}

#[test]
fn what_does_not_fit_is_an_error_that_says_what() {
    let bars = coded(&[0.0; 10], &[100.0; 10]);
    let market = Market::new(bars.view());
    let plan = Plan::compile(&period_input(2, 5)).unwrap();
    let mut scratch = Scratch::new();
    let mut error = |values: &[f64], window: std::ops::Range<usize>, account: Account| {
        let params = Params::new(values.to_vec());
        let error = evaluate(&plan, &params, &market, window, &account, &mut scratch).unwrap_err();
        let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        (error, cause)
    };
    for values in [&[][..], &[3.0, 3.0], &[2.5], &[1.0], &[6.0], &[f64::NAN]] {
        let (error, cause) = error(values, 0..10, free());
        assert!(matches!(error, Error::Params { .. }) && !cause.is_empty(), "{values:?}: {error}");
    }
    let backwards = std::ops::Range { start: 5, end: 3 };
    for window in [0..0, 3..4, backwards, 5..11, 20..30] {
        assert!(matches!(error(&[3.0], window, free()).0, Error::Window { n_bars: 10, .. }));
    }
    let (error_without_spread, _) = error(&[3.0], 4..10, account(Commission::None, 0, Spread::FromBars));
    assert!(matches!(error_without_spread, Error::UnknownSpread { bar: 4, .. }));
    assert!(error_without_spread.to_string().starts_with("bar 4 at 1970-01-01T00:04:00Z has no spread"));
    let (error, cause) = error(&[3.0], 0..10, Account { initial_cash: 0.0, ..free() });
    assert!(matches!(error, Error::Account { .. }) && cause.contains("initial_cash"), "{cause}");
}

#[test]
fn a_strategy_that_is_not_valid_is_not_compiled() {
    let mut wrong = period_input(2, 5);
    wrong.sizing.rule = SizeRule::RiskFraction(0.01);
    let error = Plan::compile(&wrong).unwrap_err();
    assert!(matches!(&error, Error::Strategy { name, .. } if name == "test"));
    assert!(std::error::Error::source(&error).is_some_and(|cause| cause.to_string().contains("sizing.rule")));
}

#[test]
fn an_indicator_that_the_profile_lacks_is_not_compiled() {
    let lacks = |kind: &IndicatorKind| {
        let info = kind.info();
        info.inputs == [Column::Source] && !info.profiles().any(|profile| profile == Profile::TradingView)
    };
    let kind = IndicatorKind::all().find(lacks).unwrap();
    let args: Vec<Arg> = kind.info().parameters.iter().map(|parameter| Arg::Const(parameter.default)).collect();
    let value = indicator(kind.name(), &args, Some(Price::Close), kind.info().outputs[0].name);
    let entry = Cond::Compare(CmpOp::Gt, value, Num::Const(0.0));
    let exit = Some(Cond::Any(Vec::new()));
    let strategy = strategy(Some(rule(entry, exit)), None, Risk::default(), SizeRule::Units(1.0));
    assert_eq!(Plan::compile(&strategy).unwrap().profile(), Profile::Talib);
    let error = Plan::compile_in(&strategy, Profile::TradingView).unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains(&format!("{kind} is not defined in the profile tradingview")), "{cause}");
}

#[test]
fn plans_of_different_profiles_share_a_market_and_keep_their_numbers() {
    let bars = coded(&[0.0; 40], &[100.0; 40]);
    let market = Market::new(bars.view());
    // True range from the first bar on, or from the second: the first value of the average comes a bar apart.
    let first_value = |profile| {
        let call = IndicatorCall::average_true_range(Arg::Const(5.0));
        let values = market.indicator_values(&call, &Params::new(Vec::new()), profile).unwrap();
        values.iter().position(|value| !value.is_nan())
    };
    assert_eq!((first_value(Profile::Talib), first_value(Profile::TradingView)), (Some(5), Some(4)));
    let entry =
        Cond::Compare(CmpOp::Ge, Num::Indicator(IndicatorCall::average_true_range(Arg::Const(5.0))), Num::Const(0.0));
    let strategy =
        strategy(Some(rule(entry, Some(Cond::Any(Vec::new())))), None, Risk::default(), SizeRule::Units(1.0));
    let entry_bar = |profile| {
        let plan = Plan::compile_in(&strategy, profile).unwrap();
        let report = run(&plan, &Params::new(Vec::new()), &market, 0..40, &free(), &mut Scratch::new()).unwrap();
        report.trades[0].entry_bar
    };
    assert_eq!((entry_bar(Profile::Talib), entry_bar(Profile::TradingView)), (6, 5));
}
