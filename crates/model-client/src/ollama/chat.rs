use inference::Timings;
use serde_json::Value;

/// One chat request.
///
/// ```
/// use model_client::{Chat, Message, ModelOptions};
///
/// let messages = [Message::user("What does an RSI of 27 say?")];
/// let chat = Chat {
///     model: "qwen2.5vl:7b",
///     messages: &messages,
///     format: None,
///     options: ModelOptions::default(),
///     think: None,
///     keep_alive: None,
/// };
/// assert_eq!(chat.options.seed, 0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Chat<'a> {
    /// The model's name, such as `qwen2.5vl:7b`.
    pub model: &'a str,
    /// What was said, oldest first.
    pub messages: &'a [Message],
    /// The JSON Schema that the answer must keep to; `None` for free text.
    pub format: Option<&'a Value>,
    /// How the model runs.
    pub options: ModelOptions,
    /// Whether a model that can think does; `None` leaves it to the model. Models that cannot refuse `Some(true)`.
    pub think: Option<bool>,
    /// How long the server keeps the model loaded, such as `10m`, or `-1` for ever; `None` leaves it to the server.
    pub keep_alive: Option<&'a str>,
}

/// Something said in a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who says it.
    pub role: Role,
    /// The words.
    pub content: String,
    /// Images that go with them, as the bytes of PNG or JPEG files.
    pub images: Vec<Vec<u8>>,
}

impl Message {
    /// What the model is told before anything else.
    pub fn system(content: &str) -> Self {
        Self { role: Role::System, content: content.to_owned(), images: vec![] }
    }

    /// A question without images.
    pub fn user(content: &str) -> Self {
        Self { role: Role::User, content: content.to_owned(), images: vec![] }
    }
}

/// Who speaks in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The frame of the chat.
    System,
    /// The one who asks.
    User,
    /// The model.
    Assistant,
}

/// How a model runs. The defaults make equal requests give equal answers on one machine and server version.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModelOptions {
    /// How freely words are drawn, 0 (always the likeliest, the default) and up.
    pub temperature: f64,
    /// Seeds the draws; 0 by default.
    pub seed: u32,
    /// Tokens that the prompt, its images and the answer may take together. 8192 by default and always sent: with the
    /// server's own, often smaller number a long prompt is cut without a word.
    pub num_ctx: u32,
    /// The most tokens written; `None` for the server's own limit. An answer that reaches it is an error.
    pub num_predict: Option<u32>,
}

impl Default for ModelOptions {
    fn default() -> Self {
        Self { temperature: 0.0, seed: 0, num_ctx: 8192, num_predict: None }
    }
}

/// A whole answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The model that answered, as the server calls it.
    pub model: String,
    /// The text.
    pub content: String,
    /// What a thinking model thought before, where the server keeps it apart.
    pub thinking: String,
    /// Why it ended: `stop`, or `length` if it ran into a limit. Old servers do not say.
    pub done_reason: Option<String>,
    /// How long it took by the server's clock.
    pub timings: Timings,
}
