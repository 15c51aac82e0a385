//! What spans crates: tests.
//!
//! Here are their tools; the tests stand beside this folder.
#![forbid(unsafe_code)]

pub mod manifests;
