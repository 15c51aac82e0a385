//! The stages of a run: each computes one serialisable result from the results before it.

pub(crate) mod analyse;
pub(crate) mod data;
pub(crate) mod search;
pub(crate) mod split;
pub(crate) mod validate;
pub(crate) mod walk_forward;
