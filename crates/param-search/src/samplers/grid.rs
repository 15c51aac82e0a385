use serde::Serialize;

use super::permutation::Permutation;
use crate::{Error, Point, Problem, Sampler, Trial};

/// Settings of [`Grid`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct GridOptions {
    /// How many values a float parameter without step gets, evenly over its scale with both ends; `None` if there are
    /// no such parameters.
    pub float_points: Option<u64>,
    /// `None` for lexicographic order, the last parameter changing fastest; a seed for a random order without
    /// repetition.
    pub shuffle: Option<u64>,
}

/// Every point of a grid once, in order or shuffled.
///
/// The grid is never laid out: a point is computed from its index, in either order. Conditional parameters multiply
/// only where they are active, so no two points are equal. Points that break a constraint are skipped.
#[derive(Clone, Debug)]
pub struct Grid {
    problem: Problem,
    options: GridOptions,
    n_points: u128,
    permutation: Option<Permutation>,
    next: u128,
}

impl Grid {
    /// A grid over the space.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for a continuum without `float_points` and for more than 2¹²⁸ points;
    /// [`Error::BadSetting`] for no values a float parameter.
    pub fn new(problem: &Problem, options: GridOptions) -> Result<Self, Error> {
        if options.float_points == Some(0) {
            return Err(Error::BadSetting { setting: "float_points", value: 0.0, range: "1 and more" });
        }
        let n_points = problem.space().n_grid_points(options.float_points).ok_or_else(|| Error::Unsupported {
            sampler: "the grid",
            reason: "it is a continuum without `float_points`, or has more than 2^128 points".to_owned(),
        })?;
        let permutation = options.shuffle.map(|seed| Permutation::new(n_points, seed));
        Ok(Self { problem: problem.clone(), options, n_points, permutation, next: 0 })
    }

    /// Number of points, those that break a constraint included.
    pub fn n_points(&self) -> u128 {
        self.n_points
    }
}

/// After so many points in a row that break a constraint the grid gives up.
const MAX_SKIPPED: usize = 10_000_000;

impl Sampler for Grid {
    fn problem(&self) -> &Problem {
        &self.problem
    }

    fn ask(&mut self, _: u64) -> Result<Point, Error> {
        let space = self.problem.space();
        for _ in 0..MAX_SKIPPED {
            if self.next == self.n_points {
                return Err(Error::Exhausted);
            }
            let index = self.permutation.map_or(self.next, |permutation| permutation.at(self.next));
            self.next += 1;
            let point = space.grid_point(index, self.options.float_points);
            if space.is_feasible(&point) {
                return Ok(point);
            }
        }
        Err(Error::Unsatisfiable { tries: MAX_SKIPPED })
    }

    fn tell(&mut self, trial: &Trial) -> Result<(), Error> {
        trial.check(self.problem.directions())
    }

    fn describe(&self) -> serde_json::Value {
        serde_json::json!({ "sampler": "grid", "options": self.options })
    }
}
