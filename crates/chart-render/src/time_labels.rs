//! Labels of the time axis and the lines between days, months or years.

use crate::axis::BarAxis;
use crate::calendar::{Moment, Unit};
use crate::text::Font;

/// How the labels of one kind of distance are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "14:00:05"; where a day starts, "Mon 5 May".
    Seconds,
    /// "14:00"; where a day starts, "Mon 5 May".
    Clock,
    /// "Mon 5 May"
    LongDate,
    /// "5 May"
    Date,
    /// "May"; where a year starts, "2025".
    Month,
    /// "2025"
    Year,
}

/// Distances of labels, from fine to coarse: every start of a unit, or every n-th.
const LADDER: [(Unit, Form, usize); 33] = [
    (Unit::Seconds(1), Form::Seconds, 1),
    (Unit::Seconds(2), Form::Seconds, 1),
    (Unit::Seconds(5), Form::Seconds, 1),
    (Unit::Seconds(10), Form::Seconds, 1),
    (Unit::Seconds(15), Form::Seconds, 1),
    (Unit::Seconds(30), Form::Seconds, 1),
    (Unit::Seconds(60), Form::Clock, 1),
    (Unit::Seconds(120), Form::Clock, 1),
    (Unit::Seconds(300), Form::Clock, 1),
    (Unit::Seconds(600), Form::Clock, 1),
    (Unit::Seconds(900), Form::Clock, 1),
    (Unit::Seconds(1800), Form::Clock, 1),
    (Unit::Seconds(3600), Form::Clock, 1),
    (Unit::Seconds(7200), Form::Clock, 1),
    (Unit::Seconds(10_800), Form::Clock, 1),
    (Unit::Seconds(14_400), Form::Clock, 1),
    (Unit::Seconds(21_600), Form::Clock, 1),
    (Unit::Seconds(43_200), Form::Clock, 1),
    (Unit::Days, Form::LongDate, 1),
    (Unit::Days, Form::Date, 1),
    (Unit::Days, Form::Date, 2),
    (Unit::Days, Form::Date, 3),
    (Unit::Weeks(1), Form::Date, 1),
    (Unit::Weeks(2), Form::Date, 1),
    (Unit::Months(1), Form::Month, 1),
    (Unit::Months(3), Form::Month, 1),
    (Unit::Months(6), Form::Month, 1),
    (Unit::Months(12), Form::Year, 1),
    (Unit::Months(24), Form::Year, 1),
    (Unit::Months(60), Form::Year, 1),
    (Unit::Months(120), Form::Year, 1),
    (Unit::Months(240), Form::Year, 1),
    (Unit::Months(600), Form::Year, 1),
];

/// Spans that lines may separate, from fine to coarse.
const SEPARATED: [Unit; 6] =
    [Unit::Days, Unit::Weeks(1), Unit::Months(1), Unit::Months(3), Unit::Months(12), Unit::Months(120)];

/// A label of the time axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TimeLabel {
    /// Position of its bar in pixels.
    pub(crate) x: f64,
    /// Left end of the text in pixels.
    pub(crate) left: f64,
    pub(crate) width: f64,
    pub(crate) text: String,
    /// Starts something larger than its neighbours do: a day among hours, a year among months.
    pub(crate) is_strong: bool,
    shows_date: bool,
    shows_year: bool,
    bar: usize,
}

impl TimeLabel {
    fn right(&self) -> f64 {
        self.left + self.width
    }
}

/// Where labels may stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    pub(crate) left: f64,
    pub(crate) right: f64,
}

/// The labels of as fine a distance as fits, from left to right, none over another.
pub(crate) fn labels(time: &[i64], axis: &BarAxis, room: Room, font: &Font) -> Vec<TimeLabel> {
    let wide = ((room.right - room.left) / 14.0).clamp(1.2 * font.size_px(), 4.0 * font.size_px());
    let near = font.size_px() * 0.8;
    let fitting = LADDER.iter().find_map(|&(unit, form, nth)| {
        let limit = nth as f64 * (room.right - room.left) / (wide + font.size_px());
        let labels: Vec<_> =
            starts(time, unit, limit)?.step_by(nth).map(|bar| label(time, bar, form, axis, font)).collect();
        let needed: f64 = labels.iter().map(|label| label.width + wide).sum();
        (!labels.is_empty() && needed <= room.right - room.left + wide).then_some(labels)
    });
    let mut placed = place(fitting.unwrap_or_default(), room, near);
    name_the_date(&mut placed, time, axis, room, font, near);
    name_the_year(&mut placed, time, room, font, near);
    placed
}

