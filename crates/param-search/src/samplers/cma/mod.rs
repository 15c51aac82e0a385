mod chart;
mod eigen;
mod evolution;
mod margin;
mod restart;
mod stop;
mod warm;
mod weights;

use std::collections::BTreeMap;

use serde::Serialize;

pub use self::restart::Restarts;

use self::chart::Chart;
use self::evolution::Evolution;
use self::margin::Margin;
use self::restart::Schedule;
use self::stop::Stagnation;
use self::warm::Start;
use crate::merit::Merit;
use crate::random::Stream;
use crate::samplers::tpe::{Tpe, TpeOptions};
use crate::{Error, Point, Problem, Sampler, Space, Trial};

/// Settings of [`CmaEs`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CmaEsOptions {
    /// Trials of a generation, at least 4; `None` for 4 + ⌊3 ln n⌋ in n dimensions.
    pub population: Option<usize>,
    /// Initial standard deviation as a fraction of each range, the mean being in the middle of all.
    pub sigma: f64,
    /// What happens after convergence.
    pub restarts: Restarts,
}

impl Default for CmaEsOptions {
    /// The tutorial's population, a sixth of the ranges, restarts with increasing population.
    fn default() -> Self {
        Self { population: None, sigma: 1.0 / 6.0, restarts: Restarts::Ipop }
    }
}

/// The covariance matrix adaptation evolution strategy with active update, margins for countable values and restarts.
///
/// It moves the numbers that are always active and on which no other parameter depends, each on its scale as a
/// coordinate of the unit cube. All other parameters (choices, truth values, conditional ones and their parents) are
/// proposed by [`Tpe`] beside it.
///
/// - Bounds: a sample outside is drawn again, up to 4 times, then reflected at them; the distribution learns from the
///   unreflected sample. Whole numbers and steps with up to 256 values have margins; more values are a continuum that
///   is rounded.
/// - A generation is complete after as many told trials as the population has, whoever proposed them. Points that are
///   not of the current distribution are injected with a shortened step (Hansen 2011).
/// - Ranks: complete trials by objective, then pruned ones (the later pruned the better), then those that break
///   conditions, then failed ones. Only ranks matter, so a monotone transformation of the objective changes nothing
///   (but the test whether losses are equal, which ends a run).
///
/// For one objective.
#[derive(Clone, Debug)]
pub struct CmaEs {
    problem: Problem,
    seed: u64,
    options: CmaEsOptions,
    chart: Chart,
    start: Start,
    schedule: Schedule,
    evolution: Evolution,
    margins: Vec<Margin>,
    stagnation: Stagnation,
    n_runs: u64,
    /// Raw samples of pending trials, with the run and the generation they are of.
    samples: BTreeMap<u64, (u64, u32, Vec<f64>)>,
    told: Vec<(Merit, Option<f64>, Vec<f64>)>,
    others: Option<Tpe>,
}

/// How often a sample is drawn until it lies within the bounds; the last one is reflected at them.
const MAX_DRAWS: usize = 5;

/// How often a point that breaks the constraints is drawn anew before a random one is taken.
const MAX_ROUNDS: usize = 200;

/// Stream of random numbers of restarts, apart from those of trials.
const RESTART_STREAM: u64 = 1 << 63;

impl CmaEs {
    /// A sampler that starts in the middle of the space.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for more than one objective and for a space without a parameter that it moves;
    /// [`Error::BadSetting`] for settings outside of their range.
    pub fn new(problem: &Problem, seed: u64, options: CmaEsOptions) -> Result<Self, Error> {
        let chart = Chart::of(problem.space());
        let start = Start::middle(chart.moved.len(), options.sigma);
        Self::begin(problem, seed, options, chart, start)
    }

    /// A sampler that starts where the best tenth of `trials` lies, which came from a similar problem over the same
    /// space.
    ///
    /// Source: M. Nomura et al., *Warm Starting CMA-ES for Hyperparameter Optimization* (2021), with γ = α = 0.1.
    ///
    /// # Errors
    /// As [`CmaEs::new`]; [`Error::BadSetting`] for fewer than ten trials with a result.
    pub fn warm(problem: &Problem, seed: u64, options: CmaEsOptions, trials: &[Trial]) -> Result<Self, Error> {
        let chart = Chart::of(problem.space());
        let start = Start::warm(problem, &chart, trials)?;
        Self::begin(problem, seed, options, chart, start)
    }

    fn begin(problem: &Problem, seed: u64, options: CmaEsOptions, chart: Chart, start: Start) -> Result<Self, Error> {
        let unsupported = |reason| Err(Error::Unsupported { sampler: "CMA-ES", reason });
        if problem.directions().len() != 1 {
            return unsupported(format!("it has {} objectives instead of one", problem.directions().len()));
        }
        let n = chart.moved.len();
        if n == 0 {
            return unsupported("no number is always active and without dependants".to_owned());
        }
        let population = options.population.unwrap_or_else(|| weights::default_population(n));
        if population < 4 {
            let value = population as f64;
            return Err(Error::BadSetting { setting: "population", value, range: "4 and more" });
        }
        if !(options.sigma > 0.0 && options.sigma <= 1.0) {
            return Err(Error::BadSetting { setting: "sigma", value: options.sigma, range: "above 0 up to 1" });
        }
        let others = Self::sampler_of_others(problem, &chart, seed)?;
        Ok(Self {
            schedule: Schedule::new(options.restarts, population, options.sigma),
            evolution: start.evolution(population),
            margins: chart.margins(problem.space()),
            stagnation: Stagnation::new(n, population),
            problem: problem.clone(),
            seed,
            options,
            chart,
            start,
            n_runs: 0,
            samples: BTreeMap::new(),
            told: Vec::new(),
            others,
        })
    }

