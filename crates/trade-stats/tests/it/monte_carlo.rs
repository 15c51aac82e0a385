//! Monte-Carlo beside arch and numpy (`golden/make_monte_carlo.py`), and what must hold for it.

use std::num::NonZeroUsize;

use proptest::prelude::*;
use trade_stats::{
    Bootstrap, Distribution, Error, Growth, MonteCarlo, Resampling, Simulation, block_length, monte_carlo,
    sharpe_bootstrap,
};

use crate::close::Close;
use crate::golden::rows;
use crate::metrics::series;

const SIMULATIONS: &str = include_str!("../golden/simulations.csv");
const BLOCK_LENGTHS: &str = include_str!("../golden/block_lengths.csv");
const N_RESAMPLES: usize = 4_000;

fn settings(resampling: Resampling) -> MonteCarlo {
    MonteCarlo {
        resampling,
        growth: Growth::Compounded,
        initial: 1.0,
        ruin_fraction: 0.9,
        n_resamples: N_RESAMPLES,
        seed: 17,
        band_quantiles: vec![0.05, 0.5, 0.95],
        n_band_steps: 3,
        n_threads: NonZeroUsize::MIN,
    }
}

fn kind(name: &str) -> Resampling {
    match name {
        "shuffle" => Resampling::Shuffle,
        "independent" => Resampling::Independent,
        "circular" => Resampling::CircularBlocks { length: 10 },
        "moving" => Resampling::MovingBlocks { length: 10 },
        _ => Resampling::StationaryBlocks { mean_length: 10.0 },
    }
}

#[test]
fn distributions_equal_those_of_arch_within_their_random_error() {
    let r = &series()["real"].returns;
    let cells: Vec<Vec<&str>> = rows(SIMULATIONS).collect();
    assert_eq!(cells.len(), 5 * 5);
    for group in cells.chunk_by(|a, b| a[0] == b[0]) {
        let found = monte_carlo(r, &settings(kind(group[0][0]))).unwrap();
        for row in group {
            let numbers: Vec<f64> = row[2..].iter().map(|cell| cell.parse().unwrap()).collect();
            check(&found, &row[..2].join(" "), row[1], &numbers);
        }
    }
}

/// Compares with mean, deviation and quantiles at 0.05, 0.5 and 0.95.
fn check(found: &Simulation, what: &str, statistic: &str, expected: &[f64]) {
    // Errors of 4,000 against 20,000 draws, four standard errors: a mean has σ/√N, the outer quantiles about twice that
    // and, on the long side of a skewed law, somewhat more.
    let error = 4.0 * expected[1] * (1.0 / N_RESAMPLES as f64 + 1.0 / 20_000.0).sqrt() + 1e-12;
    let distribution = match statistic {
        "total_return" => &found.total_return,
        "max_drawdown" => &found.max_drawdown,
        "sharpe" => found.sharpe.as_ref().unwrap(),
        "ruin" => return Close(error).check(found.probability_of_ruin, expected[0], what),
        _ => {
            for (band, expected) in found.bands.iter().zip(&expected[2..]) {
                Close(2.5 * error).check(band[1], *expected, what);
            }
            return;
        }
    };
    Close(error).check(distribution.mean().unwrap(), expected[0], what);
    for (p, expected) in [0.05, 0.5, 0.95].into_iter().zip(&expected[2..]) {
        Close(2.5 * error).check(distribution.quantile(p).unwrap(), *expected, &format!("{what} at {p}"));
    }
}

#[test]
fn block_lengths_equal_arch() {
    let series = series();
    let mut n_checked = 0;
    for row in rows(BLOCK_LENGTHS) {
        let found = block_length(&series[row[0]].returns).unwrap();
        for (found, cell) in [found.stationary, found.circular].into_iter().zip(&row[1..]) {
            // arch lets a length fall below 1, which no block has.
            let expected = cell.parse::<f64>().unwrap().max(1.0);
            Close(1e-10).check_relative(found, expected, row[0]);
        }
        n_checked += 1;
    }
    assert_eq!(n_checked, 6);
}

#[test]
fn a_shuffle_keeps_the_result_and_the_observed_path_is_the_history() {
    let r = &series()["real"].returns[..200];
    let found = monte_carlo(r, &settings(Resampling::Shuffle)).unwrap();
    let total = trade_stats::compound_return(r).unwrap();
    assert!(found.total_return.values().iter().all(|value| (value - total).abs() < 1e-12));
    assert_eq!(found.observed.total_return.to_bits(), total.to_bits());
    let mut equity = vec![0.0; 201];
    trade_stats::equity_curve(r, 1.0, &mut equity);
    let fall = trade_stats::max_drawdown(&equity).unwrap().fraction;
    assert_eq!(found.observed.max_drawdown.to_bits(), fall.to_bits());
    let as_deep = 1.0 - found.max_drawdown.share_up_to(fall - 1e-15);
    assert!((found.p_drawdown - as_deep).abs() < 2.0 / 4_000.0);
    assert_eq!((found.band_steps.as_slice(), found.bands[1][0]), (&[0, 100, 200][..], 1.0));
}

