//! Local clocks as a number that never runs backwards: what longer bars and trading sessions are laid out on.
//!
//! Where a clock is put forward, it jumps; where it is put back, it is held until it has caught up. So each time of the
//! clock is reached once, and everything that starts at a local time starts once.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

pub(crate) static NEW_YORK: LazyLock<TimeZone> = LazyLock::new(|| bundled("America/New_York"));
pub(crate) static EET: LazyLock<TimeZone> = LazyLock::new(|| bundled("EET"));

/// The database that is part of the program, never that of the machine: the same bars everywhere.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

fn bundled(name: &str) -> TimeZone {
    time_zone(name).expect("the time zone database is part of the program")
}

/// The zone of an IANA name, in either case.
pub(crate) fn time_zone(name: &str) -> Option<TimeZone> {
    ZONES.get(name).ok().filter(|zone| !zone.is_unknown() && zone.iana_name().is_some())
}

/// The date and time of `seconds` since 1970-01-01T00:00 on a clock without a zone.
pub(crate) fn civil(seconds: i64) -> DateTime {
    Offset::UTC.to_datetime(instant(seconds))
}

/// What the clock of `zone` shows at the instant `seconds` (since 1970 in UTC), in seconds since 1970-01-01T00:00 of that
/// clock. While an hour is repeated, its last second.
pub(crate) fn wall_seconds(zone: &TimeZone, seconds: i64) -> i64 {
    let (now, before) = (offset(zone, seconds), offset(zone, seconds - LOOK));
    if before <= now {
        return seconds + now;
    }
    let mut wall = seconds + now;
    let mut before = before;
    for (change, after) in changes(zone, seconds - LOOK..=seconds) {
        wall = wall.max(change + before - 1);
        before = after;
    }
    wall
}

/// The first instant at which [`wall_seconds`] is at least `wall`, in seconds since 1970 in UTC.
pub(crate) fn first_second(zone: &TimeZone, wall: i64) -> i64 {
    let mut before = offset(zone, wall - LOOK);
    if before == offset(zone, wall + LOOK) {
        return wall - before;
    }
    let mut since = i64::MIN;
    for (change, after) in changes(zone, wall - LOOK..=wall + LOOK) {
        if wall - before < change {
            break;
        }
        (since, before) = (change, after);
    }
    since.max(wall - before)
}

/// How far to look for a change of the clock: further than any clock was ever put forward or back, or away from UTC.
const LOOK: i64 = 48 * 3_600;

/// How many seconds the clock is ahead of UTC.
fn offset(zone: &TimeZone, seconds: i64) -> i64 {
    zone.to_offset(instant(seconds)).seconds().into()
}

/// The changes of the clock after the start of `range` and up to its end, and how far it is ahead of UTC from then on.
///
/// What jiff says of ambiguous local times and of changes looking back is not used here: next to the change after which
/// a zone's rule for the future holds, it takes that rule for the past too.
fn changes(zone: &TimeZone, range: RangeInclusive<i64>) -> impl Iterator<Item = (i64, i64)> + '_ {
    zone.following(instant(*range.start()))
        .map(|change| (change.timestamp().as_second(), change.offset().seconds().into()))
        .take_while(move |(change, _)| change <= range.end())
}

fn instant(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).expect("64 bits of nanoseconds lie inside the calendar")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Around every change of every clock there is up to 2037: what neither golden files nor random times would meet.
    #[test]
    fn every_clock_of_the_database_runs_forward_and_is_undone() {
        let last = instant(2_145_916_800);
        let hour = 3_600;
        let near = [-25, -24, -2, -1, 0, 1, 2, 24, 25].map(|hours| hours * hour);
        let near: Vec<i64> = near.into_iter().flat_map(|away| [away - hour / 2, away - 1, away]).collect();
        let (mut n_zones, mut n_changes) = (0, 0);
        for name in ZONES.available() {
            let zone = bundled(name.as_str());
            n_zones += 1;
            for change in zone.following(instant(-9_223_372_036)).take_while(|change| change.timestamp() < last) {
                n_changes += 1;
                let change = change.timestamp().as_second();
                let mut before = i64::MIN;
                for seconds in near.iter().map(|away| change + away) {
                    let wall = wall_seconds(&zone, seconds);
                    assert!(before <= wall, "{name} at {seconds}");
                    assert!(first_second(&zone, wall) <= seconds, "{name} at {seconds}");
                    assert!(first_second(&zone, wall + 1) > seconds, "{name} after {seconds}");
                    before = wall;
                }
            }
        }
        assert!(n_zones > 400 && n_changes > 20_000, "{n_zones} zones, {n_changes} changes");
    }
}
