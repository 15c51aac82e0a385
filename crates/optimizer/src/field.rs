use std::ops::Range;
use std::sync::atomic::Ordering;

use backtest::Scratch;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

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
