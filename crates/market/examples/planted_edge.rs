//! What a simple rule earns from a planted edge, and from none: sell two standard deviations above the mean of twenty
//! minutes, buy two below, close at the mean. Fills at the next minute's open on the side's own price, so that each round
//! trip pays the spread.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use market::synthetic::{PlantedEdge, SyntheticConfig, generate};
use market::{BarsView, Error, PriceSide, QuoteBars, Timeframe, aggregate};

const PERIOD: usize = 20;
const DEVIATIONS: f64 = 2.0;
const SEEDS: u64 = 10;

/// Round trips and profit in pips after the spread.
#[derive(Default)]
struct Tally {
    n_trades: u32,
    profit_pips: f64,
}

fn main() -> Result<(), Error> {
    println!("mean of {SEEDS} seeds, 14 days of minutes, 0.5 pips of spread");
    println!("amplitude half-life  R² of 10 min  trades  profit a trade  seeds in profit");
    for (amplitude_pips, half_life_minutes) in [
        (0.0, 5.0),
        (2.0, 5.0),
        (3.0, 5.0),
        (4.0, 5.0),
        (6.0, 5.0),
        (4.0, 10.0),
        (6.0, 10.0),
        (8.0, 10.0),
        (6.0, 20.0),
        (8.0, 20.0),
    ] {
        let edge = PlantedEdge::MeanReversion { amplitude_pips, half_life_minutes };
        let config = SyntheticConfig { edge: Some(edge), ..SyntheticConfig::eurusd("2024-01-01".parse()?, 14) };
        let (mut sum, mut n_positive) = (Tally::default(), 0);
        for seed in 0..SEEDS {
            let quote_bars = aggregate(generate(&config, seed)?.view(), Timeframe::M1);
            let tally = trade(&quote_bars, config.instrument.pip_size);
            sum.n_trades += tally.n_trades;
            sum.profit_pips += tally.profit_pips;
            n_positive += u32::from(tally.profit_pips > 0.0);
        }
        println!(
            "{amplitude_pips:9} {half_life_minutes:9}  {:13.3}  {:6}  {:14.2}  {n_positive:15}",
            config.forecast_r_squared(10.0),
            u64::from(sum.n_trades) / SEEDS,
            sum.profit_pips / f64::from(sum.n_trades),
        );
    }
    Ok(())
}

fn trade(quote_bars: &QuoteBars, pip: f64) -> Tally {
    let (bid, ask, mid) =
        (quote_bars.view(PriceSide::Bid), quote_bars.view(PriceSide::Ask), quote_bars.view(PriceSide::Mid));
    let mut tally = Tally::default();
    // The side (+1 bought, −1 sold) and the price of the open position.
    let mut position: Option<(f64, f64)> = None;
    for bar in PERIOD - 1..mid.len() - 1 {
        let score = score(&mid, bar);
        let (sell_at, buy_at) = (bid.open[bar + 1], ask.open[bar + 1]);
        match position {
            None if score.abs() > DEVIATIONS => {
                position = Some(if score > 0.0 { (-1.0, sell_at) } else { (1.0, buy_at) });
            }
            Some((side, entry)) if side * score >= 0.0 => {
                let exit = if side > 0.0 { sell_at } else { buy_at };
                tally.profit_pips += side * (exit - entry) / pip;
                tally.n_trades += 1;
                position = None;
            }
            _ => {}
        }
    }
    tally
}

/// How many standard deviations the close lies above the mean of the last bars.
fn score(mid: &BarsView<'_>, bar: usize) -> f64 {
    let closes = &mid.close[bar + 1 - PERIOD..=bar];
    let mean = closes.iter().sum::<f64>() / PERIOD as f64;
    let variance = closes.iter().map(|close| (close - mean) * (close - mean)).sum::<f64>() / PERIOD as f64;
    (mid.close[bar] - mean) / variance.sqrt()
}
