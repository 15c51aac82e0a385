//! Stops that move, time stops and sizes by volatility and by Kelly's rule, one calculation by hand a test.
use backtest::{Account, Commission, DropReason, ExitReason, Market, Plan, Report, Scratch, Spread, run};
use market::{Bar, Bars, Timeframe, UnixNanos};
use strategy::{
    Arg, BreakEven, CmpOp, Cond, Distance, Follows, Num, Params, Price, Risk, SizeRule, Strategy, TrailingStop,
};

use crate::support::{account, rule, strategy};

/// Bars of open, high, low and close; the volume of the first is 1 and of the others 0.
fn bars(prices: &[[f64; 4]]) -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    for (minute, &[open, high, low, close]) in (0_i64..).zip(prices) {
        let volume = f64::from(u8::from(minute == 0));
        let open_time = UnixNanos(minute * Timeframe::M1.nanos());
        bars.push(Bar { open_time, open, high, low, close, volume, spread: f64::NAN, tick_count: 1 }).unwrap();
    }
    bars
}

fn flat(price: f64) -> [f64; 4] {
    [price; 4]
}

fn free() -> Account {
    account(Commission::None, 0, Spread::None)
}

fn trade(strategy: &Strategy, bars: &Bars) -> Report {
    let (plan, market) = (Plan::compile(strategy).unwrap(), Market::new(bars.view()));
    run(&plan, &Params::new(Vec::new()), &market, 0..bars.len(), &free(), &mut Scratch::new()).unwrap()
}

/// Signals at the first bar, where the volume is 1.
fn first_bar() -> Cond {
    Cond::Compare(CmpOp::Gt, Num::Price(Price::Volume), Num::Const(0.5))
}

fn long(risk: Risk) -> Strategy {
    strategy(Some(rule(first_bar(), Some(Cond::Any(Vec::new())))), None, risk, SizeRule::Units(1.0))
}

fn short(risk: Risk) -> Strategy {
    strategy(None, Some(rule(first_bar(), Some(Cond::Any(Vec::new())))), risk, SizeRule::Units(1.0))
}

fn ticks(count: f64) -> Distance {
    Distance::Ticks(Arg::Const(count))
}

fn exit(report: &Report) -> (usize, f64, ExitReason) {
    let [trade] = report.trades[..] else { panic!("{:?}", report.trades) };
    (trade.exit_bar, trade.exit_price, trade.exit_reason)
}

#[test]
fn break_even_moves_the_stop_once_the_best_price_is_far_enough() {
    let risk = Risk {
        stop_loss: Some(ticks(500.0)),
        break_even: Some(BreakEven { after: ticks(200.0), lock_ticks: Arg::Const(5.0) }),
        ..Risk::default()
    };
    // 101.99 is a tick too little; on the bar that reaches 102 the stop still lies at 95.
    let path = [flat(100.0), flat(100.0), [100.0, 101.99, 99.0, 101.0], [101.0, 102.0, 99.5, 101.0]];
    let falls = [101.0, 101.0, 99.0, 99.5];
    let bars = bars(&[path.as_slice(), &[falls]].concat());
    assert_eq!(exit(&trade(&long(risk.clone()), &bars)), (4, 100.05, ExitReason::TrailingStop));

    let mirrored: Vec<[f64; 4]> = bars
        .view()
        .iter()
        .map(|bar| [200.0 - bar.open, 200.0 - bar.low, 200.0 - bar.high, 200.0 - bar.close])
        .collect();
    assert_eq!(exit(&trade(&short(risk), &self::bars(&mirrored))), (4, 99.95, ExitReason::TrailingStop));
}

#[test]
fn a_trailing_stop_follows_the_best_price_from_the_next_bar_on() {
    let trailing = TrailingStop { distance: ticks(100.0), follows: Follows::Best, after: None };
    let risk = Risk { trailing_stop: Some(trailing), ..Risk::default() };
    // The high of 103 puts the stop at 102 for the next bar; on its own bar, whose low comes later, it lies at 99.
    let path = [flat(100.0), flat(100.0), [102.0, 103.0, 99.5, 102.5], [102.5, 102.6, 101.9, 102.0]];
    assert_eq!(exit(&trade(&long(risk), &bars(&path))), (3, 102.0, ExitReason::TrailingStop));
}

