//! The 61 candlestick patterns: the engine against the single ones and TA-Lib, and each of them found at least once.
use indicators::talib::patterns::{
    CandleRange, CandleSetting, CandleSettings, CandlestickPatterns, Pattern, PatternSet, PatternSignals, Penetrations,
    SignalValue,
};
use indicators::{Error, IndicatorKind, IndicatorSpec, Profile};
use ta_lib::abstract_api::get_func_handle;
use ta_lib::{CandleSettingType, Core, RangeType};

use crate::data::{Bars, Dice, bits, compute, histories};
use crate::shapes::{SHAPES, complete, formations};

fn columns(bars: &Bars) -> [&[f64]; 4] {
    [&bars.open, &bars.high, &bars.low, &bars.close]
}

/// A column for each pattern of the set.
pub(crate) fn run<T: SignalValue>(patterns: &mut CandlestickPatterns, bars: &Bars) -> Vec<Vec<T>> {
    // Filled with something else first, to see that all of it is overwritten.
    let mut all = vec![vec![T::of(-7); bars.len()]; patterns.patterns().len()];
    let mut outputs: Vec<&mut [T]> = all.iter_mut().map(Vec::as_mut_slice).collect();
    patterns.run(columns(bars), &mut outputs);
    all
}

/// What TA-Lib finds with settings of its `core`, NaN within the lookback.
fn theirs(core: &Core, pattern: Pattern, penetration: Option<f64>, bars: &Bars) -> Vec<f64> {
    let function = get_func_handle(pattern.kind().info().talib.unwrap()).unwrap();
    let mut found = vec![0_i32; bars.len()];
    let range = {
        let mut call = function.new_call(core);
        let [open, high, low, close] = columns(bars);
        call.set_price_input(0, Some(open), Some(high), Some(low), Some(close), None, None).unwrap();
        if let Some(penetration) = penetration {
            call.set_opt_input(0, penetration).unwrap();
        }
        call.set_int_output(0, &mut found).unwrap();
        call.call(0, bars.len() - 1).unwrap()
    };
    let mut column = vec![f64::NAN; bars.len()];
    for (offset, &value) in found[..range.count].iter().enumerate() {
        column[range.beg_idx + offset] = f64::from(value);
    }
    column
}

fn one_of<T: Copy>(dice: &mut Dice, all: &[T]) -> T {
    all[usize::try_from(dice.below(all.len() as u64)).unwrap()]
}

/// Prices of a few tenths. Their differences are not of one binary grid, so that totals round, differently from every
/// start; and lengths and limits tie often, so that the last bit of a total decides.
fn tenths(n_bars: usize, seed: u64) -> Bars {
    let mut dice = Dice(seed);
    let mut bars = Bars::default();
    for _ in 0..n_bars {
        let top = one_of(&mut dice, &[4, 9, 40]);
        let mut ticks: Vec<u64> = (0..4).map(|_| dice.below(top)).collect();
        ticks.sort_unstable();
        let body = if dice.below(2) == 0 { [ticks[1], ticks[2]] } else { [ticks[2], ticks[1]] };
        let [open, high, low, close] = [body[0], ticks[3], ticks[0], body[1]].map(|ticks| ticks as f64 * 0.1);
        bars.open.push(open);
        bars.high.push(high);
        bars.low.push(low);
        bars.close.push(close);
    }
    complete(bars)
}

fn all_histories() -> Vec<(String, Bars)> {
    let mut all = histories();
    all.push(("formations".to_owned(), formations(2, 5)));
    all.push(("tenths".to_owned(), tenths(4000, 9)));
    all
}

#[test]
fn the_names_are_those_of_the_catalogue() {
    let names: Vec<&str> = Pattern::ALL.into_iter().map(Pattern::name).collect();
    let catalogue: Vec<&str> = IndicatorKind::all().map(IndicatorKind::name).filter(|n| n.starts_with("cdl")).collect();
    assert_eq!(names, catalogue);
    assert!(Pattern::ALL.into_iter().all(|pattern| Pattern::named(pattern.name()) == Some(pattern)));
    assert_eq!(Pattern::named("cdlnothing"), None);
}

