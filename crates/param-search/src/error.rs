use crate::Value;

/// What can go wrong while describing a space, asking for a point or telling a result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A space without parameters has nothing to search.
    #[error("the space has no parameters")]
    EmptySpace,
    /// Two parameters have one name.
    #[error("the parameter {name:?} is declared twice")]
    DuplicateName {
        /// The name.
        name: String,
    },
    /// A name that the space does not have.
    #[error("there is no parameter {name:?}")]
    UnknownParameter {
        /// The name.
        name: String,
    },
    /// Bounds that are not finite, are the wrong way round or whose width overflows.
    #[error("parameter {name:?}: {low} to {high} is not a finite range")]
    BadRange {
        /// The parameter.
        name: String,
        /// Its lower bound.
        low: f64,
        /// Its upper bound.
        high: f64,
    },
    /// A logarithmic scale that begins at or below zero.
    #[error("parameter {name:?}: a logarithmic scale cannot begin at {low}")]
    LogOfNonPositive {
        /// The parameter.
        name: String,
        /// Its lower bound.
        low: f64,
    },
    /// A step that is not a positive finite number, or that stands beside a logarithmic scale.
    #[error("parameter {name:?}: the step {step} is not positive and finite, or stands beside a logarithmic scale")]
    BadStep {
        /// The parameter.
        name: String,
        /// The step.
        step: f64,
    },
    /// A categorical parameter without choices, or with one choice twice.
    #[error("parameter {name:?}: {n_choices} choices, which must be at least one and all different")]
    BadChoices {
        /// The parameter.
        name: String,
        /// How many choices it has.
        n_choices: usize,
    },
    /// A condition names a parent that does not exist or cannot be one.
    #[error("parameter {name:?} depends on {parent:?}, which is no parameter with countable values")]
    BadParent {
        /// The conditional parameter.
        name: String,
        /// What it depends on.
        parent: String,
    },
    /// A condition that no value of the parent meets.
    #[error("parameter {name:?} depends on a value that {parent:?} never takes")]
    ImpossibleCondition {
        /// The conditional parameter.
        name: String,
        /// What it depends on.
        parent: String,
    },
    /// Parameters that depend on each other.
    #[error("the parameter {name:?} depends on itself")]
    Cycle {
        /// One of the circle.
        name: String,
    },
    /// A constraint between parameters that are not numbers, or with a coefficient that is not finite.
    #[error("the constraint {constraint} is not one between numbers")]
    BadConstraint {
        /// The constraint in words.
        constraint: String,
    },
    /// A space that was read back needs its predicate attached again.
    #[error("the predicate {name:?} has no function; attach it with `bind_predicate`")]
    UnboundPredicate {
        /// Name of the predicate.
        name: String,
    },
    /// No point that meets the constraints was found.
    #[error("none of {tries} points met the constraints of the space")]
    Unsatisfiable {
        /// How many were tried.
        tries: usize,
    },
    /// A value that the parameter does not take.
    #[error("parameter {name:?} does not take the value {value:?}")]
    BadValue {
        /// The parameter.
        name: String,
        /// The value, `None` if it is missing.
        value: Option<Value>,
    },
    /// A value for a parameter that the other values switch off.
    #[error("parameter {name:?} is not active, yet has the value {value:?}")]
    Inactive {
        /// The parameter.
        name: String,
        /// Its value.
        value: Value,
    },
    /// A point that breaks a constraint of the space.
    #[error("the point breaks the constraint {constraint}")]
    Constraint {
        /// The constraint in words.
        constraint: String,
    },
    /// A space that a sampler cannot search.
    #[error("{sampler} cannot search this space: {reason}")]
    Unsupported {
        /// The sampler.
        sampler: &'static str,
        /// What is in the way.
        reason: String,
    },
    /// A setting outside of its range.
    #[error("the setting {setting} = {value} is outside of {range}")]
    BadSetting {
        /// The setting.
        setting: &'static str,
        /// Its value.
        value: f64,
        /// What it may be.
        range: &'static str,
    },
    /// A finite space of which every point has been proposed.
    #[error("every point has been proposed")]
    Exhausted,
    /// The number of trials that the study was given is used up.
    #[error("the budget of {n_trials} trials is used up")]
    Budget {
        /// The budget.
        n_trials: u64,
    },
    /// A trial with this number is not pending: it was never asked for, or has been told.
    #[error("trial {trial} is not pending")]
    NotPending {
        /// Number of the trial.
        trial: u64,
    },
    /// An objective, report or violation that is NaN or infinite.
    #[error("trial {trial}: {what} is {value}; tell a trial without a result as failed")]
    NotFinite {
        /// Number of the trial.
        trial: u64,
        /// Which number: `objective 0`, `report at step 3`, `violation 1`.
        what: String,
        /// The number.
        value: f64,
    },
    /// A result with another number of objectives than the search has.
    #[error("trial {trial} has {n_values} objectives instead of {expected}")]
    ObjectiveCount {
        /// Number of the trial.
        trial: u64,
        /// How many it was told with.
        n_values: usize,
        /// How many there are.
        expected: usize,
    },
    /// A step was reported twice, or in a trial with more than one objective.
    #[error("trial {trial}: step {step} was reported before, or the study has several objectives")]
    BadReport {
        /// Number of the trial.
        trial: u64,
        /// The step.
        step: u64,
    },
    /// A line of a journal that cannot be understood.
    #[error("line {line} of the journal is not understood")]
    BadLine {
        /// Its number, from 1.
        line: u64,
        /// What the parser says.
        source: serde_json::Error,
    },
    /// A journal of another version, space, sampler or direction.
    #[error("the journal was written for another {what}")]
    OtherStudy {
        /// What differs.
        what: &'static str,
    },
    /// The sampler proposed another point than the journal has, so it is not the sampler that wrote it.
    #[error("trial {trial}: the sampler proposes another point than the journal has")]
    Diverged {
        /// Number of the trial.
        trial: u64,
    },
    /// The journal cannot be read or written.
    #[error("the journal cannot be read or written")]
    Io(#[from] std::io::Error),
}
