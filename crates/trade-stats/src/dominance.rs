/// Whether one sample of results is better than another as a whole, not only on average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Dominance {
    /// First order: at every level, the first sample is at least as likely to exceed it, and at one more likely.
    pub first_order: bool,
    /// Second order: the area between the distribution functions up to every level speaks for the first sample, and
    /// strictly at one; every risk-averse owner prefers it. First order implies it.
    pub second_order: bool,
}

/// Stochastic dominance of `a` over `b` by their empirical distribution functions. O(n log n).
///
/// `None` for an empty sample or a value that is not finite.
///
/// Source: J. Hadar, W. R. Russell, *Rules for Ordering Uncertain Prospects*, American Economic Review 59 (1969).
///
/// ```
/// let d = trade_stats::stochastic_dominance(&[2.0, 3.0], &[1.0, 3.0]).ok_or("no values")?;
/// assert!(d.first_order && d.second_order);
/// let safer = trade_stats::stochastic_dominance(&[2.0, 2.0], &[1.0, 3.0]).ok_or("no values")?;
/// assert!(!safer.first_order && safer.second_order);
/// # Ok::<(), &str>(())
/// ```
pub fn stochastic_dominance(a: &[f64], b: &[f64]) -> Option<Dominance> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let (a, b) = (crate::quantile::sorted(a)?, crate::quantile::sorted(b)?);
    let mut levels = [a.as_slice(), b.as_slice()].concat();
    levels.sort_unstable_by(f64::total_cmp);
    levels.dedup();
    let (mut i, mut j) = (0, 0);
    let (mut first, mut second) = (Side::default(), Side::default());
    // Differences of the distribution functions and of their integrals, in units of 1 / (|a|·|b|).
    let (mut gap, mut area, mut before) = (0.0, 0.0, levels[0]);
    for &level in &levels {
        area += gap * (level - before);
        before = level;
        i += a[i..].partition_point(|value| *value <= level);
        j += b[j..].partition_point(|value| *value <= level);
        gap = (j * a.len()) as f64 - (i * b.len()) as f64;
        first.see(gap);
        second.see(area);
    }
    Some(Dominance { first_order: first.dominates(), second_order: second.dominates() || first.dominates() })
}

#[derive(Default)]
struct Side {
    better: bool,
    worse: bool,
}

impl Side {
    fn see(&mut self, difference: f64) {
        self.better |= difference > 0.0;
        self.worse |= difference < 0.0;
    }

    fn dominates(&self) -> bool {
        self.better && !self.worse
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_samples_do_not_dominate() {
        let d = stochastic_dominance(&[1.0, 2.0, 2.0], &[2.0, 1.0, 2.0]).unwrap();
        assert!(!d.first_order && !d.second_order);
    }

    #[test]
    fn samples_of_different_size_compare_by_shares() {
        let d = stochastic_dominance(&[1.0, 2.0], &[1.0, 2.0, 1.0, 2.0]).unwrap();
        assert!(!d.first_order && !d.second_order);
        assert!(stochastic_dominance(&[5.0], &[1.0, 2.0, 4.0]).unwrap().first_order);
        assert!(!stochastic_dominance(&[1.0], &[1.0, 2.0]).unwrap().second_order);
    }

    #[test]
    fn broken_samples_have_no_order() {
        assert_eq!(stochastic_dominance(&[], &[1.0]), None);
        assert_eq!(stochastic_dominance(&[1.0], &[]), None);
        assert_eq!(stochastic_dominance(&[1.0], &[f64::NAN]), None);
    }
}
