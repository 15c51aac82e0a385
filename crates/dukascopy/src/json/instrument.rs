use std::ops::Range;

use market::UnixNanos;
use serde::Deserialize;

use super::reply::{fault, parse};
use crate::{Error, HistoryStarts};

/// The details of an instrument, as `/v1/instruments/EUR-USD` gives them: the feed's own trading calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonInstrument {
    /// Its name with a slash: `EUR/USD`.
    pub name: String,
    /// Its name in the paths of the API: `EUR-USD`.
    pub code: String,
    /// Its name in words.
    pub description: String,
    /// One pip in quote currency; `None` where the feed says nothing.
    pub pip_value: Option<f64>,
    /// Digits after the decimal point of prices; `None` where the feed says nothing. **Not the scale of bi5 files**,
    /// from which it differs for dozens of instruments.
    pub price_scale: Option<u8>,
    /// The feed's group, such as `FX_MAJORS`; `None` where the feed says nothing.
    pub group: Option<String>,
    /// The time zone that sessions are told in where a schedule does not say otherwise, as an IANA name:
    /// `America/New_York`.
    pub timezone: String,
    /// Times in which the market is shut beside its sessions, in the order of the reply.
    pub holidays: Vec<Range<UnixNanos>>,
    /// Which sessions apply when, in the order of the reply.
    pub schedules: Vec<JsonSchedule>,
    /// When its data begin, to the millisecond.
    pub history: HistoryStarts,
}

/// The sessions of a week, and when they apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonSchedule {
    /// The feed's name of it: `ALL`, `trade-147-America_New_York`.
    pub id: String,
    /// From when it applies.
    pub from: UnixNanos,
    /// Until when, exclusive; `None` is "still".
    pub to: Option<UnixNanos>,
    /// The sessions of Monday to Sunday. A day without sessions is shut.
    pub sessions: [Vec<JsonSession>; 7],
}

/// A time of trading that belongs to one day of the week, on the clock of the instrument's time zone.
///
/// EUR-USD's Monday is `{ start_seconds: 61200, starts_day_before: true, end_seconds: 61200, ends_day_before: false }`:
/// from Sunday 17:00 to Monday 17:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonSession {
    /// Start, in seconds after midnight on the clock, 0 to 86,400.
    pub start_seconds: u32,
    /// Whether the start is on the day before.
    pub starts_day_before: bool,
    /// End, exclusive, in seconds after midnight on the clock, 0 to 86,400.
    pub end_seconds: u32,
    /// Whether the end is on the day before.
    pub ends_day_before: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reply {
    name: String,
    code: String,
    #[serde(default)]
    description: String,
    pip_value: Option<f64>,
    price_scale: Option<u8>,
    group_code: Option<String>,
    default_timezone: String,
    holidays: Vec<Holiday>,
    trade_schedule: Vec<Schedule>,
    histories: Vec<History>,
}

#[derive(Deserialize)]
struct Holiday {
    from: i64,
    till: i64,
}

