use std::time::Duration;

use super::Retry;

/// How a client deals with time and failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long to wait for what.
    pub time_outs: TimeOuts,
    /// When to try again.
    pub retry: Retry,
    /// The most bytes of an answer; more is [`crate::Error::TooLong`].
    pub max_answer_bytes: usize,
}

impl Settings {
    /// The usual settings; `seed` draws the pauses between tries.
    pub fn new(seed: u64) -> Self {
        Self { time_outs: TimeOuts::default(), retry: Retry::new(seed), max_answer_bytes: 16 << 20 }
    }
}

/// How long to wait for each stage of a call. Each of them ends the call with an error that names the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOuts {
    /// For a connection; 5 s.
    pub connect: Duration,
    /// For the first byte of the answer, after loading the model and reading the prompt; 300 s.
    pub first: Duration,
    /// For each next byte; 60 s.
    pub idle: Duration,
    /// For the whole call, retries included; 900 s.
    pub total: Duration,
}

impl Default for TimeOuts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            first: Duration::from_mins(5),
            idle: Duration::from_mins(1),
            total: Duration::from_mins(15),
        }
    }
}
