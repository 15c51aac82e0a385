use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Constraint, Parameter, Predicate, Space};

/// How a space is written: predicates by name only.
#[derive(Serialize, Deserialize)]
struct Wire {
    parameters: Vec<Parameter>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    constraints: Vec<Constraint>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    predicates: Vec<String>,
}

impl Serialize for Space {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let predicates = self.predicates.iter().map(|predicate| predicate.name().to_owned()).collect();
        let (parameters, constraints) = (self.parameters.clone(), self.constraints.clone());
        Wire { parameters, constraints, predicates }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Space {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let space = Self::new(wire.parameters).and_then(|space| space.constrained(wire.constraints));
        let mut space = space.map_err(D::Error::custom)?;
        space.predicates = wire.predicates.into_iter().map(Predicate::unbound).collect();
        Ok(space)
    }
}
