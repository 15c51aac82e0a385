/// Milliseconds of a day.
pub(crate) const DAY_MS: i64 = 86_400_000;

/// Year, month (1 to 12) and day of a number of days since 1970-01-01, proleptic Gregorian.
///
/// Source: H. Hinnant, *chrono-compatible low-level date algorithms*, `civil_from_days`.
pub(crate) fn civil(days: i64) -> (i64, u8, u8) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, small(month), small(day))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "months and days are 1 to 31")]
fn small(number: i64) -> u8 {
    number as u8
}

/// `2025-04-01`.
pub(crate) fn date(time_ms: i64) -> String {
    let (year, month, day) = civil(time_ms.div_euclid(DAY_MS));
    format!("{year:04}-{month:02}-{day:02}")
}

/// `2025-04-01 14:05`.
pub(crate) fn minute(time_ms: i64) -> String {
    let minutes = time_ms.rem_euclid(DAY_MS) / 60_000;
    format!("{} {:02}:{:02}", date(time_ms), minutes / 60, minutes % 60)
}

/// `2025-04-01T14:05:30Z`, with milliseconds where there are any.
pub(crate) fn iso(time_ms: i64) -> String {
    let in_day = time_ms.rem_euclid(DAY_MS);
    let (seconds, millis) = (in_day / 1_000, in_day % 1_000);
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let fraction = if millis == 0 { String::new() } else { format!(".{millis:03}") };
    format!("{}T{clock}{fraction}Z", date(time_ms))
}

#[cfg(test)]
mod tests {
    use super::{civil, iso, minute};

    #[test]
    fn days_have_their_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(-1), (1969, 12, 31));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_545), (2026, 4, 2));
        assert_eq!(civil(47_541), (2100, 3, 1));
    }

    #[test]
    fn times_are_written_in_utc() {
        assert_eq!(minute(1_743_516_300_000), "2025-04-01 14:05");
        assert_eq!(iso(1_743_516_330_000), "2025-04-01T14:05:30Z");
        assert_eq!(iso(-1), "1969-12-31T23:59:59.999Z");
    }
}
