//! Dates of nanoseconds since 1970, in UTC.

const SECOND_NS: i64 = 1_000_000_000;
const DAY_NS: i64 = 86_400 * SECOND_NS;

/// A moment in the proleptic Gregorian calendar, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) year: i64,
    /// 1 to 12.
    pub(crate) month: i64,
    /// 1 to 31.
    pub(crate) day: i64,
    /// 0 (Monday) to 6.
    pub(crate) weekday: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl Moment {
    /// Source of the date arithmetic: H. Hinnant, *chrono-Compatible Low-Level Date Algorithms* (2013), `civil_from_days`.
    pub(crate) fn new(time_ns: i64) -> Self {
        let days = time_ns.div_euclid(DAY_NS);
        let second = time_ns.rem_euclid(DAY_NS) / SECOND_NS;
        // Days since 0000-03-01: years that start in March have their leap day last.
        let shifted = days + 719_468;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * march_month + 2) / 5 + 1,
            weekday: (days + 3).rem_euclid(7),
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
        }
    }

    pub(crate) fn is_same_day(&self, other: &Self) -> bool {
        (self.year, self.month, self.day) == (other.year, other.month, other.day)
    }

    /// "14:05"
    pub(crate) fn clock(&self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// "14:05:09"
    pub(crate) fn clock_with_seconds(&self) -> String {
        format!("{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }

    /// "5 May"
    pub(crate) fn date(&self) -> String {
        format!("{} {}", self.day, self.month_name())
    }

    /// "Mon 5 May"
    pub(crate) fn long_date(&self) -> String {
        let weekday = usize::try_from(self.weekday).ok().and_then(|day| WEEKDAYS.get(day));
        format!("{} {}", weekday.expect("there are seven weekdays"), self.date())
    }

    /// "May"
    pub(crate) fn month_name(&self) -> &'static str {
        let month = usize::try_from(self.month - 1).ok().and_then(|month| MONTHS.get(month));
        month.expect("there are twelve months")
    }
}

/// A span of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Seconds(i64),
    Days,
    /// From Monday to Sunday.
    Weeks(i64),
    Months(i64),
}

impl Unit {
    /// Number of the span in which the moment lies; the same for all moments in it.
    pub(crate) fn index(self, time_ns: i64) -> i64 {
        match self {
            Self::Seconds(n) => time_ns.div_euclid(n * SECOND_NS),
            Self::Days => time_ns.div_euclid(DAY_NS),
            Self::Weeks(n) => (time_ns.div_euclid(DAY_NS) + 3).div_euclid(7 * n),
            Self::Months(n) => {
                let moment = Moment::new(time_ns);
                (moment.year * 12 + moment.month - 1).div_euclid(n)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with Python 3.11.7: `datetime.fromtimestamp(t, timezone.utc).strftime("%Y-%m-%d %a %H:%M:%S")`.
    const PYTHON: [(i64, &str); 12] = [
        (0, "1970-01-01 Thu 00:00:00"),
        (-1, "1969-12-31 Wed 23:59:59"),
        (951_782_400, "2000-02-29 Tue 00:00:00"),
        (951_868_799, "2000-02-29 Tue 23:59:59"),
        (1_709_164_800, "2024-02-29 Thu 00:00:00"),
        (1_740_787_199, "2025-02-28 Fri 23:59:59"),
        (4_107_542_399, "2100-02-28 Sun 23:59:59"),
        (-2_208_988_800, "1900-01-01 Mon 00:00:00"),
        (-6_847_718_401, "1753-01-01 Mon 23:59:59"),
        (1_746_455_645, "2025-05-05 Mon 14:34:05"),
        (7_258_118_400, "2200-01-01 Wed 00:00:00"),
        (1_577_836_799, "2019-12-31 Tue 23:59:59"),
    ];

    #[test]
    fn dates_are_those_of_python() {
        for (seconds, expected) in PYTHON {
            let at = Moment::new(seconds * SECOND_NS);
            let weekday = &at.long_date()[..3];
            let clock = at.clock_with_seconds();
            assert_eq!(format!("{:04}-{:02}-{:02} {weekday} {clock}", at.year, at.month, at.day), expected);
        }
    }

    #[test]
    fn the_ends_of_time_have_a_date() {
        assert_eq!((Moment::new(i64::MIN).year, Moment::new(i64::MAX).year), (1677, 2262));
    }

    #[test]
    fn weeks_start_on_monday_and_quarters_in_january() {
        let [sunday, monday] = [1_746_403_199, 1_746_403_200].map(|second| second * SECOND_NS);
        assert_eq!(Moment::new(monday).long_date(), "Mon 5 May");
        assert_eq!(Unit::Weeks(1).index(sunday) + 1, Unit::Weeks(1).index(monday));
        let january = 1_735_689_600 * SECOND_NS;
        assert_eq!(Unit::Months(3).index(january - 1) + 1, Unit::Months(3).index(january));
    }
}
