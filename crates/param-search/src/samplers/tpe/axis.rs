use crate::normal::{log_mass, normal_cdf};
use crate::space::round_i64;
use crate::{Domain, Value};

/// More values than this are estimated as a continuum and rounded afterwards.
const MAX_CELLS: u64 = 256;

/// One parameter as the estimators see it: its scale, or its choices.
#[derive(Clone, Debug)]
pub(super) enum Axis {
    /// Ordered values.
    Numeric(Scale),
    /// Values without an order.
    Categorical {
        /// How many.
        n: usize,
    },
}

/// An interval on which kernels are truncated normal distributions.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    domain: Domain,
    log: bool,
    /// The ends, after the logarithm if there is one; half a step beyond the outermost values of countable ones.
    pub(super) low: f64,
    pub(super) high: f64,
    /// Middles and borders of the cells of countable values; empty for a continuum.
    pub(super) middles: Vec<f64>,
    borders: Vec<f64>,
}

impl Axis {
    /// `None` for a parameter with one value, about which there is nothing to learn.
    pub(super) fn of(domain: &Domain) -> Option<Self> {
        let n = domain.n_values();
        if n == Some(1) {
            return None;
        }
        match *domain {
            Domain::Categorical { ref choices } => Some(Self::Categorical { n: choices.len() }),
            Domain::Boolean => Some(Self::Categorical { n: 2 }),
            Domain::Float { low, high, step: None, log } => {
                Some(Self::Numeric(Scale::new(domain, low, high, None, log)))
            }
            Domain::Float { low, high, step: Some(step), .. } => {
                Some(Self::Numeric(Scale::new(domain, low, high, Some(step), false)))
            }
            Domain::Int { low, high, step, log } => {
                Some(Self::Numeric(Scale::new(domain, low as f64, high as f64, Some(f64::from(step)), log)))
            }
        }
    }

    /// The value as a coordinate: its place on the scale, or the position of the choice.
    pub(super) fn coordinate(&self, value: Value) -> f64 {
        match self {
            Self::Categorical { .. } => match value {
                Value::Choice(at) => at as f64,
                Value::Bool(on) => f64::from(u8::from(on)),
                Value::Float(_) | Value::Int(_) => unreachable!("a checked point has choices here"),
            },
            Self::Numeric(scale) => {
                let x = value.number().expect("a checked point has numbers here");
                if scale.log { libm::log(x) } else { x }
            }
        }
    }

    /// The value nearest to a coordinate.
    pub(super) fn value(&self, coordinate: f64) -> Value {
        match self {
            Self::Categorical { .. } => {
                unreachable!("choices are decoded by their domain: {coordinate}")
            }
            Self::Numeric(scale) => scale.value(coordinate),
        }
    }
}

impl Scale {
    fn new(domain: &Domain, low: f64, high: f64, step: Option<f64>, log: bool) -> Self {
        let place = |x: f64| if log { libm::log(x) } else { x };
        // The last value of a grid may lie below the bound.
        let high = match (domain.n_values(), step) {
            (Some(n), Some(step)) => (low + (n - 1) as f64 * step).min(high),
            _ => high,
        };
        let half = step.unwrap_or(0.0) / 2.0;
        let n = domain.n_values().filter(|&n| n <= MAX_CELLS);
        let of = |shift: f64| {
            let number = move |at| domain.at_grid(at).number().expect("a numeric domain");
            n.map_or(Vec::new(), |n| (0..n).map(|at| place(number(at) + shift)).collect())
        };
        let (middles, mut borders) = (of(0.0), of(-half));
        if !borders.is_empty() {
            borders.push(place(high + half));
        }
        Self { domain: domain.clone(), log, low: place(low - half), high: place(high + half), middles, borders }
    }

    pub(super) fn width(&self) -> f64 {
        self.high - self.low
    }

    pub(super) fn is_countable(&self) -> bool {
        !self.middles.is_empty()
    }

    /// Which cell a coordinate lies in, for countable values.
    pub(super) fn cell(&self, coordinate: f64) -> usize {
        self.borders[1..self.borders.len() - 1].partition_point(|border| *border <= coordinate)
    }

    /// Logarithm of the share of a normal distribution that falls into a cell.
    pub(super) fn log_cell_mass(&self, cell: usize, mu: f64, sigma: f64) -> f64 {
        log_mass((self.borders[cell] - mu) / sigma, (self.borders[cell + 1] - mu) / sigma)
    }

    /// Shares of a normal distribution below and above the scale.
    pub(super) fn tails(&self, mu: f64, sigma: f64) -> (f64, f64) {
        (normal_cdf((self.low - mu) / sigma), normal_cdf((mu - self.high) / sigma))
    }

    fn value(&self, coordinate: f64) -> Value {
        if self.is_countable() {
            return self.domain.at_grid(self.cell(coordinate) as u64);
        }
        let x = if self.log { libm::exp(coordinate) } else { coordinate };
        match self.domain {
            Domain::Float { low, high, step: None, .. } => Value::Float(x.clamp(low, high)),
            Domain::Int { low, high, step: 1, .. } => Value::Int(round_i64(x).clamp(low, high)),
            _ => {
                let n = self.domain.n_values().expect("a countable domain");
                let at = round_i64((coordinate - self.low) / self.width() * n as f64 - 0.5).max(0).cast_unsigned();
                self.domain.at_grid(at.min(n - 1))
            }
        }
    }
}
