use crate::IndicatorKind;

/// What can be wrong with an indicator's parameters.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The indicator takes another number of parameters.
    #[error("`{}` takes {expected} parameters, not {found}", .kind.info().name)]
    ParameterCount {
        /// The indicator.
        kind: IndicatorKind,
        /// How many it takes.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// A parameter is not a number, or is outside of its range.
    #[error("`{parameter}` of `{}` must be {min} to {max}, not {value}", .kind.info().name)]
    ParameterRange {
        /// The indicator.
        kind: IndicatorKind,
        /// The parameter, as the catalogue names it.
        parameter: &'static str,
        /// What was given.
        value: f64,
        /// The smallest value allowed.
        min: f64,
        /// The largest value allowed.
        max: f64,
    },
    /// A parameter that counts bars has a fraction.
    #[error("`{parameter}` of `{}` must be a whole number of bars, not {value}", .kind.info().name)]
    ParameterFraction {
        /// The indicator.
        kind: IndicatorKind,
        /// The parameter, as the catalogue names it.
        parameter: &'static str,
        /// What was given.
        value: f64,
    },
    /// A number is no period.
    #[error("a period is 1 to 100000 bars, not {value}")]
    Period {
        /// What was given.
        value: f64,
    },
}
