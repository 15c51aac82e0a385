use crate::drawdown::Drawdown;
use crate::moments::finite;

impl Drawdown {
    /// Periods from the peak to the recovery, or to `last`, the index of the last equity, if there is none.
    pub fn duration(&self, last: usize) -> usize {
        self.end.unwrap_or(last).saturating_sub(self.start)
    }

    /// Periods from the peak to the bottom.
    pub fn decline(&self) -> usize {
        self.bottom.saturating_sub(self.start)
    }

    /// Periods from the bottom back to the peak; `None` while it is not reached.
    pub fn recovery(&self) -> Option<usize> {
        Some(self.end?.saturating_sub(self.bottom))
    }
}

/// Every drawdown of an equity curve in order of time: from the **last** index at the peak, through the first of the
/// lowest values, to the first index at or above the peak again. Only the last can be open (`end` is `None`). O(n).
///
/// - `equity`: account value after each period, starting with the value **before** the first return.
///
/// `None` for no values, a first value that is not above 0, or a value that is not finite; empty if it never falls.
///
/// Peers lose some of these: quantstats 0.0.86 finds no drawdown in a curve that falls from its first period and never
/// recovers, and backtesting.py 0.6.6 none in a curve that falls in its last bar only.
///
/// ```
/// let falls = trade_stats::drawdown_episodes(&[100.0, 90.0, 100.0, 120.0, 60.0, 90.0]).ok_or("no equity")?;
/// assert_eq!((falls[0].fraction, falls[0].start, falls[0].end), (0.1, 0, Some(2)));
/// assert_eq!((falls[1].fraction, falls[1].bottom, falls[1].end), (0.5, 4, None));
/// # Ok::<(), &str>(())
/// ```
pub fn drawdown_episodes(equity: &[f64]) -> Option<Vec<Drawdown>> {
    let mut peak = *equity.first()?;
    if peak <= 0.0 || equity.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut episodes = Vec::new();
    let (mut peak_index, mut open) = (0, None::<Drawdown>);
    for (i, &value) in equity.iter().enumerate() {
        if value >= peak {
            (peak, peak_index) = (value, i);
            episodes.extend(open.take().map(|fall| Drawdown { end: Some(i), ..fall }));
        } else {
            let fraction = (peak - value) / peak;
            let fall = open.get_or_insert(Drawdown { fraction, start: peak_index, bottom: i, end: None });
            if fraction > fall.fraction {
                (fall.fraction, fall.bottom) = (fraction, i);
            }
        }
    }
    episodes.extend(open);
    Some(episodes)
}

/// What the drawdowns of a curve have in common. Durations are in periods.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DrawdownSummary {
    /// Number of drawdowns.
    pub count: usize,
    /// Depth of the deepest, a fraction of its peak; 0 without one.
    pub max: f64,
    /// Mean of the depths; `None` without a drawdown.
    pub mean: Option<f64>,
    /// Longest time from peak to recovery, an open drawdown counted up to the end; 0 without one.
    pub longest: usize,
    /// Mean of those times; `None` without a drawdown.
    pub mean_duration: Option<f64>,
    /// Longest time from bottom to recovery, of those that recovered; `None` if none did.
    pub longest_recovery: Option<usize>,
    /// Periods since the last peak at the end of the curve; 0 at a peak.
    pub open_periods: usize,
}

/// Sums up [`drawdown_episodes`]; `None` where they are.
///
/// quantstats counts the days under water, one fewer than from peak to recovery (its "Longest DD Days" of an open
/// drawdown agrees); backtesting.py counts as this does.
///
/// ```
/// let s = trade_stats::drawdown_summary(&[100.0, 90.0, 100.0, 120.0, 60.0, 90.0]).ok_or("no equity")?;
/// assert_eq!((s.count, s.max, s.longest, s.open_periods), (2, 0.5, 2, 2));
/// # Ok::<(), &str>(())
/// ```
pub fn drawdown_summary(equity: &[f64]) -> Option<DrawdownSummary> {
    let episodes = drawdown_episodes(equity)?;
    let last = equity.len() - 1;
    let count = episodes.len();
    let (mut depths, mut durations) = (0.0, 0.0);
    let (mut max, mut longest) = (0.0, 0);
    for fall in &episodes {
        let duration = fall.duration(last);
        depths += fall.fraction;
        durations += duration as f64;
        longest = longest.max(duration);
        max = if fall.fraction > max { fall.fraction } else { max };
    }
    Some(DrawdownSummary {
        count,
        max,
        mean: finite(depths / count as f64),
        longest,
        mean_duration: finite(durations / count as f64),
        longest_recovery: episodes.iter().filter_map(Drawdown::recovery).max(),
        open_periods: episodes.last().filter(|fall| fall.end.is_none()).map_or(0, |fall| fall.duration(last)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_that_never_falls_has_no_episode() {
        assert_eq!(drawdown_episodes(&[1.0, 1.0, 2.0]), Some(vec![]));
        let summary = drawdown_summary(&[1.0, 2.0]).unwrap();
        assert_eq!((summary.count, summary.mean, summary.mean_duration, summary.longest), (0, None, None, 0));
    }

    #[test]
    fn a_fall_from_the_first_or_in_the_last_period_counts() {
        let first = drawdown_episodes(&[1.0, 0.5, 0.75]).unwrap();
        assert_eq!(first, [Drawdown { fraction: 0.5, start: 0, bottom: 1, end: None }]);
        let last = drawdown_episodes(&[1.0, 2.0, 1.0]).unwrap();
        assert_eq!(last, [Drawdown { fraction: 0.5, start: 1, bottom: 2, end: None }]);
    }

    #[test]
    fn a_flat_peak_starts_at_its_last_index() {
        let falls = drawdown_episodes(&[2.0, 2.0, 2.0, 1.0, 2.0]).unwrap();
        assert_eq!((falls[0].start, falls[0].end, falls[0].decline()), (2, Some(4), 1));
        assert_eq!(falls[0].recovery(), Some(1));
    }

    #[test]
    fn undefined_equity_has_no_episodes() {
        for bad in [&[][..], &[0.0, 1.0], &[-1.0], &[1.0, f64::NAN], &[1.0, f64::INFINITY]] {
            assert_eq!(drawdown_episodes(bad), None);
            assert_eq!(drawdown_summary(bad), None);
        }
    }
}
