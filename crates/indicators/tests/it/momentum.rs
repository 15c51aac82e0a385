//! The indicators of momentum against the crate `ta-lib` 0.8.3 on histories that are made for their corners.
use indicators::{Group, IndicatorKind, IndicatorSpec, Profile};
use ta_lib::abstract_api::get_func_handle;

use crate::data::{Bars, Dice, bits, compute, specs};
use crate::talib::reference;

fn prices(bars: &mut Bars) -> [&mut Vec<f64>; 4] {
    [&mut bars.open, &mut bars.high, &mut bars.low, &mut bars.close]
}

/// A walk whose prices from `start` on are changed by `change`, which takes the bar and the price.
fn walk(seed: u64, start: usize, change: impl Fn(usize, f64) -> f64) -> Bars {
    let mut bars = Bars::walk(1200, seed, 0.01, 40);
    for column in prices(&mut bars) {
        for (bar, price) in column.iter_mut().enumerate().skip(start) {
            *price = change(bar, *price);
        }
    }
    bars
}

fn histories() -> Vec<(&'static str, Bars)> {
    let mut wide = walk(4, 0, |_, price| price / 3.0);
    let mut dice = Dice(9);
    for bar in 0..wide.len() {
        let factor = if dice.below(3) == 0 {
            1e-20
        } else if dice.below(2) == 0 {
            1e15
        } else {
            1e-7
        };
        for column in prices(&mut wide) {
            column[bar] *= factor;
        }
    }
    vec![
        ("still stretches", walk(1, 0, |bar, price| if bar / 150 % 2 == 1 { 7.3 } else { price })),
        ("zeros", walk(2, 0, |bar, price| if bar / 90 % 3 == 1 { 0.0 } else { price / 7.0 })),
        ("spikes", walk(3, 0, |bar, price| if bar % 131 == 77 { price * 1e9 } else { price / 3.0 })),
        ("prices of all sizes", wide),
        ("below and above zero", walk(5, 0, |_, price| price - 40.0)),
        ("a fall to another level", walk(6, 600, |_, price| price * 1e-6)),
        ("a rise to another level", walk(7, 600, |_, price| price * 1e6)),
        ("falling all the time", walk(8, 0, |bar, price| (5000 - bar) as f64 + price.fract() / 2.0)),
    ]
}

#[test]
fn corners_give_the_bits_of_talib() {
    let mut n_compared = 0;
    let built = |kind: &IndicatorKind| kind.info().profiles().any(|profile| profile == Profile::Talib);
    for kind in IndicatorKind::all().filter(|kind| kind.info().group == Group::Momentum).filter(built) {
        let Some(function) = kind.info().talib.and_then(get_func_handle) else { continue };
        for spec in specs(kind) {
            for (history, bars) in histories() {
                let Some(theirs) = reference(function, spec.args(), &bars) else { continue };
                let ours = compute(&spec, Profile::Talib, &bars);
                assert_eq!(bits(&ours[..theirs.len()]), bits(&theirs), "{spec} on {history}");
                n_compared += 1;
            }
        }
    }
    assert!(n_compared >= 39 * 12 * 8, "{n_compared} comparisons");
}

/// More bars than are computed in one go.
#[test]
fn long_histories_give_the_bits_of_talib() {
    let bars = Bars::walk(30_000, 12, 0.01, 40);
    let built = |kind: &IndicatorKind| kind.info().profiles().any(|profile| profile == Profile::Talib);
    for kind in IndicatorKind::all().filter(|kind| kind.info().group == Group::Momentum).filter(built) {
        let Some(function) = kind.info().talib.and_then(get_func_handle) else { continue };
        for spec in specs(kind).into_iter().take(3) {
            let Some(theirs) = reference(function, spec.args(), &bars) else { continue };
            let ours = compute(&spec, Profile::Talib, &bars);
            assert!(bits(&ours[..theirs.len()]) == bits(&theirs), "{spec}");
        }
    }
}

/// The second and third output of ours, which TA-Lib has as functions of their own.
#[test]
fn the_directional_indices_beside_adx_are_those_of_talib() {
    for period in [2, 3, 14, 30] {
        let adx: IndicatorSpec = format!("adx({period})").parse().unwrap();
        for (history, bars) in histories() {
            let ours = compute(&adx, Profile::Talib, &bars);
            for (column, name) in ours[1..].iter().zip(["PLUS_DI", "MINUS_DI"]) {
                let theirs = reference(get_func_handle(name).unwrap(), adx.args(), &bars).unwrap();
                assert_eq!(bits(std::slice::from_ref(column)), bits(&theirs), "{name} of {adx} on {history}");
            }
        }
    }
}

#[test]
fn periods_of_macd_in_the_wrong_order_are_swapped() {
    let bars = Bars::walk(300, 1, 0.01, 30);
    let of = |text: &str| bits(&compute(&text.parse().unwrap(), Profile::Talib, &bars));
    assert_eq!(of("macd(26,12,9)"), of("macd(12,26,9)"));
    assert_eq!(of("macdext(26,sma,12,wma,9,ema)"), of("macdext(12,wma,26,sma,9,ema)"));
    assert_ne!(of("ao(34,5)"), of("ao(5,34)"), "TA-Lib does not swap here");
}

#[test]
fn typed_constructors_are_those_of_the_text() {
    use indicators::{Indicator, MovingAverage, talib};

    let bars = Bars::walk(400, 1, 0.01, 30);
    let mut columns = [vec![0.0; 400], vec![0.0; 400]];
    let run = |indicator: &mut dyn FnMut([&mut [f64]; 2]), columns: &mut [Vec<f64>; 2]| {
        indicator(columns.each_mut().map(Vec::as_mut_slice));
        bits(columns)
    };
    let of = |text: &str| bits(&compute(&text.parse().unwrap(), Profile::Talib, &bars));
    let mut kst = talib::Kst::new([1, 2, 3, 4], [5, 6, 7, 8], 9).unwrap();
    assert_eq!(run(&mut |out| kst.run([&bars.close], out), &mut columns), of("kst(1,2,3,4,5,6,7,8,9)"));
    let (wma, ema) = (MovingAverage::Wma, MovingAverage::Ema);
    let mut kst = talib::KstExt::new([1, 2, 3, 4], [5, 6, 7, 8], 9, wma, ema).unwrap();
    assert_eq!(run(&mut |out| kst.run([&bars.close], out), &mut columns), of("kstext(1,2,3,4,5,6,7,8,9,wma,ema)"));
}
