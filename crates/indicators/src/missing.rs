/// The largest absolute value that counts as a number of the market: TA-Lib's limit for real numbers. Below it no sum
/// or square of any indicator overflows.
pub(crate) const LARGEST: f64 = 3e37;

/// Whether `value` can be computed with: not NaN, not infinite, not beyond ±[`LARGEST`].
#[inline(always)]
pub(crate) fn is_known(value: f64) -> bool {
    value.abs() <= LARGEST
}

/// Whether all of `values` can be computed with. Without a branch for each value, so that it is compiled to vectors.
#[inline(always)]
pub(crate) fn all_known(values: &[f64]) -> bool {
    values.chunks(64).all(
        #[inline(always)]
        |chunk| {
            chunk.iter().fold(
                true,
                #[inline(always)]
                |known, &value| known & is_known(value),
            )
        },
    )
}
