//! Clients of model servers behind one analyst trait, with a labelled rule-based backend.
//!
//! - [`Ollama`] speaks to an Ollama server: streamed chat with images and a JSON Schema, time-outs for each stage,
//!   bounded retries, errors in mid-stream. [`OllamaBackend`] makes an [`inference::Backend`] of it.
//! - [`read_analysis`] reads what a model wrote; [`repair_json`] mends loose JSON and names every change it made.
//! - [`RulesBackend`] decides by four published rules. Everything it touches is labelled `rules`.
//!
//! ```
//! use inference::{Action, Backend, Request};
//! use model_client::{RulesBackend, read_analysis};
//!
//! let (analysis, repairs) = read_analysis(
//!     "<think>Oversold.</think>Here you are:\n```json\n{'action': 'BUY', 'confidence': 0.6, 'reasoning': 'Low RSI.', \
//!      'patterns': [], 'levels': [], 'proposals': [],}\n```",
//! )?;
//! assert_eq!(analysis.action, Action::Buy);
//! assert!(!repairs.is_empty(), "never repaired in silence");
//!
//! let mut request = Request::new("EURUSD", "M5");
//! for (name, value) in RulesBackend::FEATURES.iter().zip([1.02, 25.0, 0.001, 1.01, 1.00, 1.05, 1.03]) {
//!     request.features.push(name, value)?;
//! }
//! let mut out = vec![];
//! RulesBackend::new().predict(&[request], &mut out)?;
//! assert_eq!(out[0].source.to_string(), "rules");
//! assert_eq!(out[0].analysis.action, Action::Buy);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Not here: starting servers, downloading models, prompts (`aio-inference` has them), choosing between backends.
//! No features.
#![forbid(unsafe_code)]

mod analysis;
mod error;
mod ollama;
mod repair;
mod rules;

pub use crate::analysis::read_analysis;
pub use crate::error::{Error, Stage};
pub use crate::ollama::{
    Chat, ChatReader, DEFAULT_URL, InstalledModel, Message, ModelDescription, ModelDetails, ModelOptions, Ollama,
    OllamaBackend, Reply, Retry, Role, Settings, TimeOuts,
};
pub use crate::repair::{Repair, Repaired, repair_json};
pub use crate::rules::RulesBackend;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
