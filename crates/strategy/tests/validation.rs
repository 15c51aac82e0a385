//! Every rule of validation, each by a strategy that breaks just that rule.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use indicators::{Column, IndicatorKind, Profile};
use serde_json::{Value, json};
use strategy::{Cond, Error, Params, Strategy};

fn valid() -> Value {
    serde_json::from_str(include_str!("../examples/bollinger_reversion.json")).unwrap()
}

/// The valid strategy with the value at `pointer` replaced.
fn with(pointer: &str, value: Value) -> Value {
    let mut tree = valid();
    *tree.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) = value;
    tree
}

/// `path: message` of the only problem of `tree`.
fn problem(tree: &Value) -> String {
    match Strategy::from_json(&tree.to_string()) {
        Err(Error::Invalid { problems, .. }) if problems.len() == 1 => problems[0].to_string(),
        other => panic!("expected one problem, got {other:?}"),
    }
}

#[test]
fn accepts_the_example() {
    Strategy::from_json(&valid().to_string()).unwrap();
}

#[test]
fn names_the_place_and_the_cause_of_each_problem() {
    let band = "/long/entry/cross/2/indicator";
    let cases = [
        ("/name", json!(" "), "name: ` ` is not a name"),
        ("/inputs/0/name", json!("Period"), "inputs[0].name: `Period` is not an identifier"),
        ("/inputs/1/name", json!("period"), "inputs[1].name: the name `period` is taken"),
        ("/inputs/1/kind/float/step", json!(0.0), "inputs[1].kind: the range 1 to 4 with step 0"),
        ("/inputs/1/kind/float/default", json!(9.0), "inputs[1].kind: the range 1 to 4"),
        (
            "/long/entry/cross/1",
            json!({"input": 3}),
            "long.entry.cross.left.input: there is no input 3; the strategy has 3",
        ),
        (
            "/long/entry/cross/1",
            json!({"lag": [{"price": "close"}, 0]}),
            "long.entry.cross.left.lag.bars: 0 is outside 1 to 5000",
        ),
        (
            &format!("{band}/args"),
            json!([{"input": 0}]),
            "long.entry.cross.right.indicator.args: bollinger takes 2 parameters, not 1",
        ),
        (
            band,
            json!({"kind": "ema", "args": [{"input": 1}], "source": "close", "output": "value"}),
            "long.entry.cross.right.indicator.args[0]: a whole number is needed here",
        ),
        (
            &format!("{band}/args/0"),
            json!({"const": 2.5}),
            "long.entry.cross.right.indicator.args[0]: a whole number is needed here",
        ),
        (
            &format!("{band}/output"),
            json!("top"),
            "long.entry.cross.right.indicator.output: bollinger has no output `top`; it has upper, middle, lower",
        ),
        (
            &format!("{band}/source"),
            Value::Null,
            "long.entry.cross.right.indicator.source: bollinger needs a source price",
        ),
        ("/risk/stop_loss/atr/multiple", json!({"const": 0.0}), "risk.stop_loss.atr.multiple: 0 is outside"),
        ("/sizing/rule", json!({"units": -1.0}), "sizing.rule.units: -1 is outside"),
        (
            "/short/entry",
            json!({"session": {"from_minute": 60, "to_minute": 60}}),
            "short.entry.session: a session must start and end",
        ),
        (
            "/short/entry",
            json!({"session": {"from_minute": 60, "to_minute": 1440}}),
            "short.entry.session.to_minute: 1440 is outside 0 to 1439",
        ),
    ];
    for (pointer, value, expected) in cases {
        let found = problem(&with(pointer, value));
        assert!(found.starts_with(expected), "at {pointer}: {found}");
    }
}

#[test]
fn an_indicator_of_other_columns_than_those_of_bars_is_refused() {
    let call = json!({"kind": "correl", "args": [{"const": 30.0}], "source": "close", "output": "value"});
    let found = problem(&with("/long/entry/cross/2/indicator", call));
    assert_eq!(
        found,
        "long.entry.cross.right.indicator: correl reads a column that is not in the bars, and a strategy cannot give it \
         one"
    );
}

