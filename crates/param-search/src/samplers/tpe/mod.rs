mod axis;
mod cells;
mod column;
mod density;
mod exp;
mod group;
mod mixture;
mod parzen;

use std::collections::BTreeMap;

use serde::Serialize;

pub use self::parzen::ParzenEstimator;

use self::group::Group;
use crate::merit::{Class, Merit};
use crate::random::Stream;
use crate::{Error, Point, Problem, Sampler, Trial};

/// Settings of [`Tpe`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TpeOptions {
    /// Trials with a result before the model is used; until then points are random.
    pub n_startup_trials: usize,
    /// Candidates drawn for one suggestion.
    pub n_candidates: usize,
    /// Share of the trials that count as good, rounded up.
    pub good_fraction: f64,
    /// Largest number of good trials.
    pub max_good: usize,
    /// Weight of the prior beside the observations, each of which has the weight 1 at most.
    pub prior_weight: f64,
    /// Whether parameters that are active together are estimated jointly; otherwise each by itself.
    pub multivariate: bool,
    /// Whether pending trials count as bad, so that no second worker tries the same place.
    pub constant_liar: bool,
}

impl Default for TpeOptions {
    /// Optuna's (10 random trials, 24 candidates, prior 1, jointly, with constant liar) but for the good trials: Optuna
    /// takes a tenth and at most 25, which goes astray after some hundred trials. The crate's page on regret says how
    /// they were chosen.
    fn default() -> Self {
        Self {
            n_startup_trials: 10,
            n_candidates: 24,
            good_fraction: 0.15,
            max_good: 100,
            prior_weight: 1.0,
            multivariate: true,
            constant_liar: true,
        }
    }
}

/// The tree-structured Parzen estimator: one density of the good trials, one of the bad ones, and points where their
/// ratio is largest.
///
/// Parameters that are active under the same condition form a group with a joint density; a group learns from the
/// trials in which it was active. Kernels, widths, weights and the prior are those of Optuna's sampler.
///
/// Pruned trials count as worse than all complete ones, the later they were pruned the better; trials that break
/// conditions on the result as worse than these; failed ones are always bad. For one objective.
///
/// Sources: J. Bergstra et al., *Algorithms for Hyper-Parameter Optimization* (2011); S. Falkner et al., *BOHB* (2018)
/// for the joint density; S. Watanabe, *Tree-Structured Parzen Estimator: Understanding Its Algorithm Components*
/// (2023); Optuna 5.0 for the details.
#[derive(Clone, Debug)]
pub struct Tpe {
    problem: Problem,
    seed: u64,
    options: TpeOptions,
    groups: Vec<Group>,
    /// All trials that were told, best first.
    ranking: Vec<Merit>,
    n_good: usize,
    n_results: usize,
    /// Points of trials that are not yet in the densities, and of good and bad ones, for moves between these.
    pending: BTreeMap<u64, Point>,
    points: BTreeMap<u64, Point>,
}

/// How often a suggestion that breaks the constraints is drawn anew before a random point is taken.
const MAX_ROUNDS: usize = 20;

impl Tpe {
    /// A sampler without trials.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for more than one objective, [`Error::BadSetting`] for settings outside of their range.
    pub fn new(problem: &Problem, seed: u64, options: TpeOptions) -> Result<Self, Error> {
        if problem.directions().len() != 1 {
            let reason = format!("it has {} objectives instead of one", problem.directions().len());
            return Err(Error::Unsupported { sampler: "TPE", reason });
        }
        let bad = |setting, value, range| Err(Error::BadSetting { setting, value, range });
        if options.n_candidates == 0 {
            return bad("n_candidates", 0.0, "1 and more");
        }
        if !(options.good_fraction > 0.0 && options.good_fraction < 1.0) {
            return bad("good_fraction", options.good_fraction, "between 0 and 1");
        }
        if options.max_good == 0 {
            return bad("max_good", 0.0, "1 and more");
        }
        if !(options.prior_weight > 0.0 && options.prior_weight.is_finite()) {
            return bad("prior_weight", options.prior_weight, "above 0 and finite");
        }
        let groups = Group::all(problem.space(), options.multivariate, options.prior_weight);
        Ok(Self {
            problem: problem.clone(),
            seed,
            options,
            groups,
            ranking: Vec::new(),
            n_good: 0,
            n_results: 0,
            pending: BTreeMap::new(),
            points: BTreeMap::new(),
        })
    }

