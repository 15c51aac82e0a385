use super::domain::floor_u64;
use super::{Domain, Point, Space, Value};

impl Domain {
    /// The value at coordinate `unit` of 0..=1 of this parameter's scale.
    ///
    /// Countable values share the axis in equal parts, whole numbers on a logarithmic scale by the logarithms of
    /// their neighbours' midpoints.
    ///
    /// # Panics
    /// If the domain has no values; a [`Space`] takes none such.
    pub fn decode(&self, unit: f64) -> Value {
        match *self {
            Self::Float { low, high, step: None, log } if low < high => {
                let x = if log {
                    let (a, b) = (libm::log(low), libm::log(high));
                    libm::exp(a + unit * (b - a))
                } else {
                    low + unit * (high - low)
                };
                Value::Float(x.clamp(low, high))
            }
            Self::Int { low, high, log: true, .. } => {
                let (a, b) = (libm::log(low as f64 - 0.5), libm::log(high as f64 + 0.5));
                Value::Int(round_i64(libm::exp(a + unit * (b - a))).clamp(low, high))
            }
            _ => {
                let n = self.n_values().expect("only floats without step are uncountable");
                self.at_grid(floor_u64(unit * n as f64).min(n - 1))
            }
        }
    }

    /// Coordinate in 0..=1 of a value, the middle of its share; `None` for a value of another kind.
    pub fn encode(&self, value: Value) -> Option<f64> {
        match (self, value) {
            (&Self::Float { low, high, step: None, log }, Value::Float(x)) if low < high => {
                let unit = if log {
                    let (a, b) = (libm::log(low), libm::log(high));
                    (libm::log(x) - a) / (b - a)
                } else {
                    (x - low) / (high - low)
                };
                Some(unit.clamp(0.0, 1.0))
            }
            (&Self::Int { low, high, log: true, .. }, Value::Int(x)) if (low..=high).contains(&x) => {
                let (a, b) = (libm::log(low as f64 - 0.5), libm::log(high as f64 + 0.5));
                Some((libm::log(x as f64) - a) / (b - a))
            }
            _ => Some((self.grid_position(value)? as f64 + 0.5) / self.n_values()? as f64),
        }
    }
}

impl Space {
    /// The point at `unit`, one coordinate of 0..=1 a parameter. Coordinates of inactive parameters are not looked at.
    ///
    /// Constraints are not looked at either.
    ///
    /// # Panics
    /// If `unit` has another length than the space has parameters.
    pub fn decode(&self, unit: &[f64]) -> Point {
        assert_eq!(unit.len(), self.n_parameters(), "decode: one coordinate a parameter");
        let mut values = vec![None; unit.len()];
        for &position in &self.order {
            if self.is_active(position, &values) {
                values[position] = Some(self.parameters[position].domain.decode(unit[position]));
            }
        }
        Point::new(values)
    }

    /// Coordinates of a point in the unit cube; `None` for inactive parameters.
    ///
    /// `decode` of them, with anything for `None`, gives the point back: exactly for countable parameters, to rounding
    /// for the others.
    pub fn encode(&self, point: &Point) -> Vec<Option<f64>> {
        let of = |(parameter, value): (&super::Parameter, &Option<Value>)| parameter.domain.encode((*value)?);
        self.parameters.iter().zip(point.values()).map(of).collect()
    }
}

/// The nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "saturates, and the callers clamp to a range")]
pub(crate) fn round_i64(x: f64) -> i64 {
    libm::round(x) as i64
}
