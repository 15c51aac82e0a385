//! Short forms for the entries of the catalogue.
use super::{OutputInfo, ParameterInfo, ParameterKind, Pine, Unit};
use crate::MovingAverage;

/// A number of bars.
pub(crate) const fn bars(name: &'static str, min: u32, max: u32, default: u32) -> ParameterInfo {
    ParameterInfo { name, kind: ParameterKind::Bars, min: min as f64, max: max as f64, default: default as f64 }
}

/// A real number.
pub(crate) const fn number(name: &'static str, min: f64, max: f64, default: f64) -> ParameterInfo {
    ParameterInfo { name, kind: ParameterKind::Number, min, max, default }
}

/// A moving average.
pub(crate) const fn average(name: &'static str, default: MovingAverage) -> ParameterInfo {
    choice(name, &MovingAverage::NAMES, default as u32)
}

/// One of some names; `default` is its index.
pub(crate) const fn choice(name: &'static str, names: &'static [&'static str], default: u32) -> ParameterInfo {
    ParameterInfo {
        name,
        kind: ParameterKind::Choice(names),
        min: 0.0,
        max: names.len() as f64 - 1.0,
        default: default as f64,
    }
}

pub(crate) const fn output(name: &'static str, unit: Unit) -> OutputInfo {
    OutputInfo { name, unit }
}

/// Pine Script that computes the outputs; see [`Pine`].
#[expect(clippy::unnecessary_wraps, reason = "the form of the catalogue's field")]
pub(crate) const fn pine(lines: &'static str, outputs: &'static [&'static str]) -> Option<Pine> {
    Some(Pine { lines, outputs })
}
