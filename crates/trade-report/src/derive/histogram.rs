/// Counts of values in bins of one width.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Ends of the bins, rising, one more than counts. Bin `i` holds `edges[i] <= value < edges[i + 1]`; the last one
    /// holds its upper edge too.
    pub edges: Vec<f64>,
    /// Values in each bin; they sum to the number of values.
    pub counts: Vec<u64>,
}

/// Counts `values` in about `n_bins` bins between round numbers (1, 2 or 5 times a power of ten), zero being an edge
/// wherever it lies inside.
///
/// `None` if `values` is empty or has one that is not finite, or if `n_bins` is 0. Equal values fill one bin.
pub fn histogram(values: &[f64], n_bins: usize) -> Option<Histogram> {
    if values.is_empty() || n_bins == 0 || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let step = round_step((high / n_bins as f64) - (low / n_bins as f64));
    let (first, last) = ((low / step).floor(), (high / step).floor());
    let n = count(last - first) + 1;
    let edges: Vec<f64> = (0..=n).map(|bin| (first + bin as f64) * step).collect();
    let mut counts = vec![0; n];
    for &value in values {
        // Division may round to the neighbour, the edges decide.
        let at = edges.partition_point(|&edge| edge <= value);
        counts[at.clamp(1, n) - 1] += 1;
    }
    Some(Histogram { edges, counts })
}

/// The smallest of 1, 2, 5 times a power of ten that is not below `raw`; 1 for 0.
fn round_step(raw: f64) -> f64 {
    if raw <= 0.0 {
        return 1.0;
    }
    let mut power = 1.0_f64;
    while power > raw && power > 1e-300 {
        power /= 10.0;
    }
    while power * 10.0 <= raw {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|&step| step >= raw).unwrap_or(10.0 * power)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number of bins asked for, about")]
fn count(number: f64) -> usize {
    number as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Histogram, histogram};

    #[test]
    fn zero_is_an_edge_and_the_bins_are_half_open() {
        let Histogram { edges, counts } = histogram(&[-1.0, -0.5, 0.0, 0.9, 1.0], 2).unwrap();
        assert_eq!(edges, [-1.0, 0.0, 1.0, 2.0]);
        assert_eq!(counts, [2, 2, 1]);
    }

    #[test]
    fn nothing_or_nan_has_no_histogram() {
        assert_eq!(histogram(&[], 5), None);
        assert_eq!(histogram(&[f64::NAN], 5), None);
        assert_eq!(histogram(&[1.0], 0), None);
    }

    #[test]
    fn equal_values_share_a_bin() {
        assert_eq!(histogram(&[3.0, 3.0], 10).unwrap().counts, [2]);
    }

    proptest! {
        #[test]
        fn every_value_is_counted_once_where_it_lies(values in prop::collection::vec(-1e6..1e6_f64, 1..100), n in 1..40_usize) {
            let Histogram { edges, counts } = histogram(&values, n).unwrap();
            prop_assert!(counts.len() <= n + 2 && edges.len() == counts.len() + 1);
            prop_assert_eq!(counts.iter().sum::<u64>(), values.len() as u64);
            let inner = |bin: usize| values.iter().filter(|&&v| edges[bin] <= v && v < edges[bin + 1]).count() as u64;
            for (bin, &count) in counts.iter().enumerate().take(counts.len() - 1).skip(1) {
                prop_assert_eq!(count, inner(bin));
            }
        }
    }
}
