use std::num::NonZeroU32;

/// A number of bars, 1 to 100,000.
///
/// The upper limit is TA-Lib's; it bounds what a typing error can allocate.
///
/// ```
/// use indicators::Period;
///
/// assert_eq!(Period::new(14).map(Period::get), Some(14));
/// assert_eq!(Period::new(0), None);
/// assert_eq!(Period::new(100_001), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "u32", into = "u32"))]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(extend("minimum" = 1, "maximum" = Period::MAX))
)]
pub struct Period(NonZeroU32);

impl Period {
    /// The longest period, in bars.
    pub const MAX: usize = 100_000;

    /// A period of `n` bars; `None` for 0 and for more than [`Period::MAX`].
    pub const fn new(n: usize) -> Option<Self> {
        if n > Self::MAX {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most 100,000")]
        match NonZeroU32::new(n as u32) {
            Some(n) => Some(Self(n)),
            None => None,
        }
    }

    /// The number of bars.
    pub const fn get(self) -> usize {
        self.0.get() as usize
    }

    /// The number of bars as a divisor.
    pub(crate) fn as_f64(self) -> f64 {
        f64::from(self.0.get())
    }
}

#[cfg(feature = "serde")]
impl TryFrom<u32> for Period {
    type Error = crate::Error;

    fn try_from(n: u32) -> Result<Self, Self::Error> {
        usize::try_from(n).ok().and_then(Self::new).ok_or(crate::Error::Period { value: f64::from(n) })
    }
}

#[cfg(feature = "serde")]
impl From<Period> for u32 {
    fn from(period: Period) -> Self {
        period.0.get()
    }
}
