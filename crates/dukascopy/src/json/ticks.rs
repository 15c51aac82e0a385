use std::ops::Range;

use market::{Tick, Ticks, TicksView, UnixNanos};
use serde::Deserialize;

use super::reply::{
    Steps, check_length, check_timestamp, fault, parse, write_array, write_base, write_deltas, write_head,
};
use crate::period::Period;
use crate::ticks::{is_volume, stored_volume, unstorable};
use crate::{Error, PriceScale};

const NANOS_PER_MILLI: i64 = 1_000_000;
const UNITS_PER_MILLION: f64 = 1e6;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reply {
    timestamp: i64,
    multiplier: f64,
    ask: Option<f64>,
    bid: Option<f64>,
    times: Vec<i64>,
    asks: Vec<i64>,
    bids: Vec<i64>,
    ask_volumes: Vec<f64>,
    bid_volumes: Vec<f64>,
}

/// Decodes a reply of ticks in JSON and appends its ticks; returns how many there were.
///
/// - `bytes`: the body of the reply.
/// - `hour`: start of the UTC hour that was asked for; a reply for another one is an error.
/// - `scale`: digits of the instrument's prices, from the instrument table.
/// - `ticks`: unchanged if an error is returned.
///
/// | field | value |
/// |---|---|
/// | `timestamp` | start of the hour, in milliseconds since 1970 |
/// | `multiplier` | size of one price step, such as `1.0E-5`; this field decides, not `scale` |
/// | `ask`, `bid` | prices before the first change; `null` where there is no tick |
/// | `times` | milliseconds since the tick before, the first since `timestamp` |
/// | `asks`, `bids` | change of price since the tick before, the first since `ask` and `bid`, in multipliers |
/// | `askVolumes`, `bidVolumes` | volumes in units of the base |
///
/// The ticks are bit for bit those of the bi5 file of the hour: prices are converted as integers, and volumes are
/// rounded to whole units (half to even), then to millions as float32, as the feed does for bi5. Other
/// fields are passed over.
///
/// ```
/// use dukascopy::{decode_json_ticks, instrument};
/// use market::Ticks;
///
/// let reply = br#"{"timestamp":1549285200000,"multiplier":1.0E-5,"ask":1.14515,"bid":1.14512,"times":[250,100],
///     "asks":[0,-2],"bids":[0,1],"askVolumes":[900000.0,0.0],"bidVolumes":[1500000.0,750000.0]}"#;
/// let scale = instrument("EURUSD").ok_or("not in the table")?.scale;
/// let mut ticks = Ticks::default();
/// decode_json_ticks(reply, "2019-02-04T13:00:00Z".parse()?, scale, &mut ticks)?;
/// assert_eq!((ticks.view().ask, ticks.view().bid_volume), (&[1.14515, 1.14513][..], &[1.5, 0.75][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Error::Json`] for anything but one JSON object with these fields, [`Error::JsonField`] for a value that cannot
/// be, with its name and position; [`Error::JsonScale`] for a price between two steps of `scale`; [`Error::TooLarge`]
/// beyond [`MAX_DECODED_BYTES`](crate::MAX_DECODED_BYTES); [`Error::Period`] for an `hour` that is none.
pub fn decode_json_ticks(bytes: &[u8], hour: UnixNanos, scale: PriceScale, ticks: &mut Ticks) -> Result<usize, Error> {
    let end = Period::Hour.end(hour)?;
    let reply: Reply = parse(bytes, "ticks")?;
    check_timestamp(reply.timestamp, hour)?;
    let decoded = reply.ticks(hour..end, scale)?;
    let last = ticks.view().time.last();
    if decoded.first().is_some_and(|first| last.is_some_and(|&last| first.time < last)) {
        return Err(fault("times", 0, &reply.times[0], "a time not before the ticks so far"));
    }
    append(&decoded, ticks);
    Ok(decoded.len())
}

impl Reply {
    /// The ticks, which lie inside of `hour` and are in order.
    fn ticks(&self, hour: Range<UnixNanos>, scale: PriceScale) -> Result<Vec<Tick>, Error> {
        let (steps, n_ticks) = (Steps::new(self.multiplier, scale)?, self.times.len());
        check_length("askVolumes", self.ask_volumes.len(), n_ticks)?;
        check_length("bidVolumes", self.bid_volumes.len(), n_ticks)?;
        let mut asks = steps.series("ask", self.ask, "asks", &self.asks, n_ticks)?;
        let mut bids = steps.series("bid", self.bid, "bids", &self.bids, n_ticks)?;
        let mut time = hour.start;
        let tick = |(index, &delta): (usize, &i64)| {
            time = after(index, time, delta, hour.end)?;
            Ok(Tick {
                time,
                bid: scale.price(bids.next(index)?),
                ask: scale.price(asks.next(index)?),
                bid_volume: volume("bidVolumes", index, self.bid_volumes[index])?,
                ask_volume: volume("askVolumes", index, self.ask_volumes[index])?,
            })
        };
        self.times.iter().enumerate().map(tick).collect()
    }
}

