use strategy::{Input, InputKind, Params, Strategy};

use crate::Error;

/// Decimal places up to which the values of a decimal input are exact decimal numbers.
const MAX_DECIMALS: i32 = 12;
/// Below this, whole numbers are exact in an `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// All parameter sets of a strategy as a numbered grid that is never laid out in memory.
///
/// Point 0 has the smallest value of every input; the last input varies fastest. The strategy's constraints leave
/// holes: [`Space::point`] gives every point, [`Space::allows`] tells which may be tried.
///
/// Decimal inputs take the decimal numbers themselves: from 0.1 in steps of 0.1 the third value is 0.3 and not
/// 0.1 + 0.1 + 0.1, so that it prints as it was written.
///
/// ```
/// use optimizer::Space;
/// use strategy::Strategy;
///
/// # let text = r#"{
/// #   "name": "Average cross",
/// #   "inputs": [
/// #     { "name": "fast", "kind": { "integer": { "default": 5, "min": 5, "max": 20, "step": 5 } } },
/// #     { "name": "slow", "kind": { "integer": { "default": 20, "min": 10, "max": 50, "step": 10 } } }],
/// #   "constraints": [{ "less": 0, "than": 1 }],
/// #   "long": {
/// #     "entry": { "cross": ["over",
/// #       { "indicator": { "kind": "sma", "args": [{ "input": 0 }], "source": "close", "output": "value" } },
/// #       { "indicator": { "kind": "sma", "args": [{ "input": 1 }], "source": "close", "output": "value" } }] },
/// #     "exit": null },
/// #   "short": null,
/// #   "risk": { "stop_loss": { "ticks": { "const": 200.0 } }, "take_profit": null },
/// #   "sizing": { "rule": { "units": 10000.0 } } }"#;
/// let strategy = Strategy::from_json(text)?; // `fast` 5 to 20 by 5, `slow` 10 to 50 by 10, fast < slow
/// let space = Space::of(&strategy)?;
/// assert_eq!(space.n_points(), 4 * 5);
/// assert_eq!(space.point(1).ok_or("no such point")?.values(), [5.0, 20.0]);
/// assert!(space.point(20).is_none());
/// assert_eq!(space.points().count(), 5 + 4 + 4 + 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Space<'a> {
    strategy: &'a Strategy,
    axes: Vec<Axis>,
    n_points: u128,
}

impl<'a> Space<'a> {
    /// The grid that the ranges of the strategy's inputs span; one point for a strategy without inputs.
    ///
    /// # Errors
    /// [`Error::EmptyRange`] if an input has no values, [`Error::Uncountable`] if the grid has more than 2¹²⁸ points.
    pub fn of(strategy: &'a Strategy) -> Result<Self, Error> {
        let axes = strategy
            .inputs
            .iter()
            .map(|input| {
                Axis::of(input)
                    .ok_or_else(|| Error::EmptyRange { strategy: strategy.name.clone(), input: input.name.clone() })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let n_points = axes
            .iter()
            .try_fold(1_u128, |product, axis| product.checked_mul(axis.count.into()))
            .ok_or_else(|| Error::Uncountable { strategy: strategy.name.clone() })?;
        Ok(Self { strategy, axes, n_points })
    }

    /// The strategy whose inputs these are.
    pub fn strategy(&self) -> &'a Strategy {
        self.strategy
    }

    /// Number of points, those that break a constraint included.
    pub fn n_points(&self) -> u128 {
        self.n_points
    }

    /// The parameters of a point; `None` if there is no such point.
    pub fn point(&self, index: u128) -> Option<Params> {
        if index >= self.n_points {
            return None;
        }
        let mut rest = index;
        let mut values: Vec<f64> = Vec::with_capacity(self.axes.len());
        for axis in self.axes.iter().rev() {
            let count = u128::from(axis.count);
            let digit = u64::try_from(rest % count).ok()?;
            values.push(axis.value(digit));
            rest /= count;
        }
        values.reverse();
        Some(Params::new(values))
    }

    /// The point that has these parameters; `None` if they do not lie on the grid.
    pub fn index_of(&self, params: &Params) -> Option<u128> {
        if params.values().len() != self.axes.len() {
            return None;
        }
        let mut digits = self.axes.iter().zip(params.values());
        digits.try_fold(0_u128, |index, (axis, &value)| {
            Some(index * u128::from(axis.count) + u128::from(axis.digit(value)?))
        })
    }

    /// Whether a parameter set satisfies the strategy's constraints.
    pub fn allows(&self, params: &Params) -> bool {
        self.strategy.satisfies_constraints(params)
    }

    /// All points that the constraints allow, in order, one at a time.
    pub fn points(&self) -> impl Iterator<Item = Params> + '_ {
        (0..self.n_points).filter_map(|index| self.point(index)).filter(|params| self.allows(params))
    }

