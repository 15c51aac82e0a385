//! Prices without and with an edge of known strength.
use market::{Bar, Bars, Timeframe, UnixNanos};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use super::edge::{Edge, Holder};

/// Standard deviation of a bar's log return: 8 % a year.
pub(crate) const SIGMA: f64 = 0.002;
/// Bars a year: six 4-hour bars on each of 260 days.
pub(crate) const BARS_PER_YEAR: f64 = 1_560.0;
const BARS_PER_DAY: usize = 6;

/// Law of the returns without an edge. Both are martingale differences: nothing can be earned but by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noise {
    /// Independent normal returns: a random walk.
    Gaussian,
    /// GARCH(1,1) with Student innovations of 4 degrees of freedom and a profile over the day: heavy tails, volatility
    /// clusters and seasons, as measured returns have them.
    Clustered,
}

/// A market: a law of returns, and what is paid to whoever knows the edge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Process {
    pub(crate) noise: Noise,
    /// Kind of the edge and the mean return a bar, in standard deviations, of a position held by its rule.
    pub(crate) edge: Option<(Edge, f64)>,
}

impl Process {
    pub(crate) const fn noise(noise: Noise) -> Self {
        Self { noise, edge: None }
    }

    /// 4-hour bars on weekdays, spread one pip. Equal seeds give equal shocks whatever the edge.
    pub(crate) fn bars(&self, n: usize, seed: u64) -> Bars {
        let mut random = Random(ChaCha8Rng::seed_from_u64(seed));
        let (mut bars, mut volatility) = (Bars::new(Timeframe::H4), Volatility::new(self.noise));
        let mut holder = self.edge.map(|(edge, _)| Holder::new(edge));
        let drift = self.edge.map_or(0.0, |(_, drift)| drift);
        let mut open = 1.1;
        for i in 0..n {
            let held = holder.as_ref().map_or(0.0, |holder| holder.position(i % BARS_PER_DAY));
            let sigma = volatility.of(i % BARS_PER_DAY);
            let shock = volatility.shock(sigma, &mut random);
            let change = shock + SIGMA * drift * held - 0.5 * SIGMA * SIGMA;
            let [up, down] = [1.0, -1.0].map(|side| bridge_extreme(change, sigma, side, &mut random));
            let close = open * libm::exp(change);
            let (high, low) = (open * libm::exp(up), open * libm::exp(-down));
            let bar = Bar { open_time: time(i), open, high, low, close, volume: 1.0, spread: 0.0001, tick_count: 1 };
            bars.push(bar).expect("a valid bar");
            if let Some(holder) = &mut holder {
                holder.close(close);
            }
            open = close;
        }
        bars
    }
}

/// Monday to Friday without holidays, from Monday 6 January 2020 on.
fn time(bar: usize) -> UnixNanos {
    let (day, bar_of_day) = (bar / BARS_PER_DAY, bar % BARS_PER_DAY);
    let days = i64::try_from(18_267 + day / 5 * 7 + day % 5).expect("few days");
    let hours = i64::try_from(4 * bar_of_day).expect("few hours");
    UnixNanos(days * UnixNanos::PER_DAY + hours * 3_600 * UnixNanos::PER_SECOND)
}

/// Highest point of a Brownian bridge from 0 to `change`, seen from `side`; at least both ends.
fn bridge_extreme(change: f64, sigma: f64, side: f64, random: &mut Random) -> f64 {
    let end = side * change;
    f64::midpoint(end, (end * end - 2.0 * sigma * sigma * libm::log(random.uniform())).sqrt())
}

struct Volatility {
    noise: Noise,
    /// Variance over its long-run mean.
    variance: f64,
}

impl Volatility {
    /// Shares of the day's variance, Asia to New York; mean 1.
    const SEASON: [f64; BARS_PER_DAY] = [0.4, 0.5, 1.2, 1.9, 1.4, 0.6];
    const REACTION: f64 = 0.08;
    const MEMORY: f64 = 0.90;

    fn new(noise: Noise) -> Self {
        Self { noise, variance: 1.0 }
    }

    fn of(&self, bar_of_day: usize) -> f64 {
        match self.noise {
            Noise::Gaussian => SIGMA,
            Noise::Clustered => SIGMA * (self.variance * Self::SEASON[bar_of_day]).sqrt(),
        }
    }

    fn shock(&mut self, sigma: f64, random: &mut Random) -> f64 {
        match self.noise {
            Noise::Gaussian => sigma * random.normal(),
            Noise::Clustered => {
                let z = random.student_4();
                let constant = 1.0 - Self::REACTION - Self::MEMORY;
                self.variance = constant + (Self::REACTION * z * z + Self::MEMORY) * self.variance;
                sigma * z
            }
        }
    }
}

struct Random(ChaCha8Rng);

impl Random {
    fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(self.uniform())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }

    /// Student's t with 4 degrees of freedom, scaled to variance 1; χ² with 4 degrees is −2·ln of two uniforms' product.
    fn student_4(&mut self) -> f64 {
        let chi_squared = -2.0 * libm::log(self.uniform() * self.uniform());
        self.normal() / (chi_squared / 4.0).sqrt() / 2.0_f64.sqrt()
    }
}