#[test]
fn a_source_is_refused_where_the_bars_are_read() {
    let call = json!({"kind": "atr", "args": [{"const": 14.0}], "source": "close", "output": "value"});
    let found = problem(&with("/long/entry/cross/2/indicator", call));
    assert_eq!(found, "long.entry.cross.right.indicator.source: atr takes no source: it reads the bars");
}

#[test]
fn a_choice_is_a_whole_number_within_its_names() {
    let call = |choice: f64| {
        let args = json!([{"const": 20.0}, {"const": choice}]);
        with("/long/entry/cross/2/indicator", json!({"kind": "ma", "args": args, "source": "close", "output": "value"}))
    };
    Strategy::from_json(&call(1.0).to_string()).unwrap();
    let place = "long.entry.cross.right.indicator.args[1]";
    assert_eq!(problem(&call(0.5)), format!("{place}: a whole number is needed here"));
    assert!(problem(&call(99.0)).starts_with(&format!("{place}: 99 is outside 0 to ")));
}

#[test]
fn every_indicator_must_be_defined_in_the_profile() {
    let strategy = Strategy::from_json(&valid().to_string()).unwrap();
    strategy.validate_in(Profile::Talib).unwrap();
    let absent = IndicatorKind::all()
        .find(|kind| {
            kind.info().inputs == [Column::Source] && !kind.info().profiles().any(|p| p == Profile::TradingView)
        })
        .expect("TradingView has not all of TA-Lib's indicators");
    let args: Vec<Value> = absent.info().parameters.iter().map(|p| json!({"const": p.default})).collect();
    let output = absent.info().outputs[0].name;
    let call = json!({"kind": absent.name(), "args": args, "source": "close", "output": output});
    let strategy = Strategy::from_json(&with("/long/entry/cross/2/indicator", call).to_string()).unwrap();
    let error = strategy.validate_in(Profile::TradingView).unwrap_err().to_string();
    let expected = format!("long.entry.cross.right.indicator: {absent} is not defined in the profile tradingview");
    assert!(error.contains(&expected), "{error}");
}

#[test]
fn a_rule_that_never_closes_is_refused() {
    let mut tree = valid();
    tree["short"] = Value::Null;
    tree["long"]["exit"] = Value::Null;
    tree["risk"]["stop_loss"] = Value::Null;
    assert!(problem(&tree).starts_with("long: nothing closes the position"));
}

#[test]
fn a_strategy_without_rules_is_refused() {
    let mut tree = valid();
    tree["short"] = Value::Null;
    tree["long"] = Value::Null;
    assert!(problem(&tree).starts_with("long: a strategy needs"));
}

#[test]
fn sizing_by_risk_needs_a_stop() {
    let mut tree = valid();
    tree["risk"]["stop_loss"] = Value::Null;
    tree["sizing"]["rule"] = json!({"risk_fraction": 0.01});
    assert_eq!(problem(&tree), "sizing.rule: sizing by risk needs a stop loss");
}

#[test]
fn stops_that_move_and_sizes_are_checked() {
    let cases = [
        (
            "/risk",
            json!({"stop_loss": null, "take_profit": null, "trailing_stop": {"distance": {"ticks": {"const": 0.0}}}}),
            "risk.trailing_stop.distance.ticks: 0 is outside",
        ),
        (
            "/risk",
            json!({"stop_loss": null, "take_profit": null,
                "break_even": {"after": {"percent": {"const": 0.0}}, "lock_ticks": {"const": 0.0}}}),
            "risk.break_even.after.percent: 0 is outside",
        ),
        (
            "/risk",
            json!({"stop_loss": null, "take_profit": null, "max_bars": {"const": 2.5}}),
            "risk.max_bars: a whole number is needed here",
        ),
        (
            "/sizing/rule",
            json!({"kelly": {"fraction": 0.5, "n_trades": 1, "min_leverage": 0.0, "max_leverage": 2.0}}),
            "sizing.rule.kelly.n_trades: 1 is outside 2 to 10000",
        ),
        (
            "/sizing/rule",
            json!({"kelly": {"fraction": 0.5, "n_trades": 9, "min_leverage": 3.0, "max_leverage": 2.0}}),
            "sizing.rule.kelly.min_leverage: 3 is outside 0 to 2",
        ),
        (
            "/sizing/rule",
            json!({"volatility_target": {"target": 0.0, "volatility": {"const": 0.1}, "max_leverage": 2.0}}),
            "sizing.rule.volatility_target.target: 0 is outside",
        ),
    ];
    for (pointer, value, expected) in cases {
        let found = problem(&with(pointer, value));
        assert!(found.starts_with(expected), "at {pointer}: {found}");
    }
}

