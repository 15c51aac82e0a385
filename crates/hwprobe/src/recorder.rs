//! What a stage of a program made of its machine.

mod summary;
mod table;
mod utilisation;

use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

pub use self::summary::Summary;
pub use self::utilisation::{
    BytesMoved, CpuUtilisation, GpuUtilisation, MemoryUtilisation, ProcessUtilisation, Utilisation,
};
use crate::clock::Clock;
use crate::{Error, Monitor};

/// Watches the machine in a thread of its own while a program runs its stages.
///
/// Each [`lap`](Self::lap) ends what began with the one before it and says what it took. Totals and means come from the
/// kernel's counts at both ends of a lap and are exact, however long the interval; maxima are those of the samples.
/// Dropping the recorder ends its thread and waits for that, no longer than one sample takes.
///
/// ```
/// use std::time::Duration;
///
/// let recorder = hwprobe::Recorder::start(Duration::from_millis(200))?;
/// let sum: u64 = (0..2_000_000).map(|n| n ^ 7).sum();
/// let load = recorder.lap("load")?;
/// let search = recorder.lap("search")?;
/// println!("{load}\n{search}"); // a line each
/// assert!(sum > 0 && load.seconds > 0.0 && load.memory.max_used_bytes > 0);
/// # Ok::<(), hwprobe::Error>(())
/// ```
#[derive(Debug)]
pub struct Recorder {
    shared: Arc<Shared>,
    /// Closing it ends the thread.
    stop: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    clock: Clock,
    monitor: Monitor,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    lap: Summary,
    /// The first error since the last lap.
    failed: Option<Error>,
}

impl Recorder {
    /// Starts the first lap, and a thread that takes a sample each `interval`. Fractions of a second are good: a sample
    /// takes less than a millisecond of CPU time without GPUs, and the kernel counts in steps of 10 ms.
    ///
    /// # Errors
    /// [`Error::Interval`] for an interval of 0, [`Error::Thread`] if there can be no thread, and those of
    /// [`Monitor::snapshot`], as on systems other than Linux.
    pub fn start(interval: Duration) -> Result<Self, Error> {
        Self::with(Monitor::open(), interval)
    }

    fn with(monitor: Monitor, interval: Duration) -> Result<Self, Error> {
        if interval.is_zero() {
            return Err(Error::Interval);
        }
        let clock = Clock::start();
        // A maximum over a piece much shorter than the others would be that of the kernel's steps.
        let lap = Summary::new(monitor.snapshot(clock.elapsed())?, interval / 2);
        let shared = Arc::new(Shared { clock, monitor, state: Mutex::new(State { lap, failed: None }) });
        let (stop, stopped) = mpsc::sync_channel(0);
        let watched = Arc::clone(&shared);
        let watch = move || {
            while stopped.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
                watched.sample(&mut watched.lock());
            }
        };
        let thread = Builder::new().name("hwprobe-recorder".to_owned()).spawn(watch).map_err(Error::Thread)?;
        Ok(Self { shared, stop: Some(stop), thread: Some(thread) })
    }

    /// Ends the lap that began with the one before, or with the start, and begins the next one.
    ///
    /// # Errors
    /// The first error of a sample of this lap. The next lap begins nevertheless.
    pub fn lap(&self, name: &str) -> Result<Utilisation, Error> {
        let mut state = self.shared.lock();
        self.shared.sample(&mut state);
        let lap = state.lap.begin_next();
        match state.failed.take() {
            Some(error) => Err(error),
            None => Ok(lap.utilisation(name)),
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It only samples and has nothing to say; if it panicked, the panic was printed.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sample(&self, state: &mut State) {
        let sampled = self.monitor.snapshot(self.clock.elapsed()).and_then(|snapshot| state.lap.add(snapshot));
        if let Err(error) = sampled {
            state.failed.get_or_insert(error);
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::path::Path;
    use std::sync::Arc;
    use std::time::Duration;

    use super::Recorder;
    use crate::gpu::fake::Captured;
    use crate::{Error, Monitor};

    #[test]
    fn gpus_are_recorded() {
        let monitor = Monitor::with(Path::new("/"), Box::new(Captured::machine(2)));
        let recorder = Recorder::with(monitor, Duration::from_mins(1)).unwrap();
        let lap = recorder.lap("stage").unwrap();
        assert_eq!(lap.gpus.iter().map(|gpu| gpu.index).collect::<Vec<_>>(), [0, 1]);
        assert!(lap.gpus[1].mean_fraction.is_some_and(|mean| (mean - 0.87).abs() < 1e-12));
        assert_eq!(lap.gpus[1].max_fraction, Some(0.87));
        assert_eq!((lap.gpus[1].max_memory_bytes >> 20, lap.gpus[1].max_temperature_celsius), (12_000, Some(64)));
        assert_eq!(lap.gpus[1].max_power_watts, Some(431.25));
    }

    #[test]
    fn dropping_ends_the_thread_in_the_middle_of_an_interval() {
        let held = Arc::new(());
        let driver = Captured { held: Arc::clone(&held), ..Captured::machine(1) };
        let monitor = Monitor::with(Path::new("/"), Box::new(driver));
        let recorder = Recorder::with(monitor, Duration::from_hours(1)).unwrap();
        assert_eq!(Arc::strong_count(&held), 2);
        drop(recorder);
        assert_eq!(Arc::strong_count(&held), 1);
    }

    #[test]
    fn an_error_of_a_sample_fails_its_lap_only() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("proc/net")).unwrap();
        let files = ["stat", "meminfo", "diskstats", "net/dev"];
        let copy = |name: &str| {
            let text = std::fs::read_to_string(Path::new("/proc").join(name)).unwrap();
            std::fs::write(root.path().join("proc").join(name), text).unwrap();
        };
        files.into_iter().for_each(copy);
        let monitor = Monitor::with(root.path(), Box::new(Captured::machine(0)));
        let recorder = Recorder::with(monitor, Duration::from_hours(1)).unwrap();
        std::fs::write(root.path().join("proc/stat"), "what\n").unwrap();
        assert!(matches!(recorder.lap("broken"), Err(Error::File { .. })));
        copy("stat");
        let lap = recorder.lap("whole").unwrap();
        assert_eq!((&*lap.name, lap.process), ("whole", None));
    }
}
