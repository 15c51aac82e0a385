use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Error;

/// More splits than anybody can train on: above, a setting is taken for a mistake.
const MAX_SPLITS: usize = 100_000;

/// Combinatorial purged cross-validation: a window is cut into N groups of bars, and each choice of k of them is tested
/// once while the other groups train. With k = 1 it is purged k-fold cross-validation.
///
/// A group has ⌊n / N⌋ bars, the last one the rest too. Out of the training go `purge_bars` on either side of a test,
/// because what was in the market there reaches into the test, and `embargo_bars` more behind it, because prices
/// remember. Each group is tested in C(N − 1, k − 1) splits; taken in their order, these make as many paths through the
/// whole window, each made of out-of-sample bars only.
///
/// ```
/// use optimizer::CrossValidation;
///
/// let settings = CrossValidation { n_groups: 6, n_test_groups: 2, purge_bars: 5, embargo_bars: 10 };
/// let splits = settings.splits(0..600)?;
/// assert_eq!((splits.len(), settings.n_paths()), (15, 5));
/// assert_eq!(splits[1].test, [0..100, 200..300]);
/// assert_eq!(splits[1].train, [115..195, 315..600]);
/// // The first path takes its third group from the split above.
/// assert_eq!(settings.paths()[0][2], 1);
/// # Ok::<(), optimizer::Error>(())
/// ```
///
/// Source: M. López de Prado, *Advances in Financial Machine Learning* (2018), chapters 7 and 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossValidation {
    /// N, at least 2.
    pub n_groups: usize,
    /// k, at least 1 and less than N.
    pub n_test_groups: usize,
    /// Bars left out of the training on either side of a test: as many as a trade may last.
    pub purge_bars: usize,
    /// Bars left out of the training behind a test, beyond those purged.
    pub embargo_bars: usize,
}

/// Positions of the bars to choose on and of the bars to be judged on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// In-sample bars, in order of time; neighbouring groups are one range.
    pub train: Vec<Range<usize>>,
    /// Out-of-sample bars, a range for each tested group, in order of time.
    pub test: Vec<Range<usize>>,
}

impl CrossValidation {
    /// The splits of the bars `window`, in the lexicographic order of their tested groups.
    ///
    /// # Errors
    /// [`Error::Setting`] for a number of groups out of its range or more than 100,000 splits; [`Error::ShortGroups`] if a
    /// group is not longer than what is purged and embargoed.
    pub fn splits(&self, window: Range<usize>) -> Result<Vec<Split>, Error> {
        self.check()?;
        let group_bars = window.len() / self.n_groups;
        if group_bars <= 2 * self.purge_bars + self.embargo_bars + 1 {
            let left_out = 2 * self.purge_bars + self.embargo_bars;
            return Err(Error::ShortGroups { n_bars: window.len(), n_groups: self.n_groups, group_bars, left_out });
        }
        let group = |index: usize| {
            let start = window.start + index * group_bars;
            start..if index + 1 == self.n_groups { window.end } else { start + group_bars }
        };
        Ok(self.choices().map(|tested| self.split(&tested, &window, group)).collect())
    }

    /// Number of paths through the whole window: C(N − 1, k − 1).
    pub fn n_paths(&self) -> usize {
        choose(self.n_groups.saturating_sub(1), self.n_test_groups.saturating_sub(1)).unwrap_or(usize::MAX)
    }

    /// For each path the position of the split that tests each group. Empty for settings that [`Self::splits`] refuses.
    pub fn paths(&self) -> Vec<Vec<usize>> {
        if self.check().is_err() {
            return Vec::new();
        }
        let mut paths = vec![Vec::with_capacity(self.n_groups); self.n_paths()];
        for group in 0..self.n_groups {
            let testing = self.choices().enumerate().filter(|(_, tested)| tested.contains(&group));
            for (path, (split, _)) in paths.iter_mut().zip(testing) {
                path.push(split);
            }
        }
        paths
    }

    /// For each split the groups that it tests.
    pub(crate) fn tested_groups(&self) -> Vec<Vec<usize>> {
        self.choices().collect()
    }

    fn check(&self) -> Result<(), Error> {
        let wrong = |name, value: usize, expected| Err(Error::Setting { name, value: value as f64, expected });
        if self.n_groups < 2 {
            return wrong("n_groups", self.n_groups, "at least 2");
        }
        if self.n_test_groups == 0 || self.n_test_groups >= self.n_groups {
            return wrong("n_test_groups", self.n_test_groups, "at least 1 and less than n_groups");
        }
        match choose(self.n_groups, self.n_test_groups) {
            Some(0..=MAX_SPLITS) => Ok(()),
            _ => wrong("n_groups", self.n_groups, "small enough for 100,000 splits at most"),
        }
    }

    fn split(&self, tested: &[usize], window: &Range<usize>, group: impl Fn(usize) -> Range<usize>) -> Split {
        let test: Vec<Range<usize>> = tested.iter().map(|&index| group(index)).collect();
        let (mut train, mut start) = (Vec::new(), window.start);
        for (index, bars) in test.iter().enumerate() {
            let follows = index > 0 && test[index - 1].end == bars.start;
            if bars.start > window.start && !follows {
                train.push(start..bars.start - self.purge_bars);
            }
            start = bars.end + self.purge_bars + self.embargo_bars;
        }
        if start < window.end {
            train.push(start..window.end);
        }
        Split { train, test }
    }

    /// The choices of tested groups, in lexicographic order.
    fn choices(&self) -> impl Iterator<Item = Vec<usize>> + use<> {
        let (n, k) = (self.n_groups, self.n_test_groups);
        std::iter::successors(Some((0..k).collect::<Vec<usize>>()), move |choice| {
            let moved = (0..k).rfind(|&place| choice[place] < n - k + place)?;
            let mut next = choice[..moved].to_vec();
            next.extend(choice[moved] + 1..=choice[moved] + k - moved);
            Some(next)
        })
    }
}

/// n choose k; `None` if it does not fit.
fn choose(n: usize, k: usize) -> Option<usize> {
    (0..k).try_fold(1_usize, |product, i| Some(product.checked_mul(n - i)? / (i + 1)))
}

/// The labels that may train: those that share no bar with a test and do not begin within `embargo_bars` behind one.
///
/// - `labels`: for each observation the bars from its decision to the end of what it is judged by.
///
/// Source: as [`CrossValidation`], chapter 7.
///
/// ```
/// let labels = [0..5, 8..12, 20..22, 24..30];
/// assert_eq!(optimizer::purged_labels(&labels, &[10..20], 3), [0, 3]);
/// ```
pub fn purged_labels(labels: &[Range<usize>], tests: &[Range<usize>], embargo_bars: usize) -> Vec<usize> {
    let may_train = |label: &Range<usize>| {
        tests.iter().all(|test| label.end <= test.start || label.start >= test.end.saturating_add(embargo_bars))
    };
    labels.iter().enumerate().filter(|(_, label)| may_train(label)).map(|(index, _)| index).collect()
}