#[test]
fn the_engine_gives_the_bits_of_the_single_patterns() {
    for (history, bars) in all_histories() {
        let found = run(&mut CandlestickPatterns::new(PatternSet::ALL), &bars);
        for (pattern, column) in Pattern::ALL.into_iter().zip(found) {
            let single = compute(&IndicatorSpec::with_defaults(pattern.kind()), Profile::Talib, &bars);
            assert_eq!(bits(&[column]), bits(&single), "{pattern:?} on {history}");
        }
    }
}

#[test]
fn where_rounding_decides_the_values_are_those_of_talib() {
    let core = Core::new();
    for seed in 0..10 {
        let bars = tenths(2500, 100 + seed);
        let found = run(&mut CandlestickPatterns::new(PatternSet::ALL), &bars);
        for (pattern, column) in Pattern::ALL.into_iter().zip(found) {
            let theirs = theirs(&core, pattern, None, &bars);
            let differing = bits(&[column])[0].iter().zip(&bits(&[theirs])[0]).filter(|(a, b)| a != b).count();
            assert_eq!(differing, 0, "{pattern:?}, seed {seed}");
        }
    }
}

/// Where a pattern is found, beside TA-Lib.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) pattern: Pattern,
    pub(crate) values: Vec<f64>,
    pub(crate) bullish: usize,
    pub(crate) bearish: usize,
    /// Bars on which both say the same.
    pub(crate) agreeing: usize,
}

/// All patterns on formations made for them, one after the other.
pub(crate) fn all_on_formations() -> Vec<Found> {
    let (bars, core) = (formations(24, 1), Core::new());
    let columns: Vec<Vec<f64>> = run(&mut CandlestickPatterns::new(PatternSet::ALL), &bars);
    let found = |(pattern, values): (Pattern, Vec<f64>)| {
        let count = |wanted: fn(f64) -> bool| values.iter().filter(|&&value| wanted(value)).count();
        let (bullish, bearish) = (count(|value| value > 0.0), count(|value| value < 0.0));
        let theirs = theirs(&core, pattern, None, &bars);
        let [ours, theirs] = [&values, &theirs].map(|column| bits(std::slice::from_ref(column)));
        let agreeing = ours[0].iter().zip(&theirs[0]).filter(|(ours, theirs)| ours == theirs).count();
        Found { pattern, values, bullish, bearish, agreeing }
    };
    Pattern::ALL.into_iter().zip(columns).map(found).collect()
}

/// Every pattern is found, both ways where it has two, and wherever TA-Lib finds it.
#[test]
fn every_pattern_fires_on_formations_made_for_it() {
    let all = all_on_formations();
    for Found { pattern, values, bullish, bearish, agreeing } in &all {
        println!("{:<22} {bullish:>6} bullish {bearish:>6} bearish of {} bars", pattern.name(), values.len());
        assert_eq!(*agreeing, values.len(), "{pattern:?}");
        assert!(bullish + bearish > 0, "{pattern:?} is not found");
    }
    println!("{} of {} patterns fire and agree with TA-Lib", all.len(), Pattern::ALL.len());
    assert_eq!(all.len(), 61);
    let found: Vec<&[f64]> = all.iter().map(|found| found.values.as_slice()).collect();
    let strengths = |pattern: Pattern, strength: f64| found[pattern as usize].contains(&strength);
    for pattern in [Pattern::Engulfing, Pattern::Harami, Pattern::HaramiCross] {
        assert!(strengths(pattern, 80.0) && strengths(pattern, -80.0), "{pattern:?}");
    }
    for pattern in [Pattern::Hikkake, Pattern::HikkakeModified] {
        assert!(strengths(pattern, 200.0) && strengths(pattern, -200.0), "{pattern:?}");
    }
}

#[test]
fn each_formation_is_found_where_it_ends() {
    assert_eq!(SHAPES.iter().map(|shape| shape.pattern).collect::<PatternSet>(), PatternSet::ALL);
    for shape in SHAPES {
        let bars = shape.drawn(&mut Dice(4), 0, 1);
        let mirrored = shape.drawn(&mut Dice(4), 0, -1);
        let last = |bars: &Bars| {
            let found = run::<i16>(&mut CandlestickPatterns::new(PatternSet::EMPTY.with(shape.pattern)), bars);
            *found[0].last().unwrap()
        };
        assert_eq!(last(&bars), shape.value, "{:?}", shape.pattern);
        if shape.mirrors {
            assert_eq!(last(&mirrored), -shape.value, "{:?} upside down", shape.pattern);
        }
    }
}

