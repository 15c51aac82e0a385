//! The client and the backend made of it, against a stand-in server on the loopback.
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod backend;
mod client;
mod real;
mod recorded;
mod stand_in;
mod wire;
