//! A set of features has the bits of each of them alone.
use indicators::{Bars, Column, Error, Feature, FeatureSet, IndicatorKind, IndicatorSpec, Profile};

use crate::data::{self, bits};

/// The indicator with its defaults, reading close, open and high where it leaves the choice.
fn feature(kind: IndicatorKind) -> Feature {
    let free = kind.info().inputs.iter().filter(|column| column.is_chosen()).count();
    let chosen = [Column::Close, Column::Open, Column::High];
    let needs_choice = kind.info().inputs.iter().any(|&column| column.is_chosen() && column != Column::Source);
    let chosen = if needs_choice { &chosen[..free] } else { &[] };
    Feature::new(IndicatorSpec::with_defaults(kind), chosen).unwrap()
}

fn all_of(profile: Profile) -> FeatureSet {
    let kinds = data::everything().filter(|&(_, defined)| defined == profile).map(|(kind, _)| feature(kind));
    FeatureSet::new(kinds, profile).unwrap()
}

fn view(bars: &data::Bars) -> Bars<'_> {
    Bars { open: &bars.open, high: &bars.high, low: &bars.low, close: &bars.close, volume: &bars.volume }
}

fn bar(bars: &data::Bars, bar: usize) -> [f64; 5] {
    [&bars.open, &bars.high, &bars.low, &bars.close, &bars.volume].map(|column| column[bar])
}

/// Bars with a missing value in each column on another bar, and one bar without any value.
fn with_gaps(n_bars: usize) -> data::Bars {
    let mut bars = data::Bars::walk(n_bars, 9, 0.01, 40).with_missing(n_bars / 7, f64::NAN);
    bars.open[n_bars / 3] = f64::NAN;
    bars.high[n_bars / 3 + 40] = f64::INFINITY;
    bars.low[n_bars / 2] = 1e38;
    bars.close[n_bars - 200] = f64::NAN;
    bars.volume[n_bars - 90] = f64::NAN;
    bars
}

/// Each feature computed by itself.
fn alone(set: &FeatureSet, bars: &data::Bars) -> Vec<Vec<f64>> {
    let mut all = Vec::new();
    for feature in set.features() {
        let inputs: Vec<&[f64]> = feature.columns().iter().map(|&column| bars.column(column)).collect();
        let mut columns = vec![vec![0.0; bars.len()]; feature.spec().kind().info().outputs.len()];
        let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        feature.spec().compute(set.profile(), &inputs, &mut outputs).unwrap();
        all.append(&mut columns);
    }
    all
}

#[track_caller]
fn assert_same(set: &FeatureSet, found: &[Vec<f64>], expected: &[Vec<f64>], how: &str) {
    assert_eq!(found.len(), expected.len());
    for ((name, found), expected) in set.names().iter().zip(bits(found)).zip(bits(expected)) {
        let differs = found.iter().zip(&expected).position(|(found, expected)| found != expected);
        assert_eq!(differs, None, "`{name}` of {} {how}", set.profile());
    }
}

#[test]
fn all_features_together_have_the_bits_of_each_alone() {
    for profile in Profile::ALL {
        let set = all_of(profile);
        for n_bars in [0, 1, 700, 8500] {
            let bars = if n_bars < 700 { data::Bars::walk(n_bars, 4, 0.01, 30) } else { with_gaps(n_bars) };
            let expected = alone(&set, &bars);
            assert_same(&set, &set.compute(&view(&bars)).unwrap(), &expected, &format!("over {n_bars} bars"));
        }
    }
}

#[test]
fn a_history_in_pieces_has_the_bits_of_one() {
    let bars = with_gaps(900);
    for profile in Profile::ALL {
        let mut set = all_of(profile);
        let expected = alone(&set, &bars);
        let mut found = vec![vec![0.0; bars.len()]; set.names().len()];
        let mut start = 0;
        for length in [1, 2, 3, 7, 100, 5, 8, 250].into_iter().cycle() {
            let end = bars.len().min(start + length);
            let part = bars.slice(start..end);
            let mut outputs: Vec<&mut [f64]> = found.iter_mut().map(|column| &mut column[start..end]).collect();
            set.run(&view(&part), &mut outputs).unwrap();
            if end == bars.len() {
                break;
            }
            start = end;
        }
        assert_same(&set, &found, &expected, "in pieces");
    }
}

