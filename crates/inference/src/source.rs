use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// Who made a prediction. Its label is what reports, logs and JSON show.
///
/// Fixed rules always show as `rules` and a model always as `model:NAME`, so neither can pass for the other,
/// whatever a model is called.
///
/// ```
/// use inference::Source;
///
/// let model = Source::Model { name: "qwen2.5vl:7b".to_owned() };
/// assert_eq!(model.to_string(), "model:qwen2.5vl:7b");
/// assert_eq!("model:qwen2.5vl:7b".parse::<Source>()?, model);
/// assert_eq!(Source::Rules.to_string(), "rules");
/// # Ok::<(), inference::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Source {
    /// A trained model.
    Model {
        /// Its name as its server or loader calls it, not empty.
        name: String,
    },
    /// Fixed, published rules; no model took part.
    Rules,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model { name } => f.pad(&format!("model:{name}")),
            Self::Rules => f.pad("rules"),
        }
    }
}

impl FromStr for Source {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.strip_prefix("model:") {
            Some(name) if !name.is_empty() => Ok(Self::Model { name: name.to_owned() }),
            None if text == "rules" => Ok(Self::Rules),
            _ => Err(Error::Source { text: text.to_owned() }),
        }
    }
}

impl TryFrom<String> for Source {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Source> for String {
    fn from(source: Source) -> Self {
        source.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn a_model_called_rules_is_still_a_model() {
        let model = Source::Model { name: "rules".to_owned() };
        assert_eq!(serde_json::to_string(&model).unwrap(), "\"model:rules\"");
        assert_eq!(serde_json::from_str::<Source>("\"model:rules\"").unwrap(), model);
    }

    #[test]
    fn reads_nothing_but_its_own_labels() {
        for text in ["", "Rules", "model:", "model", "rules "] {
            assert!(text.parse::<Source>().is_err(), "{text:?}");
        }
    }
}
