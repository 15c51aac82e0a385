use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::Path;

use anyhow::{Result, bail};
use market_files::AtomicFile;

use crate::args::Format;

/// Where a table goes: a file that appears when it is complete, or standard output.
#[derive(Debug)]
pub(crate) enum Sink {
    File(BufWriter<AtomicFile>),
    Stdout(BufWriter<Stdout>),
}

const BUFFER_BYTES: usize = 1 << 18;

impl Sink {
    pub(crate) fn open(path: Option<&Path>, format: Format) -> Result<Self> {
        match path {
            Some(path) => Ok(Self::File(BufWriter::with_capacity(BUFFER_BYTES, AtomicFile::create(path)?))),
            None if format == Format::Parquet && io::stdout().is_terminal() => {
                bail!("Parquet is not for a terminal: give --output FILE or redirect the output")
            }
            None => Ok(Self::Stdout(BufWriter::with_capacity(BUFFER_BYTES, io::stdout()))),
        }
    }

    /// Hands on what has been written, if somebody may be waiting for it.
    pub(crate) fn pass_on(&mut self) -> io::Result<()> {
        match self {
            Self::File(_) => Ok(()),
            Self::Stdout(stdout) => stdout.flush(),
        }
    }

    /// Completes a file; whatever was written to standard output is there already.
    pub(crate) fn commit(self) -> Result<()> {
        match self {
            Self::File(file) => Ok(file.into_inner().map_err(io::IntoInnerError::into_error)?.commit()?),
            Self::Stdout(mut stdout) => Ok(stdout.flush()?),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.write(bytes),
            Self::Stdout(stdout) => stdout.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(file) => file.flush(),
            Self::Stdout(stdout) => stdout.flush(),
        }
    }
}
