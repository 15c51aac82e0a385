use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// Identity of a strategy with its parameters: the SHA-256 of their JSON texts as stored, 64 hexadecimal digits.
///
/// Equal trees with equal parameters have the same id in every library; another name is another strategy.
///
/// ```
/// use pattern_library::StrategyId;
///
/// let text = "00000000000000000000000000000000000000000000000000000000000000ff";
/// assert_eq!(text.parse::<StrategyId>()?.to_string(), text);
/// # Ok::<(), pattern_library::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StrategyId([u8; 32]);

impl StrategyId {
    /// The id of two JSON texts. A line break, which neither can contain, keeps them apart.
    pub(crate) fn of(strategy: &str, params: &str) -> Self {
        let mut hash = Sha256::new();
        for part in [strategy, "\n", params] {
            hash.update(part.as_bytes());
        }
        Self(hash.finalize().into())
    }
}

impl fmt::Display for StrategyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for StrategyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StrategyId({self})")
    }
}

impl FromStr for StrategyId {
    type Err = crate::Error;

    /// Reads 64 lower-case hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || crate::Error::InvalidStrategyId { text: text.to_owned() };
        let digits = text.as_bytes();
        if digits.len() != 64 || !digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(error());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| error())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| error())?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::StrategyId;

    #[test]
    fn the_id_is_the_sha_256_of_both_texts() {
        // From GNU coreutils: printf '{}\n[1.0]' | sha256sum
        let expected = "7076077f4680f0c03c3b72728ab5d6aa57be0e9decb04dc8c30d8415e2156248";
        assert_eq!(StrategyId::of("{}", "[1.0]").to_string(), expected);
    }

    #[test]
    fn rejects_what_is_not_64_lower_case_digits() {
        for text in ["", "ff", &"F".repeat(64), &"é".repeat(32), &"+f".repeat(32)] {
            assert!(text.parse::<StrategyId>().is_err(), "{text}");
        }
    }
}
