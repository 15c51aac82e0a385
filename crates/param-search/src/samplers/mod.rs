pub(crate) mod cma;
pub(crate) mod grid;
mod permutation;
pub(crate) mod random;
pub(crate) mod sobol;
pub(crate) mod tpe;
