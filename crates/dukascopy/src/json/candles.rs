use std::ops::Range;

use market::UnixNanos;
use serde::Deserialize;

use super::reply::{
    Steps, check_length, check_timestamp, fault, parse, put, write_array, write_base, write_deltas, write_head,
};
use crate::period::Period;
use crate::ticks::{is_volume, stored_volume, unstorable};
use crate::{Candle, CandleStep, Error, PriceScale};

#[derive(Deserialize)]
struct Reply {
    timestamp: i64,
    multiplier: f64,
    open: Option<f64>,
    high: Option<f64>,
    low: Option<f64>,
    close: Option<f64>,
    shift: i64,
    times: Vec<i64>,
    opens: Vec<i64>,
    highs: Vec<i64>,
    lows: Vec<i64>,
    closes: Vec<i64>,
    volumes: Vec<f64>,
}

/// Decodes a reply of candles in JSON and appends its candles; returns how many there were.
///
/// - `bytes`: the body of the reply.
/// - `step`, `start`: length of the candles and start of the period that was asked for (a day of minutes, a month of
///   hours, a year of days); a reply for another one is an error.
/// - `scale`: digits of the instrument's prices, from the instrument table.
/// - `candles`: unchanged if an error is returned.
///
/// | field | value |
/// |---|---|
/// | `timestamp` | start of the period, in milliseconds since 1970 |
/// | `multiplier` | size of one price step, such as `1.0E-5`; this field decides, not `scale` |
/// | `shift` | length of a candle in milliseconds |
/// | `open`, `high`, `low`, `close` | prices before the first change; `null` where there is no candle |
/// | `times` | candles since the one before, the first since `timestamp` |
/// | `opens`, `highs`, `lows`, `closes` | change since the candle before, the first since the base, in multipliers |
/// | `volumes` | volumes in millions of the base |
///
/// **The reply leaves out candles in which nothing was traded**, which bi5 files carry flat with volume 0; they stay
/// left out here, as after [`traded_bars`](crate::traded_bars). Volumes are rounded to float32, the precision of bi5.
/// Other fields are passed over.
///
/// ```
/// use dukascopy::{CandleStep, decode_json_candles, instrument};
///
/// let reply = br#"{"timestamp":1549238400000,"multiplier":0.001,"open":125.5,"high":125.6,"low":125.4,"close":125.5,
///     "shift":60000,"times":[0,2],"opens":[0,10],"highs":[0,0],"lows":[0,5],"closes":[0,-3],"volumes":[12.5,3.0]}"#;
/// let (scale, mut candles) = (instrument("USDJPY").ok_or("not in the table")?.scale, Vec::new());
/// decode_json_candles(reply, CandleStep::Minute, "2019-02-04".parse()?, scale, &mut candles)?;
/// assert_eq!(candles[1].open_time.to_string(), "2019-02-04T00:02:00Z"); // nothing was traded in the minute before
/// assert_eq!((candles[1].open, candles[1].close), (125.51, 125.497));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`decode_json_ticks`](crate::decode_json_ticks); also [`Error::JsonField`] for an open or close outside of low to
/// high.
pub fn decode_json_candles(
    bytes: &[u8],
    step: CandleStep,
    start: UnixNanos,
    scale: PriceScale,
    candles: &mut Vec<Candle>,
) -> Result<usize, Error> {
    let end = Period::from(step).end(start)?;
    let reply: Reply = parse(bytes, "candles")?;
    check_timestamp(reply.timestamp, start)?;
    if reply.shift.checked_mul(1_000_000) != Some(step.timeframe().nanos()) {
        return Err(fault("shift", None, &reply.shift, "the milliseconds of the step that was asked for"));
    }
    let mut decoded = reply.candles(step, start..end, scale)?;
    let n_candles = decoded.len();
    candles.append(&mut decoded);
    Ok(n_candles)
}

impl Reply {
    fn candles(&self, step: CandleStep, period: Range<UnixNanos>, scale: PriceScale) -> Result<Vec<Candle>, Error> {
        let (steps, n_candles) = (Steps::new(self.multiplier, scale)?, self.times.len());
        check_length("volumes", self.volumes.len(), n_candles)?;
        let mut opens = steps.series("open", self.open, "opens", &self.opens, n_candles)?;
        let mut highs = steps.series("high", self.high, "highs", &self.highs, n_candles)?;
        let mut lows = steps.series("low", self.low, "lows", &self.lows, n_candles)?;
        let mut closes = steps.series("close", self.close, "closes", &self.closes, n_candles)?;
        let nanos = step.timeframe().nanos();
        let (n_steps, mut position) = ((period.end.0 - period.start.0) / nanos, 0);
        let candle = |(index, &delta): (usize, &i64)| {
            position = next_position(index, position, delta, n_steps)?;
            let (open, high) = (opens.next(index)?, highs.next(index)?);
            let (low, close) = (lows.next(index)?, closes.next(index)?);
            for (field, units) in [("opens", open), ("closes", close)] {
                if !(low..=high).contains(&units) {
                    return Err(fault(field, index, &units, "a price from low to high"));
                }
            }
            Ok(Candle {
                open_time: UnixNanos(period.start.0 + position * nanos),
                open: scale.price(open),
                high: scale.price(high),
                low: scale.price(low),
                close: scale.price(close),
                volume: volume(index, self.volumes[index])?,
            })
        };
        self.times.iter().enumerate().map(candle).collect()
    }
}

