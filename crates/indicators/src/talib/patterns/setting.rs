use super::pattern::Pattern;
use super::view::Measure;
use crate::Error;
use crate::missing::LARGEST;

/// What is long, short, near or equal for a candle: the part `factor` of what is usual.
///
/// What is usual is the mean of `range` over the `period` candles before the one that is looked at. With a period of 0
/// it is the `range` of that candle itself.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct CandleSetting {
    /// What is averaged.
    pub range: CandleRange,
    /// How many candles are averaged, 0 to 100,000.
    pub period: u32,
    /// The part of the average, 0 to 3 × 10³⁷.
    pub factor: f64,
}

/// A length of a candle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum CandleRange {
    /// From the open to the close.
    RealBody,
    /// From the low to the high.
    HighLow,
    /// Half of both shadows together.
    Shadows,
}

/// The candle settings of TA-Lib; the defaults are its own.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct CandleSettings {
    /// A body is long above it.
    pub body_long: CandleSetting,
    /// A body is short below it.
    pub body_short: CandleSetting,
    /// A body is a doji up to it.
    pub body_doji: CandleSetting,
    /// A shadow is long above it.
    pub shadow_long: CandleSetting,
    /// A shadow is very long above it.
    pub shadow_very_long: CandleSetting,
    /// A shadow is short below it.
    pub shadow_short: CandleSetting,
    /// There is hardly a shadow below it.
    pub shadow_very_short: CandleSetting,
    /// Prices are near each other up to this distance.
    pub near: CandleSetting,
    /// Lengths are far from each other beyond this difference.
    pub far: CandleSetting,
    /// Prices are the same up to this distance.
    pub equal: CandleSetting,
}

impl Default for CandleSettings {
    fn default() -> Self {
        let of = |range, period, factor| CandleSetting { range, period, factor };
        Self {
            body_long: of(CandleRange::RealBody, 10, 1.0),
            body_short: of(CandleRange::RealBody, 10, 1.0),
            body_doji: of(CandleRange::HighLow, 10, 0.1),
            shadow_long: of(CandleRange::RealBody, 0, 1.0),
            shadow_very_long: of(CandleRange::RealBody, 0, 2.0),
            shadow_short: of(CandleRange::Shadows, 10, 1.0),
            shadow_very_short: of(CandleRange::HighLow, 10, 0.1),
            near: of(CandleRange::HighLow, 5, 0.2),
            far: of(CandleRange::HighLow, 5, 0.6),
            equal: of(CandleRange::HighLow, 5, 0.05),
        }
    }
}

impl CandleSettings {
    pub(super) fn get(&self, setting: Setting) -> CandleSetting {
        match setting {
            Setting::BodyLong => self.body_long,
            Setting::BodyShort => self.body_short,
            Setting::BodyDoji => self.body_doji,
            Setting::ShadowLong => self.shadow_long,
            Setting::ShadowVeryLong => self.shadow_very_long,
            Setting::ShadowShort => self.shadow_short,
            Setting::ShadowVeryShort => self.shadow_very_short,
            Setting::Near => self.near,
            Setting::Far => self.far,
            Setting::Equal => self.equal,
        }
    }

    /// Whether all of them are within their ranges.
    pub(super) fn check(&self) -> Result<(), Error> {
        for (setting, name) in Setting::NAMES {
            let CandleSetting { period, factor, .. } = self.get(setting);
            let out_of_range = |part, value, max| Error::CandleSetting { setting: name, part, value, max };
            if period > LONGEST_PERIOD {
                return Err(out_of_range("period", f64::from(period), f64::from(LONGEST_PERIOD)));
            }
            if !(0.0..=LARGEST).contains(&factor) {
                return Err(out_of_range("factor", factor, LARGEST));
            }
        }
        Ok(())
    }
}

/// The longest average: TA-Lib's limit for periods.
const LONGEST_PERIOD: u32 = 100_000;

/// A field of [`CandleSettings`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Setting {
    BodyLong,
    BodyShort,
    BodyDoji,
    ShadowLong,
    ShadowVeryLong,
    ShadowShort,
    ShadowVeryShort,
    Near,
    Far,
    Equal,
}

impl Setting {
    const NAMES: [(Self, &'static str); 10] = [
        (Self::BodyLong, "body_long"),
        (Self::BodyShort, "body_short"),
        (Self::BodyDoji, "body_doji"),
        (Self::ShadowLong, "shadow_long"),
        (Self::ShadowVeryLong, "shadow_very_long"),
        (Self::ShadowShort, "shadow_short"),
        (Self::ShadowVeryShort, "shadow_very_short"),
        (Self::Near, "near"),
        (Self::Far, "far"),
        (Self::Equal, "equal"),
    ];
}

impl CandleRange {
    pub(super) fn measure(self) -> Measure {
        match self {
            Self::RealBody => Measure::Body,
            Self::HighLow => Measure::Range,
            Self::Shadows => Measure::Shadows,
        }
    }

    /// Shadows are two, and each is measured against half of their sum.
    pub(super) fn part(self) -> f64 {
        if self == Self::Shadows { 0.5 } else { 1.0 }
    }
}

/// How deep a candle must reach into the body of an earlier one, as a part of that body: for the patterns that have
/// this parameter, 0 to 3 × 10³⁷. The defaults are TA-Lib's.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Penetrations {
    /// Of [`Pattern::AbandonedBaby`](super::Pattern::AbandonedBaby).
    pub abandoned_baby: f64,
    /// Of [`Pattern::DarkCloudCover`](super::Pattern::DarkCloudCover).
    pub dark_cloud_cover: f64,
    /// Of [`Pattern::EveningDojiStar`](super::Pattern::EveningDojiStar).
    pub evening_doji_star: f64,
    /// Of [`Pattern::EveningStar`](super::Pattern::EveningStar).
    pub evening_star: f64,
    /// Of [`Pattern::MatHold`](super::Pattern::MatHold): how deep the small candles may at most reach.
    pub mat_hold: f64,
    /// Of [`Pattern::MorningDojiStar`](super::Pattern::MorningDojiStar).
    pub morning_doji_star: f64,
    /// Of [`Pattern::MorningStar`](super::Pattern::MorningStar).
    pub morning_star: f64,
}

impl Default for Penetrations {
    fn default() -> Self {
        Self {
            abandoned_baby: 0.3,
            dark_cloud_cover: 0.5,
            evening_doji_star: 0.3,
            evening_star: 0.3,
            mat_hold: 0.5,
            morning_doji_star: 0.3,
            morning_star: 0.3,
        }
    }
}

impl Penetrations {
    /// That of `pattern`, if it has the parameter.
    pub(super) fn get(&self, pattern: Pattern) -> Option<f64> {
        match pattern {
            Pattern::AbandonedBaby => Some(self.abandoned_baby),
            Pattern::DarkCloudCover => Some(self.dark_cloud_cover),
            Pattern::EveningDojiStar => Some(self.evening_doji_star),
            Pattern::EveningStar => Some(self.evening_star),
            Pattern::MatHold => Some(self.mat_hold),
            Pattern::MorningDojiStar => Some(self.morning_doji_star),
            Pattern::MorningStar => Some(self.morning_star),
            _ => None,
        }
    }

    /// Whether all of them are within the catalogue's range.
    pub(super) fn check(&self) -> Result<(), Error> {
        for pattern in Pattern::ALL {
            if let Some(penetration) = self.get(pattern) {
                pattern.kind().check(&[penetration])?;
            }
        }
        Ok(())
    }
}
