use std::ops::Range;

use indicators::Group;

use super::Study;

/// Bars that a picture shows, and one of a candlestick formation.
const SHOWN_BARS: usize = 120;
const FORMATION_BARS: usize = 40;

/// The bars to show: the liveliest of the history, or those in which most happens if there it is little. `None` if there
/// is no value, or no formation.
pub(super) fn bars(study: &Study<'_>) -> Option<Range<usize>> {
    let n_bars = study.history.len();
    if study.info.group == Group::Pattern {
        return formation(&study.outputs[0], n_bars);
    }
    let events: Vec<usize> = (0..n_bars).map(|bar| events(&study.outputs, bar)).collect();
    let usual = liveliest(study);
    let happens = |bars: &Range<usize>| -> usize { events[bars.clone()].iter().sum() };
    let best = windows(n_bars).max_by_key(happens)?;
    if happens(&best) == 0 {
        return None;
    }
    Some(if 4 * happens(&usual) >= happens(&best) { usual } else { best })
}

fn windows(n_bars: usize) -> impl Iterator<Item = Range<usize>> {
    let n_shown = SHOWN_BARS.min(n_bars);
    (0..=n_bars - n_shown).step_by(10).map(move |start| start..start + n_shown)
}

/// How many outputs have a value at `bar` that they had not the bar before.
fn events(outputs: &[Vec<f64>], bar: usize) -> usize {
    let is_new = |column: &&Vec<f64>| {
        let value = column[bar];
        value.is_finite() && (bar == 0 || value.to_bits() != column[bar - 1].to_bits())
    };
    outputs.iter().filter(is_new).count()
}

/// Where the price has gone far up as well as far down, behind the longest warm-up.
fn liveliest(study: &Study<'_>) -> Range<usize> {
    const WARM_UP_BARS: usize = 300;
    let close = &study.history.close;
    let both = |bars: &Range<usize>| {
        let (rise, fall) = moves(&close[bars.clone()]);
        rise.min(fall)
    };
    let warm = windows(close.len()).filter(|bars| bars.start >= WARM_UP_BARS);
    warm.max_by(|one, other| both(one).total_cmp(&both(other))).unwrap_or(0..SHOWN_BARS.min(close.len()))
}

/// The largest move up and the largest move down.
fn moves(close: &[f64]) -> (f64, f64) {
    let (mut low, mut high) = (f64::MAX, f64::MIN);
    close.iter().fold((0.0_f64, 0.0_f64), |(rise, fall), &price| {
        (low, high) = (low.min(price), high.max(price));
        (rise.max(price - low), fall.max(high - price))
    })
}

/// The last of the strongest signals that have bars behind them, with those and what came before.
fn formation(signal: &[f64], n_bars: usize) -> Option<Range<usize>> {
    const BEHIND: usize = 10;
    let strength = |bar: usize| if signal[bar].is_finite() { signal[bar].abs() } else { 0.0 };
    let found = (FORMATION_BARS..n_bars.saturating_sub(BEHIND)).filter(|&bar| strength(bar) > 0.0);
    let bar = found.max_by(|&one, &other| strength(one).total_cmp(&strength(other)))?;
    Some(bar + BEHIND - FORMATION_BARS..bar + BEHIND)
}

#[cfg(test)]
mod tests {
    use super::{formation, moves};

    #[test]
    fn moves_go_forward_in_time() {
        assert_eq!(moves(&[3.0, 1.0, 4.0, 2.0, 5.0]), (4.0, 2.0));
        assert_eq!(moves(&[5.0, 4.0]), (0.0, 1.0));
    }

    #[test]
    fn the_strongest_formation_is_shown_and_of_equals_the_last() {
        let mut signal = vec![0.0; 300];
        (signal[100], signal[150], signal[200], signal[250]) = (100.0, -200.0, 200.0, -100.0);
        assert_eq!(formation(&signal, 300), Some(170..210));
        assert_eq!(formation(&[f64::NAN; 90], 90), None);
    }
}
