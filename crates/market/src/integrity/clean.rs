use super::outliers::{Sample, outliers};
use super::rows::{Repeat, out_of_order, repeats, sort, while_closed};
use crate::ticks::check_tick;
use crate::{Error, Tick, Ticks, TradingCalendar};

/// One repair.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields))]
#[non_exhaustive]
pub enum CleaningRule {
    /// Leaves out rows with a price or volume that [`Ticks`] refuse.
    DropInvalid,
    /// Puts rows in order of time; rows of one time keep their order.
    Sort,
    /// Leaves out rows equal to an earlier one in every field.
    DropDuplicates,
    /// Leaves out quotes with the bid above the ask.
    DropCrossed,
    /// Leaves out outliers as [`validate_ticks`](crate::validate_ticks) defines them; once, so that what only becomes an
    /// outlier by that is kept.
    DropOutliers {
        /// Scales from the median of the neighbours; above 0.
        threshold: f64,
    },
    /// Leaves out quotes while the market was closed.
    DropWhileClosed {
        /// When it was open.
        calendar: TradingCalendar,
    },
}

impl CleaningRule {
    /// What turns any rows into [`Ticks`] without judging prices: impossible rows dropped, sorted, duplicates dropped.
    pub const FORMAL: &[Self] = &[Self::DropInvalid, Self::Sort, Self::DropDuplicates];
}

/// What cleaning did.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CleaningLog {
    /// Rows before.
    pub n_before: usize,
    /// Rows after.
    pub n_after: usize,
    /// One entry for each rule, in the order of application; also for rules that found nothing.
    pub steps: Vec<CleaningStep>,
}

/// What one rule did.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CleaningStep {
    /// The rule.
    pub rule: CleaningRule,
    /// The rows of the input, from 0 and ascending, that it left out; of [`CleaningRule::Sort`], those that were late.
    pub rows: Vec<usize>,
}

/// Applies `rules` to `ticks`, one after the other in the order given, and says what each of them did.
///
/// Nothing else is changed: no price is altered, nothing is filled in.
///
/// ```
/// use market::{CleaningRule, Tick, clean};
///
/// let tick = |time: &str, bid: f64| -> Result<Tick, market::Error> {
///     Ok(Tick { time: time.parse()?, bid, ask: bid + 0.25, bid_volume: 1.0, ask_volume: 1.0 })
/// };
/// let raw = [tick("2024-01-02T10:00:01Z", 1.5)?, tick("2024-01-02T10:00:00Z", 1.25)?, tick("2024-01-02T10:00:02Z", f64::NAN)?];
/// let (ticks, log) = clean(&raw, CleaningRule::FORMAL)?;
/// assert_eq!(ticks.view().bid, [1.25, 1.5]);
/// assert_eq!(log.steps[0].rows, [2]); // dropped as impossible
/// assert_eq!(log.steps[1].rows, [1]); // was late
/// assert!(clean(&raw, &[]).is_err());
/// # Ok::<(), market::Error>(())
/// ```
///
/// # Errors
/// [`Error::Order`] or [`Error::Value`], naming the row of the input, if what is left cannot become [`Ticks`], for want
/// of a rule; [`Error::Setting`] for a threshold that is not above 0.
pub fn clean(ticks: &[Tick], rules: &[CleaningRule]) -> Result<(Ticks, CleaningLog), Error> {
    let mut kept: Vec<usize> = (0..ticks.len()).collect();
    let mut steps = Vec::with_capacity(rules.len());
    for rule in rules {
        let mut rows = rule.finds(ticks, &kept)?;
        rows.sort_unstable();
        if *rule == CleaningRule::Sort {
            sort(ticks, &mut kept);
        } else {
            kept.retain(|row| rows.binary_search(row).is_err());
        }
        steps.push(CleaningStep { rule: rule.clone(), rows });
    }
    let mut out = Ticks::with_capacity(kept.len());
    let mut last = None;
    for &row in &kept {
        check_tick(row, last.replace(ticks[row].time), &ticks[row])?;
        out.push(ticks[row])?;
    }
    Ok((out, CleaningLog { n_before: ticks.len(), n_after: kept.len(), steps }))
}

impl CleaningRule {
    /// The rows among `kept` that the rule speaks of.
    fn finds(&self, ticks: &[Tick], kept: &[usize]) -> Result<Vec<usize>, Error> {
        let valid = |row: usize| check_tick(row, None, &ticks[row]).is_ok();
        let which = |wanted: &dyn Fn(usize) -> bool| kept.iter().copied().filter(|&row| wanted(row)).collect();
        let samples = || {
            let mut rows: Vec<usize> = which(&valid);
            sort(ticks, &mut rows);
            rows.into_iter().map(|row| Sample::of_tick(row, &ticks[row])).collect::<Vec<_>>()
        };
        let mut rows = Vec::new();
        match self {
            Self::DropInvalid => rows = which(&|row| !valid(row)),
            Self::Sort => rows.extend(out_of_order(ticks, kept).into_iter().map(|(row, _)| row)),
            Self::DropDuplicates => {
                let mut ordered = kept.to_vec();
                sort(ticks, &mut ordered);
                let duplicate = |(row, repeat)| matches!(repeat, Repeat::Duplicate(_)).then_some(row);
                rows.extend(repeats(ticks, &ordered).into_iter().filter_map(duplicate));
            }
            Self::DropCrossed => rows = which(&|row| ticks[row].bid > ticks[row].ask),
            Self::DropOutliers { threshold } if *threshold > 0.0 => {
                outliers(&samples(), *threshold, |sample, _| rows.push(sample.row));
            }
            Self::DropOutliers { threshold } => return Err(Error::Setting { name: "threshold", value: *threshold }),
            Self::DropWhileClosed { calendar } => while_closed(&samples(), calendar, |sample| rows.push(sample.row)),
        }
        Ok(rows)
    }
}
