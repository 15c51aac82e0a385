//! The parser against scripts, sound and damaged, and its laws.
#![expect(clippy::unwrap_used, reason = "tests")]

mod broken;
mod corner_cases;
mod formatting;
mod laws;
mod scripts;
mod show;