#[test]
fn an_account_in_debt_trades_no_more() {
    let one = MonteCarlo { n_resamples: 200, growth: Growth::Added, initial: 10.0, ..settings(Resampling::Shuffle) };
    // Any order: the first loss ends it, unless the win comes first and then the second does.
    let found = monte_carlo(&[-15.0, 20.0, -16.0], &one).unwrap();
    assert!(
        found
            .total_return
            .values()
            .iter()
            .all(|value| [-1.5, -1.6, -0.1 - 1.0].iter().any(|x| (x - value).abs() < 1e-9))
    );
    assert_eq!(found.probability_of_ruin.to_bits(), 1.0_f64.to_bits());
    let wiped = monte_carlo(&[-1.0, 0.5], &MonteCarlo { n_resamples: 9, ..settings(Resampling::Shuffle) }).unwrap();
    assert!(wiped.total_return.values().iter().all(|value| *value <= -1.0));
}

#[test]
fn bad_input_is_named() {
    let good = settings(Resampling::Shuffle);
    let error = |values: &[f64], settings: &MonteCarlo| monte_carlo(values, settings).unwrap_err();
    assert!(matches!(error(&[], &good), Error::TooFew { what: "values", .. }));
    assert!(matches!(error(&[0.1, f64::NAN], &good), Error::NotFinite { index: 1, .. }));
    assert!(matches!(error(&[0.1], &MonteCarlo { n_resamples: 0, ..good.clone() }), Error::TooFew { .. }));
    for initial in [0.0, -1.0, f64::NAN] {
        assert!(matches!(error(&[0.1], &MonteCarlo { initial, ..good.clone() }), Error::OutOfRange { .. }));
    }
    for ruin_fraction in [1.0, -0.1, f64::NAN] {
        assert!(matches!(error(&[0.1], &MonteCarlo { ruin_fraction, ..good.clone() }), Error::OutOfRange { .. }));
    }
    let quantile = MonteCarlo { band_quantiles: vec![0.5, 1.1], ..good.clone() };
    assert!(matches!(error(&[0.1], &quantile), Error::OutOfRange { what: "band quantile", .. }));
    let block = settings(Resampling::MovingBlocks { length: 4 });
    assert!(matches!(error(&[0.1, 0.2, 0.3], &block), Error::OutOfRange { what: "block length", .. }));
    assert!(matches!(error(&[1e308; 3], &good), Error::NotFinite { .. }));
    // One value has no Sharpe ratio, but a path.
    let one = monte_carlo(&[0.1], &good).unwrap();
    assert!(one.sharpe.is_none() && one.observed.sharpe.is_none() && one.band_steps == [0, 1]);
}

#[test]
fn the_bootstrap_interval_of_the_sharpe_ratio_agrees_with_its_distribution() {
    let r = &series()["real"].returns;
    let bootstrap = Bootstrap { mean_block: 10.0, n_resamples: N_RESAMPLES, seed: 17 };
    let direct: Distribution = sharpe_bootstrap(r, &bootstrap).unwrap();
    let kind = Resampling::StationaryBlocks { mean_length: 10.0 };
    assert_eq!(Some(direct), monte_carlo(r, &settings(kind)).unwrap().sharpe);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_number_of_threads_changes_nothing(
        values in prop::collection::vec(-0.1..0.1, 1..60),
        which in 0..5_usize,
        n_resamples in 1..40_usize,
        n_threads in 1..9_usize,
        n_band_steps in 0..80_usize,
    ) {
        let length = values.len().min(3);
        let resampling = [
            Resampling::Shuffle,
            Resampling::Independent,
            Resampling::CircularBlocks { length },
            Resampling::MovingBlocks { length },
            Resampling::StationaryBlocks { mean_length: 1.0_f64.midpoint(length as f64) },
        ][which];
        let one = MonteCarlo { n_resamples, n_band_steps, ..settings(resampling) };
        let many = MonteCarlo { n_threads: NonZeroUsize::new(n_threads).unwrap(), ..one.clone() };
        let (one, many) = (monte_carlo(&values, &one).unwrap(), monte_carlo(&values, &many).unwrap());
        prop_assert_eq!(format!("{one:?}"), format!("{many:?}"));
        // More resamples leave the first as they are, so the quantile at 0.05 is never above that at 0.95.
        prop_assert!(one.bands[0].iter().zip(&one.bands[2]).all(|(low, high)| low <= high));
    }
}
