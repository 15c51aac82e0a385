use std::sync::Arc;

use super::axis::Axis;
use super::density::Scratch;
use super::mixture::Mixture;
use crate::random::Stream;
use crate::{Condition, Domain, Point, Space, Value};

/// Parameters that are always active together, estimated by one joint density each for good and bad trials.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Positions in the space.
    pub(super) members: Vec<usize>,
    /// Those with more than one value, which have an axis.
    learned: Vec<usize>,
    axes: Arc<[Axis]>,
    pub(super) good: Mixture,
    pub(super) bad: Mixture,
    scratch: Scratch,
    densities: [Vec<f64>; 2],
}

impl Group {
    /// The groups of a space, parents before children. With `joint` off every parameter is a group of its own.
    pub(super) fn all(space: &Space, joint: bool, prior_weight: f64) -> Vec<Self> {
        let mut groups: Vec<(Option<&Condition>, Vec<usize>)> = Vec::new();
        for &position in space.order() {
            let condition = space.parameters()[position].condition.as_ref();
            match groups.iter_mut().find(|(other, _)| joint && *other == condition) {
                Some((_, members)) => members.push(position),
                None => groups.push((condition, vec![position])),
            }
        }
        groups.into_iter().map(|(_, members)| Self::new(space, members, prior_weight)).collect()
    }

    fn new(space: &Space, members: Vec<usize>, prior_weight: f64) -> Self {
        let axis = |&position: &usize| Some((position, Axis::of(&space.parameters()[position].domain)?));
        let (learned, axes): (Vec<usize>, Vec<Axis>) = members.iter().filter_map(axis).unzip();
        let axes: Arc<[Axis]> = axes.into();
        let mixture = Mixture::new(axes.clone(), prior_weight);
        let (good, bad, scratch) = (mixture.clone(), mixture, Scratch::default());
        Self { members, learned, axes, good, bad, scratch, densities: [Vec::new(), Vec::new()] }
    }

    /// A point's coordinates on the axes; `None` where the group is not active.
    pub(super) fn coordinates(&self, point: &Point) -> Option<Vec<f64>> {
        if self.members.iter().any(|&member| point.values()[member].is_none()) {
            return None;
        }
        let of = |(&position, axis): (&usize, &Axis)| point.values()[position].map(|value| axis.coordinate(value));
        self.learned.iter().zip(self.axes.iter()).map(of).collect()
    }

    /// Sets the parameters of the group to the candidate, among `n` draws from the good density, at which the ratio of
    /// the good density to the bad one is largest. Candidates that `allowed` refuses do not count; whether one is left.
    pub(super) fn fill(
        &mut self,
        space: &Space,
        n: usize,
        random: &mut Stream,
        values: &mut [Option<Value>],
        allowed: impl Fn(&Point) -> bool,
    ) -> bool {
        self.place_constants(space, values);
        if self.learned.is_empty() {
            return allowed(&Point::new(values.to_vec()));
        }
        let mut candidates: Vec<Vec<f64>> = (0..n).map(|_| self.good.sample(random)).collect();
        candidates.retain(|candidate| {
            self.place(space, candidate, values);
            allowed(&Point::new(values.to_vec()))
        });
        let [good, bad] = &mut self.densities;
        self.good.log_density(&candidates, None, &mut self.scratch, good);
        self.bad.log_density(&candidates, Some(good), &mut self.scratch, bad);
        let gain = |i: usize| good[i] - bad[i];
        let best = (0..candidates.len()).reduce(|best, i| if gain(i) > gain(best) { i } else { best });
        if let Some(best) = best {
            self.place(space, &candidates[best], values);
        }
        best.is_some()
    }

    /// Sets the parameters of the group to one draw from the good density.
    pub(super) fn place_draw(&self, space: &Space, random: &mut Stream, values: &mut [Option<Value>]) {
        self.place_constants(space, values);
        self.place(space, &self.good.sample(random), values);
    }

    fn place_constants(&self, space: &Space, values: &mut [Option<Value>]) {
        for &constant in self.members.iter().filter(|member| !self.learned.contains(member)) {
            values[constant] = Some(space.parameters()[constant].domain.decode(0.5));
        }
    }

    fn place(&self, space: &Space, candidate: &[f64], values: &mut [Option<Value>]) {
        for ((&position, axis), &x) in self.learned.iter().zip(self.axes.iter()).zip(candidate) {
            values[position] = Some(value_at(axis, &space.parameters()[position].domain, x));
        }
    }
}

fn value_at(axis: &Axis, domain: &Domain, x: f64) -> Value {
    match axis {
        Axis::Numeric(_) => axis.value(x),
        Axis::Categorical { n } => domain.decode((x + 0.5) / *n as f64),
    }
}
