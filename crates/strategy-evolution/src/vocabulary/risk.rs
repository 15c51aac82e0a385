use serde::{Deserialize, Serialize};
use strategy::{Arg, Distance};

use super::Grid;
use crate::random::Stream;

/// Which stops and targets a strategy may have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskWords {
    /// Kinds of stop loss; empty for none.
    pub stops: Vec<DistanceGrid>,
    /// Kinds of take profit; empty for none.
    pub targets: Vec<DistanceGrid>,
    /// Whether every strategy has a stop. Sizing by risk needs one anyway.
    pub always_stop: bool,
}

/// A distance from the entry price with the values of its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DistanceGrid {
    /// Ticks of the instrument, at least 1.
    Ticks(Grid),
    /// Per cent of the price.
    Percent(Grid),
    /// A multiple of the average true range.
    Atr {
        /// Its period.
        period: Grid,
        /// The factor.
        multiple: Grid,
    },
}

impl DistanceGrid {
    pub(crate) fn draw(&self, random: &mut Stream) -> Distance {
        let mut arg = |grid: &Grid| Arg::Const(grid.draw(random));
        match self {
            Self::Ticks(ticks) => Distance::Ticks(arg(ticks)),
            Self::Percent(percent) => Distance::Percent(arg(percent)),
            Self::Atr { period, multiple } => Distance::Atr { period: arg(period), multiple: arg(multiple) },
        }
    }

    /// The numbers of `distance` with their grids, if it is of this kind.
    pub(crate) fn numbers<'g, 'd>(
        &'g self,
        distance: &'d mut Distance,
    ) -> Option<Vec<(&'d mut Arg, &'g Grid, &'static str)>> {
        match (self, distance) {
            (Self::Ticks(grid), Distance::Ticks(ticks)) => Some(vec![(ticks, grid, "ticks")]),
            (Self::Percent(grid), Distance::Percent(percent)) => Some(vec![(percent, grid, "percent")]),
            (Self::Atr { period, multiple }, Distance::Atr { period: bars, multiple: factor }) => {
                Some(vec![(bars, period, "atr_period"), (factor, multiple, "atr_multiple")])
            }
            _ => None,
        }
    }
}
