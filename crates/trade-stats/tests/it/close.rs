//! The one place for tolerances.

/// How far two numbers may be apart.
pub(crate) struct Close(pub(crate) f64);

impl Close {
    /// Panics, naming `what`, unless equal up to `tolerance · max(1, |expected|)`.
    pub(crate) fn check(&self, found: f64, expected: f64, what: &str) {
        allow(found, expected, self.0 * expected.abs().max(1.0), what);
    }

    /// Panics, naming `what`, unless equal up to `tolerance · |expected|`; a difference of 1e-15 is rounding of sums
    /// whose terms are near 0.01.
    pub(crate) fn check_relative(&self, found: f64, expected: f64, what: &str) {
        allow(found, expected, self.0 * expected.abs() + 1e-15, what);
    }
}

fn allow(found: f64, expected: f64, allowed: f64, what: &str) {
    let apart = (found - expected).abs();
    assert!(apart <= allowed, "{what}: found {found:?}, expected {expected:?} ± {allowed:e}, apart {apart:e}");
}
