//! `{"kind": "rsi", "period": 14}`
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::{IndicatorKind, IndicatorSpec, ParameterInfo, ParameterKind};

impl Serialize for IndicatorSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + self.args().len()))?;
        map.serialize_entry("kind", &self.kind())?;
        for (parameter, &value) in self.kind().info().parameters.iter().zip(self.args()) {
            match parameter.kind {
                ParameterKind::Number => map.serialize_entry(parameter.name, &value)?,
                #[expect(clippy::cast_possible_truncation, reason = "checked: whole, small")]
                ParameterKind::Bars => map.serialize_entry(parameter.name, &(value as i32))?,
                ParameterKind::Choice(names) => {
                    map.serialize_entry(parameter.name, names[crate::args::bars(&[value], 0)])?;
                }
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for IndicatorSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SpecVisitor)
    }
}

struct SpecVisitor;

/// A parameter as JSON writes it.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Value {
    Number(f64),
    Name(String),
}

impl<'de> Visitor<'de> for SpecVisitor {
    type Value = IndicatorSpec;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an indicator: `kind` and its parameters")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut kind = None;
        let mut given: Vec<(String, Value)> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if given.iter().any(|(name, _)| *name == key) || (key == "kind" && kind.is_some()) {
                return Err(A::Error::custom(format_args!("`{key}` is given twice")));
            }
            if key == "kind" {
                kind = Some(map.next_value::<IndicatorKind>()?);
            } else {
                given.push((key, map.next_value()?));
            }
        }
        let kind = kind.ok_or_else(|| A::Error::missing_field("kind"))?;
        let mut args = Vec::with_capacity(given.len());
        for parameter in kind.info().parameters {
            let place = given.iter().position(|(name, _)| name == parameter.name);
            let (_, value) = given.swap_remove(place.ok_or_else(|| A::Error::missing_field(parameter.name))?);
            args.push(number(parameter, &value).ok_or_else(|| {
                A::Error::custom(format_args!(
                    "`{}` of `{kind}` is of the wrong type, or no such choice",
                    parameter.name
                ))
            })?);
        }
        if let Some((name, _)) = given.first() {
            return Err(A::Error::custom(format_args!("`{kind}` has no parameter `{name}`")));
        }
        IndicatorSpec::new(kind, &args).map_err(A::Error::custom)
    }
}

fn number(parameter: &ParameterInfo, value: &Value) -> Option<f64> {
    match (parameter.kind, value) {
        (ParameterKind::Choice(names), Value::Name(text)) => {
            names.iter().position(|name| name == text).map(|index| index as f64)
        }
        (ParameterKind::Bars | ParameterKind::Number, Value::Number(number)) => Some(*number),
        _ => None,
    }
}
