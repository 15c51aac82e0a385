use backtest::{Metrics, Report, Scratch};
use optimizer::{Candidate, Job, Ranked};
use strategy::{Params, Strategy};

use crate::Error;
use crate::page::Performance;
use crate::stages::split::Split;

/// One of the best with its trades and equity in both parts of the data.
#[derive(Debug)]
pub(crate) struct Traded<'a> {
    pub(crate) rank: usize,
    pub(crate) ranked: &'a Ranked,
    pub(crate) strategy: &'a Strategy,
    pub(crate) params: &'a Params,
    pub(crate) in_sample: Report,
    pub(crate) out_of_sample: Report,
}

/// Trades the best again, keeping what the search did not.
pub(crate) fn trade<'a>(job: &Job<'a, '_>, split: &Split, top: &'a [Ranked]) -> Result<Vec<Traded<'a>>, Error> {
    let mut scratch = Scratch::default();
    let mut trade = |(index, ranked): (usize, &'a Ranked)| {
        let Candidate { strategy, params } = &job.candidates[ranked.candidate];
        let plan = &job.plans[*strategy];
        let mut over = |window: std::ops::Range<usize>| {
            backtest::run(plan, params, job.market, window, job.account, &mut scratch)
                .map_err(Error::failed(format!("trading {}", plan.strategy().name)))
        };
        Ok(Traded {
            rank: index + 1,
            ranked,
            strategy: plan.strategy(),
            params,
            in_sample: over(split.search.clone())?,
            out_of_sample: over(split.holdout.clone())?,
        })
    };
    top.iter().enumerate().map(&mut trade).collect()
}

impl Traded<'_> {
    /// Both parts, in order of time.
    pub(crate) fn parts(&self) -> [&Report; 2] {
        [&self.in_sample, &self.out_of_sample]
    }

    /// What the page is made of.
    pub(crate) fn performance<'p>(&'p self, parts: &'p [&'p Report], initial_cash: f64) -> Performance<'p> {
        Performance { strategy: self.strategy, params: self.params, parts, initial_cash }
    }

    /// File name without ending: the rank and the strategy's name in lower case.
    pub(crate) fn file_stem(&self) -> String {
        let name: String = self
            .strategy
            .name
            .to_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        format!("{}-{name}", self.rank)
    }

    /// Mean costs of a trade over the search period, in quote currency; `None` without a trade.
    pub(crate) fn costs_per_trade(&self) -> Option<f64> {
        let Metrics { costs, n_trades, .. } = self.in_sample.metrics;
        (n_trades > 0).then(|| costs / n_trades as f64)
    }

    /// Mean quantity of a trade over the search period, in units of the base.
    pub(crate) fn mean_quantity(&self) -> Option<f64> {
        let trades = &self.in_sample.trades;
        (!trades.is_empty()).then(|| trades.iter().map(|trade| trade.quantity).sum::<f64>() / trades.len() as f64)
    }
}
