//! What is not of the vocabulary is refused with a reason that can be acted on.

use std::error::Error as _;

use strategy::{Arg, CmpOp, Cond, IndicatorCall, Num, NumOp, Price, Rule, SizeRule, Sizing, Strategy as Rules};
use strategy_evolution::{Evolution, Grammar, Grid, Refusal, Settings, Sides, Vocabulary};

use crate::grammar;

fn call(name: &str, args: &[f64], source: Option<Price>, output: &str) -> Num {
    Num::Indicator(IndicatorCall {
        kind: name.parse().unwrap(),
        args: args.iter().map(|&arg| Arg::Const(arg)).collect(),
        source,
        output: output.into(),
    })
}

fn rsi(period: f64) -> Num {
    call("rsi", &[period], Some(Price::Close), "value")
}

fn sma(period: f64) -> Num {
    call("sma", &[period], Some(Price::Close), "value")
}

fn long(entry: Cond) -> Rules {
    let mut strategy = grammar(Sides::Long).random(1);
    strategy.long = Some(Rule { entry, exit: None });
    strategy.sizing = Sizing { rule: SizeRule::Units(1_000.0), confidence: None };
    strategy
}

fn below(left: Num, right: Num) -> Cond {
    Cond::Compare(CmpOp::Lt, left, right)
}

fn check(entry: Cond) -> Result<(), Refusal> {
    grammar(Sides::Long).check(&long(entry))
}

#[test]
fn what_measures_the_same_is_compared() {
    let close = || Num::Price(Price::Close);
    let atr = || call("atr", &[14.0], None, "value");
    let scaled = |factor: f64| Num::Binary(NumOp::Mul, Num::Const(factor).into(), atr().into());
    check(below(rsi(14.0), Num::Const(30.0))).unwrap();
    check(below(rsi(7.0), rsi(28.0))).unwrap();
    check(below(close(), sma(20.0))).unwrap();
    check(below(close(), Num::Binary(NumOp::Sub, sma(20.0).into(), scaled(2.0).into()))).unwrap();
    check(below(call("mom", &[10.0], Some(Price::Close), "value"), scaled(-1.5))).unwrap();
    check(below(Num::Price(Price::Volume), call("sma", &[20.0], Some(Price::Volume), "value"))).unwrap();
}

#[test]
fn what_measures_something_else_is_refused() {
    let close = || Num::Price(Price::Close);
    let measure = |entry| assert!(matches!(check(entry), Err(Refusal::Measure { .. })));
    measure(below(rsi(14.0), close()));
    measure(below(rsi(14.0), call("mfi", &[14.0], None, "value")));
    measure(below(close(), call("atr", &[14.0], None, "value")));
    measure(below(close(), call("sma", &[20.0], Some(Price::Volume), "value")));
    assert!(matches!(check(below(close(), Num::Const(1.1))), Err(Refusal::NoLevels(_))));
    assert!(matches!(check(below(rsi(14.0), Num::Const(99.0))), Err(Refusal::Number { .. })));
    assert!(matches!(check(below(rsi(300.0), Num::Const(30.0))), Err(Refusal::Number { .. })));
    let sum = Num::Binary(NumOp::Add, close().into(), sma(20.0).into());
    assert!(matches!(check(below(sum, close())), Err(Refusal::Unknown(_))));
    let foreign = call("kurtosis", &[30.0], Some(Price::Close), "value");
    assert!(matches!(check(below(foreign.clone(), foreign)), Err(Refusal::Unknown(_) | Refusal::NeverTrades)));
}

