/// The largest absolute value that counts as a price: TA-Lib's limit for real numbers. Below it no sum or square of
/// any indicator overflows.
const LARGEST: f64 = 3e37;

/// `value`, or NaN if it is infinite or beyond [`LARGEST`]; NaN stays NaN.
#[inline]
pub(crate) fn nan_if_missing(value: f64) -> f64 {
    if is_known(value) { value } else { f64::NAN }
}

/// Whether `value` is a number that can be computed with.
#[inline]
pub(crate) fn is_known(value: f64) -> bool {
    value.abs() <= LARGEST
}

/// `None` for NaN: how a state that a missing value has ended says that it has no value.
#[inline]
pub(crate) fn none_if_nan(value: f64) -> Option<f64> {
    if value.is_nan() { None } else { Some(value) }
}
