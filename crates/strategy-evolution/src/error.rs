use strategy::Price;

/// What can go wrong in a search over strategies.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A vocabulary that strategies cannot be made of.
    #[error("the vocabulary's {place} {problem}")]
    Vocabulary {
        /// Which entry.
        place: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A setting is outside its range.
    #[error("{name} is {value}, which is not {expected}")]
    Setting {
        /// Name of the setting.
        name: &'static str,
        /// The value.
        value: f64,
        /// The range in words.
        expected: &'static str,
    },
    /// A strategy that is not of the vocabulary.
    #[error("strategy `{name}` is refused")]
    Refused {
        /// Its name.
        name: String,
        /// Why.
        #[source]
        reason: Refusal,
    },
    /// An outcome for a proposal that was not made or has been told.
    #[error("proposal {id} is not waiting for an outcome")]
    NotWaiting {
        /// The proposal.
        id: u64,
    },
    /// An outcome that is no number.
    #[error("the outcome of proposal {id} is {value}, which is no finite number; tell a failure instead")]
    NotFinite {
        /// The proposal.
        id: u64,
        /// The value told.
        value: f64,
    },
    /// A snapshot that no search can have made.
    #[error("the snapshot is damaged: {problem}")]
    Snapshot {
        /// What does not fit.
        problem: String,
    },
}

/// Why a strategy cannot join a search.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// It is not valid at all.
    #[error("it is not a valid strategy")]
    Invalid(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It reads what the vocabulary lacks.
    #[error("{0} is not in the vocabulary")]
    Unknown(String),
    /// A number outside of the range the vocabulary gives it.
    #[error("{place} is {value}, outside {min} to {max}")]
    Number {
        /// Which number.
        place: String,
        /// The value.
        value: f64,
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// Numbers that do not measure the same.
    #[error("{left} and {right} do not measure the same")]
    Measure {
        /// One of them.
        left: String,
        /// The other one.
        right: String,
    },
    /// A constant beside what has no scale to compare it with.
    #[error("{0} has no levels in the vocabulary, so it is not compared with a constant")]
    NoLevels(String),
    /// More nodes than allowed.
    #[error("it has {found} nodes where {max} are allowed")]
    TooLarge {
        /// Its nodes after simplification.
        found: usize,
        /// Nodes allowed.
        max: usize,
    },
    /// Deeper than allowed.
    #[error("it is {found} levels deep where {max} are allowed")]
    TooDeep {
        /// Its depth after simplification.
        found: usize,
        /// Depth allowed.
        max: usize,
    },
    /// A side that the vocabulary does not trade, or a short rule that is not the long one's mirror image.
    #[error("its sides are not those of the vocabulary ({0})")]
    Sides(&'static str),
    /// No condition of it can ever open a position, or what it opens it cannot close.
    #[error("it can never trade, or never close what it opens")]
    NeverTrades,
    /// It was evaluated before, or waits to be.
    #[error("an equal strategy is already part of the search")]
    Known,
}

impl Refusal {
    pub(crate) fn unknown_price(price: Price) -> Self {
        Self::Unknown(format!("price {price:?}"))
    }
}
