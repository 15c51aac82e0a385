use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::{StreamExt, stream};

use super::ask::Asker;
use super::day::{Job, blocking};
use super::report::Tally;
use super::route::ways;
use super::{FetchEvent, FetchReport, FetchRequest, FetchedDay, RetryPolicy, Route};
use crate::source::{Datafeed, Folder, HttpOptions, JsonApi, Pace, Source, SourceSpec};
use crate::{Error, Mirror, TickSpan};

/// Fills a mirror folder from sources that are asked in order, and hands out what it gets.
///
/// ```no_run
/// use dukascopy::{Downloader, FetchRequest, HttpOptions, Mirror, default_sources};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let cache = Mirror::create("data/dukascopy")?;
/// let downloader = Downloader::new(cache, &default_sources(), None, &HttpOptions::default())?;
/// let range = "2026-11-02".parse()?.."2026-11-16".parse()?;
/// let request = FetchRequest::new("EURUSD".parse()?, range, "2026-11-22T12:00:00Z".parse()?)?;
/// let report = downloader.fetch(&request, &|_| ()).await?;
/// assert!(report.is_complete(), "{:?}", report.gaps);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Downloader {
    cache: Arc<Mirror>,
    routes: Vec<Route>,
    retry: RetryPolicy,
}

impl Downloader {
    /// A downloader into `cache`.
    ///
    /// - `sources`: asked in this order, each for what those before it did not have; see
    ///   [`default_sources`](crate::default_sources).
    /// - `base_url`: scheme and host of a mirror of one's own, instead of Dukascopy's servers, for the sources that name
    ///   none.
    ///
    /// Dukascopy's servers are asked at [`Pace::PUBLIC`], all others at [`Pace::OWN_MIRROR`].
    ///
    /// # Errors
    /// [`Error::HttpOption`] for an address or an option that cannot be used; [`Error::NoMirror`] for a folder that is not
    /// there.
    pub fn new(
        cache: Mirror,
        sources: &[SourceSpec],
        base_url: Option<&str>,
        http: &HttpOptions,
    ) -> Result<Self, Error> {
        let routes = routes(&cache, sources, base_url, http)?;
        Ok(Self::with_routes(cache, routes))
    }

    /// A downloader over sources of one's own making.
    pub fn with_routes(cache: Mirror, routes: Vec<Route>) -> Self {
        Self { cache: Arc::new(cache), routes, retry: RetryPolicy::default() }
    }

    /// The same with other patience.
    #[must_use]
    pub fn with_retry(mut self, retry: RetryPolicy) -> Self {
        self.retry = retry;
        self
    }

    /// The same with another pace for all sources.
    #[must_use]
    pub fn with_pace(mut self, pace: Pace) -> Self {
        self.routes.iter_mut().for_each(|route| route.pace = pace);
        self
    }

    /// The folder that it fills.
    pub fn cache(&self) -> &Mirror {
        &self.cache
    }

    pub(super) fn cache_arc(&self) -> &Arc<Mirror> {
        &self.cache
    }

