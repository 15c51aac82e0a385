use std::fmt::Debug;

use crate::{Error, Point, Problem, Trial};

/// Proposes points, one at a time, and learns from what comes of them.
///
/// A sampler is a function of its settings, its seed and the calls made so far, in their order: the same calls give
/// the same points, bit for bit, on every platform. Threads that evaluate points therefore change nothing as long as
/// results are told in a fixed order. Several points may be out at once.
///
/// [`Study`](crate::Study) makes the calls; they can also be made directly:
///
/// ```
/// use param_search::{Domain, Outcome, Parameter, Problem, Sampler, Space, Tpe, TpeOptions, Trial};
///
/// let space = Space::new([Parameter::new("x", Domain::float(-5.0, 5.0))])?;
/// let mut tpe = Tpe::new(&Problem::minimize(space)?, 1, TpeOptions::default())?;
/// for id in 0..20 {
///     let point = tpe.ask(id)?;
///     let x = tpe.problem().space().view(&point).number("x").ok_or("inactive")?;
///     tpe.tell(&Trial { id, point, reports: vec![], outcome: Outcome::value(x * x) })?;
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Sampler: Debug {
    /// What is searched.
    fn problem(&self) -> &Problem;

    /// A point for trial `id`, which is pending until it is told. Each id is asked for once.
    ///
    /// # Errors
    /// [`Error::Exhausted`] if no point is left, [`Error::Unsatisfiable`] if none meets the constraints.
    fn ask(&mut self, id: u64) -> Result<Point, Error>;

    /// Takes note that trial `id`, whose point came from elsewhere, is pending.
    fn announce(&mut self, id: u64, point: &Point) {
        let _ = (id, point);
    }

    /// Learns from a trial that ended, whoever proposed it. Trials without a result count as documented by the sampler.
    ///
    /// # Errors
    /// [`Error::ObjectiveCount`] and [`Error::NotFinite`] for a result that is none.
    fn tell(&mut self, trial: &Trial) -> Result<(), Error>;

    /// Name, seed and settings, which a journal keeps to notice that it is resumed with others.
    fn describe(&self) -> serde_json::Value;
}

impl<S: Sampler + ?Sized> Sampler for Box<S> {
    fn problem(&self) -> &Problem {
        (**self).problem()
    }

    fn ask(&mut self, id: u64) -> Result<Point, Error> {
        (**self).ask(id)
    }

    fn announce(&mut self, id: u64, point: &Point) {
        (**self).announce(id, point);
    }

    fn tell(&mut self, trial: &Trial) -> Result<(), Error> {
        (**self).tell(trial)
    }

    fn describe(&self) -> serde_json::Value {
        (**self).describe()
    }
}
