use strategy::Strategy;

/// The strategies that are searched when none are given.
const JSON: [&str; 7] = [
    include_str!("strategies/bollinger_reversion.json"),
    include_str!("strategies/rsi_reversion.json"),
    include_str!("strategies/ema_cross.json"),
    include_str!("strategies/macd_trend.json"),
    include_str!("strategies/stochastic_session.json"),
    include_str!("strategies/atr_breakout.json"),
    include_str!("strategies/ema_deviation.json"),
];

/// The built-in strategies: three that fade a move, three that follow one, and one that trades in the European and
/// American session only.
///
/// # Panics
/// Never: a test reads them all.
pub fn strategies() -> Vec<Strategy> {
    JSON.iter().map(|text| Strategy::from_json(text).expect("the built-in strategies are valid")).collect()
}