/// The bars at which a new day, week, month or year starts, of the finest of these spans that leaves `least_px` between.
pub(crate) fn separators(time: &[i64], axis: &BarAxis, least_px: f64) -> Vec<usize> {
    // A span of one or two bars is not worth a line.
    let limit = (time.len() as f64 * axis.pitch() / least_px).min(time.len() as f64 / 2.5);
    let found = SEPARATED.iter().find_map(|&unit| starts(time, unit, limit));
    found.map(|bars| bars.filter(|&bar| bar > 0).collect()).unwrap_or_default()
}

/// The bars that are the first of their span, if there are no more than `limit`.
fn starts(time: &[i64], unit: Unit, limit: f64) -> Option<impl Iterator<Item = usize> + use<>> {
    let mut bars = Vec::new();
    // The first bar starts a span only if it stands at the very start.
    let just_before = time.first()?.saturating_sub(1);
    let (mut before, mut day) = (unit.index(just_before), Unit::Days.index(just_before));
    for (bar, &at) in time.iter().enumerate() {
        let today = Unit::Days.index(at);
        // Calendar arithmetic is slow and most bars do not start a day.
        if today == day && !matches!(unit, Unit::Seconds(_)) {
            continue;
        }
        day = today;
        let index = unit.index(at);
        if index != before {
            bars.push(bar);
            if bars.len() as f64 > limit {
                return None;
            }
        }
        before = index;
    }
    Some(bars.into_iter())
}

fn label(time: &[i64], bar: usize, form: Form, axis: &BarAxis, font: &Font) -> TimeLabel {
    let now = Moment::new(time[bar]);
    let before = Moment::new(if bar > 0 { time[bar - 1] } else { time[bar].saturating_sub(1) });
    let (new_day, new_year) = (!now.is_same_day(&before), now.year != before.year);
    let (text, is_strong, shows_year) = match form {
        Form::Seconds | Form::Clock if new_day => (now.long_date(), true, false),
        Form::Seconds => (now.clock_with_seconds(), false, false),
        Form::Clock => (now.clock(), false, false),
        Form::LongDate => (now.long_date(), false, false),
        Form::Date if new_year => (format!("{} {}", now.date(), now.year), true, true),
        Form::Date => (now.date(), false, false),
        Form::Month if !new_year => (now.month_name().to_owned(), false, false),
        Form::Month | Form::Year => (now.year.to_string(), form == Form::Month, true),
    };
    let shows_date = new_day || !matches!(form, Form::Seconds | Form::Clock);
    let (x, width) = (axis.x(bar), font.width(&text));
    TimeLabel { x, left: x - width / 2.0, width, text, is_strong, shows_date, shows_year, bar }
}

/// Keeps what lies in the room and is not nearer than `near` to a label kept before: strong ones first, then from the left.
fn place(labels: Vec<TimeLabel>, room: Room, near: f64) -> Vec<TimeLabel> {
    let (strong, weak): (Vec<_>, Vec<_>) = labels.into_iter().partition(|label| label.is_strong);
    let mut placed: Vec<TimeLabel> = Vec::new();
    for label in strong.into_iter().chain(weak) {
        let position = placed.partition_point(|other| other.left < label.left);
        let after_left = position == 0 || placed[position - 1].right() + near <= label.left;
        let before_right = placed.get(position).is_none_or(|other| label.right() + near <= other.left);
        if after_left && before_right && label.left >= room.left && label.right() <= room.right {
            placed.insert(position, label);
        }
    }
    placed
}

/// Clock times alone do not say the day: puts the date of the first bar at the left end.
fn name_the_date(placed: &mut Vec<TimeLabel>, time: &[i64], axis: &BarAxis, room: Room, font: &Font, near: f64) {
    if placed.iter().any(|label| label.shows_date) {
        return;
    }
    let now = Moment::new(time[0]);
    let texts = [format!("{} {}", now.long_date(), now.year), format!("{} {}", now.date(), now.year), now.date()];
    let x = axis.x(0);
    for text in texts {
        let width = font.width(&text);
        let left = (x - width / 2.0).max(room.left);
        if left + width <= room.right {
            placed.retain(|label| label.left >= left + width + near);
            let (shows_date, shows_year) = (true, true);
            placed.insert(0, TimeLabel { x, left, width, text, is_strong: true, shows_date, shows_year, bar: 0 });
            return;
        }
    }
}

