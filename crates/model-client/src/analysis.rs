use inference::{Analysis, parse_analysis};

use crate::error::start_of;
use crate::{Error, Repair, repair_json};

/// Reads an analysis from what a model wrote, and says what had to be repaired: nothing if the list is empty.
///
/// A text that keeps to the schema is taken as it is. From any other, [`repair_json`] takes the one object, and this
/// object must keep to the schema: form is mended, content never. A confidence of `70` or a missing field stays an
/// error.
///
/// ```
/// use model_client::{Repair, read_analysis};
///
/// let text = r#"{"action": "HOLD", "confidence": 0.5, "reasoning": "Flat.", "patterns": [], "levels": [],
///     "proposals": []"#;
/// assert_eq!(read_analysis(text)?.1, [Repair::Unclosed]);
/// assert_eq!(read_analysis(&format!("{text}}}"))?.1, []);
/// # Ok::<(), model_client::Error>(())
/// ```
///
/// # Errors
/// [`Error::Unreadable`] if there is no readable object, [`Error::NotAnAnalysis`] if there is and it is not one. Both
/// show the beginning of the text.
pub fn read_analysis(text: &str) -> Result<(Analysis, Vec<Repair>), Error> {
    if let Ok(analysis) = parse_analysis(text) {
        return Ok((analysis, vec![]));
    }
    let repaired = repair_json(text)?;
    match parse_analysis(&repaired.value.to_string()) {
        Ok(analysis) => Ok((analysis, repaired.repairs)),
        Err(source) => Err(Error::NotAnAnalysis { start: start_of(text), source: source.into() }),
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::read_analysis;

    const HOLD: &str = r#"{"action": "HOLD", "confidence": 0.5, "reasoning": "Flat.", "patterns": [], "levels": [],
        "proposals": []}"#;

    #[test]
    fn mends_form_and_never_content() {
        for (from, to, problem) in [
            ("0.5", "50", "confidence 50 is not between 0 and 1"),
            ("0.5", "\"0.5\"", "invalid type: string"),
            ("0.5", "NaN", "invalid type: null"),
            ("HOLD", "hold", "unknown variant `hold`"),
            ("\"levels\": [],", "", "missing field `levels`"),
        ] {
            let error = read_analysis(&format!("Sure: {}", HOLD.replace(from, to))).unwrap_err();
            assert!(error.to_string().contains("it begins `Sure: {\"action"), "{error}");
            let shape = error.source().unwrap().source().unwrap().to_string();
            assert!(shape.starts_with(problem), "{shape}");
        }
    }
}
