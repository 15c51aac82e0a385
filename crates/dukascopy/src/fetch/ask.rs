//! Asking one source for one file, until it answers or has failed for good.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::sleep;

use super::route::Server;
use super::{FetchEvent, RetryPolicy};
use crate::source::{Reply, SourceError};
use crate::{Error, FileKey};

/// What a run has in common with all that it asks.
pub(super) struct Asker<'a> {
    pub(super) retry: RetryPolicy,
    pub(super) on_event: &'a (dyn Fn(&FetchEvent<'_>) + Sync),
    pub(super) n_requests: AtomicU64,
    pub(super) n_bytes: AtomicU64,
}

/// What became of a file.
#[derive(Debug)]
pub(super) enum Answer<T> {
    /// Its content, accepted.
    Data(T),
    /// It is empty, and that can be so.
    Empty,
    /// It is empty each time it was asked for, although there should be something.
    EmptyThoughOpen,
    /// The source has no such file.
    NotThere,
    /// It could not be had.
    Failed(String),
}

impl Asker<'_> {
    /// Asks `server` for the file `key`.
    ///
    /// - `is_open`: whether the market was open in its period, so that "empty" is doubtful.
    /// - `accept`: checks and keeps the bytes; `Ok(Err(reason))` means that they are damaged and another attempt is due, an
    ///   error ends the run.
    pub(super) async fn ask<T, F>(
        &self,
        server: &Server,
        key: &FileKey,
        is_open: bool,
        accept: impl Fn(Vec<u8>) -> F,
    ) -> Result<Answer<T>, Error>
    where
        F: Future<Output = Result<Result<T, String>, Error>>,
    {
        let (mut attempt, mut n_empty) = (0, 0);
        loop {
            if let Some(reason) = server.down() {
                return Ok(Answer::Failed(not_asked(reason)));
            }
            attempt += 1;
            let reply = self.attempt(server, key).await;
            let failure = match reply {
                Ok(Reply::NotThere) => {
                    server.answered();
                    return Ok(Answer::NotThere);
                }
                Ok(Reply::Empty) if !is_open => {
                    server.answered();
                    return Ok(Answer::Empty);
                }
                Ok(Reply::Empty) => {
                    server.answered();
                    n_empty += 1;
                    if n_empty >= self.retry.empty_attempts || attempt >= self.retry.attempts {
                        return Ok(Answer::EmptyThoughOpen);
                    }
                    SourceError::Damaged { reason: "empty while the market is open".to_owned() }
                }
                Ok(Reply::Data(bytes)) => match accept(bytes).await? {
                    Ok(content) => {
                        server.answered();
                        return Ok(Answer::Data(content));
                    }
                    Err(reason) => SourceError::Damaged { reason },
                },
                Err(error) => error,
            };
            if let Some(reason) = self.after_failure(server, key, attempt, &failure).await {
                return Ok(Answer::Failed(reason));
            }
        }
    }

    async fn attempt(&self, server: &Server, key: &FileKey) -> Result<Reply, SourceError> {
        if !server.source.is_remote() {
            return server.source.get(key).await;
        }
        let _permit = server.limiter.acquire().await;
        self.n_requests.fetch_add(1, Ordering::Relaxed);
        let reply = server.source.get(key).await;
        if let Ok(Reply::Data(bytes)) = &reply {
            self.n_bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        }
        reply
    }

    /// Waits for the next attempt; the reason instead if there will be none.
    async fn after_failure(
        &self,
        server: &Server,
        key: &FileKey,
        attempt: u32,
        failure: &SourceError,
    ) -> Option<String> {
        let source = server.source.name();
        let reason = failure.to_string();
        let mut wait = self.retry.wait(key, attempt);
        if let SourceError::Throttled { status, retry_after } = failure {
            if retry_after.is_some_and(|wish| wish > self.retry.longest_pause) {
                let reason = format!("{reason} of {} s", retry_after.unwrap_or_default().as_secs());
                self.give_up(server, &reason);
                return Some(reason);
            }
            if let Some(pause) = server.limiter.refused(*retry_after) {
                if server.limiter.n_pauses_in_a_row() > self.retry.attempts {
                    let reason = format!("{reason}, {} times in a row", self.retry.attempts);
                    self.give_up(server, &reason);
                    return Some(reason);
                }
                (self.on_event)(&FetchEvent::Paused { source, pause, status: *status });
            }
            // All requests to this server wait for the end of the pause anyway.
            wait = Duration::ZERO;
        }
        if !failure.is_passing() {
            if matches!(failure, SourceError::Refused { .. }) {
                self.give_up(server, &reason);
            }
            return Some(reason);
        }
        let is_silence = matches!(failure, SourceError::Connection { .. } | SourceError::TimedOut);
        if is_silence && server.silent() >= self.retry.patience {
            self.give_up(server, &reason);
            return Some(reason);
        }
        if attempt >= self.retry.attempts {
            let is_answer = matches!(failure, SourceError::Damaged { .. });
            if !is_answer && server.failed() >= self.retry.failures_until_down {
                self.give_up(server, &reason);
            }
            return Some(format!("{reason} (attempt {attempt} of {attempt})"));
        }
        (self.on_event)(&FetchEvent::Retry { source, key, attempt, reason: &reason });
        sleep(wait).await;
        None
    }

    fn give_up(&self, server: &Server, reason: &str) {
        if server.give_up(reason) {
            (self.on_event)(&FetchEvent::SourceDown { source: server.source.name(), reason });
        }
    }
}

/// What is said of a file whose server was given up before.
pub(super) fn not_asked(reason: &str) -> String {
    format!("the source is not asked any more: {reason}")
}
