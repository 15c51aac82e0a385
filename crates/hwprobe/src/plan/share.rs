/// What one of those who share can take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    /// It gets this at least.
    pub(super) least: u64,
    /// More is of no use to it.
    pub(super) most: u64,
}

impl Wish {
    fn at(self, level: u64) -> u64 {
        level.clamp(self.least, self.most)
    }
}

/// Fills up all to one level, as far as their wishes and `total` allow; a rest that is too small for all goes to the
/// first ones, a unit each. The sum of what they need at least must not exceed `total`.
///
/// One more unit of `total` goes to one of them and is taken from none.
///
/// Source: max-min fairness, D. Bertsekas and R. Gallager, *Data Networks* (1992), section 6.5.2.
pub(super) fn share(total: u64, wishes: &[Wish]) -> Vec<u64> {
    let sum = |level| wishes.iter().map(|wish| u128::from(wish.at(level))).sum::<u128>();
    let (mut level, mut too_high) = (0_u64, u64::MAX);
    while too_high - level > 1 {
        let middle = level + (too_high - level) / 2;
        if sum(middle) <= u128::from(total) { level = middle } else { too_high = middle }
    }
    let mut rest = u128::from(total).saturating_sub(sum(level));
    let mut give = |wish: &Wish| {
        let grows = wish.at(level + 1) > wish.at(level) && rest > 0;
        rest -= u128::from(grows);
        wish.at(level) + u64::from(grows)
    };
    wishes.iter().map(&mut give).collect()
}

#[cfg(test)]
mod tests {
    use super::{Wish, share};

    fn shared(total: u64, wishes: &[(u64, u64)]) -> Vec<u64> {
        share(total, &wishes.iter().map(|&(least, most)| Wish { least, most }).collect::<Vec<_>>())
    }

    #[test]
    fn fills_to_one_level_between_least_and_most() {
        for (total, wishes, expected) in [
            (10, vec![(1, 20), (1, 20)], vec![5, 5]),
            (11, vec![(1, 20), (1, 20)], vec![6, 5]),
            (10, vec![(1, 2), (1, 20)], vec![2, 8]),
            (10, vec![(7, 9), (1, 20)], vec![7, 3]),
            (10, vec![(1, 2), (1, 3)], vec![2, 3]),
            (3, vec![(1, 1), (2, 2)], vec![1, 2]),
            (u64::MAX, vec![(0, u64::MAX), (0, 5)], vec![u64::MAX - 5, 5]),
            (7, vec![], vec![]),
        ] {
            assert_eq!(shared(total, &wishes), expected, "{total} {wishes:?}");
        }
    }

    #[test]
    fn one_more_unit_goes_to_one_and_is_taken_from_none() {
        let wishes = [(1, 4), (3, 9), (0, 2), (2, 30)];
        for total in 6..45 {
            let (less, more) = (shared(total, &wishes), shared(total + 1, &wishes));
            let steps: Vec<_> = more.iter().zip(&less).map(|(more, less)| more - less).collect();
            assert_eq!(steps.iter().sum::<u64>(), 1, "{total}: {less:?} {more:?}");
        }
    }
}
