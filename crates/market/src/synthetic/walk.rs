use super::edge::EdgeState;
use super::noise::Noise;
use super::{PlantedEdge, SyntheticConfig};
use crate::{Error, Interval, Tick, Ticks, UnixNanos};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: f64 = 3_600_000.0;

/// How far the spread follows volatility and how far it goes against activity: exponents.
const SPREAD_OF_VOLATILITY: f64 = 0.5;
const SPREAD_OF_ACTIVITY: f64 = -0.35;
/// Standard deviation of the logarithm of a single spread.
const SPREAD_NOISE: f64 = 0.25;

/// Quantities on offer, in millions: exact in 32 bits, so a tick file keeps them.
const VOLUMES: [f64; 16] =
    [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.75, 0.875, 1.0, 1.125, 1.25, 1.5, 1.5, 1.875, 2.25, 3.75];

/// Draws the ticks of an artificial market.
///
/// Times are whole milliseconds and strictly increase; prices are multiples of the tick size; no quote is crossed.
/// Equal `config` and `seed` give equal bits on every platform.
///
/// # Errors
/// [`Error::Setting`] naming a setting that is not usable, [`Error::Value`] if the walk leaves the grid (a price of
/// less than one tick).
pub fn generate(config: &SyntheticConfig, seed: u64) -> Result<Ticks, Error> {
    config.check()?;
    let range = config.range();
    let mut market = Walk::new(config, seed)?;
    let mut ticks = Ticks::default();
    for interval in config.calendar.open_intervals(range) {
        market.trade(&interval, &mut ticks)?;
        market.close();
    }
    Ok(ticks)
}

struct Walk<'a> {
    config: &'a SyntheticConfig,
    scale: Scale,
    arrivals: Noise,
    returns: Noise,
    jumps: Noise,
    volatilities: Noise,
    spreads: Noise,
    volumes: Noise,
    edge: Option<EdgeState>,
    /// Logarithm of the walk.
    log_price: f64,
    /// Logarithm of volatility, in units of its standard deviation.
    log_volatility: f64,
    /// Expected quotes still to pass before the next one.
    until_quote: f64,
    /// What has passed since the last quote.
    pending: Pending,
}

#[derive(Clone, Copy, Default)]
struct Pending {
    /// Diffusive variance of the log return.
    variance: f64,
    /// Expected number of jumps.
    jumps: f64,
    /// Open minutes.
    minutes: f64,
}

/// What follows from the configuration once.
struct Scale {
    /// Relative activity by UTC hour, with mean 1.
    activity: [f64; 24],
    /// Mean spread by UTC hour at mean volatility, in grid steps.
    spread: [f64; 24],
    variance_per_ms: f64,
    quotes_per_ms: f64,
    jumps_per_ms: f64,
    jump: f64,
    volatility_kept: f64,
    /// A price is `steps × grid / decimals`.
    grid: f64,
    decimals: f64,
}

impl Scale {
    fn new(config: &SyntheticConfig) -> Result<Self, Error> {
        let mean = config.activity.iter().sum::<f64>() / 24.0;
        let activity = config.activity.map(|value| value / mean);
        let decimals = libm::exp10(f64::from(config.instrument.price_decimals)).round();
        let grid = (config.instrument.tick_size * decimals).round();
        let off_grid = (config.instrument.tick_size * decimals - grid).abs() > 1e-6 * grid;
        if grid < 1.0 || off_grid {
            return Err(Error::Setting { name: "tick_size", value: config.instrument.tick_size });
        }
        let spread = config.mean_spread_pips * config.instrument.pip_size * decimals / grid;
        Ok(Self {
            activity,
            spread: spread_by_hour(spread, &activity, config.volatility_of_volatility),
            variance_per_ms: config.diffusive_variance_per_hour() / HOUR_MS,
            quotes_per_ms: config.ticks_per_hour / HOUR_MS,
            jumps_per_ms: config.jumps_per_day / (24.0 * HOUR_MS),
            jump: config.jump_pips * config.pip_log(),
            volatility_kept: libm::exp2(-1.0 / (60.0 * config.volatility_half_life_hours)),
            grid,
            decimals,
        })
    }
}

/// Spreads whose mean over the quotes is `mean`.
///
/// Quotes come in proportion to activity a and to v = exp(s·z − s²/2), the volatility with mean 1 (s: its standard
/// deviation in logarithms). So the mean of aᵖ·v^q over quotes is Σ aᵖ⁺¹ / Σ a times E v^(q+1) = exp(s²·(q+1)·q/2).
fn spread_by_hour(mean: f64, activity: &[f64; 24], deviation: f64) -> [f64; 24] {
    let by_activity = activity.map(|a| libm::pow(a, SPREAD_OF_ACTIVITY));
    let weighted = activity.iter().zip(&by_activity).map(|(a, factor)| a * factor).sum::<f64>() / 24.0;
    let by_volatility = libm::exp(deviation * deviation * (SPREAD_OF_VOLATILITY + 1.0) * SPREAD_OF_VOLATILITY / 2.0);
    by_activity.map(|factor| mean * factor / (weighted * by_volatility))
}

/// The market of one minute.
struct Minute {
    variance_per_ms: f64,
    quotes_per_ms: f64,
    jumps_per_ms: f64,
    spread: f64,
}

