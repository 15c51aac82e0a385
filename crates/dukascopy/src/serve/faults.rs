use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::Error;

/// A way in which a server fails on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// Status 503 with an empty body.
    Unavailable,
    /// Status 429 with `Retry-After` in seconds and an empty body.
    Throttled,
    /// Status 202 with `x-amzn-waf-action: challenge` and an empty body, as a web firewall before the feed answers.
    Challenge,
    /// Status 200 with an empty body where there is one.
    Empty,
    /// The connection ends before all bytes that `Content-Length` promises have come.
    Truncated,
    /// Bytes are missing from the body's end, and `Content-Length` says so.
    Shortened,
    /// The body comes byte by byte, with a pause before each.
    Slow,
    /// The connection is reset before anything is answered.
    Reset,
    /// One bit of the body is the wrong one.
    Flipped,
}

impl FaultKind {
    const ALL: [Self; 9] = [
        Self::Unavailable,
        Self::Throttled,
        Self::Challenge,
        Self::Empty,
        Self::Truncated,
        Self::Shortened,
        Self::Slow,
        Self::Reset,
        Self::Flipped,
    ];

    /// Its name in the text form of [`Faults`].
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unavailable => "503",
            Self::Throttled => "429",
            Self::Challenge => "202",
            Self::Empty => "empty",
            Self::Truncated => "truncate",
            Self::Shortened => "short",
            Self::Slow => "slow",
            Self::Reset => "reset",
            Self::Flipped => "flip",
        }
    }

    /// Whether it can only be shown with the bytes of a body.
    pub(super) const fn needs_body(self) -> bool {
        matches!(self, Self::Empty | Self::Truncated | Self::Shortened | Self::Slow | Self::Flipped)
    }
}

/// For how many requests a path that is drawn for a fault shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultTimes {
    /// The first so many; later ones are answered well.
    First(u32),
    /// All.
    Always,
}

/// Which faults a [`MirrorServer`](crate::MirrorServer) shows on purpose: **for tests of downloaders**.
///
/// Each path is drawn for at most one kind of fault, by the seed and the path alone: whoever asks, in whatever order,
/// the same paths fail in the same way. A kind that needs a body is not shown where there is none (an empty file, a
/// 404, a HEAD request).
///
/// The text form lists `NAME=FRACTION` with names as in the table (fractions as `10%` or `0.1`), and settings that are
/// not the default; `none` is no fault at all.
///
/// | name | field | default |
/// |---|---|---|
/// | `503` | [`unavailable`](Self::unavailable) | 0 |
/// | `429` | [`throttled`](Self::throttled) | 0 |
/// | `202` | [`challenge`](Self::challenge) | 0 |
/// | `empty` | [`empty`](Self::empty) | 0 |
/// | `truncate` | [`truncated`](Self::truncated) | 0 |
/// | `short` | [`shortened`](Self::shortened) | 0 |
/// | `slow` | [`slow`](Self::slow) | 0 |
/// | `reset` | [`reset`](Self::reset) | 0 |
/// | `flip` | [`flipped`](Self::flipped) | 0 |
/// | `retry-after` | [`retry_after_seconds`](Self::retry_after_seconds) | 1 |
/// | `slow-ms` | [`slow_byte_pause`](Self::slow_byte_pause) | 100 |
/// | `times` | [`times`](Self::times): a number or `always` | 1 |
/// | `seed` | [`seed`](Self::seed) | 0 |
///
/// ```
/// use dukascopy::{FaultTimes, Faults};
///
/// let faults: Faults = "503=10%,truncate=0.5%,times=2,seed=7".parse()?;
/// assert_eq!((faults.unavailable, faults.times), (0.1, FaultTimes::First(2)));
/// assert_eq!(faults.to_string(), "503=10%,truncate=0.5%,times=2,seed=7");
/// # Ok::<(), dukascopy::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Faults {
    /// Fraction of paths with [`FaultKind::Unavailable`]. All fractions are 0 to 1, and 1 at most together.
    pub unavailable: f64,
    /// Fraction of paths with [`FaultKind::Throttled`].
    pub throttled: f64,
    /// Fraction of paths with [`FaultKind::Challenge`].
    pub challenge: f64,
    /// Fraction of paths with [`FaultKind::Empty`].
    pub empty: f64,
    /// Fraction of paths with [`FaultKind::Truncated`].
    pub truncated: f64,
    /// Fraction of paths with [`FaultKind::Shortened`].
    pub shortened: f64,
    /// Fraction of paths with [`FaultKind::Slow`].
    pub slow: f64,
    /// Fraction of paths with [`FaultKind::Reset`].
    pub reset: f64,
    /// Fraction of paths with [`FaultKind::Flipped`].
    pub flipped: f64,
    /// What `Retry-After` says with status 429.
    pub retry_after_seconds: u32,
    /// The pause before each byte of a slow body.
    pub slow_byte_pause: Duration,
    /// For how many requests a path shows its fault.
    pub times: FaultTimes,
    /// Another seed draws other paths.
    pub seed: u64,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            unavailable: 0.0,
            throttled: 0.0,
            challenge: 0.0,
            empty: 0.0,
            truncated: 0.0,
            shortened: 0.0,
            slow: 0.0,
            reset: 0.0,
            flipped: 0.0,
            retry_after_seconds: 1,
            slow_byte_pause: Duration::from_millis(100),
            times: FaultTimes::First(1),
            seed: 0,
        }
    }
}