    fn sampler_of_others(problem: &Problem, chart: &Chart, seed: u64) -> Result<Option<Tpe>, Error> {
        if chart.others.is_empty() {
            return Ok(None);
        }
        let parameters = chart.others.iter().map(|&position| problem.space().parameters()[position].clone());
        let rest = Problem::new(Space::new(parameters)?, problem.directions())?;
        Tpe::new(&rest, seed ^ RESTART_STREAM, TpeOptions::default()).map(Some)
    }

    fn draw(&self, random: &mut Stream) -> Vec<f64> {
        let n = self.evolution.n;
        let (mut z, mut x) = (vec![0.0; n], vec![0.0; n]);
        for _ in 0..MAX_DRAWS {
            z.fill_with(|| random.normal());
            self.evolution.sample(&z, &mut x);
            if self.chart.is_inside(&x) {
                break;
            }
        }
        x
    }

    fn part_of_others(&self, point: &Point) -> Point {
        Point::new(self.chart.others.iter().map(|&position| point.values()[position]).collect())
    }

    fn finish_generation(&mut self) {
        let mut told = std::mem::take(&mut self.told);
        told.sort_by(|a, b| a.0.order(&b.0));
        let ranked: Vec<&[f64]> = told.iter().map(|(_, _, x)| x.as_slice()).collect();
        self.evolution.update(&ranked);
        let margin = 1.0 / (self.evolution.n * self.evolution.population()) as f64;
        for axis in &mut self.margins {
            axis.correct(&mut self.evolution, margin);
        }
        let losses = told.iter().filter_map(|(_, loss, _)| *loss);
        let range = losses.fold(None, |range: Option<(f64, f64)>, loss| {
            Some(range.map_or((loss, loss), |(low, high)| (low.min(loss), high.max(loss))))
        });
        if self.stagnation.is_over(&self.evolution, range) {
            self.restart();
        }
    }

    fn restart(&mut self) {
        self.n_runs += 1;
        let mut random = Stream::new(self.seed, RESTART_STREAM | self.n_runs);
        let (population, sigma) = self.schedule.next(&mut random);
        let mean: Vec<f64> = (0..self.evolution.n).map(|_| random.unit()).collect();
        self.evolution = Evolution::new(mean, sigma, None, population);
        self.margins = self.chart.margins(self.problem.space());
        self.stagnation = Stagnation::new(self.evolution.n, population);
    }
}

impl Sampler for CmaEs {
    fn problem(&self) -> &Problem {
        &self.problem
    }

    fn ask(&mut self, id: u64) -> Result<Point, Error> {
        let mut random = Stream::new(self.seed, id);
        let problem = self.problem.clone();
        let mut values = vec![None; problem.space().n_parameters()];
        if let Some(others) = &mut self.others {
            let part = others.ask(id)?;
            for (&position, value) in self.chart.others.iter().zip(part.values()) {
                values[position] = *value;
            }
        }
        for _ in 0..MAX_ROUNDS {
            let x = self.draw(&mut random);
            self.chart.place(problem.space(), &x, &self.evolution.mean, &self.margins, &mut values);
            let point = Point::new(values.clone());
            if problem.space().is_feasible(&point) {
                self.samples.insert(id, (self.n_runs, self.evolution.generation, x));
                return Ok(point);
            }
        }
        problem.space().random_point(&mut random)
    }

    fn announce(&mut self, id: u64, point: &Point) {
        let part = self.part_of_others(point);
        if let Some(others) = &mut self.others {
            others.announce(id, &part);
        }
    }

    fn tell(&mut self, trial: &Trial) -> Result<(), Error> {
        trial.check(self.problem.directions())?;
        let part = self.part_of_others(&trial.point);
        if let Some(others) = &mut self.others {
            others.tell(&Trial { point: part, ..trial.clone() })?;
        }
        let x = match self.samples.remove(&trial.id) {
            Some((run, ..)) if run < self.n_runs => return Ok(()),
            Some((_, generation, x)) if generation == self.evolution.generation => x,
            Some((_, _, mut x)) => {
                self.evolution.shorten(&mut x);
                x
            }
            None => {
                let mut x = self.chart.coordinates(self.problem.space(), &trial.point);
                self.evolution.shorten(&mut x);
                x
            }
        };
        self.schedule.count();
        let loss = trial.losses(self.problem.directions()).map(|losses| losses[0]);
        self.told.push((Merit::of(trial, self.problem.directions()[0]), loss, x));
        if self.told.len() == self.evolution.population() {
            self.finish_generation();
        }
        Ok(())
    }

    fn describe(&self) -> serde_json::Value {
        serde_json::json!({ "sampler": "cma_es", "seed": self.seed, "options": self.options, "start": self.start })
    }
}
