//! All tests of the crate as one program.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::float_cmp, reason = "equal bits are what is promised")]
mod bad_space;
mod cma;
mod golden;
mod grid;
mod nsga2;
mod pareto;
mod prune;
mod sobol;
mod space;
mod spaces;
mod study;
mod tpe;
