/// Why a statistic over several series, or with settings, cannot be computed.
///
/// Single numbers are `Option`s instead: there is one way only in which each of them is undefined.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Less data than the statistic needs.
    #[error("{what}: {found} given, at least {needed} needed")]
    TooFew {
        /// What there is too little of.
        what: &'static str,
        /// How many were given.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Two inputs that belong together differ in length.
    #[error("{what}: {found} values, expected {expected}")]
    Length {
        /// The input that does not fit.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The length of what it belongs to.
        expected: usize,
    },
    /// A value that is NaN or infinite.
    #[error("{what} {series}: the value at {index} is not finite")]
    NotFinite {
        /// The input.
        what: &'static str,
        /// Its position among inputs of the same kind; 0 where there is one.
        series: usize,
        /// Position of the value.
        index: usize,
    },
    /// A value out of the range in which the statistic is defined.
    #[error("{what} is {value}, must be {allowed}")]
    OutOfRange {
        /// The setting or value.
        what: &'static str,
        /// What was given.
        value: f64,
        /// What is allowed, in words.
        allowed: &'static str,
    },
    /// A series all of whose values are equal, where the statistic divides by its deviation.
    #[error("{what} {series} does not vary")]
    NoVariance {
        /// The input.
        what: &'static str,
        /// Its position among inputs of the same kind.
        series: usize,
    },
}

/// Checks that all `values` are finite.
pub(crate) fn check_finite(what: &'static str, series: usize, values: &[f64]) -> Result<(), Error> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(index) => Err(Error::NotFinite { what, series, index }),
        None => Ok(()),
    }
}

/// Checks that there are series, that they have one length of at least `needed`, and that all values are finite; gives
/// that length.
pub(crate) fn check_table(what: &'static str, series: &[&[f64]], needed: usize) -> Result<usize, Error> {
    let n = series.first().ok_or(Error::TooFew { what, found: 0, needed: 1 })?.len();
    if n < needed {
        return Err(Error::TooFew { what: "periods", found: n, needed });
    }
    for (k, values) in series.iter().enumerate() {
        if values.len() != n {
            return Err(Error::Length { what, found: values.len(), expected: n });
        }
        check_finite(what, k, values)?;
    }
    Ok(n)
}

/// Checks that at least `needed` of something are given.
pub(crate) fn check_count(what: &'static str, found: usize, needed: usize) -> Result<(), Error> {
    if found < needed { Err(Error::TooFew { what, found, needed }) } else { Ok(()) }
}
