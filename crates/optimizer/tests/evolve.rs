//! Evolution over back-tests: the same on any number of threads, and better than chance where there is something to find.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[expect(dead_code, reason = "shared by several test programs")]
mod support;

use std::sync::atomic::{AtomicBool, Ordering};

use backtest::Market;
use optimizer::{Combine, Control, Error, EvolutionReport, Evolve, Objective, Selection, evolve};
use strategy::{Price, SizeRule};
use strategy_evolution::{Evolution, Limits, Settings, Sides, Vocabulary};
use support::{NOISE, REVERTING, account, bars};

/// Oscillators, averages and the average true range: enough to find a reversion, few enough for a test.
fn words() -> Vocabulary {
    let mut words = Vocabulary::standard(Sides::Both, [SizeRule::EquityFraction(1.0)]);
    let known = ["rsi", "sma", "ema", "atr", "bollinger", "cci", "macd", "adx", "roc", "aroon"];
    words.terms.retain(|term| known.contains(&term.kind.name()) && !term.sources.contains(&Price::Volume));
    words.prices.retain(|&price| price != Price::Volume);
    words.limits = Limits { max_nodes: 30, ..Limits::default() };
    words
}

fn settings() -> Settings {
    Settings { population: 40, elites: 4, best: 5, ..Settings::default() }
}

fn judged(generations: u64) -> Evolve {
    let selection = Selection { objective: Objective::Sharpe, min_trades: 20 };
    Evolve { selection, combine: Combine::Mean, give_up_below: None, generations }
}

fn go(evolution: &mut Evolution, market: &Market<'_>, n_bars: usize, how: &Evolve) -> EvolutionReport {
    let control = Control { on_progress: &|_| {}, cancel: &AtomicBool::new(false) };
    let windows = [0..n_bars / 2, n_bars / 2..n_bars];
    evolve(evolution, market, &account(), &windows, how, &control).unwrap()
}

#[test]
fn one_thread_and_four_give_the_same_bits() {
    let bars = bars(1_500, 3, &REVERTING);
    let on = |threads: usize, limit: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let market = Market::with_limit(bars.view(), limit);
        let mut evolution = Evolution::new(words(), settings(), 11).unwrap();
        let report = pool.install(|| go(&mut evolution, &market, bars.len(), &judged(5)));
        (serde_json::to_string(&report).unwrap(), serde_json::to_string(&evolution.snapshot()).unwrap())
    };
    let one = on(1, usize::MAX);
    assert!(one == on(4, 100_000), "threads or memory changed the result");
}

#[test]
fn a_run_in_parts_is_the_run_as_a_whole() {
    let bars = bars(1_200, 3, &REVERTING);
    let market = Market::new(bars.view());
    let mut whole = Evolution::new(words(), settings(), 2).unwrap();
    let report = go(&mut whole, &market, bars.len(), &judged(4));
    let mut part = Evolution::new(words(), settings(), 2).unwrap();
    go(&mut part, &market, bars.len(), &judged(1));
    let cancel = AtomicBool::new(false);
    let stop_soon = |_: usize| cancel.store(true, Ordering::Relaxed);
    let control = Control { on_progress: &stop_soon, cancel: &cancel };
    let cut = evolve(&mut part, &market, &account(), &[0..600, 600..1_200], &judged(3), &control);
    assert!(matches!(cut, Err(Error::Cancelled)));
    let text = serde_json::to_string(&part.snapshot()).unwrap();
    let mut resumed = Evolution::resume(serde_json::from_str(&text).unwrap()).unwrap();
    assert_eq!(go(&mut resumed, &market, bars.len(), &judged(3)), report);
}

/// On a market with a planted reversion, evolution beats as many random strategies, over seeds.
#[test]
fn evolution_beats_random_search_at_the_same_budget() {
    let (mut better, mut lead) = (0, 0.0);
    for seed in 0..6 {
        let bars = bars(1_500, 100 + seed, &REVERTING);
        let market = Market::with_limit(bars.view(), 64 << 20);
        let best = |immigrants: f64| {
            let settings = Settings { immigrants, stagnation: None, ..settings() };
            let mut evolution = Evolution::new(words(), settings, seed).unwrap();
            let report = go(&mut evolution, &market, bars.len(), &judged(12));
            assert_eq!(report.n_evaluated, 480);
            report.best[0].value
        };
        let (evolved, random) = (best(0.05), best(1.0));
        better += i32::from(evolved > random);
        lead += (evolved / random - 1.0) / 6.0;
        println!("seed {seed}: evolved {evolved:.4}, random {random:.4} a bar");
    }
    assert!(better >= 5 && lead > 0.1, "better {better} of 6 times, by {lead:.2} on average");
}

#[test]
fn hopeless_strategies_are_given_up_and_counted() {
    let bars = bars(1_200, 3, &NOISE);
    let market = Market::new(bars.view());
    let mut evolution = Evolution::new(words(), settings(), 2).unwrap();
    let how = Evolve { give_up_below: Some(0.0), combine: Combine::Worst, ..judged(3) };
    let report = go(&mut evolution, &market, bars.len(), &how);
    assert!(report.n_given_up > 0 && report.n_given_up <= report.n_failed, "{report:?}");
    for found in &report.best {
        let sharpe: Vec<f64> = found.metrics.iter().map(|metrics| metrics.sharpe.unwrap().value).collect();
        assert_eq!(found.value.to_bits(), f64::min(sharpe[0], sharpe[1]).to_bits());
        assert!(sharpe[0] >= 0.0);
    }
}

#[test]
fn settings_and_windows_that_make_no_sense_are_errors() {
    let bars = bars(100, 3, &NOISE);
    let market = Market::new(bars.view());
    let control = Control { on_progress: &|_| {}, cancel: &AtomicBool::new(false) };
    let mut evolution = Evolution::new(words(), settings(), 2).unwrap();
    let mut refused = |windows: &[std::ops::Range<usize>], how: Evolve| {
        evolve(&mut evolution, &market, &account(), windows, &how, &control).unwrap_err()
    };
    let nan = Evolve { give_up_below: Some(f64::NAN), ..judged(1) };
    assert!(matches!(refused(&[], judged(1)), Error::Setting { name: "windows", .. }));
    assert!(matches!(refused(&[0..50, 50..100], judged(0)), Error::Setting { name: "generations", .. }));
    assert!(matches!(refused(&[0..50, 50..101], judged(1)), Error::Window { end: 101, n_bars: 100, .. }));
    assert!(matches!(refused(&[0..50, 50..100], nan), Error::Setting { name: "give_up_below", .. }));
}
