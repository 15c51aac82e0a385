mod selection;
mod variation;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use self::selection::{Individual, select};
use self::variation::Variation;
use crate::random::Stream;
use crate::{Error, Point, Problem, Sampler, Space, Trial};

/// Settings of [`Nsga2`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Nsga2Options {
    /// Trials of a generation, at least 2.
    pub population: usize,
    /// Share of children with two parents.
    pub crossover_probability: f64,
    /// Distribution index of simulated binary crossover, above 0: larger keeps children nearer to their parents.
    pub crossover_index: f64,
    /// Probability that a parameter mutates; `None` for one parameter a child on average.
    pub mutation_probability: Option<f64>,
    /// Distribution index of polynomial mutation, above 0: larger keeps mutations smaller.
    pub mutation_index: f64,
}

impl Default for Nsga2Options {
    /// 50 trials, and the rates of Deb's paper with crossover index 15 and mutation index 20.
    fn default() -> Self {
        Self {
            population: 50,
            crossover_probability: 0.9,
            crossover_index: 15.0,
            mutation_probability: None,
            mutation_index: 20.0,
        }
    }
}

/// NSGA-II: a genetic search for the Pareto front of several objectives.
///
/// Numbers are crossed by simulated binary crossover and changed by polynomial mutation on their scales; choices and
/// truth values are swapped and drawn anew. Inactive parameters keep their genes, which count again once they are
/// active. A child that has been tried before is replaced by another.
///
/// A generation is complete after as many told trials as the population has, whoever proposed them. Pruned and failed
/// trials count towards it and have no children. Trials that break conditions on the result rank behind all others, by
/// how much.
///
/// Source: K. Deb, A. Pratap, S. Agarwal and T. Meyarivan, *A Fast and Elitist Multiobjective Genetic Algorithm:
/// NSGA-II*, IEEE Trans. Evol. Comput. 6 (2002).
#[derive(Clone, Debug)]
pub struct Nsga2 {
    problem: Problem,
    seed: u64,
    options: Nsga2Options,
    variation: Variation,
    parents: Vec<Individual>,
    /// Trials with a result since the last generation, and the number of all trials since.
    children: Vec<Individual>,
    n_told: usize,
    genes: BTreeMap<u64, Vec<f64>>,
    tried: BTreeSet<Vec<(u8, u64)>>,
}

/// How often a child that was tried before, or breaks the constraints, is replaced.
const MAX_ROUNDS: usize = 50;

impl Nsga2 {
    /// A sampler without trials.
    ///
    /// # Errors
    /// [`Error::BadSetting`] for settings outside of their range.
    pub fn new(problem: &Problem, seed: u64, options: Nsga2Options) -> Result<Self, Error> {
        let bad = |setting, value, range| Err(Error::BadSetting { setting, value, range });
        if options.population < 2 {
            return bad("population", options.population as f64, "2 and more");
        }
        let mutation = options.mutation_probability.unwrap_or(1.0 / problem.space().n_parameters() as f64);
        for (setting, value) in
            [("crossover_probability", options.crossover_probability), ("mutation_probability", mutation)]
        {
            if !(0.0..=1.0).contains(&value) {
                return bad(setting, value, "0 to 1");
            }
        }
        for (setting, value) in
            [("crossover_index", options.crossover_index), ("mutation_index", options.mutation_index)]
        {
            if !(value > 0.0 && value.is_finite()) {
                return bad(setting, value, "above 0 and finite");
            }
        }
        let variation = Variation {
            crossover_probability: options.crossover_probability,
            crossover_index: options.crossover_index,
            mutation_probability: mutation,
            mutation_index: options.mutation_index,
        };
        let (parents, children, n_told) = (Vec::new(), Vec::new(), 0);
        let (genes, tried) = (BTreeMap::new(), BTreeSet::new());
        Ok(Self { problem: problem.clone(), seed, options, variation, parents, children, n_told, genes, tried })
    }

    /// Genes of a new point: random ones in the first generation, a child's afterwards.
    fn propose(&self, space: &Space, random: &mut Stream) -> Vec<f64> {
        if self.parents.is_empty() {
            return (0..space.n_parameters()).map(|_| random.unit()).collect();
        }
        let mut tournament = || {
            let [a, b] = [0; 2].map(|_| &self.parents[random.below(self.parents.len())]);
            if b.order(a).is_lt() { b } else { a }
        };
        let parents = [tournament(), tournament()];
        self.variation.child(space, parents.map(|parent| parent.genes.as_slice()), random)
    }

    fn finish_generation(&mut self) {
        self.n_told = 0;
        let mut pool = std::mem::take(&mut self.parents);
        pool.append(&mut self.children);
        self.parents = select(pool, self.options.population);
    }
}

impl Sampler for Nsga2 {
    fn problem(&self) -> &Problem {
        &self.problem
    }

    fn ask(&mut self, id: u64) -> Result<Point, Error> {
        let mut random = Stream::new(self.seed, id);
        let space = self.problem.space();
        let mut known = None;
        for _ in 0..MAX_ROUNDS {
            let genes = self.propose(space, &mut random);
            let point = space.decode(&genes);
            if !space.is_feasible(&point) {
                continue;
            }
            if self.tried.insert(point.key()) {
                self.genes.insert(id, genes);
                return Ok(point);
            }
            known = Some((genes, point));
        }
        let Some((genes, point)) = known else { return space.random_point(&mut random) };
        self.genes.insert(id, genes);
        Ok(point)
    }

    fn announce(&mut self, _: u64, point: &Point) {
        self.tried.insert(point.key());
    }

    fn tell(&mut self, trial: &Trial) -> Result<(), Error> {
        trial.check(self.problem.directions())?;
        self.tried.insert(trial.point.key());
        let genes = self.genes.remove(&trial.id).unwrap_or_else(|| {
            let encoded = self.problem.space().encode(&trial.point);
            encoded.into_iter().map(|unit| unit.unwrap_or(0.5)).collect()
        });
        if let Some(losses) = trial.losses(self.problem.directions()) {
            self.children.push(Individual::new(genes, losses, trial.violation()));
        }
        self.n_told += 1;
        if self.n_told == self.options.population {
            self.finish_generation();
        }
        Ok(())
    }

    fn describe(&self) -> serde_json::Value {
        serde_json::json!({ "sampler": "nsga2", "seed": self.seed, "options": self.options })
    }
}
