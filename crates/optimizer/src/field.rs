use std::ops::Range;
use std::sync::atomic::Ordering;

use backtest::Scratch;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use trade_stats::{Cscv, Overfitting, Score};

use crate::search::bar_returns;
use crate::{Control, Error, Job};

/// Returns of candidates that nobody has chosen by their results, for the statistics that ask about a search as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Positions of the candidates, rising.
    pub candidates: Vec<usize>,
    /// Return in each bar of the window, as a fraction, for each of them.
    pub returns: Vec<Vec<f64>>,
}

impl Field {
    /// The probability of back-test over-fitting of choosing among the candidates by their Sharpe ratio: combinatorially
    /// symmetric cross-validation over their returns in ten blocks, 252 splits. `None` if there are too few candidates or
    /// bars for it.
    ///
    /// Source: D. H. Bailey, J. M. Borwein, M. López de Prado and Q. J. Zhu, "The probability of backtest overfitting",
    /// Journal of Computational Finance 20 (2017).
    pub fn overfitting(&self) -> Option<Overfitting> {
        let returns: Vec<&[f64]> = self.returns.iter().map(Vec::as_slice).collect();
        trade_stats::overfitting(&returns, Cscv { n_blocks: 10, score: Score::Sharpe }).ok()
    }
}

/// Back-tests at most `max_candidates` of the candidates over `window` again and keeps their returns: all of them if
/// there are no more, else as many at equal distances, which takes from every strategy its share.
///
/// Memory: 8 bytes a bar and candidate.
///
/// # Errors
/// [`Error::Setting`] for a maximum of 0; those of [`search`](crate::search).
pub fn field(
    job: &Job<'_, '_>,
    window: Range<usize>,
    max_candidates: usize,
    control: &Control<'_>,
) -> Result<Field, Error> {
    job.check(&window)?;
    if max_candidates == 0 {
        return Err(Error::Setting { name: "max_candidates", value: 0.0, expected: "at least 1" });
    }
    let n = job.candidates.len();
    let taken = n.min(max_candidates);
    let candidates: Vec<usize> = (0..taken).map(|index| index * n / taken).collect();
    let returns = |scratch: &mut Scratch, &candidate: &usize| {
        if control.cancel.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        let report = job.run(candidate, window.clone(), scratch)?;
        Ok(bar_returns(&report, job.account.initial_cash))
    };
    let returns: Vec<Result<Vec<f64>, Error>> = candidates.par_iter().map_init(Scratch::default, returns).collect();
    Ok(Field { candidates, returns: returns.into_iter().collect::<Result<_, _>>()? })
}
