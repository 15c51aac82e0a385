//! Many series on several threads: the bits of one after the other, for the whole catalogue.
use indicators::{Column, Error, IndicatorKind, IndicatorSpec, Profile};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::data::{Bars, bits, compute, everything, inputs};

fn pools() -> [ThreadPool; 3] {
    [1, 2, 7].map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().unwrap())
}

fn series() -> Vec<Bars> {
    let mut all: Vec<Bars> =
        [0, 1, 40, 300, 257].into_iter().zip(5..).map(|(n_bars, seed)| Bars::walk(n_bars, seed, 0.01, 50)).collect();
    all.push(Bars::walk(200, 8, 0.01, 50).with_missing(120, f64::NAN));
    all
}

fn spec(text: &str) -> IndicatorSpec {
    text.parse().unwrap()
}

#[test]
fn many_series_have_the_bits_of_one_after_the_other_on_any_number_of_threads() {
    let (pools, series) = (pools(), series());
    for (kind, profile) in everything() {
        let spec = IndicatorSpec::with_defaults(kind);
        let columns: Vec<Vec<&[f64]>> = series.iter().map(|bars| inputs(&spec, bars)).collect();
        let columns: Vec<&[&[f64]]> = columns.iter().map(Vec::as_slice).collect();
        let expected: Vec<_> = series.iter().map(|bars| bits(&compute(&spec, profile, bars))).collect();
        for pool in &pools {
            let found = pool.install(|| spec.compute_many(profile, &columns)).unwrap();
            let found: Vec<_> = found.iter().map(|outputs| bits(outputs)).collect();
            assert_eq!(found, expected, "{kind} {profile}, {} threads", pool.current_num_threads());
        }
    }
}

#[test]
fn the_whole_catalogue_over_many_series_has_the_bits_of_single_calls() {
    let (pools, series) = (pools(), series());
    for profile in Profile::ALL {
        let kinds = everything().filter(|&(_, own)| own == profile).map(|(kind, _)| kind);
        let specs: Vec<IndicatorSpec> = kinds.map(IndicatorSpec::with_defaults).collect();
        for pool in &pools {
            let find = |bars, column| Some(Bars::column(bars, column));
            let found = pool.install(|| IndicatorSpec::compute_all(&specs, profile, &series, find)).unwrap();
            assert_eq!(found.len(), series.len());
            for (found, bars) in found.iter().zip(&series) {
                assert_eq!(found.len(), specs.len());
                for (found, spec) in found.iter().zip(&specs) {
                    assert_eq!(bits(found), bits(&compute(spec, profile, bars)), "{spec} {profile}");
                }
            }
        }
    }
}

#[test]
fn the_first_series_that_does_not_fit_is_named() {
    let (atr, long, short) = (spec("atr(3)"), [1.0; 5], [1.0; 4]);
    let kind = atr.kind();
    let good: &[&[f64]] = &[&long, &long, &long];
    let found = atr.compute_many(Profile::Talib, &[good, &[&long, &short, &long], &[]]);
    let expected = Error::SeriesLength { kind, series: 1, column: Column::Low, expected: 5, found: 4 };
    assert_eq!(found, Err(expected.clone()));
    assert_eq!(expected.to_string(), "series 1 has 4 bars in the column Low, and 5 in the first that `atr` reads");
    let found = atr.compute_many(Profile::Talib, &[good, good, &[&long]]);
    assert_eq!(found, Err(Error::SeriesColumns { kind, series: 2, expected: 3, found: 1 }));
}

#[test]
fn a_column_that_a_series_lacks_is_named() {
    let specs = [spec("ema(3)"), spec("atr(3)")];
    let find = |close: &'static [f64; 5], column| (column != Column::High).then_some(&close[..]);
    let found = IndicatorSpec::compute_all(&specs, Profile::Talib, &[&[1.0; 5]], |close, column| find(close, column));
    assert_eq!(found, Err(Error::SeriesLacks { kind: specs[1].kind(), series: 0, column: Column::High }));
}

#[test]
fn a_profile_that_lacks_the_indicator_is_an_error_before_anything_is_looked_at() {
    let kind = IndicatorKind::all().find(|kind| !kind.info().profiles().any(|profile| profile == Profile::Fast));
    let spec = IndicatorSpec::with_defaults(kind.unwrap());
    let expected = Error::NotInProfile { kind: spec.kind(), profile: Profile::Fast };
    assert_eq!(spec.compute_many(Profile::Fast, &[&[]]), Err(expected.clone()));
    let found = IndicatorSpec::compute_all(&[spec], Profile::Fast, &[()], |(), _| None);
    assert_eq!(found, Err(expected));
}

#[test]
fn no_series_and_no_specs_give_nothing() {
    assert_eq!(spec("ema(3)").compute_many(Profile::Talib, &[]), Ok(vec![]));
    assert_eq!(IndicatorSpec::compute_all(&[], Profile::Talib, &[()], |(), _| None), Ok(vec![vec![]]));
}
