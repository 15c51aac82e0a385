use std::time::{Duration, Instant};

/// The one clock of this crate. [`Recorder`](crate::Recorder) and [`measure_disk`](crate::measure_disk) measure time,
/// which is what they are for; everything else takes the time as an argument.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    start: Instant,
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "what it measures is the result, and no other number depends on it")]
    pub(crate) fn start() -> Self {
        Self { start: Instant::now() }
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.start.elapsed()
    }
}
