//! What ticks and candles in JSON have in common: parsing, prices as sums of steps, arrays of numbers.

use std::io::Write;

use market::UnixNanos;
use serde::de::DeserializeOwned;

use crate::scale::MAX_UNITS;
use crate::{Error, MAX_DECODED_BYTES, PriceScale};

// A multiplier of the feed is 1 or one of these.
const STEPS: [f64; 13] = [1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12];
// Beyond this not every whole number is a double.
const MAX_STEPS: f64 = 9_007_199_254_740_992.0;
// The JSON of a price is a decimal number of few digits, so what it lies off a whole step is rounding of the quotient.
const STEP_TOLERANCE: f64 = 1e-3;

/// Reads one JSON value, after which nothing but white space may follow.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8], what: &'static str) -> Result<T, Error> {
    if bytes.len() > MAX_DECODED_BYTES {
        return Err(Error::TooLarge { limit_bytes: MAX_DECODED_BYTES, header_bytes: None });
    }
    serde_json::from_slice(bytes).map_err(|source| Error::Json { what, source: Box::new(source) })
}

/// An error about a field, or about one item of it.
#[cold]
pub(super) fn fault(
    field: &'static str,
    index: impl Into<Option<usize>>,
    value: &impl ToString,
    expected: &'static str,
) -> Error {
    Error::JsonField { field, index: index.into(), value: value.to_string(), expected }
}

/// An error unless `found` is the start of the period that was asked for.
pub(super) fn check_timestamp(found: i64, start: UnixNanos) -> Result<(), Error> {
    if found == start.as_millis() {
        return Ok(());
    }
    Err(fault("timestamp", None, &found, "the start of the period that was asked for"))
}

/// An error unless an array has as many items as that of the times.
pub(super) fn check_length(field: &'static str, length: usize, n_times: usize) -> Result<(), Error> {
    if length == n_times {
        return Ok(());
    }
    Err(fault(field, None, &format!("an array of {length}"), "an array as long as that of the times"))
}

/// The steps in which a reply counts prices, and how they become steps of the instrument's scale.
pub(super) struct Steps {
    multiplier: f64,
    scale: PriceScale,
    // One of the two is 1.
    times: i64,
    divided_by: i64,
}

impl Steps {
    pub(super) fn new(multiplier: f64, scale: PriceScale) -> Result<Self, Error> {
        let decimals = STEPS.iter().position(|step| step.to_bits() == multiplier.to_bits());
        let Some(decimals) = decimals else {
            return Err(fault("multiplier", None, &multiplier, "a power of ten from 1e-12 to 1"));
        };
        let ours = usize::from(scale.decimals());
        let power = |n: usize| (0..n).fold(1, |power, _| power * 10);
        let (times, divided_by) = (power(ours.saturating_sub(decimals)), power(decimals.saturating_sub(ours)));
        Ok(Self { multiplier, scale, times, divided_by })
    }

    /// The running sums of one field, from its base price, one for each of the times. No base is needed for none.
    pub(super) fn series<'a>(
        &'a self,
        base_field: &'static str,
        base: Option<f64>,
        field: &'static str,
        deltas: &'a [i64],
        n_times: usize,
    ) -> Result<Series<'a>, Error> {
        check_length(field, deltas.len(), n_times)?;
        let sum = match base {
            Some(price) => {
                self.whole(price).ok_or_else(|| fault(base_field, None, &price, "a multiple of the multiplier"))?
            }
            None if deltas.is_empty() => 0,
            None => return Err(fault(base_field, None, &"null", "a price, as the arrays are not empty")),
        };
        Ok(Series { steps: self, field, deltas, sum })
    }

    fn whole(&self, price: f64) -> Option<i64> {
        let steps = price / self.multiplier;
        let whole = steps.round();
        let fits = (steps - whole).abs() <= STEP_TOLERANCE && whole.abs() <= MAX_STEPS;
        #[expect(clippy::cast_possible_truncation, reason = "a whole number, checked to be at most 2^53")]
        fits.then_some(whole as i64)
    }
}

/// A row of prices: a base and the changes since.
pub(super) struct Series<'a> {
    steps: &'a Steps,
    field: &'static str,
    deltas: &'a [i64],
    sum: i64,
}

impl Series<'_> {
    /// Takes the change at `index`, which must be the next one; the price then, in units of the instrument's scale.
    #[inline]
    pub(super) fn next(&mut self, index: usize) -> Result<u32, Error> {
        let (steps, delta) = (self.steps, self.deltas[index]);
        let sum = self.sum.checked_add(delta).and_then(|sum| Some((sum, sum.checked_mul(steps.times)?)));
        let Some((sum, scaled)) = sum else {
            return Err(fault(self.field, index, &delta, "a change whose sum with those before it is a price"));
        };
        self.sum = sum;
        if scaled % steps.divided_by != 0 {
            let (multiplier, decimals) = (steps.multiplier, steps.scale.decimals());
            return Err(Error::JsonScale { field: self.field, index, steps: sum, multiplier, decimals });
        }
        let units = u32::try_from(scaled / steps.divided_by).ok().filter(|units| (1..=MAX_UNITS).contains(units));
        units.ok_or_else(|| {
            fault(self.field, index, &delta, "a change to a price of 1 to 1031798783 units of the instrument's scale")
        })
    }
}

/// Writes `,"name":[…]` with the differences between each unit and the one before it, the first being 0.
pub(super) fn write_deltas(name: &str, units: impl Iterator<Item = u32>, bytes: &mut Vec<u8>) {
    let mut before = None;
    write_array(name, units.map(|unit| i64::from(unit) - i64::from(before.replace(unit).unwrap_or(unit))), bytes);
}

/// Writes `,"name":[…]`.
pub(super) fn write_array(name: &str, items: impl Iterator<Item = impl std::fmt::Debug>, bytes: &mut Vec<u8>) {
    put(bytes, format_args!(",\"{name}\":["));
    for (index, item) in items.enumerate() {
        let comma = if index == 0 { "" } else { "," };
        put(bytes, format_args!("{comma}{item:?}"));
    }
    bytes.push(b']');
}

/// Writes `,"name":1.5`, or `null` where there is no price.
pub(super) fn write_base(name: &str, units: Option<&u32>, scale: PriceScale, bytes: &mut Vec<u8>) {
    match units {
        Some(&units) => put(bytes, format_args!(",\"{name}\":{:?}", scale.price(units))),
        None => put(bytes, format_args!(",\"{name}\":null")),
    }
}

/// Writes `{"timestamp":…,"multiplier":…`.
pub(super) fn write_head(start: UnixNanos, scale: PriceScale, bytes: &mut Vec<u8>) {
    put(bytes, format_args!("{{\"timestamp\":{},\"multiplier\":{:?}", start.as_millis(), scale.price(1)));
}

pub(super) fn put(bytes: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    bytes.write_fmt(text).expect("writing to memory does not fail");
}
