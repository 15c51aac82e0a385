//! The scripts of whole strategies, as a person reads them; `cargo insta review` or `INSTA_UPDATE=always` renews them.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use indicators::{Column, IndicatorKind};
use pinegen::{Commission, Error, Options, generate};
use serde_json::{Value, json};
use strategy::{Params, Strategy};

fn options() -> Options {
    Options {
        provenance: vec!["EURUSD M1, 2014-05-01 to 2014-05-15".to_owned(), String::new(), "two\nlines".to_owned()],
        initial_cash: 10_000.0,
        commission: Commission::Percent(0.0035),
        slippage_ticks: 7,
        quantity_step: 1.0,
    }
}

fn script(json: &str) -> String {
    let strategy = Strategy::from_json(json).unwrap();
    generate(&strategy, &strategy.defaults(), &options()).unwrap()
}

#[test]
fn one_side_with_fixed_bracket() {
    insta::assert_snapshot!(script(include_str!("strategies/rsi_dip.json")));
}

#[test]
fn both_sides_with_stop_and_target_in_average_true_ranges() {
    insta::assert_snapshot!(script(include_str!("strategies/ema_cross.json")));
}

#[test]
fn quotients_and_confidence() {
    insta::assert_snapshot!(script(include_str!("strategies/ema_deviation.json")));
}

#[test]
fn session_and_smoothed_stochastic() {
    insta::assert_snapshot!(script(include_str!("strategies/stochastic_session.json")));
}

#[test]
fn numbers_of_longer_bars() {
    let mut tree: Value = serde_json::from_str(include_str!("strategies/rsi_dip.json")).unwrap();
    let rsi = tree["long"]["entry"]["cross"][1].clone();
    let close = json!({ "price": "close" });
    let above = json!({ "binary": ["sub", close, { "lag": [close, 2] }] });
    tree["long"]["entry"] = json!({ "all": [
        tree["long"]["entry"],
        { "compare": ["gt", { "longer": { "minutes": 60, "num": rsi } }, { "const": 50.0 }] },
        { "compare": ["gt", { "longer": { "minutes": 1440, "num": above } }, { "const": 0.0 }] },
    ] });
    insta::assert_snapshot!(script(&tree.to_string()));
}

#[test]
fn stops_that_move_and_time_stops() {
    let mut tree: Value = serde_json::from_str(include_str!("strategies/ema_cross.json")).unwrap();
    let ticks = |count: f64| json!({ "ticks": { "const": count } });
    tree["risk"]["trailing_stop"] = json!({ "distance": ticks(80.0), "follows": "close", "after": ticks(120.0) });
    tree["risk"]["break_even"] = json!({ "after": ticks(50.0), "lock_ticks": { "const": 1.0 } });
    tree["risk"]["max_bars"] = json!({ "const": 30.0 });
    insta::assert_snapshot!(script(&tree.to_string()));
}

#[test]
fn parameters_become_defaults_to_the_last_digit() {
    let strategy = Strategy::from_json(include_str!("strategies/rsi_dip.json")).unwrap();
    let text = generate(&strategy, &Params::new(vec![9.0, 30.000_000_000_000_004]), &options()).unwrap();
    assert!(text.contains("input.int(9, "), "{text}");
    assert!(text.contains("input.float(30.000000000000004, "), "{text}");
}