#[test]
fn longer_bars_have_lengths_of_the_calendar_and_are_not_nested() {
    let place = "long.entry.cross.left.longer";
    let longer = |minutes: u16, num: Value| {
        problem(&with("/long/entry/cross/1", json!({"longer": {"minutes": minutes, "num": num}})))
    };
    let close = json!({"price": "close"});
    for minutes in [0, 1, 7, 2_880] {
        assert!(longer(minutes, close.clone()).starts_with(&format!("{place}.minutes: {minutes} minutes are neither")));
    }
    let inner = json!({"lag": [{"longer": {"minutes": 60, "num": close}}, 1]});
    let inside = format!("{place}.num: a number of longer bars cannot be made of longer bars");
    assert_eq!(longer(1_440, inner), inside);
    assert!(longer(10_080, json!({"input": 9})).starts_with(&format!("{place}.num.input: there is no input 9")));
}

#[test]
fn a_trailing_stop_or_a_time_stop_closes_a_position_and_break_even_alone_does_not() {
    let mut tree = valid();
    (tree["short"], tree["long"]["exit"]) = (Value::Null, Value::Null);
    for (field, value, closes) in [
        ("trailing_stop", json!({"distance": {"ticks": {"const": 9.0}}}), true),
        ("max_bars", json!({"const": 9.0}), true),
        ("break_even", json!({"after": {"ticks": {"const": 9.0}}, "lock_ticks": {"const": 0.0}}), false),
    ] {
        tree["risk"] = json!({"stop_loss": null, "take_profit": null, field: value});
        assert_eq!(Strategy::from_json(&tree.to_string()).is_ok(), closes, "{field}");
    }
}

#[test]
fn an_impossible_constraint_is_refused() {
    let mut tree = valid();
    tree["constraints"] = json!([{"less": 0, "than": 1}]);
    assert!(problem(&tree).starts_with("constraints[0]: no values"));
}

#[test]
fn nesting_has_a_limit() {
    let nested = |levels| {
        let mut strategy = Strategy::from_json(&valid().to_string()).unwrap();
        let innermost = Cond::All(Vec::new());
        let entry = (1..levels).fold(innermost, |inner, _| Cond::Not(Box::new(inner)));
        strategy.long.as_mut().unwrap().entry = entry;
        strategy.validate().map_err(|error| error.to_string())
    };
    assert_eq!(nested(64), Ok(()));
    assert!(nested(65).unwrap_err().ends_with("nested deeper than 64 levels"));
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let text = valid().to_string().replacen("\"risk\"", "\"rsik\":1,\"risk\"", 1);
    let error = Strategy::from_json(&text).unwrap_err();
    assert!(matches!(error, Error::Json { line: 1, .. }));
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("rsik"), "{cause}");
}

#[test]
fn parameters_are_checked_against_range_kind_and_constraints() {
    let mut tree = valid();
    tree["inputs"][1]["kind"] = json!({"float": {"default": 30.0, "min": 1.0, "max": 40.0, "step": 1.0}});
    tree["constraints"] = json!([{"less": 0, "than": 1}]);
    let strategy = Strategy::from_json(&tree.to_string()).unwrap();
    let check = |values: &[f64]| strategy.check_params(&Params::new(values.to_vec())).map_err(|e| e.to_string());
    assert_eq!(check(&[20.0, 30.0, 3.0]), Ok(()));
    assert_eq!(check(&[20.0, 30.0]).unwrap_err(), "2 parameters for 3 inputs");
    assert_eq!(
        check(&[f64::NAN, 30.0, 3.0]).unwrap_err(),
        "parameter `period` is NaN, which is not a whole number from 5 to 200"
    );
    assert_eq!(
        check(&[20.0, 20.0, 3.0]).unwrap_err(),
        "parameter `period` must be less than `deviations`, but 20 is not less than 20"
    );
}