fn append(decoded: &[Tick], ticks: &mut Ticks) {
    for &tick in decoded {
        ticks.push(tick).expect("the ticks have been checked");
    }
}

fn after(index: usize, time: UnixNanos, delta_millis: i64, end: UnixNanos) -> Result<UnixNanos, Error> {
    let next = (delta_millis >= 0)
        .then(|| delta_millis.checked_mul(NANOS_PER_MILLI)?.checked_add(time.0))
        .flatten()
        .filter(|&next| next < end.0);
    next.map(UnixNanos)
        .ok_or_else(|| fault("times", index, &delta_millis, "0 or more milliseconds that end inside of the hour"))
}

fn volume(field: &'static str, index: usize, units: f64) -> Result<f64, Error> {
    let millions = to_millions(units);
    let storable = units >= 0.0 && is_volume(millions);
    storable.then_some(f64::from(millions)).ok_or_else(|| fault(field, index, &units, "0 to 1e18 units"))
}

/// The number that the bi5 file carries for so many units.
fn to_millions(units: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "rounding to float32 is the precision of bi5")]
    let millions = (units.round_ties_even() / UNITS_PER_MILLION) as f32;
    // So that -0.0 is no volume but 0.
    millions + 0.0
}

/// Encodes `ticks` as the JSON reply for their hour and appends it to `bytes`; no ticks give a reply that says so.
///
/// Decoding gives equal ticks if their prices are whole steps of `scale`, their times whole milliseconds and their
/// volumes whole units as float32 millions; volumes are rounded to that.
///
/// # Errors
/// [`Error::Unstorable`] for a time that is not a whole millisecond inside of the hour, a price that is not a whole
/// step or a volume that is not 0 and less than half a unit; [`Error::Period`] for an `hour` that is none. `bytes` are
/// unchanged then.
pub fn encode_json_ticks(
    ticks: TicksView<'_>,
    hour: UnixNanos,
    scale: PriceScale,
    bytes: &mut Vec<u8>,
) -> Result<(), Error> {
    let end = Period::Hour.end(hour)?;
    let times = times(ticks.time, hour, end)?;
    let (asks, bids) = (units("ask", ticks.ask, scale)?, units("bid", ticks.bid, scale)?);
    let (ask_volumes, bid_volumes) =
        (volumes("ask volume", ticks.ask_volume)?, volumes("bid volume", ticks.bid_volume)?);
    write_head(hour, scale, bytes);
    write_base("ask", asks.first(), scale, bytes);
    write_base("bid", bids.first(), scale, bytes);
    write_array("times", times.iter(), bytes);
    write_deltas("asks", asks.iter().copied(), bytes);
    write_deltas("bids", bids.iter().copied(), bytes);
    write_array("askVolumes", ask_volumes.iter(), bytes);
    write_array("bidVolumes", bid_volumes.iter(), bytes);
    bytes.push(b'}');
    Ok(())
}

fn times(times: &[UnixNanos], hour: UnixNanos, end: UnixNanos) -> Result<Vec<i64>, Error> {
    let mut before = hour;
    let delta = |(row, &time): (usize, &UnixNanos)| {
        if time < before || time >= end || time.0 % NANOS_PER_MILLI != 0 {
            return Err(unstorable(row, "time", &time, "a whole millisecond inside of the hour"));
        }
        let delta = (time.0 - before.0) / NANOS_PER_MILLI;
        before = time;
        Ok(delta)
    };
    times.iter().enumerate().map(delta).collect()
}

fn units(field: &'static str, prices: &[f64], scale: PriceScale) -> Result<Vec<u32>, Error> {
    let to_units = |(row, price): (usize, &f64)| {
        scale.units(*price).ok_or_else(|| unstorable(row, field, price, "a whole step of the price scale"))
    };
    prices.iter().enumerate().map(to_units).collect()
}

/// The volumes in whole units.
fn volumes(field: &'static str, millions: &[f64]) -> Result<Vec<f64>, Error> {
    let to_units = |(row, &volume): (usize, &f64)| {
        let units = (f64::from(stored_volume(row, field, volume)?) * UNITS_PER_MILLION).round_ties_even();
        let kept = units > 0.0 || volume == 0.0;
        kept.then_some(units).ok_or_else(|| unstorable(row, field, &volume, "0 or at least half a millionth"))
    };
    millions.iter().enumerate().map(to_units).collect()
}
