//! What holds for every text and every value.

use inference::{Action, Request};
use model_client::{Repair, RulesBackend, read_analysis, repair_json};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Number, Value, json};

/// Any JSON value with texts full of quotes, brackets and backslashes.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i32>().prop_map(|n| json!(n)),
        (-1e6..1e6_f64).prop_map(|x| Number::from_f64(x).map_or(Value::Null, Value::Number)),
        text().prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((text(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ]{0,12}", r#"[a-z"'`{}\[\]:,/\\“”‘’é😀\n\t ]{0,12}"#]
}

fn object() -> impl Strategy<Value = Value> {
    prop::collection::vec((text(), value()), 1..5)
        .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>()))
}

/// Whether `part` is what a cut may leave of `whole`: the same numbers, texts cut at most, members missing at most.
fn is_left_of(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(key, part)| whole.get(key).is_some_and(|whole| is_left_of(part, whole)))
        }
        (Value::Array(part), Value::Array(whole)) => {
            part.len() <= whole.len() && part.iter().zip(whole).all(|(part, whole)| is_left_of(part, whole))
        }
        (Value::String(part), Value::String(whole)) => whole.starts_with(part.trim_end_matches('\u{fffd}')),
        _ => part == whole,
    }
}

proptest! {
    #[test]
    fn json_is_left_as_it_is(value in object(), pretty in any::<bool>()) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let repaired = repair_json(&text).unwrap();
        prop_assert_eq!(&repaired.value, &value);
        prop_assert_eq!(repaired.repairs, []);
    }

    #[test]
    fn a_cut_object_gives_a_part_of_it_or_nothing(value in object(), at in any::<Index>()) {
        let text = value.to_string();
        let cut = text.floor_char_boundary(at.index(text.len()));
        if let Ok(repaired) = repair_json(&text[..cut]) {
            prop_assert!(is_left_of(&repaired.value, &value), "{} of {}", repaired.value, value);
            prop_assert!(repaired.repairs.contains(&Repair::Unclosed));
        }
    }

    #[test]
    fn surroundings_do_not_change_the_object(value in object(), prose in "[A-Za-z ,.]{0,30}") {
        let text = format!("<think>{{\"a\": 1}}</think>{prose}\n```json\n{value:#}\n```\n{prose}");
        let repaired = repair_json(&text).unwrap();
        prop_assert_eq!(repaired.value, value);
        prop_assert!(repaired.repairs.contains(&Repair::Thinking) && repaired.repairs.contains(&Repair::Fence));
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in r#"[a-z0-9"'`{}\[\]:,/\\“”‘’é😀\n\t .+-]{0,200}"#) {
        if let Ok(repaired) = repair_json(&text) {
            prop_assert!(repaired.value.as_object().is_some_and(|map| !map.is_empty()));
            if serde_json::from_str::<Value>(&text).is_err() {
                prop_assert!(!repaired.repairs.is_empty(), "never in silence");
            }
        }
        prop_assert!(read_analysis(&text).is_err());
    }

    #[test]
    fn rules_are_valid_labelled_and_symmetric(
        close in 0.5..2.0_f64, rsi in 0.0..=100.0_f64, histogram in -1.0..1.0_f64,
        fast in 0.5..2.0_f64, slow in 0.5..2.0_f64, lower in 0.5..1.0_f64, upper in 1.0..2.0_f64,
    ) {
        let decide = |values: [f64; 7]| {
            let mut request = Request::new("EURUSD", "M5");
            for (name, value) in RulesBackend::FEATURES.iter().zip(values) {
                request.features.push(name, value).unwrap();
            }
            RulesBackend::new().analyse(&request).unwrap()
        };
        let prediction = decide([close, rsi, histogram, fast, slow, upper, lower]);
        prediction.analysis.validate().unwrap();
        prop_assert_eq!(prediction.source.to_string(), "rules");
        prop_assert!(prediction.analysis.reasoning.starts_with("rules: ") && prediction.raw.starts_with("rules: "));
        // The market upside down: prices as their inverses.
        let mirrored = decide([1.0 / close, 100.0 - rsi, -histogram, 1.0 / fast, 1.0 / slow, 1.0 / lower, 1.0 / upper]);
        let opposite = match prediction.analysis.action {
            Action::Buy => Action::Sell,
            Action::Sell => Action::Buy,
            Action::Hold => Action::Hold,
        };
        prop_assert_eq!(mirrored.analysis.action, opposite);
        prop_assert_eq!(mirrored.analysis.confidence, prediction.analysis.confidence);
    }
}
