//! Loose JSON, as language models write it, to the value it plainly means. What is not plain is an error.

mod literal;
mod object;
mod string;
mod surroundings;

use std::fmt;

use serde_json::Value;

use self::object::Parser;
use crate::Error;
use crate::error::start_of;

/// A change that was made to read a text as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Repair {
    /// A `<think>…</think>` part was left out.
    Thinking,
    /// A Markdown code fence was taken off.
    Fence,
    /// Text before the object was left out.
    LeadingText,
    /// Text after the object was left out.
    TrailingText,
    /// Single, typographic or back quotes were read as quotes.
    Quotes,
    /// A key had no quotes.
    UnquotedKey,
    /// A quote inside a text had no backslash.
    InnerQuote,
    /// A backslash stood before something that takes none.
    Escape,
    /// A line break or tab stood in a text as it is.
    ControlCharacter,
    /// A comma stood before a closing bracket.
    TrailingComma,
    /// A comma was missing between two entries.
    MissingComma,
    /// A comment was left out.
    Comment,
    /// `True`, `False` or `None` were read as JSON's words.
    Literal,
    /// NaN or an infinity was read as null, for JSON has none.
    NonFinite,
    /// A number was written as JSON does not allow: `+1`, `.5`, `1.`.
    NumberForm,
    /// The text ended before its brackets and quotes were closed.
    Unclosed,
    /// The last key, word or number was left out, because the end of the text may have cut it.
    Dropped,
}

impl Repair {
    /// Its name in logs: `trailing_comma`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Thinking => "thinking",
            Self::Fence => "fence",
            Self::LeadingText => "leading_text",
            Self::TrailingText => "trailing_text",
            Self::Quotes => "quotes",
            Self::UnquotedKey => "unquoted_key",
            Self::InnerQuote => "inner_quote",
            Self::Escape => "escape",
            Self::ControlCharacter => "control_character",
            Self::TrailingComma => "trailing_comma",
            Self::MissingComma => "missing_comma",
            Self::Comment => "comment",
            Self::Literal => "literal",
            Self::NonFinite => "non_finite",
            Self::NumberForm => "number_form",
            Self::Unclosed => "unclosed",
            Self::Dropped => "dropped",
        }
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A JSON object and what was changed to read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Repaired {
    /// The object, not empty.
    pub value: Value,
    /// Each kind of change once, in the order met; empty if the text was JSON.
    pub repairs: Vec<Repair>,
}

/// How many `{` are tried as the beginning of the object, so that a text of brackets costs little.
const MAX_BEGINNINGS: usize = 64;

/// Finds the one JSON object in `text` and mends its form.
///
/// Every [`Repair`] has one plain meaning. Nothing is guessed: a number, word or key that the end of the text may
/// have cut is left out; a key that comes twice, a second object, a bracket of the wrong kind or a value without
/// quotes is an error.
///
/// ```
/// use model_client::{Repair, repair_json};
///
/// let repaired = repair_json(r#"{"price": 1.08, "seen": ["flag",], "target": 1.0"#)?;
/// assert_eq!(repaired.value, serde_json::json!({"price": 1.08, "seen": ["flag"]}));
/// assert_eq!(repaired.repairs, [Repair::TrailingComma, Repair::Dropped, Repair::Unclosed]);
/// # Ok::<(), model_client::Error>(())
/// ```
///
/// # Errors
/// [`Error::Unreadable`] with the beginning of the text.
pub fn repair_json(text: &str) -> Result<Repaired, Error> {
    let unreadable = |problem| Error::Unreadable { start: start_of(text), problem };
    let mut repairs = vec![];
    let answer = surroundings::after_thinking(text, &mut repairs).map_err(unreadable)?;
    let found = first_object(answer).map_err(unreadable)?;
    surroundings::note_before(&answer[..found.begin], &mut repairs);
    merge(&mut repairs, &found.repairs);
    let after = &answer[found.end..];
    if first_object(after).is_ok() {
        return Err(unreadable("it has several objects"));
    }
    surroundings::note_after(after, &mut repairs);
    Ok(Repaired { value: found.value, repairs })
}

/// An object and where it stands.
struct Found {
    value: Value,
    begin: usize,
    end: usize,
    repairs: Vec<Repair>,
}

