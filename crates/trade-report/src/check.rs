mod series;
mod strategy;
mod tables;

use crate::error::Error;
use crate::model::{Report, TimeRange};

impl Report {
    /// Checks every number of the report, as [`render`](crate::render) and the other writers do.
    ///
    /// # Errors
    /// The first value that is not finite, not in order, out of its range or one too many or too few, by field and index.
    pub fn check(&self) -> Result<(), Error> {
        rising("header.to_ms", &[self.header.from_ms, self.header.to_ms], false)?;
        tables::metrics("evidence", &self.evidence, 1)?;
        if let Some(candles) = &self.candles {
            series::candles(candles)?;
        }
        series::periods(&self.periods)?;
        for (index, strategy) in self.strategies.iter().enumerate() {
            let field = format!("strategies[{index}]");
            strategy::strategy(&field, strategy, self.metric_columns.len())?;
            if let Some(candles) = &self.candles {
                series::trades_within(&format!("{field}.trades"), &strategy.trades, candles)?;
            }
        }
        strategy::allocations(&self.strategies)?;
        if let Some(correlation) = &self.correlation {
            tables::correlation(correlation, self.strategies.len())?;
        }
        for (index, map) in self.heat_maps.iter().enumerate() {
            tables::heat_map(&format!("heat_maps[{index}]"), map)?;
        }
        if let Some(walk_forward) = &self.walk_forward {
            tables::walk_forward(walk_forward)?;
        }
        tables::rest(self)
    }
}

/// All values are finite.
fn finite<'a>(field: &str, values: impl IntoIterator<Item = &'a f64>) -> Result<(), Error> {
    within(field, values, f64::MIN, f64::MAX)
}

/// All values are finite and from `low` to `high`.
fn within<'a>(field: &str, values: impl IntoIterator<Item = &'a f64>, low: f64, high: f64) -> Result<(), Error> {
    for (index, &value) in values.into_iter().enumerate() {
        if !value.is_finite() {
            return Err(Error::NotFinite { field: field.to_owned(), index, value });
        }
        if value < low || value > high {
            return Err(Error::Range { field: field.to_owned(), index, value, low, high });
        }
    }
    Ok(())
}

/// As `within`, where a value may be absent; the index counts the absent ones too.
fn optional_within(field: &str, values: &[Option<f64>], low: f64, high: f64) -> Result<(), Error> {
    within(field, values.iter().map(|value| value.as_ref().unwrap_or(&low)), low, high)
}

fn rising(field: &str, times: &[i64], strictly: bool) -> Result<(), Error> {
    let falls = |pair: &[i64]| if strictly { pair[1] <= pair[0] } else { pair[1] < pair[0] };
    match times.windows(2).position(falls) {
        None => Ok(()),
        Some(at) => {
            let (previous_ms, time_ms) = (times[at], times[at + 1]);
            Err(Error::Unsorted { field: field.to_owned(), index: at + 1, time_ms, previous_ms })
        }
    }
}

/// All values rise strictly.
fn rising_values(field: &str, values: &[f64]) -> Result<(), Error> {
    match values.windows(2).position(|pair| pair[1] <= pair[0]) {
        None => Ok(()),
        Some(at) => Err(Error::NotRising {
            field: field.to_owned(),
            index: at + 1,
            value: values[at + 1],
            previous: values[at],
        }),
    }
}

/// Times that calendars and the page's numbers can hold: the years 1 to 9999.
fn times(field: &str, times: &[i64]) -> Result<(), Error> {
    const FIRST_MS: i64 = -62_135_596_800_000;
    const LAST_MS: i64 = 253_402_300_799_999;
    match times.iter().position(|time| !(FIRST_MS..=LAST_MS).contains(time)) {
        None => Ok(()),
        Some(index) => Err(Error::Range {
            field: field.to_owned(),
            index,
            value: times[index] as f64,
            low: FIRST_MS as f64,
            high: LAST_MS as f64,
        }),
    }
}

fn range(field: &str, range: TimeRange) -> Result<(), Error> {
    times(field, &[range.from_ms, range.to_ms])?;
    rising(field, &[range.from_ms, range.to_ms], true)
}

fn length(field: &str, len: usize, expected: usize) -> Result<(), Error> {
    if len == expected { Ok(()) } else { Err(Error::Length { field: field.to_owned(), len, expected }) }
}

fn not_empty(field: &str, len: usize) -> Result<(), Error> {
    if len > 0 { Ok(()) } else { Err(Error::Empty { field: field.to_owned() }) }
}
