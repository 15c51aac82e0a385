//! Lanes give the bits of their states alone: each indicator that steps eight lanes together, and some that take turns.
use indicators::{Indicator, Lanes, extra, fast, talib, tradingview};
use proptest::prelude::*;

use crate::data::Dice;

/// What a symbol's history has in it.
#[derive(Clone, Copy, Debug)]
struct Kind {
    seed: u64,
    /// One value in so many is missing or odd; none for 0.
    odd_one_in: u64,
    /// Bars at the start without any movement.
    still: usize,
}

fn kind() -> impl Strategy<Value = Kind> {
    let odd = prop_oneof![3 => Just(0), 1 => Just(700), 1 => Just(30)];
    let still = prop_oneof![4 => Just(0), 1 => 0..1500_usize];
    (any::<u64>(), odd, still).prop_map(|(seed, odd_one_in, still)| Kind { seed, odd_one_in, still })
}

/// High, low, close; the first of them alone for an indicator of one column.
fn columns<const I: usize>(kind: Kind, n_bars: usize) -> [Vec<f64>; I] {
    const ODD: [f64; 10] =
        [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -4e37, 1e200, 0.0, -0.0, 1e-300, -5e-324, -7.25];
    let mut dice = Dice(kind.seed);
    let mut price = 100.0;
    let mut columns = [(); I].map(|()| Vec::with_capacity(n_bars));
    for bar in 0..n_bars {
        let step = if bar < kind.still { 0 } else { dice.between(-40, 40) };
        price = f64::max(price + step as f64 * 0.01, 1.0);
        let bar = [price + dice.below(30) as f64 * 0.01, price - dice.below(30) as f64 * 0.01, price];
        let bar = if step == 0 { [price; 3] } else { bar };
        for (column, value) in columns.iter_mut().zip(bar) {
            let is_odd = kind.odd_one_in > 0 && dice.below(kind.odd_one_in) == 0;
            column.push(if is_odd { ODD[dice.below(10) as usize] } else { value });
        }
    }
    columns
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| if value.is_nan() { f64::NAN } else { *value }.to_bits()).collect()
}

/// The lanes, cut into calls that are `cuts` long in turn, against each state over the whole. Calls of one bar go
/// through `update`.
fn check<S: Indicator<I, O>, const I: usize, const O: usize, const N: usize>(
    states: [S; N],
    histories: [&[Vec<f64>; I]; N],
    cuts: &[usize],
) {
    let n_bars = histories[0][0].len();
    let mut lanes = Lanes::new(states.clone());
    let mut found = [(); N].map(|()| [(); O].map(|()| vec![-1.0; n_bars]));
    let (mut start, mut cut) = (0, cuts.iter().cycle());
    while start < n_bars {
        let end = n_bars.min(start + cut.next().unwrap());
        let inputs = histories.map(|columns| columns.each_ref().map(|column| &column[start..end]));
        if end - start == 1 {
            let values = lanes.update(inputs.map(|columns| columns.map(|column| column[0])));
            for (columns, values) in found.iter_mut().zip(values) {
                for (column, value) in columns.iter_mut().zip(values) {
                    column[start] = value;
                }
            }
        } else {
            lanes.run(inputs, found.each_mut().map(|columns| columns.each_mut().map(|column| &mut column[start..end])));
        }
        start = end;
    }
    let after = lanes.into_lanes();
    for (lane, (mut state, mut after)) in states.into_iter().zip(after).enumerate() {
        let mut expected = [(); O].map(|()| vec![-2.0; n_bars]);
        state.run(histories[lane].each_ref().map(Vec::as_slice), expected.each_mut().map(Vec::as_mut_slice));
        for (found, expected) in found[lane].iter().zip(&expected) {
            if let Some(bar) = bits(found).iter().zip(bits(expected)).position(|(found, expected)| *found != expected) {
                panic!("{} lane {lane} of {N}, bar {bar}: {} and not {}", S::NAME, found[bar], expected[bar]);
            }
        }
        for price in [101.5, 99.0, 100.25, 98.0] {
            let bar = [price; I];
            assert_eq!(bits(&after.update(bar)), bits(&state.update(bar)), "{} lane {lane}, behind", S::NAME);
        }
    }
}

