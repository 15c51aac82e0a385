use super::margin::Margin;
use crate::{Domain, Point, Space, Value};

/// Which parameters CMA-ES moves, as coordinates of a unit cube.
///
/// It moves numbers that are always active and on which nothing depends; the others have no order or no fixed place in
/// a vector.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    /// Positions in the space, one a coordinate.
    pub(super) moved: Vec<usize>,
    /// Positions of all others.
    pub(super) others: Vec<usize>,
    countable: Vec<bool>,
}

/// More values than this are treated as a continuum and rounded afterwards.
const MAX_CELLS: u64 = 256;

impl Chart {
    pub(super) fn of(space: &Space) -> Self {
        let is_parent = |name: &str| {
            space.parameters().iter().any(|p| p.condition.as_ref().is_some_and(|condition| condition.parent == name))
        };
        let is_moved = |position: &usize| {
            let parameter = &space.parameters()[*position];
            let is_number = matches!(parameter.domain, Domain::Float { .. } | Domain::Int { .. });
            is_number
                && parameter.condition.is_none()
                && !is_parent(&parameter.name)
                && parameter.domain.n_values() != Some(1)
        };
        let (moved, others): (Vec<usize>, Vec<usize>) = (0..space.n_parameters()).partition(is_moved);
        let n_values = |&position: &usize| space.parameters()[position].domain.n_values();
        let countable = moved.iter().map(|position| n_values(position).is_some_and(|n| n <= MAX_CELLS)).collect();
        Self { moved, others, countable }
    }

    pub(super) fn margins(&self, space: &Space) -> Vec<Margin> {
        let countable = (0..self.moved.len()).filter(|&axis| self.countable[axis]);
        countable.map(|axis| Margin::new(axis, borders(&space.parameters()[self.moved[axis]].domain))).collect()
    }

    /// Whether the coordinates that are no cells lie in the unit cube.
    pub(super) fn is_inside(&self, x: &[f64]) -> bool {
        x.iter().zip(&self.countable).all(|(x, countable)| *countable || (0.0..=1.0).contains(x))
    }

    /// Sets the moved parameters to the values at `x`.
    pub(super) fn place(
        &self,
        space: &Space,
        x: &[f64],
        mean: &[f64],
        margins: &[Margin],
        values: &mut [Option<Value>],
    ) {
        for ((&position, &x), countable) in self.moved.iter().zip(x).zip(&self.countable) {
            if !countable {
                values[position] = Some(space.parameters()[position].domain.decode(folded(x)));
            }
        }
        for margin in margins {
            let position = self.moved[margin.axis];
            let cell = margin.cell(x[margin.axis], mean[margin.axis]);
            values[position] = Some(space.parameters()[position].domain.at_grid(cell as u64));
        }
    }

    /// Coordinates of a point that came from elsewhere.
    pub(super) fn coordinates(&self, space: &Space, point: &Point) -> Vec<f64> {
        let of = |&position: &usize| {
            let domain = &space.parameters()[position].domain;
            point.values()[position].and_then(|value| domain.encode(value)).unwrap_or(0.5)
        };
        self.moved.iter().map(of).collect()
    }
}

/// Reflects a coordinate at 0 and 1 until it lies between them.
fn folded(x: f64) -> f64 {
    let turn = x - 2.0 * libm::floor(0.5 * x);
    if turn > 1.0 { 2.0 - turn } else { turn }
}

/// Borders between the cells of a countable domain, as coordinates.
fn borders(domain: &Domain) -> Vec<f64> {
    let n = domain.n_values().expect("a countable domain");
    match *domain {
        Domain::Int { low, high, log: true, .. } => {
            let (a, b) = (libm::log(low as f64 - 0.5), libm::log(high as f64 + 0.5));
            (1..n).map(|at| (libm::log((low as f64 + at as f64) - 0.5) - a) / (b - a)).collect()
        }
        _ => (1..n).map(|at| at as f64 / n as f64).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_reflects_at_both_ends() {
        for (x, expected) in [(0.25, 0.25), (-0.25, 0.25), (1.25, 0.75), (2.5, 0.5), (-1.75, 0.25), (1.0, 1.0)] {
            assert!((folded(x) - expected).abs() < 1e-15, "{x}");
        }
    }
}
