use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Proxy};

use crate::Error;

/// How requests are sent.
///
/// ```
/// use std::time::Duration;
/// use dukascopy::HttpOptions;
///
/// let options = HttpOptions { timeout: Duration::from_secs(120), ..HttpOptions::default() };
/// assert!(options.user_agent.starts_with("aio-dukascopy/"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpOptions {
    /// Who asks. By default this crate's name and version: servers can tell it apart and write to its authors.
    pub user_agent: String,
    /// More headers, name and value, sent with every request.
    pub headers: Vec<(String, String)>,
    /// Proxy for all requests: `http://`, `https://` or `socks5://`, with user and password if it wants them. Absent:
    /// what the environment says (`HTTPS_PROXY`, `NO_PROXY`, …).
    pub proxy: Option<String>,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for a whole answer.
    pub timeout: Duration,
    /// Longest time in which the body of an answer comes slower than 1,000 bytes a second.
    pub stall_timeout: Duration,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            user_agent: concat!("aio-dukascopy/", env!("CARGO_PKG_VERSION")).to_owned(),
            headers: Vec::new(),
            proxy: None,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_mins(1),
            stall_timeout: Duration::from_secs(10),
        }
    }
}

impl HttpOptions {
    /// A client that keeps connections open and uses them again.
    pub(crate) fn client(&self) -> Result<Client, Error> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let bad = |what: &dyn ToString| Error::HttpOption {
                option: "header",
                value: format!("{name}: {value}"),
                reason: what.to_string(),
            };
            let parsed: HeaderName = name.parse().map_err(|error| bad(&error))?;
            headers.append(parsed, HeaderValue::from_str(value).map_err(|error| bad(&error))?);
        }
        let mut builder = Client::builder()
            .user_agent(&self.user_agent)
            .default_headers(headers)
            .connect_timeout(self.connect_timeout)
            .timeout(self.timeout);
        if let Some(url) = &self.proxy {
            let proxy = Proxy::all(url).map_err(|error| Error::HttpOption {
                option: "proxy",
                value: url.clone(),
                reason: describe(&error),
            })?;
            builder = builder.proxy(proxy);
        }
        builder.build().map_err(|error| Error::HttpOption {
            option: "client",
            value: self.user_agent.clone(),
            reason: describe(&error),
        })
    }
}

/// An error and all that caused it, in one line, without the address, which the caller names.
pub(super) fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}
