//! Moves bytes: one request and the head of its answer, with time-outs and retries.

use std::ops::Deref;
use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Method, Response, StatusCode};
use tokio::time::timeout;

use super::Settings;
use super::wire::{ErrorText, error_text};
use crate::{Error, Stage};

/// The most bytes read of an error's body.
const MAX_ERROR_BYTES: usize = 64 << 10;

/// A request that can be sent again.
pub(super) struct Call<'a> {
    pub(super) url: &'a str,
    pub(super) path: &'static str,
    /// The body of a POST; `None` for a GET.
    pub(super) body: Option<&'a [u8]>,
    /// The model asked for, to name it where it is missing.
    pub(super) model: Option<&'a str>,
}

/// What one try came to.
enum Tried {
    Answer(Response),
    /// Nothing was done; may be tried again after at least this pause.
    Again(Error, Option<Duration>),
}

/// A client without what the environment would add: no proxy, no redirects. Connections are not kept, since between
/// two answers of a model the server may well have closed them.
pub(super) fn client(settings: &Settings) -> Result<Client, Error> {
    Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(settings.time_outs.connect)
        .pool_max_idle_per_host(0)
        .build()
        .map_err(|source| Error::Setup { source: source.into() })
}

impl Call<'_> {
    /// Sends the request until it is answered with success, and gives the answer's head.
    pub(super) async fn send(&self, client: &Client, settings: &Settings) -> Result<Response, Error> {
        let retry = settings.retry;
        let mut attempt = 1;
        loop {
            let (error, asked_pause) = match self.try_once(client, settings, attempt).await? {
                Tried::Answer(response) => return Ok(response),
                Tried::Again(error, asked_pause) => (error, asked_pause),
            };
            if attempt >= retry.attempts {
                return Err(error);
            }
            let pause = retry.pause(attempt).max(asked_pause.unwrap_or_default().min(retry.max_pause));
            tracing::warn!(url = self.url, path = self.path, attempt, ?pause, %error, "trying again");
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    async fn try_once(&self, client: &Client, settings: &Settings, attempts: u32) -> Result<Tried, Error> {
        let method = if self.body.is_some() { Method::POST } else { Method::GET };
        let mut request = client.request(method, format!("{}{}", self.url, self.path));
        if let Some(body) = self.body {
            request = request.header("content-type", "application/json").body(body.to_vec());
        }
        let response = match self.limited(Stage::First, settings.time_outs.first, request.send()).await? {
            Ok(response) => response,
            Err(source) if source.is_connect() => {
                let error = Error::Connect { url: self.url.to_owned(), attempts, source: source.without_url().into() };
                return Ok(Tried::Again(error, None));
            }
            Err(source) => return Err(self.broken(0, source)),
        };
        let status = response.status();
        if status.is_success() {
            return Ok(Tried::Answer(response));
        }
        let asked_pause = asked_pause(&response);
        let said = self.error_of(response, settings).await?;
        if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            let error =
                Error::Busy { url: self.url.to_owned(), status: status.as_u16(), attempts, message: said.message };
            return Ok(Tried::Again(error, asked_pause));
        }
        Err(self.refused(status, said))
    }

    /// The whole of an answer's body.
    pub(super) async fn body(&self, mut response: Response, settings: &Settings) -> Result<Vec<u8>, Error> {
        let mut body = vec![];
        while let Some(bytes) = self.chunk(&mut response, settings, body.len()).await? {
            body.extend_from_slice(&bytes);
            if body.len() > settings.max_answer_bytes {
                return Err(Error::TooLong { limit_bytes: settings.max_answer_bytes });
            }
        }
        Ok(body)
    }

    /// The next bytes of an answer; `None` at its end.
    pub(super) async fn chunk(
        &self,
        response: &mut Response,
        settings: &Settings,
        received_bytes: usize,
    ) -> Result<Option<impl Deref<Target = [u8]>>, Error> {
        let chunk = self.limited(Stage::Idle, settings.time_outs.idle, response.chunk()).await?;
        chunk.map_err(|source| self.broken(received_bytes, source))
    }

    /// Waits for `work` as long as `limit`.
    pub(super) async fn limited<T>(
        &self,
        stage: Stage,
        limit: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, Error> {
        timeout(limit, work).await.map_err(|_| Error::TimedOut { url: self.url.to_owned(), stage, limit })
    }

    /// What an answer without success says. A body that breaks off still says what came of it.
    async fn error_of(&self, mut response: Response, settings: &Settings) -> Result<ErrorText, Error> {
        let mut body = vec![];
        while body.len() < MAX_ERROR_BYTES {
            match self.limited(Stage::Idle, settings.time_outs.idle, response.chunk()).await? {
                Ok(Some(bytes)) => body.extend_from_slice(&bytes),
                Ok(None) | Err(_) => break,
            }
        }
        Ok(error_text(&body))
    }

    fn refused(&self, status: StatusCode, said: ErrorText) -> Error {
        let url = self.url.to_owned();
        let is_not_found = status == StatusCode::NOT_FOUND;
        match self.model {
            Some(model) if is_not_found && said.is_ollamas => Error::ModelMissing { url, model: model.to_owned() },
            _ if is_not_found => Error::NotOllama { url, path: self.path, message: said.message },
            _ => Error::Status { url, path: self.path, status: status.as_u16(), message: said.message },
        }
    }

    fn broken(&self, received_bytes: usize, source: reqwest::Error) -> Error {
        Error::Broken { url: self.url.to_owned(), received_bytes, source: source.without_url().into() }
    }
}

/// The pause that a busy server asks for, in whole seconds (RFC 9110, section 10.2.3).
fn asked_pause(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}
