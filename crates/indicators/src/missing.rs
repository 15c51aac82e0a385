/// The largest absolute value that counts as a number of the market: TA-Lib's limit for real numbers. Below it no sum
/// or square of any indicator overflows.
pub(crate) const LARGEST: f64 = 3e37;

/// Whether `value` can be computed with: not NaN, not infinite, not beyond ±[`LARGEST`].
#[inline(always)]
pub(crate) fn is_known(value: f64) -> bool {
    value.abs() <= LARGEST
}

/// Whether all of `values` can be computed with. By whole numbers, whose signs gather what is beyond: without a branch or
/// a truth value for each number, so that it is compiled to few vector instructions.
#[inline(always)]
pub(crate) fn all_known(values: &[f64]) -> bool {
    values.chunks(64).all(
        #[inline(always)]
        |chunk| {
            let beyond = chunk.iter().fold(
                0,
                #[inline(always)]
                |beyond, &value| beyond | LARGEST.to_bits().wrapping_sub(value.to_bits() & MAGNITUDE),
            );
            beyond >> 63 == 0
        },
    )
}

/// The bits of a number without its sign, which are in the order of the magnitudes; those of NaN are the largest.
const MAGNITUDE: u64 = u64::MAX >> 1;

#[cfg(test)]
mod tests {
    use super::{LARGEST, all_known, is_known};

    #[test]
    fn many_are_known_if_each_is() {
        let smallest = f64::from_bits(1);
        let known = [0.0, -0.0, 1.0, -1.5, LARGEST, -LARGEST, smallest, -smallest, f64::MIN_POSITIVE];
        let missing = [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, LARGEST.next_up(), -1e38];
        for value in known.into_iter().chain(missing) {
            for place in [0, 5, 63, 64, 99] {
                let mut values = [2.5; 100];
                values[place] = value;
                assert_eq!(all_known(&values), is_known(value), "{value}");
                assert_eq!(all_known(&[value]), is_known(value), "{value}");
            }
        }
        assert!(known.into_iter().all(is_known) && !missing.into_iter().any(is_known));
    }
}
