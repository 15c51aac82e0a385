pub(crate) mod cma;
pub(crate) mod grid;
pub(crate) mod nsga2;
mod permutation;
pub(crate) mod random;
pub(crate) mod sobol;
pub(crate) mod tpe;