fn next_position(index: usize, before: i64, delta: i64, n_steps: i64) -> Result<i64, Error> {
    let forward = delta > 0 || (delta == 0 && index == 0);
    let next = before.checked_add(delta).filter(|&next| forward && next < n_steps);
    next.ok_or_else(|| fault("times", index, &delta, "1 or more candles (the first: 0) that end inside of the period"))
}

fn volume(index: usize, millions: f64) -> Result<f64, Error> {
    #[expect(clippy::cast_possible_truncation, reason = "rounding to float32 is the precision of bi5")]
    let stored = millions as f32 + 0.0;
    let kept = is_volume(stored) && millions >= 0.0 && (stored > 0.0 || millions == 0.0);
    kept.then_some(f64::from(stored)).ok_or_else(|| fault("volumes", index, &millions, "0 or a positive float32"))
}

/// Encodes `candles` as the JSON reply for their period and appends it to `bytes`; none give a reply that says so.
///
/// All of `candles` are written; Dukascopy leaves out those that are flat at the close before them with volume 0.
/// Decoding gives equal candles if their prices are whole steps of `scale` and their volumes float32 numbers;
/// volumes are rounded to float32.
///
/// # Errors
/// As [`encode_candles`](crate::encode_candles). `bytes` are unchanged then.
pub fn encode_json_candles(
    candles: &[Candle],
    step: CandleStep,
    start: UnixNanos,
    scale: PriceScale,
    bytes: &mut Vec<u8>,
) -> Result<(), Error> {
    let end = Period::from(step).end(start)?;
    let times = times(candles, step, start, end)?;
    let [opens, highs, lows, closes] = [
        units("open", candles, scale, |candle| candle.open)?,
        units("high", candles, scale, |candle| candle.high)?,
        units("low", candles, scale, |candle| candle.low)?,
        units("close", candles, scale, |candle| candle.close)?,
    ];
    let volumes =
        candles.iter().enumerate().map(|(row, candle)| stored_volume(row, "volume", candle.volume).map(decimal));
    let volumes = volumes.collect::<Result<Vec<_>, _>>()?;
    write_head(start, scale, bytes);
    for (name, units) in [("open", &opens), ("high", &highs), ("low", &lows), ("close", &closes)] {
        write_base(name, units.first(), scale, bytes);
    }
    put(bytes, format_args!(",\"shift\":{}", step.timeframe().nanos() / 1_000_000));
    write_array("times", times.iter(), bytes);
    for (name, units) in [("opens", opens), ("highs", highs), ("lows", lows), ("closes", closes)] {
        write_deltas(name, units.into_iter(), bytes);
    }
    write_array("volumes", volumes.iter(), bytes);
    bytes.push(b'}');
    Ok(())
}

fn times(candles: &[Candle], step: CandleStep, start: UnixNanos, end: UnixNanos) -> Result<Vec<i64>, Error> {
    let nanos = step.timeframe().nanos();
    let (mut before, mut earliest) = (start, start);
    let delta = |(row, candle): (usize, &Candle)| {
        let time = candle.open_time;
        if time < earliest || time >= end || step.timeframe().floor(time) != time {
            return Err(unstorable(row, "time", &time, "a step of the period after the candle before it"));
        }
        let delta = (time.0 - before.0) / nanos;
        (before, earliest) = (time, UnixNanos(time.0 + nanos));
        Ok(delta)
    };
    candles.iter().enumerate().map(delta).collect()
}

fn units(
    field: &'static str,
    candles: &[Candle],
    scale: PriceScale,
    of: impl Fn(&Candle) -> f64,
) -> Result<Vec<u32>, Error> {
    let to_units = |(row, candle): (usize, &Candle)| {
        let price = of(candle);
        let inside = price >= candle.low && price <= candle.high;
        let units = inside.then(|| scale.units(price)).flatten();
        units.ok_or_else(|| unstorable(row, field, &price, "a whole step of the price scale, from low to high"))
    };
    candles.iter().enumerate().map(to_units).collect()
}

/// The double whose shortest decimal is that of `stored`, where it still becomes `stored` again.
fn decimal(stored: f32) -> f64 {
    let short = stored.to_string().parse().unwrap_or_else(|_| f64::from(stored));
    #[expect(clippy::cast_possible_truncation, reason = "rounding to float32 is the precision of bi5")]
    let same = (short as f32).to_bits() == stored.to_bits();
    if same { short } else { f64::from(stored) }
}