#[test]
fn bar_by_bar_with_peeks_and_replaced_bars_the_bits_are_the_same() {
    let bars = with_gaps(600);
    for profile in Profile::ALL {
        let mut set = all_of(profile);
        let expected = alone(&set, &bars);
        let mut found = vec![Vec::new(); expected.len()];
        for at in 0..bars.len() {
            let other = bar(&bars, (at * 7 + 3) % bars.len());
            set.peek(other);
            let now = bar(&bars, at);
            let values = if at % 3 == 0 {
                set.update(other);
                set.replace(now).unwrap()
            } else {
                set.update(now)
            };
            for (column, &value) in found.iter_mut().zip(values) {
                column.push(value);
            }
        }
        assert_same(&set, &found, &expected, "bar by bar");
    }
}

#[test]
fn a_missing_volume_ends_the_history_of_those_that_read_it_alone() {
    let whole = data::Bars::walk(400, 9, 0.01, 40);
    let mut gap = whole.clone();
    gap.volume[150] = f64::NAN;
    let set = FeatureSet::new(["rsi(14)", "atr(14)", "mfi(14)", "sma(5)@volume"], Profile::Talib).unwrap();
    let [before, behind] = [&whole, &gap].map(|bars| bits(&set.compute(&view(bars)).unwrap()));
    assert_eq!(before[..2], behind[..2]);
    for reader in [2, 3] {
        assert_eq!(before[reader][..150], behind[reader][..150]);
        assert_eq!(behind[reader][150], f64::NAN.to_bits(), "the bar itself");
        assert_eq!(behind[reader][152], f64::NAN.to_bits(), "the history begins anew");
    }
}

#[test]
fn columns_are_named_by_their_call_and_begin_behind_their_lookback() {
    let texts = ["macd( 12, 26, 9 )", "rsi", "sma(20) @high", "correl(30)@close, volume", "ema(9)@close"];
    let set = FeatureSet::new(texts, Profile::Talib).unwrap();
    let names = [
        "macd(12,26,9).macd",
        "macd(12,26,9).signal",
        "macd(12,26,9).histogram",
        "rsi(14)",
        "sma(20)@high",
        "correl(30)@close,volume",
        "ema(9)",
    ];
    assert_eq!(set.names(), names);
    assert_eq!(set.lookback(), [33, 33, 33, 14, 19, 29, 8]);
    for feature in set.features() {
        assert_eq!(feature.to_string().parse::<Feature>().unwrap(), *feature);
    }
}

#[test]
fn what_cannot_be_a_feature_is_refused_by_name() {
    let refused = |texts: &[&str], profile| FeatureSet::new(texts.iter().copied(), profile).unwrap_err().to_string();
    let talib = |text| refused(&[text], Profile::Talib);
    assert_eq!(talib("smaa(2)"), "no indicator is called `smaa`");
    assert_eq!(talib("sma(2)@hgih"), "bars have no column `hgih`; there are open, high, low, close and volume");
    assert_eq!(talib("atr(14)@close"), "`atr` leaves 0 columns to choose, of which 0 must be named, not 1");
    assert_eq!(talib("correl(30)@close"), "`correl` leaves 2 columns to choose, of which 2 must be named, not 1");
    assert_eq!(refused(&["ema(3)", "rsi(2)", "ema(3)@close"], Profile::Talib), "the feature `ema(3)` is given twice");
    let absent = data::everything().find(|&(kind, _)| !kind.info().profiles().any(|p| p == Profile::Talib)).unwrap().0;
    let spec = IndicatorSpec::with_defaults(absent);
    let error = FeatureSet::new([feature(absent)], Profile::Talib).unwrap_err();
    assert_eq!(error, Error::NotInProfile { kind: spec.kind(), profile: Profile::Talib });
}