impl<'a> Walk<'a> {
    fn new(config: &'a SyntheticConfig, seed: u64) -> Result<Self, Error> {
        let stream = |index| Noise::new(seed, index);
        let mut arrivals = stream(0);
        let mut volatilities = stream(3);
        let edge = |edge: &PlantedEdge| EdgeState::new(*edge, config.pip_log(), stream(6));
        Ok(Self {
            config,
            scale: Scale::new(config)?,
            until_quote: arrivals.exponential(),
            log_volatility: volatilities.normal(),
            arrivals,
            returns: stream(1),
            jumps: stream(2),
            volatilities,
            spreads: stream(4),
            volumes: stream(5),
            edge: config.edge.as_ref().map(edge),
            log_price: libm::log(config.start_price),
            pending: Pending::default(),
        })
    }

    /// Quotes from the opening to the close.
    fn trade(&mut self, open: &Interval, ticks: &mut Ticks) -> Result<(), Error> {
        let end = div_ceil(open.end.0, 1_000_000);
        let mut start = div_ceil(open.start.0, 1_000_000);
        while start < end {
            let next = (start.div_euclid(MINUTE_MS) + 1) * MINUTE_MS;
            let minute = self.minute(start);
            self.trade_minute(&minute, start, next.min(end), ticks)?;
            start = next;
        }
        Ok(())
    }

    /// The closed time counts as one hour of average variance; the edge's clock stands still.
    fn close(&mut self) {
        self.pending.variance += self.scale.variance_per_ms * HOUR_MS;
    }

    fn minute(&mut self, start_ms: i64) -> Minute {
        let hours = start_ms.div_euclid(60 * MINUTE_MS).rem_euclid(24);
        let hour = usize::try_from(hours).expect("one of 24");
        let (activity, kept) = (self.scale.activity[hour], self.scale.volatility_kept);
        self.log_volatility = kept * self.log_volatility + (1.0 - kept * kept).sqrt() * self.volatilities.normal();
        let deviation = self.config.volatility_of_volatility;
        // With mean 1; the mean of its square is exp(s²).
        let volatility = libm::exp(deviation * self.log_volatility - deviation * deviation / 2.0);
        let mean_square = libm::exp(deviation * deviation);
        Minute {
            variance_per_ms: self.scale.variance_per_ms * activity * volatility * volatility / mean_square,
            quotes_per_ms: self.scale.quotes_per_ms * activity * volatility,
            jumps_per_ms: self.scale.jumps_per_ms * activity,
            spread: self.scale.spread[hour] * libm::pow(volatility, SPREAD_OF_VOLATILITY),
        }
    }

    fn trade_minute(&mut self, minute: &Minute, start: i64, end: i64, ticks: &mut Ticks) -> Result<(), Error> {
        let length = (end - start) as f64;
        let mut passed = 0.0;
        let mut last = None;
        loop {
            let wait = self.until_quote / minute.quotes_per_ms;
            if passed + wait >= length {
                self.until_quote -= (length - passed) * minute.quotes_per_ms;
                self.pending.add(minute, length - passed);
                return Ok(());
            }
            passed += wait;
            self.pending.add(minute, wait);
            self.until_quote = self.arrivals.exponential();
            #[expect(clippy::cast_possible_truncation, reason = "rounds down to whole milliseconds of a minute")]
            let time = start + passed as i64;
            if last.replace(time) != Some(time) {
                self.quote(time, minute.spread, ticks)?;
            }
        }
    }

    fn quote(&mut self, time_ms: i64, mean_spread: f64, ticks: &mut Ticks) -> Result<(), Error> {
        let deviation = self.step();
        let (grid, decimals) = (self.scale.grid, self.scale.decimals);
        let noise = libm::exp(SPREAD_NOISE * self.spreads.normal() - SPREAD_NOISE * SPREAD_NOISE / 2.0);
        let spread = (mean_spread * noise).round().max(1.0);
        let mid = libm::exp(self.log_price + deviation) * decimals / grid;
        let bid = (mid - spread / 2.0).round();
        let time = UnixNanos::from_millis(time_ms).expect("inside of an interval of nanoseconds");
        ticks.push(Tick {
            time,
            bid: bid * grid / decimals,
            ask: (bid + spread) * grid / decimals,
            bid_volume: VOLUMES[self.volumes.nibble()],
            ask_volume: VOLUMES[self.volumes.nibble()],
        })
    }

    /// Moves the walk to the present and returns the planted deviation from it.
    fn step(&mut self) -> f64 {
        let pending = std::mem::take(&mut self.pending);
        self.log_price += pending.variance.sqrt() * self.returns.normal() - pending.variance / 2.0;
        if self.jumps.uniform() < pending.jumps {
            let jump = self.scale.jump;
            self.log_price += jump * self.jumps.normal() - jump * jump / 2.0;
        }
        self.edge.as_mut().map_or(0.0, |edge| edge.advance(pending.minutes))
    }
}

impl Pending {
    fn add(&mut self, minute: &Minute, millis: f64) {
        self.variance += minute.variance_per_ms * millis;
        self.jumps += minute.jumps_per_ms * millis;
        self.minutes += millis / MINUTE_MS as f64;
    }
}

fn div_ceil(nanos: i64, unit: i64) -> i64 {
    nanos.div_euclid(unit) + i64::from(nanos.rem_euclid(unit) > 0)
}
