use super::noise::Noise;

/// A component of the log price that can be forecast, added to the walk.
///
/// Its clock runs while the market is open. With φ = 2^(−h / half-life), τ = half-life / ln 2 and pips at the start price,
/// the best forecast of the return over the next h minutes, for who sees the component, is stated below; a rule that
/// trades on it earns the forecast's size per trade before costs.
///
/// How much of it a rule sees that knows only prices, as `examples/planted_edge.rs` prints it: Bollinger bands of 20
/// minutes and 2 deviations, traded against, on 14 days of [`SyntheticConfig::eurusd`](super::SyntheticConfig::eurusd),
/// after the spread, mean of ten seeds:
///
/// | reversion: amplitude, half-life | R² of 10 minutes | pips a round trip | seeds in profit |
/// |---|---|---|---|
/// | none | 0 | −0.65 | 0 of 10 |
/// | 2 pips, 5 minutes | 0.10 | 0.81 | 10 |
/// | 4 pips, 5 minutes | 0.22 | 2.98 | 10 |
/// | 4 pips, 10 minutes | 0.12 | 1.21 | 10 |
/// | 8 pips, 20 minutes | 0.10 | 1.27 | 10 |
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields))]
#[non_exhaustive]
pub enum PlantedEdge {
    /// The price is pulled back to the walk: the deviation y from it is a stationary Ornstein–Uhlenbeck process.
    ///
    /// Forecast: −(1 − φ) · y pips, with the variance (1 − φ)² · amplitude². The deviation's own unforeseeable part
    /// adds (1 − φ²) · amplitude² to the variance of returns.
    MeanReversion {
        /// Standard deviation of y, in pips.
        amplitude_pips: f64,
        /// Open minutes after which half of a deviation is gone.
        half_life_minutes: f64,
    },
    /// The walk drifts: its drift μ is a stationary Ornstein–Uhlenbeck process around 0.
    ///
    /// Forecast: μ · τ · (1 − φ), with the variance drift² · τ² · (1 − φ)². The drift's own unforeseeable part
    /// adds the rest of the variance 2 · drift² · τ² · (h/τ − (1 − φ)) of the drift summed over h minutes.
    Momentum {
        /// Standard deviation of μ, in pips per open minute.
        drift_pips_per_minute: f64,
        /// Open minutes after which half of a drift is gone.
        half_life_minutes: f64,
    },
}

impl PlantedEdge {
    /// Variance of the return over `minutes`, in pips²: the part that can be forecast and the part that cannot.
    pub(super) fn variance_pips(&self, minutes: f64) -> (f64, f64) {
        let (size, half_life) = self.size_and_half_life();
        let kept = libm::exp2(-minutes / half_life);
        let lost = 1.0 - kept;
        match self {
            Self::MeanReversion { .. } => (size * size * lost * lost, size * size * (1.0 - kept * kept)),
            Self::Momentum { .. } => {
                let tau = half_life / std::f64::consts::LN_2;
                let scale = size * size * tau * tau;
                let known = scale * lost * lost;
                (known, 2.0 * scale * (minutes / tau - lost) - known)
            }
        }
    }

    pub(super) fn settings(&self) -> [(&'static str, f64, bool); 2] {
        let (size, half_life) = self.size_and_half_life();
        let name = match self {
            Self::MeanReversion { .. } => "amplitude_pips",
            Self::Momentum { .. } => "drift_pips_per_minute",
        };
        [
            (name, size, size.is_finite() && size >= 0.0),
            ("half_life_minutes", half_life, half_life.is_finite() && half_life > 0.0),
        ]
    }

    fn size_and_half_life(&self) -> (f64, f64) {
        match *self {
            Self::MeanReversion { amplitude_pips, half_life_minutes } => (amplitude_pips, half_life_minutes),
            Self::Momentum { drift_pips_per_minute, half_life_minutes } => (drift_pips_per_minute, half_life_minutes),
        }
    }
}

/// The planted component as it moves through time.
#[derive(Clone, Debug)]
pub(super) struct EdgeState {
    edge: PlantedEdge,
    noise: Noise,
    pip_log: f64,
    // The Ornstein–Uhlenbeck process, in units of its standard deviation.
    state: f64,
    drifted: f64,
}

impl EdgeState {
    pub(super) fn new(edge: PlantedEdge, pip_log: f64, mut noise: Noise) -> Self {
        let state = noise.normal();
        Self { edge, noise, pip_log, state, drifted: 0.0 }
    }

    /// Moves on by `minutes` of open time and returns what the log price deviates from the walk.
    pub(super) fn advance(&mut self, minutes: f64) -> f64 {
        let (size, half_life) = self.edge.size_and_half_life();
        let kept = libm::exp2(-minutes / half_life);
        let before = self.state;
        self.state = kept * before + (1.0 - kept * kept).sqrt() * self.noise.normal();
        match self.edge {
            PlantedEdge::MeanReversion { .. } => size * self.pip_log * self.state,
            PlantedEdge::Momentum { .. } => {
                self.drifted += 0.5 * (before + self.state) * size * self.pip_log * minutes;
                self.drifted
            }
        }
    }
}
