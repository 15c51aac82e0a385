//! Without a planted edge nothing about the past tells the next return of the mid.
//!
//! Each statistic is Σ sᵢ·rᵢ₊₁ over its standard error √Σ (sᵢ·rᵢ₊₁)², where sᵢ is known at the end of minute i. If r is a
//! martingale difference it is asymptotically a standard normal whatever the volatility does, so that values beyond ±4
//! have a chance of 6 in 100,000. The same statistics must find a planted edge, or they would prove nothing.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use market::synthetic::{PlantedEdge, SyntheticConfig, generate};
use market::{PriceSide, QuoteBars, Timeframe, aggregate};

const SEEDS: u64 = 30;
const LIMIT: f64 = 4.0;

/// A statistic and its standard error, gathered over markets.
#[derive(Clone, Copy, Default)]
struct Score {
    sum: f64,
    squares: f64,
}

impl Score {
    fn add(&mut self, signal: f64, next_return: f64) {
        self.sum += signal * next_return;
        self.squares += signal * next_return * signal * next_return;
    }

    fn z(self) -> f64 {
        self.sum / self.squares.sqrt()
    }
}

const SIGNALS: [&str; 12] = [
    "constant",
    "last return",
    "return 2 ago",
    "return 5 ago",
    "sign of last return",
    "return of 5 minutes",
    "return of 20 minutes",
    "return of 60 minutes",
    "distance from the mean of 20, in deviations",
    "beyond 2 deviations",
    "change of the spread",
    "imbalance of volume",
];

/// What is known at the end of minute `i` (at least 60) and might forecast; in the order of [`SIGNALS`].
fn signals(mid: &[f64], spread: &[f64], imbalance: &[f64], i: usize) -> [f64; SIGNALS.len()] {
    let change = |from: usize, to: usize| mid[to] - mid[from];
    let last = &mid[i - 19..=i];
    let mean = last.iter().sum::<f64>() / 20.0;
    let deviation = (last.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 20.0).sqrt();
    let score = if deviation > 0.0 { (mid[i] - mean) / deviation } else { 0.0 };
    [
        1.0,
        change(i - 1, i),
        change(i - 2, i - 1),
        change(i - 5, i - 4),
        if mid[i] > mid[i - 1] { 1.0 } else { -1.0 },
        change(i - 5, i),
        change(i - 20, i),
        change(i - 60, i),
        score,
        if score.abs() > 2.0 { score.signum() } else { 0.0 },
        spread[i] - spread[i - 1],
        imbalance[i],
    ]
}

/// The z of each signal for the return of the next so many minutes, over all seeds.
fn z_scores<const N: usize>(config: &SyntheticConfig, seeds: u64, horizons: [usize; N]) -> [[f64; SIGNALS.len()]; N] {
    let mut scores = [[Score::default(); SIGNALS.len()]; N];
    for seed in 0..seeds {
        let minutes = minutes(config, seed);
        let mid = minutes.view(PriceSide::Mid).close;
        let (bid, ask) = (minutes.view(PriceSide::Bid), minutes.view(PriceSide::Ask));
        let imbalance: Vec<f64> = bid.volume.iter().zip(ask.volume).map(|(bid, ask)| bid - ask).collect();
        for i in 60..mid.len() - 60 {
            let signals = signals(mid, bid.spread, &imbalance, i);
            // Windows that do not overlap keep the summands uncorrelated.
            for (scores, horizon) in scores.iter_mut().zip(horizons).filter(|(_, horizon)| i % horizon == 0) {
                let next = mid[i + horizon] - mid[i];
                scores.iter_mut().zip(signals).for_each(|(score, signal)| score.add(signal, next));
            }
        }
    }
    scores.map(|scores| scores.map(Score::z))
}

fn minutes(config: &SyntheticConfig, seed: u64) -> QuoteBars {
    aggregate(generate(config, seed).unwrap().view(), Timeframe::M1)
}

