use serde::{Deserialize, Serialize};

use crate::{Analysis, Source};

/// An answer to one request, with who gave it and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prediction {
    /// The answer, valid.
    pub analysis: Analysis,
    /// Who made it.
    pub source: Source,
    /// What the maker wrote, word for word, before any reading.
    pub raw: String,
    /// Whether `raw` had to be repaired before it could be read: then it did not keep to the schema by itself.
    pub repaired: bool,
    /// How long it took, as far as the backend was told.
    pub timings: Timings,
}

/// What a backend was told about the work. `None`: it was not told.
///
/// Backends read no clock of their own; a caller that wants wall time measures around [`crate::Backend::predict`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timings {
    /// The whole work, in nanoseconds.
    pub total_ns: Option<u64>,
    /// Loading the model, in nanoseconds.
    pub load_ns: Option<u64>,
    /// Tokens read: text and images.
    pub prompt_tokens: Option<u64>,
    /// Reading them, in nanoseconds.
    pub prompt_ns: Option<u64>,
    /// Tokens written.
    pub output_tokens: Option<u64>,
    /// Writing them, in nanoseconds.
    pub output_ns: Option<u64>,
}

impl Timings {
    /// Tokens written in a second; `None` if either number is missing or no time passed.
    ///
    /// ```
    /// use inference::Timings;
    ///
    /// let timings = Timings { output_tokens: Some(30), output_ns: Some(1_500_000_000), ..Timings::default() };
    /// assert_eq!(timings.output_tokens_per_second(), Some(20.0));
    /// ```
    pub fn output_tokens_per_second(&self) -> Option<f64> {
        let (tokens, ns) = (self.output_tokens?, self.output_ns?);
        (ns > 0).then(|| tokens as f64 * 1e9 / ns as f64)
    }
}

/// What a backend is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelInfo {
    /// Whom its predictions name.
    pub source: Source,
    /// Whether it looks at the images of a request. One that does not refuses requests with images or says in its
    /// documentation that it ignores them.
    pub reads_images: bool,
    /// Family, size and quantisation in words, such as `qwen25vl 8.3B Q4_K_M`, where known.
    pub details: Option<String>,
}
