use serde_json::{Number, Value};

use super::Repair;
use super::object::Parser;

const WORDS: [&str; 6] = ["true", "false", "null", "True", "False", "None"];
const NON_FINITE: [&str; 5] = ["NaN", "nan", "Infinity", "inf", "Inf"];

impl Parser<'_> {
    /// A number. One that touches the end of the text may have been cut and is not certain.
    pub(super) fn number(&mut self) -> Result<Option<Value>, &'static str> {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_alphanumeric() && !"+-._%".contains(c)).unwrap_or(rest.len());
        let token = &rest[..len];
        self.at += len;
        if len == rest.len() {
            return Ok(None);
        }
        if let Ok(number) = serde_json::from_str::<Number>(token) {
            return Ok(Some(Value::Number(number)));
        }
        let (sign, digits) = match token.strip_prefix(['-', '+']) {
            Some(digits) => (if token.starts_with('-') { "-" } else { "" }, digits),
            None => ("", token),
        };
        if NON_FINITE.contains(&digits) {
            self.note(Repair::NonFinite);
            return Ok(Some(Value::Null));
        }
        let mut digits = digits.to_owned();
        if digits.starts_with('.') {
            digits.insert(0, '0');
        }
        if digits.ends_with('.') {
            digits.push('0');
        }
        let number = serde_json::from_str::<Number>(&format!("{sign}{digits}")).map_err(|_| "a number is malformed")?;
        self.note(Repair::NumberForm);
        Ok(Some(Value::Number(number)))
    }

    /// A word that stands for a value.
    pub(super) fn literal(&mut self) -> Result<Option<Value>, &'static str> {
        let word = self.word();
        let value = match word {
            "true" | "True" => Value::Bool(true),
            "false" | "False" => Value::Bool(false),
            "null" | "None" => Value::Null,
            _ if NON_FINITE.contains(&word) => {
                self.note(Repair::NonFinite);
                Value::Null
            }
            _ if self.rest().is_empty() && is_begun(word) => return Ok(None),
            _ => return Err("a value has no quotes"),
        };
        if word.starts_with(['T', 'F']) || word == "None" {
            self.note(Repair::Literal);
        }
        Ok(Some(value))
    }
}

/// Whether `word` is the beginning of a word that stands for a value.
fn is_begun(word: &str) -> bool {
    WORDS.iter().chain(&NON_FINITE).any(|whole| whole.starts_with(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::Repair::{Dropped, Literal, NonFinite, NumberForm, Unclosed};
    use crate::repair_json;

    #[test]
    fn reads_the_words_and_numbers_of_other_languages() {
        for (text, value, repair) in [
            ("True", json!(true), Literal),
            ("False", json!(false), Literal),
            ("None", json!(null), Literal),
            ("NaN", json!(null), NonFinite),
            ("-Infinity", json!(null), NonFinite),
            ("+1", json!(1), NumberForm),
            (".5", json!(0.5), NumberForm),
            ("-.5", json!(-0.5), NumberForm),
            ("1.", json!(1.0), NumberForm),
        ] {
            let repaired = repair_json(&format!("{{\"a\": {text}}}")).unwrap();
            assert_eq!((&repaired.value["a"], repaired.repairs), (&value, vec![repair]), "{text}");
        }
    }

    #[test]
    fn leaves_out_what_the_end_may_have_cut() {
        for cut in ["1.08", "1", "-", "1e", "tru", "fals", "nul", "Tr", "Na"] {
            let repaired = repair_json(&format!("{{\"a\": 1, \"b\": {cut}")).unwrap();
            assert_eq!((repaired.value, repaired.repairs), (json!({"a": 1}), vec![Dropped, Unclosed]), "{cut}");
        }
    }

    #[test]
    fn keeps_a_word_that_is_whole_at_the_end() {
        let repaired = repair_json("{\"a\": [true").unwrap();
        assert_eq!((repaired.value, repaired.repairs), (json!({"a": [true]}), vec![Unclosed]));
    }
}
