//! However a history is cut into calls, the bits are the same; a peek changes nothing; a replaced bar leaves no trace;
//! a snapshot goes on.
use indicators::{IndicatorSpec, Profile};

use crate::data::{Bars, bits, compute, everything, inputs, specs};

fn history() -> Bars {
    Bars::walk(420, 3, 0.01, 40).with_missing(150, f64::NAN)
}

fn each(mut law: impl FnMut(&IndicatorSpec, Profile, &Bars)) {
    let bars = history();
    for (kind, profile) in everything() {
        for spec in specs(kind).into_iter().take(4) {
            law(&spec, profile, &bars);
        }
    }
}

fn bar_of(columns: &[&[f64]], bar: usize) -> Vec<f64> {
    columns.iter().map(|column| column[bar]).collect()
}

#[test]
fn steps_of_any_size_give_the_bits_of_one_run() {
    each(|spec, profile, bars| {
        let expected = bits(&compute(spec, profile, bars));
        let columns = inputs(spec, bars);
        for step in [1, 2, 3, 7, 100] {
            let mut live = spec.live(profile).unwrap();
            let mut found = vec![vec![0.0; bars.len()]; expected.len()];
            for start in (0..bars.len()).step_by(step) {
                let end = bars.len().min(start + step);
                let part: Vec<&[f64]> = columns.iter().map(|column| &column[start..end]).collect();
                let mut outputs: Vec<&mut [f64]> = found.iter_mut().map(|column| &mut column[start..end]).collect();
                live.run(&part, &mut outputs);
            }
            assert_eq!(bits(&found), expected, "{spec} of {profile} in steps of {step}");
        }
    });
}

#[test]
fn a_bar_at_a_time_gives_the_bits_of_one_run_whatever_is_peeked_and_replaced() {
    each(|spec, profile, bars| {
        let expected = bits(&compute(spec, profile, bars));
        let columns = inputs(spec, bars);
        let mut live = spec.live(profile).unwrap();
        let (mut found, mut values) = (vec![vec![0.0; bars.len()]; expected.len()], vec![0.0; expected.len()]);
        for bar in 0..bars.len() {
            let other = bar_of(&columns, (bar * 7 + 3) % bars.len());
            live.peek(&other, &mut values);
            if bar % 3 == 0 {
                live.update(&other, &mut values);
                live.replace(&bar_of(&columns, bar), &mut values).unwrap();
            } else {
                live.update(&bar_of(&columns, bar), &mut values);
            }
            for (column, &value) in found.iter_mut().zip(&values) {
                column[bar] = value;
            }
        }
        assert_eq!(bits(&found), expected, "{spec} of {profile}");
    });
}

#[test]
fn a_peek_gives_what_the_update_gives() {
    each(|spec, profile, bars| {
        let columns = inputs(spec, bars);
        let mut live = spec.live(profile).unwrap();
        let n_outputs = spec.kind().info().outputs.len();
        let (mut peeked, mut updated) = (vec![0.0; n_outputs], vec![0.0; n_outputs]);
        for bar in 0..bars.len() {
            let bar = bar_of(&columns, bar);
            live.peek(&bar, &mut peeked);
            live.update(&bar, &mut updated);
            assert_eq!(bits(&[peeked.clone()]), bits(&[updated.clone()]), "{spec} of {profile}");
        }
    });
}

#[cfg(feature = "serde")]
#[test]
fn a_snapshot_goes_on_with_the_same_bits() {
    each(|spec, profile, bars| {
        let expected = bits(&compute(spec, profile, bars));
        let columns = inputs(spec, bars);
        for cut in [0, 1, 90, 151, 300] {
            let mut live = spec.live(profile).unwrap();
            let mut found = vec![vec![0.0; bars.len()]; expected.len()];
            let (before, after): (Vec<&[f64]>, Vec<&[f64]>) = columns.iter().map(|column| column.split_at(cut)).unzip();
            let (mut early, mut late): (Vec<&mut [f64]>, Vec<&mut [f64]>) =
                found.iter_mut().map(|column| column.split_at_mut(cut)).unzip();
            live.run(&before, &mut early);
            let text = serde_json::to_string(&live.snapshot()).unwrap();
            indicators::Live::restore(&serde_json::from_str(&text).unwrap()).unwrap().run(&after, &mut late);
            assert_eq!(bits(&found), expected, "{spec} of {profile}, stored after {cut} bars");
        }
    });
}
