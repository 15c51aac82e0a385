//! What is searched: named parameters, when they are active, and which combinations are allowed.

mod build;
mod codec;
mod constraint;
mod count;
mod domain;
mod named;
mod point;
mod wire;

pub(crate) use self::codec::round_i64;
pub use self::constraint::{Constraint, Predicate};
pub use self::domain::{Condition, Domain, Parameter};
pub use self::named::{NamedPoint, NamedValue, View};
pub use self::point::{Point, Value};

use crate::Error;
use crate::random::Stream;

/// Parameters with their ranges, conditions and constraints.
///
/// A parameter may depend on one other ([`Parameter::when`]): it is active only where that one is active and has one
/// of certain values. Dependence is a forest, so the points are those of a tree of choices.
///
/// ```
/// use param_search::{Constraint, Domain, Parameter, Space, Value};
///
/// let space = Space::new([
///     Parameter::new("average", Domain::categorical(["sma", "ema"])),
///     Parameter::new("fast", Domain::int(2, 50)),
///     Parameter::new("slow", Domain::log_int(10, 300)),
///     Parameter::new("trailing", Domain::boolean()),
///     Parameter::new("stop_atr", Domain::float_step(0.5, 6.0, 0.25)).when("trailing", [Value::Bool(true)]),
/// ])?
/// .constrained([Constraint::less("fast", "slow")])?;
/// assert_eq!(space.n_points(), Some(2 * 49 * 291 * (1 + 23)));
/// # Ok::<(), param_search::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Space {
    parameters: Vec<Parameter>,
    constraints: Vec<Constraint>,
    predicates: Vec<Predicate>,
    /// Position of the parent and its values, in terms of grid positions, of each parameter.
    parents: Vec<Option<Parent>>,
    children: Vec<Vec<usize>>,
    /// Positions with every parent before its children.
    order: Vec<usize>,
    /// The constraints, names resolved.
    linear: Vec<constraint::Linear>,
}

#[derive(Clone, Debug, PartialEq)]
struct Parent {
    position: usize,
    /// Which of the parent's values switch this parameter on: sorted positions among its values.
    values: Vec<u64>,
}

impl Space {
    /// How many points are tried before a constrained space counts as empty.
    pub(crate) const MAX_TRIES: usize = 10_000;

    /// The parameters, in the order in which they were declared.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The constraints between parameters.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// The predicates.
    pub fn predicates(&self) -> &[Predicate] {
        &self.predicates
    }

    /// Number of parameters, and of coordinates of the unit cube.
    pub fn n_parameters(&self) -> usize {
        self.parameters.len()
    }

    /// Position of a parameter by its name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.name == name)
    }

    /// Whether parameter `position` is active, given the values of a point at the positions before it in the order of
    /// dependence.
    pub(crate) fn is_active(&self, position: usize, values: &[Option<Value>]) -> bool {
        let Some(parent) = &self.parents[position] else { return true };
        let domain = &self.parameters[parent.position].domain;
        values[parent.position]
            .and_then(|value| domain.grid_position(value))
            .is_some_and(|at| parent.values.binary_search(&at).is_ok())
    }

    /// Positions of the parameters, every parent before its children.
    pub(crate) fn order(&self) -> &[usize] {
        &self.order
    }

    /// Whether every predicate has its function.
    pub(crate) fn check_bound(&self) -> Result<(), Error> {
        match self.predicates.iter().find(|predicate| !predicate.is_bound()) {
            Some(predicate) => Err(Error::UnboundPredicate { name: predicate.name().to_owned() }),
            None => Ok(()),
        }
    }

    /// Whether a point meets all constraints and predicates. A constraint with an inactive parameter is met.
    pub fn is_feasible(&self, point: &Point) -> bool {
        self.broken(point).is_none()
    }

    /// Whether a point belongs to this space: every active parameter has one of its values, no other has one, and the
    /// constraints are met.
    ///
    /// # Errors
    /// [`Error::BadValue`], [`Error::Inactive`] or [`Error::Constraint`].
    pub fn check(&self, point: &Point) -> Result<(), Error> {
        let values = point.values();
        if values.len() != self.n_parameters() {
            let name = format!("{} values for {} parameters", values.len(), self.n_parameters());
            return Err(Error::BadValue { name, value: None });
        }
        for (position, (parameter, &value)) in self.parameters.iter().zip(values).enumerate() {
            let name = || parameter.name.clone();
            match (self.is_active(position, values), value) {
                (true, Some(value)) if parameter.domain.contains(value) => {}
                (true, value) => return Err(Error::BadValue { name: name(), value }),
                (false, Some(value)) => return Err(Error::Inactive { name: name(), value }),
                (false, None) => {}
            }
        }
        self.broken(point).map_or(Ok(()), |constraint| Err(Error::Constraint { constraint }))
    }

    /// A point with each active parameter drawn independently and uniformly on its scale, among those that meet the
    /// constraints.
    pub(crate) fn random_point(&self, random: &mut Stream) -> Result<Point, Error> {
        let mut unit = vec![0.0; self.n_parameters()];
        for _ in 0..Self::MAX_TRIES {
            unit.fill_with(|| random.unit());
            let point = self.decode(&unit);
            if self.is_feasible(&point) {
                return Ok(point);
            }
        }
        Err(Error::Unsatisfiable { tries: Self::MAX_TRIES })
    }
}
