//! The shape of the JSON and what it refuses.

use indicators::{IndicatorKind, IndicatorSpec, Period};

use crate::common::{one_of_each, period};

#[test]
fn a_kind_is_written_with_the_catalogues_name() {
    for &kind in IndicatorKind::ALL {
        let json = serde_json::to_string(&kind).expect("a plain name");
        assert_eq!(json, format!("\"{}\"", kind.info().name));
        assert_eq!(serde_json::from_str::<IndicatorKind>(&json).expect("its own name"), kind);
    }
}

#[test]
fn a_spec_is_an_object_with_the_kind_beside_the_parameters() {
    let spec = IndicatorSpec::Bollinger { period: period(20), deviations: 2.5 };
    let json = serde_json::to_string(&spec).expect("plain data");
    assert_eq!(json, r#"{"kind":"bollinger","period":20,"deviations":2.5}"#);
}

#[test]
fn specs_survive_json() {
    for spec in one_of_each(1.0) {
        let json = serde_json::to_string(&spec).expect("plain data");
        assert_eq!(serde_json::from_str::<IndicatorSpec>(&json).expect("its own output"), spec);
    }
}

#[test]
fn the_parameters_have_the_catalogues_names() {
    for spec in one_of_each(1.0) {
        let json = serde_json::to_value(spec).expect("plain data");
        let object = json.as_object().expect("an object");
        let info = spec.kind().info();
        assert_eq!(object.len(), 1 + info.parameters.len());
        assert!(info.parameters.iter().all(|parameter| object.contains_key(parameter.name)));
    }
}

#[test]
fn refuses_values_out_of_range_and_unknown_names() {
    for (json, message) in [
        (r#"{"kind":"rsi","period":0}"#, "a period is 1 to 100000 bars, not 0"),
        (r#"{"kind":"rsi","period":100001}"#, "a period is 1 to 100000 bars, not 100001"),
        (r#"{"kind":"rsi","period":14.5}"#, "floating point `14.5`"),
        (r#"{"kind":"rsi","period":14,"length":3}"#, "unknown field `length`"),
        (r#"{"kind":"rsi"}"#, "missing field `period`"),
        (r#"{"kind":"trix","period":14}"#, "unknown variant `trix`"),
        (
            r#"{"kind":"bollinger","period":20,"deviations":-1.0}"#,
            "`deviations` of `bollinger` must be 0 to 100, not -1",
        ),
    ] {
        let error = serde_json::from_str::<IndicatorSpec>(json).expect_err(json).to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn a_period_is_a_number() {
    assert_eq!(serde_json::to_string(&period(14)).expect("a number"), "14");
    assert_eq!(serde_json::from_str::<Period>("14").expect("in range"), period(14));
}

#[cfg(feature = "schemars")]
#[test]
fn the_schema_has_the_ranges() {
    let period = schemars::schema_for!(Period).to_value();
    assert_eq!((&period["minimum"], &period["maximum"]), (&1.into(), &100_000.into()));
    let kinds = schemars::schema_for!(IndicatorKind).to_value().to_string();
    assert!(IndicatorKind::ALL.iter().all(|kind| kinds.contains(kind.info().name)), "{kinds}");
    let spec = schemars::schema_for!(IndicatorSpec).to_value().to_string();
    assert!(spec.contains("k_smoothing") && spec.contains("100.0"), "{spec}");
}