    /// The allowed points one step away along one input, lower before higher, in the order of the inputs. None for
    /// parameters that do not lie on the grid.
    pub fn neighbours(&self, params: &Params) -> Vec<Params> {
        let mut neighbours = Vec::new();
        if self.index_of(params).is_none() {
            return neighbours;
        }
        for (position, axis) in self.axes.iter().enumerate() {
            let Some(digit) = axis.digit(params.values()[position]) else { continue };
            let beside = [digit.checked_sub(1), Some(digit + 1).filter(|next| *next < axis.count)];
            for other in beside.into_iter().flatten() {
                let mut values = params.values().to_vec();
                values[position] = axis.value(other);
                let neighbour = Params::new(values);
                if self.allows(&neighbour) {
                    neighbours.push(neighbour);
                }
            }
        }
        neighbours
    }
}

/// The values of one input.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    values: Values,
    /// How many there are, at least 1.
    pub(crate) count: u64,
}

#[derive(Clone, Copy, Debug)]
enum Values {
    Integer {
        min: i64,
        step: i64,
    },
    /// (`first` + i · `step`) / `scale`, all whole: correctly rounded decimals.
    Decimal {
        first: f64,
        step: f64,
        scale: f64,
    },
    /// `min` + i · `step`, for ranges that are no short decimals; at most `max`.
    Float {
        min: f64,
        step: f64,
        max: f64,
    },
}

impl Axis {
    /// `None` for a range without values.
    pub(crate) fn of(input: &Input) -> Option<Self> {
        match input.kind {
            InputKind::Integer { min, max, step, .. } => {
                if step < 1 || max < min {
                    return None;
                }
                let span = u64::try_from(i128::from(max) - i128::from(min)).expect("a span of i64 fits u64");
                let count = (span / u64::try_from(step).expect("the step is above 0")).checked_add(1)?;
                Some(Self { values: Values::Integer { min, step }, count })
            }
            InputKind::Float { min, max, step, .. } => Self::of_floats(min, max, step),
        }
    }

    fn of_floats(min: f64, max: f64, step: f64) -> Option<Self> {
        let finite = min.is_finite() && max.is_finite() && step.is_finite();
        if !finite || step <= 0.0 || max < min {
            return None;
        }
        // A tolerance, because (0.3 − 0.1) / 0.1 is a little below 2.
        let steps = ((max - min) / step + 1e-9).floor();
        if steps >= EXACT {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ steps < 2^53")]
        let count = steps as u64 + 1;
        let values = (0..=MAX_DECIMALS)
            .map(|decimals| libm::exp10(f64::from(decimals)).round())
            .find_map(|scale| Values::decimal(min, step, scale))
            .filter(|values| values.at(count - 1) <= max)
            .unwrap_or(Values::Float { min, step, max });
        Some(Self { values, count })
    }

    pub(crate) fn value(&self, digit: u64) -> f64 {
        self.values.at(digit)
    }

    /// Position of the value nearest to a number; `None` for one that is not finite.
    pub(crate) fn nearest(&self, number: f64) -> Option<u64> {
        let guess = self.guess(number);
        if !guess.is_finite() {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "limited to the positions there are"
        )]
        Some((guess.max(0.0) as u64).min(self.count - 1))
    }

    /// Position of a value; `None` if it is not one of the values, bit for bit.
    fn digit(&self, value: f64) -> Option<u64> {
        let guess = self.guess(value);
        if !(guess >= 0.0 && guess < self.count as f64) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ guess < count")]
        let digit = guess as u64;
        (self.value(digit).to_bits() == value.to_bits()).then_some(digit)
    }

    /// Steps from the smallest value to a number.
    fn guess(&self, number: f64) -> f64 {
        let (min, step) = match self.values {
            Values::Integer { min, step } => (min as f64, step as f64),
            Values::Decimal { first, step, scale } => (first / scale, step / scale),
            Values::Float { min, step, .. } => (min, step),
        };
        ((number - min) / step).round()
    }
}

impl Values {
    /// Decimal values, if the smallest one and the step are whole numbers over `scale`, a power of ten.
    fn decimal(min: f64, step: f64, scale: f64) -> Option<Self> {
        let (first, scaled_step) = ((min * scale).round(), (step * scale).round());
        let exact = first.abs() < EXACT && scaled_step < EXACT;
        let same = (first / scale).to_bits() == min.to_bits() && (scaled_step / scale).to_bits() == step.to_bits();
        (exact && same).then_some(Self::Decimal { first, step: scaled_step, scale })
    }

    fn at(&self, digit: u64) -> f64 {
        match *self {
            Self::Integer { min, step } => {
                let offset = i128::from(digit) * i128::from(step);
                (i128::from(min) + offset) as f64
            }
            Self::Decimal { first, step, scale } => (first + digit as f64 * step) / scale,
            Self::Float { min, step, max } => {
                let value = min + digit as f64 * step;
                if value > max { max } else { value }
            }
        }
    }
}