    /// Adds pending trials to the bad density, where they stay until they turn out good.
    fn count_pending_as_bad(&mut self) {
        if !self.options.constant_liar {
            return;
        }
        for (&id, point) in &self.pending {
            for group in &mut self.groups {
                if let Some(coordinates) = group.coordinates(point)
                    && !group.bad.contains(id)
                {
                    group.bad.insert(id, &coordinates);
                }
            }
        }
    }

    fn suggest(&mut self, random: &mut Stream) -> Result<Point, Error> {
        let space = self.problem.space();
        'round: for _ in 0..MAX_ROUNDS {
            let mut values = vec![None; space.n_parameters()];
            for group in &mut self.groups {
                let n = self.options.n_candidates;
                if space.is_active(group.members[0], &values)
                    && !group.fill(space, n, random, &mut values, |point| space.meets_constraints(point))
                {
                    continue 'round;
                }
            }
            let point = Point::new(values);
            if space.is_feasible(&point) {
                return Ok(point);
            }
        }
        space.random_point(random)
    }

    /// Puts a told trial among the good or the bad ones, and moves what that pushes over the border.
    fn place(&mut self, merit: Merit, id: u64) {
        let at = self.ranking.partition_point(|other| other.order(&merit).is_lt());
        self.ranking.insert(at, merit);
        let share = libm::ceil(self.options.good_fraction * self.n_results as f64);
        let n_good = crate::space::round_i64(share).unsigned_abs();
        let n_good = usize::try_from(n_good).unwrap_or(usize::MAX).min(self.options.max_good);
        // At most the newcomer and one at the border change sides.
        let (old, new) = (self.n_good, n_good);
        self.n_good = n_good;
        self.set_bad(id, at >= new);
        if at < old && old < self.ranking.len() {
            let pushed = self.ranking[old].id();
            self.set_bad(pushed, old >= new);
        }
        if at >= old && new > old {
            let pulled = self.ranking[old].id();
            self.set_bad(pulled, false);
        }
    }

    fn set_bad(&mut self, id: u64, bad: bool) {
        let Some(point) = self.points.get(&id) else { return };
        for group in &mut self.groups {
            let Some(coordinates) = group.coordinates(point) else { continue };
            let (from, to) = if bad { (&mut group.good, &mut group.bad) } else { (&mut group.bad, &mut group.good) };
            if from.contains(id) {
                from.remove(id);
            }
            if !to.contains(id) {
                to.insert(id, &coordinates);
            }
        }
    }
}

impl Sampler for Tpe {
    fn problem(&self) -> &Problem {
        &self.problem
    }

    fn ask(&mut self, id: u64) -> Result<Point, Error> {
        let mut random = Stream::new(self.seed, id);
        let point = if self.n_results < self.options.n_startup_trials {
            self.problem.space().random_point(&mut random)?
        } else {
            self.count_pending_as_bad();
            self.suggest(&mut random)?
        };
        self.pending.insert(id, point.clone());
        Ok(point)
    }

    fn announce(&mut self, id: u64, point: &Point) {
        self.pending.insert(id, point.clone());
    }

    fn tell(&mut self, trial: &Trial) -> Result<(), Error> {
        trial.check(self.problem.directions())?;
        self.pending.remove(&trial.id);
        self.points.insert(trial.id, trial.point.clone());
        let merit = Merit::of(trial, self.problem.directions()[0]);
        if merit.class() != Class::Failed {
            self.n_results += 1;
        }
        self.place(merit, trial.id);
        Ok(())
    }

    fn describe(&self) -> serde_json::Value {
        serde_json::json!({ "sampler": "tpe", "seed": self.seed, "options": self.options })
    }
}
