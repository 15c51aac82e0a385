//! How Pine Script compares numbers.

/// Differences up to this one count as none, where Pine Script compares with a tolerance.
pub(crate) const TOLERANCE: f64 = 1e-10;

/// The larger one; the first if they are equal or one is na.
#[inline(always)]
pub(crate) fn larger(first: f64, second: f64) -> f64 {
    if second > first { second } else { first }
}

/// The smaller one; the first if they are equal or one is na.
#[inline(always)]
pub(crate) fn smaller(first: f64, second: f64) -> f64 {
    if second < first { second } else { first }
}
