use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::Path;

use anyhow::{Result, bail};
use market_files::{AtomicFile, OutputFormat, TextTime};

use crate::args::SinkArgs;

/// Where rows go: a file that appears when it is complete, or standard output.
pub(crate) enum Sink {
    File(BufWriter<AtomicFile>),
    Stdout(BufWriter<Stdout>),
}

const BUFFER_BYTES: usize = 1 << 18;

impl Sink {
    pub(crate) fn open(path: Option<&Path>, format: OutputFormat) -> Result<Self> {
        match path {
            Some(path) => Ok(Self::File(BufWriter::with_capacity(BUFFER_BYTES, AtomicFile::create(path)?))),
            None if !format.is_text() && io::stdout().is_terminal() => {
                bail!("{format} is not for a terminal: give --out FILE or redirect the output")
            }
            None => Ok(Self::Stdout(BufWriter::with_capacity(BUFFER_BYTES, io::stdout()))),
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

/// The format asked for, else that of the file's name, else CSV.
pub(crate) fn format_of(options: &SinkArgs) -> Result<OutputFormat> {
    match (options.format, &options.out) {
        (Some(format), _) => Ok(format),
        (None, Some(path)) => Ok(OutputFormat::of(path)?),
        (None, None) => Ok(OutputFormat::Csv),
    }
}

pub(crate) fn text_time(options: &SinkArgs) -> TextTime {
    if options.unix_millis { TextTime::UnixMillis } else { TextTime::Iso8601 }
}