#[test]
fn settings_and_penetrations_of_our_own_give_the_values_of_talib() {
    let mut dice = Dice(77);
    let histories = [formations(3, 8), Bars::walk(1500, 4, 0.01, 40), tenths(1500, 3)];
    for round in 0..12 {
        let (settings, core) = random_settings(&mut dice, round);
        let mut penetration = || dice.below(9) as f64 / 8.0;
        let penetrations = Penetrations {
            abandoned_baby: penetration(),
            dark_cloud_cover: penetration(),
            evening_doji_star: penetration(),
            evening_star: penetration(),
            mat_hold: penetration(),
            morning_doji_star: penetration(),
            morning_star: penetration(),
        };
        let mut engine = CandlestickPatterns::with_settings(PatternSet::ALL, &settings, &penetrations).unwrap();
        for bars in &histories {
            engine.reset();
            for (pattern, column) in Pattern::ALL.into_iter().zip(run(&mut engine, bars)) {
                let penetration = match pattern {
                    Pattern::AbandonedBaby => Some(penetrations.abandoned_baby),
                    Pattern::DarkCloudCover => Some(penetrations.dark_cloud_cover),
                    Pattern::EveningDojiStar => Some(penetrations.evening_doji_star),
                    Pattern::EveningStar => Some(penetrations.evening_star),
                    Pattern::MatHold => Some(penetrations.mat_hold),
                    Pattern::MorningDojiStar => Some(penetrations.morning_doji_star),
                    Pattern::MorningStar => Some(penetrations.morning_star),
                    _ => None,
                };
                let theirs = theirs(&core, pattern, penetration, bars);
                assert_eq!(bits(&[column]), bits(std::slice::from_ref(&theirs)), "{pattern:?} with {settings:?}");
                let lookback = theirs.iter().position(|value| !value.is_nan()).unwrap_or(bars.len());
                assert_eq!(pattern.lookback(&settings).min(bars.len()), lookback, "{pattern:?} with {settings:?}");
            }
        }
    }
}

/// The same settings for us and for TA-Lib; in round 0 all averages are of no candles, in round 1 some are very long.
fn random_settings(dice: &mut Dice, round: u64) -> (CandleSettings, Core) {
    let mut core = Core::builder();
    let mut setting = |kind: CandleSettingType| {
        let ranges = [
            (CandleRange::RealBody, RangeType::RealBody),
            (CandleRange::HighLow, RangeType::HighLow),
            (CandleRange::Shadows, RangeType::Shadows),
        ];
        let (range, range_type) = one_of(dice, &ranges);
        let avg_period = match round {
            0 => 0,
            1 => one_of(dice, &[0, 3, 70, 1600]),
            _ => i32::try_from(dice.below(14)).unwrap(),
        };
        let factor = dice.below(17) as f64 / 8.0;
        core = core.clone().candle_setting(kind, ta_lib::CandleSetting { range_type, avg_period, factor });
        CandleSetting { range, period: avg_period.unsigned_abs(), factor }
    };
    let settings = CandleSettings {
        body_long: setting(CandleSettingType::BodyLong),
        body_short: setting(CandleSettingType::BodyShort),
        body_doji: setting(CandleSettingType::BodyDoji),
        shadow_long: setting(CandleSettingType::ShadowLong),
        shadow_very_long: setting(CandleSettingType::ShadowVeryLong),
        shadow_short: setting(CandleSettingType::ShadowShort),
        shadow_very_short: setting(CandleSettingType::ShadowVeryShort),
        near: setting(CandleSettingType::Near),
        far: setting(CandleSettingType::Far),
        equal: setting(CandleSettingType::Equal),
    };
    (settings, core.build().unwrap())
}

