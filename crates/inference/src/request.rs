use crate::{Error, ImageInput};

/// One question about one instrument at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The instrument, such as `EURUSD`.
    pub symbol: String,
    /// The length of a bar, such as `M5`.
    pub timeframe: String,
    /// Charts, oldest bar on the left; none is allowed.
    pub images: Vec<ImageInput>,
    /// Named numbers at the newest bar.
    pub features: Features,
    /// A question or notes to go with it; empty for none.
    pub question: String,
}

impl Request {
    /// A request without images, numbers and question.
    pub fn new(symbol: &str, timeframe: &str) -> Self {
        Self {
            symbol: symbol.to_owned(),
            timeframe: timeframe.to_owned(),
            images: vec![],
            features: Features::default(),
            question: String::new(),
        }
    }
}

/// Named finite numbers, each name once, in the order given.
///
/// A number that is not defined (an indicator in its lookback) is left out, never stood in for.
///
/// ```
/// use inference::Features;
///
/// let mut features = Features::default();
/// features.push("rsi", 27.5)?;
/// assert_eq!(features.get("rsi"), Some(27.5));
/// assert!(features.push("atr", f64::NAN).is_err());
/// # Ok::<(), inference::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features(Vec<(String, f64)>);

impl Features {
    /// Adds a number under its name.
    ///
    /// # Errors
    /// [`Error::Feature`] if the number is not finite, or the name is empty, has a control character, or is there
    /// already.
    pub fn push(&mut self, name: &str, value: f64) -> Result<(), Error> {
        let problem = if name.is_empty() || name.contains(char::is_control) {
            "has no name in one line"
        } else if !value.is_finite() {
            "is not finite; leave an undefined number out"
        } else if self.get(name).is_some() {
            "is there already"
        } else {
            self.0.push((name.to_owned(), value));
            return Ok(());
        };
        Err(Error::Feature { name: name.to_owned(), value, problem })
    }

    /// The number called `name`.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.iter().find(|(known, _)| known == name).map(|&(_, value)| value)
    }

    /// All names and numbers, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Features;

    #[test]
    fn keeps_the_order_and_one_number_a_name() {
        let mut features = Features::default();
        assert!(features.is_empty());
        features.push("rsi", 27.5).unwrap();
        features.push("close", 1.1).unwrap();
        assert_eq!(features.push("rsi", 30.0).unwrap_err().to_string(), "feature `rsi` = 30 is there already");
        assert_eq!(features.iter().collect::<Vec<_>>(), [("rsi", 27.5), ("close", 1.1)]);
    }

    #[test]
    fn rejects_undefined_numbers_and_names_that_would_break_a_line() {
        let mut features = Features::default();
        for (name, value) in [("atr", f64::NAN), ("atr", f64::NEG_INFINITY), ("", 1.0), ("a\nb", 1.0)] {
            assert!(features.push(name, value).is_err(), "{name:?} {value}");
        }
        assert!(features.is_empty());
    }
}
