use inference::Timings;

use super::chat::Reply;
use super::wire::{ChatLine, error_message};
use crate::Error;
use crate::error::start_of;

/// The route whose answer is read here.
pub(super) const PATH: &str = "/api/chat";

/// Reads the answer to `/api/chat` from its bytes, however the network cuts them.
///
/// The answer is NDJSON: one JSON object a line. Lines are split as bytes and decoded whole, so that a cut inside a
/// character does no harm.
///
/// ```
/// use model_client::ChatReader;
///
/// let bytes = "{\"message\":{\"content\":\"né\"}}\n{\"message\":{\"content\":\"e\"},\"done\":true}\n".as_bytes();
/// let mut reader = ChatReader::new(1 << 20);
/// let mut pieces = vec![];
/// for byte in bytes {
///     reader.push(&[*byte], &mut |piece| pieces.push(piece.to_owned()))?;
/// }
/// assert!(reader.is_done());
/// assert_eq!(pieces, ["né", "e"]);
/// assert_eq!(reader.finish()?.content, "née");
/// # Ok::<(), model_client::Error>(())
/// ```
#[derive(Debug)]
pub struct ChatReader {
    line: Vec<u8>,
    reply: Reply,
    is_done: bool,
    received_bytes: usize,
    max_bytes: usize,
}

impl ChatReader {
    /// A reader of an answer of at most `max_bytes`.
    pub fn new(max_bytes: usize) -> Self {
        Self { line: vec![], reply: Reply::default(), is_done: false, received_bytes: 0, max_bytes }
    }

    /// Takes the next bytes and hands each piece of text on as soon as its line is whole.
    ///
    /// Bytes after the line that says the answer is done are passed over.
    ///
    /// # Errors
    /// [`Error::MidStream`] if the server reports an error, [`Error::Shape`] for a line of another shape,
    /// [`Error::TooLong`].
    pub fn push(&mut self, bytes: &[u8], on_text: &mut dyn FnMut(&str)) -> Result<(), Error> {
        self.received_bytes += bytes.len();
        if self.received_bytes > self.max_bytes {
            return Err(Error::TooLong { limit_bytes: self.max_bytes });
        }
        let mut rest = bytes;
        while let Some(len) = rest.iter().position(|&byte| byte == b'\n') {
            self.line.extend_from_slice(&rest[..len]);
            self.take_line(on_text)?;
            rest = &rest[len + 1..];
        }
        self.line.extend_from_slice(rest);
        Ok(())
    }

    /// Whether the line that says the answer is done has come.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Bytes taken so far.
    pub fn received_bytes(&self) -> usize {
        self.received_bytes
    }

    /// Ends the answer. A last line needs no line break.
    ///
    /// # Errors
    /// [`Error::Truncated`] if it is not done, and those of [`ChatReader::push`].
    pub fn finish(mut self) -> Result<Reply, Error> {
        let is_cut_line = serde_json::from_slice::<serde_json::Value>(&self.line).is_err_and(|e| e.is_eof());
        if !is_cut_line {
            self.take_line(&mut |_| ())?;
        }
        if self.is_done { Ok(self.reply) } else { Err(Error::Truncated { received_bytes: self.received_bytes }) }
    }

    fn take_line(&mut self, on_text: &mut dyn FnMut(&str)) -> Result<(), Error> {
        let line = std::mem::take(&mut self.line);
        if self.is_done || line.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        let shape = |source: serde_json::Error| {
            let start = start_of(&String::from_utf8_lossy(&line));
            Error::Shape { path: PATH, start, source: source.into() }
        };
        let line: ChatLine = serde_json::from_slice(&line).map_err(shape)?;
        if let Some(error) = &line.error {
            let received_chars = self.reply.content.chars().count();
            return Err(Error::MidStream { message: error_message(error), received_chars });
        }
        if let Some(message) = &line.message {
            self.reply.thinking.push_str(&message.thinking);
            self.reply.content.push_str(&message.content);
            if !message.content.is_empty() {
                on_text(&message.content);
            }
        }
        if line.done {
            self.end(line);
        }
        Ok(())
    }

    fn end(&mut self, line: ChatLine) {
        self.is_done = true;
        self.reply.model = line.model.unwrap_or_default();
        self.reply.done_reason = line.done_reason;
        self.reply.timings = Timings {
            total_ns: line.total_duration,
            load_ns: line.load_duration,
            prompt_tokens: line.prompt_eval_count,
            prompt_ns: line.prompt_eval_duration,
            output_tokens: line.eval_count,
            output_ns: line.eval_duration,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::ChatReader;
    use crate::{Error, Reply};

    fn read(bytes: &[u8]) -> Result<Reply, Error> {
        let mut reader = ChatReader::new(1 << 20);
        reader.push(bytes, &mut |_| ())?;
        reader.finish()
    }

    #[test]
    fn an_error_line_is_an_error_in_both_known_forms() {
        let start = b"{\"message\":{\"content\":\"n\xc3\xa9\"}}\n".to_vec();
        for line in [r#"{"error":"out of memory"}"#, r#"{"error":{"message":"out of memory","code":500}}"#] {
            let error = read(&[&start, line.as_bytes()].concat()).unwrap_err().to_string();
            assert_eq!(error, "the server failed in the middle of its answer, after 2 characters: out of memory");
        }
    }

    #[test]
    fn an_answer_without_its_end_is_an_error() {
        for bytes in ["", "{\"message\":{\"content\":\"n\"}}\n", "{\"message\":{\"content\":\"n\"},\"do"] {
            let error = read(bytes.as_bytes()).unwrap_err().to_string();
            assert_eq!(
                error,
                format!("the answer ended after {} bytes without the line that says it is done", bytes.len())
            );
        }
    }

    #[test]
    fn takes_blank_lines_carriage_returns_and_what_comes_after_the_end() {
        let reply = read(b"\n{\"message\":{\"content\":\"a\"}}\r\n\n{\"done\":true}\nrubbish\n").unwrap();
        assert_eq!(reply.content, "a");
    }

    #[test]
    fn other_shapes_are_errors_that_show_them() {
        for line in ["data: {\"choices\":[]}", "<html>", "[1]", "{\"message\":{\"content\":7}}", "{\"a\":\"\u{fffd}"] {
            let error = read(format!("{line}\n").as_bytes()).unwrap_err();
            assert!(error.to_string().contains(&format!("it begins `{line}`")), "{error}");
        }
        assert!(matches!(read(b"{\"model\":\"\xff\"}\n"), Err(Error::Shape { .. })));
    }

    #[test]
    fn an_endless_answer_is_cut_off() {
        let mut reader = ChatReader::new(100);
        let error = (0..).find_map(|_| reader.push(b"{\"message\":", &mut |_| ()).err()).unwrap();
        assert_eq!(error.to_string(), "the answer is longer than 100 bytes");
    }
}
