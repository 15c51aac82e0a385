use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, Url};
use tokio::time::{Instant, timeout_at};

use super::http_options::describe;
use super::{HttpOptions, Reply, SourceError};
use crate::Error;

/// No file of the feed is that long; more is an attack or a mistake.
const MAX_BODY_BYTES: usize = 64 << 20;
/// Slower than that is a stall.
const MIN_BYTES_PER_SECOND: f64 = 1_000.0;

/// A server: its address and the connections to it.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    base: Url,
    name: String,
    client: Client,
    stall_timeout: Duration,
}

impl Host {
    /// The server at `base`, of which only scheme, host, port and leading path count.
    pub(crate) fn new(base: &str, options: &HttpOptions) -> Result<Self, Error> {
        let bad = |reason: String| Error::HttpOption { option: "base address", value: base.to_owned(), reason };
        let mut url: Url = base.parse().map_err(|error| bad(describe(&error)))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad("it must start with http:// or https://".to_owned()));
        }
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        let host = url.host_str().ok_or_else(|| bad("it names no host".to_owned()))?;
        let name = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Ok(Self { name, client: options.client()?, base: url, stall_timeout: options.stall_timeout })
    }

    /// Host and port.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// One GET of the path below the base.
    pub(crate) async fn get(&self, path: &str) -> Result<Reply, SourceError> {
        let url = self.base.join(path).map_err(|error| SourceError::Connection { reason: describe(&error) })?;
        let response = self.client.get(url).send().await.map_err(|error| broken(&error))?;
        let status = response.status();
        match status {
            StatusCode::OK => {}
            StatusCode::NO_CONTENT => return Ok(Reply::Empty),
            StatusCode::NOT_FOUND | StatusCode::GONE => return Ok(Reply::NotThere),
            _ => return Err(refusal(status, response.headers())),
        }
        let body = self.body(response).await?;
        Ok(if body.is_empty() { Reply::Empty } else { Reply::Data(body) })
    }

    /// Reads a body unless it comes too slowly, which a server that drips bytes would else prolong to the time-out.
    async fn body(&self, mut response: Response) -> Result<Vec<u8>, SourceError> {
        let too_few = MIN_BYTES_PER_SECOND * self.stall_timeout.as_secs_f64();
        let (mut body, mut n_before, mut check) = (Vec::new(), 0, Instant::now() + self.stall_timeout);
        loop {
            let Ok(chunk) = timeout_at(check, response.chunk()).await else {
                if ((body.len() - n_before) as f64) < too_few {
                    return Err(SourceError::TimedOut);
                }
                (n_before, check) = (body.len(), check + self.stall_timeout);
                continue;
            };
            let Some(chunk) = chunk.map_err(|error| broken(&error))? else { return Ok(body) };
            if body.len() + chunk.len() > MAX_BODY_BYTES {
                return Err(SourceError::Damaged { reason: format!("more than {MAX_BODY_BYTES} bytes") });
            }
            body.extend_from_slice(&chunk);
        }
    }
}

fn refusal(status: StatusCode, headers: &HeaderMap) -> SourceError {
    let number = status.as_u16();
    match number {
        // 202 is what a web application firewall answers with its challenge, and no body.
        202 | 429 | 503 => SourceError::Throttled { status: number, retry_after: retry_after(headers) },
        401 | 403 | 407 | 451 => SourceError::Refused { status: number },
        _ => SourceError::Status { status: number },
    }
}

/// Seconds or an HTTP date (RFC 9110, section 10.2.3); what cannot be read counts as not there.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    #[expect(clippy::disallowed_methods, reason = "the header names a moment on the wall clock")]
    let now = SystemTime::now();
    httpdate::parse_http_date(text).ok().map(|at| at.duration_since(now).unwrap_or_default())
}

fn broken(error: &reqwest::Error) -> SourceError {
    if error.is_timeout() {
        return SourceError::TimedOut;
    }
    let cause = std::error::Error::source(error).map_or_else(|| error.to_string(), describe);
    SourceError::Connection { reason: cause }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn wait(text: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(text).unwrap());
        retry_after(&headers)
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(wait("17"), Some(Duration::from_secs(17)));
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-1"), None);
    }

    #[test]
    fn a_base_needs_scheme_and_host_and_keeps_its_path() {
        let host = |base| Host::new(base, &HttpOptions::default());
        assert_eq!(host("http://127.0.0.1:8080").unwrap().name(), "127.0.0.1:8080");
        assert_eq!(host("https://mirror.example/forex").unwrap().base.as_str(), "https://mirror.example/forex/");
        for bad in ["mirror.example", "ftp://mirror.example", "http://", ""] {
            assert!(host(bad).is_err(), "{bad}");
        }
    }
}