fn config(edge: Option<PlantedEdge>) -> SyntheticConfig {
    SyntheticConfig { edge, ..SyntheticConfig::eurusd("2024-02-05".parse().unwrap(), 14) }
}

#[test]
fn without_an_edge_no_signal_forecasts_the_next_minutes() {
    let horizons = [1, 5, 30];
    for (horizon, scores) in horizons.iter().zip(z_scores(&config(None), SEEDS, horizons)) {
        for (signal, z) in SIGNALS.iter().zip(scores) {
            assert!(z.abs() < LIMIT, "{signal} has z = {z:.1} for {horizon} minutes");
        }
    }
}

#[test]
fn without_an_edge_variance_grows_in_proportion_to_time() {
    let lags = [2, 5, 15, 60];
    let mut ratios = lags.map(|_| Vec::new());
    let config = SyntheticConfig { ticks_per_hour: 600.0, ..config(None) };
    for seed in 0..SEEDS {
        let minutes = minutes(&config, seed);
        let mid = minutes.view(PriceSide::Mid).close;
        // With a remainder of less than an hour, both sums cover the same time.
        let whole = (mid.len() - 1) / 60 * 60;
        let squares = |lag: usize| -> f64 {
            (0..whole).step_by(lag).map(|i| (mid[i + lag] - mid[i]) * (mid[i + lag] - mid[i])).sum()
        };
        for (ratios, lag) in ratios.iter_mut().zip(lags) {
            ratios.push(squares(lag) / squares(1));
        }
    }
    for (ratios, lag) in ratios.iter().zip(lags) {
        let n = ratios.len() as f64;
        let mean = ratios.iter().sum::<f64>() / n;
        let error = (ratios.iter().map(|ratio| (ratio - mean) * (ratio - mean)).sum::<f64>() / (n - 1.0) / n).sqrt();
        assert!((mean - 1.0).abs() < LIMIT * error, "variance ratio {mean:.4} ± {error:.4} over {lag} minutes");
        assert!(error < 0.04, "{error}");
    }
}

#[test]
fn the_mid_has_no_bounce_from_tick_to_tick_beyond_rounding() {
    // Rounding to the grid adds an independent error of variance 1/12 step² to each mid, and so −1/12 to the covariance.
    let (mut products, mut squares, mut count) = (0.0, 0.0, 0.0);
    for seed in 0..4 {
        let ticks = generate(&config(None), seed).unwrap();
        let steps: Vec<f64> = ticks.view().iter().map(|tick| f64::midpoint(tick.bid, tick.ask) / 1e-5).collect();
        for window in steps.windows(3) {
            let product = (window[1] - window[0]) * (window[2] - window[1]);
            products += product;
            squares += product * product;
            count += 1.0;
        }
    }
    let (mean, error) = (products / count, squares.sqrt() / count);
    assert!((mean + 1.0 / 12.0).abs() < LIMIT * error, "covariance {mean:.4} ± {error:.4} steps²");
    assert!(error < 0.05, "{error}");
}

#[test]
fn the_same_statistics_find_a_planted_reversion() {
    let edge = PlantedEdge::MeanReversion { amplitude_pips: 3.0, half_life_minutes: 5.0 };
    let [z] = z_scores(&config(Some(edge)), 3, [5]);
    let of = |signal: &str| z[SIGNALS.iter().position(|name| *name == signal).unwrap()];
    assert!(of("distance from the mean of 20, in deviations") < -15.0);
    assert!(of("return of 5 minutes") < -10.0);
    assert!(of("imbalance of volume").abs() < LIMIT);
}

#[test]
fn the_same_statistics_find_a_planted_momentum() {
    let edge = PlantedEdge::Momentum { drift_pips_per_minute: 0.4, half_life_minutes: 60.0 };
    let [z] = z_scores(&config(Some(edge)), 3, [5]);
    let of = |signal: &str| z[SIGNALS.iter().position(|name| *name == signal).unwrap()];
    assert!(of("return of 60 minutes") > 8.0);
}
