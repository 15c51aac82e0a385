use std::fmt;

use super::wire::{Details, Show, Tag};

/// A model that a server has, from `/api/tags`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstalledModel {
    /// Its name with tag, such as `qwen2.5vl:7b`.
    pub name: String,
    /// Its size on disk.
    pub size_bytes: u64,
    /// What it is.
    pub details: ModelDetails,
}

/// What a model is, in the server's words. A field may be empty where the server does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelDetails {
    /// Its architecture, such as `qwen25vl`.
    pub family: String,
    /// Its number of parameters, such as `8.3B`.
    pub parameter_size: String,
    /// How its weights are stored, such as `Q4_K_M`.
    pub quantization: String,
}

/// The three, with a space between.
impl fmt::Display for ModelDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [&self.family, &self.parameter_size, &self.quantization].map(String::as_str);
        f.write_str(words.join(" ").trim())
    }
}

/// What a server says about one model, from `/api/show`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelDescription {
    /// What it is.
    pub details: ModelDetails,
    /// What it can do, such as `completion`, `vision`, `thinking`; `None` from servers too old to say.
    pub capabilities: Option<Vec<String>>,
    /// The longest context it was trained for, in tokens, where known.
    pub context_tokens: Option<u64>,
}

impl ModelDescription {
    /// Whether it reads images; `None` if the server does not say.
    pub fn reads_images(&self) -> Option<bool> {
        self.capabilities.as_ref().map(|all| all.iter().any(|one| one == "vision"))
    }
}

impl From<Details> for ModelDetails {
    fn from(details: Details) -> Self {
        let Details { family, parameter_size, quantization_level } = details;
        Self { family, parameter_size, quantization: quantization_level }
    }
}

impl From<Tag> for InstalledModel {
    fn from(tag: Tag) -> Self {
        Self { name: tag.name, size_bytes: tag.size, details: tag.details.into() }
    }
}

impl From<Show> for ModelDescription {
    fn from(show: Show) -> Self {
        let architecture = show.model_info.get("general.architecture").and_then(|value| value.as_str());
        let context_tokens = architecture
            .and_then(|name| show.model_info.get(&format!("{name}.context_length")))
            .and_then(serde_json::Value::as_u64);
        Self { details: show.details.into(), capabilities: show.capabilities, context_tokens }
    }
}
