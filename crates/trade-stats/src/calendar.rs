use crate::moments::finite;
use crate::returns::compound_return;

/// The return of one longer period (a month, a quarter, a year) that several returns make up.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PeriodReturn {
    /// The period's key.
    pub key: i64,
    /// Index of its first return.
    pub first: usize,
    /// Number of its returns.
    pub n: usize,
    /// Its compounded return, a fraction.
    pub value: f64,
}

/// Compounds the returns of each longer period. The crate knows no clock: the caller says which period a return belongs
/// to, in the time zone and calendar of its own choice. [`month_key`] makes keys from which quarters and years follow.
///
/// - `keys`: one per return, never falling; equal keys are one period. A period without returns is absent from the
///   result, not 0.
///
/// `None` for no returns, keys that fall, or values that are not finite.
///
/// # Panics
/// If `returns` and `keys` differ in length.
///
/// ```
/// let months = trade_stats::period_returns(&[0.1, 0.1, -0.5], &[1, 1, 3]).ok_or("no returns")?;
/// assert!((months[0].value - 0.21).abs() < 1e-12 && months[1].key == 3);
/// # Ok::<(), &str>(())
/// ```
pub fn period_returns(returns: &[f64], keys: &[i64]) -> Option<Vec<PeriodReturn>> {
    assert_eq!(returns.len(), keys.len(), "period_returns: returns and keys differ in length");
    if returns.is_empty() || keys.windows(2).any(|pair| pair[0] > pair[1]) {
        return None;
    }
    let mut first = 0;
    keys.chunk_by(|a, b| a == b)
        .map(|group| {
            let (from, n) = (first, group.len());
            first += n;
            Some(PeriodReturn { key: group[0], first: from, n, value: compound_return(&returns[from..from + n])? })
        })
        .collect()
}

/// The key of a month: 12 · `year` + `month` − 1. Divided by 3 (rounding down) it is a quarter's, by 12 the year.
///
/// - `month`: 1 to 12.
///
/// `None` for another month.
///
/// ```
/// assert_eq!(trade_stats::month_key(2024, 12), Some(24_299));
/// ```
pub fn month_key(year: i32, month: u8) -> Option<i64> {
    (1..=12).contains(&month).then(|| i64::from(year) * 12 + i64::from(month) - 1)
}

/// The returns of one year by months.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct YearReturns {
    /// The year.
    pub year: i64,
    /// Compounded return of January to December; `None` without a return in it (quantstats prints 0 there).
    pub months: [Option<f64>; 12],
    /// Compounded return of the year.
    pub total: f64,
}

/// The table of monthly returns, a row a year; years without returns are absent.
///
/// - `month_keys`: [`month_key`] of each return, never falling.
///
/// `None` and panics as [`period_returns`].
///
/// ```
/// let key = |month| trade_stats::month_key(2024, month).ok_or("no month");
/// let table = trade_stats::monthly_table(&[0.5, -0.5], &[key(1)?, key(3)?]).ok_or("no returns")?;
/// assert_eq!((table[0].months[0], table[0].months[1], table[0].total), (Some(0.5), None, -0.25));
/// # Ok::<(), &str>(())
/// ```
pub fn monthly_table(returns: &[f64], month_keys: &[i64]) -> Option<Vec<YearReturns>> {
    let months = period_returns(returns, month_keys)?;
    let years = period_returns(returns, &coarser(month_keys, 12))?;
    let place = |month: &PeriodReturn| (month.key.div_euclid(12), month.key.rem_euclid(12));
    let value_of = |year, month| months.binary_search_by_key(&(year, month), place).ok().map(|i| months[i].value);
    let row = |year: PeriodReturn| {
        let mut row = YearReturns { year: year.key, months: [None; 12], total: year.value };
        for (position, month) in (0..).zip(&mut row.months) {
            *month = value_of(year.key, position);
        }
        row
    };
    Some(years.into_iter().map(row).collect())
}

/// Compounded return from the first period whose key is at least `from`: "this month", "this year", "3 months" with the
/// caller's keys (a month's, a day's number).
///
/// `None` if no period is that late, or for values that are not finite.
///
/// # Panics
/// If `returns` and `keys` differ in length.
///
/// ```
/// assert_eq!(trade_stats::return_since(&[0.5, 0.25, -0.5], &[1, 2, 3], 3), Some(-0.5));
/// ```
pub fn return_since(returns: &[f64], keys: &[i64], from: i64) -> Option<f64> {
    assert_eq!(returns.len(), keys.len(), "return_since: returns and keys differ in length");
    compound_return(&returns[first_since(keys, from)..])
}

/// Index of the first key that is at least `from`.
pub(crate) fn first_since(keys: &[i64], from: i64) -> usize {
    keys.partition_point(|key| *key < from)
}

/// Keys of periods `times` as long.
pub(crate) fn coarser(keys: &[i64], times: i64) -> Vec<i64> {
    keys.iter().map(|key| key.div_euclid(times)).collect()
}

/// The largest and the smallest of some periods' returns.
pub(crate) fn best_and_worst(values: &[f64]) -> (Option<f64>, Option<f64>) {
    let best = values.iter().copied().reduce(|a, b| if b > a { b } else { a });
    let worst = values.iter().copied().reduce(|a, b| if b < a { b } else { a });
    (best.and_then(finite), worst.and_then(finite))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_fall_and_no_returns_have_no_periods() {
        assert_eq!(period_returns(&[0.1, 0.2], &[2, 1]), None);
        assert_eq!(period_returns(&[], &[]), None);
        assert_eq!(period_returns(&[0.1, f64::NAN], &[1, 2]), None);
        assert_eq!(monthly_table(&[], &[]), None);
        assert_eq!(return_since(&[0.1], &[1], 2), None);
        assert_eq!(return_since(&[], &[], 2), None);
        assert_eq!((month_key(2024, 0), month_key(2024, 13)), (None, None));
    }

    #[test]
    fn a_year_before_the_first_has_months_too() {
        let table = monthly_table(&[0.1, 0.2], &[-1, 0]).unwrap();
        assert_eq!((table[0].year, table[1].year), (-1, 0));
        assert!(table[0].months[11].is_some() && table[1].months[0].is_some());
        let extremes = monthly_table(&[0.1, 0.2], &[i64::MIN, i64::MAX]).unwrap();
        assert_eq!(extremes.iter().flat_map(|year| year.months).flatten().count(), 2);
    }

    #[test]
    #[should_panic(expected = "differ in length")]
    fn keys_of_another_length_are_a_mistake() {
        period_returns(&[0.1], &[]);
    }
}
