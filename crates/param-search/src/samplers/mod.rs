pub(crate) mod grid;
mod permutation;
pub(crate) mod random;
pub(crate) mod sobol;
