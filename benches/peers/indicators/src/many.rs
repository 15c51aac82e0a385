//! Many results at once, beside the same results one by one.
use indicators::{FeatureSet, Indicator, Lanes, Profile, fast, talib};

use crate::bars::Bars;
use crate::contest::{Buffers, Contestant, Kind, Way};

const BUILT: &str = "the parameters are in range";

/// The eight with all of their outputs.
const EIGHT: [&str; 8] =
    ["sma(20)", "ema(20)", "rsi(14)", "macd(12,26,9)", "bollinger(20,2)", "stochastic(14,3,3)", "atr(14)", "adx(14)"];

/// Outputs of the eight.
pub(crate) const N_COLUMNS: usize = 15;

/// The periods of the lanes.
const PERIODS: [usize; 8] = [5, 8, 10, 14, 20, 30, 50, 100];

/// A name, and who competes.
pub(crate) type Race = (&'static str, Vec<Contestant>);

pub(crate) fn races() -> Vec<Race> {
    let lanes = |single: Work, together: Work| {
        let kinds = || vec![Kind::Real; PERIODS.len()];
        vec![
            Contestant::new("ours, one by one", Way::Into, kinds(), single),
            Contestant::new("ours, in lanes", Way::Into, kinds(), together),
        ]
    };
    vec![
        ("the eight, Talib", eight(Profile::Talib)),
        ("the eight, Fast", eight(Profile::Fast)),
        (
            "EMA of 8 periods, Talib",
            lanes(|b, to| each(talib::Ema::new, [&b.close], to), |b, to| all(talib::Ema::new, [&b.close], to)),
        ),
        (
            "RSI of 8 periods, Talib",
            lanes(|b, to| each(talib::Rsi::new, [&b.close], to), |b, to| all(talib::Rsi::new, [&b.close], to)),
        ),
        (
            "ATR of 8 periods, Talib",
            lanes(|b, to| each(talib::Atr::new, hlc(b), to), |b, to| all(talib::Atr::new, hlc(b), to)),
        ),
        (
            "EMA of 8 periods, Fast",
            lanes(|b, to| each(fast::Ema::new, [&b.close], to), |b, to| all(fast::Ema::new, [&b.close], to)),
        ),
        (
            "RSI of 8 periods, Fast",
            lanes(|b, to| each(fast::Rsi::new, [&b.close], to), |b, to| all(fast::Rsi::new, [&b.close], to)),
        ),
        (
            "ATR of 8 periods, Fast",
            lanes(|b, to| each(fast::Atr::new, hlc(b), to), |b, to| all(fast::Atr::new, hlc(b), to)),
        ),
    ]
}

type Work = fn(&Bars, &mut Buffers);

fn hlc(bars: &Bars) -> [&[f64]; 3] {
    [&bars.high, &bars.low, &bars.close]
}

fn columns(bars: &Bars) -> indicators::Bars<'_> {
    let Bars { open, high, low, close, volume, .. } = bars;
    indicators::Bars { open, high, low, close, volume }
}

fn eight(profile: Profile) -> Vec<Contestant> {
    let one_by_one = move |bars: &Bars, to: &mut Buffers| {
        let mut rest = to.columns.as_mut_slice();
        for spec in EIGHT {
            let mut one = FeatureSet::new([spec], profile).expect(BUILT);
            let (own, others) = rest.split_at_mut(one.names().len());
            let mut outputs: Vec<&mut [f64]> = own.iter_mut().map(Vec::as_mut_slice).collect();
            one.run(&columns(bars), &mut outputs).expect("the columns fit");
            rest = others;
        }
    };
    let fused = move |bars: &Bars, to: &mut Buffers| {
        let mut set = FeatureSet::new(EIGHT, profile).expect(BUILT);
        let mut outputs: Vec<&mut [f64]> = to.columns.iter_mut().map(Vec::as_mut_slice).collect();
        set.run(&columns(bars), &mut outputs).expect("the columns fit");
    };
    let filled = |bars: &Bars, to: &mut Buffers| {
        for column in &mut to.columns {
            column.copy_from_slice(&bars.close);
        }
    };
    let kinds = || vec![Kind::Real; N_COLUMNS];
    vec![
        Contestant::new("ours, one by one", Way::Into, kinds(), one_by_one),
        Contestant::new("ours, one feature set", Way::Into, kinds(), fused),
        Contestant::new("copying as many columns", Way::Floor, kinds(), filled),
    ]
}

/// A state for each period.
fn states<S: std::fmt::Debug>(new: fn(usize) -> Result<S, indicators::Error>) -> [S; 8] {
    PERIODS.map(|period| new(period).expect(BUILT))
}

fn each<S: Indicator<I, 1>, const I: usize>(
    new: fn(usize) -> Result<S, indicators::Error>,
    inputs: [&[f64]; I],
    to: &mut Buffers,
) {
    for (mut state, column) in states(new).into_iter().zip(to.first::<8>()) {
        state.run(inputs, [column]);
    }
}

fn all<S: Indicator<I, 1>, const I: usize>(
    new: fn(usize) -> Result<S, indicators::Error>,
    inputs: [&[f64]; I],
    to: &mut Buffers,
) {
    Lanes::new(states(new)).run_shared(inputs, to.first::<8>().map(|column| [column]));
}