/// Own columns and different parameters for each lane, then the first lane's columns for all.
fn check_kinds<S: Indicator<I, O>, const I: usize, const O: usize, const N: usize>(
    kinds: &[Kind],
    periods: &[usize],
    n_bars: usize,
    cuts: &[usize],
    state: impl Fn(usize) -> S,
) {
    let lanes: [usize; N] = std::array::from_fn(|lane| lane);
    let histories = lanes.map(|lane| columns::<I>(kinds[lane], n_bars));
    check::<S, I, O, N>(lanes.map(|lane| state(periods[lane])), histories.each_ref(), cuts);
    check::<S, I, O, N>(lanes.map(|lane| state(periods[lane])), [&histories[0]; N], cuts);
}

macro_rules! with_lanes {
    ($n_lanes:tt, $kinds:expr, $periods:expr, $n_bars:expr, $cuts:expr; $($state:expr),+ $(,)?) => {
        $( with_lanes!(@ $n_lanes, $kinds, $periods, $n_bars, $cuts, $state); )+
    };
    (@ [$($n_lanes:literal),+], $kinds:expr, $periods:expr, $n_bars:expr, $cuts:expr, $state:expr) => {
        $( check_kinds::<_, _, _, $n_lanes>($kinds, $periods, $n_bars, $cuts, $state); )+
    };
}

