use super::density::Scratch;
use super::group::Group;
use crate::random::Stream;
use crate::{Error, Point, Space, Value};

/// The density that [`Tpe`](crate::Tpe) puts over observations: a mixture of truncated normal distributions on the
/// scales of numbers and of smoothed counts of choices, with a prior over the whole space.
///
/// The order of the observations matters: beyond 25 of them, older ones weigh less.
///
/// ```
/// use param_search::{Domain, Parameter, ParzenEstimator, Point, Space, Value};
///
/// let space = Space::new([Parameter::new("x", Domain::float(0.0, 1.0))])?;
/// let at = |x| Point::new(vec![Some(Value::Float(x))]);
/// let mut estimator = ParzenEstimator::new(&space, &[at(0.2), at(0.25), at(0.3)])?;
/// assert!(estimator.log_density(&at(0.25))? > estimator.log_density(&at(0.9))?);
/// # Ok::<(), param_search::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ParzenEstimator {
    space: Space,
    group: Group,
    scratch: Scratch,
}

impl ParzenEstimator {
    /// The density of `observations`, each weighing up to 1, and of a prior weighing 1.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if a parameter has a condition; an error of [`Space::check`] for points outside of the
    /// space.
    pub fn new(space: &Space, observations: &[Point]) -> Result<Self, Error> {
        if let Some(conditional) = space.parameters().iter().find(|parameter| parameter.condition.is_some()) {
            let reason = format!("the parameter {:?} has a condition", conditional.name);
            return Err(Error::Unsupported { sampler: "a single Parzen estimator", reason });
        }
        let mut group = Group::all(space, true, 1.0).into_iter().next().ok_or(Error::EmptySpace)?;
        for (id, point) in (0..).zip(observations) {
            space.check(point)?;
            if let Some(coordinates) = group.coordinates(point) {
                group.good.insert(id, &coordinates);
            }
        }
        Ok(Self { space: space.clone(), group, scratch: Scratch::default() })
    }

    /// Logarithm of the density at a point.
    ///
    /// Per unit of the scale, which is ln x for logarithmic parameters; a probability for countable ones with up to 256
    /// values, while those with more count as a continuum.
    ///
    /// # Errors
    /// An error of [`Space::check`] for a point outside of the space.
    pub fn log_density(&mut self, point: &Point) -> Result<f64, Error> {
        self.space.check(point)?;
        let coordinates = self.group.coordinates(point).ok_or(Error::EmptySpace)?;
        let mut densities = Vec::new();
        self.group.good.log_density(&[coordinates], None, &mut self.scratch, &mut densities);
        Ok(densities[0])
    }

    /// Draws `n` points; equal seeds give equal points. Constraints of the space are not looked at.
    pub fn sample(&self, n: usize, seed: u64) -> Vec<Point> {
        let mut random = Stream::new(seed, 0);
        let mut values: Vec<Option<Value>> = vec![None; self.space.n_parameters()];
        let mut draw = || {
            self.group.place_draw(&self.space, &mut random, &mut values);
            Point::new(values.clone())
        };
        (0..n).map(|_| draw()).collect()
    }
}