#[test]
fn settings_out_of_range_are_refused() {
    let with = |settings, penetrations| CandlestickPatterns::with_settings(PatternSet::ALL, &settings, &penetrations);
    let far = |period, factor| {
        let range = CandleRange::HighLow;
        CandleSettings { far: CandleSetting { range, period, factor }, ..CandleSettings::default() }
    };
    for (settings, part) in [
        (far(100_001, 1.0), "period"),
        (far(5, -0.1), "factor"),
        (far(5, f64::NAN), "factor"),
        (far(5, 1e38), "factor"),
    ] {
        match with(settings, Penetrations::default()).unwrap_err() {
            Error::CandleSetting { setting, part: found, .. } => assert_eq!((setting, found), ("far", part)),
            other => panic!("{other}"),
        }
    }
    assert!(with(far(100_000, 3e37), Penetrations::default()).is_ok());
    let penetrations = Penetrations { mat_hold: -0.5, ..Penetrations::default() };
    assert!(matches!(with(CandleSettings::default(), penetrations), Err(Error::ParameterRange { value: -0.5, .. })));
}

fn with_gaps(bars: Bars) -> Bars {
    bars.with_missing(700, f64::NAN).with_missing(701, f64::INFINITY).with_missing(1200, 1e38)
}

/// Any subset, and prices whose totals are equal from the start or stay apart.
fn subsets() -> impl Iterator<Item = (PatternSet, Bars)> {
    let odd = Pattern::ALL.into_iter().step_by(2).collect();
    let sets = [PatternSet::ALL, odd, PatternSet::EMPTY.with(Pattern::HikkakeModified), PatternSet::EMPTY];
    sets.into_iter().flat_map(|set| [formations(1, 3), tenths(1500, 103)].map(|bars| (set, with_gaps(bars))))
}

#[test]
fn steps_of_any_size_give_the_bits_of_one_run_of_the_engine() {
    for (set, bars) in subsets() {
        let whole = bits(&run(&mut CandlestickPatterns::new(set), &bars));
        for step in [1, 2, 57, 300] {
            let mut engine = CandlestickPatterns::new(set);
            let mut parts = vec![Vec::new(); set.len()];
            for start in (0..bars.len()).step_by(step) {
                let part = run::<f64>(&mut engine, &bars.slice(start..bars.len().min(start + step)));
                parts.iter_mut().zip(part).for_each(|(all, part)| all.extend(part));
            }
            assert_eq!(bits(&parts), whole, "{set:?} in steps of {step}");
        }
    }
}

#[test]
fn the_engine_takes_a_bar_at_a_time_whatever_is_peeked_replaced_and_restored() {
    for (set, bars) in subsets() {
        let mut engine = CandlestickPatterns::new(set);
        let mut found = vec![Vec::new(); set.len()];
        for bar in 0..bars.len() {
            let [this, other] = [bar, (bar * 7 + 3) % bars.len()].map(|bar| columns(&bars).map(|column| column[bar]));
            let _ = engine.peek(other);
            let peeked = engine.peek(this);
            let taken = if bar % 3 == 0 {
                engine.update(other);
                engine.replace(this).unwrap()
            } else {
                engine.update(this)
            };
            assert_eq!(peeked, taken);
            if bar % 50 == 0 {
                let mut restored = CandlestickPatterns::new(set);
                assert!(restored.restore(&engine.snapshot()));
                engine = restored;
            }
            for (pattern, column) in set.iter().zip(&mut found) {
                column.push(taken.get(pattern).map_or(f64::NAN, f64::from));
            }
        }
        assert_eq!(bits(&found), bits(&run(&mut CandlestickPatterns::new(set), &bars)), "{set:?}");
    }
}

#[test]
fn a_bar_of_a_run_can_be_replaced() {
    let bars = formations(1, 6);
    let last = bars.len() - 1;
    let mut engine = CandlestickPatterns::new(PatternSet::ALL);
    assert!(matches!(engine.replace([1.0; 4]), Err(Error::NothingToReplace { .. })));
    let mut other = bars.clone().with_missing(last, f64::NAN);
    for column in [&mut other.open, &mut other.high, &mut other.low, &mut other.close] {
        column[last] = 1.0;
    }
    run::<f64>(&mut engine, &other);
    let replaced = engine.replace(columns(&bars).map(|column| column[last])).unwrap();
    let whole = run(&mut CandlestickPatterns::new(PatternSet::ALL), &bars);
    for (pattern, column) in Pattern::ALL.into_iter().zip(whole) {
        assert_eq!(replaced.get(pattern).map(f64::from), Some(column[last]), "{pattern:?}");
    }
}

