use std::ops::Range;

use super::PlantedEdge;
use crate::{Error, Instrument, TradingCalendar, UnixNanos};

/// What an artificial market looks like.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct SyntheticConfig {
    /// The instrument: its tick size and decimals give the price grid, its pip the unit of the fields below.
    pub instrument: Instrument,
    /// When the market is open.
    pub calendar: TradingCalendar,
    /// First instant that may have a quote.
    pub start: UnixNanos,
    /// Length in calendar days of 24 hours, at least 1.
    pub days: u32,
    /// Mid price before the first quote, in quote currency.
    pub start_price: f64,
    /// Standard deviation of the walk's log return over a year of ordinary weeks, jumps not counted: 0.07 is 7 %.
    pub annual_volatility: f64,
    /// Standard deviation of the logarithm of volatility; 0 for constant volatility.
    pub volatility_of_volatility: f64,
    /// Open hours after which half of a burst of volatility is over.
    pub volatility_half_life_hours: f64,
    /// Mean number of jumps in 24 open hours; at most one happens between two quotes.
    pub jumps_per_day: f64,
    /// Standard deviation of a jump, in pips at the start price.
    pub jump_pips: f64,
    /// Mean number of quotes in an open hour. Quotes fall on whole milliseconds; of two in one the second is left out.
    pub ticks_per_hour: f64,
    /// Mean of ask − bid over the quotes, in pips, before it is raised to one grid step where it is smaller.
    pub mean_spread_pips: f64,
    /// Relative activity in the UTC hours from 0 to 23, in any unit above 0: quotes and variance are proportional to it.
    pub activity: [f64; 24],
    /// What is planted into the walk; `None` for a market without an edge.
    pub edge: Option<PlantedEdge>,
}

/// Asia, London from 7, New York from 13 with the overlap, and the lull after its close.
const EURUSD_ACTIVITY: [f64; 24] = [
    0.50, 0.55, 0.50, 0.45, 0.45, 0.50, 0.90, 1.40, 1.55, 1.40, 1.20, 1.15, 1.60, 2.00, 2.05, 1.75, 1.30, 0.95, 0.85,
    0.75, 0.50, 0.30, 0.30, 0.40,
];

impl SyntheticConfig {
    /// A market like EURUSD: 1.10, 7 % a year, 0.5 pips of spread, 1,700 quotes an hour, six jumps of 4 pips a day; no edge.
    pub fn eurusd(start: UnixNanos, days: u32) -> Self {
        Self {
            instrument: Instrument::eurusd(),
            calendar: TradingCalendar::forex(),
            start,
            days,
            start_price: 1.1,
            annual_volatility: 0.07,
            volatility_of_volatility: 0.4,
            volatility_half_life_hours: 6.0,
            jumps_per_day: 6.0,
            jump_pips: 4.0,
            ticks_per_hour: 1_700.0,
            mean_spread_pips: 0.5,
            activity: EURUSD_ACTIVITY,
            edge: None,
        }
    }

    /// The part of the variance of `horizon_minutes`-minute log returns that is known in advance to someone who sees
    /// the planted component itself: the R² of the best linear forecast, from 0 to 1. 0 without an edge.
    ///
    /// Bars show that component only mixed with the walk, so a rule can reach less, never more on average. The
    /// correlation of the component with the return that follows has the size √R²; see [`PlantedEdge`] for the
    /// formulas. Volatility is taken at its mean and activity at 1.
    pub fn forecast_r_squared(&self, horizon_minutes: f64) -> f64 {
        let Some(edge) = &self.edge else { return 0.0 };
        let noise = self.walk_variance_per_minute() * horizon_minutes;
        let (known, unknown) = edge.variance_pips(horizon_minutes);
        let pip = self.pip_log();
        let known = known * pip * pip;
        known / (known + unknown * pip * pip + noise)
    }

    /// Variance of the walk's log return in one open minute of activity 1, jumps included.
    fn walk_variance_per_minute(&self) -> f64 {
        let jump = self.jump_pips * self.pip_log();
        self.diffusive_variance_per_hour() / 60.0 + jump * jump * self.jumps_per_day / (24.0 * 60.0)
    }

    pub(super) fn diffusive_variance_per_hour(&self) -> f64 {
        let open_hours_per_year = 365.25 * 24.0 * self.calendar.open_fraction();
        self.annual_volatility * self.annual_volatility / open_hours_per_year
    }

    /// One pip as a log return at the start price.
    pub(super) fn pip_log(&self) -> f64 {
        self.instrument.pip_size / self.start_price
    }

    pub(super) fn range(&self) -> Range<UnixNanos> {
        let length = i64::from(self.days) * UnixNanos::PER_DAY;
        self.start..UnixNanos(self.start.0.saturating_add(length))
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        let positive = |value: f64| value.is_finite() && value > 0.0;
        let not_negative = |value: f64| value.is_finite() && value >= 0.0;
        let settings = [
            ("days", f64::from(self.days), self.days > 0),
            ("start_price", self.start_price, positive(self.start_price)),
            ("annual_volatility", self.annual_volatility, not_negative(self.annual_volatility)),
            ("volatility_of_volatility", self.volatility_of_volatility, not_negative(self.volatility_of_volatility)),
            ("volatility_half_life_hours", self.volatility_half_life_hours, positive(self.volatility_half_life_hours)),
            ("jumps_per_day", self.jumps_per_day, not_negative(self.jumps_per_day)),
            ("jump_pips", self.jump_pips, not_negative(self.jump_pips)),
            ("ticks_per_hour", self.ticks_per_hour, positive(self.ticks_per_hour)),
            ("mean_spread_pips", self.mean_spread_pips, not_negative(self.mean_spread_pips)),
            ("tick_size", self.instrument.tick_size, positive(self.instrument.tick_size)),
            ("pip_size", self.instrument.pip_size, positive(self.instrument.pip_size)),
        ];
        let activity = self.activity.map(|value| ("activity", value, positive(value)));
        let edge = self.edge.iter().flat_map(PlantedEdge::settings);
        match settings.into_iter().chain(activity).chain(edge).find(|(_, _, valid)| !valid) {
            Some((name, value, _)) => Err(Error::Setting { name, value }),
            None => Ok(()),
        }
    }
}
