use serde::{Deserialize, Serialize};

use crate::{Direction, Error, Point};

/// A value on the way to the objective, such as the result of one fold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Which one: the number of the fold, or how much has been spent.
    pub step: u64,
    /// The objective there.
    pub value: f64,
}

/// How a trial ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// With a value for each objective.
    Complete {
        /// One finite value an objective.
        values: Vec<f64>,
        /// How far each condition on the result is broken: above 0 is broken. Empty without conditions.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        violations: Vec<f64>,
    },
    /// Given up early; its reports say how it stood.
    Pruned,
    /// Without a result.
    Failed,
}

impl Outcome {
    /// A complete trial with one objective.
    pub fn value(value: f64) -> Self {
        Self::Complete { values: vec![value], violations: Vec::new() }
    }

    /// A complete trial with several objectives.
    pub fn values(values: impl Into<Vec<f64>>) -> Self {
        Self::Complete { values: values.into(), violations: Vec::new() }
    }
}

/// One point and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// Its number, in order of asking.
    pub id: u64,
    /// The point that was tried.
    pub point: Point,
    /// Reports in order of reporting.
    pub reports: Vec<Report>,
    /// How it ended.
    pub outcome: Outcome,
}

impl Trial {
    /// The objective of a complete trial with one.
    pub fn value(&self) -> Option<f64> {
        match &self.outcome {
            Outcome::Complete { values, .. } => values.first().copied(),
            _ => None,
        }
    }

    /// The objectives of a complete trial.
    pub fn values(&self) -> Option<&[f64]> {
        if let Outcome::Complete { values, .. } = &self.outcome { Some(values) } else { None }
    }

    /// Sum of what is broken; 0 for a trial that meets all conditions or is not complete.
    pub fn violation(&self) -> f64 {
        match &self.outcome {
            Outcome::Complete { violations, .. } => violations.iter().filter(|v| **v > 0.0).sum(),
            _ => 0.0,
        }
    }

    /// Whether it is complete and meets all conditions.
    pub fn is_feasible(&self) -> bool {
        matches!(self.outcome, Outcome::Complete { .. }) && self.violation() <= 0.0
    }

    /// The objectives with the sign of a minimisation.
    pub(crate) fn losses(&self, directions: &[Direction]) -> Option<Vec<f64>> {
        Some(self.values()?.iter().zip(directions).map(|(value, direction)| direction.loss(*value)).collect())
    }

    /// Whether the numbers are finite and as many as there are objectives.
    pub(crate) fn check(&self, directions: &[Direction]) -> Result<(), Error> {
        let Outcome::Complete { values, violations } = &self.outcome else { return Ok(()) };
        let (trial, expected) = (self.id, directions.len());
        if values.len() != expected {
            return Err(Error::ObjectiveCount { trial, n_values: values.len(), expected });
        }
        for (what, numbers) in [("objective", values), ("violation", violations)] {
            if let Some((i, &value)) = numbers.iter().enumerate().find(|(_, value)| !value.is_finite()) {
                return Err(Error::NotFinite { trial, what: format!("{what} {i}"), value });
            }
        }
        Ok(())
    }
}
