use std::num::NonZeroUsize;
use std::thread;

use super::distribution::Distribution;
use super::resample::{Resampler, Resampling};
use crate::error::{Error, check_count, check_finite};
use crate::moments::{finite, moments};
use crate::quantile::quantile_sorted;

/// How values add up to equity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Growth {
    /// Values are returns of periods or of trades that stake a share of the account: equity · (1 + value).
    Compounded,
    /// Values are profits of trades of a fixed size, in currency: equity + value.
    Added,
}

/// Settings of [`monte_carlo`].
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct MonteCarlo {
    /// How new orders or series are made.
    pub resampling: Resampling,
    /// How values add up.
    pub growth: Growth,
    /// Equity before the first value, above 0.
    pub initial: f64,
    /// The account counts as ruined once its equity is at or below this share of `initial`, 0 to 1 (1 excluded).
    pub ruin_fraction: f64,
    /// Number of resamples, at least 1.
    pub n_resamples: usize,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Shares, 0 to 1, whose quantiles of equity make the bands, such as 0.05, 0.5, 0.95; may be empty.
    pub band_quantiles: Vec<f64>,
    /// Steps at which the bands are taken, evenly spread and always with the first (the initial equity) and the last;
    /// more than there are means every step. The memory is `n_resamples` · this · 8 bytes.
    pub n_band_steps: usize,
    /// Threads to work on; the result does not depend on it.
    pub n_threads: NonZeroUsize,
}

/// What [`monte_carlo`] found.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Simulation {
    /// What really happened, in the order in which it did.
    pub observed: Outcome,
    /// Final equity over initial equity − 1.
    pub total_return: Distribution,
    /// Largest drawdown of each path, a fraction of its peak.
    pub max_drawdown: Distribution,
    /// Sharpe ratio of the values of each resample, not annualised; without resamples that do not vary. `None` if none
    /// varies. For [`Resampling::Shuffle`] all are equal up to rounding.
    pub sharpe: Option<Distribution>,
    /// Share of the resamples that were ruined, 0 to 1; its standard error is at most 1 / (2·√resamples).
    pub probability_of_ruin: f64,
    /// Share of the resamples whose largest drawdown was at least the observed one, the observed one counted too: small
    /// if the history had its losses in an unusually bad order.
    pub p_drawdown: f64,
    /// Number of values before each step of the bands; 0 is the start.
    pub band_steps: Vec<usize>,
    /// For each of `band_quantiles`, the quantile of equity over all resamples at each of `band_steps`.
    pub bands: Vec<Vec<f64>>,
}

/// The outcome of one path.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Outcome {
    /// Final equity over initial equity − 1.
    pub total_return: f64,
    /// Largest drawdown, a fraction of the peak.
    pub max_drawdown: f64,
    /// Sharpe ratio of the values; `None` if they do not vary.
    pub sharpe: Option<f64>,
    /// Whether equity was ever at or below the level of ruin.
    pub ruined: bool,
}

/// Runs `values` many times in other orders or samples and gives the distributions of what comes out.
///
/// A path ends where its equity falls to 0 or below: an account in debt does not trade on.
///
/// - `values`: returns of successive periods, or profits of trades in order ([`Growth`]).
///
/// O(resamples · n), with scratch of O(n) a thread; nothing is allocated per resample. Resample i uses random stream i of
/// the seed, so equal settings give equal bits on any number of threads.
///
/// # Errors
/// [`Error::TooFew`] for no values or no resamples; [`Error::NotFinite`] for a value, or equity that overflows;
/// [`Error::OutOfRange`] for an initial equity, ruin share, quantile or block length out of range.
///
/// ```
/// use std::num::NonZeroUsize;
/// use trade_stats::{Growth, MonteCarlo, Resampling, monte_carlo};
///
/// let settings = MonteCarlo {
///     resampling: Resampling::Shuffle,
///     growth: Growth::Added,
///     initial: 1_000.0,
///     ruin_fraction: 0.5,
///     n_resamples: 500,
///     seed: 1,
///     band_quantiles: vec![0.05, 0.5, 0.95],
///     n_band_steps: 100,
///     n_threads: NonZeroUsize::MIN,
/// };
/// let found = monte_carlo(&[100.0, -50.0, 200.0, -120.0, 80.0], &settings)?;
/// assert!((found.total_return.mean().ok_or("no mean")? - 0.21).abs() < 1e-12);
/// assert!(found.max_drawdown.quantile(0.95) > Some(found.observed.max_drawdown));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn monte_carlo(values: &[f64], settings: &MonteCarlo) -> Result<Simulation, Error> {
    check(values, settings)?;
    let resampler = Resampler::new(values.len(), settings.resampling, settings.seed)?;
    let steps = band_steps(values.len(), settings);
    // Without bands a path still needs a place, as a chunk of no values is none.
    let (n, width) = (settings.n_resamples, steps.len().max(1));
    let unknown = Outcome { total_return: 0.0, max_drawdown: 0.0, sharpe: None, ruined: false };
    let (mut outcomes, mut paths) = (vec![unknown; n], vec![0.0; n * width]);
    let job = Job { values, settings, resampler: &resampler, steps: &steps };
    job.run(&mut outcomes, &mut paths);
    let observed = job.path((0..values.len()).map(|row| values[row]), &mut vec![0.0; width]);
    let observed = Outcome { sharpe: sharpe_of(values), ..observed };
    let of = |what, f: fn(&Outcome) -> f64| {
        let values: Vec<f64> = outcomes.iter().map(f).collect();
        Distribution::of(&values).ok_or(Error::NotFinite { what, series: 0, index: 0 })
    };
    let sharpe: Vec<f64> = outcomes.iter().filter_map(|outcome| outcome.sharpe).collect();
    let ruined = outcomes.iter().filter(|outcome| outcome.ruined).count();
    let as_deep = outcomes.iter().filter(|outcome| outcome.max_drawdown >= observed.max_drawdown).count();
    Ok(Simulation {
        observed,
        total_return: of("total return of a resample", |outcome| outcome.total_return)?,
        max_drawdown: of("drawdown of a resample", |outcome| outcome.max_drawdown)?,
        sharpe: Distribution::of(&sharpe),
        probability_of_ruin: ruined as f64 / n as f64,
        p_drawdown: (1.0 + as_deep as f64) / (1.0 + n as f64),
        bands: bands(&paths, width, &settings.band_quantiles),
        band_steps: steps,
    })
}