fn first_object(text: &str) -> Result<Found, &'static str> {
    let mut problem = "it has no `{`";
    for (n, (begin, _)) in text.match_indices('{').take(MAX_BEGINNINGS).enumerate() {
        let mut parser = Parser::new(text, begin);
        match parser.object() {
            Ok(map) if !map.is_empty() => {
                let (end, repairs) = parser.finish();
                return Ok(Found { value: Value::Object(map), begin, end, repairs });
            }
            Ok(_) if n == 0 => problem = "its object is empty",
            Err(first) if n == 0 => problem = first,
            _ => {}
        }
    }
    Err(problem)
}

fn merge(repairs: &mut Vec<Repair>, more: &[Repair]) {
    for &repair in more {
        note(repairs, repair);
    }
}

fn note(repairs: &mut Vec<Repair>, repair: Repair) {
    if !repairs.contains(&repair) {
        repairs.push(repair);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Repair::{self, *};
    use super::repair_json;

    fn repaired(text: &str) -> (Value, Vec<Repair>) {
        let repaired = repair_json(text).unwrap_or_else(|error| panic!("{error}"));
        (repaired.value, repaired.repairs)
    }

    fn problem(text: &str) -> String {
        repair_json(text).unwrap_err().to_string()
    }

    #[test]
    fn leaves_json_alone() {
        let text = r#" {"a": [1, -2.5e3, "x\n\u00e9\ud83d\ude00\"</think>```"], "b": {"c": null, "d": true}} "#;
        assert_eq!(repaired(text), (serde_json::from_str(text).unwrap(), vec![]));
    }

    #[test]
    fn takes_the_object_out_of_its_surroundings() {
        let a = json!({"a": 1});
        for (text, repairs) in [
            ("```json\n{\"a\": 1}\n```", vec![Fence]),
            ("```\n{\"a\": 1}", vec![Fence]),
            ("Here:\n```json\n{\"a\": 1}\n```\nGood luck!", vec![LeadingText, Fence, TrailingText]),
            ("Answer: {\"a\": 1}", vec![LeadingText]),
            ("{\"a\": 1} I hope this helps {smile}.", vec![TrailingText]),
            ("I weigh {RSI} and {}: {\"a\": 1}", vec![LeadingText]),
            ("<think>maybe {\"a\": 2}</think>\n{\"a\": 1}", vec![Thinking]),
            ("<thinking>x</thinking>```json\n{\"a\": 1}\n```", vec![Thinking, Fence]),
            ("maybe {\"a\": 2}\n</think>\n{\"a\": 1}", vec![Thinking]),
            ("\u{feff}{\"a\": 1}", vec![LeadingText]),
        ] {
            assert_eq!(repaired(text), (a.clone(), repairs), "{text}");
        }
    }

    #[test]
    fn refuses_what_has_no_one_meaning() {
        for (text, why) in [
            ("", "it has no `{`"),
            ("BUY", "it has no `{`"),
            ("{}", "its object is empty"),
            ("<think>{\"a\": 1}", "its thinking never ends"),
            ("{\"a\": 1} or {\"a\": 2}", "it has several objects"),
            ("[{\"a\": 1}, {\"a\": 2}]", "it has several objects"),
            ("{\"a\": 1, \"a\": 2}", "a key comes twice"),
            ("{\"a\": 70%}", "a number is malformed"),
            ("{\"a\": 1,234.5}", "a key is missing"),
            ("{\"a\": 1e999}", "a number is malformed"),
            ("{\"a\": 007}", "a number is malformed"),
            ("{\"a\": BUY}", "a value has no quotes"),
            ("{\"a\": [1}", "a bracket closes the wrong kind"),
            ("{\"a\" 1}", "a key has no colon"),
            ("{\"a\": , \"b\": 1}", "a value is missing"),
            ("{\"a\": \"BUY, \"confidence\": 0.7}", "a key is missing"),
        ] {
            let text = problem(text);
            assert!(text.contains(&format!("({why})")), "{why} | {text}");
        }
    }

    #[test]
    fn a_text_of_brackets_costs_little_and_reads_as_nothing() {
        assert!(problem(&"{\"a\":".repeat(10_000)).contains("brackets nest too deep"));
        assert!(problem(&"{".repeat(1_000_000)).contains("a key is missing"));
        assert!(repaired(&"{a:\"".repeat(100_000)).1.contains(&Unclosed));
    }
}
