use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Error;

/// Bars that a back-test needs at least.
const MIN_BARS: usize = 2;

/// How a window is cut into pairs of training and test.
///
/// With N bars, an embargo of e, k folds and the share f of training in a fold, each test has
/// L = ⌊(N − e) / (f / (1 − f) + k)⌋ bars and the first training N − e − k·L. Tests follow each other without a gap
/// up to the last bar; before each test lie e bars that nobody sees, and before those the training.
///
/// ```
/// use optimizer::WalkForward;
///
/// let settings = WalkForward { n_folds: 3, train_fraction: 0.75, embargo_bars: 10, anchored: false };
/// let folds = settings.folds(0..610)?;
/// assert_eq!((folds[0].train.clone(), folds[0].test.clone()), (0..300, 310..410));
/// assert_eq!((folds[2].train.clone(), folds[2].test.clone()), (200..500, 510..610));
/// # Ok::<(), optimizer::Error>(())
/// ```
///
/// Source: R. Pardo, *The Evaluation and Optimization of Trading Strategies* (2008), on walk-forward analysis;
/// M. López de Prado, *Advances in Financial Machine Learning* (2018), on the embargo.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WalkForward {
    /// Number of folds, at least 1.
    pub n_folds: usize,
    /// Share of the training in a fold's bars, between 0 and 1: 0.75 trains three times as long as it tests. With
    /// anchored folds it is the share in the first.
    pub train_fraction: f64,
    /// Bars between training and test that belong to neither, so that what a trade of the training still waits for
    /// cannot reach into the test.
    pub embargo_bars: usize,
    /// Whether every training starts at the first bar, instead of moving along.
    pub anchored: bool,
}

/// Positions of the bars to choose on and of the bars to be judged on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fold {
    /// In-sample bars.
    pub train: Range<usize>,
    /// Out-of-sample bars, all after the training and its embargo.
    pub test: Range<usize>,
}

impl WalkForward {
    /// The folds of the bars `window`, in order of time.
    ///
    /// # Errors
    /// [`Error::Setting`] for no folds or a fraction outside its range; [`Error::TooFewBars`] if a training or a test
    /// would have fewer than 2 bars, or the embargo is longer than the window.
    pub fn folds(&self, window: Range<usize>) -> Result<Vec<Fold>, Error> {
        let fraction = self.train_fraction;
        if self.n_folds == 0 {
            return Err(Error::Setting { name: "n_folds", value: 0.0, expected: "at least 1" });
        }
        if !(fraction > 0.0 && fraction < 1.0) {
            return Err(Error::Setting { name: "train_fraction", value: fraction, expected: "between 0 and 1" });
        }
        let n_bars = window.len();
        let too_few = || Error::TooFewBars { n_bars, n_folds: self.n_folds, embargo_bars: self.embargo_bars };
        let usable = n_bars.checked_sub(self.embargo_bars).ok_or_else(too_few)?;
        let test = (usable as f64 / (fraction / (1.0 - fraction) + self.n_folds as f64)).floor();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ test ≤ usable")]
        let test = test as usize;
        let train = self.n_folds.checked_mul(test).and_then(|tests| usable.checked_sub(tests)).ok_or_else(too_few)?;
        if test < MIN_BARS || train < MIN_BARS {
            return Err(too_few());
        }
        let fold = |index: usize| {
            let shift = index * test;
            let start = window.start + if self.anchored { 0 } else { shift };
            let end = window.start + train + shift;
            let first = end + self.embargo_bars;
            Fold { train: start..end, test: first..first + test }
        };
        Ok((0..self.n_folds).map(fold).collect())
    }
}
