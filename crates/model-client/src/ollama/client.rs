use reqwest::Client;
use serde::de::DeserializeOwned;

use super::chat::{Chat, Reply};
use super::http::{self, Call};
use super::models::{InstalledModel, ModelDescription};
use super::settings::Settings;
use super::stream::{ChatReader, PATH};
use super::url::parse_url;
use super::wire::{Show, Tags, Version, chat_body};
use crate::error::start_of;
use crate::{Error, Stage};

/// A client of one Ollama server.
///
/// Nothing is read from the environment: no proxy, no `OLLAMA_HOST`. Redirects are not followed. Every call ends
/// within its time-outs and needs a tokio runtime with time and I/O; [`crate::OllamaBackend`] brings its own.
///
/// ```no_run
/// use model_client::{Chat, DEFAULT_URL, Message, ModelOptions, Ollama, Settings};
///
/// # async fn ask() -> Result<(), model_client::Error> {
/// let ollama = Ollama::new(DEFAULT_URL, Settings::new(1))?;
/// println!("Ollama {}, {} models", ollama.version().await?, ollama.models().await?.len());
/// let messages = [Message::user("Name three chart patterns.")];
/// let options = ModelOptions::default();
/// let chat = Chat { model: "llama3.2", messages: &messages, format: None, options, think: None, keep_alive: None };
/// let reply = ollama.chat(&chat, &mut |piece| print!("{piece}")).await?;
/// println!("\n{:?} tokens/s", reply.timings.output_tokens_per_second());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Ollama {
    url: String,
    settings: Settings,
    http: Client,
}

impl Ollama {
    /// A client of the server at `url` (`http://host:port`, `host:port`, or `host` for port 11434). Nothing is sent.
    ///
    /// # Errors
    /// [`Error::Url`], [`Error::Setup`].
    pub fn new(url: &str, settings: Settings) -> Result<Self, Error> {
        Ok(Self { url: parse_url(url)?, settings, http: http::client(&settings)? })
    }

    /// The server's address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The server's version, such as `0.12.3`.
    ///
    /// # Errors
    /// [`Error::Connect`] if nothing answers, [`Error::NotOllama`] if something else does, and those of any call.
    pub async fn version(&self) -> Result<String, Error> {
        let answer: Version = self.ask("/api/version", None, None).await?;
        Ok(answer.version)
    }

    /// The models that the server has, in its order.
    ///
    /// # Errors
    /// Those of any call.
    pub async fn models(&self) -> Result<Vec<InstalledModel>, Error> {
        let answer: Tags = self.ask("/api/tags", None, None).await?;
        Ok(answer.models.into_iter().map(InstalledModel::from).collect())
    }

    /// What the server says about `model`.
    ///
    /// # Errors
    /// [`Error::ModelMissing`], and those of any call.
    pub async fn describe(&self, model: &str) -> Result<ModelDescription, Error> {
        let body = serde_json::json!({ "model": model }).to_string();
        let answer: Show = self.ask("/api/show", Some(body.as_bytes()), Some(model)).await?;
        Ok(answer.into())
    }

    /// Asks a model and hands each piece of its answer to `on_text` as it comes.
    ///
    /// # Errors
    /// [`Error::ModelMissing`]; [`Error::MidStream`], [`Error::Truncated`] and [`Error::Broken`] for an answer that
    /// does not come whole; [`Error::TimedOut`] with its stage; [`Error::Busy`]; and those of any call.
    pub async fn chat(&self, chat: &Chat<'_>, on_text: &mut dyn FnMut(&str)) -> Result<Reply, Error> {
        let body = chat_body(chat).map_err(|source| Error::Setup { source: source.into() })?;
        let call = Call { url: &self.url, path: PATH, body: Some(&body), model: Some(chat.model) };
        call.limited(Stage::Total, self.settings.time_outs.total, self.stream(&call, on_text)).await?
    }

    async fn stream(&self, call: &Call<'_>, on_text: &mut dyn FnMut(&str)) -> Result<Reply, Error> {
        let mut response = call.send(&self.http, &self.settings).await?;
        let mut reader = ChatReader::new(self.settings.max_answer_bytes);
        while !reader.is_done() {
            let Some(bytes) = call.chunk(&mut response, &self.settings, reader.received_bytes()).await? else { break };
            reader.push(&bytes, on_text)?;
        }
        let received_bytes = reader.received_bytes();
        let reply = reader.finish()?;
        tracing::debug!(url = self.url, model = reply.model, received_bytes, "answered");
        Ok(reply)
    }

    /// One request with an answer of one JSON object.
    async fn ask<T: DeserializeOwned>(
        &self,
        path: &'static str,
        body: Option<&[u8]>,
        model: Option<&str>,
    ) -> Result<T, Error> {
        let call = Call { url: &self.url, path, body, model };
        let answer = async {
            let response = call.send(&self.http, &self.settings).await?;
            call.body(response, &self.settings).await
        };
        let answer = call.limited(Stage::Total, self.settings.time_outs.total, answer).await??;
        serde_json::from_slice(&answer).map_err(|source| {
            let start = start_of(&String::from_utf8_lossy(&answer));
            Error::Shape { path, start, source: source.into() }
        })
    }
}