impl Faults {
    /// The fraction of paths that show this kind.
    pub fn fraction(&self, kind: FaultKind) -> f64 {
        match kind {
            FaultKind::Unavailable => self.unavailable,
            FaultKind::Throttled => self.throttled,
            FaultKind::Challenge => self.challenge,
            FaultKind::Empty => self.empty,
            FaultKind::Truncated => self.truncated,
            FaultKind::Shortened => self.shortened,
            FaultKind::Slow => self.slow,
            FaultKind::Reset => self.reset,
            FaultKind::Flipped => self.flipped,
        }
    }

    fn fraction_mut(&mut self, kind: FaultKind) -> &mut f64 {
        match kind {
            FaultKind::Unavailable => &mut self.unavailable,
            FaultKind::Throttled => &mut self.throttled,
            FaultKind::Challenge => &mut self.challenge,
            FaultKind::Empty => &mut self.empty,
            FaultKind::Truncated => &mut self.truncated,
            FaultKind::Shortened => &mut self.shortened,
            FaultKind::Slow => &mut self.slow,
            FaultKind::Reset => &mut self.reset,
            FaultKind::Flipped => &mut self.flipped,
        }
    }

    /// The fault that `path` (with its leading `/`, without a query) is drawn for.
    pub fn of_path(&self, path: &str) -> Option<FaultKind> {
        // 53 bits are as fine as a fraction can be.
        let drawn = (self.hash(path, 0) >> 11) as f64 / (1_u64 << 53) as f64;
        let mut upper = 0.0;
        FaultKind::ALL.into_iter().find(|&kind| {
            upper += self.fraction(kind);
            drawn < upper
        })
    }

    /// A number from 0 up to `limit`, exclusive, that depends on seed and path only; `limit` is at least 1.
    pub(super) fn pick(&self, path: &str, limit: usize) -> usize {
        let wide = u128::from(self.hash(path, 1)) * limit as u128;
        usize::try_from(wide >> 64).expect("less than the limit")
    }

    /// FNV-1a, then the finalizer of `SplitMix64`, which spreads it over all bits.
    fn hash(&self, path: &str, salt: u8) -> u64 {
        let seed = self.seed.to_le_bytes();
        let bytes = seed.iter().chain([&salt]).chain(path.as_bytes());
        let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^ (hash >> 31)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let default = Self::default();
        let mut parts: Vec<String> = FaultKind::ALL
            .into_iter()
            .filter(|&kind| self.fraction(kind) > 0.0)
            .map(|kind| format!("{}={}", kind.name(), percent(self.fraction(kind))))
            .collect();
        if self.retry_after_seconds != default.retry_after_seconds {
            parts.push(format!("retry-after={}", self.retry_after_seconds));
        }
        if self.slow_byte_pause != default.slow_byte_pause {
            parts.push(format!("slow-ms={}", self.slow_byte_pause.as_millis()));
        }
        if self.times != default.times {
            parts.push(match self.times {
                FaultTimes::First(times) => format!("times={times}"),
                FaultTimes::Always => "times=always".to_owned(),
            });
        }
        if self.seed != default.seed {
            parts.push(format!("seed={}", self.seed));
        }
        f.write_str(if parts.is_empty() { "none" } else { "" })?;
        f.write_str(&parts.join(","))
    }
}

