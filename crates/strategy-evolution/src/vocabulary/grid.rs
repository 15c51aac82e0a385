use serde::{Deserialize, Serialize};

use crate::random::Stream;

/// The values a number of a strategy may take, in ascending order.
///
/// ```
/// use strategy_evolution::Grid;
///
/// let levels = Grid::steps(10.0, 90.0, 20.0);
/// assert_eq!((levels.len(), levels.value(1)), (5, 30.0));
/// assert_eq!(Grid::list([5.0, 14.0, 50.0]).nearest(13.0), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Grid {
    /// `min, min + step, …` up to and including `max`.
    Steps {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Distance of neighbours, above 0.
        step: f64,
    },
    /// These values, ascending.
    List(Vec<f64>),
}

impl Grid {
    /// `min, min + step, …` up to and including `max`.
    pub fn steps(min: f64, max: f64, step: f64) -> Self {
        Self::Steps { min, max, step }
    }

    /// These values, ascending.
    pub fn list(values: impl Into<Vec<f64>>) -> Self {
        Self::List(values.into())
    }

    /// Number of values; 0 for a grid that no vocabulary accepts.
    pub fn len(&self) -> usize {
        match self {
            Self::Steps { min, max, step } => {
                let steps = (max - min) / step * (1.0 + 4.0 * f64::EPSILON);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; NaN gives 0")]
                if steps >= 0.0 { (steps as usize).saturating_add(1) } else { 0 }
            }
            Self::List(values) => values.len(),
        }
    }

    /// Whether it has no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a position.
    ///
    /// # Panics
    /// If a list is not that long.
    pub fn value(&self, index: usize) -> f64 {
        match self {
            Self::Steps { min, max, step } => {
                let value = shortened(min + index as f64 * step, *step);
                if value > *max { *max } else { value }
            }
            Self::List(values) => values[index],
        }
    }

    /// Smallest and largest value; `None` if it has none.
    pub fn range(&self) -> Option<(f64, f64)> {
        let last = self.len().checked_sub(1)?;
        Some((self.value(0), self.value(last)))
    }

    /// Whether `value` lies within the range, on the grid or between two of its values.
    pub fn contains(&self, value: f64) -> bool {
        self.range().is_some_and(|(min, max)| value >= min && value <= max)
    }

    /// Position of the value nearest to `value`, the smaller one of two; 0 for an empty grid or NaN.
    pub fn nearest(&self, value: f64) -> usize {
        let Some(last) = self.len().checked_sub(1) else { return 0 };
        let above = match self {
            Self::Steps { min, step, .. } => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates at the ends")]
                let index = ((value - min) / step).ceil() as usize;
                index
            }
            Self::List(values) => values.partition_point(|&listed| listed < value),
        };
        let above = above.min(last);
        let below = above.saturating_sub(1);
        if (value - self.value(below)).abs() <= (self.value(above) - value).abs() { below } else { above }
    }

    /// What makes it unusable, if anything.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        let finite = match self {
            Self::Steps { min, max, step } => [min, max, step].iter().all(|value| value.is_finite()) && *step > 0.0,
            Self::List(values) => values.iter().all(|value| value.is_finite()),
        };
        let ascending = match self {
            Self::Steps { .. } => true,
            Self::List(values) => values.is_sorted_by(|one, next| one < next),
        };
        match (finite, ascending, self.len()) {
            (false, ..) => Some("has a number that is not finite, or a step not above 0"),
            (_, false, _) => Some("is not ascending"),
            (_, _, 0) => Some("has no values"),
            (_, _, 1..=1_000_000) => None,
            _ => Some("has more than a million values"),
        }
    }

    pub(crate) fn draw(&self, random: &mut Stream) -> f64 {
        self.value(random.below(self.len()))
    }

    /// A value near `from`: one step away half of the time, two a quarter, and so on. Equal to `from` only if the grid has
    /// nothing else.
    pub(crate) fn near(&self, from: f64, random: &mut Stream) -> f64 {
        let (index, last) = (self.nearest(from), self.len() - 1);
        let mut steps = 1;
        while steps < last && random.chance(0.5) {
            steps += 1;
        }
        let (down, up) = (index.saturating_sub(steps), (index + steps).min(last));
        let (down, up) = (self.value(down), self.value(up));
        let first = if random.chance(0.5) { [down, up] } else { [up, down] };
        first.into_iter().find(|value| value.to_bits() != from.to_bits()).unwrap_or(from)
    }
}

/// The decimal that a sum of steps stands for: 0.1 and not 0.10000000000000003. Very small steps stay as they are.
fn shortened(value: f64, step: f64) -> f64 {
    const DECIMALS: f64 = 1e9;
    if step >= 1e-6 && value.abs() < 1e6 { (value * DECIMALS).round() / DECIMALS } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_step_is_not_lost_to_rounding() {
        assert_eq!(Grid::steps(0.1, 0.9, 0.1).len(), 9);
        assert_eq!(Grid::steps(-0.3, 0.3, 0.05).range(), Some((-0.3, 0.3)));
        assert_eq!(Grid::steps(-0.2, 1.2, 0.1).value(3), 0.1);
        assert_eq!(Grid::steps(0.0, 1e-8, 1e-9).value(3), 3.0 * 1e-9);
    }

    #[test]
    fn a_grid_that_cannot_be_drawn_from_says_why() {
        assert_eq!(Grid::steps(1.0, 0.0, 1.0).problem(), Some("has no values"));
        assert!(Grid::steps(0.0, 1.0, 0.0).problem().is_some());
        assert!(Grid::steps(0.0, f64::NAN, 1.0).problem().is_some());
        assert_eq!(Grid::list([2.0, 1.0]).problem(), Some("is not ascending"));
        assert_eq!(Grid::steps(0.0, 1.0, 1e-9).problem(), Some("has more than a million values"));
        assert_eq!(Grid::steps(0.0, 1.0, 0.5).problem(), None);
    }

    #[test]
    fn near_always_moves_where_it_can_and_stays_on_the_grid() {
        for grid in [Grid::steps(2.0, 12.0, 2.0), Grid::list([1.0, 5.0, 7.0])] {
            let mut random = Stream::new(3, 0);
            for index in (0..grid.len()).cycle().take(1_000) {
                let from = grid.value(index);
                let to = grid.near(from, &mut random);
                assert!(to != from && grid.value(grid.nearest(to)).to_bits() == to.to_bits(), "{from} to {to}");
            }
        }
        assert_eq!(Grid::list([3.0]).near(3.0, &mut Stream::new(3, 1)), 3.0);
    }

    #[test]
    fn the_nearest_value_is_found_from_anywhere() {
        for grid in [Grid::steps(0.0, 10.0, 2.5), Grid::list([0.0, 2.5, 5.0, 7.5, 10.0])] {
            let found = [-3.0, 0.0, 1.2, 1.3, 5.1, 9.9, 99.0].map(|value| grid.nearest(value));
            assert_eq!(found, [0, 0, 0, 1, 2, 4, 4]);
        }
    }
}
