use crate::Error;

/// The text as a value of the market's vocabulary.
pub(super) fn parse<T>(key: &'static str, text: &str) -> Result<T, Error>
where
    T: std::str::FromStr<Err = market::Error>,
{
    text.parse().map_err(|error: market::Error| Error::Setting { key, value: text.to_owned(), why: error.to_string() })
}

pub(super) fn within(key: &'static str, value: f64, min: f64, max: f64) -> Result<f64, Error> {
    if (min..=max).contains(&value) {
        return Ok(value);
    }
    Err(Error::Setting { key, value: value.to_string(), why: format!("it must be from {min} to {max}") })
}

pub(super) fn at_least(key: &'static str, value: usize, min: usize) -> Result<usize, Error> {
    if value >= min {
        return Ok(value);
    }
    Err(Error::Setting { key, value: value.to_string(), why: format!("it must be {min} or more") })
}
