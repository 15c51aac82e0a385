//! Trades of whole strategies against PyneCore; `golden/generate.py` tells how they were made.
use backtest::{Account, Commission, ExitReason, Market, Plan, Scratch, Spread, Trade, run};
use broker::Direction;
use market::{Bar, Bars, Timeframe, UnixNanos};
use strategy::{
    Arg, CmpOp, Cond, CrossKind, Distance, Longer, Num, NumOp, Params, Price, Risk, Session, SizeRule, Strategy,
};

use crate::support::{account, of_close, rule, strategy};

struct Expected {
    direction: Direction,
    bars: (usize, usize),
    prices: (f64, f64),
    quantity: f64,
    profit: f64,
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect())
}

fn golden_bars() -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    for row in rows(include_str!("../golden/bars.csv")) {
        let number = |column: usize| row[column].parse::<f64>().unwrap();
        bars.push(Bar {
            open_time: UnixNanos::from_millis(row[0].parse().unwrap()).unwrap(),
            open: number(1),
            high: number(2),
            low: number(3),
            close: number(4),
            volume: number(5),
            spread: f64::NAN,
            tick_count: 0,
        })
        .unwrap();
    }
    bars
}

fn expected(text: &str) -> Vec<Expected> {
    rows(text)
        .map(|row| Expected {
            direction: if row[0] == "long" { Direction::Long } else { Direction::Short },
            bars: (row[1].parse().unwrap(), row[3].parse().unwrap()),
            prices: (row[2].parse().unwrap(), row[4].parse().unwrap()),
            quantity: row[5].parse().unwrap(),
            profit: row[6].parse().unwrap(),
        })
        .collect()
}

fn assert_trades(strategy: &Strategy, account: &Account, golden: &str) -> Vec<Trade> {
    let bars = golden_bars();
    let plan = Plan::compile(strategy).unwrap();
    let market = Market::new(bars.view());
    let mut report =
        run(&plan, &Params::new(Vec::new()), &market, 0..bars.len(), account, &mut Scratch::new()).unwrap();
    // Pine leaves the last position open.
    report.trades.retain(|trade| trade.exit_reason != ExitReason::EndOfWindow);
    let expected = expected(golden);
    for (number, (found, wanted)) in report.trades.iter().zip(&expected).enumerate() {
        let place = format!("trade {number}: {found:?}, expected profit {}", wanted.profit);
        assert_eq!(
            (found.direction, found.entry_bar, found.exit_bar),
            (wanted.direction, wanted.bars.0, wanted.bars.1),
            "{place}"
        );
        assert!((found.entry_price - wanted.prices.0).abs() < 1e-9, "{place}");
        assert!((found.exit_price - wanted.prices.1).abs() < 1e-9, "{place}");
        assert!((found.quantity - wanted.quantity).abs() < 1e-9, "{place}, expected quantity {}", wanted.quantity);
        assert!((found.profit - wanted.profit).abs() < 1e-6, "{place}");
    }
    assert_eq!(report.trades.len(), expected.len());
    report.trades
}

fn crosses(kind: CrossKind, left: Num, right: Num) -> Cond {
    Cond::Cross(kind, left, right)
}

/// From here on every number has a value.
const ALL_KNOWN: usize = 300;

/// A number as each bar knows it, read from the sizes of positions that are opened as often as possible, to 8 decimals.
fn known(num: Num) -> Vec<Option<f64>> {
    let bars = golden_bars();
    let always = rule(Cond::All(Vec::new()), None);
    let risk = Risk { max_bars: Some(Arg::Const(1.0)), ..Risk::default() };
    let mut strategy = strategy(Some(always), None, risk, SizeRule::Units(1e4));
    strategy.sizing.confidence = Some(Num::Binary(NumOp::Div, Box::new(num), Box::new(Num::Const(1e4))));
    let account = Account { quantity_step: 1e-8, initial_cash: 1e9, ..account(Commission::None, 0, Spread::None) };
    let (plan, market) = (Plan::compile(&strategy).unwrap(), Market::new(bars.view()));
    let mut known = vec![None; bars.len()];
    // A position is held for one bar, so that a window sees every other bar from the first value on.
    for start in [0, ALL_KNOWN, ALL_KNOWN + 1] {
        let window = start..bars.len();
        let report = run(&plan, &Params::new(Vec::new()), &market, window, &account, &mut Scratch::new()).unwrap();
        for trade in report.trades {
            known[trade.entry_bar - 1] = Some(trade.quantity);
        }
    }
    known
}

