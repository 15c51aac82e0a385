use serde::{Deserialize, Serialize};

use crate::{Error, Operator};

/// How a search goes on from generation to generation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Strategies of a generation, at least 2.
    pub population: usize,
    /// The best that stay as parents of the next generation without being evaluated again, fewer than `population`.
    pub elites: usize,
    /// Strategies that are drawn to choose a parent, the best of which is taken; 1 chooses without regard to outcomes.
    pub tournament: usize,
    /// What size costs.
    pub parsimony: Parsimony,
    /// How often each operator is used, in any unit; one that is not listed is not used.
    pub operators: Vec<(Operator, f64)>,
    /// Share of each generation that is drawn at random, 0 to 1.
    pub immigrants: f64,
    /// Generations without a better best after which half of the next one is drawn at random; `None` for never.
    pub stagnation: Option<usize>,
    /// How many of the best of all generations are kept in [`Evolution::best`](crate::Evolution::best), at least 1.
    pub best: usize,
}

/// How the growth of strategies without profit ("bloat") is held down, beside the hard limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Parsimony {
    /// Size costs nothing but decides between equal values.
    Ties,
    /// The value is reduced by so much for each node, everywhere: for parents, elites and the best. The unit is that of
    /// the value, so it says how much improvement a node must bring.
    Linear {
        /// Reduction for a node, not below 0.
        per_node: f64,
    },
    /// For choosing parents the value is reduced by Cov(nodes, value) / Var(nodes) for each node, computed anew in each
    /// generation: then the mean size does not change by selection, whatever the unit of the value.
    ///
    /// Source: R. Poli, N. F. `McPhee`, *Parsimony Pressure Made Easy*, GECCO 2008.
    Covariant,
    /// Two tournaments are held and the smaller winner is taken with this probability, 0.5 to 1. It knows no unit, and an
    /// outlier counts no more than its rank. Luke and Panait found 0.7 good over many problems.
    ///
    /// Source: S. Luke, L. Panait, *A Comparison of Bloat Control Methods for Genetic Programming*, Evolutionary
    /// Computation 14 (2006).
    Double {
        /// Probability that the smaller one is taken.
        smaller: f64,
    },
}

impl Default for Settings {
    /// 200 strategies a generation, tournaments of 4, double tournaments for size, 5 % immigrants.
    fn default() -> Self {
        let operators = [
            (Operator::Crossover, 40.0),
            (Operator::Subtree, 12.0),
            (Operator::Point, 10.0),
            (Operator::Number, 16.0),
            (Operator::Hoist, 6.0),
            (Operator::Insert, 4.0),
            (Operator::Exit, 6.0),
            (Operator::Risk, 6.0),
        ];
        Self {
            population: 200,
            elites: 10,
            tournament: 4,
            parsimony: Parsimony::Double { smaller: 0.7 },
            operators: operators.to_vec(),
            immigrants: 0.05,
            stagnation: Some(10),
            best: 20,
        }
    }
}

impl Settings {
    pub(super) fn check(&self) -> Result<(), Error> {
        let setting = |name, value: f64, fits: bool, expected| {
            if fits { Ok(()) } else { Err(Error::Setting { name, value, expected }) }
        };
        setting("population", self.population as f64, self.population >= 2, "at least 2")?;
        setting("elites", self.elites as f64, self.elites < self.population, "below population")?;
        setting("tournament", self.tournament as f64, self.tournament >= 1, "at least 1")?;
        setting("immigrants", self.immigrants, (0.0..=1.0).contains(&self.immigrants), "from 0 to 1")?;
        setting("stagnation", 0.0, self.stagnation != Some(0), "at least 1")?;
        setting("best", self.best as f64, self.best >= 1, "at least 1")?;
        let bad =
            self.operators.iter().map(|&(_, weight)| weight).find(|weight| !(weight.is_finite() && *weight >= 0.0));
        setting("weight of an operator", bad.unwrap_or(0.0), bad.is_none(), "a number not below 0")?;
        let total: f64 = self.operators.iter().map(|&(_, weight)| weight).sum();
        setting("sum of the operators' weights", total, total > 0.0, "above 0")?;
        match self.parsimony {
            Parsimony::Linear { per_node } => {
                setting("per_node", per_node, per_node.is_finite() && per_node >= 0.0, "a number not below 0")
            }
            Parsimony::Double { smaller } => {
                setting("smaller", smaller, (0.5..=1.0).contains(&smaller), "from 0.5 to 1")
            }
            Parsimony::Ties | Parsimony::Covariant => Ok(()),
        }
    }
}
