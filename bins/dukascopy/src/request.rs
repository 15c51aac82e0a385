//! From arguments to a request and a downloader.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use dukascopy::{
    Downloader, FetchRequest, HttpOptions, Mirror, Pace, RetryPolicy, SourceSpec, blocking, default_sources,
};
use market::{Timeframe, UnixNanos};

use crate::args::{GapArgs, InputArgs, RangeArgs, SourceArgs};

const DEFAULT_DAYS: u32 = 14;
const DEFAULT_CACHE: &str = "data/dukascopy";

/// The present.
#[expect(clippy::disallowed_methods, reason = "a program may read the clock")]
pub(crate) fn now() -> Result<UnixNanos> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?;
    Ok(UnixNanos(i64::try_from(since.as_nanos()).context("the clock stands after 2261")?))
}

/// The request that the arguments name.
pub(crate) fn request(range: &RangeArgs, gaps: &GapArgs, now: UnixNanos) -> Result<FetchRequest> {
    if dukascopy::instrument(range.instrument.as_str()).is_none() {
        let similar: Vec<_> =
            dukascopy::similar_instruments(range.instrument.as_str(), 5).iter().map(|info| info.symbol).collect();
        bail!("{} is not in the instrument table; similar names are {}", range.instrument, similar.join(", "));
    }
    let to = range.to.unwrap_or_else(|| Timeframe::D1.floor(now));
    let days = i64::from(range.days.unwrap_or(DEFAULT_DAYS));
    let from = range.from.unwrap_or(UnixNanos(to.0.saturating_sub(days * UnixNanos::PER_DAY)));
    let mut request = FetchRequest::new(range.instrument.clone(), from..to, now)?;
    request.accept_empty = gaps.accept_empty;
    let starts = dukascopy::instrument(range.instrument.as_str()).and_then(|info| info.history.ticks);
    if let Some(start) = starts.filter(|start| *start > from) {
        tracing::warn!("ticks of {} are known to start at {start}, later than {from}", range.instrument);
    }
    Ok(request)
}

/// A downloader into `folder`, which is made if it is not there.
pub(crate) fn downloader(folder: &Path, sources: &SourceArgs) -> Result<blocking::Downloader> {
    let cache = Mirror::create(folder)?;
    let list: Vec<SourceSpec> = if sources.sources.is_empty() { default_sources() } else { sources.sources.clone() };
    let mut downloader = Downloader::new(cache, &list, sources.base_url.as_deref(), &http(sources)?)?;
    downloader = downloader.with_retry(retry(sources));
    if sources.max_in_flight.is_some() || sources.max_rate.is_some() {
        let usual = if sources.base_url.is_some() { Pace::OWN_MIRROR } else { Pace::PUBLIC };
        downloader = downloader.with_pace(Pace {
            max_in_flight: sources.max_in_flight.map_or(usual.max_in_flight, usize::from),
            max_per_second: sources.max_rate.or(usual.max_per_second),
            ..usual
        });
    }
    Ok(blocking::Downloader::new(downloader)?)
}

/// What reads the ticks: a folder as it is, or a cache that is filled.
pub(crate) fn input(input: &InputArgs) -> Result<blocking::Downloader> {
    match &input.mirror {
        Some(folder) => offline(folder),
        None => downloader(folder(input), &input.sources),
    }
}

/// The folder that is read.
pub(crate) fn folder(input: &InputArgs) -> &Path {
    let given = input.mirror.as_deref().or(input.cache.as_deref());
    given.unwrap_or(Path::new(DEFAULT_CACHE))
}

/// What reads a folder and asks nobody.
pub(crate) fn offline(folder: &Path) -> Result<blocking::Downloader> {
    let mirror = Mirror::open(PathBuf::from(folder))?;
    Ok(blocking::Downloader::new(Downloader::with_routes(mirror, Vec::new()))?)
}

fn http(sources: &SourceArgs) -> Result<HttpOptions> {
    let mut options = HttpOptions { proxy: sources.proxy.clone(), ..HttpOptions::default() };
    if let Some(user_agent) = &sources.user_agent {
        options.user_agent.clone_from(user_agent);
    }
    if let Some(seconds) = sources.timeout {
        options.timeout = Duration::from_secs_f64(seconds);
        options.stall_timeout = options.stall_timeout.min(options.timeout);
    }
    for header in &sources.header {
        let (name, value) = header.split_once(':').with_context(|| format!("--header `{header}` has no colon"))?;
        options.headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    Ok(options)
}

fn retry(sources: &SourceArgs) -> RetryPolicy {
    let usual = RetryPolicy::default();
    RetryPolicy {
        attempts: sources.attempts.unwrap_or(usual.attempts),
        first_wait: sources.retry_wait.map_or(usual.first_wait, Duration::from_secs_f64),
        ..usual
    }
}