#[test]
fn a_title_cannot_leave_its_string() {
    let mut strategy = Strategy::from_json(include_str!("strategies/rsi_dip.json")).unwrap();
    strategy.name = r#"a "quoted" \ name"#.to_owned();
    let text = generate(&strategy, &strategy.defaults(), &options()).unwrap();
    assert!(text.contains(r#"strategy("a \"quoted\" \\ name","#), "{text}");
}

/// `rsi_dip.json` with another indicator in its entry.
fn entering_by(call: &Value) -> Strategy {
    let mut tree: Value = serde_json::from_str(include_str!("strategies/rsi_dip.json")).unwrap();
    *tree.pointer_mut("/long/entry/cross/1/indicator").unwrap() = call.clone();
    Strategy::from_json(&tree.to_string()).unwrap()
}

/// A call of `kind` with the catalogue's defaults.
fn by_defaults(kind: IndicatorKind, output: &str) -> Value {
    let info = kind.info();
    let args: Vec<Value> = info.parameters.iter().map(|parameter| json!({ "const": parameter.default })).collect();
    let mut call = json!({ "kind": kind.name(), "args": args, "output": output });
    if info.inputs.contains(&Column::Source) {
        call["source"] = json!("close");
    }
    call
}

fn reads_bars(kind: IndicatorKind) -> bool {
    !kind.info().inputs.iter().any(|column| matches!(column, Column::Second | Column::Condition))
}

#[test]
fn every_template_of_the_catalogue_gives_a_script_for_every_output() {
    for kind in IndicatorKind::all().filter(|kind| kind.info().pine.is_some() && reads_bars(*kind)) {
        for output in kind.info().outputs {
            let strategy = entering_by(&by_defaults(kind, output.name));
            let text = generate(&strategy, &strategy.defaults(), &options()).unwrap();
            let code: Vec<&str> = text.lines().filter(|line| !line.starts_with("//")).collect();
            assert!(!code.concat().contains(['{', '}']), "{kind}.{}:\n{text}", output.name);
        }
    }
}

#[test]
fn an_indicator_that_pine_script_lacks_is_named() {
    let kind = IndicatorKind::all().find(|kind| kind.info().pine.is_none() && reads_bars(*kind)).unwrap();
    let strategy = entering_by(&by_defaults(kind, kind.info().outputs[0].name));
    let error = generate(&strategy, &strategy.defaults(), &options()).unwrap_err();
    assert_eq!(error.to_string(), format!("`{kind}` cannot be written in Pine Script"));
}

#[test]
fn a_choice_is_written_by_its_name_and_is_no_input() {
    let mut call = by_defaults("variance".parse().unwrap(), "value");
    call["args"] = json!([{ "const": 30.0 }, { "const": 0.0 }]);
    let strategy = entering_by(&call);
    let text = generate(&strategy, &strategy.defaults(), &options()).unwrap();
    assert!(text.contains("variance1 = ta.variance(close, 30, false)\n"), "{text}");

    let mut tree = serde_json::to_value(entering_by(&call)).unwrap();
    let choice = json!({ "name": "biased", "kind": { "integer": { "default": 1, "min": 0, "max": 1, "step": 1 } } });
    tree["inputs"].as_array_mut().unwrap().push(choice);
    tree["long"]["entry"]["cross"][1]["indicator"]["args"][1] = json!({ "input": 2 });
    let strategy = Strategy::from_json(&tree.to_string()).unwrap();
    let error = generate(&strategy, &strategy.defaults(), &options()).unwrap_err();
    assert_eq!(error.to_string(), "`biased` of `variance` cannot be changed in Pine Script");
}

#[test]
fn a_parameter_that_a_template_leaves_out_must_have_its_default() {
    let mut found = 0;
    for kind in IndicatorKind::all().filter(|&kind| reads_bars(kind)) {
        let info = kind.info();
        let Some(pine) = info.pine else { continue };
        let texts = || std::iter::once(&pine.lines).chain(pine.outputs);
        let mentions = |name: &str| texts().any(|text| text.contains(&format!("{{{name}}}")));
        for (index, parameter) in info.parameters.iter().enumerate().filter(|(_, p)| !mentions(p.name)) {
            let mut call = by_defaults(kind, info.outputs[0].name);
            let other = if parameter.default < parameter.max { parameter.max } else { parameter.min };
            call["args"][index] = json!({ "const": other });
            let strategy = entering_by(&call);
            let error = generate(&strategy, &strategy.defaults(), &options()).unwrap_err();
            let expected = format!("`{}` of `{kind}` cannot be changed in Pine Script", parameter.name);
            assert_eq!(error.to_string(), expected);
            found += 1;
        }
    }
    assert!(found > 0, "no template leaves a parameter out");
}

#[test]
fn unfit_arguments_are_refused() {
    let strategy = Strategy::from_json(include_str!("strategies/rsi_dip.json")).unwrap();
    let with = |options: Options| generate(&strategy, &strategy.defaults(), &options);
    assert!(matches!(generate(&strategy, &Params::new(vec![1.0]), &options()), Err(Error::Params(_))));
    let error = with(Options { quantity_step: 0.0, ..options() }).unwrap_err();
    assert_eq!(error.to_string(), "option `quantity_step` is 0, which is not a finite number above 0");
    let error = with(Options { commission: Commission::PerUnit(f64::NAN), ..options() }).unwrap_err();
    assert_eq!(error.to_string(), "option `commission` is NaN, which is not a finite number of 0 or more");
    let mut broken = strategy.clone();
    broken.long = None;
    assert!(matches!(generate(&broken, &broken.defaults(), &options()), Err(Error::Strategy(_))));
}