/// Says the year once, with the first date that has room for it.
fn name_the_year(placed: &mut [TimeLabel], time: &[i64], room: Room, font: &Font, near: f64) {
    if placed.iter().any(|label| label.shows_year) {
        return;
    }
    for index in 0..placed.len() {
        let label = &placed[index];
        let text = format!("{} {}", label.text, Moment::new(time[label.bar]).year);
        let width = font.width(&text);
        let before = index.checked_sub(1).map_or(room.left, |i| placed[i].right() + near);
        let after = placed.get(index + 1).map_or(room.right, |next| next.left - near);
        let left = (label.x - width / 2.0).clamp(room.left, (room.right - width).max(room.left));
        if label.shows_date && left >= before && left + width <= after {
            placed[index] = TimeLabel { left, width, text, shows_year: true, ..label.clone() };
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE_NS: i64 = 60_000_000_000;
    /// Monday 2025-05-05 00:00 UTC.
    const MONDAY_NS: i64 = 1_746_403_200_000_000_000;

    fn times(start: i64, step_minutes: i64, n: usize) -> Vec<i64> {
        (0..).take(n).map(|i| start + i * step_minutes * MINUTE_NS).collect()
    }

    fn texts(time: &[i64], width: usize) -> Vec<String> {
        let axis = BarAxis::new(0, width, time.len(), 1.0);
        let room = Room { left: 0.0, right: width as f64 };
        labels(time, &axis, room, &Font::regular(12.0)).into_iter().map(|label| label.text).collect()
    }

    #[test]
    fn hours_of_two_days_carry_the_date_and_the_year_once() {
        let shown = texts(&times(MONDAY_NS + 480 * MINUTE_NS, 15, 128), 900);
        assert_eq!(
            shown,
            [
                "09:00",
                "12:00",
                "15:00",
                "18:00",
                "21:00",
                "Tue 6 May 2025",
                "03:00",
                "06:00",
                "09:00",
                "12:00",
                "15:00"
            ]
        );
    }

    #[test]
    fn hours_of_one_day_start_with_its_date() {
        let shown = texts(&times(MONDAY_NS + 545 * MINUTE_NS, 1, 240), 700);
        assert_eq!(shown[0], "Mon 5 May 2025");
        assert!(shown[1..].iter().all(|text| text.ends_with(":00") || text.ends_with(":30")), "{shown:?}");
    }

    #[test]
    fn months_are_named_and_years_numbered() {
        let shown = texts(&times(MONDAY_NS, 1440, 500), 1000);
        assert!(shown.contains(&"2026".to_owned()) && shown.contains(&"Jul".to_owned()), "{shown:?}");
    }

    #[test]
    fn one_bar_shows_its_date() {
        assert_eq!(texts(&[MONDAY_NS], 300), ["Mon 5 May 2025"]);
        assert_eq!(texts(&[MONDAY_NS], 10), Vec::<String>::new());
    }

    #[test]
    fn separators_fall_on_the_first_bar_of_a_day() {
        let time = times(MONDAY_NS, 60, 72);
        assert_eq!(separators(&time, &BarAxis::new(0, 720, 72, 1.0), 40.0), [24, 48]);
    }

    #[test]
    fn daily_bars_are_separated_by_months() {
        let time = times(MONDAY_NS, 1440, 90);
        // 1 June, 1 July, 1 August.
        assert_eq!(separators(&time, &BarAxis::new(0, 900, 90, 1.0), 80.0), [27, 57, 88]);
    }

    proptest::proptest! {
        #[test]
        fn labels_never_overlap_and_stay_in_their_room(
            start in -4_000_000_000_000_000_000..4_000_000_000_000_000_000_i64,
            step in 1..100_000_000_000_000_i64, n in 1..600_usize, width in 8..2000_usize,
        ) {
            let time: Vec<i64> = (0..).take(n).map(|i| start.saturating_add(i * step)).collect();
            let axis = BarAxis::new(0, width, n, 1.0);
            let shown = labels(&time, &axis, Room { left: 0.0, right: width as f64 }, &Font::regular(12.0));
            proptest::prop_assert!(shown.windows(2).all(|pair| pair[0].right() < pair[1].left));
            proptest::prop_assert!(shown.iter().all(|label| label.left >= 0.0 && label.right() <= width as f64));
        }
    }
}