/// The shortest percentage that reads back as `fraction`, or the fraction itself where there is none.
fn percent(fraction: f64) -> String {
    let reads_back = |text: &String| fraction_of(text) == Some(fraction);
    let mut digits = (0..17).map(|digits| format!("{:.digits$}%", fraction * 100.0));
    digits.find(reads_back).unwrap_or_else(|| fraction.to_string())
}

fn fraction_of(text: &str) -> Option<f64> {
    let fraction = match text.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok()? / 100.0,
        None => text.parse().ok()?,
    };
    (0.0..=1.0).contains(&fraction).then_some(fraction)
}

impl FromStr for Faults {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut faults = Self::default();
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty() && *part != "none");
        let mut seen = Vec::new();
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let unique = !seen.contains(&name);
            seen.push(name);
            let set = faults.set(name.trim(), value.trim()).filter(|()| unique);
            set.ok_or_else(|| Error::FaultSpec { part: part.to_owned() })?;
        }
        let sum: f64 = FaultKind::ALL.into_iter().map(|kind| faults.fraction(kind)).sum();
        // Tenths of a per cent do not add up to exactly 1.
        let holds = sum <= 1.0 + 1e-9;
        holds.then_some(faults).ok_or_else(|| Error::FaultSpec { part: text.to_owned() })
    }
}

impl Faults {
    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "retry-after" => self.retry_after_seconds = value.parse().ok()?,
            "slow-ms" => self.slow_byte_pause = Duration::from_millis(value.parse().ok()?),
            "times" if value == "always" => self.times = FaultTimes::Always,
            "times" => self.times = FaultTimes::First(value.parse().ok()?),
            "seed" => self.seed = value.parse().ok()?,
            _ => {
                let kind = FaultKind::ALL.into_iter().find(|kind| kind.name() == name)?;
                *self.fraction_mut(kind) = fraction_of(value)?;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths() -> impl Iterator<Item = String> {
        (0..20_000).map(|n| format!("/datafeed/EURUSD/{}/{:02}/{:02}h_ticks.bi5", n / 300, n / 25 % 12, n % 25))
    }

    #[test]
    fn the_text_form_reads_back() {
        for text in [
            "none",
            "503=10%,429=1%,202=3%,empty=2%,truncate=0.5%,short=0.25%,slow=0.7%,reset=1%,flip=7%",
            "reset=100%,retry-after=3,slow-ms=5,times=always,seed=42",
        ] {
            assert_eq!(text.parse::<Faults>().unwrap().to_string(), text);
        }
        let odd = Faults { unavailable: 1.0 / 3.0, ..Faults::default() };
        assert_eq!(odd.to_string().parse::<Faults>().unwrap(), odd);
        assert_eq!("".parse::<Faults>().unwrap(), Faults::default());
        assert!((" 503 = 0.1 ".parse::<Faults>().unwrap().unavailable - 0.1).abs() < 1e-12);
    }

    #[test]
    fn refuses_what_is_no_fault() {
        for text in
            ["503", "503=", "503=-1%", "503=101%", "503=NaN", "504=1%", "times=x", "503=60%,reset=60%", "503=1%,503=2%"]
        {
            assert!(matches!(text.parse::<Faults>(), Err(Error::FaultSpec { .. })), "{text}");
        }
    }

    #[test]
    fn as_many_paths_fail_as_the_fractions_say() {
        let faults: Faults = "503=10%,empty=2%,reset=1%".parse().unwrap();
        let count = |kind| paths().filter(|path| faults.of_path(path) == Some(kind)).count() as f64 / 20_000.0;
        for (kind, fraction) in [(FaultKind::Unavailable, 0.1), (FaultKind::Empty, 0.02), (FaultKind::Reset, 0.01)] {
            // Four standard deviations of the count.
            assert!(
                (count(kind) - fraction).abs() < 4.0 * (fraction / 20_000.0_f64).sqrt(),
                "{kind:?}: {}",
                count(kind)
            );
        }
        assert_eq!(paths().filter(|path| faults.of_path(path) == Some(FaultKind::Slow)).count(), 0);
    }

    #[test]
    fn another_seed_draws_other_paths() {
        let of = |seed| Faults { unavailable: 0.1, seed, ..Faults::default() };
        let both = paths().filter(|path| of(1).of_path(path).is_some() && of(2).of_path(path).is_some()).count();
        assert!((100..300).contains(&both), "{both} of 20,000 paths, 200 expected");
    }
}
