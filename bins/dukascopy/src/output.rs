use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use tracing_subscriber::EnvFilter;

use crate::outcome::Outcome;

/// Logs to standard error; `RUST_LOG` overrides the level of `verbose`.
pub(crate) fn start_logging(verbose: u8) {
    let level = match verbose {
        0 => "info",
        1 => "debug",
        _ => "trace",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .init();
}

/// Prints a line to standard output.
pub(crate) fn print_line(line: &str) -> Result<()> {
    writeln!(io::stdout().lock(), "{line}")?;
    Ok(())
}

/// 0 if all is well, also when the reader of the output has closed it; 1 for data that are missing or wrong; 2 for a
/// command that could not be run.
pub(crate) fn finish(done: Result<Outcome>) -> ExitCode {
    let error = match done {
        Ok(Outcome::Complete) => return ExitCode::SUCCESS,
        Ok(Outcome::Incomplete) => return ExitCode::from(1),
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
