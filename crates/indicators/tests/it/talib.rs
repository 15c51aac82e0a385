//! Every function of TA-Lib against the crate `ta-lib` 0.8.3, in the same run: the same bits from the same bar on.
use indicators::{IndicatorKind, Profile};
use ta_lib::Core;
use ta_lib::abstract_api::{FuncId, InputType, OptInputType, OutputType, get_func_handle};

use crate::data::{Bars, compute, histories, specs};

/// What TA-Lib computes, NaN before its first value; `None` if it refuses the parameters.
pub(crate) fn reference(function: FuncId, args: &[f64], bars: &Bars) -> Option<Vec<Vec<f64>>> {
    let core = Core::new();
    let info = function.info();
    let n_bars = bars.len();
    let mut reals = vec![vec![0.0_f64; n_bars]; info.outputs.len()];
    let mut integers = vec![vec![0_i32; n_bars]; info.outputs.len()];
    let mut call = function.new_call(&core);
    let mut sources = [&bars.close, &bars.second].into_iter();
    for (slot, input) in info.inputs.iter().enumerate() {
        match input.kind {
            InputType::Real => call.set_input(slot, sources.next().unwrap()),
            InputType::Price => {
                let Bars { open, high, low, close, volume, .. } = bars;
                call.set_price_input(slot, Some(open), Some(high), Some(low), Some(close), Some(volume), None)
            }
            InputType::Integer => unreachable!("no function reads integers"),
        }
        .unwrap();
    }
    for (index, (parameter, &value)) in info.opt_inputs.iter().zip(args).enumerate() {
        match parameter.kind {
            OptInputType::RealRange { .. } | OptInputType::RealList { .. } => call.set_opt_input(index, value),
            OptInputType::IntegerRange { .. } | OptInputType::IntegerList { .. } => {
                call.set_opt_input(index, value as i32)
            }
        }
        .unwrap();
    }
    for (index, (real, integer)) in reals.iter_mut().zip(&mut integers).enumerate() {
        match info.outputs[index].kind {
            OutputType::Real => call.set_output(index, real),
            OutputType::Integer => call.set_int_output(index, integer),
        }
        .unwrap();
    }
    let range = call.call(0, n_bars - 1).ok()?;
    let columns = info.outputs.iter().zip(reals.iter().zip(&integers)).map(|(output, (real, integer))| {
        let mut column = vec![f64::NAN; n_bars];
        for offset in 0..range.count {
            column[range.beg_idx + offset] = match output.kind {
                OutputType::Real => real[offset],
                OutputType::Integer => f64::from(integer[offset]),
            };
        }
        column
    });
    Some(columns.collect())
}

/// Where the columns first differ; TA-Lib's are the first of ours.
pub(crate) fn difference(ours: &[Vec<f64>], theirs: &[Vec<f64>]) -> Option<String> {
    for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        for (bar, (&a, &b)) in ours.iter().zip(theirs).enumerate() {
            if a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan()) {
                let differing = ours
                    .iter()
                    .zip(theirs)
                    .filter(|(a, b)| a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan()))
                    .count();
                return Some(format!("output {index}, bar {bar}: {a:e}, TA-Lib {b:e}; {differing} bars differ"));
            }
        }
    }
    None
}

/// Indicators that take parameters TA-Lib refuses: an odd period, a minimum above the maximum, factors that do not fall
/// from wide to narrow.
const WIDER: [&str; 3] = ["frama", "mavp", "sqzmom"];

/// What a comparison with TA-Lib has counted.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Sets of parameters.
    pub(crate) specs: usize,
    /// Values that either of both has.
    pub(crate) doubles: usize,
    /// Those of them that are the same.
    pub(crate) identical: usize,
    pub(crate) failures: Vec<String>,
}

/// All parameters of [`specs`] on all [`histories`].
pub(crate) fn compare(kind: IndicatorKind) -> Tally {
    let name = kind.info().talib.unwrap();
    let function = get_func_handle(name).unwrap_or_else(|| panic!("TA-Lib has no {name}"));
    let mut tally = Tally::default();
    for spec in specs(kind) {
        for (history, bars) in histories() {
            let Some(theirs) = reference(function, spec.args(), &bars) else {
                if !WIDER.contains(&kind.name()) {
                    tally.failures.push(format!("{spec}: TA-Lib refuses the parameters"));
                }
                break;
            };
            let ours = compute(&spec, Profile::Talib, &bars);
            for (a, b) in ours.iter().flatten().zip(theirs.iter().flatten()) {
                tally.doubles += usize::from(!a.is_nan() || !b.is_nan());
                tally.identical += usize::from(a.to_bits() == b.to_bits() && !a.is_nan());
            }
            tally.failures.extend(difference(&ours, &theirs).map(|what| format!("{spec} on {history}: {what}")));
        }
        tally.specs += 1;
    }
    tally
}

/// Everything that TA-Lib has and we have in its profile.
pub(crate) fn kinds() -> impl Iterator<Item = IndicatorKind> {
    let is_built = |kind: &IndicatorKind| kind.info().profiles().any(|profile| profile == Profile::Talib);
    IndicatorKind::all().filter(|kind| kind.info().talib.is_some()).filter(is_built)
}

#[test]
fn every_function_gives_the_bits_of_talib() {
    let failures: Vec<String> = kinds().flat_map(|kind| compare(kind).failures).collect();
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_lookback_is_that_of_talib() {
    let core = Core::new();
    for (kind, profile) in crate::data::everything().filter(|&(_, profile)| profile == Profile::Talib) {
        let Some(name) = kind.info().talib else { continue };
        let function = get_func_handle(name).unwrap();
        for spec in specs(kind) {
            let mut call = function.new_call(&core);
            for (index, (parameter, &value)) in function.info().opt_inputs.iter().zip(spec.args()).enumerate() {
                match parameter.kind {
                    OptInputType::RealRange { .. } | OptInputType::RealList { .. } => call.set_opt_input(index, value),
                    _ => call.set_opt_input(index, value as i32),
                }
                .unwrap();
            }
            let Ok(theirs) = call.lookback() else {
                assert!(WIDER.contains(&kind.name()), "{spec}: TA-Lib refuses the parameters");
                continue;
            };
            assert_eq!(spec.lookback(profile).unwrap()[0], theirs, "{spec}");
        }
    }
}

#[test]
fn the_catalogue_has_the_ranges_of_talib() {
    for kind in IndicatorKind::all() {
        let Some(name) = kind.info().talib else { continue };
        let theirs = get_func_handle(name).unwrap().info();
        let ours = kind.info();
        assert_eq!(ours.parameters.len(), theirs.opt_inputs.len(), "{kind}");
        for (ours, theirs) in ours.parameters.iter().zip(theirs.opt_inputs) {
            let (min, max, default) = match theirs.kind {
                OptInputType::IntegerRange { min, max, default, .. } => (min.into(), max.into(), default.into()),
                OptInputType::RealRange { min, max, default, .. } => (min, max, default),
                OptInputType::IntegerList { values, default } => (0.0, values.len() as f64 - 1.0, default as f64),
                OptInputType::RealList { .. } => unreachable!("no function has a list of reals"),
            };
            assert_eq!((ours.min, ours.max, ours.default), (min, max, default), "{kind}: {}", ours.name);
        }
    }
}
