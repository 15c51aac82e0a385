use std::cmp::Ordering;

use crate::{Direction, Outcome, Trial};

/// How good a trial of a search with one objective is, for samplers that rank trials.
///
/// From best to worst: complete trials that meet all conditions, by objective; pruned trials, the later they were
/// given up the better, then by their last report; complete trials that break conditions, by how much; failed trials.
/// Equal trials rank by number, the earlier first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Merit {
    class: Class,
    /// Smaller is better, in this order.
    keys: [f64; 2],
    id: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Feasible,
    Pruned,
    Infeasible,
    Failed,
}

impl Merit {
    pub(crate) fn of(trial: &Trial, direction: Direction) -> Self {
        let loss = |value: f64| direction.loss(value);
        let (class, keys) = match &trial.outcome {
            Outcome::Complete { values, .. } if trial.is_feasible() => (Class::Feasible, [loss(values[0]), 0.0]),
            Outcome::Complete { values, .. } => (Class::Infeasible, [trial.violation(), loss(values[0])]),
            Outcome::Pruned => match trial.reports.iter().max_by_key(|report| report.step) {
                Some(report) => (Class::Pruned, [-(report.step as f64), loss(report.value)]),
                None => (Class::Pruned, [1.0, 0.0]),
            },
            Outcome::Failed => (Class::Failed, [0.0, 0.0]),
        };
        Self { class, keys, id: trial.id }
    }

    pub(crate) fn class(&self) -> Class {
        self.class
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    pub(crate) fn order(&self, other: &Self) -> Ordering {
        let keys = |a: &[f64; 2], b: &[f64; 2]| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]));
        self.class.cmp(&other.class).then(keys(&self.keys, &other.keys)).then(self.id.cmp(&other.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Point, Report};

    fn trial(id: u64, outcome: Outcome, reports: &[(u64, f64)]) -> Trial {
        let reports = reports.iter().map(|&(step, value)| Report { step, value }).collect();
        Trial { id, point: Point::new(vec![]), reports, outcome }
    }

    #[test]
    fn ranks_as_documented() {
        let broken = |v: f64| Outcome::Complete { values: vec![0.0], violations: vec![v, -1.0] };
        let ranked = [
            trial(4, Outcome::value(2.0), &[]),
            trial(3, Outcome::value(1.0), &[]),
            trial(5, Outcome::value(1.0), &[]),
            trial(0, Outcome::Pruned, &[(1, 9.0), (7, 1.0)]),
            trial(6, Outcome::Pruned, &[(7, 0.5)]),
            trial(7, Outcome::Pruned, &[(2, 99.0)]),
            trial(8, Outcome::Pruned, &[]),
            trial(1, broken(0.1), &[]),
            trial(2, broken(3.0), &[]),
            trial(9, Outcome::Failed, &[]),
        ];
        let mut sorted = ranked.to_vec();
        sorted.reverse();
        sorted.sort_by(|a, b| Merit::of(a, Direction::Maximize).order(&Merit::of(b, Direction::Maximize)));
        assert_eq!(sorted, ranked);
    }
}
