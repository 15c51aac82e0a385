use crate::random::Stream;
use crate::{Error, Point, Problem, Sampler, Trial};

/// Independent uniform points, each parameter on its scale; the measure for every other sampler.
///
/// The point of a trial depends on the seed and the trial's number only. Points that break a constraint are drawn
/// anew.
#[derive(Clone, Debug)]
pub struct Random {
    problem: Problem,
    seed: u64,
}

impl Random {
    /// Random points of a space.
    pub fn new(problem: &Problem, seed: u64) -> Self {
        Self { problem: problem.clone(), seed }
    }
}

impl Sampler for Random {
    fn problem(&self) -> &Problem {
        &self.problem
    }

    fn ask(&mut self, id: u64) -> Result<Point, Error> {
        self.problem.space().random_point(&mut Stream::new(self.seed, id))
    }

    fn tell(&mut self, trial: &Trial) -> Result<(), Error> {
        trial.check(self.problem.directions())
    }

    fn describe(&self) -> serde_json::Value {
        serde_json::json!({ "sampler": "random", "seed": self.seed })
    }
}