#[derive(Deserialize)]
struct Schedule {
    id: String,
    from: i64,
    to: Option<i64>,
    sessions: Week,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE", default, deny_unknown_fields)]
#[derive(Default)]
struct Week {
    monday: Vec<Session>,
    tuesday: Vec<Session>,
    wednesday: Vec<Session>,
    thursday: Vec<Session>,
    friday: Vec<Session>,
    saturday: Vec<Session>,
    sunday: Vec<Session>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    start: String,
    previous_day_start: bool,
    end: String,
    previous_day_end: bool,
}

#[derive(Deserialize)]
struct History {
    period: String,
    from: i64,
}

/// Decodes the details of an instrument.
///
/// Fields that [`JsonInstrument`] does not have are passed over, as are starts of other periods than ticks, minutes,
/// hours and days.
///
/// ```
/// let reply = br#"{"name":"EUR/USD","code":"EUR-USD","pipValue":1.0E-4,"priceScale":5,"groupCode":"FX_MAJORS",
///     "defaultTimezone":"America/New_York","holidays":[],"tradeSchedule":[{"id":"all","from":0,"to":null,"sessions":{
///     "MONDAY":[{"start":"17:00:00","previousDayStart":true,"end":"17:00:00","previousDayEnd":false}]}}],
///     "histories":[{"period":"TICK","from":1052074800048}]}"#;
/// let details = dukascopy::decode_json_instrument(reply)?;
/// let monday = details.schedules[0].sessions[0][0];
/// assert!(monday.starts_day_before && monday.start_seconds == 17 * 3_600); // from Sunday 17:00 in New York
/// # Ok::<(), dukascopy::Error>(())
/// ```
///
/// # Errors
/// [`Error::Json`] for anything but one JSON object with these fields; [`Error::JsonField`] for a value that
/// cannot be (a pip that is not positive, a holiday or schedule that ends before it starts, a time of day beyond
/// 24:00:00, a session that ends before it starts, a start given twice), with its name and position;
/// [`Error::TooLarge`] beyond [`MAX_DECODED_BYTES`](crate::MAX_DECODED_BYTES).
pub fn decode_json_instrument(bytes: &[u8]) -> Result<JsonInstrument, Error> {
    let reply: Reply = parse(bytes, "instrument details")?;
    if let Some(pip) = reply.pip_value.filter(|&pip| pip <= 0.0) {
        return Err(fault("pipValue", None, &pip, "a positive number"));
    }
    let holidays = reply.holidays.iter().enumerate().map(|(index, holiday)| {
        let range = time("holidays.from", index, holiday.from)?..time("holidays.till", index, holiday.till)?;
        let holds = range.start < range.end;
        holds.then_some(range).ok_or_else(|| fault("holidays.till", index, &holiday.till, "a time after its from"))
    });
    Ok(JsonInstrument {
        holidays: holidays.collect::<Result<_, _>>()?,
        schedules: reply.trade_schedule.into_iter().enumerate().map(schedule).collect::<Result<_, _>>()?,
        history: history(&reply.histories)?,
        name: reply.name,
        code: reply.code,
        description: reply.description,
        pip_value: reply.pip_value,
        price_scale: reply.price_scale,
        group: reply.group_code,
        timezone: reply.default_timezone,
    })
}

fn time(field: &'static str, index: usize, millis: i64) -> Result<UnixNanos, Error> {
    UnixNanos::from_millis(millis)
        .ok_or_else(|| fault(field, index, &millis, "milliseconds since 1970, in the years 1678 to 2261"))
}

fn schedule((index, schedule): (usize, Schedule)) -> Result<JsonSchedule, Error> {
    let from = time("tradeSchedule.from", index, schedule.from)?;
    let to = schedule.to.map(|to| time("tradeSchedule.to", index, to)).transpose()?;
    if let Some(to) = to.filter(|&to| to <= from) {
        return Err(fault("tradeSchedule.to", index, &to.as_millis(), "a time after its from"));
    }
    let week = schedule.sessions;
    let mut sessions: [Vec<JsonSession>; 7] = Default::default();
    let days = [week.monday, week.tuesday, week.wednesday, week.thursday, week.friday, week.saturday, week.sunday];
    for (day, target) in days.iter().zip(&mut sessions) {
        *target = day.iter().map(|session| to_session(index, session)).collect::<Result<_, _>>()?;
    }
    Ok(JsonSchedule { id: schedule.id, from, to, sessions })
}

fn to_session(index: usize, session: &Session) -> Result<JsonSession, Error> {
    let seconds = |field, text: &str| {
        clock_seconds(text).ok_or_else(|| fault(field, index, &text, "a time of day such as 17:00:00"))
    };
    let found = JsonSession {
        start_seconds: seconds("tradeSchedule.sessions.start", &session.start)?,
        starts_day_before: session.previous_day_start,
        end_seconds: seconds("tradeSchedule.sessions.end", &session.end)?,
        ends_day_before: session.previous_day_end,
    };
    let start = (!found.starts_day_before, found.start_seconds);
    let end = (!found.ends_day_before, found.end_seconds);
    let holds = start < end;
    holds.then_some(found).ok_or_else(|| {
        fault("tradeSchedule.sessions.end", index, &session.end, "a time after the start of its session")
    })
}

fn clock_seconds(text: &str) -> Option<u32> {
    let mut parts = text.split(':').map(|part| {
        (part.len() == 2 && part.bytes().all(|digit| digit.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    });
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    let total = hours * 3_600 + minutes * 60 + seconds;
    (parts.next().is_none() && minutes < 60 && seconds < 60 && total <= 86_400).then_some(total)
}

fn history(histories: &[History]) -> Result<HistoryStarts, Error> {
    let mut starts = HistoryStarts { ticks: None, minutes: None, hours: None, days: None };
    for (index, history) in histories.iter().enumerate() {
        let start = match history.period.as_str() {
            "TICK" => &mut starts.ticks,
            "MINUTE" => &mut starts.minutes,
            "HOUR" => &mut starts.hours,
            "DAY" => &mut starts.days,
            _ => continue,
        };
        if start.replace(time("histories.from", index, history.from)?).is_some() {
            return Err(fault("histories.period", index, &history.period, "one start a period"));
        }
    }
    Ok(starts)
}
