use serde_json::Value;

use crate::{Analysis, Error};

/// Reads an analysis from `text`: one JSON object of [`crate::analysis_schema`], with white space around it at most.
///
/// Strict on purpose. A fence, a missing field, an unknown one, a field twice, a number as text or a value out of
/// range is an error; nothing is filled in. Repair of what models write beside the shape is `aio-model-client`'s.
///
/// # Errors
/// [`Error::NotAnAnalysis`] with line and column if the shape is wrong, [`Error::Value`] if a value is.
pub fn parse_analysis(text: &str) -> Result<Analysis, Error> {
    let not_an_analysis = |source: serde_json::Error| Error::NotAnAnalysis {
        line: source.line(),
        column: source.column(),
        source: source.into(),
    };
    let analysis: Analysis = serde_json::from_str(text).map_err(not_an_analysis)?;
    let written: Value = serde_json::from_str(text).map_err(not_an_analysis)?;
    let read = serde_json::to_value(&analysis).map_err(not_an_analysis)?;
    same_shape("", &written, &read)?;
    analysis.validate()?;
    Ok(analysis)
}

/// Holds what was written to the one form in which the analysis is written.
///
/// serde also reads an object from a list of its values and a name from `{"NAME": null}`; the schema allows neither.
fn same_shape(path: &str, written: &Value, read: &Value) -> Result<(), Error> {
    match (written, read) {
        (Value::Object(written), Value::Object(read)) => {
            for (name, read) in read {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                same_shape(&path, &written[name], read)?;
            }
        }
        (Value::Array(written), Value::Array(read)) => {
            for (i, (written, read)) in written.iter().zip(read).enumerate() {
                same_shape(&format!("{path}[{i}]"), written, read)?;
            }
        }
        (Value::String(_), Value::String(_)) | (Value::Number(_), Value::Number(_)) => {}
        _ => {
            let path = if path.is_empty() { "(the whole)" } else { path }.to_owned();
            return Err(Error::Value { path, problem: format!("is {}, not {}", kind(written), kind(read)) });
        }
    }
    Ok(())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::parse_analysis;

    #[test]
    fn says_where_the_shape_is_wrong() {
        let error = parse_analysis("{\"action\": \"BUY\",\n \"size\": 2}").unwrap_err();
        assert_eq!(error.to_string(), "the text is not an analysis (line 2, column 7)");
        assert!(error.source().unwrap().to_string().starts_with("unknown field `size`"));
    }

    #[test]
    fn rejects_the_other_forms_that_serde_reads() {
        let error = parse_analysis(r#"["HOLD", 0, "Flat.", [], [], []]"#).unwrap_err();
        assert_eq!(error.to_string(), "`(the whole)` of the analysis is a list, not an object");
        let whole = r#"{"action": ACTION, "confidence": 0, "reasoning": "Flat.", "patterns": [PATTERN],
            "levels": [], "proposals": []}"#;
        let object = whole.replace("ACTION", r#"{"HOLD": null}"#).replace("PATTERN", "");
        let error = parse_analysis(&object).unwrap_err();
        assert_eq!(error.to_string(), "`action` of the analysis is an object, not a text");
        let list = whole.replace("ACTION", r#""HOLD""#).replace("PATTERN", r#"["flag", 0.5]"#);
        let error = parse_analysis(&list).unwrap_err();
        assert_eq!(error.to_string(), "`patterns[0]` of the analysis is a list, not an object");
    }

    #[test]
    fn rejects_a_field_given_twice() {
        let text = r#"{"action": "BUY", "action": "SELL"}"#;
        assert!(parse_analysis(text).unwrap_err().source().unwrap().to_string().starts_with("duplicate field"));
    }
}
