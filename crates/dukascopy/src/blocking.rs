//! The downloader for programs without an asynchronous runtime.

use std::thread;

use tokio::runtime::{Builder, Runtime};

use crate::{Error, FetchEvent, FetchReport, FetchRequest, FetchedDay, FetchedFile, FileRequest};

/// A [`Downloader`](crate::Downloader) that blocks the thread that calls it.
///
/// ```no_run
/// use dukascopy::{Downloader, FetchRequest, HttpOptions, Mirror, blocking, default_sources};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let cache = Mirror::create("data/dukascopy")?;
/// let downloader = Downloader::new(cache, &default_sources(), None, &HttpOptions::default())?;
/// let range = "2026-11-02".parse()?.."2026-11-16".parse()?;
/// let request = FetchRequest::new("EURUSD".parse()?, range, "2026-11-22T12:00:00Z".parse()?)?;
/// let report = blocking::Downloader::new(downloader)?.fetch(&request, &|_| ())?;
/// println!("{} ticks, {} hours failed", report.ticks, report.hours.failed);
/// # Ok(())
/// # }
/// ```
///
/// It must not be used from inside of an asynchronous task, where it would panic.
#[derive(Debug)]
pub struct Downloader {
    inner: crate::Downloader,
    runtime: Runtime,
}

impl Downloader {
    /// Starts the threads that it needs: those of the machine for decoding, the calling one for requests.
    ///
    /// # Errors
    /// [`Error::Runtime`] if the system refuses.
    pub fn new(inner: crate::Downloader) -> Result<Self, Error> {
        let n_threads = thread::available_parallelism().map_or(2, usize::from);
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(n_threads.max(2))
            .build()
            .map_err(|source| Error::Runtime { source })?;
        Ok(Self { inner, runtime })
    }

    /// As [`Downloader::fetch`](crate::Downloader::fetch).
    ///
    /// # Errors
    /// Those of it.
    pub fn fetch(
        &self,
        request: &FetchRequest,
        on_event: &(dyn Fn(&FetchEvent<'_>) + Sync),
    ) -> Result<FetchReport, Error> {
        self.runtime.block_on(self.inner.fetch(request, on_event))
    }

    /// As [`Downloader::for_each_day`](crate::Downloader::for_each_day).
    ///
    /// # Errors
    /// Those of it.
    pub fn for_each_day<E: From<Error>>(
        &self,
        request: &FetchRequest,
        on_event: &(dyn Fn(&FetchEvent<'_>) + Sync),
        on_day: &mut (dyn FnMut(FetchedDay) -> Result<(), E> + Send),
    ) -> Result<FetchReport, E> {
        self.runtime.block_on(self.inner.for_each_day(request, on_event, on_day))
    }

    /// As [`Downloader::fetch_files`](crate::Downloader::fetch_files).
    ///
    /// # Errors
    /// Those of it.
    pub fn fetch_files(
        &self,
        request: &FileRequest,
        on_event: &(dyn Fn(&FetchEvent<'_>) + Sync),
    ) -> Result<Vec<FetchedFile>, Error> {
        self.runtime.block_on(self.inner.fetch_files(request, on_event))
    }
}
