use super::{PendingTrial, Study};
use crate::merit::Merit;
use crate::{Point, Problem, Sampler, Trial, View, non_dominated_ranks};

impl<S: Sampler> Study<S> {
    /// What is searched.
    pub fn problem(&self) -> &Problem {
        self.sampler.problem()
    }

    /// The sampler.
    pub fn sampler(&self) -> &S {
        &self.sampler
    }

    /// Reads values of a point by name.
    pub fn view<'a>(&'a self, point: &'a Point) -> View<'a> {
        self.problem().space().view(point)
    }

    /// Trials that have ended, in the order in which they were told.
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// Trials that have been asked for and not been told, by number. After resuming, these are to be finished first:
    /// told as pruned if they are hopeless, otherwise evaluated from the step after the last report.
    pub fn pending(&self) -> impl ExactSizeIterator<Item = &PendingTrial> {
        self.pending.values()
    }

    /// Number of trials that have been asked for, ended or not.
    pub fn n_asked(&self) -> u64 {
        self.n_asked
    }

    /// Number of proposals that wait to be handed out.
    pub fn n_queued(&self) -> usize {
        self.queue.len()
    }

    /// The best complete trial that meets all conditions, the earliest of equal ones; `None` without one and with
    /// several objectives.
    pub fn best(&self) -> Option<&Trial> {
        let &[direction] = self.problem().directions() else { return None };
        let feasible = self.trials.iter().filter(|trial| trial.is_feasible());
        feasible.min_by(|a, b| Merit::of(a, direction).order(&Merit::of(b, direction)))
    }

    /// Complete trials that meet all conditions and that no other one dominates, in the order in which they were told.
    pub fn pareto_front(&self) -> Vec<&Trial> {
        let feasible: Vec<&Trial> = self.trials.iter().filter(|trial| trial.is_feasible()).collect();
        let losses: Vec<Vec<f64>> =
            feasible.iter().filter_map(|trial| trial.losses(self.problem().directions())).collect();
        let ranks = non_dominated_ranks(&losses);
        feasible.into_iter().zip(ranks).filter(|(_, rank)| *rank == 0).map(|(trial, _)| trial).collect()
    }
}
