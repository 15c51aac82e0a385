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
