//! Whatever is corrected, joined and taken out late, everything is as if the bars had come as they now are.
use indicators::{Error, FeatureSet, Feed, Group, IndicatorSpec, LateBars, Live, Profile, Stream, fast, talib};

use crate::data::{Bars, Dice, everything, inputs, specs};

type Row = Vec<f64>;

/// A history that is changed as a [`LateBars`] is, with nothing clever about it.
struct Model {
    spec: IndicatorSpec,
    profile: Profile,
    bars: Vec<Row>,
}

impl Model {
    /// The values of all bars, and the state behind them.
    fn replay(&self) -> (Vec<Vec<u64>>, Live) {
        let mut live = self.spec.live(self.profile).unwrap();
        let mut values = vec![0.0; self.spec.kind().info().outputs.len()];
        let rows = self.bars.iter().map(|bar| {
            live.update(bar, &mut values);
            row_bits(&values)
        });
        (rows.collect(), live)
    }
}

fn row_bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() }).collect()
}

fn rows<'a>(rows: impl Iterator<Item = &'a [f64]>) -> Vec<Vec<u64>> {
    rows.map(row_bits).collect()
}

const DEPTH: usize = 100;

/// A change by chance; gives the values it returns, from one bar on.
fn change(late: &mut LateBars<Live>, model: &mut Model, dice: &mut Dice, bar: &[f64]) -> Vec<Vec<u64>> {
    let (reach, n_bars) = (late.reach(), model.bars.len());
    // Mostly recent bars, and now and then the oldest within reach.
    let below = |dice: &mut Dice, n: usize| {
        let n = n as u64;
        if dice.below(3) == 0 { dice.below(n) as usize } else { dice.below(n.min(4)) as usize }
    };
    match dice.below(10) {
        0 | 1 if reach > 0 => {
            let age = below(dice, reach);
            model.bars[n_bars - 1 - age] = bar.to_vec();
            rows(late.correct(age, bar).unwrap())
        }
        2 => {
            let age = below(dice, DEPTH.min(reach + 1));
            model.bars.insert(n_bars - age, bar.to_vec());
            rows(late.insert(age, bar).unwrap())
        }
        3 if reach > 0 => {
            let age = below(dice, reach);
            model.bars.remove(n_bars - 1 - age);
            rows(late.remove(age).unwrap())
        }
        _ => {
            model.bars.push(bar.to_vec());
            vec![row_bits(late.update(bar))]
        }
    }
}

#[track_caller]
fn assert_goes_on_alike(one: &mut Live, other: &mut Live, columns: &[&[f64]]) {
    let n_outputs = one.spec().kind().info().outputs.len();
    let (mut values, mut expected) = (vec![0.0; n_outputs], vec![0.0; n_outputs]);
    for at in 0..40 {
        let bar: Row = columns.iter().map(|column| column[at]).collect();
        one.update(&bar, &mut values);
        other.update(&bar, &mut expected);
        assert_eq!(row_bits(&values), row_bits(&expected), "{} of {}, {at} bars later", one.spec(), one.profile());
    }
}

#[test]
fn after_any_changes_the_state_is_that_of_the_history_as_it_now_is() {
    let walk = Bars::walk(700, 3, 0.01, 40).with_missing(90, f64::NAN);
    for (kind, profile) in everything() {
        for (seed, spec) in specs(kind).into_iter().take(2).enumerate() {
            let columns = inputs(&spec, &walk);
            let mut late = LateBars::new(spec.live(profile).unwrap(), DEPTH);
            let mut dice = Dice(seed as u64 + 5);
            let mut model = Model { spec: spec.clone(), profile, bars: Vec::new() };
            for at in 0..walk.len() {
                let mut bar: Row = columns.iter().map(|column| column[at]).collect();
                if dice.below(25) == 0 {
                    bar[0] = f64::NAN;
                }
                let changed = change(&mut late, &mut model, &mut dice, &bar);
                if at % 50 == 0 || at + 1 == walk.len() {
                    let (expected, mut fresh) = model.replay();
                    let behind = &expected[expected.len() - changed.len()..];
                    assert_eq!(changed, behind, "{spec} of {profile}, after {at} changes");
                    let mut state = late.clone().into_feed();
                    // The memory of a formation holds comparisons that are no longer looked at.
                    if kind.info().group != Group::Pattern {
                        assert_eq!(state.snapshot(), fresh.snapshot(), "{spec} of {profile}, after {at} changes");
                    }
                    assert_goes_on_alike(&mut state, &mut fresh, &columns);
                }
            }
            assert!(model.bars.len() > 2 * DEPTH, "so many that the oldest are out of reach");
        }
    }
}

