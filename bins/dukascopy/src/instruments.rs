use anyhow::{Result, bail};
use dukascopy::{
    InstrumentInfo, ScaleBasis, SessionBasis, find_instruments, instrument, instrument_groups, json_code,
    similar_instruments,
};
use market::{Interval, UnixNanos};
use serde_json::{Value, json};

use crate::args::{Format, InstrumentsArgs};
use crate::outcome::Outcome;
use crate::output::print_line;
use crate::request::now;

/// `dukascopy instruments`.
pub(crate) fn run(options: &InstrumentsArgs) -> Result<Outcome> {
    let text = options.text.as_deref().unwrap_or_default();
    if let (Some(info), Format::Text) = (instrument(text), options.format) {
        print_details(info, now()?)?;
        return Ok(Outcome::Complete);
    }
    let found: Vec<_> = match instrument(text) {
        Some(info) => vec![info],
        None => find_instruments(text, options.group.as_deref()).collect(),
    };
    if found.is_empty() {
        bail!("{}", nothing_found(text, options.group.as_deref()));
    }
    if options.format == Format::Text {
        print_line(&format!("{:<16} {:>6} {:<10} {:<18} {}", "symbol", "factor", "ticks from", "group", "name"))?;
    }
    for info in &found {
        let line = match options.format {
            Format::Json => details(info).to_string(),
            Format::Text => row(info),
        };
        print_line(&line)?;
    }
    if options.format == Format::Text {
        tracing::info!("{} instruments", found.len());
    }
    Ok(Outcome::Complete)
}

fn nothing_found(text: &str, group: Option<&str>) -> String {
    let names = |found: Vec<&str>| found.join(", ");
    match group {
        Some(group) if find_instruments("", Some(group)).next().is_none() => {
            let groups = instrument_groups().into_iter().map(|(name, _)| name).filter(|name| !name.is_empty());
            format!("there is no group {group}; groups are {}", names(groups.collect()))
        }
        _ => {
            let similar = similar_instruments(text, 5).iter().map(|info| info.symbol).collect();
            format!("no instrument has `{text}` in its symbol or name; similar symbols are {}", names(similar))
        }
    }
}

fn row(info: &InstrumentInfo) -> String {
    let ticks = info.history.ticks.map_or_else(|| "unknown".to_owned(), date);
    format!("{:<16} {:>6} {ticks:<10} {:<18} {}", info.symbol, info.scale.factor(), info.group, info.name)
}

fn date(time: UnixNanos) -> String {
    time.to_string().chars().take(10).collect()
}

fn scale_basis(info: &InstrumentInfo) -> &'static str {
    match info.scale_basis {
        ScaleBasis::Published => "published",
        ScaleBasis::DerivedFromPip => "derived from the pip",
    }
}

fn session_basis(info: &InstrumentInfo) -> Option<&'static str> {
    info.session_basis.map(|basis| match basis {
        SessionBasis::Published => "published",
        SessionBasis::DerivedFromGroup => "derived from its group",
    })
}

fn details(info: &InstrumentInfo) -> Value {
    json!({
        "symbol": info.symbol,
        "feed_symbol": info.feed_symbol,
        "json_code": json_code(info),
        "name": info.name,
        "group": info.group,
        "price_factor": info.scale.factor(),
        "price_decimals": info.scale.decimals(),
        "scale_basis": scale_basis(info),
        "pip_size": info.pip_size(),
        "session_basis": session_basis(info),
        "calendar": info.calendar(),
        "first_tick": info.history.ticks,
        "first_minute": info.history.minutes,
        "first_hour": info.history.hours,
        "first_day": info.history.days,
    })
}

fn print_details(info: &InstrumentInfo, now: UnixNanos) -> Result<()> {
    let known = |time: Option<UnixNanos>| time.map_or_else(|| "unknown".to_owned(), |time| time.to_string());
    print_line(&format!("{}: {}", info.symbol, info.name))?;
    let group = if info.group.is_empty() { "none" } else { info.group };
    let code = json_code(info).unwrap_or_else(|| "none".to_owned());
    for (name, value) in [
        ("group", group.to_owned()),
        ("feed symbol", info.feed_symbol.to_owned()),
        ("JSON code", code),
        ("price", format!("integer / {} ({})", info.scale.factor(), scale_basis(info))),
        ("pip", info.pip_size().to_string()),
        ("first tick", known(info.history.ticks)),
        ("first minute", known(info.history.minutes)),
        ("first hour", known(info.history.hours)),
        ("first day", known(info.history.days)),
        ("sessions", session_basis(info).unwrap_or("unknown").to_owned()),
    ] {
        print_line(&format!("  {name:<13} {value}"))?;
    }
    for interval in week(info, now) {
        print_line(&format!("  {:<13} {} to {}", "open", interval.start, interval.end))?;
    }
    Ok(())
}

/// The open times of the next seven days.
fn week(info: &InstrumentInfo, now: UnixNanos) -> Vec<Interval> {
    let end = UnixNanos(now.0.saturating_add(7 * UnixNanos::PER_DAY));
    info.calendar().map(|calendar| calendar.open_intervals(now..end).collect()).unwrap_or_default()
}
