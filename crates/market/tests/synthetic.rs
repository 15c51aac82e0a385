//! The artificial market: the same bits everywhere, the sizes that were asked for, and edges of the stated strength.
#![expect(clippy::unwrap_used, clippy::float_cmp, reason = "helpers of tests may panic, and exact numbers are meant")]

use market::synthetic::{PlantedEdge, SyntheticConfig, generate};
use market::{BarsView, Error, Instrument, PriceSide, Ticks, Timeframe, TradingCalendar, UnixNanos, aggregate};

const SEEDS: u64 = 8;

fn config() -> SyntheticConfig {
    SyntheticConfig::eurusd("2024-02-05".parse().unwrap(), 14)
}

fn with_edge(edge: PlantedEdge) -> SyntheticConfig {
    SyntheticConfig { edge: Some(edge), ..config() }
}

/// Mids of one tick, as logarithms.
fn log_mids(ticks: &Ticks) -> Vec<f64> {
    ticks.view().iter().map(|tick| libm::log(f64::midpoint(tick.bid, tick.ask))).collect()
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    sum / f64::from(count)
}

#[track_caller]
fn assert_near(found: f64, expected: f64, relative: f64) {
    assert!((found / expected - 1.0).abs() < relative, "{found} is not within {relative} of {expected}");
}

#[test]
fn a_seed_gives_these_ticks_on_every_platform() {
    let edge = PlantedEdge::MeanReversion { amplitude_pips: 4.0, half_life_minutes: 5.0 };
    let ticks = generate(&with_edge(edge), 42).unwrap();
    let last = ticks.view().iter().last().unwrap();
    assert_eq!(ticks.len(), 447_386);
    assert_eq!((last.time.to_string().as_str(), last.bid, last.ask), ("2024-02-18T23:59:57.375Z", 1.089_97, 1.090_01));
}

#[test]
fn two_weeks_have_about_four_hundred_thousand_quotes() {
    for seed in 0..4 {
        let n_ticks = generate(&config(), seed).unwrap().len();
        assert!((300_000..600_000).contains(&n_ticks), "{n_ticks}");
    }
}

#[test]
fn quotes_lie_on_the_grid_in_open_time_a_millisecond_apart() {
    let config = config();
    let ticks = generate(&config, 5).unwrap();
    for pair in ticks.view().time.windows(2) {
        assert!(pair[1].0 - pair[0].0 >= 1_000_000);
    }
    for tick in ticks.view().iter() {
        assert_eq!(tick.time.0 % 1_000_000, 0);
        assert!(tick.ask > tick.bid && config.calendar.is_open(tick.time));
        for price in [tick.bid, tick.ask] {
            // The nearest number to a decimal, as a decoder of integer prices gives it.
            assert_eq!((price * 1e5).round() / 1e5, price);
        }
        assert_eq!((tick.bid_volume * 8.0).fract(), 0.0);
    }
}

#[test]
fn another_edge_keeps_times_and_spreads() {
    let plain = generate(&config(), 9).unwrap();
    let planted =
        generate(&with_edge(PlantedEdge::MeanReversion { amplitude_pips: 4.0, half_life_minutes: 5.0 }), 9).unwrap();
    assert_eq!(plain.view().time, planted.view().time);
    assert_eq!(plain.view().bid_volume, planted.view().bid_volume);
    for (a, b) in plain.view().iter().zip(planted.view().iter()) {
        assert!((a.ask - a.bid - (b.ask - b.bid)).abs() < 1e-9);
    }
}

#[test]
fn the_spread_has_the_mean_asked_for_and_widens_off_session() {
    let (mut all, mut busy, mut quiet) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 0..SEEDS {
        for tick in generate(&config(), seed).unwrap().view().iter() {
            let spread_pips = (tick.ask - tick.bid) / 1e-4;
            all.push(spread_pips);
            match tick.time.as_seconds().rem_euclid(86_400) / 3_600 {
                14 => busy.push(spread_pips),
                21 => quiet.push(spread_pips),
                _ => {}
            }
        }
    }
    assert_near(mean(all.into_iter()), 0.5, 0.03);
    assert!(mean(quiet.into_iter()) > 1.5 * mean(busy.into_iter()));
}

