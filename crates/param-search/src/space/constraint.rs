use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Domain, Point, Space, View};
use crate::Error;

/// A condition between numbers that every point meets.
///
/// It counts as met where one of its parameters is not active.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Constraint {
    /// `smaller < larger`.
    Less {
        /// Name of the smaller one.
        smaller: String,
        /// Name of the larger one.
        larger: String,
    },
    /// `Σ coefficient · parameter ≤ at_most`.
    Linear {
        /// Names and coefficients.
        terms: Vec<(String, f64)>,
        /// The bound.
        at_most: f64,
    },
}

impl Constraint {
    /// `smaller < larger`.
    pub fn less(smaller: impl Into<String>, larger: impl Into<String>) -> Self {
        Self::Less { smaller: smaller.into(), larger: larger.into() }
    }

    /// `Σ coefficient · parameter ≤ at_most`.
    pub fn linear<T: Into<String>>(terms: impl IntoIterator<Item = (T, f64)>, at_most: f64) -> Self {
        Self::Linear { terms: terms.into_iter().map(|(name, factor)| (name.into(), factor)).collect(), at_most }
    }

    pub(super) fn resolve(&self, space: &Space) -> Result<Linear, Error> {
        let (terms, at_most, strict) = match self {
            Self::Less { smaller, larger } => (vec![(smaller, 1.0), (larger, -1.0)], 0.0, true),
            Self::Linear { terms, at_most } => (terms.iter().map(|(name, c)| (name, *c)).collect(), *at_most, false),
        };
        let mut resolved = Vec::with_capacity(terms.len());
        for (name, factor) in terms {
            let position = space.position(name).ok_or_else(|| Error::UnknownParameter { name: name.clone() })?;
            let is_number = matches!(space.parameters[position].domain, Domain::Float { .. } | Domain::Int { .. });
            if !is_number || !factor.is_finite() {
                return Err(Error::BadConstraint { constraint: self.to_string() });
            }
            resolved.push((position, factor));
        }
        if resolved.is_empty() || !at_most.is_finite() {
            return Err(Error::BadConstraint { constraint: self.to_string() });
        }
        Ok(Linear { terms: resolved, at_most, strict })
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Less { smaller, larger } => write!(f, "{smaller} < {larger}"),
            Self::Linear { terms, at_most } => {
                for (i, (name, factor)) in terms.iter().enumerate() {
                    write!(f, "{}{factor} {name}", if i == 0 { "" } else { " + " })?;
                }
                write!(f, " <= {at_most}")
            }
        }
    }
}

/// A constraint with its names resolved to positions.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    terms: Vec<(usize, f64)>,
    at_most: f64,
    strict: bool,
}

impl Linear {
    fn is_met(&self, point: &Point) -> bool {
        let mut sum = 0.0;
        for &(position, factor) in &self.terms {
            let Some(number) = point.values()[position].and_then(super::Value::number) else { return true };
            sum += factor * number;
        }
        if self.strict { sum < self.at_most } else { sum <= self.at_most }
    }
}

type Test = Arc<dyn Fn(&View<'_>) -> bool + Send + Sync>;

/// A condition on whole points, as a function with a name.
///
/// Only its name is written with a space; [`Space::bind_predicate`] gives the function back.
#[derive(Clone)]
pub struct Predicate {
    name: String,
    test: Option<Test>,
}

impl Predicate {
    /// `test` answers whether a point is allowed; it must depend on nothing but the point.
    pub fn new(name: impl Into<String>, test: impl Fn(&View<'_>) -> bool + Send + Sync + 'static) -> Self {
        Self { name: name.into(), test: Some(Arc::new(test)) }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn unbound(name: String) -> Self {
        Self { name, test: None }
    }

    pub(super) fn is_bound(&self) -> bool {
        self.test.is_some()
    }
}

impl fmt::Debug for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Predicate").field("name", &self.name).field("bound", &self.is_bound()).finish_non_exhaustive()
    }
}

impl Space {
    /// Whether a point, complete or not, meets the constraints between numbers.
    pub(crate) fn meets_constraints(&self, point: &Point) -> bool {
        self.linear.iter().all(|linear| linear.is_met(point))
    }

    /// The first constraint or predicate that a point breaks, in words.
    pub(super) fn broken(&self, point: &Point) -> Option<String> {
        if let Some(i) = self.linear.iter().position(|linear| !linear.is_met(point)) {
            return Some(self.constraints[i].to_string());
        }
        let view = self.view(point);
        let broken = |predicate: &&Predicate| predicate.test.as_ref().is_some_and(|test| !test(&view));
        self.predicates.iter().find(broken).map(|predicate| predicate.name.clone())
    }
}
