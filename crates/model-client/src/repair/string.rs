use super::Repair;
use super::object::{Parser, Place, is_quote};

impl Parser<'_> {
    /// A text, from its opening quote on. A key that the end of the text cuts is not certain.
    pub(super) fn string(&mut self, place: Place) -> Result<Option<String>, &'static str> {
        let open = self.peek().ok_or("a text is missing")?;
        if open != '"' {
            self.note(Repair::Quotes);
        }
        self.at += open.len_utf8();
        let mut out = String::new();
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            if c == '\\' {
                self.escape(&mut out);
            } else if closes(open, c) {
                if self.ends_here(place) {
                    return Ok(Some(out));
                }
                if c == open || c == '"' {
                    self.note(Repair::InnerQuote);
                }
                out.push(c);
            } else {
                if c < ' ' {
                    self.note(Repair::ControlCharacter);
                }
                out.push(c);
            }
        }
        if place == Place::Key {
            return Ok(None);
        }
        self.note(Repair::Unclosed);
        Ok(Some(out))
    }

    /// What follows a backslash.
    fn escape(&mut self, out: &mut String) {
        let Some(c) = self.peek() else {
            self.note(Repair::Unclosed);
            return;
        };
        self.at += c.len_utf8();
        match c {
            '"' | '\\' | '/' => out.push(c),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'u' => self.unicode(out),
            _ => {
                self.note(Repair::Escape);
                if !is_quote(c) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }

    /// The four digits of `\uXXXX`, or two such units for a character beyond U+FFFF.
    fn unicode(&mut self, out: &mut String) {
        let Some(unit) = self.hex() else {
            if self.rest().bytes().all(|b| b.is_ascii_hexdigit()) {
                self.at = self.text.len();
                self.note(Repair::Unclosed);
            } else {
                self.note(Repair::Escape);
                out.push_str("\\u");
            }
            return;
        };
        let mut units = vec![unit];
        if (0xD800..0xDC00).contains(&unit) && self.rest().starts_with("\\u") {
            let before = self.at;
            self.at += 2;
            match self.hex() {
                Some(low) if (0xDC00..0xE000).contains(&low) => units.push(low),
                _ => self.at = before,
            }
        }
        for decoded in char::decode_utf16(units) {
            out.push(decoded.unwrap_or_else(|_| {
                self.note(Repair::Escape);
                char::REPLACEMENT_CHARACTER
            }));
        }
    }

    fn hex(&mut self) -> Option<u16> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        self.at += 4;
        u16::from_str_radix(digits, 16).ok()
    }

    /// Whether the quote just passed closes its text, judged by what follows it.
    fn ends_here(&self, place: Place) -> bool {
        let after = self.rest();
        let next = after.trim_start();
        let breaks_line = after[..after.len() - next.len()].contains('\n');
        match (next.chars().next(), place) {
            (None | Some('}' | ']' | ':'), _) | (_, Place::Key) | (Some(','), Place::Item) => true,
            (Some(','), Place::Member) => {
                let next = next[1..].trim_start();
                next.starts_with(['}', '/']) || next.is_empty() || begins_key(next)
            }
            (Some('/'), _) => next.starts_with("//") || next.starts_with("/*"),
            (Some('`'), _) => next.starts_with("```"),
            (Some(c), Place::Item) => is_quote(c),
            (Some(_), Place::Member) => breaks_line && begins_key(next) || is_quoted_key(next, false),
        }
    }
}

/// Whether `c` may close a text that `open` opened. Typographic quotes come in several pairings.
fn closes(open: char, c: char) -> bool {
    match open {
        '“' | '”' | '„' => matches!(c, '“' | '”' | '"'),
        '‘' | '’' => matches!(c, '‘' | '’'),
        _ => c == open,
    }
}

/// Whether an entry of an object begins here, even if the end of the text cuts its key.
fn begins_key(text: &str) -> bool {
    let after_word = text.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
    let is_word = after_word.len() < text.len();
    let after_word = after_word.trim_start();
    is_word && (after_word.is_empty() || after_word.starts_with(':')) || is_quoted_key(text, true)
}

/// Whether a quoted run of one line with a colon behind it begins here; if `may_be_cut`, the text may end before.
fn is_quoted_key(text: &str, may_be_cut: bool) -> bool {
    let mut chars = text.chars();
    let Some(open) = chars.next().filter(|&c| is_quote(c)) else { return false };
    while let Some(c) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if closes(open, c) {
            let after = chars.as_str().trim_start();
            return after.starts_with(':') || may_be_cut && after.is_empty();
        } else if c == '\n' {
            return false;
        }
    }
    may_be_cut
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::Repair::{self, ControlCharacter, Dropped, Escape, InnerQuote, MissingComma, Quotes, Unclosed};
    use crate::repair_json;

    fn check(text: &str, value: &serde_json::Value, repairs: &[Repair]) {
        let repaired = repair_json(text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((&repaired.value, repaired.repairs.as_slice()), (value, repairs), "{text}");
    }

    #[test]
    fn reads_quotes_of_all_kinds() {
        let value = json!({"a": "don't", "b": "x"});
        for text in [
            "{'a': 'don't', 'b': 'x'}",
            "{“a”: “don't”, “b”: “x”}",
            "{„a“: „don't“, „b“: „x“}",
            "{`a`: `don't`, `b`: `x`}",
        ] {
            let repaired = repair_json(text).unwrap();
            assert_eq!(repaired.value, value, "{text}");
            assert_eq!(repaired.repairs[0], Quotes);
        }
    }

    #[test]
    fn keeps_quotes_that_stand_inside_a_text() {
        let text = "{\"a\": \"the \"hammer\", a reversal, says \"buy\"\", \"b\": 1}";
        check(text, &json!({"a": "the \"hammer\", a reversal, says \"buy\"", "b": 1}), &[InnerQuote]);
    }

    #[test]
    fn reads_escapes_that_json_has_and_names_those_that_it_has_not() {
        check(r#"{"a": "\u20ac\ud83d\ude00\/\b"}"#, &json!({"a": "€😀/\u{8}"}), &[]);
        check(r#"{"a": "it\'s \alpha"}"#, &json!({"a": "it's \\alpha"}), &[Escape]);
        check(r#"{"a": "\u12, \uzzzz"}"#, &json!({"a": "\\u12, \\uzzzz"}), &[Escape]);
        check(r#"{"a": "\ud83d!"}"#, &json!({"a": "\u{fffd}!"}), &[Escape]);
    }

    #[test]
    fn reads_bare_line_breaks_and_missing_commas() {
        check("{\"a\": \"x\ny\"}", &json!({"a": "x\ny"}), &[ControlCharacter]);
        check("{\"a\": \"x\"\n\"b\": 1}", &json!({"a": "x", "b": 1}), &[MissingComma]);
        check("{\"a\": [\"x\" \"y\"] \"b\": 1}", &json!({"a": ["x", "y"], "b": 1}), &[MissingComma]);
    }

    #[test]
    fn closes_a_text_that_the_end_cut_and_leaves_out_a_key() {
        check("{\"a\": \"half a sen", &json!({"a": "half a sen"}), &[Unclosed]);
        check("{\"a\": \"x\", \"half a k", &json!({"a": "x"}), &[Dropped, Unclosed]);
        check("{\"a\": \"x\", \"key\"", &json!({"a": "x"}), &[Dropped, Unclosed]);
        check("{\"a\": \"x\", \"key\":", &json!({"a": "x"}), &[Dropped, Unclosed]);
        check("{\"a\": \"tail \\u20", &json!({"a": "tail "}), &[Unclosed]);
    }
}
