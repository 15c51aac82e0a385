/// The levels that are watched in each indicator, as its page says; zero is drawn wherever values cross it.
const LEVELS: &[(&str, &[f64])] = &[
    ("adx", &[25.0]),
    ("dmi", &[25.0]),
    ("cci", &[-100.0, 100.0]),
    ("cci_source", &[-100.0, 100.0]),
    ("chop", &[38.2, 61.8]),
    ("choptr", &[38.2, 61.8]),
    ("cmf", &[-0.05, 0.05]),
    ("cmo", &[-50.0, 50.0]),
    ("cmou", &[-50.0, 50.0]),
    ("crsi", &[10.0, 90.0]),
    ("demarker", &[0.3, 0.7]),
    ("fisher", &[-1.5, 1.5]),
    ("hurst", &[0.5]),
    ("ibs", &[0.2]),
    ("imi", &[30.0, 70.0]),
    ("kdj", &[0.0, 100.0]),
    ("laguerre_rsi", &[20.0, 80.0]),
    ("massi", &[26.5, 27.0]),
    ("mfi", &[20.0, 80.0]),
    ("mfi_source", &[20.0, 80.0]),
    ("percentb", &[0.0, 1.0]),
    ("pretty_good", &[-3.0, 3.0]),
    ("pso", &[-0.9, -0.2, 0.2, 0.9]),
    ("psychological_line", &[25.0, 75.0]),
    ("rci", &[-80.0, 80.0]),
    ("rocr", &[1.0]),
    ("rocr100", &[100.0]),
    ("rsi", &[30.0, 70.0]),
    ("rvi", &[50.0]),
    ("rvir", &[50.0]),
    ("rvol", &[1.0]),
    ("smi", &[-40.0, 40.0]),
    ("stc", &[25.0, 75.0]),
    ("stoch", &[20.0, 80.0]),
    ("stochf", &[20.0, 80.0]),
    ("stochastic", &[20.0, 80.0]),
    ("stochrsi", &[20.0, 80.0]),
    ("td_setup", &[-9.0, 9.0]),
    ("tsi", &[-25.0, 25.0]),
    ("ultosc", &[30.0, 70.0]),
    ("wavetrend", &[-60.0, 60.0]),
    ("willr", &[-80.0, -20.0]),
    ("z_score", &[-2.0, 2.0]),
];

/// The levels to draw behind the indicator called `name`.
pub(super) fn levels(name: &str) -> &'static [f64] {
    LEVELS.iter().find(|(named, _)| *named == name).map_or(&[], |(_, levels)| levels)
}

#[cfg(test)]
mod tests {
    use indicators::IndicatorKind;

    use super::LEVELS;

    #[test]
    fn every_level_is_on_the_page_of_its_indicator() {
        for (name, levels) in LEVELS {
            let info = IndicatorKind::named(name).unwrap().info();
            let text = format!("{} {}", info.meaning, info.notes);
            for level in *levels {
                let is_said = match (*name, *level) {
                    ("td_setup", _) => text.contains("Nine in a row"),
                    _ => text.contains(&level.abs().to_string()),
                };
                assert!(is_said, "{name}: {level} is not in its text: {text}");
            }
        }
    }
}
