//! The trait and the types of a vision-language market analyst, with their JSON Schema.
//!
//! A [`Backend`] takes [`Request`]s (symbol, charts as PNG, named numbers) and gives [`Prediction`]s: an [`Analysis`]
//! that keeps to [`analysis_schema`], and a [`Source`] that says who made it. What a language model writes is read
//! by [`parse_analysis`], which accepts exactly the documented shape and changes nothing.
//!
//! ```
//! use inference::{Action, Source, parse_analysis};
//!
//! let text = r#"{"action": "BUY", "confidence": 0.7, "reasoning": "Higher lows above the average.",
//!     "patterns": [{"name": "double bottom", "confidence": 0.6}],
//!     "levels": [{"kind": "support", "price": 1.0812}], "proposals": []}"#;
//! let analysis = parse_analysis(text)?;
//! assert_eq!(analysis.action, Action::Buy);
//! assert!(parse_analysis(&text.replace("0.7", "70")).is_err(), "a confidence is at most 1");
//! assert_eq!(Source::Rules.to_string(), "rules");
//! # Ok::<(), inference::Error>(())
//! ```
//!
//! Not here: any model, server, file or network; repair of loose JSON (`aio-model-client` has it). No features.
#![forbid(unsafe_code)]

mod analysis;
mod backend;
mod confidence;
mod error;
mod image;
mod parse;
mod prediction;
mod prompt;
mod request;
mod schema;
mod source;
mod validate;

pub use crate::analysis::{Action, Analysis, Level, LevelKind, Parameter, Pattern, Proposal};
pub use crate::backend::Backend;
pub use crate::confidence::Confidence;
pub use crate::error::Error;
pub use crate::image::ImageInput;
pub use crate::parse::parse_analysis;
pub use crate::prediction::{ModelInfo, Prediction, Timings};
pub use crate::prompt::{SYSTEM_PROMPT, user_prompt};
pub use crate::request::{Features, Request};
pub use crate::schema::analysis_schema;
pub use crate::source::Source;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