#[test]
fn what_cannot_trade_or_is_too_large_is_refused() {
    let close = || Num::Price(Price::Close);
    assert!(matches!(check(below(close(), close())), Err(Refusal::NeverTrades | Refusal::Sides(_))));
    let long_list = (2..40).map(|period| below(rsi(f64::from(period)), Num::Const(30.0))).collect();
    assert!(matches!(check(Cond::All(long_list)), Err(Refusal::TooLarge { .. })));
    let mut deep = below(rsi(14.0), Num::Const(30.0));
    for period in 2..8 {
        deep = Cond::All(vec![
            Cond::Any(vec![deep, below(rsi(f64::from(period)), Num::Const(10.0))]),
            below(close(), sma(20.0)),
        ]);
    }
    assert!(matches!(check(deep), Err(Refusal::TooDeep { .. } | Refusal::TooLarge { .. })));
    let mut invalid = long(below(rsi(14.0), Num::Const(30.0)));
    invalid.name.clear();
    assert!(matches!(grammar(Sides::Long).check(&invalid), Err(Refusal::Invalid(_))));
    assert!(matches!(grammar(Sides::Short).check(&long(below(rsi(14.0), Num::Const(30.0)))), Err(Refusal::Sides(_))));
    let mut size = long(below(rsi(14.0), Num::Const(30.0)));
    size.sizing.rule = SizeRule::Units(3.0);
    assert!(matches!(grammar(Sides::Long).check(&size), Err(Refusal::Unknown(_))));
    let mut naked = long(below(rsi(14.0), Num::Const(30.0)));
    naked.risk.stop_loss = None;
    naked.long.as_mut().unwrap().exit = Some(below(Num::Const(70.0), rsi(14.0)));
    assert!(matches!(grammar(Sides::Long).check(&naked), Err(Refusal::Unknown(_))));
}

#[test]
fn a_refusal_says_what_and_where() {
    let words = Vocabulary::standard(Sides::Long, [SizeRule::Units(1_000.0)]);
    let mut evolution = Evolution::new(words, Settings::default(), 1).unwrap();
    let error = evolution.enqueue(long(below(rsi(300.0), Num::Const(30.0)))).unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "period of rsi is 300, outside 2 to 40");
    let error = evolution.enqueue(long(below(rsi(14.0), Num::Price(Price::Close)))).unwrap_err();
    let reason = error.source().unwrap().to_string();
    assert!(reason.contains("close") && reason.contains("rsi.value"), "{reason}");
}

#[test]
fn one_side_of_a_mirrored_search_is_completed() {
    let words = Vocabulary::standard(Sides::Mirrored, [SizeRule::Units(1_000.0)]);
    let mut evolution = Evolution::new(words, Settings::default(), 1).unwrap();
    evolution.enqueue(long(below(rsi(14.0), Num::Const(30.0)))).unwrap();
    let strategy = evolution.ask(1).remove(0).strategy;
    let above = Cond::Compare(CmpOp::Gt, rsi(14.0), Num::Const(70.0));
    assert_eq!(strategy.short.unwrap().entry, above);
}

#[test]
fn a_vocabulary_that_cannot_work_is_refused_with_its_place() {
    let refused = |change: &dyn Fn(&mut Vocabulary)| {
        let mut words = Vocabulary::standard(Sides::Mirrored, [SizeRule::Units(1.0)]);
        change(&mut words);
        Grammar::new(words).unwrap_err().to_string()
    };
    assert!(refused(&|words| words.terms[0].output = "nothing".into()).contains("term 0 (sma nothing)"));
    assert!(refused(&|words| words.terms[0].args[0] = Grid::list([0.0])).contains("whole number from 1"));
    assert!(refused(&|words| words.terms[0].args[0] = Grid::list([2.5])).contains("whole number"));
    assert!(refused(&|words| words.terms[0].args.clear()).contains("as many grids"));
    assert!(refused(&|words| words.terms[0].mirror = None).contains("mirror image"));
    assert!(refused(&|words| words.terms[0].sources.clear()).contains("source prices"));
    assert!(refused(&|words| words.terms[0].measure = strategy_evolution::Measure::Size).contains("measure"));
    assert!(refused(&|words| words.terms.push(words.terms[0].clone())).contains("earlier one"));
    assert!(refused(&|words| words.sizes.clear()).contains("sizes are empty"));
    assert!(refused(&|words| words.risk.stops.clear()).contains("stops are empty"));
    assert!(refused(&|words| words.lags.push(0)).contains("lag 0"));
    assert!(refused(&|words| words.limits.max_nodes = 3).contains("max_nodes"));
    let nothing = |words: &mut Vocabulary| {
        (words.terms, words.prices) = (Vec::new(), vec![Price::Close]);
        (words.lags, words.sessions) = (Vec::new(), Vec::new());
    };
    assert!(refused(&nothing).contains("no strategy"), "{}", refused(&nothing));
}
