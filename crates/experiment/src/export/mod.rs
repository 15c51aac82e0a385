//! Everything that a run writes for people and programs.

pub(crate) mod charts;
pub(crate) mod library;
pub(crate) mod manifest;
pub(crate) mod pine;
pub(crate) mod traded;
