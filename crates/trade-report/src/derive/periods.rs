use crate::calendar::{DAY_MS, civil};
use crate::model::Equity;

/// Return of one calendar month, UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthlyReturn {
    /// Year.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u8,
    /// Last value of the month over the last one before it, less 1. The first month starts from
    /// [`Equity::initial`], or else from the first value. `None`
    /// where the value before is not above 0.
    pub value: Option<f64>,
}

/// Return of every calendar month (UTC) with a value of `equity`, oldest first. A month without a value is left out, and
/// what happened in it counts to the next.
pub fn monthly_returns(equity: &Equity) -> Vec<MonthlyReturn> {
    let month_of = |time_ms: i64| {
        let (year, month, _) = civil(time_ms.div_euclid(DAY_MS));
        (year, month)
    };
    returns_by(equity, month_of)
        .into_iter()
        .map(|((year, month), value)| MonthlyReturn { year, month, value })
        .collect()
}

/// Return of every UTC day with a value of `equity`, oldest first: last value of the day over the last one before it,
/// less 1. Days without a value, and days that start from a value at or below 0, are left out.
pub fn daily_returns(equity: &Equity) -> Vec<f64> {
    returns_by(equity, |time_ms| time_ms.div_euclid(DAY_MS)).into_iter().filter_map(|(_, value)| value).collect()
}

fn returns_by<K: PartialEq + Copy>(equity: &Equity, key: impl Fn(i64) -> K) -> Vec<(K, Option<f64>)> {
    let mut out: Vec<(K, Option<f64>)> = Vec::new();
    let Some(&first) = equity.initial.as_ref().or(equity.equity.first()) else { return out };
    let (mut before, mut last) = (first, first);
    for (&time_ms, &value) in equity.time_ms.iter().zip(&equity.equity) {
        let key = key(time_ms);
        if out.last().is_none_or(|&(previous, _)| previous != key) {
            before = last;
            out.push((key, None));
        }
        last = value;
        if let Some(entry) = out.last_mut() {
            entry.1 = (before > 0.0).then(|| last / before - 1.0);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{MonthlyReturn, daily_returns, monthly_returns};
    use crate::model::Equity;

    const DAY: i64 = 86_400_000;

    #[test]
    fn months_start_from_the_last_value_before() {
        // 1970-01-01, 01-31, 02-01, 04-01.
        let equity = Equity::new(vec![0, 30 * DAY, 31 * DAY, 90 * DAY], vec![100.0, 110.0, 121.0, 60.5]);
        let value = |year, month, value: f64| MonthlyReturn { year, month, value: Some(value) };
        let expected = [value(1970, 1, 110.0 / 100.0 - 1.0), value(1970, 2, 121.0 / 110.0 - 1.0), value(1970, 4, -0.5)];
        assert_eq!(monthly_returns(&equity), expected);
    }

    #[test]
    fn a_day_ends_with_its_last_value_and_a_bankrupt_one_has_no_return() {
        let hour = DAY / 24;
        let equity = Equity::new(vec![0, hour, DAY, 2 * DAY, 3 * DAY], vec![100.0, 50.0, 75.0, 0.0, 10.0]);
        assert_eq!(daily_returns(&equity), [-0.5, 0.5, -1.0]);
        let from_before = Equity { initial: Some(200.0), ..equity };
        assert_eq!(daily_returns(&from_before), [-0.75, 0.5, -1.0]);
    }
}
