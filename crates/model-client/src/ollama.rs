//! The client of an Ollama server: its settings, its wire, its stream, and the backend made of it.

mod backend;
mod chat;
mod client;
mod http;
mod models;
mod retry;
mod settings;
mod stream;
mod url;
mod wire;

pub use self::backend::OllamaBackend;
pub use self::chat::{Chat, Message, ModelOptions, Reply, Role};
pub use self::client::Ollama;
pub use self::models::{InstalledModel, ModelDescription, ModelDetails};
pub use self::retry::Retry;
pub use self::settings::{Settings, TimeOuts};
pub use self::stream::ChatReader;
pub use self::url::DEFAULT_URL;
