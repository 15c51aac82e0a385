use super::History;

/// Formations that three months of a currency do not have: open, high, low and close of their candles, in ticks, after
/// candles with bodies of ten ticks and shadows of five.
const FORMATIONS: [(&str, &[[i64; 4]]); 4] = [
    ("cdl3starsinsouth", &[[20, 22, -25, 0], [12, 13, -15, 2], [4, 4, -1, -1]]),
    ("cdlabandonedbaby", &[[0, 21, -1, 20], [25, 26, 24, 25], [20, 22, 4, 5]]),
    ("cdlconcealbabyswall", &[[40, 40, 25, 25], [25, 25, 10, 10], [8, 14, 2, 4], [16, 16, 0, 1]]),
    ("cdlmathold", &[[0, 22, -2, 20], [27, 28, 22, 24], [23, 24, 17, 19], [20, 21, 14, 16], [18, 34, 17, 32]]),
];
/// Ordinary candles before the formation, and behind it.
const BEFORE: i64 = 45;
const BEHIND: i64 = 12;

/// Whether the picture of the indicator called `name` is drawn by hand.
pub(super) fn is_drawn(name: &str) -> bool {
    FORMATIONS.iter().any(|(drawn, _)| *drawn == name)
}

/// Bars with the formation, drawn by hand.
pub(super) fn history(name: &str) -> Option<History> {
    const HOUR_NS: i64 = 3_600_000_000_000;
    const MONDAY_NS: i64 = 1_746_403_200_000_000_000;
    let (_, formation) = FORMATIONS.iter().find(|(drawn, _)| *drawn == name)?;
    let (first, last) = (formation.first()?[0], formation.last()?[3]);
    // They lead to the first price, and away from the last.
    let before = (0..BEFORE).map(|bar| ordinary(first - (BEFORE - bar) / 3 * (last - first).signum(), bar));
    let behind = (0..BEHIND).map(|bar| ordinary(last, bar + 3));
    let candles: Vec<[i64; 4]> = before.chain(formation.iter().copied()).chain(behind).collect();
    let column = |part: usize| candles.iter().map(|candle| (110_000 + 10 * candle[part]) as f64 / 1e5).collect();
    Some(History {
        name: "drawn by hand".to_owned(),
        open_time_ns: (0..).take(candles.len()).map(|bar: i64| MONDAY_NS + bar * HOUR_NS).collect(),
        open: column(0),
        high: column(1),
        low: column(2),
        close: column(3),
        volume: vec![1.0; candles.len()],
    })
}

/// A candle of ten ticks with shadows of five, near `price`.
fn ordinary(price: i64, bar: i64) -> [i64; 4] {
    let open = price + bar * 7 % 11 - 5;
    let close = if bar % 2 == 0 { open + 10 } else { open - 10 };
    [open, open.max(close) + 5, open.min(close) - 5, close]
}

#[cfg(test)]
mod tests {
    use indicators::IndicatorKind;

    use super::{BEFORE, FORMATIONS, history};
    use crate::picture::Study;

    #[test]
    fn every_drawn_formation_is_found_where_it_ends() {
        for (name, candles) in FORMATIONS {
            let history = history(name).unwrap();
            let study = Study::new(IndicatorKind::named(name).unwrap().info(), &history).unwrap();
            let found: Vec<usize> = (0..history.len()).filter(|&bar| study.outputs[0][bar].abs() > 0.0).collect();
            let before = usize::try_from(BEFORE).unwrap();
            assert_eq!(found, [before + candles.len() - 1], "{name}");
        }
    }
}
