//! Specs and kinds as text and JSON, every error with its message, and stored states that are damaged.
use indicators::{Error, IndicatorKind, IndicatorSpec, ParameterKind, Profile};

use crate::data::specs;

fn parsed(text: &str) -> IndicatorSpec {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refused(text: &str) -> Error {
    text.parse::<IndicatorSpec>().expect_err(text)
}

/// The arguments of `spec` as text.
fn arguments(spec: &IndicatorSpec) -> Vec<String> {
    let text = spec.to_string();
    let inside = text.split_once('(').map_or("", |(_, rest)| rest.strip_suffix(')').unwrap());
    inside.split(',').filter(|argument| !argument.is_empty()).map(str::to_owned).collect()
}

#[test]
fn what_is_printed_is_parsed() {
    for kind in IndicatorKind::all() {
        for spec in specs(kind) {
            let text = spec.to_string();
            assert_eq!(parsed(&text), spec);
            assert_eq!(arguments(&spec).len(), spec.args().len(), "{text}");
            let spaced = text.replace('(', " ( ").replace(',', " , ").replace(')', " ) ");
            assert_eq!(parsed(&spaced), spec, "{spaced}");
        }
    }
}

#[test]
fn named_arguments_stand_in_any_order() {
    for kind in IndicatorKind::all() {
        for spec in specs(kind) {
            let parameters = kind.info().parameters.iter();
            let mut named: Vec<String> = parameters
                .zip(arguments(&spec))
                .map(|(parameter, value)| format!("{}={value}", parameter.name))
                .collect();
            named.reverse();
            assert_eq!(parsed(&format!("{kind}({})", named.join(", "))), spec);
        }
    }
}

#[test]
fn parameters_left_out_have_their_defaults() {
    for kind in IndicatorKind::all() {
        let defaults = IndicatorSpec::with_defaults(kind);
        assert_eq!(parsed(kind.name()), defaults);
        assert_eq!(parsed(&format!("{kind}()")), defaults);
        let given = arguments(&defaults);
        for n_given in 0..given.len() {
            assert_eq!(parsed(&format!("{kind}({})", given[..n_given].join(","))), defaults);
        }
    }
    assert_eq!(parsed("macd(5)").args(), [5.0, 26.0, 9.0]);
    assert_eq!(parsed("macd(signal=5)").args(), [12.0, 26.0, 5.0]);
    assert_eq!(parsed("macd(5, signal = 7, slow = 30)").args(), [5.0, 30.0, 7.0]);
}

#[test]
fn a_choice_is_written_by_its_name() {
    let bands = parsed("bbands(20,2,2,ema)");
    assert_eq!(bands.args(), [20.0, 2.0, 2.0, 1.0]);
    assert_eq!(bands.to_string(), "bbands(20,2,2,ema)");
    for kind in IndicatorKind::all() {
        for (place, parameter) in kind.info().parameters.iter().enumerate() {
            let ParameterKind::Choice(names) = parameter.kind else { continue };
            for (index, name) in names.iter().enumerate() {
                let spec = parsed(&format!("{kind}({}={name})", parameter.name));
                assert_eq!(spec.args()[place].to_bits(), (index as f64).to_bits(), "{spec}");
            }
        }
    }
}

#[test]
fn numbers_are_printed_as_they_are_read() {
    assert_eq!(parsed("sma(1e1)").to_string(), "sma(10)");
    assert_eq!(parsed("stddev(5,0.1)").to_string(), "stddev(5,0.1)");
    assert_eq!(parsed("stddev(5,-2.50)").to_string(), "stddev(5,-2.5)");
    assert_eq!(parsed("stddev(5,1e-7)").args()[1].to_bits(), 1e-7_f64.to_bits());
}

#[test]
fn text_that_is_no_spec_is_refused_and_says_why() {
    for (text, message) in [
        ("", "no indicator is called ``"),
        ("smma(3)", "no indicator is called `smma`"),
        ("SMA(3)", "no indicator is called `SMA`"),
        ("sma 3", "no indicator is called `sma 3`"),
        ("sma(3", "`sma(3` is not of the form name(argument, …)"),
        ("sma(3) + 1", "`sma(3) + 1` is not of the form name(argument, …)"),
        ("sma(3, 4)", "the parameter count of `sma` is 1, not 2"),
        ("sma(3,)", "the parameter count of `sma` is 1, not 2"),
        ("add(1)", "the parameter count of `add` is 0, not 1"),
        ("sma(length=3)", "`sma` has no parameter `length`"),
        ("sma(=3)", "`sma` has no parameter ``"),
        ("macd(12, fast=13)", "`fast` of `macd` is given twice"),
        ("macd(slow=20, slow=20)", "`slow` of `macd` is given twice"),
        ("macd(slow=20, 30)", "`slow` of `macd` is given twice"),
        ("sma(0)", "`period` of `sma` must be 1 to 100000, not 0"),
        ("sma(-3)", "`period` of `sma` must be 1 to 100000, not -3"),
        ("sma(100001)", "`period` of `sma` must be 1 to 100000, not 100001"),
        ("sma(NaN)", "`period` of `sma` must be 1 to 100000, not NaN"),
        ("sma(inf)", "`period` of `sma` must be 1 to 100000, not inf"),
        ("sma(2.5)", "`period` of `sma` must be a whole number, not 2.5"),
        ("sma(three)", "`period` of `sma` cannot be `three`"),
        ("sma(period=)", "`period` of `sma` cannot be ``"),
        ("sma(3))", "`period` of `sma` cannot be `3)`"),
        ("macd(,)", "`fast` of `macd` cannot be ``"),
        ("bbands(20,2,2,mean)", "`ma_type` of `bbands` cannot be `mean`"),
        ("bbands(20,2,2,1)", "`ma_type` of `bbands` cannot be `1`"),
    ] {
        assert_eq!(refused(text).to_string(), message);
    }
}

#[test]
fn numbers_that_are_no_spec_are_refused_and_say_why() {
    let kind = IndicatorKind::named("bbands").unwrap();
    let refused = |args: &[f64]| IndicatorSpec::new(kind, args).unwrap_err();
    assert_eq!(refused(&[20.0]), Error::ParameterCount { kind, expected: 4, found: 1 });
    assert_eq!(refused(&[20.0, 2.0, 2.0, 0.5]), Error::ParameterFraction { kind, parameter: "ma_type", value: 0.5 });
    let (min, max) = (0.0, 15.0);
    assert_eq!(
        refused(&[20.0, 2.0, 2.0, 16.0]),
        Error::ParameterRange { kind, parameter: "ma_type", value: 16.0, min, max }
    );
    assert!(matches!(refused(&[20.0, f64::NAN, 2.0, 0.0]), Error::ParameterRange { value, .. } if value.is_nan()));
}

#[test]
fn names_that_are_none_are_refused() {
    assert_eq!("rsi".parse::<IndicatorKind>().unwrap(), IndicatorKind::named("rsi").unwrap());
    assert_eq!("no such".parse::<IndicatorKind>().unwrap_err(), Error::UnknownIndicator { name: "no such".to_owned() });
    for profile in Profile::ALL {
        assert_eq!(profile.to_string().parse::<Profile>(), Ok(profile));
    }
    let refused = "Talib".parse::<Profile>().unwrap_err();
    assert_eq!(refused.to_string(), "no profile is called `Talib`; there are talib, tradingview and fast");
}

#[test]
fn what_a_profile_does_not_define_is_refused() {
    let missing = |kind: &IndicatorKind| kind.info().profiles().all(|profile| profile != Profile::TradingView);
    let kind = IndicatorKind::all().find(missing).unwrap();
    let spec = IndicatorSpec::with_defaults(kind);
    let expected = Error::NotInProfile { kind, profile: Profile::TradingView };
    assert_eq!(spec.lookback(Profile::TradingView).unwrap_err(), expected);
    assert_eq!(spec.compute(Profile::TradingView, &[], &mut []).unwrap_err(), expected);
    assert_eq!(spec.live(Profile::TradingView).unwrap_err(), expected);
    assert_eq!(expected.to_string(), format!("`{kind}` is not defined in the profile tradingview"));
}

#[test]
fn a_feed_without_bars_has_nothing_to_replace() {
    let mut live = parsed("sma(2)").live(Profile::Talib).unwrap();
    let refused = live.replace(&[1.0], &mut [0.0]).unwrap_err();
    assert_eq!(refused, Error::NothingToReplace { indicator: "sma" });
    assert_eq!(refused.to_string(), "`sma` has taken no bar that could be replaced");
}

#[cfg(feature = "serde")]
mod json {
    use indicators::{Error, IndicatorKind, IndicatorSpec, Live, Profile, Snapshot};
    use serde_json::{Value, from_str, from_value, json, to_string, to_value};

    use super::parsed;
    use crate::data::{Bars, inputs, specs};

    #[test]
    fn what_is_written_is_read() {
        for kind in IndicatorKind::all() {
            assert_eq!(from_str::<IndicatorKind>(&to_string(&kind).unwrap()).unwrap(), kind);
            for spec in specs(kind) {
                assert_eq!(from_str::<IndicatorSpec>(&to_string(&spec).unwrap()).unwrap(), spec);
                assert_eq!(from_value::<IndicatorSpec>(to_value(&spec).unwrap()).unwrap(), spec);
            }
        }
    }

    #[test]
    fn a_spec_is_an_object_of_its_kind_and_parameters() {
        let bands = parsed("bbands(20,2,2.5,ema)");
        let text = r#"{"kind":"bbands","period":20,"deviations_up":2.0,"deviations_down":2.5,"ma_type":"ema"}"#;
        assert_eq!(to_string(&bands).unwrap(), text);
        let in_another_order =
            r#"{"ma_type":"ema","deviations_down":2.5,"deviations_up":2,"kind":"bbands","period":20.0}"#;
        assert_eq!(from_str::<IndicatorSpec>(in_another_order).unwrap(), bands);
        assert_eq!(to_string(&parsed("obv")).unwrap(), r#"{"kind":"obv"}"#);
    }

    #[test]
    fn json_that_is_no_spec_is_refused_and_says_why() {
        for (text, message) in [
            (r#""sma""#, "invalid type: string \"sma\", expected an indicator: `kind` and its parameters"),
            ("{}", "missing field `kind`"),
            (r#"{"period":3}"#, "missing field `kind`"),
            (r#"{"kind":"smma"}"#, "no indicator is called `smma`"),
            (r#"{"kind":3}"#, "invalid type: integer `3`"),
            (r#"{"kind":"sma"}"#, "missing field `period`"),
            (r#"{"kind":"sma","period":3,"offset":1}"#, "`sma` has no parameter `offset`"),
            (r#"{"kind":"sma","period":3,"period":3}"#, "`period` is given twice"),
            (r#"{"kind":"sma","kind":"sma","period":3}"#, "`kind` is given twice"),
            (r#"{"kind":"sma","period":"3"}"#, "`period` of `sma` is of the wrong type, or no such choice"),
            (r#"{"kind":"sma","period":null}"#, "did not match any variant"),
            (r#"{"kind":"sma","period":0}"#, "`period` of `sma` must be 1 to 100000, not 0"),
            (r#"{"kind":"sma","period":2.5}"#, "`period` of `sma` must be a whole number, not 2.5"),
            (r#"{"kind":"ma","period":3,"ma_type":1}"#, "`ma_type` of `ma` is of the wrong type, or no such choice"),
            (r#"{"kind":"ma","period":3,"ma_type":"x"}"#, "`ma_type` of `ma` is of the wrong type, or no such choice"),
        ] {
            let refused = from_str::<IndicatorSpec>(text).expect_err(text).to_string();
            assert!(refused.contains(message), "{text}: {refused}");
        }
        assert!(
            from_str::<IndicatorKind>(r#""smma""#).unwrap_err().to_string().contains("no indicator is called `smma`")
        );
    }

    /// The indicator after some bars.
    fn stored(text: &str) -> Value {
        let spec = parsed(text);
        let bars = Bars::walk(60, 4, 0.01, 30);
        let mut columns = vec![vec![0.0; bars.len()]; spec.kind().info().outputs.len()];
        let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        let mut live = spec.live(Profile::Talib).unwrap();
        live.run(&inputs(&spec, &bars), &mut outputs);
        to_value(live.snapshot()).unwrap()
    }

    fn restored(stored: Value) -> Result<Live, Error> {
        Live::restore(&from_value::<Snapshot>(stored).unwrap())
    }

    #[test]
    fn a_snapshot_is_restored_from_json() {
        let bars = Bars::walk(5, 9, 0.01, 30);
        for text in ["sma(7)", "median(9)", "maxindex(6)", "minmax(5)", "obv", "add"] {
            let value = stored(text);
            let snapshot: Snapshot = from_value(value.clone()).unwrap();
            assert_eq!(to_value(&snapshot).unwrap(), value);
            let (mut live, mut again) = (Live::restore(&snapshot).unwrap(), Live::restore(&snapshot).unwrap());
            assert_eq!((live.spec(), live.profile()), (&parsed(text), Profile::Talib));
            assert_eq!(live.snapshot(), snapshot);
            let bar: Vec<f64> = inputs(live.spec(), &bars).iter().map(|column| column[0]).collect();
            let n_outputs = live.spec().kind().info().outputs.len();
            let (mut first, mut second) = (vec![0.0; n_outputs], vec![0.0; n_outputs]);
            live.update(&bar, &mut first);
            again.update(&bar, &mut second);
            assert_eq!(first, second, "{text}");
            let kind = parsed(text).kind().name();
            assert_eq!(
                Live::restore(&snapshot).unwrap().replace(&bar, &mut first).unwrap_err(),
                Error::NothingToReplace { indicator: kind }
            );
        }
    }

    #[test]
    fn a_damaged_snapshot_is_refused() {
        for text in ["sma(7)", "median(9)", "maxindex(6)", "correl(8)", "obv"] {
            let whole = stored(text);
            restored(whole.clone()).unwrap();
            let kind = parsed(text).kind();
            let refused = |damaged: Value| {
                let error = restored(damaged).expect_err(text);
                assert_eq!(error, Error::Snapshot { kind });
                let message = format!("the stored state of `{kind}` is damaged, or of another version of this crate");
                assert_eq!(error.to_string(), message);
            };
            let n_words = whole["words"].as_array().unwrap().len();
            for place in 0..n_words {
                let mut damaged = whole.clone();
                let word = u64::from_str_radix(whole["words"][place].as_str().unwrap(), 16).unwrap();
                damaged["words"][place] = json!(format!("{:x}", word ^ (1 << (place % 64))));
                refused(damaged);
            }
            let mut shorter = whole.clone();
            shorter["words"].as_array_mut().unwrap().pop();
            refused(shorter);
            let mut longer = whole.clone();
            longer["words"].as_array_mut().unwrap().push(json!("0"));
            refused(longer);
            let mut other_sum = whole.clone();
            other_sum["checksum"] = json!(whole["checksum"].as_u64().unwrap() ^ 1);
            refused(other_sum);
        }
    }

    #[test]
    fn a_snapshot_of_another_indicator_is_refused() {
        let mut other = stored("sma(7)");
        other["spec"] = to_value(parsed("sum(7)")).unwrap();
        let kind = parsed("sum(7)").kind();
        assert_eq!(restored(other).unwrap_err(), Error::Snapshot { kind });
        let mut longer = stored("sma(7)");
        longer["spec"]["period"] = json!(8);
        assert_eq!(restored(longer).unwrap_err(), Error::Snapshot { kind: parsed("sma").kind() });
    }

    #[test]
    fn json_that_is_no_snapshot_is_refused_and_says_why() {
        let whole = stored("sma(7)");
        for (field, value, message) in [
            ("checksum", None, "missing field `checksum`"),
            ("profile", None, "missing field `profile`"),
            ("spec", None, "missing field `spec`"),
            ("words", None, "missing field `words`"),
            ("more", Some(json!(1)), "unknown field `more`"),
            ("checksum", Some(json!(-1)), "invalid value"),
            ("profile", Some(json!("Talib")), "unknown variant `Talib`"),
            ("spec", Some(json!({"kind": "sma", "period": 0})), "`period` of `sma` must be 1 to 100000, not 0"),
            ("words", Some(json!([1])), "invalid type: integer `1`"),
            ("words", Some(json!(["x"])), "invalid digit"),
            ("words", Some(json!(["10000000000000000"])), "number too large"),
        ] {
            let mut damaged = whole.clone();
            match value {
                Some(value) => damaged[field] = value,
                None => _ = damaged.as_object_mut().unwrap().remove(field),
            }
            let refused = from_value::<Snapshot>(damaged).expect_err(field).to_string();
            assert!(refused.contains(message), "{field}: {refused}");
        }
    }
}
