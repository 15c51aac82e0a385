use crate::{Error, Strategy};

impl Strategy {
    /// Reads a strategy from JSON and validates it.
    ///
    /// # Errors
    /// [`Error::Json`] if the text has another shape, [`Error::Invalid`] if the tree is not valid.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let strategy: Self = serde_json::from_str(text).map_err(|source| Error::Json {
            line: source.line(),
            column: source.column(),
            source: Box::new(source),
        })?;
        strategy.validate()?;
        Ok(strategy)
    }

    /// The strategy as JSON, indented by two spaces; [`from_json`](Self::from_json) reads the equal strategy back.
    ///
    /// # Panics
    /// If a number is not finite, which [`validate`](Self::validate) rules out.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a validated strategy has only finite numbers and text keys")
    }

    /// The JSON Schema (draft 2020-12) of a strategy.
    pub fn json_schema() -> serde_json::Value {
        schemars::schema_for!(Self).into()
    }
}