#[test]
fn volatility_has_the_size_asked_for_and_clusters() {
    let config = SyntheticConfig { jumps_per_day: 0.0, activity: [1.0; 24], ticks_per_hour: 900.0, ..config() };
    let (mut squares, mut products, mut n_minutes) = (0.0, 0.0, 0.0);
    let mut fourths = 0.0;
    for seed in 0..4 * SEEDS {
        let bars = aggregate(generate(&config, seed).unwrap().view(), Timeframe::M5).bars(PriceSide::Mid);
        let returns: Vec<f64> = bars.view().close.windows(2).map(|pair| libm::log(pair[1] / pair[0])).collect();
        squares += returns.iter().map(|r| r * r).sum::<f64>();
        fourths += returns.iter().map(|r| r * r * r * r).sum::<f64>();
        products += returns.windows(2).map(|r| r[0] * r[0] * r[1] * r[1]).sum::<f64>();
        n_minutes += 5.0 * returns.len() as f64;
    }
    let minutes_per_year = 365.25 * 1_440.0 * 5.0 / 7.0;
    assert_near((squares / n_minutes * minutes_per_year).sqrt(), 0.07, 0.03);
    // With log-volatility of deviation s, E r⁴ / (E r²)² is 3·exp(4s²) and neighbours share nearly all of exp(4s²).
    let (n_returns, excess) = (n_minutes / 5.0, libm::exp(4.0 * 0.4 * 0.4));
    let mean_square = squares / n_returns;
    assert_near(fourths / n_returns / (mean_square * mean_square), 3.0 * excess, 0.2);
    assert_near(products / n_returns / (mean_square * mean_square), excess, 0.2);
}

#[test]
fn jumps_come_as_often_and_as_large_as_asked_for() {
    let config = SyntheticConfig {
        annual_volatility: 0.0,
        jumps_per_day: 48.0,
        jump_pips: 20.0,
        ticks_per_hour: 600.0,
        ..config()
    };
    let (mut n_jumps, mut squares) = (0, 0.0);
    for seed in 0..SEEDS {
        for pair in log_mids(&generate(&config, seed).unwrap()).windows(2) {
            let pips = (pair[1] - pair[0]) * 1.1 / 1e-4;
            if pips.abs() > 0.11 {
                n_jumps += 1;
                squares += pips * pips;
            }
        }
    }
    assert_near(f64::from(n_jumps) / (SEEDS as f64 * 10.0), 48.0, 0.05);
    assert_near((squares / f64::from(n_jumps)).sqrt(), 20.0, 0.05);
}

/// Planted log price and its sum with the walk, at the closes of minutes.
fn planted(edge: PlantedEdge, seed: u64) -> (Vec<f64>, Vec<f64>) {
    // Evenly busy, so that every minute has a quote and minutes can be counted.
    let closes = |config: SyntheticConfig| -> Vec<f64> {
        let config = SyntheticConfig { activity: [1.0; 24], ticks_per_hour: 900.0, ..config };
        let minutes = aggregate(generate(&config, seed).unwrap().view(), Timeframe::M1);
        let mids: BarsView<'_> = minutes.view(PriceSide::Mid);
        mids.close.iter().map(|&close| libm::log(close)).collect()
    };
    let (with, without) = (closes(with_edge(edge)), closes(config()));
    (with.iter().zip(&without).map(|(a, b)| a - b).collect(), with)
}

