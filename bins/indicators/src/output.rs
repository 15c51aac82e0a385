use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anyhow::Result;

/// Prints a text to standard output, at once.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// 0 for success, also when the reader of the output has closed it; 2 for a command that could not be run.
pub(crate) fn finish(done: Result<()>) -> ExitCode {
    let Err(error) = done else { return ExitCode::SUCCESS };
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
