//! The scripts of whole strategies, as a person reads them; `cargo insta review` or `INSTA_UPDATE=always` renews them.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use pinegen::{Commission, Error, Options, generate};
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
