//! Cross-validation against skfolio, and its laws.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::ops::Range;

use optimizer::{CrossValidation, Error, Split};
use proptest::prelude::*;

/// skfolio 1.12.2, by `golden/make_cross_validation.py`.
const GOLDEN: &str = include_str!("golden/cross_validation.csv");

fn ranges(text: &str) -> Vec<Range<usize>> {
    let range = |part: &str| {
        let (start, end) = part.split_once('-').unwrap();
        start.parse().unwrap()..end.parse().unwrap()
    };
    text.split_whitespace().map(range).collect()
}

#[test]
fn splits_and_paths_are_those_of_skfolio() {
    let mut n_compared = 0;
    for line in GOLDEN.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |place: usize| fields[place].parse::<usize>().unwrap();
        let settings = CrossValidation {
            n_groups: number(1),
            n_test_groups: number(2),
            purge_bars: number(3),
            embargo_bars: number(4),
        };
        if let Some(path) = fields[5].strip_prefix("path ") {
            let through: Vec<usize> = fields[6].split_whitespace().map(|split| split.parse().unwrap()).collect();
            assert_eq!(settings.paths()[path.parse::<usize>().unwrap()], through, "{line}");
        } else {
            let splits = settings.splits(0..number(0)).unwrap();
            assert_eq!(splits[number(5)], Split { train: ranges(fields[6]), test: ranges(fields[7]) }, "{line}");
        }
        n_compared += 1;
    }
    assert!(n_compared > 150, "{n_compared}");
}

proptest! {
    #[test]
    fn a_training_keeps_its_distance_and_every_path_tests_every_bar_once(
        n_groups in 2..9_usize, k in 1..8_usize, purge_bars in 0..6_usize, embargo_bars in 0..20_usize,
        n_bars in 0..700_usize, start in 0..50_usize,
    ) {
        let settings = CrossValidation { n_groups, n_test_groups: k.min(n_groups - 1), purge_bars, embargo_bars };
        let window = start..start + n_bars;
        let Ok(splits) = settings.splits(window.clone()) else {
            prop_assert!(n_bars / n_groups <= 2 * purge_bars + embargo_bars + 1);
            return Ok(());
        };
        for Split { train, test } in &splits {
            for bar in train.iter().cloned().flatten() {
                prop_assert!(window.contains(&bar));
                for tested in test {
                    prop_assert!(bar + purge_bars < tested.start || bar >= tested.end + purge_bars + embargo_bars);
                }
            }
        }
        let paths = settings.paths();
        prop_assert_eq!(paths.len(), settings.n_paths());
        for path in &paths {
            let bars: Vec<usize> = path
                .iter()
                .enumerate()
                .flat_map(|(group, &split)| {
                    let first = start + group * (n_bars / n_groups);
                    splits[split].test.iter().find(|test| test.start == first).unwrap().clone()
                })
                .collect();
            prop_assert_eq!(bars, window.clone().collect::<Vec<_>>());
        }
    }
}

#[test]
fn what_does_not_fit_is_an_error_that_says_what() {
    let settings = CrossValidation { n_groups: 6, n_test_groups: 2, purge_bars: 5, embargo_bars: 10 };
    let error = settings.splits(0..120).unwrap_err();
    assert!(matches!(error, Error::ShortGroups { group_bars: 20, left_out: 20, .. }), "{error}");
    for (n_groups, n_test_groups) in [(1, 1), (0, 0), (6, 0), (6, 6), (40, 20)] {
        let wrong = CrossValidation { n_groups, n_test_groups, ..settings };
        assert!(matches!(wrong.splits(0..10_000), Err(Error::Setting { .. })));
        assert!(wrong.paths().is_empty());
    }
    assert!(settings.splits(0..0).is_err());
}
