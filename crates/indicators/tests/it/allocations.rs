//! Once an indicator is built, nothing is allocated, from the first bar on.
use allocation_counter::measure;
use indicators::{FeatureSet, Indicator, Profile, talib};

use crate::data::{Bars, everything, inputs, specs};

fn history() -> Bars {
    Bars::walk(260, 5, 0.01, 40).with_missing(120, f64::NAN)
}

#[test]
fn the_counter_counts() {
    assert_eq!(measure(|| drop(std::hint::black_box(vec![1.0_f64; 8]))).count_total, 1);
}

#[test]
fn no_bar_allocates_in_any_indicator() {
    let bars = history();
    for (kind, profile) in everything() {
        for spec in specs(kind).into_iter().take(2) {
            let columns = inputs(&spec, &bars);
            let mut live = spec.live(profile).unwrap();
            let mut values = vec![0.0; spec.kind().info().outputs.len()];
            let mut now = vec![0.0; columns.len()];
            let allocated = measure(|| {
                for bar in 0..bars.len() {
                    now.iter_mut().zip(&columns).for_each(|(value, column)| *value = column[bar]);
                    live.peek(&now, &mut values);
                    live.update(&now, &mut values);
                    live.replace(&now, &mut values).unwrap();
                }
            });
            assert_eq!(allocated.count_total, 0, "{spec} of {profile}");
        }
    }
}

#[test]
fn no_bar_allocates_in_a_feature_set_or_a_typed_indicator() {
    let bars = history();
    let features = ["sma(20)", "ema(20)", "rsi(14)", "macd(12,26,9)", "bollinger(20,2)", "atr(14)", "adx(14)"];
    for profile in [Profile::Talib, Profile::Fast] {
        let mut set = FeatureSet::new(features, profile).unwrap();
        let allocated = measure(|| {
            for bar in 0..bars.len() {
                let bar = [bars.open[bar], bars.high[bar], bars.low[bar], bars.close[bar], bars.volume[bar]];
                set.peek(bar);
                set.update(bar);
            }
        });
        assert_eq!(allocated.count_total, 0, "{profile}");
    }
    let mut bands = talib::Bollinger::new(20, 2.0).unwrap();
    let allocated = measure(|| {
        for &close in &bars.close {
            std::hint::black_box(bands.update([close]));
        }
    });
    assert_eq!(allocated.count_total, 0);
}