    pub(super) fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Brings the cache up to the request, and reports every hour of it.
    ///
    /// Only hours that the cache does not have are asked for. Memory does not grow with the range. An hour that cannot be
    /// had is in the report and no error.
    ///
    /// # Errors
    /// [`Error::Write`] and [`Error::Read`] if the cache cannot be written or listed; [`Error::UnknownInstrument`] if the
    /// price scale is unknown.
    pub async fn fetch(
        &self,
        request: &FetchRequest,
        on_event: &(dyn Fn(&FetchEvent<'_>) + Sync),
    ) -> Result<FetchReport, Error> {
        self.run(request, on_event, false, &mut |_| Ok::<(), Error>(())).await
    }

    /// As [`fetch`](Self::fetch), and hands out the days with their ticks in the order of time; each file is decoded once.
    ///
    /// A few days are in memory at a time, as many as requests may run at once.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch), and what `on_day` returns, which ends the run.
    pub async fn for_each_day<E: From<Error>>(
        &self,
        request: &FetchRequest,
        on_event: &(dyn Fn(&FetchEvent<'_>) + Sync),
        on_day: &mut (dyn FnMut(FetchedDay) -> Result<(), E> + Send),
    ) -> Result<FetchReport, E> {
        self.run(request, on_event, true, on_day).await
    }

    async fn run<E: From<Error>>(
        &self,
        request: &FetchRequest,
        on_event: &(dyn Fn(&FetchEvent<'_>) + Sync),
        keeps_ticks: bool,
        on_day: &mut (dyn FnMut(FetchedDay) -> Result<(), E> + Send),
    ) -> Result<FetchReport, E> {
        let (cache, now) = (Arc::clone(&self.cache), request.now);
        blocking(move || cache.sweep(now)).await?;
        let (ways, asker) = (ways(&self.routes), self.asker(on_event));
        let scale = self.cache.scale(&request.symbol)?;
        let job = Job { request, cache: &self.cache, scale, ways: &ways, asker: &asker, keeps_ticks };
        let mut tally = Tally::new();
        let mut days = stream::iter(request.days()).map(|day| job.fetch_day(day)).buffered(self.days_ahead());
        while let Some(day) = days.next().await {
            let day = day?;
            tally.add(&day);
            if day.scale_check.is_suspect() && tally.scale_suspect.is_none() {
                tally.scale_suspect = Some(format!("{}: {}", day.day, day.scale_check));
                on_event(&FetchEvent::ScaleSuspect { day: day.day, check: &day.scale_check });
            }
            on_event(&FetchEvent::Day {
                day: day.day,
                done_hours: tally.n_hours(),
                total_hours: request.n_hours(),
                n_ticks: tally.n_ticks,
                n_requests: asker.n_requests.load(Ordering::Relaxed),
                n_bytes: asker.n_bytes.load(Ordering::Relaxed),
            });
            on_day(day)?;
        }
        drop(days);
        Ok(tally.finish(request, asker.n_requests.into_inner(), asker.n_bytes.into_inner()))
    }

    pub(super) fn asker<'a>(&self, on_event: &'a (dyn Fn(&FetchEvent<'_>) + Sync)) -> Asker<'a> {
        Asker { retry: self.retry, on_event, n_requests: AtomicU64::new(0), n_bytes: AtomicU64::new(0) }
    }

    /// With day files, each day is a request; without, a day has enough of them.
    fn days_ahead(&self) -> usize {
        let widest = self.routes.iter().map(|route| route.pace.max_in_flight).max().unwrap_or(1);
        match self.routes.first() {
            Some(route) if route.span == TickSpan::Day => widest.clamp(2, 8),
            _ => 2,
        }
    }
}

fn routes(
    cache: &Mirror,
    specs: &[SourceSpec],
    base_url: Option<&str>,
    http: &HttpOptions,
) -> Result<Vec<Route>, Error> {
    // Day and hour files of one server share its connections and pace.
    let mut feeds: BTreeMap<String, Arc<dyn Source>> = BTreeMap::new();
    let mut feed = |url: &str| -> Result<Arc<dyn Source>, Error> {
        if let Some(known) = feeds.get(url) {
            return Ok(Arc::clone(known));
        }
        let new: Arc<dyn Source> = Arc::new(Datafeed::new(url, http)?);
        feeds.insert(url.to_owned(), Arc::clone(&new));
        Ok(new)
    };
    let server = |own: &Option<String>, dukascopy: &str| match own.as_deref().or(base_url) {
        Some(url) => (url.to_owned(), Pace::OWN_MIRROR),
        None => (dukascopy.to_owned(), Pace::PUBLIC),
    };
    let mut routes = Vec::new();
    for spec in specs {
        match spec {
            SourceSpec::DayFiles { base_url: own } => {
                let (url, pace) = server(own, Datafeed::BASE_URL);
                routes.push(Route { source: feed(&url)?, span: TickSpan::Day, pace });
            }
            SourceSpec::HourFiles { base_url: own } => {
                let (url, pace) = server(own, Datafeed::BASE_URL);
                routes.push(Route { source: feed(&url)?, span: TickSpan::Hour, pace });
            }
            SourceSpec::Json { base_url: own } => {
                let (url, pace) = server(own, JsonApi::BASE_URL);
                let source = Arc::new(JsonApi::new(&url, http, cache.clone())?);
                routes.push(Route { source, span: TickSpan::Hour, pace });
            }
            SourceSpec::Folder(path) => {
                let source: Arc<dyn Source> = Arc::new(Folder::new(Mirror::open(path)?));
                let of = |span| Route { source: Arc::clone(&source), span, pace: Pace::OWN_MIRROR };
                routes.extend([TickSpan::Hour, TickSpan::Day].map(of));
            }
        }
    }
    Ok(routes)
}
