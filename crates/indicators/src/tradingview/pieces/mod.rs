//! What several functions of Pine Script are made of.
mod compare;
mod extreme;
mod moments;
mod position;
mod previous;
mod ranks;
mod sorted;
mod sum;
mod true_range;

pub(crate) use self::compare::{TOLERANCE, larger, smaller};
pub(crate) use self::extreme::Extreme;
pub(crate) use self::moments::Moments;
pub(crate) use self::position::Position;
pub(crate) use self::previous::Previous;
pub(crate) use self::ranks::Ranks;
pub(crate) use self::sorted::Sorted;
pub(crate) use self::sum::Sum;
pub(crate) use self::true_range::TrueRange;
