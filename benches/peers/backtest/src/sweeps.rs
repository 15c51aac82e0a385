//! The strategies whose parameters are swept.
use anyhow::Result;
use strategy::{Params, Strategy};

/// A strategy and the parameter sets that are tried.
pub(crate) struct Sweep {
    pub(crate) name: &'static str,
    pub(crate) strategy: Strategy,
    pub(crate) sets: Vec<Params>,
}

/// Long from the close at which the fast average crosses over the slow one until it crosses under.
pub(crate) fn averages(n_sets: usize) -> Result<Sweep> {
    let strategy = Strategy::from_json(include_str!("averages.json"))?;
    let set = |k: usize| Params::new(vec![(5 + k % 20) as f64, (50 + 5 * (k / 20)) as f64]);
    Ok(Sweep { name: "SMA cross", strategy, sets: (0..n_sets).map(set).collect() })
}

/// Sets of [`bounces`] up to a period of 98.
pub(crate) const MOST_BOUNCES: usize = 46 * 64;

/// Long when the RSI comes back from below 30, with a stop and a target in average true ranges.
pub(crate) fn bounces(n_sets: usize) -> Result<Sweep> {
    let strategy = Strategy::from_json(include_str!("bounces.json"))?;
    let set = |k: usize| {
        let (stop, target) = (1.0 + 0.25 * (k % 8) as f64, 1.0 + 0.5 * (k / 8 % 8) as f64);
        Params::new(vec![(8 + 2 * (k / 64)) as f64, stop, target])
    };
    Ok(Sweep { name: "RSI with ATR stop", strategy, sets: (0..n_sets).map(set).collect() })
}
