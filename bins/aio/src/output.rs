use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use tracing_subscriber::EnvFilter;

/// Sends log lines with time stamps to standard error. `RUST_LOG` overrides the level of `verbose`.
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

/// 0 for success, also when the reader of the output has closed it; 2 for a run that could not be done.
pub(crate) fn finish(done: Result<()>) -> ExitCode {
    let Err(error) = done else { return ExitCode::SUCCESS };
    if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe) {
        return ExitCode::SUCCESS;
    }
    // Standard error is the last resort: if it is closed too, the exit code still tells.
    let _ = writeln!(io::stderr().lock(), "error: {error:#}");
    ExitCode::from(2)
}
