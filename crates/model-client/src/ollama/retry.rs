use std::time::Duration;

/// When a call is tried again: if nothing answers the connection, or the server says 429 or 503. In these cases it
/// has done no work yet. No other answer and no broken answer is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// Tries in all; 0 and 1 both mean no second one.
    pub attempts: u32,
    /// The pause before the second try, before jitter. Each next one is twice as long.
    pub first_pause: Duration,
    /// The longest pause.
    pub max_pause: Duration,
    /// Draws the jitter: clients with different seeds do not come back all at once.
    pub seed: u64,
}

impl Retry {
    /// Four tries with pauses of about 0.25, 0.5 and 1 s.
    pub fn new(seed: u64) -> Self {
        let (first_pause, max_pause) = (Duration::from_millis(250), Duration::from_secs(10));
        Self { attempts: 4, first_pause, max_pause, seed }
    }

    /// The pause after the failed try number `attempt` (from 1): between half and all of
    /// `min(first_pause · 2^(attempt − 1), max_pause)`, the same for the same seed.
    ///
    /// ```
    /// use model_client::Retry;
    ///
    /// let retry = Retry::new(7);
    /// let pause = retry.pause(2);
    /// assert!(pause.as_millis() >= 250 && pause.as_millis() <= 500);
    /// assert_eq!(pause, retry.pause(2));
    /// ```
    ///
    /// Source: M. Brooker, *Exponential Backoff And Jitter* (AWS Architecture Blog, 2015), "equal jitter".
    pub fn pause(&self, attempt: u32) -> Duration {
        let doubled = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        let longest = self.first_pause.saturating_mul(doubled).min(self.max_pause);
        let half = longest / 2;
        half + half.mul_f64(unit(self.seed ^ u64::from(attempt)))
    }
}

/// A number in 0..1 from `seed`.
///
/// Source: `SplitMix64`; G. Steele, D. Lea, C. Flood, *Fast splittable pseudorandom number generators* (2014).
fn unit(seed: u64) -> f64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    (z >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Retry;

    #[test]
    fn pauses_double_up_to_the_longest() {
        for seed in 0..100 {
            let retry = Retry::new(seed);
            for (attempt, longest_ms) in [(1, 250), (2, 500), (3, 1_000), (6, 8_000), (7, 10_000), (400, 10_000)] {
                let longest = Duration::from_millis(longest_ms);
                let pause = retry.pause(attempt);
                assert!(pause >= longest / 2 && pause <= longest, "{attempt}: {pause:?}");
            }
        }
    }

    #[test]
    fn seeds_spread_the_pauses() {
        let mut pauses: Vec<_> = (0..100).map(|seed| Retry::new(seed).pause(1)).collect();
        pauses.sort_unstable();
        pauses.dedup();
        assert_eq!(pauses.len(), 100);
    }
}
