use inference::{Backend, ModelInfo, Prediction, Request, SYSTEM_PROMPT, Source, analysis_schema, user_prompt};
use serde_json::Value;
use tokio::runtime::{Builder, Handle, Runtime};

use super::chat::{Chat, Message, ModelOptions, Reply, Role};
use super::client::Ollama;
use crate::{Error, read_analysis};

/// A model on an Ollama server as an [`inference::Backend`].
///
/// It blocks, on a runtime of its own; call it from threads and not from asynchronous code ([`Error::InsideRuntime`]
/// otherwise). Each request is one chat, held to the analysis schema. What comes is read by
/// [`crate::read_analysis`]; an answer that had to be repaired says so in [`Prediction::repaired`] and in a warning
/// of the log.
///
/// # Panics
/// Dropping it inside asynchronous code panics, as dropping any runtime there does.
#[derive(Debug)]
pub struct OllamaBackend {
    ollama: Ollama,
    model: String,
    options: ModelOptions,
    schema: Value,
    info: ModelInfo,
    runtime: Runtime,
}

impl OllamaBackend {
    /// Connects and asks the server what `model` is.
    ///
    /// # Errors
    /// [`Error::ModelMissing`] if the server lacks it, and those of [`Ollama::describe`].
    pub fn connect(ollama: Ollama, model: &str, options: ModelOptions) -> Result<Self, Error> {
        outside_of_runtimes()?;
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|source| Error::Setup { source: source.into() })?;
        let described = runtime.block_on(ollama.describe(model))?;
        let info = ModelInfo {
            source: Source::Model { name: model.to_owned() },
            // A server too old to say is trusted with the images.
            reads_images: described.reads_images() != Some(false),
            details: Some(described.details.to_string()).filter(|details| !details.is_empty()),
        };
        Ok(Self { ollama, model: model.to_owned(), options, schema: analysis_schema(), info, runtime })
    }

    /// Answers one request.
    ///
    /// # Errors
    /// [`Error::NoVision`], those of [`Ollama::chat`] and [`crate::read_analysis`], and [`Error::CutOff`] if the
    /// answer ran into its length limit.
    pub fn analyse(&self, request: &Request) -> Result<Prediction, Error> {
        outside_of_runtimes()?;
        if !request.images.is_empty() && !self.info.reads_images {
            return Err(Error::NoVision { model: self.model.clone() });
        }
        let question = Message {
            role: Role::User,
            content: user_prompt(request),
            images: request.images.iter().map(|image| image.bytes().to_vec()).collect(),
        };
        let messages = [Message::system(SYSTEM_PROMPT), question];
        let chat = Chat {
            model: &self.model,
            messages: &messages,
            format: Some(&self.schema),
            options: self.options,
            think: None,
            keep_alive: None,
        };
        let reply = self.runtime.block_on(self.ollama.chat(&chat, &mut |_| ()))?;
        self.read(request, reply)
    }

    fn read(&self, request: &Request, reply: Reply) -> Result<Prediction, Error> {
        let was_cut = reply.done_reason.as_deref() == Some("length");
        let (analysis, repairs) = read_analysis(&reply.content)
            .map_err(|source| if was_cut { Error::CutOff { source: source.into() } } else { source })?;
        if !repairs.is_empty() {
            tracing::warn!(model = self.model, symbol = request.symbol, ?repairs, "the answer was repaired");
        }
        Ok(Prediction {
            analysis,
            source: self.info.source.clone(),
            raw: reply.content,
            repaired: !repairs.is_empty(),
            timings: reply.timings,
        })
    }
}

impl Backend for OllamaBackend {
    fn model(&self) -> &ModelInfo {
        &self.info
    }

    fn predict(&self, batch: &[Request], out: &mut Vec<Prediction>) -> Result<(), inference::Error> {
        for (index, request) in batch.iter().enumerate() {
            let prediction = self.analyse(request).map_err(|source| inference::Error::Request {
                index,
                backend: self.info.source.to_string(),
                source: source.into(),
            })?;
            out.push(prediction);
        }
        Ok(())
    }
}

/// A runtime cannot block inside another one.
fn outside_of_runtimes() -> Result<(), Error> {
    if Handle::try_current().is_ok() { Err(Error::InsideRuntime) } else { Ok(()) }
}
