use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// The longest pause after a refusal that names none.
const MAX_PAUSE: Duration = Duration::from_mins(1);

/// How hard a server is asked.
///
/// Requests start one at a time; each answer lets more run at once, doubling per round until the first refusal, then by
/// one per round. A refusal (429, 503, 202) halves them and makes all wait, as long as the server says (`Retry-After`) or
/// twice as long as the last time. The rule is that of TCP's congestion control (RFC 5681).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Most requests at once, at least 1.
    pub max_in_flight: usize,
    /// Most requests a second; absent: no limit but the server's.
    pub max_per_second: Option<f64>,
    /// First pause after a refusal that names none; each further refusal in a row doubles it, up to a minute.
    pub first_pause: Duration,
}

impl Pace {
    /// For Dukascopy's own servers: at most 8 requests at once and 10 a second.
    pub const PUBLIC: Self = Self { max_in_flight: 8, max_per_second: Some(10.0), first_pause: Duration::from_secs(1) };
    /// For a mirror of one's own: at most 16 requests at once.
    pub const OWN_MIRROR: Self =
        Self { max_in_flight: 16, max_per_second: None, first_pause: Duration::from_millis(250) };
}

/// Keeps the requests to one server within its pace.
#[derive(Debug)]
pub(crate) struct Limiter {
    pace: Pace,
    // As many permits as the window is wide, less the debt.
    turns: Semaphore,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    window: f64,
    threshold: f64,
    /// Permits that are to vanish when they are given back.
    debt: usize,
    n_pauses_in_a_row: u32,
    paused_until: Option<Instant>,
    next_start: Option<Instant>,
}

/// The right to have one request under way; given back when dropped.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    limiter: &'a Limiter,
    turn: Option<SemaphorePermit<'a>>,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut state = self.limiter.state();
        if state.debt > 0
            && let Some(turn) = self.turn.take()
        {
            state.debt -= 1;
            turn.forget();
        }
    }
}

impl Limiter {
    pub(crate) fn new(pace: Pace) -> Self {
        let state = State {
            window: 1.0,
            threshold: widest(pace),
            debt: 0,
            n_pauses_in_a_row: 0,
            paused_until: None,
            next_start: None,
        };
        Self { pace, turns: Semaphore::new(1), state: Mutex::new(state) }
    }

    /// Waits for the turn of a request, in the order of asking.
    pub(crate) async fn acquire(&self) -> Permit<'_> {
        let turn = self.turns.acquire().await.expect("the semaphore is never closed");
        loop {
            let now = Instant::now();
            match self.wait(now) {
                Wait::Pause(until) => sleep_until(until).await,
                Wait::Slot(start) => {
                    if start > now {
                        sleep_until(start).await;
                    }
                    return Permit { limiter: self, turn: Some(turn) };
                }
            }
        }
    }

    fn wait(&self, now: Instant) -> Wait {
        let mut state = self.state();
        if let Some(until) = state.paused_until.filter(|until| *until > now) {
            return Wait::Pause(until);
        }
        let Some(rate) = self.pace.max_per_second else { return Wait::Slot(now) };
        let start = state.next_start.map_or(now, |next| next.max(now));
        state.next_start = Some(start + Duration::from_secs_f64(1.0 / rate));
        Wait::Slot(start)
    }

    /// An answer came: more may run at once.
    pub(crate) fn succeeded(&self) {
        let mut state = self.state();
        state.n_pauses_in_a_row = 0;
        let step = if state.window < state.threshold { 1.0 } else { 1.0 / state.window };
        let window = (state.window + step).min(widest(self.pace));
        self.resize(&mut state, window);
    }

    /// Pauses since the last answer.
    pub(crate) fn n_pauses_in_a_row(&self) -> u32 {
        self.state().n_pauses_in_a_row
    }

    /// A refusal came: fewer may run at once, and all wait. Returns the pause if this refusal began one.
    ///
    /// Refusals of requests that were under way when the pause began say nothing new.
    pub(crate) fn refused(&self, retry_after: Option<Duration>) -> Option<Duration> {
        let now = Instant::now();
        let mut state = self.state();
        if state.paused_until.is_some_and(|until| until > now) && retry_after.is_none() {
            return None;
        }
        let doubled = self.pace.first_pause.saturating_mul(1 << state.n_pauses_in_a_row.min(16));
        let pause = retry_after.unwrap_or(doubled.min(MAX_PAUSE));
        state.n_pauses_in_a_row += 1;
        state.threshold = (state.window / 2.0).max(1.0);
        state.paused_until = state.paused_until.max(Some(now + pause));
        let window = state.threshold;
        self.resize(&mut state, window);
        Some(pause)
    }

    /// Whole requests of the window are permits: new ones first pay the debt, too many become debt.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a window is 1 to a small count")]
    fn resize(&self, state: &mut State, window: f64) {
        let (before, after) = (state.window.floor() as usize, window.floor() as usize);
        state.window = window;
        if after < before {
            state.debt += before - after;
            state.debt -= self.turns.forget_permits(state.debt);
        } else {
            let paid = state.debt.min(after - before);
            state.debt -= paid;
            self.turns.add_permits(after - before - paid);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can panic half-way through a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn widest(pace: Pace) -> f64 {
    pace.max_in_flight.max(1) as f64
}

enum Wait {
    Pause(Instant),
    Slot(Instant),
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace { max_in_flight: 8, max_per_second: None, first_pause: Duration::from_secs(1) };

    fn window(limiter: &Limiter) -> String {
        format!("{:.2}", limiter.state().window)
    }

    #[tokio::test(start_paused = true)]
    async fn starts_slowly_doubles_and_halves() {
        let limiter = Limiter::new(PACE);
        assert_eq!(window(&limiter), "1.00");
        for expected in ["2.00", "3.00", "4.00", "5.00", "6.00", "7.00", "8.00", "8.00"] {
            limiter.succeeded();
            assert_eq!(window(&limiter), expected);
        }
        assert_eq!(limiter.refused(None), Some(Duration::from_secs(1)));
        assert_eq!(window(&limiter), "4.00");
        assert_eq!(limiter.refused(None), None, "the pause has begun already");
        limiter.succeeded();
        assert_eq!(window(&limiter), "4.25");
    }

    #[tokio::test(start_paused = true)]
    async fn waits_as_long_as_the_server_says_and_doubles_otherwise() {
        let limiter = Limiter::new(PACE);
        let begin = Instant::now();
        let asked = Some(Duration::from_secs(30));
        assert_eq!(limiter.refused(asked), asked);
        drop(limiter.acquire().await);
        assert_eq!(begin.elapsed().as_secs(), 30);
        assert_eq!(limiter.refused(None), Some(Duration::from_secs(2)));
        drop(limiter.acquire().await);
        assert_eq!(begin.elapsed().as_secs(), 32);
        limiter.succeeded();
        assert_eq!(limiter.refused(None), Some(Duration::from_secs(1)), "an answer ends the row");
    }

    #[tokio::test(start_paused = true)]
    async fn one_request_waits_for_another_and_the_rate_is_kept() {
        let limiter = Limiter::new(Pace { max_per_second: Some(2.0), ..PACE });
        let begin = Instant::now();
        let first = limiter.acquire().await;
        tokio::select! {
            _ = limiter.acquire() => panic!("only one may be under way at first"),
            () = tokio::time::sleep(Duration::from_secs(5)) => drop(first),
        }
        for _ in 0..4 {
            drop(limiter.acquire().await);
        }
        assert_eq!(begin.elapsed(), Duration::from_millis(5_000 + 3 * 500));
    }
}
