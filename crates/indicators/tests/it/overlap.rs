//! Averages, bands, stops and cycles against the crate `ta-lib` where the common histories do not reach: many blocks of
//! bars, prices on both sides of 0, and each kind of moving average.
use indicators::{Group, IndicatorKind, IndicatorSpec, MovingAverage, Profile};
use ta_lib::abstract_api::get_func_handle;

use crate::data::{Bars, bits, compute, specs};
use crate::talib::{difference, reference};

fn kinds() -> impl Iterator<Item = IndicatorKind> {
    IndicatorKind::all()
        .filter(|kind| matches!(kind.info().group, Group::Overlap | Group::Cycle) && kind.info().talib.is_some())
}

fn assert_same(spec: &IndicatorSpec, bars: &Bars) {
    let function = get_func_handle(spec.kind().info().talib.unwrap()).unwrap();
    let Some(theirs) = reference(function, spec.args(), bars) else { return };
    let found = difference(&compute(spec, Profile::Talib, bars), &theirs);
    assert!(found.is_none(), "{spec}: {}", found.unwrap());
}

#[test]
fn all_of_talibs_overlap_studies_and_cycles_are_there() {
    let built = kinds().filter(|kind| kind.info().profiles().any(|profile| profile == Profile::Talib));
    assert_eq!(built.count(), 34 + 8);
}

#[test]
fn many_blocks_of_bars_give_the_bits_of_talib() {
    let bars = Bars::walk(20_000, 4, 1e-5, 40);
    for kind in kinds() {
        for spec in specs(kind).into_iter().take(4) {
            assert_same(&spec, &bars);
        }
    }
}

#[test]
fn prices_around_zero_give_the_bits_of_talib() {
    let mut bars = Bars::walk(3000, 9, 0.25, 12);
    let middle = bars.close[1500];
    for column in [&mut bars.open, &mut bars.high, &mut bars.low, &mut bars.close] {
        for price in column.iter_mut() {
            *price -= middle;
        }
    }
    for kind in kinds() {
        for spec in specs(kind).into_iter().take(4) {
            assert_same(&spec, &bars);
        }
    }
}

#[test]
fn each_moving_average_gives_the_bits_of_talib() {
    let bars = Bars::walk(2500, 31, 0.01, 90);
    for average in MovingAverage::ALL {
        for period in (1..24).chain([33, 50, 64, 100, 255]) {
            assert_same(&format!("ma({period},{})", average.name()).parse().unwrap(), &bars);
        }
        assert_same(&format!("bbands(7,1.5,2.5,{})", average.name()).parse().unwrap(), &bars);
        assert_same(&format!("mavp(3,40,{})", average.name()).parse().unwrap(), &bars);
    }
}

#[test]
fn bollinger_is_bbands_with_one_width() {
    let bars = Bars::walk(2000, 6, 0.01, 50);
    let bollinger: IndicatorSpec = "bollinger(20,2.5)".parse().unwrap();
    let bbands: IndicatorSpec = "bbands(20,2.5,2.5,sma)".parse().unwrap();
    let found = [bollinger, bbands].map(|spec| bits(&compute(&spec, Profile::Talib, &bars)));
    assert_eq!(found[0], found[1]);
}

#[test]
fn a_minimum_period_above_the_maximum_counts_as_the_maximum() {
    let bars = Bars::walk(200, 14, 0.01, 50);
    let found = ["mavp(30,9,ema)", "ma(9,ema)"].map(|text| {
        let spec: IndicatorSpec = text.parse().unwrap();
        bits(&compute(&spec, Profile::Talib, &bars))
    });
    assert_eq!(found[0], found[1]);
}

#[test]
fn an_odd_frama_leaves_out_the_oldest_bar() {
    let bars = Bars::walk(200, 15, 0.01, 50);
    let [even, odd] = ["frama(16)", "frama(17)"].map(|text| {
        let spec: IndicatorSpec = text.parse().unwrap();
        compute(&spec, Profile::Talib, &bars).remove(0)
    });
    let first = odd.iter().position(|value| !value.is_nan()).unwrap();
    assert_eq!(first, 17);
    // The same windows from there on; only the start differs, and wears off.
    assert!((even[199] - odd[199]).abs() < 1e-6 * even[199]);
}