#[test]
fn a_typed_stream_gives_arrays() {
    let mut late = LateBars::new(Stream::new(talib::Sma::new(2).unwrap()), 3);
    for price in [1.0, 3.0, 5.0] {
        late.update(&[price]);
    }
    assert_eq!(late.peek(&[7.0]).map(f64::to_bits), [6.0_f64.to_bits()]);
    assert!(late.correct(0, &[9.0]).unwrap().eq([&[6.0]]));
    assert!(late.correct(1, &[1.0]).unwrap().eq([&[1.0], &[5.0]]));
    assert!(late.insert(1, &[11.0]).unwrap().eq([&[6.0], &[10.0]]));
    assert!(late.remove(1).unwrap().eq([&[5.0]]));
    assert_eq!(late.remove(0).unwrap().len(), 0);
    assert_eq!(late.update(&[3.0]).map(f64::to_bits), [2.0_f64.to_bits()]);
    assert_eq!(late.into_feed().update([5.0]).map(f64::to_bits), [4.0_f64.to_bits()]);
}

#[test]
fn a_bar_beyond_the_reach_is_refused_with_both_numbers_and_nothing_changes() {
    let mut late = LateBars::new(Stream::new(fast::Ema::new(3).unwrap()), 5);
    assert_eq!(late.reach(), 0);
    assert_eq!(late.correct(0, &[1.0]).err().unwrap(), Error::TooLate { age: 0, reach: 0, depth: 5 });
    assert!(late.insert(1, &[1.0]).is_err());
    assert_eq!(late.insert(0, &[1.0]).unwrap().len(), 1);
    for price in [2.0, 3.0, 4.0, 5.0, 6.0, 7.0] {
        late.update(&[price]);
    }
    assert_eq!((late.reach(), late.depth()), (5, 5));
    let before = late.clone();
    for error in [late.correct(5, &[0.0]).err(), late.insert(5, &[0.0]).err(), late.remove(5).err()] {
        let text = "the bar of age 5 cannot be changed, only the last 5 can (depth 5)";
        assert_eq!(error.unwrap().to_string(), text);
    }
    assert_eq!(row_bits(late.update(&[8.0])), row_bits(before.clone().update(&[8.0])));
    // Two that are taken out are two less to reach back to, once the keyframe before them is gone.
    let mut long = LateBars::new(Stream::new(fast::Ema::new(3).unwrap()), 65);
    for bar in 0..129 {
        long.update(&[f64::from(bar)]);
    }
    assert_eq!(long.reach(), 65);
    long.remove(0).unwrap();
    long.remove(10).unwrap();
    assert_eq!(long.reach(), 63);
}

#[test]
fn bars_before_the_first_one_kept_are_remembered_but_not_changed() {
    let mut stream = Stream::new(talib::Ema::new(3).unwrap());
    let mut whole = stream.clone();
    for price in [1.0, 2.0, 4.0, 3.0] {
        stream.update([price]);
        whole.update([price]);
    }
    let mut late = LateBars::new(stream, 10);
    assert_eq!(late.reach(), 0);
    late.update(&[9.0]);
    late.update(&[6.0]);
    let corrected: Vec<[f64; 1]> = late.correct(1, &[5.0]).unwrap().copied().collect();
    assert_eq!(corrected, [whole.update([5.0]), whole.update([6.0])]);
    assert!(late.correct(2, &[5.0]).is_err());
}

#[test]
fn a_set_of_features_takes_late_bars() {
    let texts = ["sma(20)", "ema(20)", "rsi(14)", "macd(12,26,9)", "bollinger(20,2)", "stochastic(14,3,3)", "adx(14)"];
    for profile in Profile::ALL {
        let set = FeatureSet::new(texts, profile).unwrap();
        let walk = Bars::walk(300, 8, 0.01, 30).with_missing(120, f64::NAN);
        let bar = |at: usize| [&walk.open, &walk.high, &walk.low, &walk.close, &walk.volume].map(|column| column[at]);
        let (mut late, mut plain) = (LateBars::new(set.clone(), 200), set);
        let mut expected = Vec::new();
        for at in 0..walk.len() {
            late.update(&if at == 110 { [1.0; 5] } else { bar(at) });
            expected.push(row_bits(plain.update(bar(at))));
        }
        // Across the missing bar, behind which the history began anew.
        let corrected = rows(late.correct(walk.len() - 1 - 110, &bar(110)).unwrap());
        assert_eq!(corrected, expected[110..], "{profile}");
        assert_eq!(late.into_feed().snapshot(), plain.snapshot(), "{profile}");
    }
}

/// A feed is one of three, named by their bars.
#[test]
#[should_panic(expected = "a bar has a number for each input")]
fn a_bar_of_another_width_is_refused() {
    fn insert<F: Feed<Bar = [f64]>>(late: &mut LateBars<F>, bar: &[f64]) {
        let _ = late.insert(0, bar);
    }
    let spec: IndicatorSpec = "atr(3)".parse().unwrap();
    insert(&mut LateBars::new(spec.live(Profile::Talib).unwrap(), 4), &[1.0, 2.0]);
}
