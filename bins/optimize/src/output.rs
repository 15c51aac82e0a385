use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};

/// How a command ended that could be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All was done.
    Complete,
    /// It was interrupted; what was done is kept.
    Interrupted,
}

/// Runs `work` in a pool of that many threads, or of as many as there are processors.
pub(crate) fn on_threads(n: Option<u16>, work: impl FnOnce() -> Result<Outcome> + Send) -> Result<Outcome> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n.map_or(0, usize::from)).build();
    pool.context("cannot start the threads")?.install(work)
}

/// Prints a text to standard output, at once.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Tells a person something on standard error, unless they want quiet.
pub(crate) fn note(quiet: bool, text: &str) {
    if !quiet {
        // Standard error is for people; without one there is nobody to tell.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}

/// 0 for success, also when the reader of the output has closed it; 1 for an interrupted command; 2 for one that could
/// not be run.
pub(crate) fn finish(done: Result<Outcome>) -> ExitCode {
    let error = match done {
        Ok(Outcome::Complete) => return ExitCode::SUCCESS,
        Ok(Outcome::Interrupted) => return ExitCode::from(1),
        Err(error) => error,
    };
    let is_broken_pipe = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
    };
    if error.chain().any(is_broken_pipe) {
        return ExitCode::SUCCESS;
    }
    // Standard error is the last resort: if it is closed too, the exit code still tells.
    let _ = writeln!(io::stderr().lock(), "error: {error:#}");
    ExitCode::from(2)
}
