//! The one place for tolerances.

/// Equal up to `tolerance · max(1, |expected|)`.
pub(crate) struct Close(pub(crate) f64);

impl Close {
    /// Panics, naming `what`, if `found` is further away.
    pub(crate) fn check(&self, found: f64, expected: f64, what: &str) {
        let allowed = self.0 * expected.abs().max(1.0);
        assert!((found - expected).abs() <= allowed, "{what}: found {found:?}, expected {expected:?} ± {allowed:e}");
    }
}
