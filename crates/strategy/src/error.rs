use std::fmt;

use indicators::Profile;

/// Why a text is no strategy, or parameters do not fit one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not JSON of the expected shape.
    #[error("line {line}, column {column}: not a strategy")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the JSON reader found.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The tree breaks rules that its types cannot express.
    #[error("strategy `{name}` is not valid: {}", list(.problems))]
    Invalid {
        /// Name of the strategy.
        name: String,
        /// Everything that is wrong, in the order of the tree.
        problems: Vec<Problem>,
    },
    /// There are not as many values as inputs.
    #[error("{found} parameters for {expected} inputs")]
    ParamCount {
        /// Values given.
        found: usize,
        /// Inputs of the strategy.
        expected: usize,
    },
    /// A value lies outside its input's range or is not whole where it must be.
    #[error("parameter `{input}` is {value}, which is not {expected}")]
    Param {
        /// Name of the input.
        input: String,
        /// The value.
        value: f64,
        /// The range in words.
        expected: String,
    },
    /// Two values break a constraint.
    #[error("parameter `{less}` must be less than `{than}`, but {less_value} is not less than {than_value}")]
    Constraint {
        /// Name of the input that must be smaller.
        less: String,
        /// Name of the input that must be larger.
        than: String,
        /// Value of the first.
        less_value: f64,
        /// Value of the second.
        than_value: f64,
    },
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("; ")
}

/// One thing that is wrong in a strategy, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Place in the tree, such as `long.entry.all[1].compare.left`.
    pub path: String,
    /// What is wrong there.
    pub kind: ProblemKind,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.kind)
    }
}

/// What can be wrong at a place of the tree.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// Neither side has a rule.
    #[error("a strategy needs a long or a short rule")]
    NoRule,
    /// A position could stay open for ever.
    #[error("nothing closes the position: give an exit condition, a stop loss, a take profit or the opposite rule")]
    NeverCloses,
    /// A name is empty, too long or has control characters.
    #[error("`{0}` is not a name of 1 to 80 printable characters")]
    Name(String),
    /// An input's name is not a Pine identifier.
    #[error("`{0}` is not an identifier ([a-z][a-z0-9_]*, at most 40 characters)")]
    Identifier(String),
    /// Two inputs share a name.
    #[error("the name `{0}` is taken by an earlier input")]
    DuplicateInput(String),
    /// A reference to an input that does not exist.
    #[error("there is no input {index}; the strategy has {count}")]
    UnknownInput {
        /// The reference.
        index: u16,
        /// Number of inputs.
        count: usize,
    },
    /// An input's range is empty, has no step or leaves its default out.
    #[error("the range {min} to {max} with step {step} and default {default} is not a range")]
    Range {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Distance of neighbours.
        step: f64,
        /// Default.
        default: f64,
    },
    /// The tree is nested too deeply.
    #[error("nested deeper than {0} levels")]
    Depth(usize),
    /// A number is NaN or infinite.
    #[error("{0} is not a finite number")]
    NotFinite(f64),
    /// A number, or a value its input can take, is outside what this place allows.
    #[error("{found} is outside {min} to {max}")]
    OutOfRange {
        /// The offending value.
        found: f64,
        /// Smallest value allowed.
        min: f64,
        /// Largest value allowed.
        max: f64,
    },
    /// A whole number is needed.
    #[error("a whole number is needed here")]
    NotWhole,
    /// Wrong number of indicator parameters.
    #[error("{indicator} takes {expected} parameters, not {found}")]
    ArgCount {
        /// The indicator's name.
        indicator: &'static str,
        /// Its parameters.
        expected: usize,
        /// Those given.
        found: usize,
    },
    /// An output that the indicator lacks.
    #[error("{indicator} has no output `{found}`; it has {known}")]
    UnknownOutput {
        /// The indicator's name.
        indicator: &'static str,
        /// The name given.
        found: String,
        /// The names it has.
        known: String,
    },
    /// A source where the indicator reads columns of the bars only, or none where it needs one.
    #[error("{indicator} {}", if *.needed { "needs a source price" } else { "takes no source: it reads the bars" })]
    Source {
        /// The indicator's name.
        indicator: &'static str,
        /// Whether it needs one.
        needed: bool,
    },
    /// An indicator of a second series or of a condition, which no call of a strategy names.
    #[error("{indicator} reads a column that is not in the bars, and a strategy cannot give it one")]
    UnknownColumn {
        /// The indicator's name.
        indicator: &'static str,
    },
    /// An indicator that is not defined in the arithmetic that is to be used.
    #[error("{indicator} is not defined in the profile {profile}")]
    NotInProfile {
        /// The indicator's name.
        indicator: &'static str,
        /// The arithmetic.
        profile: Profile,
    },
    /// Longer bars whose length the calendar does not have.
    #[error("{0} minutes are neither 2 or more that divide a day's 1440 nor a week's 10080")]
    LongerMinutes(u16),
    /// Longer bars inside of longer bars.
    #[error("a number of longer bars cannot be made of longer bars")]
    LongerInside,
    /// A session without length.
    #[error("a session must start and end at different minutes of the day")]
    EmptySession,
    /// Sizing by risk without a stop.
    #[error("sizing by risk needs a stop loss")]
    RiskWithoutStop,
    /// A constraint of an input with itself, or one that no values satisfy.
    #[error("no values of the two inputs satisfy the constraint")]
    ImpossibleConstraint,
}
