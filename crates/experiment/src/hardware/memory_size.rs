use crate::Error;

/// Units, longest first, so that none is taken for the end of another.
const UNITS: [(&str, u64); 9] = [
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("B", 1),
];

/// Reads a size such as `8GiB`, `512 MiB`, `16GB` or `1.5GiB` in bytes.
///
/// Units are `B`, `KiB`, `MiB`, `GiB`, `TiB` of 1,024 and `KB`, `MB`, `GB`, `TB` of 1,000, in any case. A number without a
/// unit is refused: it is mostly a forgotten `GiB`, and seldom means bytes.
///
/// ```
/// assert_eq!(experiment::parse_memory("1.5GiB")?, 3 << 29);
/// assert!(experiment::parse_memory("8").is_err());
/// # Ok::<(), experiment::Error>(())
/// ```
///
/// # Errors
/// [`Error::Setting`] for any other text, and for a size of less than a byte or more than 2⁵³ bytes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked")]
pub fn parse_memory(text: &str) -> Result<u64, Error> {
    let bytes = number_and_unit(text.trim()).map(|(number, unit)| number * unit as f64);
    match bytes {
        Some(bytes) if (1.0..=(1_u64 << 53) as f64).contains(&bytes) => Ok(bytes as u64),
        _ => {
            let why = "write a number and a unit, such as 8GiB or 512MiB".to_owned();
            Err(Error::Setting { key: "memory", value: text.to_owned(), why })
        }
    }
}

fn number_and_unit(text: &str) -> Option<(f64, u64)> {
    let (place, unit) = UNITS.iter().find_map(|(name, unit)| {
        let place = text.len().checked_sub(name.len())?;
        text.get(place..)?.eq_ignore_ascii_case(name).then_some((place, *unit))
    })?;
    let number = text[..place].trim_end();
    let is_plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_plain.then(|| number.parse().ok()).flatten().map(|number| (number, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_of_1024_or_1000() {
        for (text, bytes) in [
            ("8GiB", 8 << 30),
            ("8 gib", 8 << 30),
            ("512MiB", 512 << 20),
            ("16GB", 16_000_000_000),
            ("1.5KiB", 1_536),
            ("1TiB", 1 << 40),
            ("700B", 700),
        ] {
            assert_eq!(parse_memory(text).unwrap(), bytes, "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_the_text() {
        for text in ["", "8", "GiB", "-1GiB", "1e3GiB", "nanGiB", "infB", "1.2.3GiB", "0B", "99999999TiB", "8Gé", "8 G"]
        {
            let error = parse_memory(text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("setting `memory` is `{text}`")), "{error}");
        }
    }
}
