use std::ops::Range;

const BLOCK: usize = 128;
const LANES: usize = 4;

/// Sums of `terms(i)` over `range`, K sums at once: blocks in four lanes, blocks added pairwise.
///
/// The order depends on the length alone, and the rounding error grows with its logarithm (Higham, *Accuracy and
/// Stability of Numerical Algorithms*, 2002, section 4.2), so no compensation is needed.
pub(crate) fn sums<const K: usize>(range: Range<usize>, terms: &impl Fn(usize) -> [f64; K]) -> [f64; K] {
    if range.len() <= BLOCK {
        return block_sums(range, terms);
    }
    let half = (range.len() / 2).next_multiple_of(BLOCK);
    let middle = range.start + half;
    let left = sums(range.start..middle, terms);
    add(left, sums(middle..range.end, terms))
}

/// Sum of `values`.
pub(crate) fn sum(values: &[f64]) -> f64 {
    let [total] = sums(0..values.len(), &|i| [values[i]]);
    total
}

fn block_sums<const K: usize>(range: Range<usize>, terms: &impl Fn(usize) -> [f64; K]) -> [f64; K] {
    let mut lanes = [[0.0; K]; LANES];
    let whole = range.start + range.len() / LANES * LANES;
    for start in (range.start..whole).step_by(LANES) {
        for (offset, lane) in lanes.iter_mut().enumerate() {
            *lane = add(*lane, terms(start + offset));
        }
    }
    for (lane, i) in lanes.iter_mut().zip(whole..range.end) {
        *lane = add(*lane, terms(i));
    }
    add(add(lanes[0], lanes[1]), add(lanes[2], lanes[3]))
}

fn add<const K: usize>(mut left: [f64; K], right: [f64; K]) -> [f64; K] {
    for (l, r) in left.iter_mut().zip(right) {
        *l += r;
    }
    left
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "sums of whole numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn adds_every_index_once_at_any_length() {
        for n in (0..300).chain([511, 512, 513, 4_097]) {
            let found = sums(0..n, &|i| [1.0, i as f64]);
            assert!(found == [n as f64, (n * n.saturating_sub(1) / 2) as f64], "{n}: {found:?}");
        }
    }

    #[test]
    fn a_million_tenths_stay_exact_to_the_last_places() {
        let values = vec![0.1; 1_000_000];
        assert!((sum(&values) - 100_000.0).abs() < 1e-9, "plain addition is off by 1e-6");
    }
}
