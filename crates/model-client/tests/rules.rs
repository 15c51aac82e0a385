//! The rules, one by one, and what they refuse.
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use inference::{Action, Backend, Request, Source};
use model_client::RulesBackend;

/// close, rsi, `macd_histogram`, `sma_fast`, `sma_slow`, `bollinger_upper`, `bollinger_lower`: no rule votes.
const QUIET: [f64; 7] = [1.0, 50.0, 0.0, 1.0, 1.0, 1.1, 0.9];

fn request(values: [f64; 7]) -> Request {
    let mut request = Request::new("EURUSD", "M5");
    for (name, value) in RulesBackend::FEATURES.iter().zip(values) {
        request.features.push(name, value).unwrap();
    }
    request
}

fn decide(values: [f64; 7]) -> (Action, f64) {
    let prediction = RulesBackend::new().analyse(&request(values)).unwrap();
    (prediction.analysis.action, prediction.analysis.confidence.get())
}

#[test]
fn each_rule_has_one_vote_and_two_decide() {
    assert_eq!(decide(QUIET), (Action::Hold, 1.0));
    for (votes, decision) in [
        (vec![(1, 29.9)], (Action::Hold, 0.75)),
        (vec![(1, 30.0)], (Action::Hold, 1.0)),
        (vec![(1, 29.9), (2, 0.1)], (Action::Buy, 0.5)),
        (vec![(1, 29.9), (2, 0.1), (6, 1.01)], (Action::Buy, 0.75)),
        (vec![(1, 29.9), (2, 0.1), (3, 0.99), (4, 0.98), (6, 1.01)], (Action::Buy, 1.0)),
        (vec![(1, 70.1), (2, -0.1)], (Action::Sell, 0.5)),
        (vec![(1, 70.1), (2, -0.1), (3, 1.01), (4, 1.02), (5, 0.99)], (Action::Sell, 1.0)),
        (vec![(1, 29.9), (2, -0.1)], (Action::Hold, 1.0)),
    ] {
        let mut values = QUIET;
        for (index, value) in &votes {
            values[*index] = *value;
        }
        assert_eq!(decide(values), decision, "{votes:?}");
    }
}

#[test]
fn everything_it_touches_is_labelled() {
    let backend = RulesBackend::default();
    assert_eq!(backend.model().source, Source::Rules);
    let mut out = vec![];
    backend.predict(&[request(QUIET)], &mut out).unwrap();
    let json = serde_json::to_value(&out[0]).unwrap();
    assert_eq!(json["source"], "rules");
    assert!(json["analysis"]["reasoning"].as_str().unwrap().starts_with("rules: "));
    assert!(json["raw"].as_str().unwrap().starts_with("rules: "));
}

#[test]
fn a_missing_number_is_an_error_that_names_it() {
    let backend = RulesBackend::new();
    let error = backend.analyse(&Request::new("EURUSD", "M5")).unwrap_err().to_string();
    assert_eq!(error, format!("the request lacks the features {}", RulesBackend::FEATURES.join(", ")));
    let mut few = Request::new("EURUSD", "M5");
    for (name, value) in RulesBackend::FEATURES.iter().zip(QUIET).skip(1) {
        few.features.push(name, value).unwrap();
    }
    let mut out = vec![];
    let error = backend.predict(&[request(QUIET), few], &mut out).unwrap_err();
    assert_eq!(error.to_string(), "request 1 of the batch failed in rules");
    assert_eq!(out.len(), 1);
}

#[test]
fn numbers_out_of_their_range_are_errors() {
    for (index, value, problem) in [
        (0, 0.0, "feature `close` = 0 is no price above 0"),
        (4, -1.0, "feature `sma_slow` = -1 is no price above 0"),
        (1, 100.5, "feature `rsi` = 100.5 is not between 0 and 100"),
        (6, 1.2, "feature `bollinger_lower` = 1.2 is above the upper band"),
    ] {
        let mut values = QUIET;
        values[index] = value;
        assert_eq!(RulesBackend::new().analyse(&request(values)).unwrap_err().to_string(), problem);
    }
}
