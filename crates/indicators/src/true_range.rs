/// The range of a bar, widened to the close before it: max(high − low, |high − close before|, |low − close before|).
///
/// Source: J. W. Wilder, New Concepts in Technical Trading Systems (1978).
#[inline]
pub(crate) fn true_range(high: f64, low: f64, previous_close: f64) -> f64 {
    let mut range = high - low;
    let from_high = (high - previous_close).abs();
    if from_high > range {
        range = from_high;
    }
    let from_low = (low - previous_close).abs();
    if from_low > range {
        range = from_low;
    }
    range
}
