//! Times as text, made quickly for rows that lie close together.

use std::io::Write as _;

use market::UnixNanos;

use crate::number::{ASCII, eight_digits, put_first};

const PER_MINUTE: i64 = 60 * UnixNanos::PER_SECOND;
const PER_MILLI: i64 = 1_000_000;
const DATE_BYTES: usize = 11;
const PREFIX_BYTES: usize = 17;

/// Writes times in ISO 8601; keeps the text of the last minute, because the next row is mostly in the same one.
#[derive(Debug)]
pub(crate) struct Clock {
    minute: i64,
    /// `2019-02-04T13:00:`
    prefix: [u8; PREFIX_BYTES],
    /// Whether whole seconds are written with three zeros behind the point.
    always_millis: bool,
}

impl Clock {
    pub(crate) fn new(always_millis: bool) -> Self {
        Self { minute: i64::MIN, prefix: [b'0'; PREFIX_BYTES], always_millis }
    }

    /// Writes `time` to `out` from `at` on and returns where it ends: with milliseconds if it has any or if they are
    /// always written, with six or nine digits behind the point if it needs them.
    #[inline]
    pub(crate) fn put(&mut self, out: &mut [u8], at: usize, time: UnixNanos) -> usize {
        let minute = time.0.div_euclid(PER_MINUTE);
        if minute != self.minute {
            self.start(time, minute);
        }
        let at = put_first(out, at, self.prefix, PREFIX_BYTES);
        let nanos = time.0.rem_euclid(PER_MINUTE);
        let (millis, rest) = (nanos / PER_MILLI, nanos % PER_MILLI);
        // Two digits of seconds and three of milliseconds, each in its byte, the first in the lowest.
        let digits = (eight_digits(millis.cast_unsigned()) | ASCII) >> 24;
        let (seconds, millis) = (digits & 0xffff, (digits >> 16) & 0x00ff_ffff);
        let fraction = seconds | u64::from(b'.') << 16 | millis << 24;
        if rest != 0 {
            let at = put_first(out, at, fraction.to_le_bytes(), 6);
            put_rest(out, at, rest)
        } else if self.always_millis || millis != ASCII & 0x00ff_ffff {
            put_first(out, at, (fraction | u64::from(b'Z') << 48).to_le_bytes(), 7)
        } else {
            put_first(out, at, (seconds | u64::from(b'Z') << 16).to_le_bytes(), 3)
        }
    }

    #[cold]
    fn start(&mut self, time: UnixNanos, minute: i64) {
        const MINUTES_A_DAY: i64 = 24 * 60;
        let day = minute.div_euclid(MINUTES_A_DAY);
        if self.minute == i64::MIN || day != self.minute.div_euclid(MINUTES_A_DAY) {
            let mut text = [0_u8; 40];
            write!(text.as_mut_slice(), "{time}").expect("a time has at most 30 characters");
            self.prefix[..DATE_BYTES].copy_from_slice(&text[..DATE_BYTES]);
        }
        let of_day = minute.rem_euclid(MINUTES_A_DAY).cast_unsigned();
        let digits = (eight_digits(of_day / 60 * 100 + of_day % 60) | ASCII).to_le_bytes();
        self.prefix[DATE_BYTES..].copy_from_slice(&[digits[4], digits[5], b':', digits[6], digits[7], b':']);
        self.minute = minute;
    }
}

/// Writes what is left below a millisecond, and the `Z`.
#[cold]
fn put_rest(out: &mut [u8], at: usize, nanos: i64) -> usize {
    let [_, _, micros @ .., a, b, c] = (eight_digits(nanos.cast_unsigned()) | ASCII).to_le_bytes();
    let at = put_first(out, at, micros, 3);
    let at = if [a, b, c] == *b"000" { at } else { put_first(out, at, [a, b, c], 3) };
    put_first(out, at, *b"Z", 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(clock: &mut Clock, nanos: i64) -> String {
        let mut out = [0; 40];
        let end = clock.put(&mut out, 0, UnixNanos(nanos));
        String::from_utf8(out[..end].to_vec()).unwrap()
    }

    #[test]
    fn milliseconds_are_always_there_or_only_where_needed() {
        let (mut ticks, mut bars) = (Clock::new(true), Clock::new(false));
        for (nanos, of_ticks, of_bars) in [
            (0, "1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00Z"),
            (1_549_285_200_250_000_000, "2019-02-04T13:00:00.250Z", "2019-02-04T13:00:00.250Z"),
            (1_549_285_259_000_001_000, "2019-02-04T13:00:59.000001Z", "2019-02-04T13:00:59.000001Z"),
            (-1, "1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z"),
            (-60_000_000_000, "1969-12-31T23:59:00.000Z", "1969-12-31T23:59:00Z"),
            (i64::MIN, "1677-09-21T00:12:43.145224192Z", "1677-09-21T00:12:43.145224192Z"),
            (i64::MAX, "2262-04-11T23:47:16.854775807Z", "2262-04-11T23:47:16.854775807Z"),
        ] {
            assert_eq!(text(&mut ticks, nanos), of_ticks);
            assert_eq!(text(&mut bars, nanos), of_bars);
        }
    }

    proptest! {
        #[test]
        fn any_times_in_any_order_read_back(
            times in proptest::collection::vec(prop_oneof![any::<i64>(), 0..200_000_000_000_i64], 1..20),
        ) {
            let mut clock = Clock::new(true);
            for nanos in times {
                let written = text(&mut clock, nanos);
                prop_assert_eq!(written.parse::<UnixNanos>().unwrap().0, nanos, "{}", written);
            }
        }
    }
}
