//! Laws of the walk-forward folds.

use optimizer::{Error, Fold, WalkForward};
use proptest::prelude::*;

const SETTINGS: WalkForward = WalkForward { n_folds: 4, train_fraction: 0.75, embargo_bars: 10, anchored: false };

proptest! {
    #[test]
    fn training_comes_before_its_test_and_the_embargo_lies_between(
        start in 0..1_000_usize, n_bars in 0..5_000_usize, n_folds in 1..12_usize,
        train_fraction in 0.05..0.95, embargo_bars in 0..300_usize, anchored in any::<bool>(),
    ) {
        let settings = WalkForward { n_folds, train_fraction, embargo_bars, anchored };
        let window = start..start + n_bars;
        let Ok(folds) = settings.folds(window.clone()) else {
            let most = (embargo_bars + 2 + 2 * n_folds) as f64 + 40.0 / (1.0 - train_fraction);
            prop_assert!((n_bars as f64) < most, "{n_bars} bars are enough");
            return Ok(());
        };
        prop_assert_eq!(folds.len(), n_folds);
        for (index, Fold { train, test }) in folds.iter().enumerate() {
            prop_assert!(train.len() >= 2 && test.len() >= 2);
            prop_assert!(window.start <= train.start && test.end <= window.end);
            prop_assert_eq!(train.end + embargo_bars, test.start);
            prop_assert_eq!(test.len(), folds[0].test.len());
            prop_assert_eq!(train.start, if anchored { start } else { start + index * test.len() });
        }
        for pair in folds.windows(2) {
            prop_assert_eq!(pair[0].test.end, pair[1].test.start);
            prop_assert_eq!(pair[1].train.end - pair[0].train.end, pair[0].test.len());
        }
        prop_assert_eq!(folds[n_folds - 1].test.end, window.end);
    }

    #[test]
    fn the_first_fold_has_the_share_asked_for(n_bars in 2_000..9_000_usize, train_fraction in 0.2..0.9) {
        let settings = WalkForward { train_fraction, embargo_bars: 0, ..SETTINGS };
        let fold = settings.folds(0..n_bars).unwrap().swap_remove(0);
        let share = fold.train.len() as f64 / (fold.train.len() + fold.test.len()) as f64;
        prop_assert!((share - train_fraction).abs() < 0.05, "{share} for {train_fraction}");
    }
}

#[test]
fn rejects_no_folds_and_fractions_outside_their_range() {
    let error = WalkForward { n_folds: 0, ..SETTINGS }.folds(0..1_000).unwrap_err();
    assert!(matches!(error, Error::Setting { name: "n_folds", .. }));
    for train_fraction in [0.0, 1.0, -0.5, f64::NAN] {
        let error = WalkForward { train_fraction, ..SETTINGS }.folds(0..1_000).unwrap_err();
        assert!(matches!(error, Error::Setting { name: "train_fraction", .. }));
    }
}

#[test]
fn rejects_windows_too_short_for_the_folds() {
    for (n_bars, embargo_bars) in [(0, 0), (9, 10), (10, 10), (20, 10), (1_000, 1_000), (1_000, usize::MAX)] {
        let error = WalkForward { embargo_bars, ..SETTINGS }.folds(0..n_bars).unwrap_err();
        assert!(matches!(error, Error::TooFewBars { .. }), "{n_bars}: {error}");
    }
    let error = WalkForward { n_folds: usize::MAX, ..SETTINGS }.folds(0..1_000).unwrap_err();
    assert!(matches!(error, Error::TooFewBars { .. }));
}

#[test]
fn settings_with_unknown_keys_are_not_read() {
    let text = serde_json::to_string(&SETTINGS).unwrap();
    assert_eq!(serde_json::from_str::<WalkForward>(&text).unwrap(), SETTINGS);
    assert!(serde_json::from_str::<WalkForward>(&text.replace("anchored", "anchord")).is_err());
}