#[test]
fn columns_that_do_not_fit_are_refused_by_name_and_nothing_is_taken() {
    let mut set = FeatureSet::new(["sma(2)", "atr(3)"], Profile::Talib).unwrap();
    let bars = data::Bars::walk(40, 3, 0.01, 20);
    let short = Bars { low: &bars.low[..39], ..view(&bars) };
    assert_eq!(set.compute(&short).unwrap_err().to_string(), "the column `low` has 39 bars, not 40");
    let stray = Bars { volume: &bars.volume[..7], ..view(&bars) };
    assert_eq!(set.compute(&stray).unwrap_err().to_string(), "the column `volume` has 7 bars, not 40");
    let absent = Bars { high: &[], ..view(&bars) };
    assert_eq!(set.compute(&absent).unwrap_err().to_string(), "the column `high` has 0 bars, not 40");

    let (mut first, mut second) = (vec![0.0; 40], vec![0.0; 38]);
    let error = set.run(&view(&bars), &mut [&mut first, &mut second]).unwrap_err();
    assert_eq!(error.to_string(), "the column `atr(3)` has 38 bars, not 40");
    let error = set.run(&view(&bars), &mut [&mut first]).unwrap_err();
    assert_eq!(error.to_string(), "the features have 2 result columns, not 1");
    assert_eq!(set.replace([1.0; 5]).unwrap_err(), Error::NothingToReplace { indicator: "sma" });

    let needed = Bars { open: &[], volume: &[], ..view(&bars) };
    assert_eq!(bits(&set.compute(&needed).unwrap()), bits(&set.compute(&view(&bars)).unwrap()));
}

#[cfg(feature = "serde")]
#[test]
fn a_stored_set_goes_on_with_the_same_bits() {
    let bars = with_gaps(600);
    for profile in Profile::ALL {
        let set = all_of(profile);
        let expected = alone(&set, &bars);
        for cut in [0, 86, 250, 599] {
            let mut found = vec![vec![0.0; bars.len()]; expected.len()];
            let (mut early, mut late): (Vec<&mut [f64]>, Vec<&mut [f64]>) =
                found.iter_mut().map(|column| column.split_at_mut(cut)).unzip();
            let mut before = set.clone();
            before.run(&view(&bars.slice(0..cut)), &mut early).unwrap();
            let text = serde_json::to_string(&before.snapshot()).unwrap();
            let mut after = FeatureSet::restore(&serde_json::from_str(&text).unwrap()).unwrap();
            assert_eq!(after.names(), set.names());
            after.run(&view(&bars.slice(cut..bars.len())), &mut late).unwrap();
            assert_same(&set, &found, &expected, &format!("stored after {cut} bars"));
        }
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_damaged_set_is_refused() {
    let mut set = FeatureSet::new(["sma(3)", "ema(3)@high"], Profile::Talib).unwrap();
    set.update([1.0, 3.0, 1.0, 2.0, 100.0]);
    let text = serde_json::to_string(&set.snapshot()).unwrap();
    assert!(text.contains(r#""chosen":["high"]"#), "{text}");
    let of = |text: &str| FeatureSet::restore(&serde_json::from_str(text).unwrap());
    assert!(of(&text).is_ok());
    let other_profile = text.replacen(r#""profile":"talib""#, r#""profile":"fast""#, 1);
    assert!(matches!(of(&other_profile), Err(Error::Snapshot { .. })));
    let other_number = text.replacen("4000000000000000", "4000000000000001", 1);
    assert_ne!(other_number, text);
    assert!(matches!(of(&other_number), Err(Error::Snapshot { .. })));
    assert!(matches!(of(&text.replace("\"high\"", "\"source\"")), Err(Error::UnknownColumn { .. })));
}
