use std::error::Error as StdError;

/// What can go wrong between a request and its prediction.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A number is not a confidence.
    #[error("confidence {value} is not between 0 and 1")]
    Confidence {
        /// The number.
        value: f64,
    },
    /// A text is not one JSON object of the analysis schema.
    #[error("the text is not an analysis (line {line}, column {column})")]
    NotAnAnalysis {
        /// Line of the first fault, from 1.
        line: usize,
        /// Column of the first fault in bytes, from 1.
        column: usize,
        /// What the JSON reader found.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// An analysis has the right shape and a wrong value.
    #[error("`{path}` of the analysis {problem}")]
    Value {
        /// The field, such as `levels[2].price`.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Bytes are not a PNG image.
    #[error("{len_bytes} bytes are not a PNG image: {problem}")]
    Image {
        /// Length of the data.
        len_bytes: usize,
        /// What is wrong with them.
        problem: &'static str,
    },
    /// A named number cannot be a feature.
    #[error("feature `{name}` = {value} {problem}")]
    Feature {
        /// Its name.
        name: String,
        /// Its value.
        value: f64,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A request lacks numbers that the backend decides from.
    #[error("the request lacks the features {}", .names.join(", "))]
    MissingFeatures {
        /// Their names, in the order of the backend's documentation.
        names: Vec<&'static str>,
    },
    /// A text is not the label of a source.
    #[error("`{text}` is not the label of a source (`rules` or `model:NAME`)")]
    Source {
        /// The text.
        text: String,
    },
    /// One request of a batch failed; those before it have their predictions.
    #[error("request {index} of the batch failed in {backend}")]
    Request {
        /// Position in the batch, from 0.
        index: usize,
        /// Label of the backend's source.
        backend: String,
        /// Why.
        source: Box<dyn StdError + Send + Sync>,
    },
}
