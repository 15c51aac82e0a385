use crate::{Column, IndicatorKind, Profile};

/// What can be wrong with an indicator's name, parameters or stored state.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The catalogue lists no such indicator.
    #[error("no indicator is called `{name}`")]
    UnknownIndicator {
        /// What was asked for.
        name: String,
    },
    /// There is no such profile.
    #[error("no profile is called `{name}`; there are talib, tradingview and fast")]
    UnknownProfile {
        /// What was asked for.
        name: String,
    },
    /// The indicator is not defined in that profile.
    #[error("`{kind}` is not defined in the profile {profile}")]
    NotInProfile {
        /// The indicator.
        kind: IndicatorKind,
        /// The profile.
        profile: Profile,
    },
    /// The indicator takes another number of parameters.
    #[error("the parameter count of `{kind}` is {expected}, not {found}")]
    ParameterCount {
        /// The indicator.
        kind: IndicatorKind,
        /// How many it takes.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// The indicator has no parameter of that name.
    #[error("`{kind}` has no parameter `{parameter}`")]
    UnknownParameter {
        /// The indicator.
        kind: IndicatorKind,
        /// What was given.
        parameter: String,
    },
    /// A parameter is given more than once.
    #[error("`{parameter}` of `{kind}` is given twice")]
    RepeatedParameter {
        /// The indicator.
        kind: IndicatorKind,
        /// The parameter, as the catalogue names it.
        parameter: &'static str,
    },
    /// A parameter is not a number, or is outside of its range.
    #[error("`{parameter}` of `{kind}` must be {min} to {max}, not {value}")]
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
    /// A parameter that counts has a fraction.
    #[error("`{parameter}` of `{kind}` must be a whole number, not {value}")]
    ParameterFraction {
        /// The indicator.
        kind: IndicatorKind,
        /// The parameter, as the catalogue names it.
        parameter: &'static str,
        /// What was given.
        value: f64,
    },
    /// A parameter's text is neither a number nor one of its names.
    #[error("`{parameter}` of `{kind}` cannot be `{text}`")]
    ParameterText {
        /// The indicator.
        kind: IndicatorKind,
        /// The parameter, as the catalogue names it.
        parameter: &'static str,
        /// What was given.
        text: String,
    },
    /// A candle setting is out of its range.
    #[error("`{part}` of the candle setting `{setting}` must be 0 to {max}, not {value}")]
    CandleSetting {
        /// The setting.
        setting: &'static str,
        /// Its `period` or its `factor`.
        part: &'static str,
        /// What was given.
        value: f64,
        /// The largest value allowed.
        max: f64,
    },
    /// The text is not of the form `name(argument, …)`.
    #[error("`{text}` is not of the form name(argument, …)")]
    Syntax {
        /// The text.
        text: String,
    },
    /// A feature names other columns than its indicator leaves to choose.
    #[error("`{kind}` leaves {free} columns to choose, of which {needed} must be named, not {given}")]
    ChosenColumns {
        /// The indicator.
        kind: IndicatorKind,
        /// How many it leaves to choose.
        free: usize,
        /// How many of them have no default.
        needed: usize,
        /// How many were given.
        given: usize,
    },
    /// Bars have no such column.
    #[error("bars have no column `{name}`; there are open, high, low, close and volume")]
    UnknownColumn {
        /// What was asked for.
        name: String,
    },
    /// A set has the same feature twice.
    #[error("the feature `{name}` is given twice")]
    RepeatedFeature {
        /// The feature, or the first of its columns.
        name: String,
    },
    /// A column of bars or of results has another length than the others.
    #[error("the column `{column}` has {found} bars, not {expected}")]
    ColumnLength {
        /// Its name.
        column: String,
        /// How many bars the others have.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// A set of features has another number of result columns.
    #[error("the features have {expected} result columns, not {found}")]
    ResultCount {
        /// How many it has.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// The bar is too old to be changed.
    #[error("the bar of age {age} cannot be changed, only the last {reach} can (depth {depth})")]
    TooLate {
        /// How many bars came after it.
        age: usize,
        /// How many of the last bars can be changed now.
        reach: usize,
        /// How many can at most.
        depth: usize,
    },
    /// There is no last bar that could be replaced.
    #[error("`{indicator}` has taken no bar that could be replaced")]
    NothingToReplace {
        /// The indicator.
        indicator: &'static str,
    },
    /// A stored state is damaged, or of another version.
    #[error("the stored state of `{kind}` is damaged, or of another version of this crate")]
    Snapshot {
        /// The indicator.
        kind: IndicatorKind,
    },
    /// One of many series has another number of columns than the indicator reads.
    #[error("series {series} has {found} columns, and `{kind}` reads {expected}")]
    SeriesColumns {
        /// The indicator.
        kind: IndicatorKind,
        /// Which series, from 0 on.
        series: usize,
        /// How many columns the indicator reads.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// One of many series lacks a column that the indicator reads.
    #[error("series {series} has no column {column:?}, which `{kind}` reads")]
    SeriesLacks {
        /// The indicator.
        kind: IndicatorKind,
        /// Which series, from 0 on.
        series: usize,
        /// The column.
        column: Column,
    },
    /// The columns of one of many series differ in length.
    #[error(
        "series {series} has {found} bars in the column {column:?}, and {expected} in the first that `{kind}` reads"
    )]
    SeriesLength {
        /// The indicator.
        kind: IndicatorKind,
        /// Which series, from 0 on.
        series: usize,
        /// The column.
        column: Column,
        /// Bars of the first column.
        expected: usize,
        /// Bars of this one.
        found: usize,
    },
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
