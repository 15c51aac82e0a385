use std::fmt;
use std::hash::{Hash, Hasher};

use crate::Error;
use crate::catalogue::{self, IndicatorInfo, ParameterKind};

/// An indicator of the catalogue: what can be named, listed and given parameters.
///
/// ```
/// use indicators::IndicatorKind;
///
/// let rsi = IndicatorKind::named("rsi").ok_or("no such indicator")?;
/// assert_eq!(rsi.info().title, "Relative strength index");
/// assert!(IndicatorKind::all().count() > 237);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy)]
pub struct IndicatorKind(&'static IndicatorInfo);

impl IndicatorKind {
    /// Every indicator, by family.
    pub fn all() -> impl Iterator<Item = Self> {
        catalogue::all().map(Self)
    }

    /// The indicator of this name, in lower case; `None` if there is none.
    pub fn named(name: &str) -> Option<Self> {
        catalogue::all().find(|info| info.name == name).map(Self)
    }

    /// The indicator of this name.
    ///
    /// # Panics
    /// If the catalogue has none.
    pub(crate) fn of(name: &str) -> Self {
        Self::named(name).unwrap_or_else(|| panic!("the catalogue lists no `{name}`"))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// What the catalogue says about it.
    pub fn info(self) -> &'static IndicatorInfo {
        self.0
    }

    /// Whether `args` are as many as it has parameters, and each within its range.
    pub(crate) fn check(self, args: &[f64]) -> Result<(), Error> {
        let parameters = self.0.parameters;
        if args.len() != parameters.len() {
            return Err(Error::ParameterCount { kind: self, expected: parameters.len(), found: args.len() });
        }
        for (parameter, &value) in parameters.iter().zip(args) {
            if !(parameter.min..=parameter.max).contains(&value) {
                let (min, max, parameter) = (parameter.min, parameter.max, parameter.name);
                return Err(Error::ParameterRange { kind: self, parameter, value, min, max });
            }
            if parameter.kind != ParameterKind::Number && value.fract() != 0.0 {
                return Err(Error::ParameterFraction { kind: self, parameter: parameter.name, value });
            }
        }
        Ok(())
    }
}

impl PartialEq for IndicatorKind {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for IndicatorKind {}

impl PartialOrd for IndicatorKind {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for IndicatorKind {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name().cmp(other.name())
    }
}

impl Hash for IndicatorKind {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for IndicatorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for IndicatorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for IndicatorKind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::named(name).ok_or_else(|| Error::UnknownIndicator { name: name.to_owned() })
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for IndicatorKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for IndicatorKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <std::borrow::Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for IndicatorKind {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "IndicatorKind".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<&str> = Self::all().map(Self::name).collect();
        schemars::json_schema!({
            "description": "An indicator of the catalogue, by its name.",
            "type": "string",
            "enum": names,
        })
    }
}
