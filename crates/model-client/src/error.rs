use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// Another library's error.
type Cause = Box<dyn StdError + Send + Sync>;

/// What can go wrong between a request to a model server and its analysis.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A text is not the address of a server.
    #[error("`{text}` is not the address of a server: {problem} (write http://127.0.0.1:11434 or host:port)")]
    Url {
        /// The text.
        text: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The HTTP client or its runtime could not be set up.
    #[error("cannot set up the HTTP client")]
    Setup {
        /// Why.
        source: Cause,
    },
    /// A blocking call was made from asynchronous code.
    #[error("a blocking backend was called inside an asynchronous runtime; call it from a thread of its own")]
    InsideRuntime,
    /// Nothing answers at the address.
    #[error("cannot connect to {url}, {attempts} times tried; is the server running (`ollama serve`)?")]
    Connect {
        /// The server's address.
        url: String,
        /// How often it was tried.
        attempts: u32,
        /// What the system answered the last time.
        source: Cause,
    },
    /// The server took too long.
    #[error("{url} took longer than {limit:?} {stage}")]
    TimedOut {
        /// The server's address.
        url: String,
        /// What it was waited for.
        stage: Stage,
        /// The limit that passed.
        limit: Duration,
    },
    /// The connection broke.
    #[error("the connection to {url} broke after {received_bytes} bytes of the answer")]
    Broken {
        /// The server's address.
        url: String,
        /// How much of the answer had come.
        received_bytes: usize,
        /// What the HTTP client found.
        source: Cause,
    },
    /// The server has no such model.
    #[error("{url} has no model `{model}`; get it with `ollama pull {model}`")]
    ModelMissing {
        /// The server's address.
        url: String,
        /// The model's name.
        model: String,
    },
    /// The server has no such route: it is no Ollama server, or a prefix is missing from its address.
    #[error("{url} does not know {path}, so it is no Ollama server (it said: {message})")]
    NotOllama {
        /// The server's address.
        url: String,
        /// The route that was asked for.
        path: &'static str,
        /// What the server said.
        message: String,
    },
    /// The server was too busy each time it was asked.
    #[error("{url} is too busy: status {status} in each of {attempts} tries ({message})")]
    Busy {
        /// The server's address.
        url: String,
        /// The last status, 429 or 503.
        status: u16,
        /// How often it was asked.
        attempts: u32,
        /// What the server said the last time.
        message: String,
    },
    /// The server refused the request or failed at it.
    #[error("{url} answered {path} with status {status}: {message}")]
    Status {
        /// The server's address.
        url: String,
        /// The route that was asked for.
        path: &'static str,
        /// The HTTP status.
        status: u16,
        /// What the server said.
        message: String,
    },
    /// The server reported an error after it had begun to answer.
    #[error("the server failed in the middle of its answer, after {received_chars} characters: {message}")]
    MidStream {
        /// What the server said.
        message: String,
        /// How much text had come.
        received_chars: usize,
    },
    /// The stream ended without its last line.
    #[error("the answer ended after {received_bytes} bytes without the line that says it is done")]
    Truncated {
        /// How much had come.
        received_bytes: usize,
    },
    /// The answer is longer than allowed.
    #[error("the answer is longer than {limit_bytes} bytes")]
    TooLong {
        /// The limit.
        limit_bytes: usize,
    },
    /// An answer does not have the documented shape.
    #[error("the answer to {path} does not have the shape of Ollama's API; it begins `{start}`")]
    Shape {
        /// The route.
        path: &'static str,
        /// The beginning of what cannot be read.
        start: String,
        /// What the JSON reader found.
        source: Cause,
    },
    /// Images were sent to a model that reads none.
    #[error("model `{model}` reads no images; send numbers only or choose a vision model")]
    NoVision {
        /// The model's name.
        model: String,
    },
    /// A text has no JSON object that could be read, even with repairs.
    #[error("no JSON object can be read from the text ({problem}); it begins `{start}`")]
    Unreadable {
        /// The beginning of the text.
        start: String,
        /// Why not.
        problem: &'static str,
    },
    /// A text has a JSON object that is no analysis.
    #[error("the text's JSON object is no analysis; it begins `{start}`")]
    NotAnAnalysis {
        /// The beginning of the text.
        start: String,
        /// What is wrong with it.
        source: Box<inference::Error>,
    },
    /// The model ran into its length limit before its answer was whole.
    #[error("the model was cut off before its answer was whole (raise `num_predict` or `num_ctx`)")]
    CutOff {
        /// What is wrong with the part that came.
        source: Box<Error>,
    },
}

/// What a server was waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// The first byte of the answer: loading the model and reading the prompt come before it.
    First,
    /// The next byte of the answer.
    Idle,
    /// The whole, retries included.
    Total,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::First => "to begin its answer",
            Self::Idle => "to go on with its answer",
            Self::Total => "in all",
        })
    }
}

/// The beginning of a text for a message: one line of 120 characters at most.
pub(crate) fn start_of(text: &str) -> String {
    let mut start: String = text.trim_start().chars().take(120).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.trim_start().chars().nth(120).is_some() {
        start.push('…');
    }
    start
}

#[cfg(test)]
mod tests {
    use super::start_of;

    #[test]
    fn a_start_is_one_short_line() {
        assert_eq!(start_of("\n I think\nBUY"), "I think BUY");
        assert_eq!(start_of(&"é".repeat(121)), format!("{}…", "é".repeat(120)));
    }
}
