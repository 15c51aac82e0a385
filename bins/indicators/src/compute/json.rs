use std::io::Write;

use anyhow::{Result, ensure};

/// A value of the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    /// There is none.
    Null,
    /// A number, a truth value or a text: what it looks like.
    Plain(&'a str),
    /// A text, whatever it looks like.
    Text(&'a str),
}

/// Writes rows as objects, one a line.
#[derive(Debug)]
pub(crate) struct JsonLines {
    /// `{"time":` and `,"close":`, for each column of the input.
    keys: Vec<String>,
    /// The same for each that is added.
    added: Vec<String>,
}

impl JsonLines {
    /// Refuses names that two columns have: most readers of JSON drop all but one of them.
    pub(crate) fn new(names: &[String], added: &[String]) -> Result<Self> {
        for (at, name) in names.iter().enumerate() {
            ensure!(!names[..at].contains(name), "two columns are called `{name}`, which JSON cannot tell apart");
        }
        let key = |(at, name): (usize, &String)| {
            let name = serde_json::Value::from(name.as_str());
            format!("{}{name}:", if at == 0 { '{' } else { ',' })
        };
        let mut keys: Vec<String> = names.iter().chain(added).enumerate().map(key).collect();
        let added = keys.split_off(names.len());
        Ok(Self { keys, added })
    }

    /// Writes a row; a plain cell that is a number of JSON is written as it is.
    pub(crate) fn write<'a>(
        &self,
        sink: &mut impl Write,
        cells: impl Iterator<Item = Cell<'a>>,
        values: &[f64],
    ) -> Result<()> {
        for (key, cell) in self.keys.iter().zip(cells) {
            sink.write_all(key.as_bytes())?;
            match cell {
                Cell::Null => sink.write_all(b"null")?,
                Cell::Plain(literal) if is_literal(literal) => sink.write_all(literal.as_bytes())?,
                Cell::Plain(text) | Cell::Text(text) => serde_json::to_writer(&mut *sink, text)?,
            }
        }
        for (key, &value) in self.added.iter().zip(values) {
            sink.write_all(key.as_bytes())?;
            if value.is_finite() {
                write!(sink, "{value}")?;
            } else {
                sink.write_all(b"null")?;
            }
        }
        Ok(sink.write_all(b"}\n")?)
    }
}

/// Whether JSON has `text` as a number or a truth value.
fn is_literal(text: &str) -> bool {
    if matches!(text, "true" | "false") {
        return true;
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

#[cfg(test)]
mod tests {
    use super::is_literal;

    #[test]
    fn only_numbers_of_json_are_written_as_they_are() {
        for text in ["0", "-1", "1.50", "1e5", "2.5E-3", "true", "100"] {
            assert!(is_literal(text) && serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
        }
        for text in ["", "-", "+1", "007", ".5", "5.", "1e", "NaN", "inf", "0x1", "1_000", "1 ", "null"] {
            assert!(!is_literal(text), "{text}");
        }
    }
}