fn lockstep(kinds: &[Kind], periods: &[usize], n_bars: usize, cuts: &[usize]) {
    with_lanes!([1, 3, 8, 11], kinds, periods, n_bars, cuts;
        |n| talib::Ema::new(n).unwrap(),
        |n| talib::Rma::new(n).unwrap(),
        |n| talib::Rsi::new(n.max(2)).unwrap(),
        |n| talib::Atr::new(n).unwrap(),
        |n| tradingview::Ema::new(n).unwrap(),
        |n| tradingview::Rma::new(n).unwrap(),
        |n| tradingview::Rsi::new(n.max(2)).unwrap(),
        |n| tradingview::Atr::new(n).unwrap(),
        |n| fast::Ema::new(n).unwrap(),
        |n| fast::Rma::new(n).unwrap(),
        |n| fast::Rsi::new(n.max(2)).unwrap(),
        |n| fast::Atr::new(n).unwrap(),
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn lanes_in_step_have_the_bits_of_single_states(
        kinds in prop::collection::vec(kind(), 11),
        periods in prop::collection::vec(1..60_usize, 11),
        n_bars in 0..2600_usize,
        cuts in prop::collection::vec(1..1200_usize, 1..6),
    ) {
        lockstep(&kinds, &periods, n_bars, &cuts);
    }

    #[test]
    fn lanes_in_turn_have_the_bits_of_single_states(
        kinds in prop::collection::vec(kind(), 11),
        periods in prop::collection::vec(2..60_usize, 11),
        n_bars in 0..600_usize,
        cuts in prop::collection::vec(1..300_usize, 1..6),
    ) {
        with_lanes!([3], &kinds, &periods, n_bars, &cuts;
            |n| talib::Sma::new(n).unwrap(),
            |n| talib::Macd::new(n, 2 * n, 5).unwrap(),
            |n| talib::Willr::new(n).unwrap(),
            |n| tradingview::Sma::new(n).unwrap(),
            |n| tradingview::Wma::new(n).unwrap(),
            |n| fast::Sma::new(n).unwrap(),
            |n| fast::Adx::new(n).unwrap(),
            |n| extra::Parkinson::new(n, 252.0).unwrap(),
        );
    }
}

const QUIET: Kind = Kind { seed: 3, odd_one_in: 0, still: 0 };

/// More bars than any block, in one call, without anything that would take a lane out of step.
#[test]
fn long_histories_have_the_bits_of_single_states() {
    let kinds: Vec<Kind> = (0..11).map(|seed| Kind { seed, ..QUIET }).collect();
    lockstep(&kinds, &[14, 2, 200, 9, 21, 50, 5, 1000, 14, 14, 3], 17_003, &[usize::MAX]);
}

/// Averages of changes that have stopped fall below the smallest double, where TradingView's division is no longer two
/// multiplications.
#[test]
fn averages_that_fade_away_have_the_bits_of_single_states() {
    let faded = |lane: usize, n_bars: usize| {
        let [mut price] = columns::<1>(Kind { seed: lane as u64, ..QUIET }, n_bars);
        let last = price[300];
        price[300..n_bars - 300].fill(last);
        price
    };
    let periods = [2, 3, 5, 14, 7, 2, 9, 21];
    let lanes: [usize; 8] = std::array::from_fn(|lane| lane);
    let prices = lanes.map(|lane| [faded(lane, 12_000)]);
    check::<_, 1, 1, 8>(periods.map(|n| tradingview::Rsi::new(n).unwrap()), prices.each_ref(), &[usize::MAX]);
    check::<_, 1, 1, 8>(periods.map(|n| talib::Rsi::new(n).unwrap()), prices.each_ref(), &[usize::MAX]);
    check::<_, 1, 1, 8>(periods.map(|n| fast::Rsi::new(n).unwrap()), prices.each_ref(), &[usize::MAX]);
    let changes = prices.each_ref().map(|[price]| [price.windows(2).map(|pair| pair[1] - pair[0]).collect()]);
    check::<_, 1, 1, 8>(periods.map(|n| tradingview::Rma::new(n).unwrap()), changes.each_ref(), &[usize::MAX]);
    let ranges = changes.each_ref().map(|[change]: &[Vec<f64>; 1]| {
        [change.iter().map(|value| value.abs()).collect(), vec![0.0; change.len()], vec![0.0; change.len()]]
    });
    check::<_, 3, 1, 8>(periods.map(|n| tradingview::Atr::new(n).unwrap()), ranges.each_ref(), &[usize::MAX]);
}

#[test]
fn a_missing_value_stays_in_its_lane() {
    let [price] = columns::<1>(QUIET, 2000);
    let mut broken = price.clone();
    broken[1500] = f64::NAN;
    let mut found: [Vec<f64>; 8] = std::array::from_fn(|_| vec![0.0; 2000]);
    let inputs = std::array::from_fn(|lane| [if lane == 5 { &broken[..] } else { &price[..] }]);
    Lanes::new([(); 8].map(|()| talib::Ema::new(10).unwrap())).run(inputs, found.each_mut().map(|out| [&mut out[..]]));
    for (lane, out) in found.iter().enumerate() {
        let missing = out[9..].iter().filter(|value| value.is_nan()).count();
        assert_eq!(missing, if lane == 5 { 10 } else { 0 }, "lane {lane}");
    }
}

#[test]
fn shared_columns_are_those_of_every_lane() {
    let [price] = columns::<1>(QUIET, 500);
    let periods = [5, 10, 20];
    let mut shared = [(); 3].map(|()| vec![0.0; 500]);
    let mut lanes = Lanes::new(periods.map(|n| talib::Rsi::new(n).unwrap()));
    lanes.run_shared([&price], shared.each_mut().map(|out| [&mut out[..]]));
    for (out, n) in shared.iter().zip(periods) {
        let mut single = vec![0.0; 500];
        talib::Rsi::new(n).unwrap().run([&price], [&mut single]);
        assert_eq!(bits(out), bits(&single));
    }
    lanes.reset();
    assert!(lanes.lanes().iter().all(|state| format!("{state:?}").contains("seen: 0")));
}

#[test]
#[should_panic(expected = "ema: the columns of lane 2 differ in length from the first")]
fn columns_of_different_lengths_are_refused() {
    let (long, short) = ([1.0; 5], [1.0; 4]);
    let mut outs = [[0.0; 5]; 3];
    let outs = outs.each_mut().map(|out| [&mut out[..]]);
    Lanes::new([(); 3].map(|()| talib::Ema::new(2).unwrap())).run([[&long], [&long], [&short]], outs);
}
