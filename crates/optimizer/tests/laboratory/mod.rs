//! Artificial markets with and without an edge, a search over them, and exact binomial bounds.
pub(crate) mod binomial;
pub(crate) mod edge;
pub(crate) mod noise;
pub(crate) mod procedure;
pub(crate) mod rules;
