//! What holds for every analysis and every text.

use inference::{Action, Analysis, Confidence, Level, LevelKind, Parameter, Pattern, Proposal, Source, parse_analysis};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn confidence() -> impl Strategy<Value = Confidence> {
    (0.0..=1.0).prop_map(|value| Confidence::new(value).expect("the value is in 0..=1"))
}

fn proposal() -> impl Strategy<Value = Proposal> {
    (".{1,40}", vec(any::<f64>().prop_filter("JSON holds finite numbers", |v| v.is_finite()), 1..=8), ".{1,400}")
        .prop_map(|(indicator, values, reason)| {
            let parameters =
                values.into_iter().enumerate().map(|(i, value)| Parameter { name: format!("p{i}"), value }).collect();
            Proposal { indicator, parameters, reason }
        })
}

prop_compose! {
    fn analysis()(
        action in select(&Action::ALL),
        confidence in confidence(),
        reasoning in ".{1,1000}",
        patterns in vec((".{1,80}", confidence()).prop_map(|(name, confidence)| Pattern { name, confidence }), 0..=16),
        levels in vec(
            (select(&LevelKind::ALL), f64::MIN_POSITIVE..1e12).prop_map(|(kind, price)| Level { kind, price }),
            0..=16,
        ),
        proposals in vec(proposal(), 0..=4),
    ) -> Analysis {
        Analysis { action, confidence, reasoning, patterns, levels, proposals }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_reads_back_equal(analysis in analysis(), pretty in any::<bool>()) {
        analysis.validate().unwrap();
        let text = if pretty { serde_json::to_string_pretty(&analysis) } else { serde_json::to_string(&analysis) };
        prop_assert_eq!(parse_analysis(&text.unwrap()).unwrap(), analysis);
    }

    #[test]
    fn a_cut_text_is_never_an_analysis(analysis in analysis(), at in any::<Index>()) {
        let text = serde_json::to_string(&analysis).unwrap();
        let cut = text.floor_char_boundary(at.index(text.len()));
        prop_assert!(parse_analysis(&text[..cut]).is_err());
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}") {
        prop_assert!(parse_analysis(&text).is_err());
    }

    #[test]
    fn a_model_never_shows_as_rules(name in ".{1,40}") {
        let source = Source::Model { name };
        let label = source.to_string();
        prop_assert_ne!(label.as_str(), "rules");
        prop_assert_eq!(label.parse::<Source>().unwrap(), source);
    }
}
