//! What holds for every series.
#![expect(clippy::float_cmp, reason = "these laws hold bit for bit")]

use proptest::collection::vec;
use proptest::prelude::*;
use trade_stats::{
    Bootstrap, SharpeSample, cagr, compound_return, correlation, deflated_sharpe, drawdowns, equity_curve,
    expected_max_sharpe, kurtosis, max_drawdown, mean_correlation, min_track_record_length, moments, normal_cdf,
    normal_quantile, omega, probabilistic_sharpe, profit_factor, reality_check, sharpe, win_rate,
};

fn returns() -> impl Strategy<Value = Vec<f64>> {
    vec(-0.2..0.2, 2..300)
}

proptest! {
    #[test]
    fn the_quantile_undoes_the_probability(x in -8.0..8.0) {
        // Towards 1 the probability itself has few digits left, so the upper half is tested by symmetry.
        let x: f64 = -f64::abs(x);
        let back = normal_quantile(normal_cdf(x)).unwrap();
        prop_assert!((back - x).abs() < 1e-13 * (1.0 + x.abs()));
        prop_assert!((normal_cdf(-x) + normal_cdf(x) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn the_deepest_drawdown_is_the_maximum_of_the_series(r in returns()) {
        let mut equity = vec![0.0; r.len() + 1];
        equity_curve(&r, 100.0, &mut equity);
        let mut depths = vec![0.0; equity.len()];
        drawdowns(&equity, &mut depths);
        let fall = max_drawdown(&equity).unwrap();
        prop_assert_eq!(fall.fraction, depths.iter().copied().fold(0.0, f64::max));
        prop_assert_eq!(fall.fraction, depths[fall.bottom]);
        prop_assert!(depths.iter().all(|depth| (0.0..1.0).contains(depth)));
        prop_assert!(fall.start <= fall.bottom && fall.end.is_none_or(|end| end >= fall.bottom));
    }

    #[test]
    fn drawdowns_of_a_prefix_do_not_know_the_future(r in returns(), cut in 1..300_usize) {
        let mut equity = vec![0.0; r.len() + 1];
        equity_curve(&r, 100.0, &mut equity);
        let n = cut.min(equity.len());
        let (mut whole, mut part) = (vec![0.0; equity.len()], vec![0.0; n]);
        drawdowns(&equity, &mut whole);
        drawdowns(&equity[..n], &mut part);
        prop_assert_eq!(&whole[..n], &part[..]);
    }

    #[test]
    fn growth_agrees_with_the_equity_curve(r in returns()) {
        let mut equity = vec![0.0; r.len() + 1];
        equity_curve(&r, 1.0, &mut equity);
        let total = compound_return(&r).unwrap();
        prop_assert_eq!(total, equity[r.len()] - 1.0);
        let years = r.len() as f64 / 12.0;
        let yearly = cagr(&r, 12.0).unwrap();
        prop_assert!((libm::pow(1.0 + yearly, years) - (1.0 + total)).abs() < 1e-9 * (1.0 + total));
    }

    #[test]
    fn moments_obey_their_inequality_and_scale(r in returns(), scale in 0.1..50.0_f64) {
        let m = moments(&r).unwrap();
        if let (Some(skewness), Some(kurtosis)) = (m.skewness, m.kurtosis) {
            prop_assert!(kurtosis >= skewness * skewness + 1.0 - 1e-9);
            let scaled: Vec<f64> = r.iter().map(|x: &f64| scale * x).collect();
            let s = moments(&scaled).unwrap();
            prop_assert!((s.std - scale * m.std).abs() < 1e-12 * scale);
            prop_assert!((s.kurtosis.unwrap() - kurtosis).abs() < 1e-8 * kurtosis);
        }
    }

    #[test]
    fn omega_at_zero_is_the_profit_factor(r in returns()) {
        prop_assert_eq!(omega(&r, 0.0), profit_factor(&r));
        prop_assert!((0.0..=1.0).contains(&win_rate(&r).unwrap()));
    }

    #[test]
    fn correlation_is_symmetric_bounded_and_free_of_scale(pairs in vec((-1.0..1.0, -1.0..1.0), 3..100)) {
        let (a, b): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let r = correlation(&a, &b).unwrap();
        prop_assert!((-1.0..=1.0).contains(&r));
        prop_assert_eq!(correlation(&b, &a), Some(r));
        prop_assert!((correlation(&a, &a).unwrap() - 1.0).abs() < 1e-12);
        let opposite: Vec<f64> = b.iter().map(|x| 3.0 - 2.0 * x).collect();
        prop_assert!((correlation(&a, &opposite).unwrap() + r).abs() < 1e-9);
        prop_assert!((mean_correlation(&[&a, &b]).unwrap() - r).abs() < 1e-9);
    }

    #[test]
    fn more_tries_never_raise_the_deflated_ratio(r in returns(), n in 1.0..1e6, more in 1.0..100.0) {
        let Some(sample) = SharpeSample::of(&r) else { return Ok(()) };
        let (few, many) = (deflated_sharpe(&sample, 0.01, n), deflated_sharpe(&sample, 0.01, n * more));
        if let (Some(few), Some(many)) = (few, many) {
            prop_assert!(many <= few);
            prop_assert!((0.0..=1.0).contains(&many));
        }
        prop_assert!(expected_max_sharpe(0.01, n * more) >= expected_max_sharpe(0.01, n));
    }

    #[test]
    fn a_minimum_track_record_gives_exactly_the_confidence(
        value in 0.02..0.5, skewness in -1.0..1.0, kurtosis in 3.0..8.0, confidence in 0.8..0.99,
    ) {
        let sample = SharpeSample { value, n: 100, skewness, kurtosis };
        let length = min_track_record_length(&sample, 0.0, confidence).unwrap();
        prop_assume!(length > 3.0);
        let enough = (3..100_000).find(|&n| n as f64 >= length).unwrap();
        let longer = SharpeSample { n: enough, ..sample };
        let shorter = SharpeSample { n: enough - 1, ..sample };
        prop_assert!(probabilistic_sharpe(&longer, 0.0).unwrap() >= confidence - 1e-12);
        prop_assert!(probabilistic_sharpe(&shorter, 0.0).unwrap() <= confidence + 1e-12);
    }

    #[test]
    fn p_values_are_ordered_shares(models in vec(vec(-0.1..0.1, 40), 1..6), seed in any::<u64>()) {
        let models: Vec<&[f64]> = models.iter().map(Vec::as_slice).collect();
        let settings = Bootstrap { mean_block: 4.0, n_resamples: 60, seed };
        let check = reality_check(&models, &settings).unwrap();
        prop_assert!(check.p_lower > 0.0 && check.p_upper <= 1.0);
        prop_assert!(check.p_lower <= check.p_consistent && check.p_consistent <= check.p_upper);
        prop_assert_eq!(reality_check(&models, &settings), Some(check));
    }

    #[test]
    fn one_bad_value_makes_a_result_undefined_and_never_panics(mut r in returns(), at in any::<prop::sample::Index>()) {
        let i = at.index(r.len());
        r[i] = f64::NAN;
        prop_assert!(sharpe(&r, 252.0).is_none() && compound_return(&r).is_none() && kurtosis(&r).is_none());
        prop_assert!(win_rate(&r).is_none() && SharpeSample::of(&r).is_none());
    }
}
