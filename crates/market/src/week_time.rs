use std::fmt;
use std::str::FromStr;

use crate::Error;
use crate::as_text::as_text;

/// A time of the week on a local clock, from Monday 00:00 to Sunday 23:59:59; written `Mon 09:30`.
///
/// ```
/// use market::WeekTime;
///
/// assert_eq!("Fri 17:00".parse::<WeekTime>()?, WeekTime::new(5, 17, 0, 0)?);
/// assert_eq!(WeekTime::new(7, 23, 59, 30)?.to_string(), "Sun 23:59:30");
/// assert!(WeekTime::new(8, 0, 0, 0).is_err());
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WeekTime(u32);

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl WeekTime {
    /// Seconds in a week.
    pub(crate) const WEEK: u32 = 604_800;

    /// The time on `weekday` (ISO 8601: 1 is Monday, 7 is Sunday) at `hour` (0 to 23), `minute` and `second` (0 to 59).
    ///
    /// # Errors
    /// [`Error::WeekTime`] if a number is outside of its range.
    pub fn new(weekday: u8, hour: u8, minute: u8, second: u8) -> Result<Self, Error> {
        if !(1..=7).contains(&weekday) || hour > 23 || minute > 59 || second > 59 {
            return Err(Error::WeekTime { text: format!("day {weekday}, {hour:02}:{minute:02}:{second:02}") });
        }
        let [days, hours, minutes, seconds] = [weekday - 1, hour, minute, second].map(u32::from);
        Ok(Self(((days * 24 + hours) * 60 + minutes) * 60 + seconds))
    }

    /// The time `seconds` after Monday 00:00, counted on into the next week.
    pub(crate) const fn from_seconds(seconds: u32) -> Self {
        Self(seconds % Self::WEEK)
    }

    /// Seconds since Monday 00:00, below those of a week.
    pub(crate) const fn seconds(self) -> u32 {
        self.0
    }
}

impl fmt::Display for WeekTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, hour, minute, second) = (self.0 / 86_400, self.0 / 3_600 % 24, self.0 / 60 % 60, self.0 % 60);
        write!(f, "{} {hour:02}:{minute:02}", DAYS[day as usize])?;
        if second > 0 { write!(f, ":{second:02}") } else { Ok(()) }
    }
}

impl FromStr for WeekTime {
    type Err = Error;

    /// Reads `Mon 09:30` or `Mon 09:30:15`, the day in either case.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::WeekTime { text: text.to_owned() };
        let (day, clock) = text.split_once(' ').ok_or_else(bad)?;
        let weekday = (1..).zip(DAYS).find(|(_, name)| name.eq_ignore_ascii_case(day)).ok_or_else(bad)?.0;
        let numbers: Option<Vec<u8>> = clock.split(':').map(two_digits).collect();
        match numbers.as_deref() {
            Some(&[hour, minute]) => Self::new(weekday, hour, minute, 0),
            Some(&[hour, minute, second]) => Self::new(weekday, hour, minute, second),
            _ => Err(bad()),
        }
        .map_err(|_| bad())
    }
}

fn two_digits(text: &str) -> Option<u8> {
    let plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

as_text!(
    WeekTime,
    "^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \\d{2}:\\d{2}(:\\d{2})?$",
    "Day of the week and time of a local clock, such as Mon 09:30"
);
