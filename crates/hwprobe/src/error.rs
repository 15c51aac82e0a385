use std::path::PathBuf;
use std::time::Duration;

/// What can go wrong while a machine is probed, watched or shared out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system is not one that can be asked.
    #[error("hardware cannot be probed on {os}")]
    Unsupported {
        /// Its name.
        os: &'static str,
    },
    /// The system gives no number where there must be one.
    #[error("the system tells no {what}")]
    Missing {
        /// What is missing.
        what: &'static str,
    },
    /// A file of the kernel could not be read.
    #[error("cannot read {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A text of the kernel does not have its documented form.
    #[error("`{text}` is not {expected}")]
    Text {
        /// The text.
        text: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A file of the kernel does not have its documented form.
    #[error("{} is malformed", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: Box<Error>,
    },
    /// Snapshots are not in the order of time.
    #[error("a snapshot at {after:?} is not later than the one at {before:?}")]
    Order {
        /// When the first was taken.
        before: Duration,
        /// When the second was taken.
        after: Duration,
    },
    /// A recorder was to sample without a pause.
    #[error("the interval between samples is 0 and must be longer")]
    Interval,
    /// A thread could not be started.
    #[error("cannot start a thread")]
    Thread(#[source] std::io::Error),
    /// The speed of a disk was to be measured with no bytes.
    #[error("0 bytes are too few to measure a disk with")]
    NoBytes,
    /// A folder has no room for the file that a disk is measured with.
    #[error("too little space in {} ({needed_bytes} bytes needed, {free_bytes} free)", .folder.display())]
    NoSpace {
        /// The folder.
        folder: PathBuf,
        /// What the file and the records of the file system need.
        needed_bytes: u64,
        /// What this process may still write there.
        free_bytes: u64,
    },
    /// The file that a disk is measured with could not be made, written or read.
    #[error("cannot {step} in {}", .folder.display())]
    Measure {
        /// The folder.
        folder: PathBuf,
        /// What was to be done.
        step: &'static str,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The stated need of a stage makes no sense.
    #[error("stage `{stage}` {problem}")]
    Need {
        /// The stage's name.
        stage: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A stage cannot have what it needs at least.
    #[error("stage `{stage}` does not fit: {missing}")]
    DoesNotFit {
        /// The stage's name.
        stage: String,
        /// What there is too little of.
        missing: Shortage,
    },
}

/// What a machine has too little of for a stage, after the reserve for the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Shortage {
    /// Threads.
    #[error("too few threads ({needed} needed, {left} left)")]
    Threads {
        /// What it needs at least.
        needed: usize,
        /// What the stages before it leave.
        left: usize,
    },
    /// Main memory.
    #[error("too little memory ({needed_bytes} bytes needed, {left_bytes} left)")]
    Memory {
        /// What it needs with its least number of threads.
        needed_bytes: u64,
        /// What the stages before it leave.
        left_bytes: u64,
    },
    /// A GPU.
    #[error("no room on a GPU ({needed_bytes} bytes needed, {})", gpu_text(*.largest_bytes, *.needed_bytes))]
    Gpu {
        /// What it needs there.
        needed_bytes: u64,
        /// The largest GPU's memory, whoever holds it; `None` without a GPU.
        largest_bytes: Option<u64>,
    },
}

fn gpu_text(largest_bytes: Option<u64>, needed_bytes: u64) -> String {
    match largest_bytes {
        None => "there is none".to_owned(),
        Some(largest) if largest < needed_bytes => format!("the largest has {largest}"),
        Some(_) => "stages that run at the same time hold too much".to_owned(),
    }
}
