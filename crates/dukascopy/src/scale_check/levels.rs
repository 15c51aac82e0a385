use std::ops::Range;
use std::sync::LazyLock;

struct Level {
    key: &'static str,
    first_year: i16,
    last_year: i16,
    range: Range<f64>,
}

const WELL_FORMED: &str = "the table is well formed, which a test makes sure of";

static LEVELS: LazyLock<Vec<Level>> =
    LazyLock::new(|| include_str!("../../data/price_levels.tsv").lines().skip(1).map(parse_line).collect());

fn parse_line(line: &'static str) -> Level {
    let cells: Vec<_> = line.split('\t').collect();
    let &[key, from, to, low, high, _basis] = cells.as_slice() else { panic!("{WELL_FORMED}") };
    let year = |text: &str| text.parse().expect(WELL_FORMED);
    let value = |text: &str| text.parse().expect(WELL_FORMED);
    Level { key, first_year: year(from), last_year: year(to), range: value(low)..value(high) }
}

/// How much wider, on both sides, a range becomes with each year that lies before or after those of the table.
const WIDER_PER_YEAR: f64 = 1.2;
/// So many years before or after the table, nothing is known any more.
const MAX_YEARS_AWAY: u16 = 12;

/// Between which values `key` was in `year`; `None` where nothing is known.
pub(super) fn level(key: &str, year: i16) -> Option<Range<f64>> {
    let start = LEVELS.partition_point(|level| level.key < key);
    let of_key = &LEVELS[start..start + LEVELS[start..].partition_point(|level| level.key == key)];
    let nearest = of_key.iter().min_by_key(|level| level.years_away(year))?;
    let years = nearest.years_away(year);
    (years <= MAX_YEARS_AWAY).then(|| {
        let factor = (0..years).fold(1.0, |factor, _| factor * WIDER_PER_YEAR);
        nearest.range.start / factor..nearest.range.end * factor
    })
}

impl Level {
    fn years_away(&self, year: i16) -> u16 {
        year.abs_diff(year.clamp(self.first_year, self.last_year))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_leave_out_no_year() {
        for pair in LEVELS.windows(2) {
            let follows = pair[0].last_year + 1 == pair[1].first_year;
            assert!(pair[0].key < pair[1].key || (pair[0].key == pair[1].key && follows), "{}", pair[1].key);
        }
        assert!(LEVELS.iter().all(|level| level.first_year <= level.last_year && level.range.start <= level.range.end));
    }

    #[test]
    fn ranges_widen_outside_of_the_table_and_end() {
        let known = level("XAU", 2026).unwrap();
        let later = level("XAU", 2028).unwrap();
        assert!((later.start * 1.44 - known.start).abs() < 1e-9 && (later.end / 1.44 - known.end).abs() < 1e-9);
        assert_eq!(level("XAU", 2039), None);
        assert_eq!(level("NONE", 2020), None);
    }
}