#[test]
fn numbers_of_longer_bars_are_those_of_pandas() {
    let expected: Vec<Vec<&str>> = rows(include_str!("../golden/longer.csv")).collect();
    let lagged_high = || Num::Lag(Box::new(Num::Price(Price::High)), 2);
    let columns = [(5, of_close("sma", 3.0)), (5, lagged_high()), (60, of_close("sma", 3.0)), (60, lagged_high())];
    for (column, (minutes, num)) in columns.into_iter().enumerate() {
        let found = known(Num::Longer(Longer { minutes, num: Box::new(num) }));
        let last = found.len() - 1;
        for (bar, (found, row)) in found.into_iter().zip(&expected).enumerate().take(last) {
            let wanted = row[column].parse::<f64>().ok();
            let same = match (found, wanted) {
                (Some(found), Some(wanted)) => (found - wanted).abs() < 1e-7,
                (None, Some(_)) => bar < ALL_KNOWN,
                (found, None) => found.is_none(),
            };
            assert!(same, "column {column}, bar {bar}: {found:?}, pandas {wanted:?}");
        }
    }
}

#[test]
fn an_always_invested_crossing_of_averages_trades_as_pynecore() {
    let (fast, slow) = (of_close("sma", 5.0), of_close("sma", 21.0));
    let strategy = strategy(
        Some(rule(crosses(CrossKind::Over, fast.clone(), slow.clone()), None)),
        Some(rule(crosses(CrossKind::Under, fast, slow), None)),
        Risk::default(),
        SizeRule::EquityFraction(0.5),
    );
    let account = account(Commission::Percent(0.02), 2, Spread::None);
    let trades = assert_trades(&strategy, &account, include_str!("../golden/sma_cross.csv"));
    assert!(trades.iter().all(|trade| trade.exit_reason == ExitReason::Reversal));
}

#[test]
fn stops_targets_exits_and_reversals_trade_as_pynecore() {
    let rsi = of_close("rsi", 9.0);
    let risk = Risk {
        stop_loss: Some(Distance::Ticks(Arg::Const(55.0))),
        take_profit: Some(Distance::Ticks(Arg::Const(80.0))),
        ..Risk::default()
    };
    let strategy = strategy(
        Some(rule(
            crosses(CrossKind::Over, rsi.clone(), Num::Const(35.0)),
            Some(Cond::Compare(CmpOp::Gt, rsi.clone(), Num::Const(52.0))),
        )),
        Some(rule(crosses(CrossKind::Under, rsi, Num::Const(65.0)), None)),
        risk,
        SizeRule::Units(7.5),
    );
    let account = account(Commission::Percent(0.05), 3, Spread::None);
    let trades = assert_trades(&strategy, &account, include_str!("../golden/rsi_bracket.csv"));
    for reason in [ExitReason::StopLoss, ExitReason::TakeProfit, ExitReason::Signal, ExitReason::Reversal] {
        assert!(trades.iter().any(|trade| trade.exit_reason == reason), "no exit by {reason:?}");
    }
    assert!(trades.iter().any(|trade| trade.exit_bar == trade.entry_bar), "no trade within one bar");
}

#[test]
fn a_session_with_risk_sizing_and_percent_distances_trades_as_pynecore() {
    let (high, low, close) = (Num::Price(Price::High), Num::Price(Price::Low), Num::Price(Price::Close));
    let average = of_close("ema", 12.0);
    let binary = |op, left: &Num, right: &Num| Num::Binary(op, Box::new(left.clone()), Box::new(right.clone()));
    let entry = Cond::All(vec![
        Cond::Session(Session { from_minute: 1_200, to_minute: 720 }),
        Cond::Compare(CmpOp::Gt, close.clone(), average.clone()),
        Cond::Compare(CmpOp::Lt, Num::Lag(Box::new(low.clone()), 2), Num::Lag(Box::new(average), 1)),
    ]);
    let body = binary(NumOp::Mul, &Num::Const(2.0), &binary(NumOp::Sub, &close, &low));
    let exit =
        Cond::Compare(CmpOp::Gt, binary(NumOp::Sub, &high, &close), binary(NumOp::Add, &body, &Num::Const(0.253)));
    let risk = Risk {
        stop_loss: Some(Distance::Percent(Arg::Const(0.7))),
        take_profit: Some(Distance::Percent(Arg::Const(0.9))),
        ..Risk::default()
    };
    let strategy = strategy(Some(rule(entry, Some(exit))), None, risk, SizeRule::RiskFraction(0.01));
    let account = account(Commission::PerOrder(1.25), 0, Spread::None);
    let trades = assert_trades(&strategy, &account, include_str!("../golden/ema_session.csv"));
    for reason in [ExitReason::StopLoss, ExitReason::TakeProfit, ExitReason::Signal] {
        assert!(trades.iter().any(|trade| trade.exit_reason == reason), "no exit by {reason:?}");
    }
}