#[test]
fn a_reversion_has_the_stated_amplitude_half_life_and_r_squared() {
    let edge = PlantedEdge::MeanReversion { amplitude_pips: 4.0, half_life_minutes: 10.0 };
    let pip = 1e-4 / 1.1;
    let horizon = 10;
    let (mut deviation_squares, mut lagged, mut forecast_errors, mut return_squares, mut count) =
        (0.0, 0.0, 0.0, 0.0, 0.0);
    for seed in 0..SEEDS {
        let (deviation, price) = planted(edge, seed);
        for minute in 0..price.len() - horizon {
            let later = minute + horizon;
            let forecast = -0.5 * deviation[minute];
            let actual = price[later] - price[minute];
            deviation_squares += deviation[minute] * deviation[minute];
            lagged += deviation[minute] * deviation[later];
            forecast_errors += (actual - forecast) * (actual - forecast);
            return_squares += actual * actual;
            count += 1.0;
        }
    }
    assert_near((deviation_squares / count).sqrt() / pip, 4.0, 0.03);
    assert_near(lagged / deviation_squares, 0.5, 0.05);
    assert_near(1.0 - forecast_errors / return_squares, with_edge(edge).forecast_r_squared(10.0), 0.1);
}

#[test]
fn momentum_has_the_stated_strength() {
    let edge = PlantedEdge::Momentum { drift_pips_per_minute: 0.5, half_life_minutes: 30.0 };
    let pip = 1e-4 / 1.1;
    let (mut drift_squares, mut explained, mut return_squares, mut count) = (0.0, 0.0, 0.0, 0.0);
    for seed in 0..SEEDS {
        let (drifted, price) = planted(edge, seed);
        for minute in 1..price.len() - 30 {
            // The drift of the last minute stands for the drift now; 30 minutes are one half-life.
            let drift = drifted[minute] - drifted[minute - 1];
            let forecast = drift * 30.0 / std::f64::consts::LN_2 * 0.5;
            let actual = price[minute + 30] - price[minute];
            drift_squares += drift * drift;
            explained += actual * actual - (actual - forecast) * (actual - forecast);
            return_squares += actual * actual;
            count += 1.0;
        }
    }
    assert_near((drift_squares / count).sqrt() / pip, 0.5, 0.05);
    assert_near(explained / return_squares, with_edge(edge).forecast_r_squared(30.0), 0.15);
}

#[test]
fn no_edge_can_forecast_nothing() {
    assert_eq!(config().forecast_r_squared(10.0), 0.0);
}

#[test]
fn other_instruments_and_calendars_work() {
    let start: UnixNanos = "2024-02-10".parse().unwrap(); // a Saturday
    let mut instrument = Instrument::forex("BTCUSD".parse().unwrap(), 2).unwrap();
    instrument.tick_size = 0.25;
    let config = SyntheticConfig {
        instrument,
        calendar: TradingCalendar::AlwaysOpen,
        start_price: 47_000.0,
        annual_volatility: 0.6,
        mean_spread_pips: 20.0,
        ..SyntheticConfig::eurusd(start, 1)
    };
    let ticks = generate(&config, 1).unwrap();
    assert!(ticks.len() > 20_000);
    assert!(ticks.view().bid.iter().all(|bid| (bid * 4.0).fract() == 0.0 && (20_000.0..100_000.0).contains(bid)));
    let forex = SyntheticConfig::eurusd(start, 1);
    assert!(generate(&forex, 1).unwrap().is_empty());
}

#[test]
fn unusable_settings_are_named() {
    let refused = |change: &dyn Fn(&mut SyntheticConfig)| {
        let mut config = config();
        change(&mut config);
        match generate(&config, 1) {
            Err(Error::Setting { name, .. }) => name,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(&|config| config.days = 0), "days");
    assert_eq!(refused(&|config| config.annual_volatility = f64::NAN), "annual_volatility");
    assert_eq!(refused(&|config| config.ticks_per_hour = 0.0), "ticks_per_hour");
    assert_eq!(refused(&|config| config.activity[3] = 0.0), "activity");
    assert_eq!(refused(&|config| config.instrument.tick_size = 0.000_015), "tick_size");
    let edge = PlantedEdge::MeanReversion { amplitude_pips: 1.0, half_life_minutes: 0.0 };
    assert_eq!(refused(&|config| config.edge = Some(edge)), "half_life_minutes");
}

#[test]
fn a_price_below_the_grid_is_an_error() {
    let config = SyntheticConfig { start_price: 0.000_001, ..config() };
    assert!(matches!(generate(&config, 1), Err(Error::Value { row: 0, column: "bid", .. })));
}
