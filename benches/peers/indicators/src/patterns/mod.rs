//! All 61 candlestick patterns.
#[cfg(feature = "peers")]
mod peers;

use indicators::talib::patterns::{CandleSettings, CandlestickPatterns, Pattern, PatternSet};
use indicators::{IndicatorSpec, Profile};
use ta_lib::Core;
use ta_lib::abstract_api::get_func_handle;

use crate::bars::Bars;
use crate::contest::{Buffers, Contestant, Kind, Way};

/// How many.
pub(crate) const N_PATTERNS: usize = 61;

/// Who finds all of them; TA-Lib, by which the others are checked, is the first. Those with a function for each pattern
/// call all of them.
pub(crate) fn contestants() -> Vec<Contestant> {
    let contestant =
        |library, way, kind, work: fn(&Bars, &mut Buffers)| Contestant::new(library, way, vec![kind; N_PATTERNS], work);
    vec![
        contestant("ta-lib 0.8.3", Way::Into, Kind::Integer, talib),
        contestant("ours, one engine", Way::Into, Kind::Integer, engine),
        contestant("ours, one engine, i16", Way::Into, Kind::Short, engine_of_shorts),
        contestant("ours, one by one", Way::Into, Kind::Real, one_by_one),
        #[cfg(feature = "peers")]
        contestant("talib-rs 0.1.2", Way::Returned, Kind::Integer, peers::talib_rs),
        #[cfg(feature = "peers")]
        contestant("ferro_ta_core 1.6.0", Way::Returned, Kind::Integer, peers::ferro),
        #[cfg(feature = "peers")]
        contestant("adaq-talib 0.2.1", Way::Into, Kind::Real, peers::adaq),
    ]
}

fn columns(bars: &Bars) -> [&[f64]; 4] {
    [&bars.open, &bars.high, &bars.low, &bars.close]
}

fn engine(bars: &Bars, to: &mut Buffers) {
    let mut outputs: Vec<&mut [i32]> = to.integers.iter_mut().map(Vec::as_mut_slice).collect();
    CandlestickPatterns::new(PatternSet::ALL).run(columns(bars), &mut outputs);
}

fn engine_of_shorts(bars: &Bars, to: &mut Buffers) {
    let mut outputs: Vec<&mut [i16]> = to.shorts.iter_mut().map(Vec::as_mut_slice).collect();
    CandlestickPatterns::new(PatternSet::ALL).run(columns(bars), &mut outputs);
}

fn one_by_one(bars: &Bars, to: &mut Buffers) {
    for (pattern, column) in Pattern::ALL.into_iter().zip(&mut to.columns) {
        let spec = IndicatorSpec::with_defaults(pattern.kind());
        spec.compute(Profile::Talib, &columns(bars), &mut [column]).expect("all of them are in this profile");
        column[..pattern.lookback(&CandleSettings::default())].fill(0.0);
    }
}

fn talib(bars: &Bars, to: &mut Buffers) {
    const RIGHT: &str = "TA-Lib takes its own defaults";
    let (core, [open, high, low, close]) = (Core::new(), columns(bars));
    for (pattern, column) in Pattern::ALL.into_iter().zip(&mut to.integers) {
        let name = pattern.kind().info().talib.expect("all patterns are TA-Lib's");
        let function = get_func_handle(name).expect("all patterns are TA-Lib's");
        let mut call = function.new_call(&core);
        call.set_price_input(0, Some(open), Some(high), Some(low), Some(close), None, None).expect(RIGHT);
        let (before, rest) = column.split_at_mut(call.lookback().expect(RIGHT));
        before.fill(0);
        call.set_int_output(0, rest).expect(RIGHT);
        call.call(0, bars.len() - 1).expect(RIGHT);
    }
}
