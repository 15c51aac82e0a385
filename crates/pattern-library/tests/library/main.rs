//! The tests of the library, in one program because they share their backends and contents.
#![expect(clippy::print_stdout, reason = "a skipped test says so")]
#![expect(clippy::unwrap_used, reason = "the functions that tests share may fail as the tests themselves")]

mod common;
mod files;
mod laws;
#[cfg(feature = "postgres")]
mod postgres;
mod suite;
