//! What there is to know about each indicator without computing it.
mod cycle;
mod extra;
mod info;
pub(crate) mod make;
mod math;
mod momentum;
mod oscillators;
mod overlap;
mod patterns;
mod pine;
mod price;
mod statistics;
mod volatility;
mod volume;

pub use self::info::{Column, Group, IndicatorInfo, OutputInfo, ParameterInfo, ParameterKind, Pine, Unit};

/// The families in the order in which the catalogue lists them.
static FAMILIES: [&[IndicatorInfo]; 12] = [
    overlap::ENTRIES,
    momentum::ENTRIES,
    oscillators::ENTRIES,
    volume::ENTRIES,
    volatility::ENTRIES,
    price::ENTRIES,
    statistics::ENTRIES,
    cycle::ENTRIES,
    math::ENTRIES,
    patterns::ENTRIES,
    pine::ENTRIES,
    extra::ENTRIES,
];

/// All indicators.
pub(crate) fn all() -> impl Iterator<Item = &'static IndicatorInfo> {
    FAMILIES.iter().copied().flatten()
}