#[test]
fn a_stop_that_follows_the_close_never_moves_back() {
    let trailing = TrailingStop { distance: ticks(100.0), follows: Follows::Close, after: None };
    let risk = Risk { trailing_stop: Some(trailing), ..Risk::default() };
    // Closes of 102 and 101.2: the stop stays at 101, and the gap fills at the open.
    let path = [flat(100.0), flat(100.0), [100.0, 105.0, 100.0, 102.0], [102.0, 102.0, 101.1, 101.2], flat(100.7)];
    assert_eq!(exit(&trade(&long(risk), &bars(&path))), (4, 100.7, ExitReason::TrailingStop));
}

#[test]
fn a_trailing_stop_waits_for_its_profit_and_leaves_the_first_stop_till_then() {
    let trailing = TrailingStop { distance: ticks(50.0), follows: Follows::Best, after: Some(ticks(300.0)) };
    let risk = Risk { stop_loss: Some(ticks(100.0)), trailing_stop: Some(trailing), ..Risk::default() };
    let path = [flat(100.0), flat(100.0), [100.0, 102.9, 100.0, 102.0], [102.0, 102.0, 98.0, 98.0]];
    assert_eq!(exit(&trade(&long(risk.clone()), &bars(&path))), (3, 99.0, ExitReason::StopLoss));
    let path = [flat(100.0), flat(100.0), [100.0, 103.0, 100.0, 102.8], [102.8, 102.8, 98.0, 98.0]];
    assert_eq!(exit(&trade(&long(risk), &bars(&path))), (3, 102.5, ExitReason::TrailingStop));
}

#[test]
fn a_time_stop_counts_the_bar_of_the_entry() {
    for (max_bars, exit_bar) in [(1.0, 2), (3.0, 4)] {
        let risk = Risk { max_bars: Some(Arg::Const(max_bars)), ..Risk::default() };
        let report = trade(&long(risk), &bars(&[flat(100.0); 8]));
        assert_eq!(exit(&report), (exit_bar, 100.0, ExitReason::TimeStop));
    }
}

#[test]
fn sizes_make_equity_as_volatile_as_wanted_up_to_a_leverage() {
    let sized = |volatility: f64| {
        let size = SizeRule::VolatilityTarget { target: 0.01, volatility: Num::Const(volatility), max_leverage: 2.0 };
        let mut strategy = long(Risk::default());
        strategy.sizing.rule = size;
        trade(&strategy, &bars(&[flat(100.0); 3]))
    };
    // Equity of 10,000 at a price of 100.
    for (volatility, quantity) in [(0.02, 50.0), (0.01, 100.0), (0.001, 200.0)] {
        assert_eq!(sized(volatility).trades[0].quantity, quantity, "{volatility}");
    }
    for volatility in [0.0, -1.0] {
        let report = sized(volatility);
        assert_eq!(report.dropped[0].reason, DropReason::NoVolatility);
        assert!(report.trades.is_empty());
    }
}

#[test]
fn a_kelly_size_learns_from_closed_trades_only() {
    let rises = Cond::Compare(CmpOp::Gt, Num::Price(Price::Volume), Num::Const(-1.0));
    let risk = Risk { max_bars: Some(Arg::Const(1.0)), ..Risk::default() };
    let size = SizeRule::Kelly { fraction: 0.5, n_trades: 2, min_leverage: 0.5, max_leverage: 4.0 };
    let strategy = strategy(Some(rule(rises, None)), None, risk, size);
    // Every entry sees the trade before it as still open: it closes at the open at which the entry fills.
    let path: Vec<[f64; 4]> = [100.0, 100.0, 110.0, 110.0, 115.5, 115.5, 115.5].map(flat).to_vec();
    let report = trade(&strategy, &bars(&path));
    let leverages: Vec<f64> = report
        .trades
        .iter()
        .map(|trade| {
            let before = trade.entry_bar - 1;
            trade.quantity * path[before][0] / report.equity[before]
        })
        .collect();
    assert_eq!(report.trades[0].exit_bar, 2);
    assert!((leverages[0] - 0.5).abs() < 1e-3 && (leverages[1] - 0.5).abs() < 1e-3, "{leverages:?}");
    // Returns of 10 % and 5 %: mean 0.075, variance 0.00125, half of 60 is above 4.
    assert!((leverages[2] - 4.0).abs() < 1e-3, "{leverages:?}");
}