#[test]
fn a_search_finds_what_the_columns_say_and_integers_say_the_same() {
    let bars = formations(1, 12).with_missing(400, f64::NAN);
    let whole: Vec<Vec<f64>> = run(&mut CandlestickPatterns::new(PatternSet::ALL), &bars);
    let mut found = vec![vec![0_i16; bars.len()]; 61];
    CandlestickPatterns::new(PatternSet::ALL).find(columns(&bars), |bar, pattern, value| {
        assert_eq!(std::mem::replace(&mut found[pattern as usize][bar], value), 0, "{pattern:?} is told once");
    });
    let integers: Vec<Vec<i32>> = run(&mut CandlestickPatterns::new(PatternSet::ALL), &bars);
    for (pattern, column) in whole.iter().enumerate() {
        for (bar, &value) in column.iter().enumerate() {
            let expected = if value.is_nan() { 0.0 } else { value };
            assert_eq!((f64::from(found[pattern][bar]), f64::from(integers[pattern][bar])), (expected, expected));
        }
    }
}

#[test]
fn a_snapshot_of_another_engine_is_refused() {
    let mut all = CandlestickPatterns::new(PatternSet::ALL);
    let mut one = CandlestickPatterns::new(PatternSet::EMPTY.with(Pattern::Doji));
    run::<f64>(&mut all, &formations(1, 2));
    assert!(!one.restore(&all.snapshot()));
    assert!(!all.restore(&one.snapshot()) && !all.restore(&[]));
    assert_eq!(all.snapshot(), CandlestickPatterns::new(PatternSet::ALL).snapshot());
}

#[test]
#[should_panic(expected = "a column for each chosen pattern")]
fn too_few_columns_are_refused() {
    CandlestickPatterns::new(PatternSet::ALL).run::<f64>([&[1.0]; 4], &mut []);
}

#[test]
fn signals_are_told_by_direction() {
    let shape = SHAPES.iter().find(|shape| shape.pattern == Pattern::MorningStar).unwrap();
    let bars = shape.drawn(&mut Dice(4), 0, 1);
    let mut engine = CandlestickPatterns::new(PatternSet::EMPTY.with(Pattern::MorningStar).with(Pattern::EveningStar));
    let mut last = PatternSignals::default();
    for bar in 0..bars.len() {
        last = engine.update(columns(&bars).map(|column| column[bar]));
    }
    assert_eq!(last.bullish().iter().collect::<Vec<_>>(), [Pattern::MorningStar]);
    assert!(last.bearish().is_empty() && last.found().contains(Pattern::MorningStar));
    assert_eq!((last.get(Pattern::EveningStar), last.get(Pattern::Doji)), (Some(0), None));
}

#[test]
fn the_notes_tell_the_lookback() {
    for pattern in Pattern::ALL {
        let lookback = pattern.lookback(&CandleSettings::default());
        let expected = format!("The first {lookback} bars have no value. ");
        assert!(pattern.kind().info().notes.starts_with(&expected), "{pattern:?}: {lookback}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn choices_and_settings_are_read_back() {
    let set: PatternSet = [Pattern::Doji, Pattern::MatHold].into_iter().collect();
    let text = serde_json::to_string(&set).unwrap();
    assert_eq!(text, r#"["cdldoji","cdlmathold"]"#);
    assert_eq!(serde_json::from_str::<PatternSet>(&text).unwrap(), set);
    assert!(serde_json::from_str::<PatternSet>(r#"["cdlnothing"]"#).is_err());
    let settings = CandleSettings::default();
    let text = serde_json::to_string(&settings).unwrap();
    assert!(text.starts_with(r#"{"body_long":{"range":"real_body","period":10,"factor":1.0}"#), "{text}");
    assert_eq!(serde_json::from_str::<CandleSettings>(&text).unwrap(), settings);
}
