use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Error, Space};

/// Whether smaller or larger values of an objective are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Smaller is better.
    Minimize,
    /// Larger is better.
    Maximize,
}

impl Direction {
    /// The value with the sign of a minimisation.
    pub fn loss(self, value: f64) -> f64 {
        match self {
            Self::Minimize => value,
            Self::Maximize => -value,
        }
    }
}

/// What is searched, and for what.
#[derive(Clone, Debug)]
pub struct Problem {
    space: Arc<Space>,
    directions: Vec<Direction>,
}

impl Problem {
    /// A search of `space` for the best of one or more objectives.
    ///
    /// # Errors
    /// [`Error::BadSetting`] without an objective, [`Error::UnboundPredicate`] if the space was read back and a
    /// predicate has no function yet.
    pub fn new(space: Space, directions: impl Into<Vec<Direction>>) -> Result<Self, Error> {
        space.check_bound()?;
        let directions = directions.into();
        if directions.is_empty() {
            return Err(Error::BadSetting { setting: "number of objectives", value: 0.0, range: "1 and more" });
        }
        Ok(Self { space: Arc::new(space), directions })
    }

    /// A search for the smallest value of one objective.
    ///
    /// # Errors
    /// As [`Problem::new`].
    pub fn minimize(space: Space) -> Result<Self, Error> {
        Self::new(space, [Direction::Minimize])
    }

    /// A search for the largest value of one objective.
    ///
    /// # Errors
    /// As [`Problem::new`].
    pub fn maximize(space: Space) -> Result<Self, Error> {
        Self::new(space, [Direction::Maximize])
    }

    /// The space.
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// One direction an objective.
    pub fn directions(&self) -> &[Direction] {
        &self.directions
    }
}
