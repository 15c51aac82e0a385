//! The JSON of Ollama's API, as its server's source reads and writes it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::chat::{Chat, ModelOptions, Role};

#[derive(Serialize)]
struct ChatBody<'a> {
    model: &'a str,
    messages: Vec<MessageBody<'a>>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'a Value>,
    options: OptionsBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    think: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keep_alive: Option<&'a str>,
}

#[derive(Serialize)]
struct MessageBody<'a> {
    role: &'static str,
    content: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    images: Vec<String>,
}

#[derive(Serialize)]
struct OptionsBody {
    temperature: f64,
    seed: u32,
    num_ctx: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    num_predict: Option<u32>,
}

/// The body of POST `/api/chat`.
pub(super) fn chat_body(chat: &Chat<'_>) -> Result<Vec<u8>, serde_json::Error> {
    let ModelOptions { temperature, seed, num_ctx, num_predict } = chat.options;
    let messages = chat.messages.iter().map(|message| MessageBody {
        role: match message.role {
            Role::System => "system",
            Role::User => "user",
            Role::Assistant => "assistant",
        },
        content: &message.content,
        images: message.images.iter().map(|bytes| STANDARD.encode(bytes)).collect(),
    });
    serde_json::to_vec(&ChatBody {
        model: chat.model,
        messages: messages.collect(),
        stream: true,
        format: chat.format,
        options: OptionsBody { temperature, seed, num_ctx, num_predict },
        think: chat.think,
        keep_alive: chat.keep_alive,
    })
}

/// One line of the answer to `/api/chat`. The last has `done` and the counts.
#[derive(Deserialize)]
pub(super) struct ChatLine {
    pub(super) error: Option<Value>,
    pub(super) model: Option<String>,
    pub(super) message: Option<LineMessage>,
    #[serde(default)]
    pub(super) done: bool,
    pub(super) done_reason: Option<String>,
    pub(super) total_duration: Option<u64>,
    pub(super) load_duration: Option<u64>,
    pub(super) prompt_eval_count: Option<u64>,
    pub(super) prompt_eval_duration: Option<u64>,
    pub(super) eval_count: Option<u64>,
    pub(super) eval_duration: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct LineMessage {
    #[serde(default)]
    pub(super) content: String,
    #[serde(default)]
    pub(super) thinking: String,
}

/// The answer to GET `/api/version`.
#[derive(Deserialize)]
pub(super) struct Version {
    pub(super) version: String,
}

/// The answer to GET `/api/tags`.
#[derive(Deserialize)]
pub(super) struct Tags {
    pub(super) models: Vec<Tag>,
}

#[derive(Deserialize)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) details: Details,
}

#[derive(Deserialize)]
pub(super) struct Details {
    pub(super) family: String,
    pub(super) parameter_size: String,
    pub(super) quantization_level: String,
}

/// The answer to POST `/api/show`.
#[derive(Deserialize)]
pub(super) struct Show {
    pub(super) details: Details,
    pub(super) capabilities: Option<Vec<String>>,
    #[serde(default)]
    pub(super) model_info: BTreeMap<String, Value>,
}

/// What an error says: `{"error": "text"}` from Ollama, `{"error": {"message": "text"}}` from servers of the `OpenAI`
/// family, any other text as it is.
pub(super) struct ErrorText {
    pub(super) message: String,
    /// Whether it has Ollama's own form.
    pub(super) is_ollamas: bool,
}

pub(super) fn error_text(body: &[u8]) -> ErrorText {
    let value = serde_json::from_slice::<Value>(body).ok();
    match value.as_ref().and_then(|value| value.get("error")) {
        Some(Value::String(message)) => ErrorText { message: message.clone(), is_ollamas: true },
        Some(error) => ErrorText { message: error_message(error), is_ollamas: false },
        None => ErrorText { message: crate::error::start_of(&String::from_utf8_lossy(body)), is_ollamas: false },
    }
}

/// The words of an `error` field, whatever form it has.
pub(super) fn error_message(error: &Value) -> String {
    match error.as_str().or_else(|| error.get("message").and_then(Value::as_str)) {
        Some(message) => message.to_owned(),
        None => error.to_string(),
    }
}