struct Job<'a> {
    values: &'a [f64],
    settings: &'a MonteCarlo,
    resampler: &'a Resampler,
    steps: &'a [usize],
}

impl Job<'_> {
    /// Fills outcomes and paths, each thread a run of resamples.
    fn run(&self, outcomes: &mut [Outcome], paths: &mut [f64]) {
        let width = self.steps.len().max(1);
        let share = outcomes.len().div_ceil(self.settings.n_threads.get());
        if share == outcomes.len() {
            return self.resamples(0, outcomes, paths);
        }
        thread::scope(|scope| {
            let parts = outcomes.chunks_mut(share).zip(paths.chunks_mut(share * width));
            for (part, (outcomes, paths)) in parts.enumerate() {
                scope.spawn(move || self.resamples(part * share, outcomes, paths));
            }
        });
    }

    fn resamples(&self, first: usize, outcomes: &mut [Outcome], paths: &mut [f64]) {
        let n = self.values.len();
        let (mut rows, mut sample) = (vec![0; n], vec![0.0; n]);
        let paths = paths.chunks_exact_mut(self.steps.len().max(1));
        for (i, (outcome, path)) in outcomes.iter_mut().zip(paths).enumerate() {
            self.resampler.fill((first + i) as u64, &mut rows);
            for (value, row) in sample.iter_mut().zip(&rows) {
                *value = self.values[*row];
            }
            *outcome = Outcome { sharpe: sharpe_of(&sample), ..self.path(sample.iter().copied(), path) };
        }
    }

    /// Outcome of one path, but for the Sharpe ratio; writes its equity at the steps.
    fn path(&self, values: impl Iterator<Item = f64>, out: &mut [f64]) -> Outcome {
        let settings = self.settings;
        let ruin = settings.ruin_fraction * settings.initial;
        let (mut equity, mut peak, mut depth) = (settings.initial, settings.initial, 0.0);
        let mut ruined = false;
        let mut slots = out.iter_mut().zip(self.steps).peekable();
        if let Some((slot, _)) = slots.next_if(|(_, step)| **step == 0) {
            *slot = equity;
        }
        for (i, value) in values.enumerate() {
            if equity > 0.0 {
                equity = match settings.growth {
                    Growth::Compounded => equity * (1.0 + value),
                    Growth::Added => equity + value,
                };
                peak = if equity > peak { equity } else { peak };
                let fall = (peak - equity) / peak;
                depth = if fall > depth { fall } else { depth };
                ruined |= equity <= ruin;
            }
            if let Some((slot, _)) = slots.next_if(|(_, step)| **step == i + 1) {
                *slot = equity;
            }
        }
        let total_return = equity / settings.initial - 1.0;
        Outcome { total_return, max_drawdown: depth, sharpe: None, ruined }
    }
}

fn sharpe_of(values: &[f64]) -> Option<f64> {
    let m = moments(values)?;
    finite(m.mean / m.std)
}

fn band_steps(n: usize, settings: &MonteCarlo) -> Vec<usize> {
    if settings.band_quantiles.is_empty() {
        return Vec::new();
    }
    let last = settings.n_band_steps.clamp(2, n + 1) - 1;
    (0..=last).map(|i| i * n / last).collect()
}

fn bands(paths: &[f64], width: usize, quantiles: &[f64]) -> Vec<Vec<f64>> {
    let mut bands = vec![Vec::with_capacity(width); quantiles.len()];
    let mut column = Vec::new();
    for step in 0..width {
        column.clear();
        column.extend(paths.iter().skip(step).step_by(width));
        column.sort_unstable_by(f64::total_cmp);
        for (band, p) in bands.iter_mut().zip(quantiles) {
            band.extend(quantile_sorted(&column, *p));
        }
    }
    bands
}

fn check(values: &[f64], settings: &MonteCarlo) -> Result<(), Error> {
    check_count("values", values.len(), 1)?;
    check_count("resamples", settings.n_resamples, 1)?;
    check_finite("value", 0, values)?;
    let (initial, ruin) = (settings.initial, settings.ruin_fraction);
    if !(initial > 0.0 && initial.is_finite()) {
        return Err(Error::OutOfRange { what: "initial", value: initial, allowed: "above 0" });
    }
    if !(0.0..1.0).contains(&ruin) {
        return Err(Error::OutOfRange { what: "ruin_fraction", value: ruin, allowed: "0 to 1, 1 excluded" });
    }
    match settings.band_quantiles.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        Some(&value) => Err(Error::OutOfRange { what: "band quantile", value, allowed: "0 to 1" }),
        None => Ok(()),
    }
}
