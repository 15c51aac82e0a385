//! Rules that a market can be made to pay, and who holds what by them.
use super::rules::{REVERSION_DEPTH, REVERSION_PERIOD, SESSION_BAR, TREND_FAST, TREND_SLOW};

/// Which rule is paid. Each is one of the candidates of the search, with inputs somewhere inside its grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Long from an RSI below the depth until it is above 50, short the other way round.
    Reversion,
    /// Long above the slower average, short below.
    Trend,
    /// Long in one 4-hour bar of each day.
    Session,
}

impl Edge {
    pub(crate) const ALL: [Self; 3] = [Self::Reversion, Self::Trend, Self::Session];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Reversion => "reversion after RSI extremes",
            Self::Trend => "trend of an average cross",
            Self::Session => "drift in one session",
        }
    }

    /// As files and parts of the bench call it.
    pub(crate) const fn file_stem(self) -> &'static str {
        match self {
            Self::Reversion => "reversion",
            Self::Trend => "trend",
            Self::Session => "session",
        }
    }
}

/// What the rule holds through the next bar.
pub(crate) struct Holder {
    edge: Edge,
    position: f64,
    closes: Vec<f64>,
    gain: f64,
    loss: f64,
}

impl Holder {
    pub(crate) fn new(edge: Edge) -> Self {
        Self { edge, position: 0.0, closes: Vec::new(), gain: 0.0, loss: 0.0 }
    }

    /// 1 long, −1 short, 0 flat, in a bar at this place of the day.
    pub(crate) fn position(&self, bar_of_day: usize) -> f64 {
        match self.edge {
            Edge::Session => f64::from(u8::from(bar_of_day == SESSION_BAR)),
            Edge::Reversion | Edge::Trend => self.position,
        }
    }

    pub(crate) fn close(&mut self, close: f64) {
        self.closes.push(close);
        match self.edge {
            Edge::Session => {}
            Edge::Trend => self.cross(),
            Edge::Reversion => self.revert(),
        }
    }

    fn cross(&mut self) {
        let n = self.closes.len();
        if n >= TREND_SLOW {
            let mean = |period: usize| self.closes[n - period..].iter().sum::<f64>() / period as f64;
            self.position = if mean(TREND_FAST) > mean(TREND_SLOW) { 1.0 } else { -1.0 };
        }
    }

    fn revert(&mut self) {
        let n = self.closes.len();
        if n < 2 {
            return;
        }
        let change = self.closes[n - 1] - self.closes[n - 2];
        let weight = 1.0 / (REVERSION_PERIOD.min(n - 1)) as f64;
        self.gain += weight * (change.max(0.0) - self.gain);
        self.loss += weight * ((-change).max(0.0) - self.loss);
        if n <= REVERSION_PERIOD {
            return;
        }
        let rsi = 100.0 * self.gain / (self.gain + self.loss);
        self.position = match self.position {
            _ if rsi < REVERSION_DEPTH => 1.0,
            _ if rsi > 100.0 - REVERSION_DEPTH => -1.0,
            held if held > 0.0 && rsi > 50.0 || held < 0.0 && rsi < 50.0 => 0.0,
            held => held,
        };
    }
}
