use std::ops::Range;
use std::sync::atomic::Ordering;

use backtest::Market;
use market::BarsView;
use serde::{Deserialize, Serialize};

use crate::{Control, Error, Job, NullMarket, NullMarkets, Selection, search};

/// Settings of [`market_test`].
///
/// ```
/// use optimizer::{MarketTest, NullMarket};
///
/// let settings = MarketTest { null: NullMarket::SignFlips, n_markets: 99, stop_after: 10, seed: 1 };
/// settings.validate()?;
/// # Ok::<(), optimizer::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarketTest {
    /// How markets without a pattern are made.
    pub null: NullMarket,
    /// How many are searched at most, at least 19: a p-value cannot be below 1 / (1 + this).
    pub n_markets: usize,
    /// Once this many of them gave as much as the market, the answer is clear and no more are searched; at least 1. With
    /// 99 markets, 10 leave every decision at 5 % and at 10 % as it would be without stopping.
    pub stop_after: usize,
    /// Seed of the markets.
    pub seed: u64,
}

/// Result of [`market_test`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarketTestReport {
    /// The settings.
    pub settings: MarketTest,
    /// What the search found in the market: its best objective. `None` if no candidate counted.
    pub observed: Option<f64>,
    /// What it found in each market without a pattern, in the order of their numbers, as far as it went.
    pub without_pattern: Vec<Option<f64>>,
    /// Probability of finding so much where there is no pattern. `None` if `observed` is.
    pub p_value: Option<f64>,
}

/// Would the search find as much in noise? Runs the **whole** search on markets that are like this one but without a
/// pattern, and compares the best result of each with the best result on the market.
///
/// All that choosing among many tries brings by luck, and all that costs take, is on both sides of the comparison, so
/// neither the number of tries nor their correlation has to be known. Where the null market fits (see [`NullMarket`]), a
/// p-value of at most α comes up with probability at most α.
///
/// With g of B markets at or above the observed value, p = (g + 1) / (B + 1); if the h-th such market
/// (`stop_after`) is the l-th searched, p = h / l.
///
/// - `bars`, `window`: the market; nothing behind the window is looked at.
/// - `best`: the search; from bars that end with the window to its best result, larger being better, `None` if it found
///   nothing to trade. It must be the search that was run on the market: an adaptive one with all its rounds.
///
/// Source: T. Masters, *Permutation and Randomization Tests for Trading System Development* (2020); J. Besag,
/// P. Clifford, *Sequential Monte Carlo p-values*, Biometrika 78 (1991).
///
/// # Errors
/// [`Error::Setting`], those of [`NullMarkets::new`], and those of `best`.
pub fn market_test(
    bars: BarsView<'_>,
    window: Range<usize>,
    settings: &MarketTest,
    best: impl Fn(BarsView<'_>) -> Result<Option<f64>, Error>,
) -> Result<MarketTestReport, Error> {
    settings.validate()?;
    let mut markets = NullMarkets::new(bars, window.clone(), settings.null, settings.seed)?;
    let observed = best(bars.slice(0..window.end))?;
    let mut report = MarketTestReport { settings: *settings, observed, without_pattern: Vec::new(), p_value: None };
    let Some(observed) = observed else { return Ok(report) };
    let mut as_large = 0;
    for index in 0..settings.n_markets as u64 {
        let found = best(markets.get(index))?;
        report.without_pattern.push(found);
        as_large += usize::from(found.is_some_and(|found| found >= observed));
        if as_large == settings.stop_after {
            report.p_value = Some(as_large as f64 / report.without_pattern.len() as f64);
            return Ok(report);
        }
    }
    report.p_value = Some((1.0 + as_large as f64) / (1.0 + settings.n_markets as f64));
    Ok(report)
}

/// [`market_test`] of [`search`] over the job's candidates.
///
/// - `cache_bytes`: memory for indicator columns of one market ([`Market::with_limit`]).
///
/// # Errors
/// Those of [`market_test`] and [`search`].
pub fn test_search(
    job: &Job<'_, '_>,
    window: Range<usize>,
    selection: &Selection,
    settings: &MarketTest,
    cache_bytes: usize,
    control: &Control<'_>,
) -> Result<MarketTestReport, Error> {
    job.check(&window)?;
    market_test(job.market.bars(), window.clone(), settings, |bars| {
        if control.cancel.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        let market = Market::with_limit(bars, cache_bytes);
        let job = Job { plans: job.plans, candidates: job.candidates, market: &market, account: job.account };
        let trials = search(&job, window.clone(), control)?;
        Ok(selection.best(&trials).and_then(|best| selection.value(&best.metrics)))
    })
}

impl MarketTest {
    /// Checks the settings.
    ///
    /// # Errors
    /// [`Error::Setting`] naming the one that is outside its range.
    pub fn validate(&self) -> Result<(), Error> {
        let wrong = |name, value: usize, expected| Err(Error::Setting { name, value: value as f64, expected });
        if self.n_markets < 19 {
            return wrong("n_markets", self.n_markets, "at least 19");
        }
        if self.stop_after == 0 {
            return wrong("stop_after", self.stop_after, "at least 1");
        }
        Ok(())
    }
}
