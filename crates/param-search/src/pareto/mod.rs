//! Comparison of results with several objectives, all to be minimised.

mod crowding;
mod hypervolume;
mod sort;

pub use self::crowding::crowding_distances;
pub use self::hypervolume::hypervolume;
pub use self::sort::{dominates, non_dominated_ranks};
