/// Why no script can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The strategy is not valid.
    #[error("the strategy cannot be translated")]
    Strategy(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The parameters do not fit the strategy's inputs.
    #[error("the parameters do not fit the strategy")]
    Params(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Pine Script has no such indicator.
    #[error("`{indicator}` cannot be written in Pine Script")]
    NoPine {
        /// Its name in the catalogue.
        indicator: &'static str,
    },
    /// Pine Script has the indicator only with one value of a parameter, which the strategy changes.
    #[error("`{parameter}` of `{indicator}` cannot be changed in Pine Script")]
    FixedInPine {
        /// The indicator's name in the catalogue.
        indicator: &'static str,
        /// The parameter.
        parameter: &'static str,
    },
    /// A setting of the options cannot be used.
    #[error("option `{name}` is {value}, which is not a finite number {expected}")]
    Option {
        /// The option.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What it must be.
        expected: &'static str,
    },
}
