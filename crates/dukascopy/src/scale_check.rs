use std::fmt;
use std::ops::Range;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use market::UnixNanos;

use crate::{InstrumentInfo, PriceScale};

mod levels;

/// Whether prices were read with the right scale; what [`check_scale`] found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ScaleCheck {
    /// The price is one that the instrument had, and with every other scale it would not be.
    Plausible,
    /// The instrument never had such a price.
    Implausible {
        /// Between which prices it was then, widely.
        expected: Range<f64>,
        /// The median of the prices.
        found: f64,
        /// The one scale with which the price would be plausible; `None` if there is none or more than one.
        suggested: Option<PriceScale>,
    },
    /// The scale cannot even tell one pip, so it is wrong whatever the prices.
    CoarserThanPip {
        /// Digits after the decimal point of one pip.
        pip_decimals: u8,
    },
    /// Nothing is known of the instrument's price then, there is no price, or it would be plausible with another scale
    /// too.
    Unknown,
}

impl ScaleCheck {
    /// Whether the scale is wrong, as far as can be told.
    pub const fn is_suspect(&self) -> bool {
        matches!(self, Self::Implausible { .. } | Self::CoarserThanPip { .. })
    }
}

impl fmt::Display for ScaleCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plausible => f.write_str("the price scale is plausible"),
            Self::Implausible { expected: Range { start, end }, found, suggested } => {
                write!(f, "prices around {found} are not between {start:.4} and {end:.4}")?;
                suggested.map_or(Ok(()), |scale| write!(f, ", as with {} decimals they would be", scale.decimals()))
            }
            Self::CoarserThanPip { pip_decimals } => {
                write!(f, "a pip has {pip_decimals} decimals, the scale has fewer")
            }
            Self::Unknown => f.write_str("nothing is known that would tell whether the price scale is right"),
        }
    }
}

/// Whether `prices` of an instrument, read with `scale`, are prices that it had in the year of `time`.
///
/// - `prices`: in quote currency, in any order; those that are not finite and above zero do not count. The median of up
///   to 1,001 evenly spaced ones decides, so that a few wild quotes do not.
/// - `time`: when they were quoted, give or take some months: check a long history piece by piece.
///
/// The answer is [`Unknown`](ScaleCheck::Unknown) rather than a guess. Of the 1,622 instruments, 413 could always be
/// judged in June 2025: pairs of currencies and of metals, indices, commodities, bonds and most crypto-currencies; 10
/// more at most prices. The 1,188 shares and funds are only taken to be between a tenth of a cent and 20,000 dollars:
/// that flags prices above 20 dollars that are a thousand times too high, and hardly anything else. Of 11, nothing is
/// known. For all, a scale that cannot tell one pip is flagged whatever the prices.
///
/// What is expected comes from a table of wide ranges by year: currencies by the reference rates of the European
/// Central Bank from 1999 to October 2026, the rest by rounded yearly lows and highs. In years before and after, ranges
/// widen by a fifth per year. It tells powers of ten, and nothing finer.
///
/// Files with float prices in place of integers are another matter: [`decode_ticks`](crate::decode_ticks) refuses them.
///
/// ```
/// use dukascopy::{PriceScale, ScaleCheck, check_scale, instrument};
///
/// let usdjpy = instrument("USDJPY").ok_or("not in the table")?;
/// let five = PriceScale::new(5).ok_or("too many decimals")?;
/// let ScaleCheck::Implausible { suggested, .. } = check_scale(usdjpy, five, &[1.51808], "2023-11-14".parse()?) else {
///     return Err("must be flagged".into());
/// };
/// assert_eq!(suggested, Some(usdjpy.scale)); // 3 decimals: 151.808
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_scale(info: &InstrumentInfo, scale: PriceScale, prices: &[f64], time: UnixNanos) -> ScaleCheck {
    if scale.decimals() < info.pip_decimals {
        return ScaleCheck::CoarserThanPip { pip_decimals: info.pip_decimals };
    }
    let (Some(expected), Some(found)) = (expected_prices(info, time), median(prices)) else {
        return ScaleCheck::Unknown;
    };
    let others = (info.pip_decimals..)
        .map_while(PriceScale::new)
        .filter(|&other| other != scale && expected.contains(&rescaled(found, scale, other)))
        .collect::<Vec<_>>();
    match (expected.contains(&found), others.as_slice()) {
        (true, []) => ScaleCheck::Plausible,
        (true, _) => ScaleCheck::Unknown,
        (false, &[suggested]) => ScaleCheck::Implausible { expected, found, suggested: Some(suggested) },
        (false, _) => ScaleCheck::Implausible { expected, found, suggested: None },
    }
}

/// Between which prices an instrument was in the year of `time`, widely; `None` where nothing is known.
///
/// In quote currency. Where the end is less than ten times the start, [`check_scale`] can judge every price.
///
/// ```
/// use dukascopy::{expected_prices, instrument};
///
/// let eurusd = instrument("EURUSD").ok_or("not in the table")?;
/// let range = expected_prices(eurusd, "2019-02-04".parse()?).ok_or("nothing is known")?;
/// assert!(range.contains(&1.14523) && !range.contains(&11.4523) && !range.contains(&0.114_523));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn expected_prices(info: &InstrumentInfo, time: UnixNanos) -> Option<Range<f64>> {
    let year = year_of(time);
    if let Some(quoted) = levels::level(info.symbol, year) {
        return Some(quoted);
    }
    let (base, quote) = info.symbol.split_at_checked(info.symbol.len().checked_sub(3)?)?;
    let base = levels::level(if is_share(info) { "SHARE" } else { base }, year)?;
    let quote = value_of(quote, year)?;
    Some(base.start / quote.end..base.end / quote.start)
}

/// The value in US dollars of one unit in which prices are quoted, which may be a hundredth of a currency.
fn value_of(quote: &str, year: i16) -> Option<Range<f64>> {
    let (currency, units) = match quote {
        "GBX" => ("GBP", 100.0),
        "USX" => ("USD", 100.0),
        _ => (quote, 1.0),
    };
    let value = levels::level(currency, year)?;
    Some(value.start / units..value.end / units)
}

fn is_share(info: &InstrumentInfo) -> bool {
    let not_shares = ["FX_", "CMD_", "IDX_", "BND_", "VCCY"];
    match info.group {
        "" => info.schedule.is_some_and(|name| name.ends_with("-shares")),
        group => !not_shares.iter().any(|prefix| group.starts_with(prefix)),
    }
}

fn year_of(time: UnixNanos) -> i16 {
    let time = Timestamp::from_nanosecond(time.0.into()).expect("64 bits of nanoseconds lie inside the calendar");
    TimeZone::UTC.to_datetime(time).year()
}

fn rescaled(price: f64, from: PriceScale, to: PriceScale) -> f64 {
    price * f64::from(from.factor()) / f64::from(to.factor())
}

const MAX_SAMPLES: usize = 1_001;

fn median(prices: &[f64]) -> Option<f64> {
    let step = prices.len().div_ceil(MAX_SAMPLES).max(1);
    let mut sample: Vec<_> =
        prices.iter().step_by(step).copied().filter(|price| price.is_finite() && *price > 0.0).collect();
    let middle = sample.len() / 2;
    if sample.is_empty() {
        return None;
    }
    Some(*sample.select_nth_unstable_by(middle, f64::total_cmp).1)
}
